//! Servers that removed the bot, in SQL.

use sqlx::{AnyPool, Row, query};

use super::super::row::{id, millis};
use crate::domain::guild::removal::Held;
use crate::domain::{GuildId, Timestamp};

pub(super) async fn held(pool: &AnyPool) -> sqlx::Result<Vec<Held>> {
    let rows = query(
        "SELECT books.guild AS guild, removals.missing_since AS missing_since
         FROM books LEFT JOIN removals ON removals.guild = books.guild ORDER BY books.guild",
    )
    .fetch_all(pool)
    .await?;
    let held = rows.iter().map(|row| {
        let guild = GuildId::new(row.try_get::<i64, _>("guild")?.cast_unsigned());
        let since: Option<i64> = row.try_get("missing_since")?;
        Ok(Held { guild, missing_since: since.map(Timestamp::from_millis) })
    });
    held.collect()
}

pub(super) async fn note(pool: &AnyPool, guild: GuildId, at: Timestamp) -> sqlx::Result<()> {
    query("INSERT INTO removals (guild, missing_since) VALUES ($1, $2) ON CONFLICT (guild) DO NOTHING")
        .bind(id(guild.get()))
        .bind(millis(at))
        .execute(pool)
        .await
        .map(drop)
}

pub(super) async fn take_back(pool: &AnyPool, guild: GuildId) -> sqlx::Result<()> {
    query("DELETE FROM removals WHERE guild = $1").bind(id(guild.get())).execute(pool).await.map(drop)
}
