//! `/responses test`: what would happen, and why.

use super::{TOAST, drafts, lumbar, moderated, publishes};
use crate::conversations::TRIGGER;
use crate::fake_discord::{Answer, Channel, Person, bot_reply};

async fn tries(mia: &Person, channel: &Channel, text: &str) -> Answer {
    let answer = mia.runs("/responses test").option("text", text).in_channel(channel).await;
    answer.assert_private();
    answer
}

#[tokio::test]
async fn it_tells_the_phrase_and_the_words_that_fired() {
    let (discord, channel, _, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    publishes(&mia, &channel, &TOAST).await;
    insta::assert_snapshot!(tries(&mia, &channel, "oh no, croissant mode again").await.text());
    discord.finish().await;
}

#[tokio::test]
async fn it_tells_why_a_message_stays_without_answer() {
    let (discord, channel, _, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    let denied = tries(&mia, &channel, "my back didn't go out").await;
    assert!(denied.text().contains("I would stay silent"), "{}", denied.text());
    let near = tries(&mia, &channel, "my backpack went out of style").await;
    assert!(near.text().contains("I would stay silent"), "{}", near.text());
    discord.finish().await;
}

#[tokio::test]
async fn it_names_the_servers_own_phrase_and_the_slip_that_is_not_forgiven() {
    let (discord, channel, _, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    publishes(&mia, &channel, &TOAST).await;
    let told = tries(&mia, &channel, "oh no, croissnt mode again").await.text();
    assert!(told.contains("The nearest phrase is `croissant mode`."), "{told}");
    assert!(told.contains("no slip is forgiven, so that “croissnt” is not it"), "{told}");
    discord.finish().await;
}

#[tokio::test]
async fn it_tells_what_holds_an_answer_back() {
    let (discord, channel, _, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    mia.says(&channel, TRIGGER).await;
    bot_reply(&channel).await;
    let held = tries(&mia, &channel, TRIGGER).await;
    assert!(held.text().contains("But not now"), "{}", held.text());
    assert!(held.text().contains("a short while ago"), "{}", held.text());
    discord.finish().await;
}

#[tokio::test]
async fn it_knows_phrases_that_are_only_watched() {
    let (discord, channel, _, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    let preview = drafts(&mia, &channel, &TOAST).await;
    mia.presses(&preview, "Watch first").await;
    let tried = tries(&mia, &channel, "croissant mode").await;
    assert!(tried.text().contains("only watched"), "{}", tried.text());
    discord.finish().await;
}
