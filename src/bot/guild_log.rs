//! The channel in which a server's moderators read what happens around the bot, and the names of what they read about.

use std::collections::BTreeMap;

use super::{Bot, Guild};
use crate::domain::guild::tally::PhraseTag;
use crate::domain::reply::Reply;
use crate::domain::topics::Library;
use crate::domain::{GuildId, Locale};

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
        let said = self.platform().say(channel, &reply, nonce).await;
        if let Err(error) = &said {
            tracing::warn!(guild.id = id.get(), channel.id = channel.get(), %error, "the log channel was not told");
        }
        said.is_ok()
    }

    /// The phrases that are counted, by their tags: those that all share, and a server's own.
    pub(super) fn phrase_names(&self, guild: Option<&Guild>) -> BTreeMap<PhraseTag, String> {
        let own = guild.into_iter().flat_map(|guild| guild.book.responses.values());
        let own = own.flat_map(|response| &response.phrases).map(|phrase| phrase.text.as_str());
        self.library().phrases().chain(own).map(|phrase| (PhraseTag::of(phrase), phrase.to_owned())).collect()
    }
}
