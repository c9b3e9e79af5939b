//! A store around another: what it keeps about servers it leaves to the one inside.

/// Makes a `GuildStore` of a type, whose method `$inner` hands out the store inside, or fails.
macro_rules! leave_guilds_to {
    ($store:ty, $inner:ident) => {
        use async_trait::async_trait;
        use lumbar::domain::GuildId;
        use lumbar::domain::guild::removal::Held;
        use lumbar::domain::guild::tally::{Tally, Week};
        use lumbar::domain::guild::{Book, Change, Draft, DraftId, Edit};
        use lumbar::domain::{Timestamp, UserId};
        use lumbar::store::{ChangeBook, GuildStore, NewChange, StoreError, Tallied, WatchedMessage};

        #[async_trait]
        impl GuildStore for $store {
            async fn guilds_with_books(&self) -> Result<Vec<GuildId>, StoreError> {
                self.$inner().await?.guilds_with_books().await
            }

            async fn book(&self, guild: GuildId) -> Result<Book, StoreError> {
                self.$inner().await?.book(guild).await
            }

            async fn change_book(&self, change: &NewChange) -> Result<ChangeBook, StoreError> {
                self.$inner().await?.change_book(change).await
            }

            async fn changes_of(&self, guild: GuildId) -> Result<Vec<Change>, StoreError> {
                self.$inner().await?.changes_of(guild).await
            }

            async fn keep_draft(
                &self,
                guild: GuildId,
                by: UserId,
                edit: &Edit,
                now: Timestamp,
            ) -> Result<DraftId, StoreError> {
                self.$inner().await?.keep_draft(guild, by, edit, now).await
            }

            async fn draft(&self, guild: GuildId, id: DraftId) -> Result<Option<Draft>, StoreError> {
                self.$inner().await?.draft(guild, id).await
            }

            async fn drop_draft(&self, guild: GuildId, id: DraftId) -> Result<bool, StoreError> {
                self.$inner().await?.drop_draft(guild, id).await
            }

            async fn count(&self, guild: GuildId, tally: Tally) -> Result<(), StoreError> {
                self.$inner().await?.count(guild, tally).await
            }

            async fn tallies_of(&self, guild: GuildId, since: Week) -> Result<Vec<Tallied>, StoreError> {
                self.$inner().await?.tallies_of(guild, since).await
            }

            async fn note_watched(&self, guild: GuildId, message: &WatchedMessage) -> Result<(), StoreError> {
                self.$inner().await?.note_watched(guild, message).await
            }

            async fn held_guilds(&self) -> Result<Vec<Held>, StoreError> {
                self.$inner().await?.held_guilds().await
            }

            async fn note_missing(&self, guild: GuildId, at: Timestamp) -> Result<(), StoreError> {
                self.$inner().await?.note_missing(guild, at).await
            }

            async fn note_back(&self, guild: GuildId) -> Result<(), StoreError> {
                self.$inner().await?.note_back(guild).await
            }

            async fn watched_messages(
                &self,
                guild: GuildId,
                since: Timestamp,
            ) -> Result<Vec<WatchedMessage>, StoreError> {
                self.$inner().await?.watched_messages(guild, since).await
            }

            async fn forget_guild(&self, guild: GuildId) -> Result<(), StoreError> {
                self.$inner().await?.forget_guild(guild).await
            }
        }
    };
}
pub(crate) use leave_guilds_to;
