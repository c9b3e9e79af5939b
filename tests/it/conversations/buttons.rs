//! What stands under an answer, and what it does.

use std::time::Duration;

use serde_json::json;

use super::{TRIGGER, lumbar, minutes, somewhere};
use crate::fake_discord::{BotUnderTest, Channel, FakeDiscord, Person, Reply, bot_reply};

/// The answer to Ann's sentence.
async fn answered() -> (FakeDiscord, Channel, Person, BotUnderTest, Reply) {
    let (discord, channel, ann) = somewhere().await;
    let bot = lumbar(&discord).await;
    ann.says(&channel, TRIGGER).await;
    let reply = bot_reply(&channel).await;
    (discord, channel, ann, bot, reply)
}

#[tokio::test]
async fn breathe_with_me_shows_the_count_in_private() {
    let (discord, _, ann, _bot, reply) = answered().await;

    let answer = ann.presses(&reply, "Breathe with me").await;

    answer.assert_private();
    insta::assert_snapshot!(answer.text());
    discord.finish().await;
}

#[tokio::test]
async fn remind_me_confirms_in_private() {
    let (discord, _, ann, _bot, reply) = answered().await;

    let answer = ann.presses(&reply, "Remind me to walk in 1 h").await;

    answer.assert_private();
    assert!(answer.text().starts_with("I will remind you at <t:"), "{}", answer.text());
    assert_eq!(answer.buttons(), ["Stop this reminder"]);
    discord.finish().await;
}

#[tokio::test]
async fn when_to_get_help_shows_the_warning_signs_in_private() {
    let (discord, _, ann, _bot, reply) = answered().await;

    let answer = ann.presses(&reply, "When to get help").await;

    answer.assert_private();
    insta::assert_snapshot!(answer.text());
    discord.finish().await;
}

#[tokio::test]
async fn more_offers_the_other_topics_in_private() {
    let (discord, _, ann, _bot, reply) = answered().await;

    let answer = ann.presses(&reply, "More").await;

    answer.assert_private();
    insta::assert_snapshot!(answer.text());
    discord.finish().await;
}

#[tokio::test]
async fn a_chosen_topic_takes_the_place_of_the_private_message() {
    let (discord, _, ann, _bot, reply) = answered().await;

    let more = ann.presses(&reply, "More").await;
    let answer = ann.chooses(&more, "Ice or heat?").await;

    answer.assert_private();
    assert!(answer.changed_the_message());
    assert_eq!(answer.message().id, more.message().id);
    let text = answer.text();
    assert!(text.to_lowercase().contains("heat") && !text.contains("Choose a topic"), "{text}");
    discord.finish().await;
}

#[tokio::test]
async fn anybody_may_press_a_button_and_reads_the_answer_alone() {
    let (discord, _, _, _bot, reply) = answered().await;
    let ben = discord.person("Ben");

    let answer = ben.presses(&reply, "Remind me to walk in 1 h").await;

    answer.assert_private();
    discord.finish().await;
}

#[tokio::test]
async fn leave_me_alone_holds_in_every_server_and_in_direct_messages_until_it_is_undone() {
    let (discord, _, ann, _bot, reply) = answered().await;
    let elsewhere = discord.guild("Running").channel("general");
    let private = ann.direct_messages();

    let more = ann.presses(&reply, "More").await;
    let done = ann.presses(&more, "Leave me alone").await;
    done.assert_private();
    discord.passes(minutes(60));
    ann.says(&elsewhere, TRIGGER).await;
    ann.says(&private, TRIGGER).await;
    elsewhere.stays_silent().await;
    private.stays_silent().await;

    let undone = ann.presses(&done, "Answer me again").await;
    undone.assert_private();
    ann.says(&elsewhere, TRIGGER).await;
    bot_reply(&elsewhere).await;
    discord.finish().await;
}

#[tokio::test]
async fn who_is_left_alone_stays_so_after_a_restart_and_may_still_ask() {
    let (discord, channel, ann, mut bot, reply) = answered().await;

    let more = ann.presses(&reply, "More").await;
    ann.presses(&more, "Leave me alone").await;
    bot.stops().await;
    bot.starts_again().await;
    discord.passes(minutes(60));
    ann.says(&channel, TRIGGER).await;

    channel.stays_silent().await;
    ann.runs("/back help").in_channel(&channel).await.assert_private();
    let more = ann.presses(&reply, "More").await;
    assert_eq!(more.buttons(), ["Answer me again", "Not about a back?"]);
    discord.finish().await;
}

#[tokio::test]
async fn to_be_left_alone_is_nobody_elses_affair() {
    let (discord, _, ann, _bot, reply) = answered().await;
    let elsewhere = discord.guild("Running").channel("general");
    let ben = discord.person("Ben");

    let more = ann.presses(&reply, "More").await;
    ann.presses(&more, "Leave me alone").await;
    let said = ben.says(&elsewhere, TRIGGER).await;

    bot_reply(&elsewhere).await.assert_refers_to(&said);
    discord.finish().await;
}

#[tokio::test]
async fn buttons_work_after_a_restart_and_after_a_month() {
    let (discord, _, ann, mut bot, reply) = answered().await;

    bot.stops().await;
    discord.passes(Duration::from_secs(31 * 24 * 60 * 60));
    bot.starts_again().await;

    for label in reply.buttons() {
        ann.presses(&reply, &label).await.assert_private();
    }
    discord.finish().await;
}

#[tokio::test]
async fn a_button_that_this_version_does_not_know_is_answered_kindly() {
    let (discord, _, ann, _bot, reply) = answered().await;

    for unknown in ["lumbar:0:breathe", "lumbar:1:dance", "something else"] {
        relabel(&discord, &reply, unknown);
        let answer = ann.presses(&reply, "Breathe with me").await;
        answer.assert_private();
        assert!(answer.text().starts_with("This button is from an older version"), "{}", answer.text());
    }
    discord.finish().await;
}

#[tokio::test]
async fn a_button_for_a_topic_that_is_gone_says_so() {
    let (discord, _, ann, _bot, reply) = answered().await;

    relabel(&discord, &reply, "lumbar:1:ask:leeches");
    let answer = ann.presses(&reply, "Breathe with me").await;

    assert!(answer.text().starts_with("I don't know that topic"), "{}", answer.text());
    discord.finish().await;
}

/// Puts another state behind the first button, as an older or newer version would have.
pub fn relabel(discord: &FakeDiscord, reply: &Reply, custom_id: &str) {
    discord.core().change(|state| {
        let message = state.world.messages.get_mut(&reply.id).expect("the message");
        message.body.components[0]["components"][0]["custom_id"] = json!(custom_id);
    });
}
