//! What Lumbar remembers: whom it answered, who wants to be left alone, and the reminders.
//!
//! The store keeps and hands out; it decides nothing and asks no clock: limits, leases and cooldowns arrive as data,
//! the present moment as `now`. It never waits in the background, so an idle bot costs nothing. No column of it can
//! hold what somebody wrote.

mod address;
mod answers;
mod error;
mod guilds;
mod memory;
mod people;
mod reminders;
mod sql;

use std::sync::Arc;

use async_trait::async_trait;

pub use address::DatabaseAddress;
pub use answers::{AnswerClaim, AnswerClaimed, Cooldown, CooldownKey};
pub use error::StoreError;
pub use guilds::{ChangeBook, GuildStore, MOST_WATCHED, NewChange};
pub use memory::MemoryStore;
pub use people::{PersonRecord, Purged};
pub use reminders::{AddReminder, LONGEST_LOCALE, Settlement};

pub use crate::domain::guild::tally::Tallied;
pub use crate::domain::guild::watch::WatchedMessage;
use crate::domain::reminders::{NewReminder, Reminder, ReminderId};
use crate::domain::{GuildId, Timestamp, UserId};

/// Opens the database at `address`, making it and its folder if they are missing, and brings its tables up to date.
pub async fn open(address: &DatabaseAddress) -> Result<Arc<dyn Store>, StoreError> {
    match address {
        DatabaseAddress::Sqlite { path } => Ok(Arc::new(sql::SqlStore::open_sqlite(path).await?)),
    }
}

/// Everything that outlives a message. Each method is one atomic step: another caller, or another process on the same
/// database, sees all of it or nothing.
#[async_trait]
pub trait Store: GuildStore {
    /// Claims the right to answer a message, checking and setting its cooldowns in the same step.
    /// Unless the outcome is `Granted`, nothing was set.
    async fn claim_answer(&self, claim: &AnswerClaim) -> Result<AnswerClaimed, StoreError>;

    /// The cooldown among `keys` that runs longest after `now`; reads only, for explaining a silence.
    async fn cooldown_until(&self, keys: &[CooldownKey], now: Timestamp) -> Result<Option<Cooldown>, StoreError>;

    /// Remembers that this person wants no answers. False if that was known already.
    async fn opt_out(&self, person: UserId, now: Timestamp) -> Result<bool, StoreError>;

    /// Forgets the opt-out. False if there was none.
    async fn opt_in(&self, person: UserId) -> Result<bool, StoreError>;

    /// Whether this person wants no answers.
    async fn has_opted_out(&self, person: UserId) -> Result<bool, StoreError>;

    /// Adds a reminder, unless the person has `limit_per_person` live ones already. Once it returned `Added`, no crash
    /// loses the reminder. A number is never given twice.
    async fn add_reminder(&self, reminder: &NewReminder, limit_per_person: u32) -> Result<AddReminder, StoreError>;

    /// A person's live reminders, the next first, then the failed and missed ones: those that they have not been told
    /// of, and those that were settled after `settled_after`.
    async fn reminders_of(&self, person: UserId, settled_after: Timestamp) -> Result<Vec<Reminder>, StoreError>;

    /// The server in which a person set this reminder; nothing if it was none, or the reminder is not theirs or not kept.
    async fn guild_of_reminder(&self, person: UserId, id: ReminderId) -> Result<Option<GuildId>, StoreError>;

    /// A person's failed and missed reminders that they have not been told of, oldest first.
    async fn untold_for(&self, person: UserId) -> Result<Vec<Reminder>, StoreError>;

    /// Remembers that the person was told of these failed or missed reminders.
    async fn mark_told(&self, person: UserId, reminders: &[ReminderId]) -> Result<(), StoreError>;

    /// Stops a live reminder, repeats and all. False if it is not theirs or not live.
    async fn stop_reminder(&self, person: UserId, id: ReminderId, now: Timestamp) -> Result<bool, StoreError>;

    /// Stops all of a person's live reminders, and says how many those were.
    async fn stop_all_reminders(&self, person: UserId, now: Timestamp) -> Result<u32, StoreError>;

    /// Hands out up to `limit` reminders that need sending, those that waited longest first: pending ones whose time
    /// has come, and those whose sender's lease is over. Nobody else gets them before `lease_until`. Fewer than `limit`
    /// is no promise that nothing is left, since another process may be claiming: ask [`Store::next_wake`].
    async fn claim_due(&self, now: Timestamp, lease_until: Timestamp, limit: u32) -> Result<Vec<Reminder>, StoreError>;

    /// Records what became of a claimed reminder. `claimed` is the reminder as [`Store::claim_due`] gave it.
    ///
    /// False, and nothing changes, if the person stopped it meanwhile or this occurrence is settled already. News of
    /// a delivery counts even after the lease is over; any other outcome only while nobody else has claimed it since.
    async fn settle(&self, claimed: &Reminder, settlement: Settlement, now: Timestamp) -> Result<bool, StoreError>;

    /// When [`Store::claim_due`] will next have something to hand out: the earliest due time, retry or end of a lease.
    async fn next_wake(&self) -> Result<Option<Timestamp>, StoreError>;

    /// How much is held about a person.
    async fn held_about(&self, person: UserId) -> Result<PersonRecord, StoreError>;

    /// Deletes all that is held about a person, their opt-out and live reminders too, and says how much that was.
    async fn forget_person(&self, person: UserId) -> Result<PersonRecord, StoreError>;

    /// Drops what has run out at `now`, and reminders that were settled at `settled_before` or earlier.
    async fn purge(&self, now: Timestamp, settled_before: Timestamp) -> Result<Purged, StoreError>;
}
