//! What was changed, and undoing it.

use crate::bot::{Bot, BotError, Visitor};
use crate::domain::answers::responses;
use crate::domain::guild::{Change, ChangeNumber};
use crate::domain::reply::Reply;
use crate::domain::topics::TextKey;
use crate::domain::{GuildId, Timestamp, answers};
use crate::store::{ChangeBook, NewChange};

impl Bot {
    /// A page of the changes that were made in a server.
    pub(in crate::bot) async fn history(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        page: u16,
    ) -> Result<Reply, BotError> {
        let changes = self.store.changes_of(guild).await?;
        Ok(responses::history(&self.library(), &visitor.locale, &changes, page))
    }

    /// The changes of a server that are kept.
    pub(in crate::bot) async fn changes(&self, guild: GuildId) -> Result<Vec<Change>, BotError> {
        Ok(self.store.changes_of(guild).await?)
    }

    /// Undoes a change: what it replaced holds again. Later changes of other things stay.
    pub(in crate::bot) async fn undo(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        number: ChangeNumber,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let changes = self.store.changes_of(guild).await?;
        let line = |key| answers::line(&self.library(), &visitor.locale, key);
        let Some(change) = changes.iter().find(|change| change.number == number) else {
            return Ok(line(TextKey::HistoryUnknown));
        };
        let book = &self.guild(guild).await?.book;
        let Some(edit) = book.undoing(&change.edit) else { return Ok(line(TextKey::HistoryNothingToUndo)) };
        if let Some(too_much) = book.edited(&edit).ok().and_then(|book| self.too_much(visitor, &book)) {
            return Ok(too_much);
        }
        let change = NewChange { guild, by: visitor.person, at: now, edit: edit.clone(), undoes: Some(number) };
        Ok(match self.change_and_log(&change).await?.0 {
            ChangeBook::Changed { number, .. } => responses::done(&self.library(), &visitor.locale, &edit, number),
            ChangeBook::Conflict(_) => responses::conflict(&self.library(), &visitor.locale, None),
        })
    }
}
