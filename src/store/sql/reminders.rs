//! Reminders, in SQL.

use sqlx::{AnyConnection, AnyPool, Row, query, query_scalar};

use super::row::{id, millis, reminder_columns, reminders, span_to_millis, state_name};
use crate::domain::reminders::{Destination, NewReminder, Reminder, ReminderId, ReminderState};
use crate::domain::{GuildId, Timestamp, UserId};
use crate::store::{AddReminder, Settlement};

/// Taking the number comes first: whoever holds the counter is alone in counting a person's reminders.
pub(super) async fn add(pool: &AnyPool, reminder: &NewReminder, limit: u32) -> sqlx::Result<AddReminder> {
    let mut step = pool.begin().await?;
    let number = query_scalar("UPDATE counters SET value = value + 1 WHERE name = 'reminder' RETURNING value")
        .fetch_one(&mut *step)
        .await?;
    if !insert_unless_too_many(&mut step, number, reminder, limit).await? {
        step.rollback().await?;
        return Ok(AddReminder::TooMany);
    }
    step.commit().await?;
    Ok(AddReminder::Added(ReminderId::new(number)))
}

async fn insert_unless_too_many(
    step: &mut AnyConnection,
    number: i64,
    reminder: &NewReminder,
    limit: u32,
) -> sqlx::Result<bool> {
    let destination = match reminder.destination {
        Destination::Direct => None,
        Destination::Channel(channel) => Some(id(channel.get())),
    };
    let inserted = query(
        "INSERT INTO reminders (id, person, destination, set_in, direct_channel, locale, public_locale, due,
                                repeat_every, repeats_left, guild, occurrence, attempts, state, wake)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, 'pending', $8
         WHERE (SELECT COUNT(*) FROM reminders WHERE person = $2 AND wake IS NOT NULL) < $12",
    )
    .bind(number)
    .bind(id(reminder.person.get()))
    .bind(destination)
    .bind(reminder.set_in.map(|channel| id(channel.get())))
    .bind(reminder.direct_channel.map(|channel| id(channel.get())))
    .bind(reminder.locale.as_str())
    .bind(reminder.public_locale.as_deref())
    .bind(millis(reminder.due))
    .bind(reminder.repeat.map(|repeat| span_to_millis(repeat.every)))
    .bind(reminder.repeat.map(|repeat| i64::from(repeat.left)))
    .bind(reminder.guild.map(|guild| id(guild.get())))
    .bind(i64::from(limit))
    .execute(step)
    .await?;
    Ok(inserted.rows_affected() > 0)
}

pub(super) async fn of_person(pool: &AnyPool, person: UserId, settled_after: Timestamp) -> sqlx::Result<Vec<Reminder>> {
    let rows = query(concat!(
        "SELECT ",
        reminder_columns!(),
        " FROM reminders
          WHERE person = $1 AND (wake IS NOT NULL OR
                                 (state IN ('failed', 'missed') AND (told = 0 OR settled_at > $2)))
          ORDER BY (wake IS NULL), due, id"
    ))
    .bind(id(person.get()))
    .bind(millis(settled_after))
    .fetch_all(pool)
    .await?;
    reminders(&rows)
}

pub(super) async fn guild_of(pool: &AnyPool, person: UserId, number: ReminderId) -> sqlx::Result<Option<GuildId>> {
    let row = query("SELECT guild FROM reminders WHERE id = $1 AND person = $2")
        .bind(number.get())
        .bind(id(person.get()))
        .fetch_optional(pool)
        .await?;
    let guild = row.map(|row| row.try_get::<Option<i64>, _>("guild")).transpose()?.flatten();
    Ok(guild.map(|guild| GuildId::new(guild.cast_unsigned())))
}

pub(super) async fn untold_for(pool: &AnyPool, person: UserId) -> sqlx::Result<Vec<Reminder>> {
    let rows = query(concat!(
        "SELECT ",
        reminder_columns!(),
        " FROM reminders WHERE person = $1 AND state IN ('failed', 'missed') AND told = 0 ORDER BY due, id"
    ))
    .bind(id(person.get()))
    .fetch_all(pool)
    .await?;
    reminders(&rows)
}

pub(super) async fn mark_told(pool: &AnyPool, person: UserId, told: &[ReminderId]) -> sqlx::Result<()> {
    let mut step = pool.begin().await?;
    for number in told {
        query(
            "UPDATE reminders SET told = 1
             WHERE id = $1 AND person = $2 AND state IN ('failed', 'missed') AND told = 0",
        )
        .bind(number.get())
        .bind(id(person.get()))
        .execute(&mut *step)
        .await?;
    }
    step.commit().await
}

pub(super) async fn stop(pool: &AnyPool, person: UserId, number: ReminderId, now: Timestamp) -> sqlx::Result<bool> {
    let stopped = query(
        "UPDATE reminders SET state = 'stopped', wake = NULL, settled_at = $3
         WHERE id = $1 AND person = $2 AND wake IS NOT NULL",
    )
    .bind(number.get())
    .bind(id(person.get()))
    .bind(millis(now))
    .execute(pool)
    .await?;
    Ok(stopped.rows_affected() > 0)
}

pub(super) async fn stop_all(pool: &AnyPool, person: UserId, now: Timestamp) -> sqlx::Result<u32> {
    let stopped = query(
        "UPDATE reminders SET state = 'stopped', wake = NULL, settled_at = $2 WHERE person = $1 AND wake IS NOT NULL",
    )
    .bind(id(person.get()))
    .bind(millis(now))
    .execute(pool)
    .await?;
    Ok(u32::try_from(stopped.rows_affected()).unwrap_or(u32::MAX))
}

/// `wake <= $1` stands twice: PostgreSQL evaluates the inner one before it waits for another claimer's lock, and only
/// the outer one again afterwards. Without it, a reminder is handed out twice.
pub(super) async fn claim_due(
    pool: &AnyPool,
    now: Timestamp,
    lease_until: Timestamp,
    limit: u32,
) -> sqlx::Result<Vec<Reminder>> {
    let rows = query(concat!(
        "UPDATE reminders SET state = 'sending', wake = $2, attempts = attempts + 1
         WHERE id IN (SELECT id FROM reminders WHERE wake <= $1 ORDER BY wake, id LIMIT $3) AND wake <= $1
         RETURNING ",
        reminder_columns!()
    ))
    .bind(millis(now))
    .bind(millis(lease_until))
    .bind(i64::from(limit))
    .fetch_all(pool)
    .await?;
    let mut claimed = reminders(&rows)?;
    // RETURNING promises no order.
    claimed.sort_by_key(|reminder| (reminder.asked.due, reminder.id));
    Ok(claimed)
}

pub(super) async fn settle(
    pool: &AnyPool,
    claimed: &Reminder,
    settlement: Settlement,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let attempts = i64::from(claimed.attempts);
    let about_claimed =
        |statement: &'static str| query(statement).bind(claimed.id.get()).bind(i64::from(claimed.occurrence));
    let lost = |state| {
        about_claimed(
            "UPDATE reminders SET state = $3, wake = NULL, settled_at = $4
             WHERE id = $1 AND occurrence = $2 AND state = 'sending' AND attempts = $5",
        )
        .bind(state_name(state))
        .bind(millis(now))
        .bind(attempts)
    };
    let statement = match settlement {
        Settlement::Sent => about_claimed(
            "UPDATE reminders SET state = 'sent', wake = NULL, settled_at = $3
             WHERE id = $1 AND occurrence = $2 AND wake IS NOT NULL",
        )
        .bind(millis(now)),
        Settlement::Again { due, left } => about_claimed(
            "UPDATE reminders SET state = 'pending', wake = $3, due = $3, repeats_left = $4,
                                  occurrence = occurrence + 1, attempts = 0
             WHERE id = $1 AND occurrence = $2 AND wake IS NOT NULL",
        )
        .bind(millis(due))
        .bind(i64::from(left)),
        Settlement::RetryAt(time) => about_claimed(
            "UPDATE reminders SET state = 'pending', wake = $3
             WHERE id = $1 AND occurrence = $2 AND state = 'sending' AND attempts = $4",
        )
        .bind(millis(time))
        .bind(attempts),
        Settlement::Failed => lost(ReminderState::Failed),
        Settlement::Missed => lost(ReminderState::Missed),
    };
    Ok(statement.execute(pool).await?.rows_affected() > 0)
}

pub(super) async fn next_wake(pool: &AnyPool) -> sqlx::Result<Option<Timestamp>> {
    let wake = query_scalar("SELECT wake FROM reminders WHERE wake IS NOT NULL ORDER BY wake, id LIMIT 1")
        .fetch_optional(pool)
        .await?;
    Ok(wake.map(Timestamp::from_millis))
}
