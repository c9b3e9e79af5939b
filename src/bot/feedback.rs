//! What people do with an answer: counted, and taken back where it was not about a back.

use super::{Bot, BotError, PlatformError, Visitor};
use crate::domain::guild::tally::{Counted, PhraseTag};
use crate::domain::reply::{Action, Control, Origin, Reply};
use crate::domain::topics::TextKey;
use crate::domain::{MessageId, Timestamp, answers};

impl Bot {
    /// Does what a button under an answer says, and counts it.
    pub(super) async fn act_from(
        &self,
        visitor: &Visitor,
        origin: Origin,
        action: &Action,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let counted = match action {
            Action::Breathe(_) => Some(Counted::Breathed),
            Action::Walk(_) => Some(Counted::Reminded),
            _ => None,
        };
        if let Some(what) = counted {
            self.count(visitor.guild, what, Some(origin.phrase), now).await;
        }
        let reply = Box::pin(self.act(visitor, action, now)).await?;
        let Some(answer) = visitor.message.filter(|_| *action == Action::More) else { return Ok(reply) };
        if visitor.person != origin.author && !self.may_moderate(visitor).await? {
            return Ok(reply);
        }
        let label = self.library.content(&visitor.locale).words.get(TextKey::ButtonNotAboutBack);
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
        let key = match self.platform().delete(channel, answer).await {
            Ok(()) => {
                self.count(visitor.guild, Counted::Dismissed, Some(phrase), now).await;
                TextKey::FeedbackTakenBack
            }
            Err(PlatformError::Gone) => TextKey::FeedbackGone,
            Err(error) => {
                tracing::warn!(channel.id = channel.get(), %error, "an answer could not be taken back");
                TextKey::FeedbackNotDeleted
            }
        };
        answers::line(&self.library, &visitor.locale, key)
    }
}
