//! Between rows and reminders.

use std::time::Duration;

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::domain::reminders::{Destination, NewReminder, Reminder, ReminderId, ReminderState, Repeat};
use crate::domain::{ChannelId, GuildId, Timestamp, UserId};

/// The columns that [`reminder`] reads.
macro_rules! reminder_columns {
    () => {
        "id, person, destination, set_in, guild, direct_channel, locale, public_locale, due, repeat_every, repeats_left, occurrence,
         attempts, state"
    };
}
pub(super) use reminder_columns;

/// An id of Discord's 64 bits for a signed column. The bits stay as they are.
pub(super) fn id(snowflake: u64) -> i64 {
    snowflake.cast_signed()
}

pub(super) fn millis(time: Timestamp) -> i64 {
    time.as_millis()
}

pub(super) fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(if number < 0 { 0 } else { u32::MAX })
}

pub(super) fn span_to_millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

pub(super) fn state_name(state: ReminderState) -> &'static str {
    match state {
        ReminderState::Pending => "pending",
        ReminderState::Sending => "sending",
        ReminderState::Sent => "sent",
        ReminderState::Stopped => "stopped",
        ReminderState::Failed => "failed",
        ReminderState::Missed => "missed",
    }
}

fn state_called(name: &str) -> sqlx::Result<ReminderState> {
    use ReminderState::{Failed, Missed, Pending, Sending, Sent, Stopped};
    [Pending, Sending, Sent, Stopped, Failed, Missed]
        .into_iter()
        .find(|state| state_name(*state) == name)
        .ok_or_else(|| sqlx::Error::Decode(format!("no reminder can be in the state {name:?}").into()))
}

pub(super) fn reminders(rows: &[AnyRow]) -> sqlx::Result<Vec<Reminder>> {
    rows.iter().map(reminder).collect()
}

fn reminder(row: &AnyRow) -> sqlx::Result<Reminder> {
    let number = |column| row.try_get::<i64, _>(column);
    let perhaps = |column| row.try_get::<Option<i64>, _>(column);
    let channel = |column| Ok::<_, sqlx::Error>(perhaps(column)?.map(|id| ChannelId::new(id.cast_unsigned())));
    let repeat = perhaps("repeat_every")?
        .zip(perhaps("repeats_left")?)
        .map(|(every, left)| Repeat { every: Duration::from_millis(every.max(0).unsigned_abs()), left: count(left) });
    let asked = NewReminder {
        person: UserId::new(number("person")?.cast_unsigned()),
        destination: channel("destination")?.map_or(Destination::Direct, Destination::Channel),
        set_in: channel("set_in")?,
        guild: perhaps("guild")?.map(|id| GuildId::new(id.cast_unsigned())),
        direct_channel: channel("direct_channel")?,
        locale: row.try_get("locale")?,
        public_locale: row.try_get("public_locale")?,
        due: Timestamp::from_millis(number("due")?),
        repeat,
    };
    Ok(Reminder {
        id: ReminderId::new(number("id")?),
        asked,
        occurrence: count(number("occurrence")?),
        attempts: count(number("attempts")?),
        state: state_called(row.try_get("state")?)?,
    })
}
