//! Opt-outs, privacy and housekeeping, in SQL.

use sqlx::{AnyExecutor, AnyPool, Row, query, query_scalar};

use super::guilds;
use super::row::{count, id, millis};
use crate::domain::{Timestamp, UserId};
use crate::store::{PersonRecord, Purged};

pub(super) async fn opt_out(pool: &AnyPool, person: UserId, now: Timestamp) -> sqlx::Result<bool> {
    let added = query("INSERT INTO opt_outs (person, opted_out_at) VALUES ($1, $2) ON CONFLICT (person) DO NOTHING")
        .bind(id(person.get()))
        .bind(millis(now))
        .execute(pool)
        .await?;
    Ok(added.rows_affected() > 0)
}

pub(super) async fn opt_in(pool: &AnyPool, person: UserId) -> sqlx::Result<bool> {
    let removed = delete(pool, "DELETE FROM opt_outs WHERE person = $1", id(person.get())).await?;
    Ok(removed > 0)
}

pub(super) async fn has_opted_out(pool: &AnyPool, person: UserId) -> sqlx::Result<bool> {
    is_opted_out(pool, person).await
}

/// The same inside a step that has begun.
pub(super) async fn is_opted_out(executor: impl AnyExecutor<'_>, person: UserId) -> sqlx::Result<bool> {
    let found: Option<i64> = query_scalar("SELECT opted_out_at FROM opt_outs WHERE person = $1")
        .bind(id(person.get()))
        .fetch_optional(executor)
        .await?;
    Ok(found.is_some())
}

pub(super) async fn held_about(pool: &AnyPool, person: UserId) -> sqlx::Result<PersonRecord> {
    let counts = query(
        "SELECT (SELECT COUNT(*) FROM reminders WHERE person = $1) AS reminders,
                (SELECT COUNT(*) FROM opt_outs WHERE person = $1) AS opt_outs,
                (SELECT COUNT(*) FROM cooldowns WHERE person = $1) AS cooldowns,
                (SELECT COUNT(*) FROM answered WHERE person = $1) AS answered",
    )
    .bind(id(person.get()))
    .fetch_one(pool)
    .await?;
    Ok(PersonRecord {
        reminders: count(counts.try_get("reminders")?),
        opted_out: counts.try_get::<i64, _>("opt_outs")? > 0,
        cooldowns: count(counts.try_get("cooldowns")?),
        answered_messages: count(counts.try_get("answered")?),
        changes: count(guilds::changes_by(pool, person).await?),
    })
}

pub(super) async fn forget(pool: &AnyPool, person: UserId) -> sqlx::Result<PersonRecord> {
    let person = id(person.get());
    let mut step = pool.begin().await?;
    let record = PersonRecord {
        reminders: delete(&mut *step, "DELETE FROM reminders WHERE person = $1", person).await?,
        opted_out: delete(&mut *step, "DELETE FROM opt_outs WHERE person = $1", person).await? > 0,
        cooldowns: delete(&mut *step, "DELETE FROM cooldowns WHERE person = $1", person).await?,
        answered_messages: delete(&mut *step, "DELETE FROM answered WHERE person = $1", person).await?,
        // A change stays, for it is the server's; whose it was does not.
        changes: delete(&mut *step, "UPDATE changes SET person = NULL WHERE person = $1", person).await?
            + delete(&mut *step, "DELETE FROM drafts WHERE person = $1", person).await?,
    };
    step.commit().await?;
    Ok(record)
}

pub(super) async fn purge(pool: &AnyPool, now: Timestamp, settled_before: Timestamp) -> sqlx::Result<Purged> {
    let mut step = pool.begin().await?;
    let (drafts, counts) = (guilds::purge_drafts(&mut *step, now).await?, guilds::purge_counts(&mut step, now).await?);
    let now = millis(now);
    let purged = Purged {
        drafts,
        counts,
        cooldowns: delete(&mut *step, "DELETE FROM cooldowns WHERE held_until <= $1", now).await?,
        answered_messages: delete(&mut *step, "DELETE FROM answered WHERE kept_until <= $1", now).await?,
        reminders: delete(&mut *step, "DELETE FROM reminders WHERE settled_at <= $1", millis(settled_before)).await?,
    };
    step.commit().await?;
    Ok(purged)
}

async fn delete(executor: impl AnyExecutor<'_>, statement: &'static str, argument: i64) -> sqlx::Result<u32> {
    let removed = query(statement).bind(argument).execute(executor).await?;
    Ok(u32::try_from(removed.rows_affected()).unwrap_or(u32::MAX))
}
