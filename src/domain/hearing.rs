//! May the bot speak here, and what is this about?

mod cooldowns;

use std::collections::VecDeque;
use std::time::Duration;

use super::guild::BURST_WINDOW;
use super::matching::{Alarm, Trigger, Urgency};
use super::settings::{Listening, Settings};
use super::topics::TopicId;
use super::{ChannelId, GuildId, MessageId, Timestamp, UserId};

pub use cooldowns::{Cooldown, CooldownKey, UrgentAnswer, cooldowns, urgent_cooldown};

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
    /// To others, and somebody else than its author points the bot to it, however old it is.
    PointedAt,
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

/// How long an edit may be on its way to the bot, and how far its clock may be from the platform's.
const EDIT_SLACK: Duration = Duration::from_secs(60);

/// The longest message that is looked at, in bytes: Discord's own limit is 4,000 characters of at most 4 bytes.
const LONGEST_MESSAGE: usize = 16_000;

/// Signs with which commands for other bots begin, as in `!play` or `$rank`.
const COMMAND_SIGNS: [char; 13] = ['!', '/', '.', '$', '%', '&', ';', ',', '?', '+', '=', '-', '^'];

/// Whether a message is one that the bot may answer at all, whatever it is about.
pub fn may_be_answered(heard: &Heard<'_>, settings: &Settings, now: Timestamp) -> bool {
    let heard_at_all = match heard.attention {
        Attention::Addressed | Attention::Reply | Attention::PointedAt => true,
        Attention::Overheard => settings.listening == Listening::Content,
        Attention::OtherBot => false,
    };
    heard.author == Author::Person
        && heard_at_all
        && in_time(heard, now)
        && !heard.text.is_empty()
        && heard.text.len() <= LONGEST_MESSAGE
}

/// A message comes as an edit also when it is pinned, gets a thread or loses a preview, and then still tells of the edit
/// that it once had. So it has to be young itself, too.
fn in_time(heard: &Heard<'_>, now: Timestamp) -> bool {
    let written = heard.message.written_at();
    let is_young = now.since(written) <= EDIT_WINDOW + EDIT_SLACK;
    heard.edited.is_none_or(|edited| is_young && edited.since(written) <= EDIT_WINDOW)
}

/// Whether despair is heard though no back is named: where it is told to the bot itself, which has nobody else to leave it to.
pub fn listens_for_danger(heard: &Heard<'_>) -> bool {
    matches!(heard.attention, Attention::Addressed | Attention::Reply)
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

/// Whether the reminders to walk of a message's author end with it: in an emergency, but by nobody's act but their own.
pub fn ends_reminders(subject: &Subject, heard: &Heard<'_>) -> bool {
    let own = heard.attention != Attention::PointedAt;
    own && matches!(subject, Subject::Urgent(alarm) if alarm.urgency == Urgency::Emergency)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::matching::Urgency;

    pub(super) fn heard(text: &str) -> Heard<'_> {
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
        may_be_answered(&heard, &Settings::default(), heard.message.written_at())
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
    fn an_emergency_ends_the_reminders_of_its_author_unless_somebody_else_points_at_it() {
        let ends = |urgency: Urgency, attention| {
            ends_reminders(&Subject::Urgent(urgency.into()), &Heard { attention, ..heard("my legs are numb") })
        };
        for own in [Attention::Overheard, Attention::Addressed, Attention::Reply] {
            assert!(ends(Urgency::Emergency, own), "{own:?}");
        }
        assert!(!ends(Urgency::Emergency, Attention::PointedAt));
        assert!(!ends(Urgency::Today, Attention::Overheard), "these begin with what to check");
    }

    #[test]
    fn an_edit_counts_for_five_minutes() {
        let written = heard("").message.written_at();
        let edited = |after: Duration| Heard { edited: Some(written.after(after)), ..heard("my back went out") };
        assert!(may(edited(EDIT_WINDOW)));
        assert!(!may(edited(EDIT_WINDOW + Duration::from_millis(1))));
    }

    #[test]
    fn a_message_that_was_edited_once_is_not_heard_again_when_it_is_pinned_a_day_later() {
        let written = heard("").message.written_at();
        let edited = Heard { edited: Some(written.after(Duration::from_secs(60))), ..heard("my back went out") };
        let heard_after = |after| may_be_answered(&edited, &Settings::default(), written.after(after));
        assert!(heard_after(EDIT_WINDOW), "an edit at the last moment");
        assert!(heard_after(EDIT_WINDOW + EDIT_SLACK), "on its way for a while");
        assert!(!heard_after(EDIT_WINDOW + EDIT_SLACK + Duration::from_millis(1)));
        assert!(!heard_after(Duration::from_secs(24 * 60 * 60)));
    }

    #[test]
    fn listening_to_mentions_hears_only_what_is_addressed() {
        let settings = Settings { listening: Listening::Mentions, ..Settings::default() };
        let now = Timestamp::from_millis(0);
        assert!(!may_be_answered(&heard("my back went out"), &settings, now));
        let addressed = Heard { attention: Attention::Addressed, ..heard("my back went out") };
        assert!(may_be_answered(&addressed, &settings, now));
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
    fn only_who_speaks_to_the_bot_is_greeted() {
        let with = |attention| subject(None, &Heard { attention, ..heard("hi") });
        assert_eq!(with(Attention::Overheard), None);
        assert_eq!(with(Attention::Reply), None, "a thank-you needs no greeting");
        assert_eq!(with(Attention::Addressed), Some(Subject::Hello));
    }
}
