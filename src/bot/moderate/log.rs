//! The log channel of a server: one line for every change.

use std::time::Duration;

use tokio::time::timeout;

use crate::bot::{Bot, BotError, PlatformError};
use crate::domain::guild::{ChangeNumber, Edit, GuildSettings, Item, Setting};
use crate::domain::topics::TextKey;
use crate::domain::{ChannelId, Locale, answers};
use crate::store::{ChangeBook, NewChange};

/// How long a moderator waits for the line in the log. The change is made already.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why the log channel was not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LogFailure {
    /// The bot may not write there, or it is gone.
    Forbidden,
    /// The platform did not take the line.
    Unreachable,
}

impl LogFailure {
    /// What the moderator is told.
    pub(super) fn text(self) -> TextKey {
        match self {
            Self::Forbidden => TextKey::SettingsLogFailed,
            Self::Unreachable => TextKey::SettingsLogUnreachable,
        }
    }
}

impl Bot {
    /// Makes a change, and tells the log channel of it. The second is whether that was told, where there is one.
    pub(super) async fn change_and_log(
        &self,
        change: &NewChange,
    ) -> Result<(ChangeBook, Result<(), LogFailure>), BotError> {
        let changed = self.change_book(change).await?;
        let told = match &changed {
            ChangeBook::Changed { book, number } => self.tell_log(&book.settings, *number, change).await,
            ChangeBook::Conflict(_) => Ok(()),
        };
        Ok((changed, told))
    }

    async fn tell_log(
        &self,
        settings: &GuildSettings,
        number: ChangeNumber,
        change: &NewChange,
    ) -> Result<(), LogFailure> {
        let Some(log) = settings.log.or_else(|| former_log(&change.edit)) else { return Ok(()) };
        let locale = settings.language.clone().unwrap_or_else(Locale::unknown);
        let line = answers::change_line(&self.library, &locale, change.by, &change.edit);
        // At most 25 characters, and no two changes of a server have the same number.
        let nonce = format!("change-{}", number.0);
        let failure = match timeout(PATIENCE, self.platform().say(log, &line, &nonce)).await {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(PlatformError::Forbidden | PlatformError::Gone)) => LogFailure::Forbidden,
            Ok(Err(_)) | Err(_) => LogFailure::Unreachable,
        };
        let guild = change.guild.get();
        tracing::warn!(guild.id = guild, channel.id = log.get(), ?failure, "the log channel was not told");
        Err(failure)
    }
}

/// The channel that was the log until this change.
fn former_log(edit: &Edit) -> Option<ChannelId> {
    edit.items().iter().find_map(|item| match item {
        Item::Setting { before: Setting::Log(before), .. } => *before,
        _ => None,
    })
}
