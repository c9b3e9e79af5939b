//! The right to answer a message, and what holds it back.

use std::collections::BTreeMap;

pub use crate::domain::hearing::{Cooldown, CooldownKey};
use crate::domain::{MessageId, Timestamp, UserId};

/// A wish to answer a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerClaim {
    /// The message to be answered.
    pub message: MessageId,
    /// Who wrote it.
    pub person: UserId,
    /// Whether the answer is urgent. A message that was answered may be edited into an urgent one, and is then answered
    /// once more; never the other way round.
    pub urgent: bool,
    /// The present moment.
    pub now: Timestamp,
    /// The cooldowns that must not be running, and how long each runs if the claim is granted. An urgent answer
    /// has none but its own.
    pub holds: Vec<Cooldown>,
    /// How long to remember that the message was answered.
    pub keep_message_until: Timestamp,
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

impl AnswerClaimed {
    /// Whether the message is to be answered.
    pub fn is_granted(&self) -> bool {
        *self == Self::Granted
    }
}

impl From<Cooldown> for AnswerClaimed {
    fn from(Cooldown { key, until }: Cooldown) -> Self {
        Self::Held { key, until }
    }
}

/// Of the cooldowns that run after `now` the one that ends last; of equals the one whose name sorts first.
pub(super) fn longest_running(found: impl Iterator<Item = Cooldown>, now: Timestamp) -> Option<Cooldown> {
    found
        .filter(|cooldown| cooldown.until > now)
        .max_by(|one, other| one.until.cmp(&other.until).then_with(|| other.key.to_string().cmp(&one.key.to_string())))
}
