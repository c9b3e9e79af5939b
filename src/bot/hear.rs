//! A message is heard: may it be answered, what is it about, and has somebody else answered it already?

use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use super::guilds::{AtHand, Guild};
use super::{Bot, BotError};
use crate::domain::answers;
use crate::domain::guild::Manner;
use crate::domain::guild::placeholders::{self, Names};
use crate::domain::guild::speaking::{self, Place, Silence};
use crate::domain::guild::tally::{Counted, PhraseTag};
use crate::domain::hearing::{self, Attention, Heard, Subject};
use crate::domain::matching::{Cause, Trigger};
use crate::domain::reply::{Control, Origin, Reply};
use crate::domain::settings::Settings;
use crate::domain::topics::{Library, Origin as TopicOrigin, TextKey, Topic, TopicId};
use crate::domain::{ChannelId, GuildId, Locale, RoleId, Timestamp, UserId};
use crate::store::{AnswerClaim, AnswerClaimed, Cooldown, StoreError};

/// How long an answered message is remembered: longer than it may be edited, and than Discord may deliver it again.
const REMEMBER_ANSWERED: Duration = Duration::from_secs(60 * 60);

/// How long an urgent answer waits for the store.
const PATIENCE_WHEN_URGENT: Duration = Duration::from_secs(1);

/// What a message is about, as far as the message itself tells.
#[derive(Clone, Debug)]
pub struct Matter {
    /// Its server, if that has anything of its own. It is kept to until the message is dealt with: whether the server is
    /// still at hand by then says nothing about what it wishes.
    guild: Option<Arc<Guild>>,
    /// What it would be answered about.
    pub subject: Option<Subject>,
    /// The phrase that fired.
    pub phrase: Option<PhraseTag>,
    /// What a phrase that is only watched would answer.
    pub watched: Option<(TopicId, PhraseTag)>,
}

impl Matter {
    /// Whether it matters where the message was written, and by somebody with which roles.
    pub fn needs_surroundings(&self) -> bool {
        self.guild.is_some()
    }
}

/// What looking at a message comes to.
#[derive(Clone, Debug)]
pub enum Consideration {
    /// It is not for the bot, or about nothing that it knows.
    Nothing,
    /// It is about this.
    Matter(Matter),
    /// What its server has of its own has to be read first: see [`Bot::consider_patiently`].
    UnknownGuild,
}

/// Where somebody wrote, and who they are there; asked for only where it matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// The place.
    pub place: Place,
    /// Their roles.
    pub roles: Vec<RoleId>,
}

/// What came of hearing a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hearing {
    /// It is not for the bot, or about nothing that it knows.
    Nothing,
    /// It would have been answered, but this holds the answer back.
    HeldBack(AnswerClaimed),
    /// It would have been answered, but its server wants silence here.
    Silenced(Silence),
    /// It would have been answered, but its server got as many answers as it wants for now.
    TooMany,
    /// Answer it.
    Answer(Answer),
}

/// An answer to give: about what, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// About what.
    pub subject: Subject,
    /// How.
    pub manner: Manner,
    /// The phrase that it goes back to.
    pub phrase: Option<PhraseTag>,
    /// Whether the reminders to walk that its author may have set were ended for it.
    pub ended_reminders: bool,
}

/// What came of claiming the right to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claimed {
    /// Whether it was granted.
    pub outcome: AnswerClaimed,
    /// Whether the reminders that the message's author may have set were ended.
    pub ended_reminders: bool,
}

impl From<AnswerClaimed> for Claimed {
    fn from(outcome: AnswerClaimed) -> Self {
        Self { outcome, ended_reminders: false }
    }
}

/// Who is answered, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The person.
    pub person: UserId,
    /// The server, if it is one.
    pub guild: Option<GuildId>,
    /// The channel, if it has one.
    pub channel: Option<ChannelId>,
}

/// What is said or done about a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Voice {
    /// A reply to it.
    Say {
        /// What it says.
        reply: Reply,
        /// Whether it notifies nobody.
        quiet: bool,
    },
    /// A reaction to it, with this emoji.
    React(String),
}

impl Bot {
    /// Hears a message. Where it says [`Hearing::Answer`], nobody else will answer that message.
    ///
    /// # Errors
    /// If the store fails; but an urgent message is answered even then.
    pub async fn hear(
        &self,
        heard: Heard<'_>,
        surroundings: &Surroundings,
        now: Timestamp,
    ) -> Result<Hearing, BotError> {
        match self.consider_patiently(&heard, now).await {
            Some(matter) => self.hear_about(heard, matter, surroundings, now).await,
            None => Ok(Hearing::Nothing),
        }
    }

    /// As [`Bot::consider`], and waits for what the server has of its own. If that cannot be read, a message is answered
    /// only if it is urgent: for all others silence may have been wished for.
    pub async fn consider_patiently(&self, heard: &Heard<'_>, now: Timestamp) -> Option<Matter> {
        if let (Consideration::UnknownGuild, Some(guild)) = (self.consider(heard, now), heard.guild) {
            let problem = match timeout(PATIENCE_WHEN_URGENT, self.guild(guild)).await {
                Ok(Ok(_)) => None,
                Ok(Err(error)) => Some(error.to_string()),
                Err(_) => Some("it takes too long".to_owned()),
            };
            if let Some(problem) = problem {
                tracing::error!(guild.id = guild.get(), problem, "a server's settings cannot be read");
                let matter = self.matter(None, heard);
                return matter.filter(|matter| matches!(matter.subject, Some(Subject::Urgent(_))));
            }
        }
        match self.consider(heard, now) {
            Consideration::Matter(matter) => Some(matter),
            Consideration::Nothing | Consideration::UnknownGuild => None,
        }
    }

    /// What a message would be answered about, as far as the message itself tells. Nearly every message ends here, so
    /// this waits for nothing and keeps nothing.
    pub fn consider(&self, heard: &Heard<'_>, now: Timestamp) -> Consideration {
        if !hearing::may_be_answered(heard, &self.settings, now) {
            return Consideration::Nothing;
        }
        let matter = match heard.guild.map_or(AtHand::Nothing, |guild| self.at_hand(guild)) {
            AtHand::Unknown => return Consideration::UnknownGuild,
            AtHand::Nothing => self.matter(None, heard),
            AtHand::Guild(guild) if hearing::may_be_answered(heard, &guild.settings, now) => {
                self.matter(Some(guild), heard)
            }
            AtHand::Guild(_) => None,
        };
        matter.map_or(Consideration::Nothing, Consideration::Matter)
    }

    fn matter(&self, guild: Option<Arc<Guild>>, heard: &Heard<'_>) -> Option<Matter> {
        let tag = |trigger: &Trigger| match trigger.cause {
            Cause::Together => PhraseTag::of_clues(),
            Cause::Shipped | Cause::Own => PhraseTag::of(&trigger.phrase),
        };
        let own = guild.as_deref();
        let trigger =
            own.map_or_else(|| self.library().find(heard.text), |guild| guild.find(&self.library(), heard.text));
        let danger = || hearing::listens_for_danger(heard).then(|| self.library().find_danger(heard.text)).flatten();
        let trigger = trigger.or_else(danger);
        let watched = own.and_then(|guild| guild.would_find(heard.text));
        let watched = watched.map(|trigger| (trigger.topic.clone(), tag(&trigger)));
        let phrase = trigger.as_ref().map(tag);
        let subject = hearing::subject(trigger, heard);
        (subject.is_some() || watched.is_some()).then_some(Matter { guild, subject, phrase, watched })
    }

    /// Hears a message that was considered and is about `matter`.
    ///
    /// # Errors
    /// As [`Bot::hear`].
    pub async fn hear_about(
        &self,
        heard: Heard<'_>,
        matter: Matter,
        surroundings: &Surroundings,
        now: Timestamp,
    ) -> Result<Hearing, BotError> {
        let guild = matter.guild;
        let settings = guild.as_ref().map_or(&self.settings, |guild| &guild.settings);
        let allowed = match &guild {
            Some(guild) => speaking::manner(&guild.book.settings, &surroundings.place, &surroundings.roles),
            None => Ok(Manner::Full),
        };
        let urgent = matches!(matter.subject, Some(Subject::Urgent(_)));
        let manner = match allowed {
            Ok(manner) => manner,
            // That a place is not known is the bot's own trouble, and holds back no warning.
            Err(Silence::UnknownPlace) if urgent => Manner::Full,
            Err(silence) => return Ok(Hearing::Silenced(silence)),
        };
        // An emergency waits for no count.
        if let (Some(watched), Some(guild), false) = (&matter.watched, &guild, urgent) {
            self.watch(&heard, guild, watched, now).await;
        }
        let Some(subject) = matter.subject else { return Ok(Hearing::Nothing) };
        let manner = manner_for(&subject, &heard, manner);
        let answer = Answer { manner, subject, phrase: matter.phrase, ended_reminders: false };
        self.answer_about(&heard, answer, settings, now).await
    }

    async fn answer_about(
        &self,
        heard: &Heard<'_>,
        answer: Answer,
        settings: &Settings,
        now: Timestamp,
    ) -> Result<Hearing, BotError> {
        let urgent = matches!(answer.subject, Subject::Urgent(_));
        let capped = heard.guild.filter(|_| heard.attention == Attention::Overheard && !urgent);
        let most = settings.cooldowns.burst;
        // Looked at before the claim: whoever is not answered for the others' sake starts no cooldown.
        if capped.is_some_and(|guild| !self.guilds.has_room(guild, now, most)) {
            return Ok(Hearing::TooMany);
        }
        let Claimed { outcome, ended_reminders } = self.claim(heard, &answer.subject, settings, now).await?;
        if !outcome.is_granted() {
            return Ok(Hearing::HeldBack(outcome));
        }
        if capped.is_some_and(|guild| !self.guilds.allows(guild, now, most)) {
            return Ok(Hearing::TooMany);
        }
        Ok(Hearing::Answer(Answer { ended_reminders, ..answer }))
    }

    /// What to say, or to do, for everybody in a channel of this language.
    pub async fn voice(&self, heard: &Heard<'_>, answer: &Answer, locale: &Locale) -> Voice {
        let library = self.library_in(heard.guild);
        let origin = answer.phrase.map(|phrase| Origin { phrase, author: heard.person });
        match (answer.manner, &answer.subject) {
            (Manner::Reaction, _) => Voice::React(library.content(locale).words.get(TextKey::HearReaction).to_owned()),
            (Manner::Button, Subject::Topic(topic)) => {
                Voice::Say { reply: with_origin(answers::offer(&library, locale, topic), origin), quiet: true }
            }
            (manner, subject) => {
                let asked = Asked { person: heard.person, guild: heard.guild, channel: Some(heard.channel) };
                let reply = self.answer(&asked, subject, locale).await;
                let reply = self.telling_of_reminders(reply, answer.ended_reminders, locale);
                Voice::Say { reply: with_origin(reply, origin), quiet: manner == Manner::Quiet }
            }
        }
    }

    /// The answer about `subject`, for readers of this language.
    pub async fn answer(&self, asked: &Asked, subject: &Subject, locale: &Locale) -> Reply {
        let library = self.library_in(asked.guild);
        match subject {
            Subject::Topic(topic) => self.about(&library, asked, topic, locale).await,
            Subject::Urgent(alarm) => match self.topic(&library, asked, TopicId::RED_FLAGS, locale).await {
                Some(signs) => answers::urgent_about(&library, &signs, alarm, locale),
                None => answers::urgent(&library, alarm, locale),
            },
            Subject::Hello => answers::hello(&library, locale),
        }
    }

    /// The same answer for everybody, which says so where reminders to walk ended for it: the bot may be wrong about an
    /// emergency, and whoever set them would wait for them. It says the same whether there were any: that is theirs to tell.
    pub(super) fn telling_of_reminders(&self, answer: Reply, ended: bool, locale: &Locale) -> Reply {
        if ended { answers::with_reminders_off(&self.library(), locale, answer) } else { answer }
    }

    pub(super) async fn about(&self, library: &Library, asked: &Asked, topic: &TopicId, locale: &Locale) -> Reply {
        match self.topic(library, asked, topic.as_str(), locale).await {
            Some(topic) => answers::about_topic(library, &topic, locale),
            None => answers::about(library, topic, locale),
        }
    }

    /// A topic in the words of a server, with what its moderators left open filled in; nothing if the words are those
    /// that ship with the bot.
    async fn topic(&self, library: &Library, asked: &Asked, id: &str, locale: &Locale) -> Option<Topic> {
        let topic = library.content(locale).topic(id).filter(|topic| topic.origin == TopicOrigin::Server)?;
        let server = match asked.guild.filter(|_| placeholders::names_the_server(topic)) {
            // Whoever needs help does not wait long for a name.
            Some(guild) => match timeout(PATIENCE_WHEN_URGENT, self.platform().name_of(guild)).await {
                Ok(Ok(name)) => name,
                _ => String::new(),
            },
            None => String::new(),
        };
        let names = Names { user: asked.person, server: &server, channel: asked.channel };
        Some(placeholders::filled_topic(topic.clone(), &names))
    }

    /// Counts an answer that was sent.
    pub async fn answered(&self, heard: &Heard<'_>, answer: &Answer, now: Timestamp) {
        self.count(heard.guild, Counted::Answered, answer.phrase, now).await;
    }

    /// The language of what everybody in a server sees; `own` is what the server itself has on its platform.
    pub fn public_locale(&self, guild: GuildId, own: Locale) -> Locale {
        match self.at_hand(guild) {
            AtHand::Guild(guild) => guild.book.settings.locale(own),
            AtHand::Nothing | AtHand::Unknown => own,
        }
    }

    /// Whether the answer about `subject` depends on where its readers are: on their language, or on the number that
    /// they would have to call.
    pub fn needs_locale(&self, subject: &Subject) -> bool {
        matches!(subject, Subject::Urgent(_)) || self.library().languages().count() > 1
    }

    /// Claims the right to answer a message about `subject`. An urgent one does not wait for a store that is ill: it is
    /// granted, and the nonce keeps a second copy away. Whoever tells of an emergency is not reminded to walk, either.
    pub(super) async fn claim(
        &self,
        heard: &Heard<'_>,
        subject: &Subject,
        settings: &Settings,
        now: Timestamp,
    ) -> Result<Claimed, BotError> {
        let claim = AnswerClaim {
            message: heard.message,
            person: heard.person,
            urgent: matches!(subject, Subject::Urgent(_)),
            now,
            holds: self.holds(subject, heard, settings, now),
            keep_message_until: now.after(REMEMBER_ANSWERED),
        };
        if !claim.urgent {
            return Ok(self.store.claim_answer(&claim).await?.into());
        }
        let ends_reminders = hearing::ends_reminders(subject, heard);
        let claimed = timeout(PATIENCE_WHEN_URGENT, self.claim_urgent(&claim, ends_reminders)).await;
        let problem = match claimed {
            Ok(Ok(claimed)) => return Ok(claimed),
            Ok(Err(error)) => error.to_string(),
            Err(_) => "it takes too long".to_owned(),
        };
        tracing::error!(message.id = heard.message.get(), problem, "answering an urgent message without the store");
        Ok(AnswerClaimed::Granted.into())
    }

    /// What must not be running for an answer, and runs after it.
    pub(super) fn holds(
        &self,
        subject: &Subject,
        heard: &Heard<'_>,
        settings: &Settings,
        now: Timestamp,
    ) -> Vec<Cooldown> {
        let Subject::Urgent(alarm) = subject else { return hearing::cooldowns(subject, heard, settings, now) };
        let answer = answers::which_urgent(&self.library(), alarm);
        hearing::urgent_cooldown(answer, heard, now).into_iter().collect()
    }

    async fn claim_urgent(&self, claim: &AnswerClaim, ends_reminders: bool) -> Result<Claimed, StoreError> {
        let outcome = self.store.claim_answer(claim).await?;
        let ended_reminders = ends_reminders && outcome.is_granted();
        if ended_reminders {
            self.store.stop_all_reminders(claim.person, claim.now).await?;
        }
        Ok(Claimed { outcome, ended_reminders })
    }
}

/// An emergency is answered in full, and so is whoever speaks to the bot.
pub(super) fn manner_for(subject: &Subject, heard: &Heard<'_>, manner: Manner) -> Manner {
    let whole = matches!(subject, Subject::Urgent(_)) || heard.attention != Attention::Overheard;
    match manner {
        Manner::Button | Manner::Reaction if whole => Manner::Full,
        Manner::Quiet if matches!(subject, Subject::Urgent(_)) => Manner::Full,
        manner => manner,
    }
}

/// The same reply, whose buttons tell which phrase they go back to.
pub(super) fn with_origin(mut reply: Reply, origin: Option<Origin>) -> Reply {
    let Some(origin) = origin else { return reply };
    for control in reply.controls.iter_mut().flatten() {
        if let Control::Button { action, .. } = control {
            *action = action.clone().of(origin);
        }
    }
    reply
}
