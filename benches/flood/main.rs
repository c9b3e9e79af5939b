//! What the bot costs: it and serenity bots that do nothing are flooded with the same chat, one after the other. There are
//! two of those: with serenity's usual handler, and with its raw one, which the bot has as well.
//!
//! `cargo bench --bench flood [-- --rounds 5 --events 100000]`. The chat is `messages/chatter.txt` of the shared folder
//! (`$LUMBAR_SHARED`, or `../shared`) where that is there. Both bots are processes of their own, from the same
//! build; only their own CPU time counts. Absolute figures drift with the machine, the ratio holds.

#![allow(clippy::expect_used, reason = "a measurement that cannot be made should end with a sentence")]

mod chat;
mod idle_bot;
mod measure;
mod process;
mod table;

#[path = "../../tests/it/fake_discord/mod.rs"]
mod fake_discord;

use std::io::Write as _;

use chat::Chat;
use measure::{Bot, Flood};
use table::Figures;

/// The same as the bot's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The argument that makes this program the bot that does nothing.
const IDLE_BOT: &str = "--idle-bot";

/// The argument that gives it serenity's raw handler.
const RAW_IDLE_BOT: &str = "--raw-idle-bot";

/// How many single messages tell how long an answer takes.
const SINGLES: usize = 200;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(bot) = arguments.iter().find(|it| [IDLE_BOT, RAW_IDLE_BOT].contains(&it.as_str())) {
        return idle_bot::run(bot == RAW_IDLE_BOT);
    }
    // Whoever runs all targets as tests wants no measurement.
    if !arguments.iter().any(|it| it == "--bench") {
        return say("This is a measurement: cargo bench --bench flood");
    }
    let rounds = number(&arguments, "--rounds").unwrap_or(5);
    let events = number(&arguments, "--events").unwrap_or(100_000);
    // The fake needs two: one writes while the other answers.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(compare(rounds, events));
}

async fn compare(rounds: usize, events: usize) {
    let chat = Chat::find();
    say(&format!("{rounds} rounds of {events} events each; {}", chat.describe()));
    let (mut whole, mut idle) = (Figures::default(), Figures::default());
    let mut raw = Figures::default();
    for round in 1..=rounds {
        // Taking turns: whoever else uses the machine slows both.
        whole.add(measure::flood(Bot::Whole, &chat, Flood { events, times: 1 }).await);
        idle.add(measure::flood(Bot::Idle, &chat, Flood { events, times: 1 }).await);
        raw.add(measure::flood(Bot::IdleRaw, &chat, Flood { events, times: 1 }).await);
        say(&format!("round {round}: {}", table::round(&whole, &idle, &raw)));
    }
    say(&table::comparison(&whole, &idle, &raw));
    let twice = measure::flood(Bot::Whole, &chat, Flood { events, times: 2 }).await;
    say(&table::flatness(&twice, events));
    let answers = measure::single_messages(SINGLES).await;
    say(&table::latency(&answers));
}

fn number(arguments: &[String], name: &str) -> Option<usize> {
    let at = arguments.iter().position(|it| it == name)?;
    Some(arguments.get(at + 1)?.parse().expect("a number"))
}

fn say(line: &str) {
    // Nobody is left to tell if this fails.
    let _unheard = writeln!(std::io::stdout(), "{line}");
}
