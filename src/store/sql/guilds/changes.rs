//! Books and their changes, in SQL.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AnyPool, Row, query, query_scalar};

use super::super::row::{id, millis};
use super::{read, written};
use crate::domain::guild::{Book, Change, ChangeNumber, KEPT_CHANGES};
use crate::domain::{GuildId, Timestamp, UserId};
use crate::store::{ChangeBook, NewChange};

pub(super) async fn guilds(pool: &AnyPool) -> sqlx::Result<Vec<GuildId>> {
    let found: Vec<i64> = query_scalar("SELECT guild FROM books").fetch_all(pool).await?;
    Ok(found.into_iter().map(|guild| GuildId::new(guild.cast_unsigned())).collect())
}

pub(super) async fn book(pool: &AnyPool, guild: GuildId) -> sqlx::Result<Book> {
    let document: Option<String> =
        query_scalar("SELECT document FROM books WHERE guild = $1").bind(id(guild.get())).fetch_optional(pool).await?;
    document.map_or_else(|| Ok(Book::default()), |document| read(&document))
}

/// Counting the change comes first: whoever holds the book's row is alone in changing it.
pub(super) async fn change(pool: &AnyPool, change: &NewChange) -> sqlx::Result<ChangeBook> {
    let mut step = pool.begin().await?;
    let guild = id(change.guild.get());
    let row = query(
        "INSERT INTO books (guild, document, last_change) VALUES ($1, '{}', 1)
         ON CONFLICT (guild) DO UPDATE SET last_change = books.last_change + 1
         RETURNING document, last_change",
    )
    .bind(guild)
    .fetch_one(&mut *step)
    .await?;
    let book: Book = read(row.try_get("document")?)?;
    let book = match book.edited(&change.edit) {
        Ok(book) => book,
        Err(conflict) => {
            step.rollback().await?;
            return Ok(ChangeBook::Conflict(conflict));
        }
    };
    let number = number(row.try_get("last_change")?)?;
    query("UPDATE books SET document = $2 WHERE guild = $1")
        .bind(guild)
        .bind(written(&book)?)
        .execute(&mut *step)
        .await?;
    keep(&mut step, change, number).await?;
    step.commit().await?;
    Ok(ChangeBook::Changed { book: Box::new(book), number })
}

async fn keep(step: &mut AnyConnection, change: &NewChange, number: ChangeNumber) -> sqlx::Result<()> {
    query("INSERT INTO changes (guild, number, person, made_at, undoes, edit) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id(change.guild.get()))
        .bind(i64::from(number.0))
        .bind(id(change.by.get()))
        .bind(millis(change.at))
        .bind(change.undoes.map(|undone| i64::from(undone.0)))
        .bind(written(&change.edit)?)
        .execute(&mut *step)
        .await?;
    query("DELETE FROM changes WHERE guild = $1 AND number <= $2")
        .bind(id(change.guild.get()))
        .bind(i64::from(number.0) - i64::from(KEPT_CHANGES))
        .execute(&mut *step)
        .await?;
    Ok(())
}

pub(super) async fn of_guild(pool: &AnyPool, guild: GuildId) -> sqlx::Result<Vec<Change>> {
    let rows = query("SELECT number, person, made_at, undoes, edit FROM changes WHERE guild = $1 ORDER BY number DESC")
        .bind(id(guild.get()))
        .fetch_all(pool)
        .await?;
    rows.iter().map(kept_change).collect()
}

fn kept_change(row: &AnyRow) -> sqlx::Result<Change> {
    let by: Option<i64> = row.try_get("person")?;
    let undoes: Option<i64> = row.try_get("undoes")?;
    Ok(Change {
        number: number(row.try_get("number")?)?,
        by: by.map(|person| UserId::new(person.cast_unsigned())),
        at: Timestamp::from_millis(row.try_get("made_at")?),
        edit: read(row.try_get("edit")?)?,
        undoes: undoes.map(number).transpose()?,
    })
}

fn number(stored: i64) -> sqlx::Result<ChangeNumber> {
    u32::try_from(stored).map(ChangeNumber).map_err(|error| sqlx::Error::Decode(error.into()))
}
