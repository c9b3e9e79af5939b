//! What is kept about servers, in memory.

use std::collections::{BTreeMap, HashMap};

use async_trait::async_trait;

use super::{MemoryStore, count};
use crate::domain::guild::removal::Held;
use crate::domain::guild::tally::{KEPT_WEEKS, Tally, Week};
use crate::domain::guild::{
    Book, Change, ChangeNumber, Draft, DraftId, Edit, KEPT_CHANGES, KEPT_DRAFTS_FOR, KEPT_WATCHED_FOR,
};
use crate::domain::{GuildId, MessageId, Timestamp, UserId};
use crate::store::{ChangeBook, GuildStore, MOST_WATCHED, NewChange, StoreError, Tallied, WatchedMessage};

#[derive(Debug, Default)]
pub(super) struct Guilds {
    books: BTreeMap<GuildId, Book>,
    removals: BTreeMap<GuildId, Timestamp>,
    changes: BTreeMap<(GuildId, ChangeNumber), Change>,
    drafts: BTreeMap<DraftId, (Draft, Timestamp)>,
    last_draft: i64,
    tallies: BTreeMap<(GuildId, Tally), u32>,
    watched: HashMap<(GuildId, MessageId), WatchedMessage>,
}

impl Guilds {
    pub(super) fn changes_by(&self, person: UserId) -> u32 {
        let made = self.changes.values().filter(|change| change.by == Some(person));
        count(made) + count(self.drafts.values().filter(|(draft, _)| draft.by == person))
    }

    pub(super) fn forget_person(&mut self, person: UserId) {
        self.changes.values_mut().filter(|change| change.by == Some(person)).for_each(|change| change.by = None);
        self.drafts.retain(|_, (draft, _)| draft.by != person);
    }

    /// How many drafts, and how many counts and watched messages, were dropped.
    pub(super) fn purge(&mut self, now: Timestamp) -> (u32, u32) {
        let kept_from = Week::of(now).before(KEPT_WEEKS);
        let drafts = self.drafts.extract_if(.., |_, (_, at)| *at <= now.before(KEPT_DRAFTS_FOR));
        let drafts = count(drafts);
        let tallies = count(self.tallies.extract_if(.., |(_, tally), _| tally.week < kept_from));
        let watched = count(self.watched.extract_if(|_, message| message.at <= now.before(KEPT_WATCHED_FOR)));
        (drafts, tallies + watched)
    }

    fn change(&mut self, change: &NewChange) -> ChangeBook {
        let book = match self.books.entry(change.guild).or_default().edited(&change.edit) {
            Ok(book) => book,
            Err(conflict) => return ChangeBook::Conflict(conflict),
        };
        self.books.insert(change.guild, book.clone());
        let number = self.latest(change.guild).map_or(ChangeNumber(1), |latest| ChangeNumber(latest.0 + 1));
        let (by, at, edit, undoes) = (Some(change.by), change.at, change.edit.clone(), change.undoes);
        self.changes.insert((change.guild, number), Change { number, by, at, edit, undoes });
        self.changes.retain(|(guild, kept), _| *guild != change.guild || kept.0 + KEPT_CHANGES > number.0);
        ChangeBook::Changed { book: Box::new(book), number }
    }

    fn latest(&self, guild: GuildId) -> Option<ChangeNumber> {
        self.changes.keys().filter(|(owner, _)| *owner == guild).map(|(_, number)| *number).max()
    }

    fn forget(&mut self, guild: GuildId) {
        self.books.remove(&guild);
        self.removals.remove(&guild);
        self.changes.retain(|(owner, _), _| *owner != guild);
        self.drafts.retain(|_, (draft, _)| draft.guild != guild);
        self.tallies.retain(|(owner, _), _| *owner != guild);
        self.watched.retain(|(owner, _), _| *owner != guild);
    }
}

#[async_trait]
impl GuildStore for MemoryStore {
    async fn guilds_with_books(&self) -> Result<Vec<GuildId>, StoreError> {
        Ok(self.tables().guilds.books.keys().copied().collect())
    }

    async fn book(&self, guild: GuildId) -> Result<Book, StoreError> {
        Ok(self.tables().guilds.books.get(&guild).cloned().unwrap_or_default())
    }

    async fn change_book(&self, change: &NewChange) -> Result<ChangeBook, StoreError> {
        Ok(self.tables().guilds.change(change))
    }

    async fn changes_of(&self, guild: GuildId) -> Result<Vec<Change>, StoreError> {
        let tables = self.tables();
        let of_guild = tables.guilds.changes.iter().filter(|((owner, _), _)| *owner == guild);
        Ok(of_guild.rev().map(|(_, change)| change.clone()).collect())
    }

    async fn keep_draft(&self, guild: GuildId, by: UserId, edit: &Edit, now: Timestamp) -> Result<DraftId, StoreError> {
        let guilds = &mut self.tables().guilds;
        guilds.last_draft += 1;
        let id = DraftId::new(guilds.last_draft);
        guilds.drafts.insert(id, (Draft { id, guild, by, edit: edit.clone() }, now));
        Ok(id)
    }

    async fn draft(&self, guild: GuildId, id: DraftId) -> Result<Option<Draft>, StoreError> {
        let tables = self.tables();
        let draft = tables.guilds.drafts.get(&id).map(|(draft, _)| draft);
        Ok(draft.filter(|draft| draft.guild == guild).cloned())
    }

    async fn drop_draft(&self, guild: GuildId, id: DraftId) -> Result<bool, StoreError> {
        let drafts = &mut self.tables().guilds.drafts;
        let theirs = drafts.get(&id).is_some_and(|(draft, _)| draft.guild == guild);
        Ok(theirs && drafts.remove(&id).is_some())
    }

    async fn count(&self, guild: GuildId, tally: Tally) -> Result<(), StoreError> {
        *self.tables().guilds.tallies.entry((guild, tally)).or_default() += 1;
        Ok(())
    }

    async fn tallies_of(&self, guild: GuildId, since: Week) -> Result<Vec<Tallied>, StoreError> {
        let tables = self.tables();
        let found = tables.guilds.tallies.iter().filter(|((owner, tally), _)| *owner == guild && tally.week >= since);
        Ok(found.map(|((_, tally), count)| Tallied { tally: *tally, count: *count }).collect())
    }

    async fn note_watched(&self, guild: GuildId, message: &WatchedMessage) -> Result<(), StoreError> {
        self.tables().guilds.watched.entry((guild, message.message)).or_insert_with(|| message.clone());
        Ok(())
    }

    async fn watched_messages(&self, guild: GuildId, since: Timestamp) -> Result<Vec<WatchedMessage>, StoreError> {
        let tables = self.tables();
        let found = tables.guilds.watched.iter().filter(|((owner, _), message)| *owner == guild && message.at >= since);
        let mut found: Vec<_> = found.map(|(_, message)| message.clone()).collect();
        found.sort_by_key(|message| std::cmp::Reverse((message.at, message.message)));
        found.truncate(MOST_WATCHED);
        Ok(found)
    }

    async fn held_guilds(&self) -> Result<Vec<Held>, StoreError> {
        let guilds = &self.tables().guilds;
        let held = guilds.books.keys();
        Ok(held.map(|guild| Held { guild: *guild, missing_since: guilds.removals.get(guild).copied() }).collect())
    }

    async fn note_missing(&self, guild: GuildId, at: Timestamp) -> Result<(), StoreError> {
        self.tables().guilds.removals.entry(guild).or_insert(at);
        Ok(())
    }

    async fn note_back(&self, guild: GuildId) -> Result<(), StoreError> {
        self.tables().guilds.removals.remove(&guild);
        Ok(())
    }

    async fn forget_guild(&self, guild: GuildId) -> Result<(), StoreError> {
        self.tables().guilds.forget(guild);
        Ok(())
    }
}
