//! History.

use crate::bot::{Bot, BotError, Visitor};
use crate::domain::guild::ChangeNumber;
use crate::domain::reply::Reply;
use crate::domain::{GuildId, Timestamp};

impl Bot {
    pub(super) async fn history(&self, visitor: &Visitor, _guild: GuildId, _page: u16) -> Result<Reply, BotError> {
        Ok(self.old_button(&visitor.locale))
    }

    pub(super) async fn undo(
        &self,
        visitor: &Visitor,
        _guild: GuildId,
        _number: ChangeNumber,
        _now: Timestamp,
    ) -> Result<Reply, BotError> {
        Ok(self.old_button(&visitor.locale))
    }
}
