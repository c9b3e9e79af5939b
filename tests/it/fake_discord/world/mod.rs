//! The world the fake stands for: who is there, where they talk, what was said. A plain model, without sockets or waiting;
//! `rest` and `gateway` translate it to the wire and back.

pub mod clock;
pub mod commands;
pub mod interactions;
pub mod messages;
pub mod people;
pub mod permissions;
pub mod pings;
pub mod places;
pub mod reactions;
pub mod uploads;

use std::collections::BTreeMap;

use serde_json::Value;

use clock::Clock;
use interactions::Interaction;
use messages::Message;
use people::User;
use places::{Channel, Guild};
use uploads::Upload;

/// A snowflake.
pub type Id = u64;

/// Everything there is.
#[derive(Debug)]
pub struct World {
    pub clock: Clock,
    pub bot: BotAccount,
    pub guilds: BTreeMap<Id, Guild>,
    pub channels: BTreeMap<Id, Channel>,
    pub users: BTreeMap<Id, User>,
    pub messages: BTreeMap<Id, Message>,
    pub interactions: BTreeMap<Id, Interaction>,
    /// Application commands as registered: for everywhere under `None`, for one guild under its id.
    pub commands: BTreeMap<Option<Id>, Vec<Value>>,
    /// Where files are fetched from.
    pub cdn: String,
    /// Files that people gave to commands.
    pub uploads: BTreeMap<Id, Upload>,
}

/// The account that the bot under test logs in with.
#[derive(Debug)]
pub struct BotAccount {
    pub token: String,
    pub application: Id,
    pub user: Id,
    /// Privileged intents that the developer portal grants.
    pub granted_intents: u64,
}

/// The intents that need a switch in the developer portal: members, presences, message content.
pub const PRIVILEGED_INTENTS: u64 = 1 << 1 | 1 << 8 | MESSAGE_CONTENT;
/// The intent to read what people write.
pub const MESSAGE_CONTENT: u64 = 1 << 15;

impl World {
    /// A world with nobody in it but the bot.
    pub fn new() -> Self {
        let mut clock = Clock::default();
        let bot = clock.next_id();
        let account = BotAccount {
            token: format!("fake.{bot}.token"),
            application: bot,
            user: bot,
            granted_intents: PRIVILEGED_INTENTS,
        };
        let mut world = Self {
            clock,
            bot: account,
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            users: BTreeMap::new(),
            messages: BTreeMap::new(),
            interactions: BTreeMap::new(),
            commands: BTreeMap::new(),
            cdn: "https://cdn.invalid".to_owned(),
            uploads: BTreeMap::new(),
        };
        world.users.insert(bot, User { bot: true, ..User::new(bot, "Lumbar") });
        world
    }

    /// Does the interaction with this token exist, and may it still be used?
    pub fn interaction_by_token(&self, token: &str) -> Option<&Interaction> {
        let now = self.clock.now();
        self.interactions.values().find(|it| it.token == token && now - it.created < interactions::TOKEN_LIFETIME)
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}
