//! How long the bot keeps quiet after an answer, and towards whom.

use std::time::Duration;

use super::{Attention, Heard, Subject};
use crate::domain::settings::Settings;
use crate::domain::topics::TopicId;
use crate::domain::{ChannelId, GuildId, Timestamp, UserId};

/// How long an urgent answer is not said again to the same person in the same channel. Short: it still stands there, a
/// little further up.
const URGENT_REST: Duration = Duration::from_secs(60);

/// How long the bot then keeps quiet, and towards whom. An urgent answer has a
/// rest of its own: [`urgent_cooldown`].
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

/// How long this urgent answer is then not said again to the same person in the same channel. The first is never held
/// back: nothing but that answer itself, there, makes it wait; and nobody but that person, who may write of another
/// trouble after somebody pointed at an old message of theirs.
pub fn urgent_cooldown(answer: UrgentAnswer, heard: &Heard<'_>, now: Timestamp) -> Option<Cooldown> {
    let key = CooldownKey::Urgent(heard.person, heard.channel, answer);
    (heard.attention != Attention::PointedAt).then(|| Cooldown { key, until: now.after(URGENT_REST) })
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
    /// A person in a channel, with this urgent answer.
    Urgent(UserId, ChannelId, UrgentAnswer),
}

/// One of the urgent answers that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UrgentAnswer {
    /// A doctor, today.
    Today,
    /// The ambulance, now.
    Emergency,
    /// A danger that has an answer of its own, by its place among them.
    Danger(usize),
}

/// A number that says less to who reads a database than a word. The first two never change; dangers follow them.
impl std::fmt::Display for UrgentAnswer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let number = match self {
            Self::Today => 0,
            Self::Emergency => 1,
            Self::Danger(place) => place.saturating_add(2),
        };
        write!(formatter, "{number}")
    }
}

impl CooldownKey {
    /// The person whom this cooldown tells something about.
    pub fn person(&self) -> Option<UserId> {
        match self {
            Self::PersonTopic(person, _) | Self::Greeting(person) | Self::Urgent(person, ..) => Some(*person),
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
            Self::Urgent(person, channel, answer) => write!(formatter, "urgent:{person}:{channel}:{answer}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hearing::tests::heard;
    use crate::domain::matching::Urgency;

    #[test]
    fn an_urgent_answer_waits_for_nothing_but_itself() {
        let now = Timestamp::from_millis(0);
        let urgent = Subject::Urgent(Urgency::Emergency.into());
        assert!(cooldowns(&urgent, &heard("x"), &Settings::default(), now).is_empty());
        let held = urgent_cooldown(UrgentAnswer::Emergency, &heard("x"), now).expect("a rest");
        assert_eq!(held.until, now.after(URGENT_REST));
        let elsewhere = Heard { channel: ChannelId::new(9), ..heard("x") };
        let another = Heard { person: UserId::new(9), ..heard("x") };
        let others = [
            urgent_cooldown(UrgentAnswer::Emergency, &elsewhere, now),
            urgent_cooldown(UrgentAnswer::Emergency, &another, now),
            urgent_cooldown(UrgentAnswer::Today, &heard("x"), now),
            urgent_cooldown(UrgentAnswer::Danger(0), &heard("x"), now),
            urgent_cooldown(UrgentAnswer::Danger(1), &heard("x"), now),
        ];
        for other in others.iter().flatten() {
            assert_ne!(other.key, held.key);
            assert_ne!(other.key.to_string(), held.key.to_string());
        }
    }

    #[test]
    fn who_points_at_somebody_elses_message_does_not_make_its_author_wait() {
        let pointed_at = Heard { attention: Attention::PointedAt, ..heard("x") };
        assert_eq!(urgent_cooldown(UrgentAnswer::Emergency, &pointed_at, Timestamp::from_millis(0)), None);
    }

    #[test]
    fn whoever_speaks_to_the_bot_does_not_wait_for_the_rest_of_the_channel() {
        let now = Timestamp::from_millis(0);
        let addressed = Heard { attention: Attention::Addressed, ..heard("x") };
        let held = cooldowns(&Subject::Hello, &addressed, &Settings::default(), now);
        assert!(matches!(held[..], [Cooldown { key: CooldownKey::Greeting(..), .. }]));
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
    fn the_stored_names_never_change_and_fit_their_column() {
        let topic = TopicId::parse("back-went-out").unwrap();
        assert_eq!(CooldownKey::PersonTopic(UserId::new(7), topic).to_string(), "person:7:back-went-out");
        assert_eq!(CooldownKey::Greeting(UserId::new(7)).to_string(), "greeting:7");
        assert_eq!(CooldownKey::Channel(ChannelId::new(8)).to_string(), "channel:8");
        let urgent = |answer| CooldownKey::Urgent(UserId::new(7), ChannelId::new(8), answer).to_string();
        assert_eq!(urgent(UrgentAnswer::Today), "urgent:7:8:0");
        assert_eq!(urgent(UrgentAnswer::Emergency), "urgent:7:8:1");
        assert_eq!(urgent(UrgentAnswer::Danger(1)), "urgent:7:8:3");
        let longest = TopicId::parse(&"x".repeat(TopicId::LONGEST)).unwrap();
        assert!(CooldownKey::PersonTopic(UserId::new(u64::MAX), longest.clone()).to_string().len() <= 96);
        assert!(CooldownKey::Topic(GuildId::new(u64::MAX), longest).to_string().len() <= 96);
    }
}
