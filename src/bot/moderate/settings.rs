//! Settings.

use super::Input;
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::guild::{SettingKey, SettingsPage};
use crate::domain::reply::Reply;
use crate::domain::{GuildId, Timestamp};

impl Bot {
    pub(super) async fn settings_panel(
        &self,
        visitor: &Visitor,
        _guild: GuildId,
        _page: SettingsPage,
    ) -> Result<Reply, BotError> {
        Ok(self.old_button(&visitor.locale))
    }

    pub(super) async fn set(
        &self,
        visitor: &Visitor,
        _guild: GuildId,
        _key: SettingKey,
        _input: &Input<'_>,
        _now: Timestamp,
    ) -> Result<Reply, BotError> {
        Ok(self.old_button(&visitor.locale))
    }
}
