//! One bot with reminders, watched.

use std::time::{Duration, Instant};

use super::fake_discord::{BotUnderTest, FakeDiscord};
use super::{database, process};

const MESSAGES: &str = "/channels/{id}/messages";
const OPEN: &str = "/users/@me/channels";
const TEN_DAYS: i64 = 10 * 24 * 60 * 60 * 1000;

/// What a bot that waits costs.
pub struct Waiting {
    /// From the start of the process to its IDENTIFY.
    pub start: Duration,
    /// In KiB, after the rest, and at the most since the start.
    pub memory: u64,
    pub peak: u64,
    /// During the rest.
    pub cpu: Duration,
}

/// A bot that has run before, so that its tables are there.
async fn installed(discord: &FakeDiscord) -> BotUnderTest {
    let mut bot = BotUnderTest::binary(discord).start_unconnected();
    bot.is_connected().await;
    bot.is_killed().await;
    bot
}

/// Starts a bot with so many reminders pending, and lets it rest.
pub async fn waiting(pending: usize, rest: Duration) -> Waiting {
    let discord = FakeDiscord::start().await;
    let mut bot = installed(&discord).await;
    let people: Vec<u64> = (1..=pending as u64).collect();
    database::add(bot.data_folder(), &people, database::now() + TEN_DAYS, Duration::from_secs(1)).await;
    let started = Instant::now();
    bot.starts_again().await;
    let start = started.elapsed();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let id = bot.process_id().expect("a process");
    let before = process::cpu_time(id);
    tokio::time::sleep(rest).await;
    let (memory, peak) = (process::memory(id), process::peak_memory(id));
    let outcome = Waiting { start, memory, peak, cpu: process::cpu_time(id) - before };
    bot.is_killed().await;
    discord.abandon();
    outcome
}

/// How many milliseconds after its time each of so many reminders arrives, one every half second.
pub async fn single(count: usize) -> Vec<u128> {
    let discord = FakeDiscord::start().await;
    let mut bot = installed(&discord).await;
    let people: Vec<u64> = (0..count).map(|_| discord.person("Ann").id).collect();
    let (apart, lead) = (Duration::from_millis(500), Duration::from_secs(3));
    let (first, zero) = (database::now() + 3_000, Instant::now() + lead);
    database::add(bot.data_folder(), &people, first, apart).await;
    bot.starts_again().await;
    let mut late = Vec::new();
    for number in 1..=count {
        let arrived = discord.rest().wait_for("POST", MESSAGES, number).await.arrived;
        let due = zero + apart * u32::try_from(number - 1).expect("a small number");
        late.push(arrived.saturating_duration_since(due).as_millis());
    }
    bot.is_killed().await;
    discord.abandon();
    late
}

/// What came of many that were due at once.
pub struct AtOnce {
    pub took: Duration,
    pub requests: usize,
    pub out_of_order: usize,
    pub refused: usize,
    /// How long messages waited for their answers meanwhile.
    pub answers: Vec<Duration>,
}

/// Lets so many come due in the same minute, and asks the bot something every second meanwhile.
pub async fn at_once(due: usize) -> AtOnce {
    let discord = FakeDiscord::start().await;
    let server = discord.guild("A busy place");
    let mut bot = installed(&discord).await;
    let people: Vec<u64> = (0..due).map(|_| discord.person("Somebody").id).collect();
    database::add(bot.data_folder(), &people, database::now() - 60_000, Duration::from_millis(5)).await;
    let started = Instant::now();
    bot.starts_again().await;
    let mut answers = Vec::new();
    while discord.rest().requests_to("POST", OPEN).len() < due {
        let (channel, person) = (server.channel("quiet"), discord.person("Ann"));
        let said = Instant::now();
        let id = channel.id.to_string();
        person.says(&channel, "so my back went out this morning").await;
        answers.push(answered(&discord, &id).await - said);
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    discord.rest().wait_for("POST", MESSAGES, due + answers.len()).await;
    let took = started.elapsed();
    let opened = discord.rest().requests_to("POST", OPEN);
    let order = opened.iter().filter_map(|it| it.body.as_ref()?["recipient_id"].as_str()?.parse::<u64>().ok());
    let out_of_order = order.zip(&people).filter(|(opened, due)| opened != *due).count();
    let refused = discord.rest().requests().iter().filter(|it| it.status.is_some_and(|it| it >= 400)).count();
    bot.is_killed().await;
    discord.abandon();
    AtOnce { took, requests: 2 * due, out_of_order, refused, answers }
}

/// When a message came to this channel.
async fn answered(discord: &FakeDiscord, channel: &str) -> Instant {
    loop {
        let sent = discord.rest().requests_to("POST", MESSAGES);
        if let Some(answer) = sent.iter().rev().find(|it| it.path.contains(channel)) {
            return answer.arrived;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
