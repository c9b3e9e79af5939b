//! A button is pressed, or a line of a menu chosen.

use std::collections::BTreeMap;
use std::time::Duration;

use super::hear::with_origin;
use super::moderate::Input;
use super::{Bot, BotError, Response, Visitor};
use crate::domain::breathing::session::{Plan, SessionId, Style};
use crate::domain::guild::tally::{Counted, PhraseTag};
use crate::domain::matching::Urgency;
use crate::domain::reminders::{Destination, NewReminder, ReminderId, Repeat};
use crate::domain::reply::{Action, Deed, Form, Origin, Reply, Visibility};
use crate::domain::topics::{TextKey, TopicId};
use crate::domain::{Timestamp, answers};
use crate::store::AddReminder;

/// How long *Later* puts a reminder off.
const LATER: Duration = Duration::from_secs(15 * 60);

/// A reminder that somebody wishes for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish {
    /// In how long.
    pub after: Duration,
    /// Where it is to arrive.
    pub destination: Destination,
    /// Whether it comes again.
    pub repeat: Option<Repeat>,
    /// The phrase of the answer that led to it, if there was one.
    pub phrase: Option<PhraseTag>,
}

impl Bot {
    /// Does what a button says. The answer is for the person who pressed it, in their language.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn press(&self, visitor: &Visitor, action: &Action, now: Timestamp) -> Result<Response, BotError> {
        if action.owner().is_some_and(|owner| owner != visitor.person) {
            let reply = answers::line(&self.library(), &visitor.locale, TextKey::ErrorNotYours);
            return Ok(Response { reply, replaces: false });
        }
        let reply = self.act(visitor, action, None, now).await?;
        let replaces = replaces(visitor, action);
        let visibility = if replaces && !visitor.on_private_message { Visibility::Public } else { Visibility::Private };
        Ok(self.with_news(visitor, Response { reply: Reply { visibility, ..reply }, replaces }).await)
    }

    /// The form that a button opens instead of answering, if it opens one for this person.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn press_form(&self, visitor: &Visitor, action: &Action) -> Result<Option<Form>, BotError> {
        match action {
            Action::Moderate(moderation) if self.may_moderate(visitor).await? => {
                self.moderation_form(visitor, moderation).await
            }
            _ => Ok(None),
        }
    }

    /// Does what sending a form says.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn submit(
        &self,
        visitor: &Visitor,
        action: &Action,
        fields: &BTreeMap<String, String>,
        now: Timestamp,
    ) -> Result<Response, BotError> {
        self.moderate_with(visitor, action, &Input::Form(fields), now).await
    }

    /// Does what choosing from a list says.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn choose(
        &self,
        visitor: &Visitor,
        action: &Action,
        chosen: &[String],
        now: Timestamp,
    ) -> Result<Response, BotError> {
        self.moderate_with(visitor, action, &Input::Chosen(chosen), now).await
    }

    async fn moderate_with(
        &self,
        visitor: &Visitor,
        action: &Action,
        input: &Input<'_>,
        now: Timestamp,
    ) -> Result<Response, BotError> {
        let reply = match action {
            Action::Moderate(moderation) => self.moderate(visitor, moderation, input, now).await?,
            _ => self.old_button(&visitor.locale),
        };
        Ok(Response { reply: reply.in_private(), replaces: visitor.on_private_message })
    }

    /// Does what an action says. `origin` tells where the answer comes from under which its button stands.
    pub(super) async fn act(
        &self,
        visitor: &Visitor,
        action: &Action,
        origin: Option<Origin>,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let phrase = origin.map(|origin| origin.phrase);
        let library = &*self.library_for(visitor).await;
        let locale = &visitor.locale;
        Ok(match action {
            Action::Breathe(pattern) => {
                self.count(visitor.guild, Counted::Breathed, phrase, now).await;
                self.breathe(visitor, &Plan { pattern: pattern.clone(), ..Plan::DEFAULT }, None, now).await
            }
            Action::BreatheAgain { plan, instead_of } => {
                self.count(visitor.guild, Counted::Breathed, None, now).await;
                self.breathe(visitor, plan, *instead_of, now).await
            }
            Action::StopBreathing { person, session, plan } => {
                let ending = self.stop_session(*person, *session).await;
                let public = self.public_locale_of(visitor).await;
                let locale = if visitor.on_private_message { locale } else { &public };
                answers::session_over(library, locale, plan, ending)
            }
            Action::Walk(minutes) => {
                let after = Duration::from_secs(60 * u64::from(*minutes));
                let wish = Wish { after, destination: Destination::Direct, repeat: None, phrase };
                self.remind(visitor, wish, now).await?
            }
            Action::FirstAid => self.first_aid(visitor).await,
            Action::GetHelp => answers::get_help(library, locale),
            Action::More => answers::more(library, locale, self.store.has_opted_out(visitor.person).await?),
            Action::Ask(topic) => with_origin(self.explain(visitor, topic.as_str()).await, origin),
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
            Action::Reminded { reminder, deed, .. } => self.reminded(visitor, *reminder, *deed, now).await?,
            Action::Felt(feeling) => answers::felt(library, locale, *feeling),
            Action::SignFits(urgency) => self.sign_fits(visitor, *urgency, now).await,
            Action::NoSignFits => answers::no_sign_fits(library, locale),
            Action::Of(origin, action) => return self.act_from(visitor, *origin, action, now).await,
            Action::Moderate(moderation) => {
                return Box::pin(self.moderate(visitor, moderation, &Input::None, now)).await;
            }
            Action::NotAboutBack { answer, phrase } => self.take_back(visitor, *answer, *phrase, now).await,
        })
    }

    /// Breathing with whoever pressed a button, for them alone.
    async fn breathe(&self, visitor: &Visitor, plan: &Plan, instead_of: Option<SessionId>, now: Timestamp) -> Reply {
        match plan.style {
            Style::Text => self.begin_session(visitor, plan, false, instead_of, now).await,
            Style::Picture | Style::Sound => answers::breathe(&self.library(), &visitor.locale, plan, true),
        }
    }

    /// What somebody does about a reminder that has come. It works long after the store has forgotten that reminder.
    async fn reminded(
        &self,
        visitor: &Visitor,
        reminder: ReminderId,
        deed: Deed,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let (library, locale) = (&*self.library(), &visitor.locale);
        Ok(match deed {
            Deed::Show => answers::reminder_details(library, locale, visitor.person, reminder),
            Deed::Walked => {
                self.count_walk(visitor, reminder, now).await;
                answers::how_was_it(library, locale)
            }
            Deed::Later => self.put_off(visitor, reminder, now).await?,
            Deed::Stop => {
                self.store.stop_reminder(visitor.person, reminder, now).await?;
                answers::line(library, &self.public_locale_of(visitor).await, TextKey::WalkEnough)
            }
        })
    }

    /// Puts a reminder off. The answer takes the place of that reminder, where everybody may read it.
    async fn put_off(&self, visitor: &Visitor, reminder: ReminderId, now: Timestamp) -> Result<Reply, BotError> {
        let destination = visitor.channel_for_later().map_or(Destination::Direct, Destination::Channel);
        let wish = Wish { after: LATER, destination, repeat: None, phrase: None };
        let (library, locale) = (&self.library(), &self.public_locale_of(visitor).await);
        Ok(match self.add_reminder(visitor, wish, now).await? {
            Some((id, asked)) => answers::reminder_put_off(library, locale, id, &asked),
            None => {
                let limit = self.settings.reminders_per_person;
                answers::cannot_put_off(library, locale, visitor.person, reminder, limit)
            }
        })
    }

    /// What to do about a warning sign. Whoever has an emergency is not reminded to walk; but that the store is ill must
    /// not keep the answer back.
    async fn sign_fits(&self, visitor: &Visitor, urgency: Urgency, now: Timestamp) -> Reply {
        let answer = answers::urgent(&self.library(), &urgency.into(), &visitor.locale);
        if urgency != Urgency::Emergency {
            return answer;
        }
        match self.store.stop_all_reminders(visitor.person, now).await {
            Ok(0) => answer,
            Ok(_) => answers::with_reminders_stopped(&self.library(), &visitor.locale, answer),
            Err(error) => {
                tracing::error!(person.id = visitor.person.get(), %error, "reminders were not stopped");
                answer
            }
        }
    }

    /// The first-aid answer in the person's own language.
    pub(super) async fn first_aid(&self, visitor: &Visitor) -> Reply {
        self.explain(visitor, TopicId::FIRST_AID).await
    }

    /// The answer about a topic that the person named, or a line that there is no such topic.
    pub(super) async fn explain(&self, visitor: &Visitor, topic: &str) -> Reply {
        let library = self.library_for(visitor).await;
        match library.content(&visitor.locale).topic(topic) {
            Some(topic) => self.about(&library, &visitor.asked(), &topic.id, &visitor.locale).await.in_private(),
            None => answers::line(&library, &visitor.locale, TextKey::ErrorUnknownTopic),
        }
    }

    /// Sets a reminder, counts it, and says so.
    pub(super) async fn remind(&self, visitor: &Visitor, wish: Wish, now: Timestamp) -> Result<Reply, BotError> {
        let phrase = wish.phrase;
        Ok(match self.add_reminder(visitor, wish, now).await? {
            Some((id, asked)) => {
                self.count(visitor.guild, Counted::Reminded, phrase, now).await;
                answers::reminder_set(&self.library(), &visitor.locale, id, &asked)
            }
            None => answers::too_many_reminders(&self.library(), &visitor.locale, self.settings.reminders_per_person),
        })
    }

    /// Sets a reminder, unless the person has as many as they may.
    async fn add_reminder(
        &self,
        visitor: &Visitor,
        wish: Wish,
        now: Timestamp,
    ) -> Result<Option<(ReminderId, NewReminder)>, BotError> {
        let public_locale = self.public_locale_of(visitor).await;
        let asked = NewReminder {
            person: visitor.person,
            destination: wish.destination,
            set_in: visitor.channel_for_later(),
            guild: visitor.guild,
            direct_channel: visitor.channel.filter(|_| visitor.is_direct),
            locale: visitor.locale.as_str().to_owned(),
            public_locale: visitor.guild.is_some().then_some(public_locale.as_str().to_owned()),
            due: now.after(wish.after),
            repeat: wish.repeat,
        };
        match self.store.add_reminder(&asked, self.settings.reminders_per_person).await? {
            AddReminder::Added(id) => {
                self.reminders_changed.notify_one();
                Ok(Some((id, asked)))
            }
            AddReminder::TooMany => Ok(None),
        }
    }
}

/// Whether what an action leads to takes the place of the message that its button stands on.
pub fn replaces(visitor: &Visitor, action: &Action) -> bool {
    match action {
        // The reminder's own message: once it is dealt with, its buttons go. Somebody else's stays as it is.
        // So it is with the message of a session.
        Action::Reminded { person, deed: Deed::Later | Deed::Stop, .. } | Action::StopBreathing { person, .. } => {
            *person == visitor.person
        }
        action => visitor.on_private_message && leads_on(action),
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
        | Action::StopReminder(_)
        | Action::Felt(_)
        | Action::SignFits(_)
        | Action::NoSignFits
        | Action::NotAboutBack { .. }
        | Action::Moderate(_)
        | Action::BreatheAgain { .. }
        | Action::StopBreathing { .. } => true,
        Action::Of(_, action) => leads_on(action),
        Action::Breathe(_) | Action::Walk(_) | Action::GetHelp | Action::Reminded { .. } => false,
    }
}
