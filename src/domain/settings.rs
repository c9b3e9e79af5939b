//! The choices that shape when and how the bot speaks.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How the bot behaves, the same for every server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How it comes to hear messages.
    pub listening: Listening,
    /// How long it keeps quiet after an answer.
    pub cooldowns: Cooldowns,
    /// How many reminders one person may have waiting.
    pub reminders_per_person: u32,
    /// From when on a reminder says that it is late.
    pub late_after: Duration,
}

/// How the bot comes to hear messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Listening {
    /// It reads every message (the privileged message-content intent).
    Content,
    /// It reads what is addressed to it: mentions, replies to it, direct messages, commands.
    Mentions,
}

/// How long the bot keeps quiet after an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cooldowns {
    /// Towards the same person, about the same topic.
    pub person: Duration,
    /// In the same channel.
    pub channel: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listening: Listening::Content,
            cooldowns: Cooldowns { person: Duration::from_secs(10 * 60), channel: Duration::from_secs(30) },
            reminders_per_person: 25,
            late_after: Duration::from_secs(60),
        }
    }
}
