//! Messages that change, and messages that come twice.

use super::{TRIGGER, lumbar, lumbar_with, minutes, somewhere, tireless};
use crate::fake_discord::gateway::Event;
use crate::fake_discord::{FakeDiscord, bot_reply};

#[tokio::test]
async fn a_message_edited_into_a_trigger_within_five_minutes_is_answered() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    let said = ann.says(&channel, "good morning").await;
    channel.stays_silent().await;
    discord.passes(minutes(4));
    ann.edits(&said, TRIGGER).await;

    bot_reply(&channel).await.assert_refers_to(&said);
    discord.finish().await;
}

#[tokio::test]
async fn a_message_edited_into_a_trigger_later_is_not_answered() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    let said = ann.says(&channel, "good morning").await;
    discord.passes(minutes(6));
    ann.edits(&said, TRIGGER).await;

    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn an_answered_message_is_not_answered_again_when_it_is_edited() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar_with(&discord, tireless()).await;

    let said = ann.says(&channel, TRIGGER).await;
    bot_reply(&channel).await;
    ann.edits(&said, "my back went out again").await;

    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_warning_sign_that_is_added_to_an_answered_message_is_answered_once_more() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    let said = ann.says(&channel, TRIGGER).await;
    bot_reply(&channel).await;
    ann.edits(&said, "my back went out and my legs are numb").await;

    let urgent = bot_reply(&channel).await;
    assert!(urgent.text().contains("This may be an emergency"), "{}", urgent.text());
    ann.edits(&said, "my back went out and both my legs are numb").await;
    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_preview_that_discord_adds_is_no_edit() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar_with(&discord, tireless()).await;

    let said = ann.says(&channel, TRIGGER).await;
    bot_reply(&channel).await;
    tell(&discord, "MESSAGE_UPDATE", &discord.wire_of(&said));

    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn an_edited_message_is_not_answered_again_when_it_is_pinned_a_day_later() {
    let (discord, channel, ann) = somewhere().await;
    let said = ann.says(&channel, "good morning").await;
    discord.passes(minutes(1));
    ann.edits(&said, TRIGGER).await;
    discord.passes(minutes(24 * 60));
    let _bot = lumbar_with(&discord, tireless()).await;

    let mut message: serde_json::Value = serde_json::from_str(&discord.wire_of(&said)).expect("JSON");
    assert!(message["edited_timestamp"].is_string(), "it still tells of its edit");
    message["pinned"] = true.into();
    tell(&discord, "MESSAGE_UPDATE", &message.to_string());

    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_message_that_a_resumed_session_replays_is_not_answered_twice() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar_with(&discord, tireless()).await;

    let said = ann.says(&channel, TRIGGER).await;
    bot_reply(&channel).await;
    discord.gateway().breaks_off();
    discord.gateway().wait_for_resume(1).await;
    tell(&discord, "MESSAGE_CREATE", &discord.wire_of(&said));

    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_message_answered_before_a_restart_is_not_answered_after_it() {
    let (discord, channel, ann) = somewhere().await;
    let mut bot = lumbar_with(&discord, tireless()).await;

    let said = ann.says(&channel, TRIGGER).await;
    bot_reply(&channel).await;
    bot.stops().await;
    bot.starts_again().await;
    tell(&discord, "MESSAGE_CREATE", &discord.wire_of(&said));

    channel.stays_silent().await;
    discord.finish().await;
}

/// Has the gateway tell of a message, as it does when it replays.
fn tell(discord: &FakeDiscord, name: &'static str, message: &str) {
    let data: serde_json::Value = serde_json::from_str(message).expect("JSON");
    let guild = data["guild_id"].as_str().and_then(|id| id.parse().ok());
    discord.gateway().dispatches(&Event { name, intent: 1 << 9, guild, data });
}
