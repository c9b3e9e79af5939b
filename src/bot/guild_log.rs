//! The channel in which a server's moderators read what happens around the bot, and the names of what they read about.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::timeout;

use super::{Bot, Guild, PlatformError};
use crate::domain::guild::tally::PhraseTag;
use crate::domain::reply::Reply;
use crate::domain::topics::Library;
use crate::domain::{ChannelId, GuildId, Locale};

/// How long a line in the log may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a log channel was not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum LogFailure {
    /// The bot may not write there, or it is gone.
    #[error("the bot may not write there")]
    Forbidden,
    /// The platform did not take the line.
    #[error("the platform did not take the line")]
    Unreachable,
}

impl Bot {
    /// Says something in the log channel of a server, if it has one, in the server's language. Tells whether it was said.
    /// The same `nonce` within a few minutes is not said again.
    pub(super) async fn tell_moderators(
        &self,
        id: GuildId,
        guild: &Guild,
        line: impl FnOnce(&Library, &Locale) -> Reply,
        nonce: &str,
    ) -> bool {
        let Some(channel) = guild.book.settings.log else { return false };
        let locale = guild.book.settings.language.clone().unwrap_or_else(Locale::unknown);
        let reply = line(&self.library(), &locale);
        self.say_in_log(id, channel, &reply, nonce).await.is_ok()
    }

    /// Says something in a log channel. Whoever waits for it does not wait for long.
    pub(super) async fn say_in_log(
        &self,
        id: GuildId,
        channel: ChannelId,
        reply: &Reply,
        nonce: &str,
    ) -> Result<(), LogFailure> {
        let failure = match timeout(PATIENCE, self.platform().say(channel, reply, nonce)).await {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(PlatformError::Forbidden | PlatformError::Gone)) => LogFailure::Forbidden,
            Ok(Err(_)) | Err(_) => LogFailure::Unreachable,
        };
        tracing::warn!(guild.id = id.get(), channel.id = channel.get(), %failure, "the log channel was not told");
        Err(failure)
    }

    /// The phrases that are counted, by their tags: those that all share, and a server's own.
    pub(super) fn phrase_names(&self, guild: Option<&Guild>) -> BTreeMap<PhraseTag, String> {
        let own = guild.into_iter().flat_map(|guild| guild.book.responses.values());
        let own = own.flat_map(|response| &response.phrases).map(|phrase| phrase.text.as_str());
        self.library().phrases().chain(own).map(|phrase| (PhraseTag::of(phrase), phrase.to_owned())).collect()
    }
}
