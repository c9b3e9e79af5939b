//! The store in a database, through sqlx: one SQL text for every database that speaks it.
//!
//! A step of one statement is atomic by itself. In a step of several the first one writes: from then on SQLite lets no
//! other writer in (a transaction that began by reading could be refused half-way), and PostgreSQL holds the rows that
//! concurrent steps would need. No step lasts longer than its statements: nothing is awaited in between.

mod answers;
mod failure;
mod guilds;
mod open;
mod people;
mod reminders;
mod row;

use async_trait::async_trait;
use sqlx::AnyPool;

use super::{
    AddReminder, AnswerClaim, AnswerClaimed, Cooldown, CooldownKey, PersonRecord, Purged, Settlement, Store, StoreError,
};
use crate::domain::reminders::{NewReminder, Reminder, ReminderId};
use crate::domain::{GuildId, Timestamp, UserId};

/// A store in a database.
#[derive(Debug)]
pub(super) struct SqlStore {
    pool: AnyPool,
    /// What to call the database in an error.
    name: String,
}

impl SqlStore {
    fn explained<T>(&self, outcome: sqlx::Result<T>) -> Result<T, StoreError> {
        outcome.map_err(|error| failure::explain(&self.name, error))
    }
}

#[async_trait]
impl Store for SqlStore {
    async fn claim_answer(&self, claim: &AnswerClaim) -> Result<AnswerClaimed, StoreError> {
        self.explained(answers::claim(&self.pool, claim).await)
    }

    async fn cooldown_until(&self, keys: &[CooldownKey], now: Timestamp) -> Result<Option<Cooldown>, StoreError> {
        self.explained(answers::running(&self.pool, keys, now).await)
    }

    async fn opt_out(&self, person: UserId, now: Timestamp) -> Result<bool, StoreError> {
        self.explained(people::opt_out(&self.pool, person, now).await)
    }

    async fn opt_in(&self, person: UserId) -> Result<bool, StoreError> {
        self.explained(people::opt_in(&self.pool, person).await)
    }

    async fn has_opted_out(&self, person: UserId) -> Result<bool, StoreError> {
        self.explained(people::has_opted_out(&self.pool, person).await)
    }

    async fn add_reminder(&self, reminder: &NewReminder, limit_per_person: u32) -> Result<AddReminder, StoreError> {
        super::reminders::check(reminder)?;
        self.explained(reminders::add(&self.pool, reminder, limit_per_person).await)
    }

    async fn reminders_of(&self, person: UserId, settled_after: Timestamp) -> Result<Vec<Reminder>, StoreError> {
        self.explained(reminders::of_person(&self.pool, person, settled_after).await)
    }

    async fn guild_of_reminder(&self, person: UserId, id: ReminderId) -> Result<Option<GuildId>, StoreError> {
        self.explained(reminders::guild_of(&self.pool, person, id).await)
    }

    async fn untold_for(&self, person: UserId) -> Result<Vec<Reminder>, StoreError> {
        self.explained(reminders::untold_for(&self.pool, person).await)
    }

    async fn mark_told(&self, person: UserId, reminders: &[ReminderId]) -> Result<(), StoreError> {
        self.explained(reminders::mark_told(&self.pool, person, reminders).await)
    }

    async fn stop_reminder(&self, person: UserId, id: ReminderId, now: Timestamp) -> Result<bool, StoreError> {
        self.explained(reminders::stop(&self.pool, person, id, now).await)
    }

    async fn stop_all_reminders(&self, person: UserId, now: Timestamp) -> Result<u32, StoreError> {
        self.explained(reminders::stop_all(&self.pool, person, now).await)
    }

    async fn claim_due(&self, now: Timestamp, lease_until: Timestamp, limit: u32) -> Result<Vec<Reminder>, StoreError> {
        self.explained(reminders::claim_due(&self.pool, now, lease_until, limit).await)
    }

    async fn settle(&self, claimed: &Reminder, settlement: Settlement, now: Timestamp) -> Result<bool, StoreError> {
        self.explained(reminders::settle(&self.pool, claimed, settlement, now).await)
    }

    async fn next_wake(&self) -> Result<Option<Timestamp>, StoreError> {
        self.explained(reminders::next_wake(&self.pool).await)
    }

    async fn held_about(&self, person: UserId) -> Result<PersonRecord, StoreError> {
        self.explained(people::held_about(&self.pool, person).await)
    }

    async fn forget_person(&self, person: UserId) -> Result<PersonRecord, StoreError> {
        self.explained(people::forget(&self.pool, person).await)
    }

    async fn purge(&self, now: Timestamp, settled_before: Timestamp) -> Result<Purged, StoreError> {
        self.explained(people::purge(&self.pool, now, settled_before).await)
    }
}
