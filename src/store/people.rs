//! How much is held, and how much was dropped.

pub use crate::domain::privacy::PersonRecord;

/// How much a purge dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// Cooldowns that had run out.
    pub cooldowns: u32,
    /// Ids of answered messages that were kept long enough.
    pub answered_messages: u32,
    /// Reminders that were settled long ago.
    pub reminders: u32,
    /// Drafts that nobody published.
    pub drafts: u32,
    /// Watched messages and counts that are of no use any more.
    pub counts: u32,
}
