//! Who and where: ids as Discord gives them, one type each, so that a channel can never be passed for a person.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(u64);

        impl $name {
            /// Wraps a Discord snowflake.
            pub const fn new(snowflake: u64) -> Self {
                Self(snowflake)
            }

            /// The snowflake itself.
            pub const fn get(self) -> u64 {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }
    };
}

id! {
    /// A person (or a bot).
    UserId
}
id! {
    /// A channel, a thread or a direct conversation.
    ChannelId
}
id! {
    /// A server.
    GuildId
}
id! {
    /// A message.
    MessageId
}
id! {
    /// A role of a server.
    RoleId
}

/// Discord's first second, 2015-01-01T00:00:00Z, in Unix milliseconds.
/// Source: Discord API reference, "Snowflakes".
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

/// The lower bits, which tell apart ids of the same millisecond.
const SEQUENCE_BITS: u64 = 22;

impl MessageId {
    /// The id of a message that Discord did not number: written at `moment`, as the `sequence`th of that time.
    pub fn at(moment: super::Timestamp, sequence: u16) -> Self {
        let since_epoch = moment.as_millis().saturating_sub(DISCORD_EPOCH_MS).max(0).unsigned_abs();
        Self((since_epoch << SEQUENCE_BITS) | u64::from(sequence))
    }

    /// When the message was written: a snowflake carries its time in the upper 42 bits.
    pub fn written_at(self) -> super::Timestamp {
        let since_epoch = i64::try_from(self.get() >> SEQUENCE_BITS).unwrap_or(i64::MAX);
        super::Timestamp::from_millis(since_epoch.saturating_add(DISCORD_EPOCH_MS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_id_tells_when_it_was_written() {
        // The example of Discord's own reference page.
        let message = MessageId::new(175_928_847_299_117_063);
        assert_eq!(message.written_at().as_millis(), 1_462_015_105_796);
    }

    #[test]
    fn an_id_can_be_made_for_a_moment() {
        let moment = super::super::Timestamp::from_millis(1_462_015_105_796);
        assert_eq!(MessageId::at(moment, u16::MAX).written_at(), moment);
        assert_ne!(MessageId::at(moment, 1), MessageId::at(moment, 2));
    }
}
