//! How the bot speaks.

use super::super::ANSWER;
use super::{TRIGGER, URGENT, assert_changed, scene};
use crate::fake_discord::{bot_reaction, bot_reply};

const CHOOSE_CHANNEL: &str = "A channel or category with a way of its own";

#[tokio::test]
async fn a_quiet_answer_notifies_nobody_and_a_warning_does() {
    let it = scene().await;

    it.chooses("How", "Everywhere: full answer, no notification").await;

    it.ann.says(&it.general, TRIGGER).await;
    let reply = bot_reply(&it.general).await;
    assert!(reply.is_quiet() && reply.text().contains(ANSWER), "{}", reply.text());
    it.ann.says(&it.general, URGENT).await;
    assert!(!bot_reply(&it.general).await.is_quiet());
    it.discord.finish().await;
}

#[tokio::test]
async fn a_single_button_gives_the_answer_to_whoever_presses_it() {
    let it = scene().await;

    it.chooses("How", "Everywhere: only a button").await;

    let said = it.ann.says(&it.general, TRIGGER).await;
    let offer = bot_reply(&it.general).await;
    offer.assert_refers_to(&said);
    assert!(!offer.text().contains(ANSWER), "{}", offer.text());
    let answer = it.ann.presses(&offer, "Need help with your back?").await;
    answer.assert_private();
    assert!(answer.text().contains(ANSWER), "{}", answer.text());

    it.ann.says(&it.general, URGENT).await;
    assert!(bot_reply(&it.general).await.text().contains("Call"));
    it.ann.says(&it.general, &format!("{} {TRIGGER}", it.discord.mention_of_the_bot())).await;
    assert!(bot_reply(&it.general).await.text().contains(ANSWER), "whoever speaks to it gets the whole answer");
    it.discord.finish().await;
}

#[tokio::test]
async fn a_reaction_is_all_that_is_seen() {
    let it = scene().await;

    it.chooses("How", "Everywhere: only a reaction").await;

    let said = it.ann.says(&it.general, TRIGGER).await;
    assert_eq!(bot_reaction(&said).await, "🩹");
    it.general.stays_silent().await;
    it.discord.finish().await;
}

#[tokio::test]
async fn one_channel_can_have_a_way_of_its_own_and_lose_it_again() {
    let it = scene().await;
    let other = it.server.channel("other");

    let panel = it.page("How").await;
    let panel = it.mona.selects(&panel, CHOOSE_CHANNEL).channels([&other]).await;
    assert_eq!(panel.select("In this channel").values(), ["In this channel: as in other channels"]);
    let panel = it.mona.chooses(&panel, "In this channel: only a reaction").await;
    assert_changed(&panel);
    assert_eq!(panel.select("In this channel").values(), ["In this channel: only a reaction"]);

    let said = it.ann.says(&other, TRIGGER).await;
    bot_reaction(&said).await;
    it.is_answered_in(&it.general).await;
    let said = it.ann.says(&other.thread("a talk"), TRIGGER).await;
    bot_reaction(&said).await;

    assert_changed(&it.mona.chooses(&panel, "In this channel: as in other channels").await);
    it.is_answered_in(&other).await;
    it.discord.finish().await;
}
