//! Reminders: what one is, and what becomes of it.

pub mod delivery;
mod duration;
mod repeat;
mod span;

use std::time::Duration;

pub use duration::{DurationFault, DurationWords, LONGEST, SHORTEST};
pub use repeat::{MOST_TIMES, SHORTEST_INTERVAL};

use super::{ChannelId, GuildId, Timestamp, UserId};

/// The number of a reminder, given by the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReminderId(i64);

impl ReminderId {
    /// Wraps the store's number.
    pub const fn new(number: i64) -> Self {
        Self(number)
    }

    /// The store's number.
    pub const fn get(self) -> i64 {
        self.0
    }
}

/// Where a reminder is to arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// In a direct message.
    Direct,
    /// In this channel.
    Channel(ChannelId),
}

/// How often a reminder comes again after its first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// The time between two occurrences.
    pub every: Duration,
    /// How many more are to come after the present one.
    pub left: u32,
}

/// A reminder as a person asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReminder {
    /// Who asked, and who alone is pinged.
    pub person: UserId,
    /// Where it is to arrive.
    pub destination: Destination,
    /// The channel where it was set: the second choice when a direct message is refused.
    pub set_in: Option<ChannelId>,
    /// The server where it was set, if it was one: a walk is counted there.
    pub guild: Option<GuildId>,
    /// The direct conversation with the person, if it is known: it need not be opened again then.
    pub direct_channel: Option<ChannelId>,
    /// The person's Discord locale, such as `en-GB`.
    pub locale: String,
    /// The locale of the server where it was set, for what everybody there sees.
    pub public_locale: Option<String>,
    /// When it is due.
    pub due: Timestamp,
    /// Whether it comes again.
    pub repeat: Option<Repeat>,
}

/// A reminder as the store keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// Its number.
    pub id: ReminderId,
    /// What was asked for; `due` and `repeat` are those of the present occurrence.
    pub asked: NewReminder,
    /// Which time this is, counted from 0.
    pub occurrence: u32,
    /// How often sending the present occurrence was tried.
    pub attempts: u32,
    /// What has become of it.
    pub state: ReminderState,
}

/// What has become of a reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReminderState {
    /// It waits for its time.
    Pending,
    /// Somebody is sending it, and nobody else may until the lease is over.
    Sending,
    /// It arrived, and there is no next occurrence.
    Sent,
    /// The person stopped it.
    Stopped,
    /// It could not be delivered anywhere.
    Failed,
    /// Its time passed while the bot was down, too long ago for it to be of use.
    Missed,
}

impl ReminderState {
    /// Whether it may still arrive.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Pending | Self::Sending)
    }
}
