//! What can be asked of the store about reminders.

use crate::domain::Timestamp;
use crate::domain::reminders::delivery::Outcome;
use crate::domain::reminders::{NewReminder, ReminderId};

use super::StoreError;

/// The longest locale that is kept, in characters: as long as language tags get (RFC 5646, section 4.4.1).
pub const LONGEST_LOCALE: usize = 35;

/// What became of the wish to add a reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddReminder {
    /// It is kept under this number.
    Added(ReminderId),
    /// The person has as many as they may.
    TooMany,
}

/// What became of sending an occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// It arrived, and it was the last.
    Sent,
    /// This occurrence is over; the next waits for its time.
    Again {
        /// When the next is due.
        due: Timestamp,
        /// How many come after that one.
        left: u32,
    },
    /// It did not arrive; try the same occurrence again at this time.
    RetryAt(Timestamp),
    /// It cannot arrive. The person has yet to be told.
    Failed,
    /// It is too late for it. The person has yet to be told.
    Missed,
}

/// Refuses what does not fit the columns, in every backend alike.
pub(super) fn check(reminder: &NewReminder) -> Result<(), StoreError> {
    let mut locales = std::iter::once(&reminder.locale).chain(&reminder.public_locale);
    if locales.any(|locale| locale.chars().count() > LONGEST_LOCALE) {
        return Err(StoreError::LocaleTooLong { longest: LONGEST_LOCALE });
    }
    Ok(())
}

impl From<Outcome> for Settlement {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Sent => Self::Sent,
            Outcome::Again { due, left } => Self::Again { due, left },
            Outcome::RetryAt(at) => Self::RetryAt(at),
            Outcome::Failed => Self::Failed,
            Outcome::Missed => Self::Missed,
        }
    }
}
