//! A store that is ill, and servers that have nothing of their own.

use super::super::{AilingStore, TRIGGER, lumbar_on};
use super::URGENT;
use crate::fake_discord::{FakeDiscord, bot_reply};

#[tokio::test]
async fn where_the_settings_cannot_be_read_only_a_warning_sign_is_answered() {
    let discord = FakeDiscord::start().await;
    let server = discord.guild("Climbing");
    let (general, other) = (server.channel("general"), server.channel("other"));
    let (mona, ann) = (discord.person("Mona").moderates(&server), discord.person("Ann"));
    let store = AilingStore::new();
    let mut bot = lumbar_on(&discord, &store).await;
    let panel = mona.runs("/settings").in_channel(&general).await;
    mona.selects(&panel, "Channels and categories where I stay silent").channels([&other]).await;
    bot.stops().await;
    bot.starts_again().await;

    store.breaks();
    discord.expects("a server's settings cannot be read");
    discord.expects("answering an urgent message without the store");
    discord.expects("failed reminders were not told");
    ann.says(&general, TRIGGER).await;
    general.stays_silent().await;
    ann.says(&general, URGENT).await;
    bot_reply(&general).await;
    let answer = ann.runs("/help").in_channel(&general).await;
    answer.assert_private();

    store.recovers();
    ann.says(&general, TRIGGER).await;
    bot_reply(&general).await;
    discord.finish().await;
}

#[tokio::test]
async fn chatter_in_a_server_without_settings_costs_the_store_nothing() {
    let discord = FakeDiscord::start().await;
    let (general, ann) = (discord.guild("Climbing").channel("general"), discord.person("Ann"));
    let store = AilingStore::new();
    let _bot = lumbar_on(&discord, &store).await;

    store.breaks();
    // Of the canary, a command in private.
    discord.expects("failed reminders were not told");
    ann.says(&general, "good morning").await;
    ann.says(&general, "see you tomorrow").await;

    general.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_change_that_cannot_be_kept_is_told_and_changes_nothing() {
    let discord = FakeDiscord::start().await;
    let server = discord.guild("Climbing");
    let general = server.channel("general");
    let (mona, ann) = (discord.person("Mona").moderates(&server), discord.person("Ann"));
    let store = AilingStore::new();
    let _bot = lumbar_on(&discord, &store).await;
    let panel = mona.runs("/settings").in_channel(&general).await;

    store.breaks();
    discord.expects("an interaction failed");
    let told = mona.presses(&panel, "Threads: on").await;
    assert!(told.text().contains("that went wrong on my side"), "{}", told.text());
    store.recovers();

    let thread = general.thread("a talk");
    ann.says(&thread, TRIGGER).await;
    bot_reply(&thread).await;
    mona.presses(&panel, "Threads: on").await;
    discord.passes(super::super::minutes(11));
    ann.says(&thread, TRIGGER).await;
    thread.stays_silent().await;
    discord.finish().await;
}
