//! The database against the reference: the same random steps on both, and every answer has to be the same.
//!
//! A failing run names its seed; `LUMBAR_STORE_SEED=<seed>` replays that one alone.

use std::sync::Arc;

use lumbar::domain::reminders::{Destination, NewReminder, Reminder, ReminderId, Repeat};
use lumbar::domain::{ChannelId, MessageId, UserId};
use lumbar::store::{self, AnswerClaim, CooldownKey, DatabaseAddress, MemoryStore, Settlement, Store};
use tempfile::TempDir;

use crate::random::Random;
use crate::store_contract::{HOUR, about, at, hold, reminder};

const SEEDS: u64 = 24;
const STEPS: usize = 120;

fn some_time(random: &mut Random, now: i64) -> i64 {
    now + random.between(0, 199) - 40
}

fn some_person(random: &mut Random) -> UserId {
    UserId::new(random.below(3))
}

fn some_key(random: &mut Random, person: UserId) -> CooldownKey {
    match random.below(3) {
        0 => CooldownKey::Channel(ChannelId::new(random.below(2))),
        1 => about(person, "sleep"),
        _ => about(person, "scan"),
    }
}

/// Something to do to a store.
#[derive(Clone, Debug)]
enum Step {
    Claim(AnswerClaim),
    Running(Vec<CooldownKey>, i64),
    OptOut(UserId),
    OptIn(UserId),
    Add(NewReminder),
    List(UserId),
    Told(UserId, Vec<ReminderId>),
    Stop(UserId, ReminderId, i64),
    StopAll(UserId, i64),
    ClaimDue(i64, i64, u32),
    Settle(Reminder, Settlement, i64),
    Forget(UserId),
    Purge(i64, i64),
}

fn next_step(random: &mut Random, now: i64, claimed: &[Reminder]) -> Step {
    let person = some_person(random);
    match random.below(26) {
        0..=4 => Step::Claim(AnswerClaim {
            message: MessageId::new(random.below(40)),
            person,
            now: at(now),
            holds: (0..random.below(4)).map(|_| hold(some_key(random, person), some_time(random, now))).collect(),
            urgent: random.below(3) == 0,
            keep_message_until: at(some_time(random, now)),
        }),
        5 => Step::Running(vec![some_key(random, person), some_key(random, person)], some_time(random, now)),
        6 => Step::OptOut(person),
        7 => Step::OptIn(person),
        8..=12 => Step::Add(new_reminder(random, person, now)),
        13 => Step::List(person),
        14 => Step::Told(person, claimed.iter().map(|reminder| reminder.id).collect()),
        15 => Step::Stop(person, ReminderId::new(i64::try_from(random.below(20)).unwrap()), now),
        16 if random.below(3) == 0 => Step::StopAll(person, now),
        17 if random.below(3) == 0 => Step::Forget(person),
        18 if random.below(2) == 0 => Step::Purge(some_time(random, now), some_time(random, now) - 60),
        _ if claimed.is_empty() || random.below(3) == 0 => {
            Step::ClaimDue(now, some_time(random, now) + 41, u32::try_from(random.below(4)).unwrap())
        }
        _ => {
            let chosen = usize::try_from(random.below(claimed.len() as u64)).unwrap();
            Step::Settle(claimed[chosen].clone(), settlement(random, now), now)
        }
    }
}

fn new_reminder(random: &mut Random, person: UserId, now: i64) -> NewReminder {
    let repeat = (random.below(2) == 0).then_some(Repeat { every: HOUR, left: 3 });
    let destination =
        if random.below(2) == 0 { Destination::Direct } else { Destination::Channel(ChannelId::new(random.below(2))) };
    NewReminder { destination, repeat, ..reminder(person, some_time(random, now)) }
}

fn settlement(random: &mut Random, now: i64) -> Settlement {
    match random.below(5) {
        0 => Settlement::Sent,
        1 => Settlement::Again { due: at(some_time(random, now)), left: 2 },
        2 => Settlement::RetryAt(at(some_time(random, now))),
        3 => Settlement::Failed,
        _ => Settlement::Missed,
    }
}

/// Takes the step, and tells all that can be seen of it.
async fn take(store: &dyn Store, step: Step, claimed: &mut Vec<Reminder>) -> String {
    match step {
        Step::Claim(claim) => format!("{:?}", store.claim_answer(&claim).await.unwrap()),
        Step::Running(keys, now) => format!("{:?}", store.cooldown_until(&keys, at(now)).await.unwrap()),
        Step::OptOut(person) => store.opt_out(person, at(0)).await.unwrap().to_string(),
        Step::OptIn(person) => store.opt_in(person).await.unwrap().to_string(),
        Step::Add(wish) => format!("{:?}", store.add_reminder(&wish, 4).await.unwrap()),
        Step::List(person) => format!(
            "{:?} {:?} {:?}",
            store.reminders_of(person, at(60)).await.unwrap(),
            store.untold_for(person).await.unwrap(),
            store.has_opted_out(person).await.unwrap(),
        ),
        Step::Told(person, ids) => format!("{:?}", store.mark_told(person, &ids).await.unwrap()),
        Step::Stop(person, id, now) => store.stop_reminder(person, id, at(now)).await.unwrap().to_string(),
        Step::StopAll(person, now) => store.stop_all_reminders(person, at(now)).await.unwrap().to_string(),
        Step::ClaimDue(now, lease, limit) => {
            *claimed = store.claim_due(at(now), at(lease), limit).await.unwrap();
            format!("{claimed:?}")
        }
        Step::Settle(reminder, settlement, now) => {
            store.settle(&reminder, settlement, at(now)).await.unwrap().to_string()
        }
        Step::Forget(person) => format!("{:?}", store.forget_person(person).await.unwrap()),
        Step::Purge(now, before) => format!("{:?}", store.purge(at(now), at(before)).await.unwrap()),
    }
}

async fn compare(seed: u64) {
    let folder = TempDir::new().unwrap();
    let address = DatabaseAddress::Sqlite { path: folder.path().join("lumbar.db") };
    let database: Arc<dyn Store> = store::open(&address).await.unwrap();
    let reference = MemoryStore::new();
    let mut random = Random(seed);
    let (mut claimed, mut claimed_too, mut now) = (Vec::new(), Vec::new(), 0);
    for number in 0..STEPS {
        now += i64::try_from(random.below(30)).unwrap();
        let step = next_step(&mut random, now, &claimed);
        let expected = take(&reference, step.clone(), &mut claimed).await;
        let found = take(&*database, step.clone(), &mut claimed_too).await;
        assert_eq!(found, expected, "seed {seed}, step {number}: {step:?}");
        let wakes = (database.next_wake().await.unwrap(), reference.next_wake().await.unwrap());
        assert_eq!(wakes.0, wakes.1, "seed {seed}, after step {number}: {step:?}");
        let person = some_person(&mut random);
        let records = (database.held_about(person).await.unwrap(), reference.held_about(person).await.unwrap());
        assert_eq!(records.0, records.1, "seed {seed}, after step {number}: {step:?}");
    }
}

#[tokio::test]
async fn sqlite_does_what_the_reference_does() {
    if let Ok(seed) = std::env::var("LUMBAR_STORE_SEED") {
        return compare(seed.parse().unwrap()).await;
    }
    for seed in 0..SEEDS {
        compare(seed).await;
    }
}
