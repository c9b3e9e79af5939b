//! What a run is made of, and how rough it is.

use std::sync::{Arc, Mutex, MutexGuard};
use std::task::Waker;

use super::account::Account;
use super::time::Time;
use crate::random::Random;

/// The world, shared by all who live in it. They take turns, so nobody ever waits for it.
pub type Shared = Arc<Mutex<World>>;

/// All of a run.
#[derive(Debug)]
pub struct World {
    pub time: Time,
    pub random: Random,
    pub weather: Weather,
    pub discord: Discord,
    pub account: Account,
    /// Steps until a process dies in the middle of something.
    pub steps_to_crash: Option<u64>,
    /// The process that just died.
    pub crashed: Option<usize>,
    /// How many statements a database is working on.
    pub busy: usize,
    /// Whoever waits for that database: the caller of a statement may have died before its end.
    pub outside: Option<Waker>,
    /// How often time passed by itself.
    pub turns: u64,
    pub trace: Option<Vec<String>>,
}

/// How often what goes wrong, each of a thousand.
#[derive(Clone, Copy, Debug)]
pub struct Weather {
    pub server_error: u64,
    pub rate_limited: u64,
    pub dropped_before: u64,
    pub dropped_after: u64,
    pub store_fails: u64,
    /// The longest time that a statement takes, in milliseconds.
    pub store_latency: i64,
    /// The longest time that a request takes, in milliseconds.
    pub latency: i64,
}

impl Weather {
    pub const FINE: Self = Self {
        server_error: 0,
        rate_limited: 0,
        dropped_before: 0,
        dropped_after: 0,
        store_fails: 0,
        store_latency: 2,
        latency: 200,
    };

    pub fn drawn(random: &mut Random) -> Self {
        let rough = random.one_of(&[0, 0, 50, 200, 600]);
        let mut share = || random.below(rough + 1) / 2;
        let (server_error, rate_limited, dropped_before, dropped_after) = (share(), share(), share(), share());
        Self {
            server_error,
            rate_limited,
            dropped_before,
            dropped_after,
            store_fails: random.one_of(&[0, 0, 0, 10, 100]),
            store_latency: random.one_of(&[0, 0, 5, 200]),
            latency: random.one_of(&[20, 300, 3_000, 40_000]),
        }
    }
}

/// What Discord knows.
#[derive(Debug, Default)]
pub struct Discord {
    /// How long a nonce is remembered, in milliseconds: "the past few minutes".
    pub nonce_memory: i64,
    /// Who takes no direct messages, and which channels are gone.
    pub closed: Vec<u64>,
    pub gone: Vec<u64>,
    /// Until when it answers nothing at all.
    pub down_until: i64,
    pub nonces: Vec<(String, i64)>,
}

/// What is broken on purpose, to see that it is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Every try has a nonce of its own.
    FreshNonces,
    /// A claim keeps nobody else away.
    NoLease,
    /// A reminder counts as sent as soon as it is claimed.
    SettledTooSoon,
    /// What arrived is never written down.
    NeverSettled,
    /// A reminder that was stopped is handed out all the same.
    DeafToStop,
    /// The latest first.
    NewestFirst,
    /// What is lost is not said to be late.
    AlwaysOnTime,
    /// A refusal in one place is the end of it.
    NoSecondPlace,
    /// Due a minute before its time.
    TooEarly,
}

pub fn lock(world: &Shared) -> MutexGuard<'_, World> {
    world.lock().unwrap()
}

impl World {
    /// Tells the trace, if somebody reads it.
    pub fn tell(&mut self, line: impl FnOnce() -> String) {
        if let Some(trace) = &mut self.trace {
            trace.push(format!("{:>12.3} s  {}", self.time.passed as f64 / 1000.0, line()));
        }
    }

    /// How long a statement takes.
    pub fn store_wait(&mut self) -> i64 {
        let longest = self.weather.store_latency;
        if longest == 0 { 0 } else { self.random.between(0, longest) }
    }

    /// Somebody comes to a point where their process may die. Whether it does.
    fn dies_here(&mut self, process: usize) -> bool {
        let Some(steps) = &mut self.steps_to_crash else { return false };
        *steps = steps.saturating_sub(1);
        let dies = *steps == 0;
        if dies {
            self.steps_to_crash = None;
            self.crashed = Some(process);
            self.tell(|| format!("process {process} dies"));
        }
        dies
    }
}

/// A point where the process may die.
pub async fn step(world: &Shared, process: usize) {
    if lock(world).dies_here(process) {
        std::future::pending::<()>().await;
    }
}
