//! A store that fails or dawdles when it is told to, around one that works.

mod guilds;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use lumbar::domain::reminders::{NewReminder, Reminder, ReminderId};
use lumbar::domain::{GuildId, Timestamp, UserId};
use lumbar::store::{
    AddReminder, AnswerClaim, AnswerClaimed, Cooldown, CooldownKey, MemoryStore, PersonRecord, Purged, Settlement,
    Store, StoreError,
};
use tokio::sync::watch;

/// A store in memory, and what ails it.
#[derive(Debug)]
pub struct AilingStore {
    well: MemoryStore,
    broken: AtomicBool,
    /// Whether the next look at what is due ends in a panic.
    fatal: AtomicBool,
    slow: watch::Sender<bool>,
}

impl AilingStore {
    /// A store that is well so far.
    pub fn new() -> Arc<Self> {
        let (broken, fatal, slow) = (AtomicBool::new(false), AtomicBool::new(false), watch::Sender::new(false));
        Arc::new(Self { well: MemoryStore::new(), broken, fatal, slow })
    }

    /// From now on every request fails.
    pub fn breaks(&self) {
        self.broken.store(true, Ordering::SeqCst);
    }

    /// From now on whoever asks when a reminder is due panics.
    pub fn kills_whoever_looks_for_reminders(&self) {
        self.fatal.store(true, Ordering::SeqCst);
    }

    /// From now on requests work again.
    pub fn recovers(&self) {
        self.broken.store(false, Ordering::SeqCst);
        self.hurries();
    }

    /// From now on nothing waits any more.
    pub fn hurries(&self) {
        self.slow.send_replace(false);
    }

    /// From now on requests wait until it recovers.
    pub fn stalls(&self) {
        self.slow.send_replace(true);
    }

    async fn well(&self) -> Result<&MemoryStore, StoreError> {
        let mut slow = self.slow.subscribe();
        // The sender lives as long as this store does.
        let _ = slow.wait_for(|slow| !slow).await;
        if self.broken.load(Ordering::SeqCst) {
            return Err(StoreError::Locked { database: "ailing".to_owned() });
        }
        Ok(&self.well)
    }
}

#[async_trait]
impl Store for AilingStore {
    async fn claim_answer(&self, claim: &AnswerClaim) -> Result<AnswerClaimed, StoreError> {
        self.well().await?.claim_answer(claim).await
    }

    async fn cooldown_until(&self, keys: &[CooldownKey], now: Timestamp) -> Result<Option<Cooldown>, StoreError> {
        self.well().await?.cooldown_until(keys, now).await
    }

    async fn opt_out(&self, person: UserId, now: Timestamp) -> Result<bool, StoreError> {
        self.well().await?.opt_out(person, now).await
    }

    async fn opt_in(&self, person: UserId) -> Result<bool, StoreError> {
        self.well().await?.opt_in(person).await
    }

    async fn has_opted_out(&self, person: UserId) -> Result<bool, StoreError> {
        self.well().await?.has_opted_out(person).await
    }

    async fn add_reminder(&self, reminder: &NewReminder, limit_per_person: u32) -> Result<AddReminder, StoreError> {
        self.well().await?.add_reminder(reminder, limit_per_person).await
    }

    async fn reminders_of(&self, person: UserId, settled_after: Timestamp) -> Result<Vec<Reminder>, StoreError> {
        self.well().await?.reminders_of(person, settled_after).await
    }

    async fn guild_of_reminder(&self, person: UserId, id: ReminderId) -> Result<Option<GuildId>, StoreError> {
        self.well().await?.guild_of_reminder(person, id).await
    }

    async fn untold_for(&self, person: UserId) -> Result<Vec<Reminder>, StoreError> {
        self.well().await?.untold_for(person).await
    }

    async fn mark_told(&self, person: UserId, reminders: &[ReminderId]) -> Result<(), StoreError> {
        self.well().await?.mark_told(person, reminders).await
    }

    async fn stop_reminder(&self, person: UserId, id: ReminderId, now: Timestamp) -> Result<bool, StoreError> {
        self.well().await?.stop_reminder(person, id, now).await
    }

    async fn stop_all_reminders(&self, person: UserId, now: Timestamp) -> Result<u32, StoreError> {
        self.well().await?.stop_all_reminders(person, now).await
    }

    async fn claim_due(&self, now: Timestamp, lease_until: Timestamp, limit: u32) -> Result<Vec<Reminder>, StoreError> {
        self.well().await?.claim_due(now, lease_until, limit).await
    }

    async fn settle(&self, claimed: &Reminder, settlement: Settlement, now: Timestamp) -> Result<bool, StoreError> {
        self.well().await?.settle(claimed, settlement, now).await
    }

    async fn next_wake(&self) -> Result<Option<Timestamp>, StoreError> {
        assert!(!self.fatal.load(Ordering::SeqCst), "the end of whoever looks for reminders");
        self.well().await?.next_wake().await
    }

    async fn held_about(&self, person: UserId) -> Result<PersonRecord, StoreError> {
        self.well().await?.held_about(person).await
    }

    async fn forget_person(&self, person: UserId) -> Result<PersonRecord, StoreError> {
        self.well().await?.forget_person(person).await
    }

    async fn purge(&self, now: Timestamp, settled_before: Timestamp) -> Result<Purged, StoreError> {
        self.well().await?.purge(now, settled_before).await
    }
}
