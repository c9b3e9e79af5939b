//! What can be asked of the store about a server.

use async_trait::async_trait;

use super::StoreError;
use crate::domain::guild::removal::Held;
use crate::domain::guild::tally::{Tallied, Tally, Week};
use crate::domain::guild::watch::WatchedMessage;
use crate::domain::guild::{Book, Change, ChangeNumber, Conflict, Draft, DraftId, Edit};
use crate::domain::{GuildId, Timestamp, UserId};

/// How many watched messages are handed out at once. A phrase that hits more has been tried enough.
pub const MOST_WATCHED: usize = 1_000;

/// A change that somebody wishes to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChange {
    /// In which server.
    pub guild: GuildId,
    /// Who.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// What is to change.
    pub edit: Edit,
    /// The change that it undoes, if it undoes one.
    pub undoes: Option<ChangeNumber>,
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeBook {
    /// It was made.
    Changed {
        /// The book as it is now.
        book: Box<Book>,
        /// The number of the change.
        number: ChangeNumber,
    },
    /// The book is not what the edit was made from. Nothing has changed.
    Conflict(Conflict),
}

/// What is kept about servers. As in [`Store`](super::Store), each method is one atomic step.
#[async_trait]
pub trait GuildStore: Send + Sync + std::fmt::Debug {
    /// The servers that have anything of their own.
    async fn guilds_with_books(&self) -> Result<Vec<GuildId>, StoreError>;

    /// What a server has of its own.
    async fn book(&self, guild: GuildId) -> Result<Book, StoreError>;

    /// Makes a change, if the book still is what the edit was made from, and keeps the latest
    /// [`KEPT_CHANGES`](crate::domain::guild::KEPT_CHANGES) of the server.
    async fn change_book(&self, change: &NewChange) -> Result<ChangeBook, StoreError>;

    /// The changes of a server that are kept, the latest first.
    async fn changes_of(&self, guild: GuildId) -> Result<Vec<Change>, StoreError>;

    /// Keeps an edit that waits to be published. A number is never given twice.
    async fn keep_draft(&self, guild: GuildId, by: UserId, edit: &Edit, now: Timestamp) -> Result<DraftId, StoreError>;

    /// A draft of this server, if it is kept.
    async fn draft(&self, guild: GuildId, id: DraftId) -> Result<Option<Draft>, StoreError>;

    /// Drops a draft of this server. False if there was none.
    async fn drop_draft(&self, guild: GuildId, id: DraftId) -> Result<bool, StoreError>;

    /// Counts something that happened in a server.
    async fn count(&self, guild: GuildId, tally: Tally) -> Result<(), StoreError>;

    /// What was counted in a server from the week `since` on.
    async fn tallies_of(&self, guild: GuildId, since: Week) -> Result<Vec<Tallied>, StoreError>;

    /// Remembers a message that a watched phrase would have answered; once for each message.
    async fn note_watched(&self, guild: GuildId, message: &WatchedMessage) -> Result<(), StoreError>;

    /// The messages that watched phrases would have answered since then, the latest first, and of those the latest
    /// [`MOST_WATCHED`].
    async fn watched_messages(&self, guild: GuildId, since: Timestamp) -> Result<Vec<WatchedMessage>, StoreError>;

    /// The servers that have a book, and since when they are missing.
    async fn held_guilds(&self) -> Result<Vec<Held>, StoreError>;

    /// Notes that a server is missing, unless that is known.
    async fn note_missing(&self, guild: GuildId, at: Timestamp) -> Result<(), StoreError>;

    /// Notes that a server is back.
    async fn note_back(&self, guild: GuildId) -> Result<(), StoreError>;

    /// Deletes all that is held about a server.
    async fn forget_guild(&self, guild: GuildId) -> Result<(), StoreError>;
}
