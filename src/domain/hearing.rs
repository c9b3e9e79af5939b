//! May the bot speak here, and what is this about?

use std::collections::VecDeque;
use std::time::Duration;

use super::guild::BURST_WINDOW;
use super::matching::{Alarm, Trigger};
use super::settings::{Listening, Settings};
use super::topics::TopicId;
use super::{ChannelId, GuildId, MessageId, Timestamp, UserId};

/// A message as it reaches the bot. Its text is looked at and forgotten.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'a> {
    /// The message.
    pub message: MessageId,
    /// Where it was written.
    pub channel: ChannelId,
    /// The server, unless it is a direct message.
    pub guild: Option<GuildId>,
    /// Who wrote it.
    pub person: UserId,
    /// What kind of author that is.
    pub author: Author,
    /// Whether it was written to the bot.
    pub attention: Attention,
    /// When it was last edited, if it was.
    pub edited: Option<Timestamp>,
    /// What it says.
    pub text: &'a str,
}

/// What kind of author a message has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// A person.
    Person,
    /// A bot, a webhook, the system, or this bot itself.
    Machine,
}

/// To whom a message is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attention {
    /// To others; the bot overhears it.
    Overheard,
    /// To the bot: a mention, a direct message.
    Addressed,
    /// As a reply to something that the bot said.
    Reply,
    /// To another bot, which it mentions first.
    OtherBot,
}

/// What the bot would answer about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A topic.
    Topic(TopicId),
    /// A warning sign.
    Urgent(Alarm),
    /// Nothing that it knows, but somebody spoke to it.
    Hello,
}

/// How long after it was written a message may be edited into a trigger.
pub const EDIT_WINDOW: Duration = Duration::from_secs(5 * 60);

/// The longest message that is looked at, in bytes: Discord's own limit is 4,000 characters of at most 4 bytes.
const LONGEST_MESSAGE: usize = 16_000;

/// Signs with which commands for other bots begin, as in `!play` or `$rank`.
const COMMAND_SIGNS: [char; 13] = ['!', '/', '.', '$', '%', '&', ';', ',', '?', '+', '=', '-', '^'];

/// Whether a message is one that the bot may answer at all, whatever it is about.
pub fn may_be_answered(heard: &Heard<'_>, settings: &Settings) -> bool {
    let heard_at_all = match heard.attention {
        Attention::Addressed | Attention::Reply => true,
        Attention::Overheard => settings.listening == Listening::Content,
        Attention::OtherBot => false,
    };
    heard.author == Author::Person
        && heard_at_all
        && in_time(heard)
        && !heard.text.is_empty()
        && heard.text.len() <= LONGEST_MESSAGE
}

fn in_time(heard: &Heard<'_>) -> bool {
    heard.edited.is_none_or(|edited| edited.since(heard.message.written_at()) <= EDIT_WINDOW)
}

/// Whether a text looks like a command for another bot: a sign, and a word right behind it.
fn is_command(text: &str) -> bool {
    let mut characters = text.trim_start().chars();
    let Some(sign) = characters.next().filter(|first| COMMAND_SIGNS.contains(first)) else { return false };
    let rest = characters.as_str();
    // Two signs are a prefix too (`!!help`), but dots and dashes in a row are how people pause.
    let rest = if matches!(sign, '.' | '-' | ',') { rest } else { rest.strip_prefix(sign).unwrap_or(rest) };
    rest.starts_with(char::is_alphabetic)
}

/// What to answer about: what fired, or a greeting for somebody who spoke to the bot about something else. What looks
/// like a command for another bot is left to that bot, unless it tells of an emergency.
pub fn subject(trigger: Option<Trigger>, heard: &Heard<'_>) -> Option<Subject> {
    if let Some(alarm) = trigger.as_ref().and_then(Trigger::alarm) {
        return Some(Subject::Urgent(alarm));
    }
    match trigger {
        _ if heard.attention == Attention::Overheard && is_command(heard.text) => None,
        Some(trigger) => Some(Subject::Topic(trigger.topic)),
        None => (heard.attention == Attention::Addressed).then_some(Subject::Hello),
    }
}

/// How long the bot then keeps quiet, and towards whom. Nothing ever holds back an urgent answer.
pub fn cooldowns(subject: &Subject, heard: &Heard<'_>, settings: &Settings, now: Timestamp) -> Vec<Cooldown> {
    let towards_person = match subject {
        Subject::Urgent(_) => return Vec::new(),
        Subject::Topic(topic) => CooldownKey::PersonTopic(heard.person, topic.clone()),
        Subject::Hello => CooldownKey::Greeting(heard.person),
    };
    let person = Cooldown { key: towards_person, until: now.after(settings.cooldowns.person) };
    let channel = Cooldown { key: CooldownKey::Channel(heard.channel), until: now.after(settings.cooldowns.channel) };
    // Whoever speaks to the bot wants an answer: the rest of channel and topic is for what it overhears.
    if heard.attention != Attention::Overheard {
        return vec![person];
    }
    let topic = match (subject, heard.guild) {
        (Subject::Topic(topic), Some(guild)) if !settings.cooldowns.topic.is_zero() => {
            let key = CooldownKey::Topic(guild, topic.clone());
            Some(Cooldown { key, until: now.after(settings.cooldowns.topic) })
        }
        _ => None,
    };
    [Some(person), Some(channel), topic].into_iter().flatten().collect()
}

/// The latest answers in a server, for its burst cap: however many people speak at once, a server is not flooded.
#[derive(Clone, Debug, Default)]
pub struct Burst(VecDeque<Timestamp>);

impl Burst {
    /// Whether one more answer at `now` stays within `most`; then it counts.
    pub fn allows(&mut self, now: Timestamp, most: u32) -> bool {
        // What lies ahead is from a clock that was set back since.
        self.0.retain(|at| *at <= now && now.since(*at) < BURST_WINDOW);
        let allowed = self.0.len() < usize::try_from(most).unwrap_or(usize::MAX);
        if allowed {
            self.0.push_back(now);
        }
        allowed
    }

    /// Whether no answer counts any more.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.0.iter().all(|at| now.since(*at) >= BURST_WINDOW)
    }
}

/// A time of quiet and its end. At `until` itself it is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cooldown {
    /// Towards whom.
    pub key: CooldownKey,
    /// Until when.
    pub until: Timestamp,
}

/// Towards whom the bot keeps quiet.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CooldownKey {
    /// A person, about this topic.
    PersonTopic(UserId, TopicId),
    /// A person, as to greetings.
    Greeting(UserId),
    /// Everybody in a channel.
    Channel(ChannelId),
    /// Everybody in a server, about this topic.
    Topic(GuildId, TopicId),
}

impl CooldownKey {
    /// The person whom this cooldown tells something about.
    pub fn person(&self) -> Option<UserId> {
        match self {
            Self::PersonTopic(person, _) | Self::Greeting(person) => Some(*person),
            Self::Channel(_) | Self::Topic(..) => None,
        }
    }
}

/// The name under which a store keeps the key: never change what is written here.
impl std::fmt::Display for CooldownKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::PersonTopic(person, topic) => write!(formatter, "person:{person}:{topic}"),
            Self::Greeting(person) => write!(formatter, "greeting:{person}"),
            Self::Channel(channel) => write!(formatter, "channel:{channel}"),
            Self::Topic(guild, topic) => write!(formatter, "topic:{guild}:{topic}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::matching::Urgency;

    fn heard(text: &str) -> Heard<'_> {
        Heard {
            message: MessageId::new(175_928_847_299_117_063),
            channel: ChannelId::new(1),
            guild: Some(GuildId::new(2)),
            person: UserId::new(3),
            author: Author::Person,
            attention: Attention::Overheard,
            edited: None,
            text,
        }
    }

    fn may(heard: Heard<'_>) -> bool {
        may_be_answered(&heard, &Settings::default())
    }

    #[test]
    fn people_are_answered_and_machines_are_not() {
        assert!(may(heard("my back went out")));
        assert!(!may(Heard { author: Author::Machine, ..heard("my back went out") }));
    }

    fn topic() -> Trigger {
        Trigger {
            topic: TopicId::parse("back-went-out").unwrap(),
            urgency: None,
            signs: Vec::new(),
            phrase: String::new(),
            cause: crate::domain::matching::Cause::Shipped,
            place: crate::domain::document::Place { file: String::new(), line: None },
            span: 0..0,
        }
    }

    #[test]
    fn commands_for_other_bots_are_not_for_us() {
        for command in ["!play my back went out", "/tts my back went out", "$rank", "!!help back", "?tag back", "-skip"]
        {
            assert_eq!(subject(Some(topic()), &heard(command)), None, "{command}");
        }
        for chat in ["...my back went out", "- my back went out", "~~fine~~ my back", "*sigh* back's out", "?? my back"]
        {
            assert!(subject(Some(topic()), &heard(chat)).is_some(), "{chat}");
        }
        assert!(!may(Heard { attention: Attention::OtherBot, ..heard("@Music my back went out") }));
    }

    #[test]
    fn an_emergency_is_answered_even_where_it_looks_like_a_command() {
        let urgent = Trigger { urgency: Some(Urgency::Emergency), ..topic() };
        let subject = subject(Some(urgent), &heard("-cant feel my legs since my back went out"));
        assert_eq!(subject, Some(Subject::Urgent(Urgency::Emergency.into())));
    }

    #[test]
    fn an_edit_counts_for_five_minutes() {
        let written = heard("").message.written_at();
        let edited = |after: Duration| Heard { edited: Some(written.after(after)), ..heard("my back went out") };
        assert!(may(edited(EDIT_WINDOW)));
        assert!(!may(edited(EDIT_WINDOW + Duration::from_millis(1))));
    }

    #[test]
    fn listening_to_mentions_hears_only_what_is_addressed() {
        let settings = Settings { listening: Listening::Mentions, ..Settings::default() };
        assert!(!may_be_answered(&heard("my back went out"), &settings));
        let addressed = Heard { attention: Attention::Addressed, ..heard("my back went out") };
        assert!(may_be_answered(&addressed, &settings));
    }

    #[test]
    fn an_urgent_answer_waits_for_nothing() {
        let now = Timestamp::from_millis(0);
        let urgent = Subject::Urgent(Urgency::Emergency.into());
        assert!(cooldowns(&urgent, &heard("x"), &Settings::default(), now).is_empty());
    }

    #[test]
    fn whoever_speaks_to_the_bot_does_not_wait_for_the_rest_of_the_channel() {
        let now = Timestamp::from_millis(0);
        let addressed = Heard { attention: Attention::Addressed, ..heard("x") };
        let held = cooldowns(&Subject::Hello, &addressed, &Settings::default(), now);
        assert!(matches!(held[..], [Cooldown { key: CooldownKey::Greeting(..), .. }]));
    }

    #[test]
    fn a_server_is_not_flooded_with_answers() {
        let mut burst = Burst::default();
        let now = Timestamp::from_millis(1_000_000);
        assert!(burst.allows(now, 2) && burst.allows(now, 2));
        assert!(!burst.allows(now, 2));
        let later = now.after(BURST_WINDOW);
        assert!(burst.allows(later, 2));
        assert!(burst.allows(now, 1), "a clock that was set back does not silence the bot");
    }

    #[test]
    fn a_topic_rests_in_the_whole_server_where_that_is_wished() {
        let now = Timestamp::from_millis(0);
        let mut settings = Settings::default();
        settings.cooldowns.topic = Duration::from_secs(60);
        let topic = Subject::Topic(TopicId::parse("sleep").unwrap());
        let held = cooldowns(&topic, &heard("x"), &settings, now);
        assert!(held.iter().any(|hold| matches!(hold.key, CooldownKey::Topic(..))), "{held:?}");
    }

    #[test]
    fn only_who_speaks_to_the_bot_is_greeted() {
        let with = |attention| subject(None, &Heard { attention, ..heard("hi") });
        assert_eq!(with(Attention::Overheard), None);
        assert_eq!(with(Attention::Reply), None, "a thank-you needs no greeting");
        assert_eq!(with(Attention::Addressed), Some(Subject::Hello));
    }

    #[test]
    fn the_stored_names_never_change_and_fit_their_column() {
        let topic = TopicId::parse("back-went-out").unwrap();
        assert_eq!(CooldownKey::PersonTopic(UserId::new(7), topic).to_string(), "person:7:back-went-out");
        assert_eq!(CooldownKey::Greeting(UserId::new(7)).to_string(), "greeting:7");
        assert_eq!(CooldownKey::Channel(ChannelId::new(8)).to_string(), "channel:8");
        let longest = TopicId::parse(&"x".repeat(TopicId::LONGEST)).unwrap();
        assert!(CooldownKey::PersonTopic(UserId::new(u64::MAX), longest.clone()).to_string().len() <= 96);
        assert!(CooldownKey::Topic(GuildId::new(u64::MAX), longest).to_string().len() <= 96);
    }
}
