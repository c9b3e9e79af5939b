//! The fake held against the real client library, with a small bot: what it plays, what it enforces, what it notices.

#![allow(clippy::expect_used, reason = "in a test an unmet expectation should end it, with a sentence")]

mod enforces;
mod gateway;
mod processes;
mod rules;
mod sample_bot;
mod talks;

use crate::fake_discord::{BotUnderTest, Channel, FakeDiscord, Person};

/// A server with one channel and one person, and the sample bot in it.
async fn somewhere() -> (FakeDiscord, BotUnderTest, Channel, Person) {
    let discord = FakeDiscord::start().await;
    let channel = discord.guild("Climbing").locale("en-GB").channel("general");
    let ann = discord.person("Ann");
    let bot = BotUnderTest::in_process(&discord, sample_bot::run).await;
    (discord, bot, channel, ann)
}

/// Is there a fault with this text?
fn has(faults: &[String], text: &str) -> bool {
    faults.iter().any(|it| it.contains(text))
}
