//! What is kept about servers, in a store that may be ill.

use async_trait::async_trait;
use lumbar::domain::guild::tally::{Tally, Week};
use lumbar::domain::guild::{Book, Change, Draft, DraftId, Edit};
use lumbar::domain::{GuildId, Timestamp, UserId};
use lumbar::store::{ChangeBook, GuildStore, NewChange, StoreError, Tallied, WatchedMessage};

use super::AilingStore;

#[async_trait]
impl GuildStore for AilingStore {
    async fn guilds_with_books(&self) -> Result<Vec<GuildId>, StoreError> {
        self.well().await?.guilds_with_books().await
    }

    async fn book(&self, guild: GuildId) -> Result<Book, StoreError> {
        self.well().await?.book(guild).await
    }

    async fn change_book(&self, change: &NewChange) -> Result<ChangeBook, StoreError> {
        self.well().await?.change_book(change).await
    }

    async fn changes_of(&self, guild: GuildId) -> Result<Vec<Change>, StoreError> {
        self.well().await?.changes_of(guild).await
    }

    async fn keep_draft(&self, guild: GuildId, by: UserId, edit: &Edit, now: Timestamp) -> Result<DraftId, StoreError> {
        self.well().await?.keep_draft(guild, by, edit, now).await
    }

    async fn draft(&self, guild: GuildId, id: DraftId) -> Result<Option<Draft>, StoreError> {
        self.well().await?.draft(guild, id).await
    }

    async fn drop_draft(&self, guild: GuildId, id: DraftId) -> Result<bool, StoreError> {
        self.well().await?.drop_draft(guild, id).await
    }

    async fn count(&self, guild: GuildId, tally: Tally) -> Result<(), StoreError> {
        self.well().await?.count(guild, tally).await
    }

    async fn tallies_of(&self, guild: GuildId, since: Week) -> Result<Vec<Tallied>, StoreError> {
        self.well().await?.tallies_of(guild, since).await
    }

    async fn note_watched(&self, guild: GuildId, message: &WatchedMessage) -> Result<(), StoreError> {
        self.well().await?.note_watched(guild, message).await
    }

    async fn watched_messages(&self, guild: GuildId, since: Timestamp) -> Result<Vec<WatchedMessage>, StoreError> {
        self.well().await?.watched_messages(guild, since).await
    }

    async fn forget_guild(&self, guild: GuildId) -> Result<(), StoreError> {
        self.well().await?.forget_guild(guild).await
    }
}
