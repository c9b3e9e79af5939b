//! The log channel of a server: one line for every change.

use std::time::Duration;

use tokio::time::timeout;

use crate::bot::{Bot, PlatformError};
use crate::domain::guild::{ChangeNumber, Edit, GuildSettings, Item, Setting};
use crate::domain::topics::TextKey;
use crate::domain::{ChannelId, GuildId, Locale, UserId, answers};

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
    /// Tells the log channel of a change that was made; `settings` are those after it.
    pub(super) async fn tell_log(
        &self,
        guild: GuildId,
        settings: &GuildSettings,
        number: ChangeNumber,
        by: UserId,
        edit: &Edit,
    ) -> Result<(), LogFailure> {
        let Some(log) = settings.log.or_else(|| former_log(edit)) else { return Ok(()) };
        let locale = settings.language.clone().unwrap_or_else(Locale::unknown);
        let line = answers::change_line(&self.library, &locale, by, edit);
        // At most 25 characters, and no two changes of a server have the same number.
        let nonce = format!("change-{}", number.0);
        let failure = match timeout(PATIENCE, self.platform().say(log, &line, &nonce)).await {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(PlatformError::Forbidden | PlatformError::Gone)) => LogFailure::Forbidden,
            Ok(Err(_)) | Err(_) => LogFailure::Unreachable,
        };
        tracing::warn!(guild.id = guild.get(), channel.id = log.get(), ?failure, "the log channel was not told");
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
