//! Reminders come due: claimed, handed to whoever can deliver them, settled.
//!
//! Nothing is held while a reminder is being sent but a lease in the store. Whoever dies in between loses nothing: when
//! the lease is over the reminder is handed out again, with the same nonce, and Discord drops the second copy.
//!
//! A second copy can arrive in one case only: Discord took the first, the bot never got to know or never got to write
//! it down (the answer was lost, or the bot died), and it got through to Discord again only after Discord had forgotten
//! the nonce, or only in the other place.

use std::collections::HashSet;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, Span};

use super::{Bot, BotError};
use crate::domain::reminders::delivery::{self, DeliveryFailure, Step};
use crate::domain::reminders::{Destination, Reminder, ReminderId};
use crate::domain::reply::Reply;
use crate::domain::{ChannelId, Timestamp, UserId, answers};
use crate::store::Settlement;

/// How long a reminder that is being sent belongs to its sender. Discord remembers a nonce for "the past few minutes"
/// (API reference, "Create Message"), so a copy sent after this lease is still recognised.
const LEASE: Duration = Duration::from_secs(60);

/// How long a delivery may take, the other place included: it has to be over before the lease is.
const LONGEST_DELIVERY: Duration = Duration::from_secs(50);

/// How many reminders are on their way at once, and how few of them there are when the next are claimed: not one by
/// one, since each claim is a write. Who is on their way waits for an answer or for the courier's pace, so that a
/// channel that makes one reminder wait keeps no other from its time.
const AT_ONCE: usize = 32;
const CLAIM_BELOW: usize = 16;

/// How long to wait after the store failed, at first and at most.
const STORE_RETRY: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));

/// How long settled reminders are kept for `/walk list` and for finding out what happened.
const KEEP_SETTLED: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// How often what has run out is dropped from the store.
const PURGE_EVERY: Duration = Duration::from_secs(60 * 60);

/// The longest sleep while a reminder waits: a clock that was set forward is noticed within it.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

/// How long to wait when somebody else claimed what was due.
const AFTER_A_LOST_RACE: Duration = Duration::from_millis(100);

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
    /// The direct conversation with that person, if it is known.
    pub direct_channel: Option<ChannelId>,
    /// What to say.
    pub reply: Reply,
    /// The same for every try at the same occurrence in the same place, and for no other.
    pub nonce: String,
}

/// The clock of those who deliver at one moment.
struct Stopped(Timestamp);

impl Clock for Stopped {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// A reminder that was delivered, or could not be, and that the store has yet to be told of.
#[derive(Debug)]
pub(super) struct Delivered {
    reminder: Reminder,
    settlement: Settlement,
    /// Open until it is settled, for whoever watches from outside when it is dealt with.
    handling: Span,
}

/// What is being delivered.
#[derive(Default)]
struct UnderWay<'a> {
    deliveries: FuturesUnordered<BoxFuture<'a, Delivered>>,
    /// Whatever a jump of the clock does to a lease: nobody sends here what is being sent here.
    reminders: HashSet<ReminderId>,
}

impl UnderWay<'_> {
    /// Waits for the next that is over. Nothing if there is none.
    async fn next(&mut self) -> Option<Delivered> {
        let delivered = self.deliveries.next().await?;
        self.reminders.remove(&delivered.reminder.id);
        Some(delivered)
    }
}

impl Bot {
    /// Delivers everything that is due at `now`. Returns when the next reminder is due.
    ///
    /// # Errors
    /// If the store fails; what was claimed is then handed out again when its lease is over.
    pub async fn deliver_due(&self, courier: &dyn Courier, now: Timestamp) -> Result<Option<Timestamp>, BotError> {
        let clock = Stopped(now);
        let mut under_way = UnderWay::default();
        loop {
            self.settle_all(now).await?;
            self.claim_more(&mut under_way, courier, &clock).await?;
            match under_way.next().await {
                Some(delivered) => self.unsettled.lock().await.push_back(delivered),
                None => return Ok(self.store.next_wake().await?),
            }
        }
    }

    /// Delivers reminders for as long as the bot runs, sleeping in between. Once it is stopped, what is on its way is
    /// still waited for; whoever cannot wait may drop it.
    pub async fn watch_reminders(&self, courier: &dyn Courier, clock: &dyn Clock, stop: &CancellationToken) {
        let mut under_way = UnderWay::default();
        let mut store_retry = STORE_RETRY.0;
        let mut purged = None;
        while !stop.is_cancelled() {
            let sleep = match self.round(&mut under_way, courier, clock, &mut purged).await {
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
            // In this order, and not in a random one: a simulated run can be repeated.
            tokio::select! {
                biased;
                () = stop.cancelled() => {}
                Some(delivered) = under_way.next() => self.unsettled.lock().await.push_back(delivered),
                () = clock.passes(sleep) => {}
                () = self.reminders_changed.notified() => {}
            }
        }
        while let Some(delivered) = under_way.next().await {
            self.unsettled.lock().await.push_back(delivered);
            if let Err(error) = self.settle_all(clock.now()).await {
                tracing::error!(%error, "what became of a reminder could not be written down");
            }
        }
    }

    /// One round: settles what was delivered, drops what has run out, claims what is due. Returns how long to sleep.
    async fn round<'a>(
        &'a self,
        under_way: &mut UnderWay<'a>,
        courier: &'a dyn Courier,
        clock: &'a dyn Clock,
        purged: &mut Option<Timestamp>,
    ) -> Result<Duration, BotError> {
        let now = clock.now();
        self.settle_all(now).await?;
        if purged.is_none_or(|last| now.since(last) >= PURGE_EVERY) {
            self.store.purge(now, now.before(KEEP_SETTLED)).await?;
            *purged = Some(now);
        }
        self.claim_more(under_way, courier, clock).await
    }

    /// Sends what is due on its way, as much at once as there is room for. Returns how long until there may be more.
    async fn claim_more<'a>(
        &'a self,
        under_way: &mut UnderWay<'a>,
        courier: &'a dyn Courier,
        clock: &'a dyn Clock,
    ) -> Result<Duration, BotError> {
        while under_way.deliveries.len() < CLAIM_BELOW {
            let Some(next) = self.store.next_wake().await? else { return Ok(PURGE_EVERY) };
            let now = clock.now();
            if next > now {
                return Ok(next.since(now).min(LONGEST_SLEEP));
            }
            let room = u32::try_from(AT_ONCE - under_way.deliveries.len()).unwrap_or(0);
            let claimed = self.store.claim_due(now, now.after(LEASE), room).await?;
            let before = under_way.deliveries.len();
            for reminder in claimed {
                if under_way.reminders.insert(reminder.id) {
                    under_way.deliveries.push(Box::pin(self.deliver_one(courier, clock, reminder)));
                }
            }
            if under_way.deliveries.len() == before {
                return Ok(AFTER_A_LOST_RACE);
            }
        }
        // Whoever comes back first makes room.
        Ok(LONGEST_SLEEP)
    }

    /// Settles what was delivered. What the store does not take is kept, so that nothing is delivered twice for it.
    async fn settle_all(&self, now: Timestamp) -> Result<(), BotError> {
        let mut unsettled = self.unsettled.lock().await;
        while let Some(Delivered { reminder, settlement, handling }) = unsettled.front_mut() {
            let settled = self.store.settle(reminder, *settlement, now).await;
            *handling = Span::none();
            settled?;
            unsettled.pop_front();
        }
        Ok(())
    }

    async fn deliver_one(&self, courier: &dyn Courier, clock: &dyn Clock, reminder: Reminder) -> Delivered {
        let handling = tracing::debug_span!("handling");
        let settlement = self.deliver(courier, clock, &reminder).instrument(handling.clone()).await;
        Delivered { reminder, settlement, handling }
    }

    async fn deliver(&self, courier: &dyn Courier, clock: &dyn Clock, reminder: &Reminder) -> Settlement {
        if let Some(outcome) = delivery::without_sending(reminder, clock.now()) {
            tracing::warn!(reminder.id = reminder.id.get(), person.id = reminder.asked.person.get(), "reminder missed");
            return outcome.into();
        }
        let mut destination = reminder.asked.destination;
        let mut patience = clock.passes(LONGEST_DELIVERY);
        loop {
            let delivery = self.delivery(reminder, destination, clock.now());
            let outcome = tokio::select! {
                biased;
                outcome = courier.deliver(&delivery) => outcome,
                () = &mut patience => Err(DeliveryFailure::Unreachable),
            };
            match delivery::next_step(reminder, destination, outcome, clock.now()) {
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
            direct_channel: reminder.asked.direct_channel,
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
