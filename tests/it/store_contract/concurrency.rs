//! Many at once.

use std::collections::HashSet;
use std::future::Future;
use std::sync::Arc;

use lumbar::domain::ChannelId;
use lumbar::store::{AddReminder, AnswerClaim, AnswerClaimed, CooldownKey, Settlement, Store};

use super::{ANNA, LOBBY, add, at, claim, hold, listed, reminder};

/// Runs `step` for 0, 1, 2 … all at once, and gives what each returned.
pub async fn at_once<T, F>(store: &Arc<dyn Store>, times: u64, step: impl Fn(Arc<dyn Store>, u64) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let tasks: Vec<_> = (0..times).map(|number| tokio::spawn(step(store.clone(), number))).collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}

fn granted(outcomes: &[AnswerClaimed]) -> usize {
    outcomes.iter().filter(|outcome| **outcome == AnswerClaimed::Granted).count()
}

pub async fn of_a_hundred_claims_one_is_granted(store: Arc<dyn Store>) {
    let step = |store: Arc<dyn Store>, _| async move { store.claim_answer(&claim(1, 0)).await.unwrap() };
    let outcomes = at_once(&store, 100, step).await;
    assert_eq!(granted(&outcomes), 1);
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == AnswerClaimed::AlreadyAnswered).count(), 99);
}

pub async fn of_a_hundred_messages_in_a_channel_one_is_answered(store: Arc<dyn Store>) {
    let step = |store: Arc<dyn Store>, number| async move {
        let holds = vec![hold(CooldownKey::Channel(LOBBY), 60)];
        store.claim_answer(&AnswerClaim { holds, ..claim(number, 0) }).await.unwrap()
    };
    assert_eq!(granted(&at_once(&store, 100, step).await), 1);
}

pub async fn claims_whose_cooldowns_cross_do_not_wait_for_each_other(store: Arc<dyn Store>) {
    let step = |store: Arc<dyn Store>, number: u64| async move {
        let mut holds: Vec<_> = (0..4).map(|id| hold(CooldownKey::Channel(ChannelId::new(id)), 60)).collect();
        holds.rotate_left((number % 4) as usize);
        store.claim_answer(&AnswerClaim { holds, ..claim(number, 0) }).await.unwrap()
    };
    assert_eq!(granted(&at_once(&store, 40, step).await), 1);
}

pub async fn no_reminder_is_handed_out_twice(store: Arc<dyn Store>) {
    for due in 0..400 {
        store.add_reminder(&reminder(ANNA, due), 400).await.unwrap();
    }
    let step = |store: Arc<dyn Store>, _| async move {
        let mut mine = Vec::new();
        while store.next_wake().await.unwrap() < Some(at(1_000)) {
            mine.extend(store.claim_due(at(400), at(1_000), 7).await.unwrap());
        }
        mine
    };
    let handed_out: Vec<_> = at_once(&store, 16, step).await.concat();
    let distinct: HashSet<_> = handed_out.iter().map(|reminder| reminder.id).collect();
    assert_eq!((handed_out.len(), distinct.len()), (400, 400));
}

pub async fn the_limit_holds_against_many_at_once(store: Arc<dyn Store>) {
    let step = |store: Arc<dyn Store>, _| async move { store.add_reminder(&reminder(ANNA, 10), 25).await.unwrap() };
    let added: Vec<_> =
        at_once(&store, 60, step).await.into_iter().filter(|added| *added != AddReminder::TooMany).collect();
    assert_eq!(added.len(), 25);
    let distinct: HashSet<_> = listed(&*store, ANNA).await.into_iter().map(|one| one.id).collect();
    assert_eq!(distinct.len(), 25);
}

pub async fn of_many_who_settle_one_does(store: Arc<dyn Store>) {
    add(&*store, &reminder(ANNA, 10)).await;
    let claimed = store.claim_due(at(10), at(70), 1).await.unwrap().remove(0);
    let step = |store: Arc<dyn Store>, number: u64| {
        let claimed = claimed.clone();
        let settlement = if number.is_multiple_of(2) { Settlement::Sent } else { Settlement::Failed };
        async move { store.settle(&claimed, settlement, at(11)).await.unwrap() }
    };
    assert_eq!(at_once(&store, 20, step).await.into_iter().filter(|settled| *settled).count(), 1);
}
