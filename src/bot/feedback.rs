//! What people do with an answer: counted, and taken back where it was not about a back.

use super::{Bot, BotError, PlatformError, Visitor};
use crate::domain::guild::stats::{DISMISSAL_WEEKS, often_dismissed};
use crate::domain::guild::tally::{Counted, PhraseTag, Week};
use crate::domain::reminders::ReminderId;
use crate::domain::reply::{Action, Control, Origin, Reply};
use crate::domain::topics::TextKey;
use crate::domain::{GuildId, MessageId, Timestamp, answers};

impl Bot {
    /// Does what a button under an answer says, with what belongs there for this person alone.
    pub(super) async fn act_from(
        &self,
        visitor: &Visitor,
        origin: Origin,
        action: &Action,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let reply = Box::pin(self.act(visitor, action, Some(origin), now)).await?;
        let on_answer = visitor.message.filter(|_| *action == Action::More && !visitor.on_private_message);
        let Some(answer) = on_answer else { return Ok(reply) };
        if visitor.person != origin.author && !self.may_moderate(visitor).await.unwrap_or(false) {
            return Ok(reply);
        }
        let library = self.library();
        let label = library.content(&visitor.locale).words.get(TextKey::ButtonNotAboutBack);
        let button = Control::button(label, Action::NotAboutBack { answer, phrase: origin.phrase });
        Ok(reply.with_row(vec![button]))
    }

    /// Deletes an answer that was not about a back, and counts that against its phrase. The button stands on a message
    /// that only the author and moderators are shown.
    pub(super) async fn take_back(
        &self,
        visitor: &Visitor,
        answer: MessageId,
        phrase: PhraseTag,
        now: Timestamp,
    ) -> Reply {
        let Some(channel) = visitor.channel else { return self.apology(&visitor.locale) };
        let key = match (self.platform().delete(channel, answer).await, visitor.guild) {
            (Ok(()), Some(guild)) => {
                self.count(Some(guild), Counted::Dismissed, Some(phrase), now).await;
                self.warn_of(guild, phrase, now).await;
                TextKey::FeedbackTakenBack
            }
            // Nobody moderates a direct conversation, and nothing is counted there.
            (Ok(()), None) => TextKey::FeedbackTakenBackDirect,
            (Err(PlatformError::Gone), _) => TextKey::FeedbackGone,
            (Err(error), _) => {
                tracing::warn!(channel.id = channel.get(), %error, "an answer could not be taken back");
                match error {
                    PlatformError::Forbidden => TextKey::FeedbackForbidden,
                    _ => TextKey::FeedbackNotDeleted,
                }
            }
        };
        answers::line(&self.library(), &visitor.locale, key)
    }

    /// Counts a walk for the server in which its reminder was set: most reminders arrive as direct messages. Of which
    /// phrase led to it the reminder knows nothing.
    pub(super) async fn count_walk(&self, visitor: &Visitor, reminder: ReminderId, now: Timestamp) {
        match self.store.guild_of_reminder(visitor.person, reminder).await {
            Ok(guild) => self.count(guild, Counted::Walked, None, now).await,
            Err(error) => tracing::warn!(%error, "a walk was not counted"),
        }
    }

    /// Tells the moderators of a phrase that is often dismissed.
    async fn warn_of(&self, guild: GuildId, phrase: PhraseTag, now: Timestamp) {
        if let Err(error) = self.warn_if_often_dismissed(guild, phrase, now).await {
            tracing::warn!(guild.id = guild.get(), %error, "moderators were not told of a phrase");
        }
    }

    async fn warn_if_often_dismissed(&self, id: GuildId, phrase: PhraseTag, now: Timestamp) -> Result<(), BotError> {
        let guild = self.guild(id).await?;
        if guild.book.settings.log.is_none() {
            return Ok(());
        }
        let week = Week::of(now);
        let tallies = self.store.tallies_of(id, week.before(DISMISSAL_WEEKS - 1)).await?;
        let Some(often) = often_dismissed(&tallies, phrase, week) else { return Ok(()) };
        let names = self.phrase_names(Some(&guild));
        let nonce = format!("often-{phrase}-{}", week.get());
        let line = |library: &_, locale: &_| answers::often_dismissed(library, locale, phrase, &names, often);
        if self.tell_moderators(id, &guild, line, &nonce).await {
            self.count(Some(id), Counted::Warned, Some(phrase), now).await;
        }
        Ok(())
    }
}
