//! A store that is watched, fails now and then, and whose callers may die before and after each of its steps.

use std::sync::Arc;

use async_trait::async_trait;
use lumbar::domain::reminders::{NewReminder, Reminder, ReminderId};
use lumbar::domain::{GuildId, Timestamp, UserId};
use lumbar::store::{
    AddReminder, AnswerClaim, AnswerClaimed, Cooldown, CooldownKey, PersonRecord, Purged, Settlement, Store, StoreError,
};

use super::time::sleep;
use super::world::{Fault, Shared, World, lock, step};

/// The store as one process sees it.
pub struct WatchedStore {
    pub inner: Arc<dyn Store>,
    /// Whether it works on a thread of its own: what it has begun it then ends, whoever dies.
    pub elsewhere: bool,
    pub world: Shared,
    pub process: usize,
    pub fault: Option<Fault>,
}

impl std::fmt::Debug for WatchedStore {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("WatchedStore").field("process", &self.process).finish_non_exhaustive()
    }
}

fn failure() -> StoreError {
    StoreError::Locked { database: "simulated".to_owned() }
}

impl WatchedStore {
    /// The store inside, for what nobody watches.
    #[expect(clippy::unused_async, reason = "the stores around others share one way to the store inside")]
    pub(super) async fn unwatched(&self) -> Result<&Arc<dyn Store>, StoreError> {
        Ok(&self.inner)
    }

    /// Does something in the store, and tells the account.
    async fn apply<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, StoreError>> + Send + 'static,
        account: impl FnOnce(&mut World, &T) + Send + 'static,
    ) -> Result<T, StoreError> {
        step(&self.world, self.process).await;
        let wait = lock(&self.world).store_wait();
        sleep(&self.world, wait).await;
        {
            let mut world = lock(&self.world);
            let fails = world.weather.store_fails;
            if world.random.chance(fails) {
                return Err(failure());
            }
            world.busy += 1;
        }
        let world = Arc::clone(&self.world);
        let watched = async move {
            let done = work.await;
            let mut world = lock(&world);
            world.busy -= 1;
            if let Some(outside) = world.outside.take() {
                outside.wake();
            }
            if let Ok(done) = &done {
                account(&mut world, done);
            }
            done
        };
        let done = if self.elsewhere { tokio::spawn(watched).await.unwrap() } else { watched.await };
        step(&self.world, self.process).await;
        // Its commit went through, and the news of it got lost.
        let mut world = lock(&self.world);
        let fails = world.weather.store_fails;
        if world.random.chance(fails / 2) { Err(failure()) } else { done }
    }
}

/// A watched step that only passes its arguments on.
macro_rules! watched {
    ($self:ident, $method:ident($($argument:expr),*), $account:expr) => {{
        let inner = Arc::clone(&$self.inner);
        $self.apply(async move { inner.$method($($argument),*).await }, $account).await
    }};
}

#[async_trait]
impl Store for WatchedStore {
    async fn claim_answer(&self, claim: &AnswerClaim) -> Result<AnswerClaimed, StoreError> {
        self.inner.claim_answer(claim).await
    }

    async fn cooldown_until(&self, keys: &[CooldownKey], now: Timestamp) -> Result<Option<Cooldown>, StoreError> {
        self.inner.cooldown_until(keys, now).await
    }

    async fn opt_out(&self, person: UserId, now: Timestamp) -> Result<bool, StoreError> {
        self.inner.opt_out(person, now).await
    }

    async fn opt_in(&self, person: UserId) -> Result<bool, StoreError> {
        self.inner.opt_in(person).await
    }

    async fn has_opted_out(&self, person: UserId) -> Result<bool, StoreError> {
        self.inner.has_opted_out(person).await
    }

    async fn guild_of_reminder(&self, person: UserId, id: ReminderId) -> Result<Option<GuildId>, StoreError> {
        self.inner.guild_of_reminder(person, id).await
    }

    async fn add_reminder(&self, reminder: &NewReminder, limit_per_person: u32) -> Result<AddReminder, StoreError> {
        let (asked, kept) = (reminder.clone(), reminder.clone());
        watched!(self, add_reminder(&asked, limit_per_person), move |world, added| {
            if let AddReminder::Added(id) = added {
                world.account_added(id.get(), &kept, limit_per_person);
            }
        })
    }

    async fn reminders_of(&self, person: UserId, settled_after: Timestamp) -> Result<Vec<Reminder>, StoreError> {
        watched!(self, reminders_of(person, settled_after), |_, _| {})
    }

    async fn untold_for(&self, person: UserId) -> Result<Vec<Reminder>, StoreError> {
        watched!(self, untold_for(person), |_, _| {})
    }

    async fn mark_told(&self, person: UserId, reminders: &[ReminderId]) -> Result<(), StoreError> {
        let reminders = reminders.to_vec();
        watched!(self, mark_told(person, &reminders), |_, _| {})
    }

    async fn stop_reminder(&self, person: UserId, id: ReminderId, now: Timestamp) -> Result<bool, StoreError> {
        if self.fault == Some(Fault::DeafToStop) {
            lock(&self.world).account_stopped(person, Some(id.get()));
            return Ok(true);
        }
        watched!(self, stop_reminder(person, id, now), move |world, stopped| {
            if *stopped {
                world.account_stopped(person, Some(id.get()));
            }
        })
    }

    async fn stop_all_reminders(&self, person: UserId, now: Timestamp) -> Result<u32, StoreError> {
        watched!(self, stop_all_reminders(person, now), move |world, _| world.account_stopped(person, None))
    }

    async fn claim_due(&self, now: Timestamp, lease_until: Timestamp, limit: u32) -> Result<Vec<Reminder>, StoreError> {
        let (process, fault) = (self.process, self.fault);
        let lease_until = if fault == Some(Fault::NoLease) { now } else { lease_until };
        let until = if fault == Some(Fault::TooEarly) { now.after(super::MINUTE) } else { now };
        let inner = Arc::clone(&self.inner);
        let work = async move {
            let mut claimed = inner.claim_due(until, lease_until, limit).await?;
            if fault == Some(Fault::NewestFirst) {
                claimed.reverse();
            }
            Ok(claimed)
        };
        let claimed = self.apply(work, move |world, claimed| world.account_claimed(process, claimed, now)).await?;
        if fault == Some(Fault::SettledTooSoon) {
            for reminder in &claimed {
                self.settle(reminder, Settlement::Sent, now).await?;
            }
        }
        Ok(claimed)
    }

    async fn settle(&self, claimed: &Reminder, settlement: Settlement, now: Timestamp) -> Result<bool, StoreError> {
        if self.fault == Some(Fault::NeverSettled) {
            return Ok(true);
        }
        let (reminder, kept) = (claimed.clone(), claimed.clone());
        watched!(self, settle(&reminder, settlement, now), move |world, settled| {
            if *settled {
                world.account_settled(&kept, settlement);
            }
        })
    }

    async fn next_wake(&self) -> Result<Option<Timestamp>, StoreError> {
        let next = watched!(self, next_wake(), |_, _| {})?;
        Ok(if self.fault == Some(Fault::TooEarly) { next.map(|next| next.before(super::MINUTE)) } else { next })
    }

    async fn held_about(&self, person: UserId) -> Result<PersonRecord, StoreError> {
        self.inner.held_about(person).await
    }

    async fn forget_person(&self, person: UserId) -> Result<PersonRecord, StoreError> {
        watched!(self, forget_person(person), move |world, _| world.account_stopped(person, None))
    }

    async fn purge(&self, now: Timestamp, settled_before: Timestamp) -> Result<Purged, StoreError> {
        watched!(self, purge(now, settled_before), |_, _| {})
    }
}
