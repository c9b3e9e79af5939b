//! Reminders come due: claimed, handed to whoever can deliver them, settled.
//!
//! Nothing is held while a reminder is being sent but a lease in the store. Whoever dies in between loses nothing: when
//! the lease is over the reminder is handed out again, with the same nonce, and Discord drops the second copy.

use std::time::Duration;

use async_trait::async_trait;
use futures_util::{StreamExt, stream};
use tokio_util::sync::CancellationToken;

use super::{Bot, BotError};
use crate::domain::reminders::delivery::{self, DeliveryFailure, Step};
use crate::domain::reminders::{Destination, Reminder};
use crate::domain::reply::Reply;
use crate::domain::{Timestamp, UserId, answers};
use crate::store::Settlement;

/// How long a reminder that is being sent belongs to its sender. Discord remembers a nonce for "the past few minutes"
/// (API reference, "Create Message"), so a copy sent after this lease is still recognised.
const LEASE: Duration = Duration::from_secs(60);

/// How many reminders are claimed at a time, and how many of them are on their way at once. All of a batch have to be
/// sent well within the lease.
const BATCH: u32 = 20;
const AT_ONCE: usize = 8;

/// How long to wait after the store failed, at first and at most.
const STORE_RETRY: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));

/// How long settled reminders are kept for `/walk list` and for finding out what happened.
const KEEP_SETTLED: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// How often what has run out is dropped from the store.
const PURGE_EVERY: Duration = Duration::from_secs(60 * 60);

/// The longest sleep while a reminder waits: a clock that was set forward is noticed within it.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

/// Who can carry a reminder to a person.
#[async_trait]
pub trait Courier: Send + Sync {
    /// Delivers it, or says why not.
    async fn deliver(&self, delivery: &Delivery) -> Result<(), DeliveryFailure>;
}

/// Tells the present moment, and when some time has passed. Only the edges have a real clock.
#[async_trait]
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;

    /// Returns when this much time has passed.
    async fn passes(&self, span: Duration) {
        tokio::time::sleep(span).await;
    }
}

/// A reminder on its way.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// To whom.
    pub person: UserId,
    /// Where to.
    pub destination: Destination,
    /// What to say.
    pub reply: Reply,
    /// The same for every try at the same occurrence, and for no other.
    pub nonce: String,
}

impl Bot {
    /// Delivers everything that is due at `now`. Returns when the next reminder is due.
    ///
    /// # Errors
    /// If the store fails; what was claimed is then handed out again when its lease is over.
    pub async fn deliver_due(&self, courier: &dyn Courier, now: Timestamp) -> Result<Option<Timestamp>, BotError> {
        while self.deliver_batch(courier, now).await? > 0 {}
        Ok(self.store.next_wake().await?)
    }

    /// Delivers reminders for as long as the bot runs, sleeping in between.
    pub async fn watch_reminders(&self, courier: &dyn Courier, clock: &dyn Clock, stop: &CancellationToken) {
        let mut store_retry = STORE_RETRY.0;
        let mut purged = None;
        while !stop.is_cancelled() {
            let sleep = match self.round(courier, clock, &mut purged).await {
                Ok(sleep) => {
                    store_retry = STORE_RETRY.0;
                    sleep
                }
                Err(error) => {
                    let retry_in_seconds = store_retry.as_secs();
                    tracing::error!(%error, retry_in_seconds, "reminders wait: the store failed");
                    let pause = store_retry;
                    store_retry = (store_retry * 2).min(STORE_RETRY.1);
                    pause
                }
            };
            tokio::select! {
                () = clock.passes(sleep) => {}
                () = self.reminders_changed.notified() => {}
                () = stop.cancelled() => {}
            }
        }
    }

    /// One round: everything that is due, and what has run out. Returns how long to sleep.
    async fn round(
        &self,
        courier: &dyn Courier,
        clock: &dyn Clock,
        purged: &mut Option<Timestamp>,
    ) -> Result<Duration, BotError> {
        while self.deliver_batch(courier, clock.now()).await? > 0 {}
        let now = clock.now();
        if purged.is_none_or(|last| now.since(last) >= PURGE_EVERY) {
            self.store.purge(now, now.before(KEEP_SETTLED)).await?;
            *purged = Some(now);
        }
        let next = self.store.next_wake().await?;
        Ok(next.map_or(PURGE_EVERY, |next| next.since(clock.now()).min(LONGEST_SLEEP)))
    }

    /// Claims some of what is due and delivers it, several at once. Returns how many there were.
    async fn deliver_batch(&self, courier: &dyn Courier, now: Timestamp) -> Result<usize, BotError> {
        self.settle_all(now).await?;
        let claimed = self.store.claim_due(now, now.after(LEASE), BATCH).await?;
        let count = claimed.len();
        let mut delivered = stream::iter(claimed).map(|reminder| async move {
            let settlement = self.deliver(courier, &reminder, now).await;
            (reminder, settlement)
        });
        let mut delivered = std::pin::pin!(delivered.by_ref().buffered(AT_ONCE));
        while let Some(outcome) = delivered.next().await {
            self.unsettled.lock().await.push_back(outcome);
            if let Err(error) = self.settle_all(now).await {
                tracing::error!(%error, "what became of a reminder is kept in memory until the store is well");
            }
        }
        Ok(count)
    }

    /// Settles what was delivered. What the store does not take is kept, so that nothing is delivered twice for it.
    async fn settle_all(&self, now: Timestamp) -> Result<(), BotError> {
        let mut unsettled = self.unsettled.lock().await;
        while let Some((reminder, settlement)) = unsettled.front() {
            self.store.settle(reminder, *settlement, now).await?;
            unsettled.pop_front();
        }
        Ok(())
    }

    async fn deliver(&self, courier: &dyn Courier, reminder: &Reminder, now: Timestamp) -> Settlement {
        if let Some(outcome) = delivery::without_sending(reminder, now) {
            tracing::warn!(reminder.id = reminder.id.get(), person.id = reminder.asked.person.get(), "reminder missed");
            return outcome.into();
        }
        let mut destination = reminder.asked.destination;
        loop {
            let outcome = courier.deliver(&self.delivery(reminder, destination, now)).await;
            match delivery::next_step(reminder, destination, outcome, now) {
                Step::Settle(settlement) => {
                    log_outcome(reminder, outcome, &settlement);
                    return settlement.into();
                }
                Step::TryInstead(other) => destination = other,
            }
        }
    }

    fn delivery(&self, reminder: &Reminder, destination: Destination, now: Timestamp) -> Delivery {
        let (channel, mark) = match destination {
            Destination::Direct => (None, 'd'),
            Destination::Channel(channel) => (Some(channel), 'c'),
        };
        Delivery {
            person: reminder.asked.person,
            destination,
            reply: answers::due_reminder(&self.library(), &self.settings, reminder, channel, now),
            nonce: format!("r{}.{}{mark}", reminder.id.get(), reminder.occurrence),
        }
    }
}

fn log_outcome(reminder: &Reminder, outcome: Result<(), DeliveryFailure>, outcome_settled: &delivery::Outcome) {
    let (id, person, attempts) = (reminder.id.get(), reminder.asked.person.get(), reminder.attempts);
    match outcome {
        Ok(()) => tracing::info!(reminder.id = id, person.id = person, "reminder delivered"),
        Err(failure) => {
            tracing::warn!(reminder.id = id, person.id = person, attempts, ?failure, settled = ?outcome_settled, "reminder not delivered");
        }
    }
}
