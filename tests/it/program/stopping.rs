//! A stop is quick and clean.

use std::time::{Duration, Instant};

use crate::fake_discord::{BotUnderTest, FakeDiscord, bot_reply};

/// Generous: machines that test are busy. What it took is printed.
const DEADLINE: Duration = Duration::from_secs(5);

#[tokio::test]
async fn sigterm_closes_the_gateway_and_exits_with_zero() {
    let discord = FakeDiscord::start().await;
    let mut bot = BotUnderTest::binary(&discord).start().await;

    let asked = Instant::now();
    let exit = bot.stops().await;

    println!("stopped {:?} after SIGTERM", asked.elapsed());
    assert!(asked.elapsed() < DEADLINE);
    assert_eq!(exit.code(), Some(0), "{exit}");
    let codes: Vec<Option<u16>> = discord.gateway().closed_by_bot().iter().map(|it| it.code).collect();
    assert_eq!(codes, [Some(1000)]);
    discord.finish().await;
}

#[tokio::test]
async fn an_answer_that_is_under_way_is_finished_first() {
    let discord = FakeDiscord::start().await;
    let channel = discord.guild("Climbing").channel("general");
    let mut bot = BotUnderTest::binary(&discord).start().await;

    let gate = discord.rest().next("POST", "/channels/{id}/messages").waits_for_a_gate();
    discord.person("Ann").says(&channel, "my back went out").await;
    is_sending(&discord).await;
    let closing = async {
        let closed = |count: usize| (count == 0).then_some(());
        discord.core().wait_for("the gateway to be closed", |state| closed(state.gateway.connected())).await;
        gate.opens();
    };
    let (exit, ()) = tokio::join!(bot.stops(), closing);

    assert_eq!(exit.code(), Some(0), "{exit}");
    assert!(!exit.says().contains("before everything was answered"), "{exit}");
    bot_reply(&channel).await;
    discord.finish().await;
}

#[tokio::test]
async fn a_breathing_session_is_told_goodbye() {
    let discord = FakeDiscord::start().await;
    let channel = discord.guild("Climbing").channel("general");
    let mut bot = BotUnderTest::binary(&discord).start().await;

    let begun = discord.person("Ann").runs("/breathe").option("style", "text").in_channel(&channel).await;
    discord.settles().await;
    let exit = bot.stops().await;

    assert_eq!(exit.code(), Some(0), "{exit}");
    assert!(begun.text().contains("I am being restarted"), "{}", begun.text());
    discord.finish().await;
}

#[tokio::test]
async fn an_answer_that_discord_never_takes_does_not_hold_up_the_stop() {
    let discord = FakeDiscord::start().await;
    let channel = discord.guild("Climbing").channel("general");
    let mut bot = BotUnderTest::binary(&discord).start().await;

    let gate = discord.rest().next("POST", "/channels/{id}/messages").waits_for_a_gate();
    discord.person("Ann").says(&channel, "my back went out").await;
    is_sending(&discord).await;
    let asked = Instant::now();
    let exit = bot.stops().await;

    println!("stopped {:?} after SIGTERM, with an answer that would not leave", asked.elapsed());
    assert!(asked.elapsed() < DEADLINE);
    assert_eq!(exit.code(), Some(0), "{exit}");
    gate.opens();
    discord.finish().await;
}

#[tokio::test]
async fn a_gateway_that_cannot_be_found_does_not_hold_up_the_stop() {
    let discord = FakeDiscord::start().await;
    let gate = discord.rest().next("GET", "/gateway/bot").waits_for_a_gate();
    let mut bot = BotUnderTest::binary(&discord).start_unconnected();
    is_sending(&discord).await;

    let asked = Instant::now();
    let exit = bot.stops().await;

    assert!(asked.elapsed() < DEADLINE);
    assert_eq!(exit.code(), Some(0), "{exit}");
    gate.opens();
    discord.finish().await;
}

async fn is_sending(discord: &FakeDiscord) {
    let sending = |count: usize| (count > 0).then_some(());
    discord.core().wait_for("a request under way", |state| sending(state.requests_under_way)).await;
}
