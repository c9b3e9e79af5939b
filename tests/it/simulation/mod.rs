//! Reminders under every kind of trouble, as often as it takes: the real scheduler and the real use cases on a store that
//! is watched, with a Discord that is slow, busy, ill and forgetful, processes that die in the middle of anything, clocks
//! that jump, and people who change their minds. Time passes when everybody waits, so that an hour takes no time.
//!
//! A failing run names its seed; `LUMBAR_SIMULATION_SEED=<seed> cargo test --test it simulation -- --nocapture` runs that
//! one alone and tells all that happens. `LUMBAR_SIMULATION_SEEDS=<count>` runs more of them. A seed tells the same story
//! every time; only those on a database (every 250th) may differ in what two processes do at the same moment.

mod account;
mod courier;
mod people;
mod run;
mod time;
mod watched_guilds;
mod watched_store;
mod world;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use lumbar::store::{self, DatabaseAddress, MemoryStore, Store};

use crate::memory_folder::memory_folder;
use account::Counts;
use run::Run;
use world::{Fault, lock};

const MINUTE: Duration = Duration::from_secs(60);
const SEEDS: u64 = 10_000;
/// Every so many seeds the store is a database, the same that hosts use.
const DATABASE_EVERY: u64 = 250;

/// What came of a run.
struct Outcome {
    violations: Vec<String>,
    counts: Counts,
    trace: Vec<String>,
}

async fn simulate(seed: u64, fault: Option<Fault>, traced: bool) -> Outcome {
    let database = seed % DATABASE_EVERY == DATABASE_EVERY - 1;
    let (store, folder): (Arc<dyn Store>, _) = if database {
        let folder = memory_folder();
        let address = DatabaseAddress::Sqlite { path: folder.path().join("lumbar.db") };
        (store::open(&address).await.unwrap(), Some(folder))
    } else {
        (Arc::new(MemoryStore::new()), None)
    };
    let mut run = Run::plan(seed, Arc::clone(&store), database, fault, traced);
    // Its tasks are polled in one go: tokio's budget for one task must not end in the middle of it.
    tokio::task::unconstrained(std::future::poll_fn(|context| run.go_on(context))).await;
    let world = Arc::clone(&run.world);
    drop(run);
    drop(folder);
    let mut world = lock(&world);
    let trace = world.trace.take().unwrap_or_default();
    Outcome { violations: world.account.violations.clone(), counts: world.account.counts, trace }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// What to say about a run that went wrong.
fn complaint(seed: u64, outcome: &Outcome) -> String {
    let replay = format!("LUMBAR_SIMULATION_SEED={seed} cargo test --test it simulation -- --nocapture");
    format!("seed {seed}: {}\nThe whole story: {replay}", outcome.violations.join("; "))
}

/// Runs seeds until there are none left or one goes wrong, on as many threads as there are processors.
fn simulate_all(seeds: u64) -> (Counts, Option<String>) {
    let next = AtomicU64::new(0);
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let work = || {
        let (runtime, mut sum) = (runtime(), Counts::default());
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds {
                return (sum, None);
            }
            let outcome = runtime.block_on(simulate(seed, None, false));
            if !outcome.violations.is_empty() {
                next.store(seeds, Ordering::Relaxed);
                return (sum, Some(complaint(seed, &outcome)));
            }
            sum.add(outcome.counts);
        }
    };
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let mut sum = Counts::default();
    outcomes.iter().for_each(|(counts, _)| sum.add(*counts));
    (sum, outcomes.into_iter().find_map(|(_, complaint)| complaint))
}

fn from_environment(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().unwrap())
}

#[test]
fn nothing_is_lost_nothing_comes_twice_and_everything_is_settled() {
    if let Some(seed) = from_environment("LUMBAR_SIMULATION_SEED") {
        let outcome = runtime().block_on(simulate(seed, None, true));
        outcome.trace.iter().for_each(|line| println!("{line}"));
        assert!(outcome.violations.is_empty(), "{}", complaint(seed, &outcome));
        return;
    }
    let (counts, complaint) = simulate_all(from_environment("LUMBAR_SIMULATION_SEEDS").unwrap_or(SEEDS));
    println!("{counts:?}");
    assert!(complaint.is_none(), "{}", complaint.unwrap_or_default());
    // Seeds in which nothing happens prove nothing.
    let Counts { arrived, second_copies, failed, missed, stopped, retried, crashes } = counts;
    let worth_it = [arrived, second_copies, failed, missed, stopped, retried, crashes].iter().all(|count| *count > 0);
    assert!(worth_it, "{counts:?}");
    assert!(second_copies * 100 < arrived, "second copies are rare: {counts:?}");
}

#[test]
fn a_seed_always_tells_the_same_story() {
    let runtime = runtime();
    for seed in 0..100 {
        let story = || runtime.block_on(simulate(seed, None, true)).trace;
        assert_eq!(story(), story(), "seed {seed}");
    }
}

/// The simulation can fail: each of these faults is found, and found by what it breaks.
#[test]
fn whatever_is_broken_on_purpose_is_found() {
    let runtime = runtime();
    for (fault, found_by) in [
        (Fault::FreshNonces, "under another nonce"),
        (Fault::NoLease, "while somebody was sending it"),
        (Fault::SettledTooSoon, "never arrived"),
        (Fault::NeverSettled, "is known to have arrived"),
        (Fault::DeafToStop, "after it had ended"),
        (Fault::NewestFirst, "not the oldest first"),
        (Fault::AlwaysOnTime, "whether it is late"),
        (Fault::NoSecondPlace, "with a place left to try"),
        (Fault::TooEarly, "before its time"),
    ] {
        let found = (0..2_000).find(|seed| {
            let outcome = runtime.block_on(simulate(*seed, Some(fault), false));
            outcome.violations.iter().any(|what| what.contains(found_by))
        });
        println!("{fault:?}: found by seed {found:?}");
        assert!(found.is_some(), "{fault:?} was not found");
    }
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.arrived += other.arrived;
        self.second_copies += other.second_copies;
        self.failed += other.failed;
        self.missed += other.missed;
        self.stopped += other.stopped;
        self.retried += other.retried;
        self.crashes += other.crashes;
    }
}
