//! Whatever ends the program, no reminder is lost and none comes twice.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection as _, Executor as _};

use crate::fake_discord::{BotUnderTest, FakeDiscord, bot_reply};

#[tokio::test]
async fn a_reminder_survives_sigkill_and_arrives_once() {
    let discord = FakeDiscord::start().await;
    let channel = discord.guild("Climbing").channel("general");
    let ann = discord.person("Ann");
    let mut bot = BotUnderTest::binary(&discord).start().await;

    ann.says(&channel, "my back went out").await;
    let reply = bot_reply(&channel).await;
    ann.presses(&reply, "Remind me to walk in 1 h").await;
    bot.is_killed().await;
    passes(bot.data_folder(), Duration::from_secs(60 * 60)).await;
    bot.starts_again().await;

    assert!(bot_reply(&ann.direct_messages()).await.text().contains("Time for a few steps"));
    bot.is_killed().await;
    bot.starts_again().await;
    ann.direct_messages().stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn killed_before_it_wrote_down_that_a_reminder_arrived_it_sends_it_again_and_discord_drops_the_copy() {
    let discord = FakeDiscord::start().await;
    let channel = discord.guild("Climbing").channel("general");
    let ann = discord.person("Ann");
    let mut bot = BotUnderTest::binary(&discord).start().await;
    ann.runs("/walk start").option("in", "1 h").in_channel(&channel).await;
    bot.is_killed().await;
    passes(bot.data_folder(), Duration::from_secs(60 * 60)).await;
    bot.starts_again().await;
    bot_reply(&ann.direct_messages()).await;

    bot.is_killed().await;
    unsettle(bot.data_folder()).await;
    bot.starts_again().await;

    discord.rest().wait_for("POST", "/channels/{id}/messages", 2).await;
    ann.direct_messages().stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_reminder_that_is_not_due_waits_through_a_restart() {
    let discord = FakeDiscord::start().await;
    let channel = discord.guild("Climbing").channel("general");
    let ann = discord.person("Ann");
    let mut bot = BotUnderTest::binary(&discord).start().await;

    ann.runs("/walk start").option("in", "1 h").in_channel(&channel).await;
    bot.stops().await;
    bot.starts_again().await;

    ann.direct_messages().stays_silent().await;
    let list = ann.runs("/walk list").in_channel(&channel).await;
    assert!(list.text().contains("1. <t:"), "{}", list.text());
    discord.finish().await;
}

#[tokio::test]
async fn buttons_and_opt_outs_outlive_the_program() {
    let discord = FakeDiscord::start().await;
    let channel = discord.guild("Climbing").channel("general");
    let elsewhere = discord.guild("Running").channel("general");
    let ann = discord.person("Ann");
    let mut bot = BotUnderTest::binary(&discord).start().await;

    ann.says(&channel, "my back went out").await;
    let reply = bot_reply(&channel).await;
    bot.is_killed().await;
    bot.starts_again().await;
    let more = ann.presses(&reply, "More").await;
    ann.presses(&more, "Leave me alone").await;
    bot.is_killed().await;
    bot.starts_again().await;
    ann.says(&elsewhere, "I think I slipped a disc").await;

    elsewhere.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_breathing_session_in_the_middle_of_which_the_program_died_says_so_when_asked() {
    let discord = FakeDiscord::start().await;
    let channel = discord.guild("Climbing").channel("general");
    let ann = discord.person("Ann");
    let mut bot = BotUnderTest::binary(&discord).start().await;

    let begun = ann.runs("/breathe").option("style", "text").in_channel(&channel).await;
    bot.is_killed().await;
    bot.starts_again().await;
    let stopped = ann.presses(&begun, "Stop").await;

    assert!(stopped.changed_the_message());
    assert!(stopped.text().contains("This one was interrupted, because I was restarted."), "{}", stopped.text());
    discord.finish().await;
}

/// Makes the database what it was while the reminder was on its way, with the lease of that sender over.
async fn unsettle(folder: &Path) {
    let options = SqliteConnectOptions::new().filename(folder.join("data/lumbar.db"));
    let mut database = SqliteConnection::connect_with(&options).await.expect("the bot's database");
    let before = "UPDATE reminders SET state = 'sending', settled_at = NULL, wake = due";
    assert_eq!(database.execute(before).await.expect("an update").rows_affected(), 1);
    database.close().await.expect("a clean end");
}

/// Lets time pass for the reminders in the database of a program that is not running: it has no clock to be moved.
async fn passes(folder: &Path, time: Duration) {
    let options = SqliteConnectOptions::new().filename(folder.join("data/lumbar.db"));
    let mut database = SqliteConnection::connect_with(&options).await.expect("the bot's database");
    let earlier = i64::try_from(time.as_millis()).expect("a short time");
    let moved = sqlx::query("UPDATE reminders SET due = due - ?, wake = wake - ?").bind(earlier).bind(earlier);
    assert_eq!(database.execute(moved).await.expect("an update").rows_affected(), 1);
    database.close().await.expect("a clean end");
}
