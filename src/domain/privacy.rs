//! What is held about a person.

/// How much is held about a person, or was until it was deleted. Counts only: what is held is ids and times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PersonRecord {
    /// Their reminders, the settled ones too.
    pub reminders: u32,
    /// Whether they asked to be left alone.
    pub opted_out: bool,
    /// The cooldowns that name them.
    pub cooldowns: u32,
    /// The ids of their messages that were answered lately.
    pub answered_messages: u32,
    /// The changes that they made or drafted as a moderator.
    pub changes: u32,
}

impl PersonRecord {
    /// Whether nothing is held.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
