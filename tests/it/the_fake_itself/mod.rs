//! The fake held against the real client library, with a small bot: what it plays, what it enforces, what it notices.

#![allow(clippy::expect_used, reason = "in a test an unmet expectation should end it, with a sentence")]

mod enforces;
mod files;
mod gateway;
mod panels;
mod permissions;
mod processes;
mod rules;
mod sample_bot;
mod sample_panel;
mod servers;
mod talks;

use serenity::http::{Http, HttpError};

use crate::fake_discord::{BotUnderTest, Channel, FakeDiscord, Person, Server};

/// A server with one channel and one person, and the sample bot in it.
async fn somewhere() -> (FakeDiscord, BotUnderTest, Channel, Person) {
    let discord = FakeDiscord::start().await;
    let channel = discord.guild("Climbing").locale("en-GB").channel("general");
    let ann = discord.person("Ann");
    let bot = BotUnderTest::in_process(&discord, sample_bot::run).await;
    (discord, bot, channel, ann)
}

/// The same with the bot that has a panel for moderators.
async fn with_a_panel() -> (FakeDiscord, BotUnderTest, Server, Channel) {
    let discord = FakeDiscord::start().await;
    let server = discord.guild("Climbing");
    let channel = server.channel("general");
    let bot = BotUnderTest::in_process(&discord, sample_panel::run).await;
    (discord, bot, server, channel)
}

/// No bot, only what one speaks to the REST API with; a server with one channel, and a person.
async fn by_hand() -> (FakeDiscord, Http, Server, Channel, Person) {
    let discord = FakeDiscord::start().await;
    let server = discord.guild("Climbing");
    let channel = server.channel("general");
    let http = sample_bot::http(&discord.token(), discord.api_url());
    let ann = discord.person("Ann");
    (discord, http, server, channel, ann)
}

/// Discord's code for a refusal.
fn code<T: std::fmt::Debug>(result: Result<T, serenity::Error>) -> isize {
    match result {
        Err(serenity::Error::Http(HttpError::UnsuccessfulRequest(response))) => response.error.code,
        other => panic!("not refused: {other:?}"),
    }
}

/// Is there a fault with this text?
fn has(faults: &[String], text: &str) -> bool {
    faults.iter().any(|it| it.contains(text))
}
