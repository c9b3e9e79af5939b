//! Every change is one line in the server's log channel.

use crate::bot::guild_log::LogFailure;
use crate::bot::{Bot, BotError};
use crate::domain::guild::{ChangeNumber, Edit, GuildSettings, Item, Setting};
use crate::domain::{ChannelId, Locale, answers};
use crate::store::{ChangeBook, NewChange};

impl Bot {
    /// Makes a change, and tells the log channel of it. The second is whether that was told, where there is one.
    pub(super) async fn change_and_log(
        &self,
        change: &NewChange,
    ) -> Result<(ChangeBook, Result<(), LogFailure>), BotError> {
        let changed = self.change_book(change).await?;
        let told = match &changed {
            ChangeBook::Changed { book, number } => self.log_change(&book.settings, *number, change).await,
            ChangeBook::Conflict(_) => Ok(()),
        };
        Ok((changed, told))
    }

    async fn log_change(
        &self,
        settings: &GuildSettings,
        number: ChangeNumber,
        change: &NewChange,
    ) -> Result<(), LogFailure> {
        let Some(log) = settings.log.or_else(|| former_log(&change.edit)) else { return Ok(()) };
        let locale = settings.language.clone().unwrap_or_else(Locale::unknown);
        let line = answers::change_line(&self.library(), &locale, change.by, &change.edit);
        // At most 25 characters, and no two changes of a server have the same number.
        let nonce = format!("change-{}", number.0);
        self.say_in_log(change.guild, log, &line, &nonce).await
    }
}

/// The channel that was the log until this change.
fn former_log(edit: &Edit) -> Option<ChannelId> {
    edit.items().iter().find_map(|item| match item {
        Item::Setting { before: Setting::Log(before), .. } => *before,
        _ => None,
    })
}
