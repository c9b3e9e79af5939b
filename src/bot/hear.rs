//! A message is heard: may it be answered, what is it about, and has somebody else answered it already?

use std::time::Duration;

use tokio::time::timeout;

use super::{Bot, BotError};
use crate::domain::hearing::{self, Heard, Subject};
use crate::domain::matching::Urgency;
use crate::domain::reply::Reply;
use crate::domain::{Locale, Timestamp, answers};
use crate::store::{AnswerClaim, AnswerClaimed, StoreError};

/// How long an answered message is remembered: longer than it may be edited, and than Discord may deliver it again.
const REMEMBER_ANSWERED: Duration = Duration::from_secs(60 * 60);

/// How long an urgent answer waits for the store.
const PATIENCE_WHEN_URGENT: Duration = Duration::from_secs(1);

/// What came of hearing a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hearing {
    /// It is not for the bot, or about nothing that it knows.
    Nothing,
    /// It would have been answered, but this holds the answer back.
    HeldBack(AnswerClaimed),
    /// Answer it, about this.
    Answer(Subject),
}

impl Bot {
    /// Hears a message. Where it says [`Hearing::Answer`], nobody else will answer that message.
    ///
    /// # Errors
    /// If the store fails; but an urgent message is answered even then.
    pub async fn hear(&self, heard: Heard<'_>, now: Timestamp) -> Result<Hearing, BotError> {
        match self.consider(&heard) {
            Some(subject) => self.hear_about(heard, subject, now).await,
            None => Ok(Hearing::Nothing),
        }
    }

    /// What a message would be answered about, as far as the message itself tells. Nearly every message ends here, so
    /// this waits for nothing and keeps nothing.
    pub fn consider(&self, heard: &Heard<'_>) -> Option<Subject> {
        if !hearing::may_be_answered(heard, &self.settings) {
            return None;
        }
        hearing::subject(self.library.find(heard.text), heard)
    }

    /// Hears a message that was considered and is about `subject`.
    ///
    /// # Errors
    /// As [`Bot::hear`].
    pub async fn hear_about(&self, heard: Heard<'_>, subject: Subject, now: Timestamp) -> Result<Hearing, BotError> {
        match self.claim(&heard, &subject, now).await? {
            AnswerClaimed::Granted => Ok(Hearing::Answer(subject)),
            held => Ok(Hearing::HeldBack(held)),
        }
    }

    /// Claims the right to answer a message about `subject`. An urgent one does not wait for a store that is ill: it is
    /// granted, and the nonce keeps a second copy away. Whoever has an emergency is not reminded to walk, either.
    pub(super) async fn claim(
        &self,
        heard: &Heard<'_>,
        subject: &Subject,
        now: Timestamp,
    ) -> Result<AnswerClaimed, BotError> {
        let claim = AnswerClaim {
            message: heard.message,
            person: heard.person,
            urgent: matches!(subject, Subject::Urgent(_)),
            now,
            holds: hearing::cooldowns(subject, heard, &self.settings, now),
            keep_message_until: now.after(REMEMBER_ANSWERED),
        };
        let Subject::Urgent(urgency) = subject else { return Ok(self.store.claim_answer(&claim).await?) };
        let claimed = timeout(PATIENCE_WHEN_URGENT, self.claim_urgent(&claim, *urgency)).await;
        let problem = match claimed {
            Ok(Ok(claimed)) => return Ok(claimed),
            Ok(Err(error)) => error.to_string(),
            Err(_) => "it takes too long".to_owned(),
        };
        tracing::error!(message.id = heard.message.get(), problem, "answering an urgent message without the store");
        Ok(AnswerClaimed::Granted)
    }

    async fn claim_urgent(&self, claim: &AnswerClaim, urgency: Urgency) -> Result<AnswerClaimed, StoreError> {
        let claimed = self.store.claim_answer(claim).await?;
        if claimed.is_granted() && urgency == Urgency::Emergency {
            self.store.stop_all_reminders(claim.person, claim.now).await?;
        }
        Ok(claimed)
    }

    /// The answer about `subject` for everybody in a channel of this language.
    pub fn answer(&self, subject: &Subject, locale: &Locale) -> Reply {
        match subject {
            Subject::Topic(topic) => answers::about(&self.library, topic, locale),
            Subject::Urgent(urgency) => answers::urgent(&self.library, *urgency, locale),
            Subject::Hello => answers::hello(&self.library, locale),
        }
    }

    /// Whether the answer about `subject` depends on where its readers are: on their language, or on the number that
    /// they would have to call.
    pub fn needs_locale(&self, subject: &Subject) -> bool {
        matches!(subject, Subject::Urgent(_)) || self.library.languages().count() > 1
    }
}
