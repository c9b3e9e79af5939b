//! The right to answer a message, and what holds it back.

use std::collections::BTreeMap;

use crate::domain::topics::TopicId;
use crate::domain::{ChannelId, MessageId, Timestamp, UserId};

/// A wish to answer a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerClaim {
    /// The message to be answered.
    pub message: MessageId,
    /// Who wrote it.
    pub person: UserId,
    /// The present moment.
    pub now: Timestamp,
    /// The cooldowns that must not be running, and how long each runs if the claim is granted. An urgent answer has
    /// none.
    pub holds: Vec<Cooldown>,
    /// How long to remember that the message was answered.
    pub keep_message_until: Timestamp,
    /// Whether the answer is given even to a person who wants none.
    pub ignore_opt_out: bool,
}

impl AnswerClaim {
    /// The cooldowns in one fixed order, so that two claims never wait for each other in a circle; each key once.
    pub(super) fn holds_in_order(&self) -> BTreeMap<String, &Cooldown> {
        let mut ordered: BTreeMap<String, &Cooldown> = BTreeMap::new();
        for hold in &self.holds {
            let kept = ordered.entry(hold.key.to_string()).or_insert(hold);
            if hold.until > kept.until {
                *kept = hold;
            }
        }
        ordered
    }
}

/// What became of a claim. The first that applies, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerClaimed {
    /// The message was claimed before.
    AlreadyAnswered,
    /// The person wants no answers.
    OptedOut,
    /// A cooldown still runs.
    Held {
        /// The one that runs longest.
        key: CooldownKey,
        /// When it ends.
        until: Timestamp,
    },
    /// Answer it: nobody else will.
    Granted,
}

impl From<Cooldown> for AnswerClaimed {
    fn from(Cooldown { key, until }: Cooldown) -> Self {
        Self::Held { key, until }
    }
}

/// A cooldown and its end. At `until` itself it runs no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cooldown {
    /// What is held back.
    pub key: CooldownKey,
    /// Until when.
    pub until: Timestamp,
}

/// What a cooldown holds back.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CooldownKey {
    /// Answering this person about this topic.
    PersonTopic(UserId, TopicId),
    /// Speaking in this channel.
    Channel(ChannelId),
}

impl CooldownKey {
    /// The person whom this cooldown tells something about.
    pub(super) fn person(&self) -> Option<UserId> {
        match self {
            Self::PersonTopic(person, _) => Some(*person),
            Self::Channel(_) => None,
        }
    }
}

/// The name under which the key is stored: never change what is written here.
impl std::fmt::Display for CooldownKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::PersonTopic(person, topic) => write!(formatter, "person:{person}:{topic}"),
            Self::Channel(channel) => write!(formatter, "channel:{channel}"),
        }
    }
}

/// Of the cooldowns that run after `now` the one that ends last; of equals the one whose name sorts first.
pub(super) fn longest_running(found: impl Iterator<Item = Cooldown>, now: Timestamp) -> Option<Cooldown> {
    found
        .filter(|cooldown| cooldown.until > now)
        .max_by(|one, other| one.until.cmp(&other.until).then_with(|| other.key.to_string().cmp(&one.key.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_names_never_change_and_fit_their_column() {
        let topic = TopicId::parse("back-went-out").unwrap();
        assert_eq!(CooldownKey::PersonTopic(UserId::new(7), topic).to_string(), "person:7:back-went-out");
        assert_eq!(CooldownKey::Channel(ChannelId::new(8)).to_string(), "channel:8");
        let longest = TopicId::parse(&"x".repeat(TopicId::LONGEST)).unwrap();
        assert!(CooldownKey::PersonTopic(UserId::new(u64::MAX), longest).to_string().len() <= 96);
    }
}
