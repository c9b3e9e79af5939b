//! What phrases would answer that are only watched.

use std::time::Duration;

use tokio::time::timeout;

use super::{Bot, BotError, Guild};
use crate::domain::guild::tally::{Counted, PhraseTag, Week};
use crate::domain::guild::watch::{DIGEST_WEEKS, WatchedMessage, digest_due, watches};
use crate::domain::hearing::{self, CooldownKey, Heard, Subject};
use crate::domain::topics::TopicId;
use crate::domain::{GuildId, Timestamp, answers};

/// How long an answer waits for what is noted about a watched phrase.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long it waits once a week for the digest, which goes to a channel that may be slow.
const PATIENCE_WITH_THE_DIGEST: Duration = Duration::from_secs(8);

/// What a watched phrase would answer, and which phrase that is.
pub(super) type Watched = (TopicId, PhraseTag);

impl Bot {
    /// Notes what a watched phrase would have answered, and tells the moderators where their digest is due.
    pub(super) async fn watch(&self, heard: &Heard<'_>, guild: &Guild, watched: &Watched, now: Timestamp) {
        let Some(id) = heard.guild else { return };
        match timeout(PATIENCE, self.note_watched(id, heard, guild, watched, now)).await {
            Ok(Ok(true)) => {}
            Ok(Ok(false)) => return,
            _ => {
                tracing::warn!(message.id = heard.message.get(), "a watched phrase was not counted");
                return;
            }
        }
        let told = timeout(PATIENCE_WITH_THE_DIGEST, self.tell_digest(id, guild, now)).await;
        if !matches!(told, Ok(Ok(()))) {
            tracing::warn!(guild.id = id.get(), "this week's digest is not told yet");
        }
    }

    /// Counts what a watched phrase would have answered, unless its author or a cooldown would have held it back; says which.
    async fn note_watched(
        &self,
        id: GuildId,
        heard: &Heard<'_>,
        guild: &Guild,
        (topic, phrase): &Watched,
        now: Timestamp,
    ) -> Result<bool, BotError> {
        let holds = hearing::cooldowns(&Subject::Topic(topic.clone()), heard, &guild.settings, now);
        let keys: Vec<CooldownKey> = holds.into_iter().map(|hold| hold.key).collect();
        let held_back = self.store.cooldown_until(&keys, now).await?.is_some();
        if held_back || self.store.has_opted_out(heard.person).await? {
            return Ok(false);
        }
        let message =
            WatchedMessage { response: topic.clone(), channel: heard.channel, message: heard.message, at: now };
        self.store.note_watched(id, &message).await?;
        self.count(Some(id), Counted::Watched, Some(*phrase), now).await;
        Ok(true)
    }

    /// Tells the moderators once a week what watched phrases would have answered. Nothing waits for the week to be over:
    /// the digest comes with the first message that such a phrase would have answered after it.
    async fn tell_digest(&self, id: GuildId, guild: &Guild, now: Timestamp) -> Result<(), BotError> {
        if guild.book.settings.log.is_none() {
            return Ok(());
        }
        let week = Week::of(now);
        let tallies = self.store.tallies_of(id, week.before(i64::from(DIGEST_WEEKS))).await?;
        let Some(since) = digest_due(&tallies, week) else { return Ok(()) };
        let mut messages = self.store.watched_messages(id, since.begins()).await?;
        messages.retain(|message| message.at < week.begins());
        let watches = watches(&guild.book, &messages);
        let days = 7 * (week.get() - since.get());
        let line = |library: &_, locale: &_| answers::watch_log(library, locale, &watches, days);
        if !watches.is_empty() {
            // Told or not, that was this week's digest: a closed channel is not knocked at with every message.
            self.tell_moderators(id, guild, line, &format!("watched-{}", week.get())).await;
        }
        self.count(Some(id), Counted::Digested, None, now).await;
        Ok(())
    }
}
