//! Drafts, in SQL.

use sqlx::{AnyExecutor, AnyPool, Row, query, query_scalar};

use super::super::row::{count, id, millis};
use super::{read, written};
use crate::domain::guild::{Draft, DraftId, Edit, KEPT_DRAFTS_FOR};
use crate::domain::{GuildId, Timestamp, UserId};

pub(super) async fn keep(
    pool: &AnyPool,
    guild: GuildId,
    by: UserId,
    edit: &Edit,
    now: Timestamp,
) -> sqlx::Result<DraftId> {
    let mut step = pool.begin().await?;
    let number: i64 = query_scalar("UPDATE counters SET value = value + 1 WHERE name = 'draft' RETURNING value")
        .fetch_one(&mut *step)
        .await?;
    query("INSERT INTO drafts (id, guild, person, made_at, edit) VALUES ($1, $2, $3, $4, $5)")
        .bind(number)
        .bind(id(guild.get()))
        .bind(id(by.get()))
        .bind(millis(now))
        .bind(written(edit)?)
        .execute(&mut *step)
        .await?;
    step.commit().await?;
    Ok(DraftId::new(number))
}

pub(super) async fn find(pool: &AnyPool, guild: GuildId, draft: DraftId) -> sqlx::Result<Option<Draft>> {
    let row = query("SELECT person, edit FROM drafts WHERE guild = $1 AND id = $2")
        .bind(id(guild.get()))
        .bind(draft.get())
        .fetch_optional(pool)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let by = UserId::new(row.try_get::<i64, _>("person")?.cast_unsigned());
    Ok(Some(Draft { id: draft, guild, by, edit: read(row.try_get("edit")?)? }))
}

pub(super) async fn discard(pool: &AnyPool, guild: GuildId, draft: DraftId) -> sqlx::Result<bool> {
    let removed = query("DELETE FROM drafts WHERE guild = $1 AND id = $2")
        .bind(id(guild.get()))
        .bind(draft.get())
        .execute(pool)
        .await?;
    Ok(removed.rows_affected() > 0)
}

/// Drops drafts that nobody published.
pub(in crate::store::sql) async fn purge(executor: impl AnyExecutor<'_>, now: Timestamp) -> sqlx::Result<u32> {
    let removed = query("DELETE FROM drafts WHERE made_at <= $1")
        .bind(millis(now.before(KEPT_DRAFTS_FOR)))
        .execute(executor)
        .await?;
    Ok(count(i64::try_from(removed.rows_affected()).unwrap_or(i64::MAX)))
}
