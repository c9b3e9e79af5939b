//! A button is pressed, or a line of a menu chosen.

use std::time::Duration;

use super::{Bot, BotError, Response, Visitor};
use crate::domain::reminders::{Destination, NewReminder};
use crate::domain::reply::{Action, Reply, Visibility};
use crate::domain::topics::{TextKey, TopicId};
use crate::domain::{Timestamp, answers};
use crate::store::AddReminder;

/// When *Remind me to walk* reminds: the first wave has usually passed by then.
pub(super) const AN_HOUR: Duration = Duration::from_secs(60 * 60);

impl Bot {
    /// Does what a button says. The answer is for the person who pressed it, in their language.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn press(&self, visitor: &Visitor, action: &Action, now: Timestamp) -> Result<Response, BotError> {
        let reply = self.act(visitor, action, now).await?;
        let reply = Reply { visibility: Visibility::Private, ..reply };
        let response = Response { reply, replaces: visitor.on_private_message && leads_on(action) };
        self.with_news(visitor, response).await
    }

    async fn act(&self, visitor: &Visitor, action: &Action, now: Timestamp) -> Result<Reply, BotError> {
        let (library, locale) = (&*self.library, &visitor.locale);
        Ok(match action {
            Action::Breathe(pattern) => answers::breathe(library, locale, pattern.as_deref(), None),
            Action::Walk => self.remind(visitor, AN_HOUR, None, now).await?,
            Action::FirstAid => self.first_aid(visitor),
            Action::GetHelp => answers::get_help(library, locale),
            Action::More => answers::more(library, locale, self.store.has_opted_out(visitor.person).await?),
            Action::Ask(topic) => self.explain(visitor, topic.as_str()),
            Action::LeaveMeAlone => {
                self.store.opt_out(visitor.person, now).await?;
                answers::left_alone(library, locale)
            }
            Action::AnswerMeAgain => {
                self.store.opt_in(visitor.person).await?;
                answers::answered_again(library, locale)
            }
            Action::StopReminder(id) => {
                let stopped = self.store.stop_reminder(visitor.person, *id, now).await?;
                answers::stopped(library, locale, u32::from(stopped))
            }
        })
    }

    /// The first-aid answer in the person's own language.
    pub(super) fn first_aid(&self, visitor: &Visitor) -> Reply {
        self.explain(visitor, TopicId::FIRST_AID)
    }

    /// The answer about a topic that the person named, or a line that there is no such topic.
    pub(super) fn explain(&self, visitor: &Visitor, topic: &str) -> Reply {
        let known = self.library.content(&visitor.locale).topic(topic);
        match known {
            Some(topic) => answers::about(&self.library, &topic.id, &visitor.locale).in_private(),
            None => answers::line(&self.library, &visitor.locale, TextKey::ErrorUnknownTopic),
        }
    }

    /// Sets a reminder: by direct message, unless a place is given.
    pub(super) async fn remind(
        &self,
        visitor: &Visitor,
        after: Duration,
        destination: Option<Destination>,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let destination = destination.unwrap_or(Destination::Direct);
        let reminder = NewReminder {
            person: visitor.person,
            destination,
            set_in: visitor.channel.filter(|_| visitor.bot_is_present),
            guild: visitor.guild,
            locale: visitor.locale.as_str().to_owned(),
            due: now.after(after),
            repeat: None,
        };
        let limit = self.settings.reminders_per_person;
        match self.store.add_reminder(&reminder, limit).await? {
            AddReminder::Added(id) => {
                self.reminders_changed.notify_one();
                Ok(answers::reminder_set(&self.library, &visitor.locale, id, reminder.due, destination))
            }
            AddReminder::TooMany => Ok(answers::too_many_reminders(&self.library, &visitor.locale, limit)),
        }
    }
}

/// Whether an action leads on within a private message, instead of adding something beside it.
fn leads_on(action: &Action) -> bool {
    match action {
        Action::FirstAid
        | Action::More
        | Action::Ask(_)
        | Action::LeaveMeAlone
        | Action::AnswerMeAgain
        | Action::StopReminder(_) => true,
        Action::Breathe(_) | Action::Walk | Action::GetHelp => false,
    }
}
