//! One bot, started, flooded, asked.

use std::time::{Duration, Instant};

use super::chat::{self, Chat};
use super::fake_discord::gateway::dispatch_frame;
use super::fake_discord::{BotUnderTest, Channel, FakeDiscord, Server};
use super::{IDLE_BOT, RAW_IDLE_BOT, process};

/// The id of a flood's first message is a whole number of these; its messages have the ids behind it. They carry a moment
/// of 2026, so that nothing takes them for old.
const FLOOD_IDS: u64 = 1_500_000_000_000_000_000;
const IDS_OF_A_FLOOD: u64 = 1 << 32;

/// How long a bot is left alone before its idle memory is read, and once the last answer is there.
const REST: Duration = Duration::from_millis(500);

/// Which bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bot {
    /// The real program.
    Whole,
    /// Serenity and nothing else, as its examples have it.
    Idle,
    /// The same with serenity's raw handler, which costs less.
    IdleRaw,
}

/// How much it is flooded with.
#[derive(Clone, Copy, Debug)]
pub struct Flood {
    pub events: usize,
    /// How often, one after the other.
    pub times: usize,
}

/// What a flood cost.
#[derive(Clone, Debug)]
pub struct Cost {
    /// From the start of the process to its IDENTIFY.
    pub to_identify: Duration,
    /// Of the first flood.
    pub cpu: Duration,
    /// Of the first flood.
    pub wall: Duration,
    /// In KiB, before the flood.
    pub idle: u64,
    /// In KiB, since the start, after each flood.
    pub peaks: Vec<u64>,
}

/// Starts the bot, floods it, and kills it.
pub async fn flood(bot: Bot, chat: &Chat, flood: Flood) -> Cost {
    let discord = FakeDiscord::start().await;
    let server = discord.guild("The flood");
    let started = Instant::now();
    let mut running = start(bot, &discord);
    running.is_connected().await;
    let to_identify = started.elapsed();
    let process = running.process_id().expect("a process");
    tokio::time::sleep(REST).await;
    let (idle, began, cpu_before) = (process::memory(process), Instant::now(), process::cpu_time(process));
    let mut cost = Cost { to_identify, cpu: Duration::ZERO, wall: Duration::ZERO, idle, peaks: Vec::new() };
    for time in 0..flood.times {
        pour(bot, &discord, &server, chat, flood.events, time).await;
        if time == 0 {
            (cost.wall, cost.cpu) = (began.elapsed(), process::cpu_time(process) - cpu_before);
        }
        cost.peaks.push(process::peak_memory(process));
    }
    running.is_killed().await;
    discord.abandon();
    cost
}

/// Pours one flood, and waits until the bot has received all of it and answered each trigger.
async fn pour(bot: Bot, discord: &FakeDiscord, server: &Server, chat: &Chat, events: usize, time: usize) {
    let quiet: Vec<Channel> = (0..chat::triggers(events)).map(|_| server.channel("quiet")).collect();
    let first_id = FLOOD_IDS + IDS_OF_A_FLOOD * time as u64;
    let first = discord.gateway().reserve_sequence_numbers(events as u64);
    let frames = (0..events).map(|index| {
        // A trigger in a channel of its own: no cooldown holds its answer back.
        let channel = quiet.get(chat::triggers(index)).map_or(0, |it| it.id);
        dispatch_frame(first + index as u64, "MESSAGE_CREATE", &chat.message(index, first_id, channel))
    });
    discord.gateway().flood(frames).await;
    discord.gateway().wait_for_heartbeat_at(first + events as u64 - 1).await;
    if bot == Bot::Whole {
        let sent = quiet.len() * (time + 1);
        discord.rest().wait_for("POST", "/channels/{id}/messages", sent).await;
    }
    // The last events have been received; their tasks have run after this.
    tokio::time::sleep(REST).await;
    let answers = discord.rest().requests_to("POST", "/channels/{id}/messages");
    let expected = if bot == Bot::Whole { quiet.len() * (time + 1) } else { 0 };
    assert_eq!(answers.len(), expected, "an answer for each trigger, and for nothing else");
    assert!(answers.iter().all(|it| it.status == Some(200)), "every answer is taken");
}

/// How long each of so many single messages waits for its answer, one after the other, while nothing else happens.
pub async fn single_messages(count: usize) -> Vec<Duration> {
    let discord = FakeDiscord::start().await;
    let server = discord.guild("A quiet place");
    let mut bot = start(Bot::Whole, &discord);
    bot.is_connected().await;
    tokio::time::sleep(REST).await;
    let mut waits = Vec::new();
    for number in 1..=count {
        let (channel, person) = (server.channel("quiet"), discord.person("Ann"));
        let said = Instant::now();
        person.says(&channel, "so my back went out this morning").await;
        let answer = discord.rest().wait_for("POST", "/channels/{id}/messages", number).await;
        waits.push(answer.arrived - said);
    }
    let invalid = discord.rest().requests().iter().filter(|it| it.status.is_none_or(|it| it >= 400)).count();
    assert_eq!(invalid, 0, "no invalid request");
    bot.is_killed().await;
    discord.abandon();
    waits
}

fn start(bot: Bot, discord: &FakeDiscord) -> BotUnderTest {
    let binary = BotUnderTest::binary(discord);
    let binary = match bot {
        Bot::Whole => binary,
        Bot::Idle | Bot::IdleRaw => {
            let this = std::env::current_exe().expect("the path of this program");
            let handler = if bot == Bot::Idle { IDLE_BOT } else { RAW_IDLE_BOT };
            binary.program(&this.to_string_lossy()).argument(handler)
        }
    };
    binary.start_unconnected()
}
