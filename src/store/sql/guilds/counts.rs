//! Counts and watched messages, in SQL.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AnyPool, Row, query};

use super::super::row::{count as to_count, id, millis};
use crate::domain::guild::KEPT_WATCHED_FOR;
use crate::domain::guild::tally::{Counted, KEPT_WEEKS, PhraseTag, Tally, Week};
use crate::domain::topics::TopicId;
use crate::domain::{ChannelId, GuildId, MessageId, Timestamp};
use crate::store::{MOST_WATCHED, Tallied, WatchedMessage};

/// Where the phrase is not known.
const NO_PHRASE: i64 = -1;

pub(super) async fn count(pool: &AnyPool, guild: GuildId, tally: Tally) -> sqlx::Result<()> {
    query(
        "INSERT INTO tallies (guild, week, what, phrase, count) VALUES ($1, $2, $3, $4, 1)
         ON CONFLICT (guild, week, what, phrase) DO UPDATE SET count = tallies.count + 1",
    )
    .bind(id(guild.get()))
    .bind(tally.week.get())
    .bind(tally.what.name())
    .bind(tally.phrase.map_or(NO_PHRASE, |phrase| i64::from(phrase.get())))
    .execute(pool)
    .await?;
    Ok(())
}

pub(super) async fn of_guild(pool: &AnyPool, guild: GuildId, since: Week) -> sqlx::Result<Vec<Tallied>> {
    let rows = query("SELECT week, what, phrase, count FROM tallies WHERE guild = $1 AND week >= $2")
        .bind(id(guild.get()))
        .bind(since.get())
        .fetch_all(pool)
        .await?;
    let mut found = rows.iter().filter_map(|row| tallied(row).transpose()).collect::<sqlx::Result<Vec<_>>>()?;
    found.sort_by_key(|found| found.tally);
    Ok(found)
}

/// Nothing for what a later version counts and this one does not know.
fn tallied(row: &AnyRow) -> sqlx::Result<Option<Tallied>> {
    let Some(what) = Counted::named(row.try_get("what")?) else { return Ok(None) };
    let phrase: i64 = row.try_get("phrase")?;
    let phrase = u32::try_from(phrase).ok().map(PhraseTag::new);
    let tally = Tally { week: Week::new(row.try_get("week")?), what, phrase };
    Ok(Some(Tallied { tally, count: to_count(row.try_get("count")?) }))
}

pub(super) async fn note_watched(pool: &AnyPool, guild: GuildId, message: &WatchedMessage) -> sqlx::Result<()> {
    query(
        "INSERT INTO watched (guild, message, channel, response, heard_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (guild, message) DO NOTHING",
    )
    .bind(id(guild.get()))
    .bind(id(message.message.get()))
    .bind(id(message.channel.get()))
    .bind(message.response.as_str())
    .bind(millis(message.at))
    .execute(pool)
    .await?;
    Ok(())
}

pub(super) async fn watched(pool: &AnyPool, guild: GuildId, since: Timestamp) -> sqlx::Result<Vec<WatchedMessage>> {
    let rows = query(
        "SELECT message, channel, response, heard_at FROM watched WHERE guild = $1 AND heard_at >= $2
         ORDER BY heard_at DESC, message DESC LIMIT $3",
    )
    .bind(id(guild.get()))
    .bind(millis(since))
    .bind(i64::try_from(MOST_WATCHED).unwrap_or(i64::MAX))
    .fetch_all(pool)
    .await?;
    rows.iter().map(watched_message).collect()
}

fn watched_message(row: &AnyRow) -> sqlx::Result<WatchedMessage> {
    let response: &str = row.try_get("response")?;
    let response =
        TopicId::parse(response).ok_or_else(|| sqlx::Error::Decode(format!("{response:?} is no name").into()))?;
    Ok(WatchedMessage {
        response,
        channel: ChannelId::new(row.try_get::<i64, _>("channel")?.cast_unsigned()),
        message: MessageId::new(row.try_get::<i64, _>("message")?.cast_unsigned()),
        at: Timestamp::from_millis(row.try_get("heard_at")?),
    })
}

/// Drops what is of no use any more.
pub(in crate::store::sql) async fn purge(step: &mut AnyConnection, now: Timestamp) -> sqlx::Result<u32> {
    let tallies = query("DELETE FROM tallies WHERE week < $1")
        .bind(Week::of(now).before(KEPT_WEEKS).get())
        .execute(&mut *step)
        .await?;
    let watched = query("DELETE FROM watched WHERE heard_at <= $1")
        .bind(millis(now.before(KEPT_WATCHED_FOR)))
        .execute(&mut *step)
        .await?;
    let removed = tallies.rows_affected() + watched.rows_affected();
    Ok(u32::try_from(removed).unwrap_or(u32::MAX))
}
