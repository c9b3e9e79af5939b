//! What reminders cost, and how punctual they are: the real program on the fake Discord.
//!
//! `cargo bench --bench reminders [-- --pending 100000 --due 10000 --idle 20 --single 20]`. It tells
//! - how much more memory and time to start so many pending reminders take than none (the same program, taking turns),
//! - how much CPU time the bot uses while it waits for them,
//! - how long after its time a single reminder arrives while nothing else happens,
//! - how long so many take that are due at once, in which order they come, and how long an answer takes meanwhile.
//!
//! Linux only, as it asks the system about the processes.

#![allow(clippy::expect_used, reason = "a measurement that cannot be made should end with a sentence")]

mod database;
mod measure;

#[path = "../flood/process.rs"]
mod process;

#[path = "../../tests/it/fake_discord/mod.rs"]
mod fake_discord;

use std::io::Write as _;
use std::time::Duration;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // Whoever runs all targets as tests wants no measurement.
    if !arguments.iter().any(|it| it == "--bench") {
        return say("This is a measurement: cargo bench --bench reminders");
    }
    let number = |name: &str, otherwise: usize| {
        let at = arguments.iter().position(|it| it == name);
        at.map_or(otherwise, |at| arguments[at + 1].parse().expect("a number"))
    };
    let (pending, due) = (number("--pending", 100_000), number("--due", 10_000));
    let (idle, single) = (number("--idle", 20), number("--single", 20));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(async {
        waiting(pending, idle).await;
        punctual(single).await;
        at_once(due).await;
    });
}

async fn waiting(pending: usize, idle: usize) {
    let rest = Duration::from_secs(idle as u64);
    for round in 1..=3 {
        let none = measure::waiting(0, Duration::from_millis(500)).await;
        let many = measure::waiting(pending, if round == 1 { rest } else { Duration::from_millis(500) }).await;
        say(&format!(
            "round {round}: start {:?} with {pending} pending, {:?} with none; memory {:.1} and {:.1} MiB, \
             at the most {:.1} and {:.1}",
            many.start,
            none.start,
            many.memory as f64 / 1024.0,
            none.memory as f64 / 1024.0,
            many.peak as f64 / 1024.0,
            none.peak as f64 / 1024.0
        ));
        if round == 1 {
            say(&format!("idle with {pending} pending: {:?} of CPU time in {rest:?}", many.cpu));
        }
    }
}

async fn punctual(single: usize) {
    let mut late = measure::single(single).await;
    late.sort_unstable();
    let (median, worst) = (late[late.len() / 2], late[late.len() - 1]);
    say(&format!("a reminder arrives {median} ms after its time at the median of {single}, {worst} ms at the worst"));
}

async fn at_once(due: usize) {
    let outcome = measure::at_once(due).await;
    let mut waits = outcome.answers;
    waits.sort_unstable();
    say(&format!(
        "{due} due at once: {:?} for {} requests, {:.1} a second; {} out of order; {} refused",
        outcome.took,
        outcome.requests,
        outcome.requests as f64 / outcome.took.as_secs_f64(),
        outcome.out_of_order,
        outcome.refused
    ));
    say(&format!(
        "meanwhile {} messages were answered: {:?} at the median, {:?} at the worst",
        waits.len(),
        waits[waits.len() / 2],
        waits[waits.len() - 1]
    ));
}

fn say(line: &str) {
    // Nobody is left to tell if this fails.
    let _unheard = writeln!(std::io::stdout(), "{line}");
}
