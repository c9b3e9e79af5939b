//! Phrases that are only watched: what they would have answered, and dropping them.

use std::time::Duration;

use crate::bot::{Bot, BotError, Visitor};
use crate::domain::guild::Response;
use crate::domain::guild::watch::watches;
use crate::domain::reply::Reply;
use crate::domain::topics::TopicId;
use crate::domain::{GuildId, Timestamp, answers};

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
        Ok(answers::watch_digest(&self.library(), &visitor.locale, guild, &watches, page))
    }

    /// Drops the watched phrases of a response. A response of the server's own that nothing leads to then goes as a whole.
    pub(super) async fn drop_watched(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        name: &TopicId,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let library = self.library();
        let ships = library.fallback().topics.contains_key(name);
        self.rewrite(visitor, guild, name, now, |response| {
            let rest = response.cloned().map(Response::without_watched);
            rest.filter(|rest| if ships { !rest.is_empty() } else { !rest.phrases.is_empty() })
        })
        .await
    }
}
