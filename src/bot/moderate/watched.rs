//! Phrases that are only watched: what they would have answered, and dropping them.

use std::time::Duration;

use crate::bot::{Bot, BotError, Visitor};
use crate::domain::guild::watch::watches;
use crate::domain::guild::{Edit, Item, Response};
use crate::domain::reply::Reply;
use crate::domain::topics::{TextKey, TopicId};
use crate::domain::{GuildId, Timestamp, answers};
use crate::store::ChangeBook;

impl Bot {
    /// What watched phrases would have answered lately.
    pub(in crate::bot) async fn watched(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        page: u16,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let days = Duration::from_secs(u64::from(answers::DIGEST_DAYS) * 24 * 60 * 60);
        let messages = self.store.watched_messages(guild, now.before(days)).await?;
        let watches = watches(&self.guild(guild).await?.book, &messages);
        Ok(answers::watch_digest(&self.library, &visitor.locale, guild, &watches, page))
    }

    /// Drops the watched phrases of a response, and shows what is watched still. A response of the server's own that
    /// nothing leads to then goes as a whole.
    pub(super) async fn drop_watched(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        name: &TopicId,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let before = self.guild(guild).await?.book.responses.get(name).cloned();
        let ships = self.library.fallback().topics.contains_key(name);
        let after = before.clone().map(Response::without_watched);
        let after = after.filter(|after| if ships { !after.is_empty() } else { !after.phrases.is_empty() });
        let edit = Edit::new(vec![Item::Response { name: name.clone(), before, after }]);
        let key = match edit.map(|edit| self.make_change(visitor, guild, edit, now)) {
            None => TextKey::WatchGone,
            Some(change) => match change.await? {
                ChangeBook::Changed { .. } => TextKey::WatchDropped,
                ChangeBook::Conflict(_) => TextKey::WatchConflict,
            },
        };
        let lead = self.library.content(&visitor.locale).words.fill(key, &[("response", name.as_str())]);
        let rest = self.watched(visitor, guild, 0, now).await?;
        Ok(Reply { lead: Some(lead), ..rest })
    }
}
