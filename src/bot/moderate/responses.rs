//! Responses.

use super::Input;
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::guild::Moderation;
use crate::domain::reply::{Form, Reply};
use crate::domain::{GuildId, Timestamp};

impl Bot {
    pub(super) async fn shape_responses(
        &self,
        visitor: &Visitor,
        _guild: GuildId,
        _moderation: &Moderation,
        _input: &Input<'_>,
        _now: Timestamp,
    ) -> Result<Reply, BotError> {
        Ok(self.old_button(&visitor.locale))
    }

    pub(super) async fn response_form(
        &self,
        _visitor: &Visitor,
        _guild: GuildId,
        _moderation: &Moderation,
    ) -> Result<Option<Form>, BotError> {
        Ok(None)
    }
}
