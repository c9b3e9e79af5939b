//! The choices that shape when and how the bot speaks.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::guild::GuildSettings;

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
    /// About the same topic, in the same server.
    pub topic: Duration,
    /// How many answers there are at most in a server within
    /// [`BURST_WINDOW`](crate::domain::guild::BURST_WINDOW).
    pub burst: u32,
}

impl Settings {
    /// The same, with what a server chose for itself. A server cannot hear more than the bot may.
    #[must_use]
    pub fn of_guild(&self, guild: &GuildSettings) -> Self {
        let listening = match self.listening {
            Listening::Content => guild.listening.unwrap_or(Listening::Content),
            Listening::Mentions => Listening::Mentions,
        };
        let (own, chosen) = (&self.cooldowns, &guild.cooldowns);
        let cooldowns = Cooldowns {
            person: chosen.person.unwrap_or(own.person),
            channel: chosen.channel.unwrap_or(own.channel),
            topic: chosen.topic.unwrap_or(own.topic),
            burst: chosen.burst.unwrap_or(own.burst),
        };
        Self { listening, cooldowns, ..self.clone() }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listening: Listening::Content,
            cooldowns: Cooldowns {
                person: Duration::from_secs(10 * 60),
                channel: Duration::from_secs(30),
                topic: Duration::ZERO,
                burst: 20,
            },
            reminders_per_person: 25,
            late_after: Duration::from_secs(60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_cannot_hear_more_than_the_bot_may() {
        let deaf = Settings { listening: Listening::Mentions, ..Settings::default() };
        let curious = GuildSettings { listening: Some(Listening::Content), ..GuildSettings::default() };
        assert_eq!(deaf.of_guild(&curious).listening, Listening::Mentions);
        let shy = GuildSettings { listening: Some(Listening::Mentions), ..GuildSettings::default() };
        assert_eq!(Settings::default().of_guild(&shy).listening, Listening::Mentions);
    }
}
