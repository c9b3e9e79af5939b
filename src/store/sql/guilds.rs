//! What is kept about servers, in SQL.

mod changes;
mod counts;
mod drafts;
mod removals;

use async_trait::async_trait;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::{AnyPool, query, query_scalar};

use super::SqlStore;
use super::row::id;
use crate::domain::guild::removal::Held;
use crate::domain::guild::tally::{Tally, Week};
use crate::domain::guild::{Book, Change, Draft, DraftId, Edit};
use crate::domain::{GuildId, Timestamp, UserId};
use crate::store::{ChangeBook, GuildStore, NewChange, StoreError, Tallied, WatchedMessage};

pub(super) use counts::purge as purge_counts;
pub(super) use drafts::purge as purge_drafts;

/// The tables whose rows belong to a server.
const TABLES: [&str; 6] = [
    "DELETE FROM books WHERE guild = $1",
    "DELETE FROM changes WHERE guild = $1",
    "DELETE FROM drafts WHERE guild = $1",
    "DELETE FROM tallies WHERE guild = $1",
    "DELETE FROM watched WHERE guild = $1",
    "DELETE FROM removals WHERE guild = $1",
];

#[async_trait]
impl GuildStore for SqlStore {
    async fn guilds_with_books(&self) -> Result<Vec<GuildId>, StoreError> {
        self.explained(changes::guilds(&self.pool).await)
    }

    async fn book(&self, guild: GuildId) -> Result<Book, StoreError> {
        self.explained(changes::book(&self.pool, guild).await)
    }

    async fn change_book(&self, change: &NewChange) -> Result<ChangeBook, StoreError> {
        self.explained(changes::change(&self.pool, change).await)
    }

    async fn changes_of(&self, guild: GuildId) -> Result<Vec<Change>, StoreError> {
        self.explained(changes::of_guild(&self.pool, guild).await)
    }

    async fn keep_draft(&self, guild: GuildId, by: UserId, edit: &Edit, now: Timestamp) -> Result<DraftId, StoreError> {
        self.explained(drafts::keep(&self.pool, guild, by, edit, now).await)
    }

    async fn draft(&self, guild: GuildId, id: DraftId) -> Result<Option<Draft>, StoreError> {
        self.explained(drafts::find(&self.pool, guild, id).await)
    }

    async fn drop_draft(&self, guild: GuildId, id: DraftId) -> Result<bool, StoreError> {
        self.explained(drafts::discard(&self.pool, guild, id).await)
    }

    async fn count(&self, guild: GuildId, tally: Tally) -> Result<(), StoreError> {
        self.explained(counts::count(&self.pool, guild, tally).await)
    }

    async fn tallies_of(&self, guild: GuildId, since: Week) -> Result<Vec<Tallied>, StoreError> {
        self.explained(counts::of_guild(&self.pool, guild, since).await)
    }

    async fn note_watched(&self, guild: GuildId, message: &WatchedMessage) -> Result<(), StoreError> {
        self.explained(counts::note_watched(&self.pool, guild, message).await)
    }

    async fn watched_messages(&self, guild: GuildId, since: Timestamp) -> Result<Vec<WatchedMessage>, StoreError> {
        self.explained(counts::watched(&self.pool, guild, since).await)
    }

    async fn held_guilds(&self) -> Result<Vec<Held>, StoreError> {
        self.explained(removals::held(&self.pool).await)
    }

    async fn note_missing(&self, guild: GuildId, at: Timestamp) -> Result<(), StoreError> {
        self.explained(removals::note(&self.pool, guild, at).await)
    }

    async fn note_back(&self, guild: GuildId) -> Result<(), StoreError> {
        self.explained(removals::take_back(&self.pool, guild).await)
    }

    async fn forget_guild(&self, guild: GuildId) -> Result<(), StoreError> {
        self.explained(forget(&self.pool, guild).await)
    }
}

async fn forget(pool: &AnyPool, guild: GuildId) -> sqlx::Result<()> {
    let mut step = pool.begin().await?;
    for statement in TABLES {
        query(statement).bind(id(guild.get())).execute(&mut *step).await?;
    }
    step.commit().await
}

/// How many changes and drafts a person made.
pub(super) async fn changes_by(pool: &AnyPool, person: UserId) -> sqlx::Result<i64> {
    query_scalar(
        "SELECT (SELECT COUNT(*) FROM changes WHERE person = $1) + (SELECT COUNT(*) FROM drafts WHERE person = $1)",
    )
    .bind(id(person.get()))
    .fetch_one(pool)
    .await
}

fn written(document: &impl Serialize) -> sqlx::Result<String> {
    serde_json::to_string(document).map_err(|error| sqlx::Error::Encode(error.into()))
}

fn read<T: DeserializeOwned>(document: &str) -> sqlx::Result<T> {
    serde_json::from_str(document).map_err(|error| sqlx::Error::Decode(error.into()))
}
