//! Conversations.

use std::collections::BTreeSet;

use super::somewhere;
use crate::fake_discord::{Pinged, bot_reply};

#[tokio::test]
async fn a_message_is_heard_and_its_answer_seen() {
    let (discord, _bot, channel, ann) = somewhere().await;
    let said = ann.says(&channel, "ping").await;
    let reply = bot_reply(&channel).await;
    reply.assert_refers_to(&said);
    reply.assert_pings_nobody();
    assert_eq!(reply.text(), "pong\n[More]");
    discord.finish().await;
}

#[tokio::test]
async fn silence_is_told_without_waiting_for_time_to_pass() {
    let (discord, _bot, channel, ann) = somewhere().await;
    ann.says(&channel, "nothing for bots").await;
    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_handler_that_takes_its_time_is_waited_for() {
    let (discord, _bot, channel, ann) = somewhere().await;
    ann.says(&channel, "later").await;
    discord.settles().await;
    assert_eq!(discord.core().look(|state| state.world.unread().count()), 1);
    bot_reply(&channel).await;
    discord.finish().await;
}

#[tokio::test]
async fn threads_forum_posts_and_direct_messages_are_places_to_talk() {
    let (discord, _bot, channel, ann) = somewhere().await;
    let thread = channel.thread("Pain");
    let forum = discord.guild("Another").forum("questions");
    ann.says(&thread, "ping").await;
    bot_reply(&thread).await;
    let (post, _) = ann.posts(&forum, "Help", "ping").await;
    bot_reply(&post).await;
    ann.says(&ann.direct_messages(), "ping").await;
    bot_reply(&ann.direct_messages()).await;
    discord.finish().await;
}

#[tokio::test]
async fn edits_of_the_bot_are_followed() {
    let (discord, _bot, channel, ann) = somewhere().await;
    ann.says(&channel, "edit").await;
    let reply = bot_reply(&channel).await;
    assert_eq!(reply.is_edited(1).await.text(), "after");
    discord.finish().await;
}

#[tokio::test]
async fn a_button_is_pressed_and_answered_in_private() {
    let (discord, _bot, channel, ann) = somewhere().await;
    ann.says(&channel, "ping").await;
    let answer = ann.presses(&bot_reply(&channel).await, "More").await;
    answer.assert_private();
    assert_eq!(answer.text(), "more");
    discord.finish().await;
}

#[tokio::test]
async fn commands_complete_open_forms_and_answer() {
    let (discord, _bot, channel, ann) = somewhere().await;
    let offered = ann.runs("/back ask").typing("topic", "ice").suggestions_in(&channel).await;
    assert_eq!(offered[0].value, "ice-or-heat");
    let form = ann.runs("/back ask").option("topic", "ice-or-heat").in_channel(&channel).await.form();
    assert_eq!((form.title(), form.fields()), ("A form", vec!["Why".to_owned()]));
    assert_eq!(ann.submits(&form, &[("Why", "it hurts")]).await.text(), "thank you");
    assert_eq!(ann.runs("/help").in_direct_messages().await.text(), "help");
    discord.finish().await;
}

#[tokio::test]
async fn a_menu_command_may_defer_edit_and_follow_up() {
    let (discord, _bot, channel, ann) = somewhere().await;
    let said = ann.says(&channel, "my back went out").await;
    let mut answer = discord.person("Bob").menu("First aid", &said).await;
    assert!(answer.was_deferred() && answer.is_private());
    assert_eq!(answer.text(), "about: my back went out");
    assert_eq!(answer.follow_up().await.text(), "and more");
    discord.finish().await;
}

#[tokio::test]
async fn commands_registered_are_kept_as_discord_keeps_them() {
    let (discord, _bot, _channel, _ann) = somewhere().await;
    discord.settles().await;
    let commands = discord.core().look(|state| state.world.commands[&None].clone());
    assert_eq!(commands.len(), 4);
    let topic = &commands[1]["options"][0]["options"][0];
    assert_eq!((&topic["required"], &topic["min_length"]), (&true.into(), &serde_json::Value::Null));
    discord.finish().await;
}

#[tokio::test]
async fn pings_follow_allowed_mentions() {
    let (discord, _bot, channel, ann) = somewhere().await;
    let bob = discord.person("Bob");
    let said = ann.says(&channel, "hello").await;
    let reply = bob.replies_to(&said, &format!("{} @everyone", bob.mention())).await;
    let quiet = bob.replies_quietly_to(&said, "hello").await;
    discord.core().look(|state| {
        let pinged = |id| state.world.pinged_by(&state.world.messages[&id]);
        let all = [Pinged::Person(ann.id), Pinged::Person(bob.id), Pinged::Everyone];
        assert_eq!(pinged(reply.id), BTreeSet::from(all));
        assert_eq!(pinged(quiet.id), BTreeSet::new());
    });
    discord.finish().await;
}
