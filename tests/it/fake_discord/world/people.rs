//! Accounts, of people and of bots.

use super::{Id, World};

/// One account.
#[derive(Clone, Debug)]
pub struct User {
    pub id: Id,
    pub name: String,
    pub bot: bool,
    /// The language that this person reads Discord in.
    pub locale: String,
    /// The permissions they hold in every server, besides those of their roles.
    pub everywhere: u64,
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
            everywhere: 0,
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
