//! What to do after a try at delivering a reminder.

use std::time::Duration;

use super::{Destination, Reminder};
use crate::domain::Timestamp;

/// Why a reminder did not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryFailure {
    /// It may not be written there: direct messages closed, no permission, channel gone.
    Refused,
    /// Discord is busy or out of reach; nobody knows whether it arrived. The nonce makes another try safe.
    Unreachable,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Try this destination now.
    TryInstead(Destination),
    /// This try is over.
    Settle(Outcome),
}

/// How a try ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It arrived, and it was the last.
    Sent,
    /// It arrived, and comes again.
    Again {
        /// When.
        due: Timestamp,
        /// How many come after that one.
        left: u32,
    },
    /// Try again then.
    RetryAt(Timestamp),
    /// It cannot arrive.
    Failed,
    /// Its time passed too long ago.
    Missed,
}

/// The pauses between tries while Discord is unreachable double from the first to the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// Decides what follows from a try at sending `reminder` to `tried`.
pub fn next_step(
    reminder: &Reminder,
    tried: Destination,
    outcome: Result<(), DeliveryFailure>,
    now: Timestamp,
) -> Step {
    match outcome {
        Ok(()) => Step::Settle(after_arrival(reminder, now)),
        Err(DeliveryFailure::Refused) => match second_choice(reminder, tried) {
            Some(other) => Step::TryInstead(other),
            None => Step::Settle(Outcome::Failed),
        },
        Err(DeliveryFailure::Unreachable) => {
            // Not for ever: once it is too late for the reminder, `without_sending` ends it.
            let doubled = FIRST_PAUSE.saturating_mul(1 << reminder.attempts.saturating_sub(1).min(16));
            Step::Settle(Outcome::RetryAt(now.after(doubled.min(LONGEST_PAUSE))))
        }
    }
}

/// The other place, if the first choice was refused: a closed direct conversation leads to the channel where the
/// reminder was set, and a closed channel to a direct message.
fn second_choice(reminder: &Reminder, tried: Destination) -> Option<Destination> {
    if tried != reminder.asked.destination {
        return None;
    }
    match tried {
        Destination::Direct => reminder.asked.set_in.map(Destination::Channel),
        Destination::Channel(_) => Some(Destination::Direct),
    }
}

/// What follows from an arrival.
fn after_arrival(reminder: &Reminder, now: Timestamp) -> Outcome {
    next_occurrence(reminder, now).unwrap_or(Outcome::Sent)
}

/// The next occurrence, if there is one. Those whose time passed while nobody could send them are left out: one reminder
/// after a long silence, not a burst.
fn next_occurrence(reminder: &Reminder, now: Timestamp) -> Option<Outcome> {
    let repeat = reminder.asked.repeat.filter(|repeat| !repeat.every.is_zero())?;
    let passed = now.since(reminder.asked.due).as_millis() / repeat.every.as_millis().max(1);
    let skipped = u32::try_from(passed).unwrap_or(u32::MAX);
    let left = repeat.left.checked_sub(1)?.checked_sub(skipped)?;
    Some(Outcome::Again { due: reminder.asked.due.after(repeat.every * (skipped + 1)), left })
}

/// How late a reminder is of no use any more: whoever wanted to walk then has slept since.
pub const TOO_LATE: Duration = Duration::from_secs(12 * 60 * 60);

/// How a reminder ends that is too late to be sent at all: with its next occurrence, or shown as missed.
pub fn without_sending(reminder: &Reminder, now: Timestamp) -> Option<Outcome> {
    let too_late = now.since(reminder.asked.due) > TOO_LATE;
    too_late.then(|| next_occurrence(reminder, now).unwrap_or(Outcome::Missed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::reminders::{NewReminder, ReminderId, ReminderState, Repeat};
    use crate::domain::{ChannelId, UserId};

    const NOW: Timestamp = Timestamp::from_millis(1_000_000);

    fn reminder(destination: Destination, set_in: Option<u64>) -> Reminder {
        Reminder {
            id: ReminderId::new(1),
            asked: NewReminder {
                person: UserId::new(1),
                destination,
                set_in: set_in.map(ChannelId::new),
                guild: None,
                direct_channel: None,
                locale: "en-US".to_owned(),
                public_locale: None,
                due: NOW,
                repeat: None,
            },
            occurrence: 0,
            attempts: 1,
            state: ReminderState::Sending,
        }
    }

    #[test]
    fn a_closed_direct_conversation_leads_to_the_channel_where_it_was_set() {
        let asked = reminder(Destination::Direct, Some(7));
        let refused = Err(DeliveryFailure::Refused);
        let channel = Destination::Channel(ChannelId::new(7));
        assert_eq!(next_step(&asked, Destination::Direct, refused, NOW), Step::TryInstead(channel));
        assert_eq!(next_step(&asked, channel, refused, NOW), Step::Settle(Outcome::Failed));
    }

    #[test]
    fn without_a_second_place_a_refusal_is_final() {
        let asked = reminder(Destination::Direct, None);
        let step = next_step(&asked, Destination::Direct, Err(DeliveryFailure::Refused), NOW);
        assert_eq!(step, Step::Settle(Outcome::Failed));
    }

    #[test]
    fn an_unreachable_discord_is_tried_again_with_longer_and_longer_pauses() {
        let mut asked = reminder(Destination::Direct, None);
        let pause =
            |asked: &Reminder| match next_step(asked, Destination::Direct, Err(DeliveryFailure::Unreachable), NOW) {
                Step::Settle(Outcome::RetryAt(at)) => at.since(NOW).as_secs(),
                step => panic!("{step:?}"),
            };
        let pauses: Vec<u64> = (1..=11)
            .map(|attempts| {
                asked.attempts = attempts;
                pause(&asked)
            })
            .collect();
        assert_eq!(pauses, [2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
    }

    #[test]
    fn a_repeated_reminder_keeps_its_rhythm_and_skips_what_passed() {
        let hour = Duration::from_secs(3600);
        let mut asked = reminder(Destination::Direct, None);
        asked.asked.repeat = Some(Repeat { every: hour, left: 3 });
        let after = |late: Duration| next_step(&asked, Destination::Direct, Ok(()), NOW.after(late));
        let again = |hours: u32, left| Step::Settle(Outcome::Again { due: NOW.after(hour * hours), left });
        assert_eq!(after(Duration::from_secs(5)), again(1, 2));
        assert_eq!(after(hour + Duration::from_secs(5)), again(2, 1));
        assert_eq!(after(hour * 9), Step::Settle(Outcome::Sent));
    }

    #[test]
    fn half_a_day_late_is_too_late_but_does_not_end_a_series() {
        let late = NOW.after(TOO_LATE + Duration::from_millis(1));
        let mut asked = reminder(Destination::Direct, None);
        assert_eq!(without_sending(&asked, NOW.after(TOO_LATE)), None);
        assert_eq!(without_sending(&asked, late), Some(Outcome::Missed));
        let day = Duration::from_secs(24 * 3600);
        asked.asked.repeat = Some(Repeat { every: day, left: 6 });
        assert_eq!(without_sending(&asked, late), Some(Outcome::Again { due: NOW.after(day), left: 5 }));
    }
}
