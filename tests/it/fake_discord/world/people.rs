//! Accounts, of people and of bots.

use super::{Id, World};

/// What an ordinary member may do: see, talk, embed, attach, read history, react, use commands, talk in threads.
pub const MEMBER: u64 = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 6 | 1 << 31 | 1 << 38 | 1 << 49;
/// What a moderator may do besides: manage the server, its channels and its messages, time members out.
pub const MODERATOR: u64 = MEMBER | 1 << 5 | 1 << 4 | 1 << 13 | 1 << 40;

/// One account.
#[derive(Clone, Debug)]
pub struct User {
    pub id: Id,
    pub name: String,
    pub bot: bool,
    /// The language that this person reads Discord in.
    pub locale: String,
    /// The permissions they hold in every server.
    pub permissions: u64,
    /// A person can refuse direct messages: opening the channel works, sending is refused with 50007.
    pub refuses_direct_messages: bool,
}

impl User {
    /// A person of that name, reading English.
    pub fn new(id: Id, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            bot: false,
            locale: "en-US".to_owned(),
            permissions: MEMBER,
            refuses_direct_messages: false,
        }
    }
}

impl World {
    /// Somebody new.
    pub fn add_user(&mut self, name: &str) -> Id {
        let id = self.clock.next_id();
        self.users.insert(id, User::new(id, name));
        id
    }
}
