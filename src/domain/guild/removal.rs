//! Servers that removed the bot: what is held about one waits for its return, and is then deleted.
//!
//! Discord tells at each login which servers the bot is in; of those that it left meanwhile nothing else is heard.

use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::time::Duration;

use crate::domain::{GuildId, Timestamp};

/// How long what is held about a server waits for its return, from the first login on at which it was missing.
pub const KEPT_AFTER_REMOVAL: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The bits of an id that tell its time, by which Discord deals servers out to shards.
/// Source: Discord API reference, "Sharding formula".
const TIME_FROM_BIT: u32 = 22;

/// What Discord told at a login: the servers of one shard that the bot is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollCall {
    /// The servers that the bot is in.
    pub present: BTreeSet<GuildId>,
    /// The shard that logged in: only its servers are told.
    pub shard: u32,
    /// How many shards there are.
    pub shards: NonZeroU32,
}

/// A server that something is held about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The server.
    pub guild: GuildId,
    /// When it was first missing, if it still was at the last login.
    pub missing_since: Option<Timestamp>,
}

/// What a login tells about a server that something is held about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It is missing for the first time.
    Missing(GuildId),
    /// It is there again.
    Back(GuildId),
    /// It has been missing for so long that what is held about it is to be deleted.
    Gone(GuildId),
}

impl RollCall {
    /// Whether this login tells about the server.
    fn tells_of(&self, guild: GuildId) -> bool {
        (guild.get() >> TIME_FROM_BIT) % u64::from(self.shards.get()) == u64::from(self.shard)
    }

    /// What this tells of the servers that something is held about. Where no server at all was told it tells nothing: that
    /// may as well be a fault, and what is deleted cannot be had back.
    pub fn findings(&self, held: &[Held], now: Timestamp) -> Vec<Finding> {
        let told = held.iter().filter(|held| !self.present.is_empty() && self.tells_of(held.guild));
        told.filter_map(|held| self.finding(*held, now)).collect()
    }

    fn finding(&self, held: Held, now: Timestamp) -> Option<Finding> {
        match (self.present.contains(&held.guild), held.missing_since) {
            (true, None) => None,
            (true, Some(_)) => Some(Finding::Back(held.guild)),
            (false, None) => Some(Finding::Missing(held.guild)),
            (false, Some(since)) => (now.since(since) >= KEPT_AFTER_REMOVAL).then_some(Finding::Gone(held.guild)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHESS: GuildId = GuildId::new(1 << 22);
    const CLIMBING: GuildId = GuildId::new(2 << 22);
    const START: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    fn roll_call(present: &[GuildId]) -> RollCall {
        RollCall { present: present.iter().copied().collect(), shard: 0, shards: NonZeroU32::MIN }
    }

    fn held(missing_since: Option<Timestamp>) -> [Held; 1] {
        [Held { guild: CLIMBING, missing_since }]
    }

    #[test]
    fn a_server_that_is_missing_is_noted_and_waited_for_and_then_deleted() {
        let call = roll_call(&[CHESS]);
        let later = |days: u64| START.after(Duration::from_secs(days * 24 * 60 * 60));
        assert_eq!(call.findings(&held(None), START), [Finding::Missing(CLIMBING)]);
        assert_eq!(call.findings(&held(Some(START)), later(29)), []);
        assert_eq!(call.findings(&held(Some(START)), later(30)), [Finding::Gone(CLIMBING)]);
    }

    #[test]
    fn a_server_that_is_back_is_waited_for_no_more() {
        let call = roll_call(&[CHESS, CLIMBING]);
        assert_eq!(call.findings(&held(Some(START)), START), [Finding::Back(CLIMBING)]);
        assert_eq!(call.findings(&held(None), START), []);
    }

    #[test]
    fn a_login_without_any_server_tells_nothing() {
        assert_eq!(roll_call(&[]).findings(&held(None), START), []);
    }

    #[test]
    fn a_shard_tells_only_of_its_own_servers() {
        let shard = |shard| RollCall { shard, shards: NonZeroU32::new(2).unwrap(), ..roll_call(&[CHESS]) };
        assert_eq!(shard(0).findings(&held(None), START), [Finding::Missing(CLIMBING)]);
        assert_eq!(shard(1).findings(&held(None), START), []);
    }
}
