//! What all parts of the fake share: the world, what the bot did so far, and a way to wait for more.

use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use super::bot::Exit;
use super::discord::Canary;
use super::gateway::Gateway;
use super::rest::Recorded;
use super::rest::script::Script;
use super::world::World;

/// How long any wait takes before it gives up. Nothing here should take a tenth of it, but on a machine that builds
/// several things at once: `TEST_PATIENCE` gives other seconds.
static DEADLINE: LazyLock<Duration> = LazyLock::new(|| {
    let seconds = std::env::var("TEST_PATIENCE").ok().and_then(|it| it.parse().ok());
    Duration::from_secs(seconds.unwrap_or(10))
});

/// How long a wait goes on once the bot has done something wrong, which is then most likely why nothing comes.
const DEADLINE_AFTER_A_FAULT: Duration = Duration::from_secs(2);

/// Everything that changes, under one lock, so that every request is one atomic step.
#[derive(Debug)]
pub struct State {
    pub world: World,
    pub gateway: Gateway,
    pub script: Script,
    /// Every request, in the order of arrival.
    pub requests: Vec<Recorded>,
    /// Requests that have arrived and are not answered yet.
    pub requests_under_way: usize,
    /// Events that a bot in process is handling just now, where it says so. See [`super::logs::HANDLING`].
    pub handling: usize,
    /// How many request bodies were held against Discord's own description.
    pub validated: usize,
    /// What the bot did wrong.
    pub faults: Vec<String>,
    /// How long the bot may take to acknowledge an interaction.
    pub acknowledgement_limit: Duration,
    /// What the bot is asked to learn whether it has handled everything before.
    pub canary: Canary,
    /// How the bot under test ended, once it has.
    pub exit: Option<Exit>,
    /// Where the fake listens: `127.0.0.1:port`.
    pub address: String,
}

impl State {
    fn new(address: String) -> Self {
        Self {
            world: World { cdn: format!("http://{address}"), ..World::new() },
            gateway: Gateway::default(),
            script: Script::default(),
            requests: Vec::new(),
            requests_under_way: 0,
            handling: 0,
            validated: 0,
            faults: Vec::new(),
            acknowledgement_limit: Duration::from_secs(3),
            canary: Canary::Command("help".to_owned()),
            exit: None,
            address,
        }
    }

    /// Notes that the bot did something wrong; the test will fail for it at the end.
    pub fn fault(&mut self, what: impl Into<String>) {
        self.faults.push(what.into());
    }
}

/// The state and its changes.
#[derive(Debug)]
pub struct Core {
    state: Mutex<State>,
    changes: watch::Sender<u64>,
}

impl Core {
    /// A fresh world, served at this address.
    pub fn new(address: String) -> Self {
        Self { state: Mutex::new(State::new(address)), changes: watch::Sender::new(0) }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks, without changing anything.
    pub fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.lock())
    }

    /// Changes something and wakes everyone who waits.
    pub fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let result = change(&mut self.lock());
        self.changes.send_modify(|count| *count += 1);
        result
    }

    /// Rings at every change from now on.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Waits until `find` finds something. Panics after [`DEADLINE`], or at once when the bot has ended.
    pub async fn wait_for<T>(&self, what: &str, mut find: impl FnMut(&mut State) -> Option<T>) -> T {
        let started = tokio::time::Instant::now();
        let mut changes = self.changes.subscribe();
        let mut at_fault_since = None;
        loop {
            changes.borrow_and_update();
            let (found, exit, at_fault) = {
                let mut state = self.lock();
                (find(&mut state), state.exit.clone(), !state.faults.is_empty())
            };
            if let Some(found) = found {
                return found;
            }
            if let Some(exit) = exit {
                panic!("waiting for {what}, but the bot has ended: {exit}\n{}", self.look(so_far));
            }
            let mut deadline = started + *DEADLINE;
            if at_fault {
                let since = *at_fault_since.get_or_insert_with(tokio::time::Instant::now);
                deadline = deadline.min(since + DEADLINE_AFTER_A_FAULT);
            }
            if tokio::time::timeout_at(deadline, changes.changed()).await.is_err() {
                panic!("waited {:?} for {what}, in vain\n{}", deadline - started, self.look(so_far));
            }
        }
    }
}

/// What happened up to now, for the message of a failed wait.
fn so_far(state: &State) -> String {
    let mut lines = vec![format!("The bot is connected {} time(s). Its last requests:", state.gateway.connected())];
    lines.extend(state.requests.iter().rev().take(8).rev().map(|it| format!("  {it}")));
    lines.extend(state.faults.iter().map(|it| format!("  fault: {it}")));
    lines.join("\n")
}
