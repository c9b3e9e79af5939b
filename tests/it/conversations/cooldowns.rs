//! How long the bot keeps quiet after an answer, and towards whom.

use std::time::Duration;

use super::{TRIGGER, lumbar, minutes, somewhere};
use crate::fake_discord::bot_reply;

const SLIPPED_DISC: &str = "I think I slipped a disc";

#[tokio::test]
async fn a_person_is_told_about_a_topic_once_in_ten_minutes() {
    let (discord, channel, ann) = somewhere().await;
    let elsewhere = discord.guild("Running").channel("general");
    let _bot = lumbar(&discord).await;

    ann.says(&channel, TRIGGER).await;
    bot_reply(&channel).await;
    discord.passes(minutes(9));
    ann.says(&elsewhere, TRIGGER).await;
    elsewhere.stays_silent().await;
    discord.passes(minutes(1));
    ann.says(&elsewhere, TRIGGER).await;

    bot_reply(&elsewhere).await;
    discord.finish().await;
}

#[tokio::test]
async fn another_topic_is_another_matter() {
    let (discord, channel, ann) = somewhere().await;
    let elsewhere = discord.guild("Running").channel("general");
    let _bot = lumbar(&discord).await;

    ann.says(&channel, TRIGGER).await;
    bot_reply(&channel).await;
    ann.says(&elsewhere, SLIPPED_DISC).await;

    assert!(bot_reply(&elsewhere).await.text().contains("Discs don't slip"));
    discord.finish().await;
}

#[tokio::test]
async fn a_channel_rests_for_thirty_seconds() {
    let (discord, channel, ann) = somewhere().await;
    let (ben, cem) = (discord.person("Ben"), discord.person("Cem"));
    let _bot = lumbar(&discord).await;

    ann.says(&channel, TRIGGER).await;
    bot_reply(&channel).await;
    discord.passes(Duration::from_secs(28));
    ben.says(&channel, TRIGGER).await;
    channel.stays_silent().await;
    discord.passes(Duration::from_secs(2));
    let said = cem.says(&channel, TRIGGER).await;

    bot_reply(&channel).await.assert_refers_to(&said);
    discord.finish().await;
}

#[tokio::test]
async fn who_was_held_back_is_not_silenced_for_longer() {
    let (discord, channel, ann) = somewhere().await;
    let ben = discord.person("Ben");
    let _bot = lumbar(&discord).await;

    ann.says(&channel, TRIGGER).await;
    bot_reply(&channel).await;
    ben.says(&channel, TRIGGER).await;
    channel.stays_silent().await;
    discord.passes(Duration::from_secs(30));
    ben.says(&channel, TRIGGER).await;

    bot_reply(&channel).await;
    discord.finish().await;
}

#[tokio::test]
async fn a_direct_conversation_does_not_rest() {
    let (discord, _, ann) = somewhere().await;
    let private = ann.direct_messages();
    let _bot = lumbar(&discord).await;

    ann.says(&private, TRIGGER).await;
    bot_reply(&private).await;
    ann.says(&private, SLIPPED_DISC).await;

    bot_reply(&private).await;
    discord.finish().await;
}

#[tokio::test]
async fn cooldowns_survive_a_restart() {
    let (discord, channel, ann) = somewhere().await;
    let mut bot = lumbar(&discord).await;

    ann.says(&channel, TRIGGER).await;
    bot_reply(&channel).await;
    bot.stops().await;
    bot.starts_again().await;
    discord.passes(minutes(1));
    ann.says(&channel, TRIGGER).await;

    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn of_many_who_say_it_at_once_one_is_answered() {
    let (discord, channel, _) = somewhere().await;
    let _bot = lumbar(&discord).await;

    for name in 0..20 {
        discord.person(&name.to_string()).says(&channel, TRIGGER).await;
    }

    bot_reply(&channel).await;
    channel.stays_silent().await;
    discord.finish().await;
}
