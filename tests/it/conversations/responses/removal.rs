//! What becomes of a server's responses when the bot is removed from it.

use super::{TOAST, lumbar, publishes};
use crate::conversations::minutes;
use crate::fake_discord::{BotUnderTest, Channel, FakeDiscord, Person, Server, bot_reply};

/// A server with a response of its own, in a Discord with another one.
async fn a_server_with_toast() -> (FakeDiscord, BotUnderTest, Server, Channel, Person) {
    let discord = FakeDiscord::start().await;
    discord.guild("Chess");
    let climbing = discord.guild("Climbing");
    let channel = climbing.channel("general");
    let mia = discord.person("Mia").moderator();
    let bot = lumbar(&discord).await;
    publishes(&mia, &channel, &TOAST).await;
    (discord, bot, climbing, channel, mia)
}

async fn logs_in_after(bot: &mut BotUnderTest, discord: &FakeDiscord, days: u64) {
    bot.stops().await;
    discord.passes(minutes(days * 24 * 60));
    bot.starts_again().await;
    discord.settles().await;
}

#[tokio::test]
async fn a_server_that_takes_the_bot_back_within_a_month_has_its_responses_again() {
    let (discord, mut bot, climbing, channel, mia) = a_server_with_toast().await;

    climbing.removes_the_bot();
    logs_in_after(&mut bot, &discord, 0).await;
    logs_in_after(&mut bot, &discord, 29).await;
    climbing.invites_the_bot();
    logs_in_after(&mut bot, &discord, 0).await;
    logs_in_after(&mut bot, &discord, 29).await;

    mia.says(&channel, "croissant mode").await;
    bot_reply(&channel).await;
    discord.finish().await;
}

#[tokio::test]
async fn a_month_after_the_bot_was_removed_nothing_is_left_of_what_a_server_had() {
    let (discord, mut bot, climbing, channel, mia) = a_server_with_toast().await;

    climbing.removes_the_bot();
    logs_in_after(&mut bot, &discord, 0).await;
    logs_in_after(&mut bot, &discord, 30).await;
    climbing.invites_the_bot();
    logs_in_after(&mut bot, &discord, 0).await;

    mia.says(&channel, "croissant mode").await;
    channel.stays_silent().await;
    let history = mia.runs("/responses history").in_channel(&channel).await;
    assert!(!history.text().contains("toast"), "{}", history.text());
    assert!(discord.log().iter().any(|line| line.contains("deleted what was held about a server")));
    discord.finish().await;
}
