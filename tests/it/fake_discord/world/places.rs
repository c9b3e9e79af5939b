//! Where people talk: guilds with channels, threads and forum posts; direct messages.

use super::{Id, World};

/// A server.
#[derive(Clone, Debug)]
pub struct Guild {
    pub id: Id,
    pub name: String,
    pub preferred_locale: String,
    pub owner: Id,
    /// Is the bot a member? Where it is not, its commands still work for people who installed it for themselves.
    pub has_the_bot: bool,
}

/// A place to talk in.
#[derive(Clone, Debug)]
pub struct Channel {
    pub id: Id,
    pub kind: ChannelKind,
    pub name: String,
    /// `None` for direct messages.
    pub guild: Option<Id>,
    /// The channel a thread hangs from, the forum a post is in.
    pub parent: Option<Id>,
    /// The other people in a direct or group conversation.
    pub recipients: Vec<Id>,
    /// The permissions that the bot lacks here.
    pub withheld: u64,
}

/// The kinds of channel the fake knows, with Discord's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelKind {
    Text = 0,
    DirectMessage = 1,
    GroupDirectMessage = 3,
    PublicThread = 11,
    Forum = 15,
}

impl World {
    /// A new server, with the bot in it.
    pub fn add_guild(&mut self, name: &str) -> Id {
        let owner = self.add_user("the owner");
        let id = self.clock.next_id();
        let (name, preferred_locale) = (name.to_owned(), "en-US".to_owned());
        self.guilds.insert(id, Guild { id, name, preferred_locale, owner, has_the_bot: true });
        id
    }

    /// A new channel, thread or forum in a server.
    pub fn add_channel(&mut self, guild: Id, kind: ChannelKind, name: &str, parent: Option<Id>) -> Id {
        let id = self.clock.next_id();
        let channel = Channel {
            id,
            kind,
            name: name.to_owned(),
            guild: Some(guild),
            parent,
            recipients: Vec::new(),
            withheld: 0,
        };
        self.channels.insert(id, channel);
        id
    }

    /// The direct messages between the bot and a person, opened if they were not open yet.
    pub fn direct_messages_with(&mut self, person: Id) -> Id {
        let open = |it: &&Channel| it.kind == ChannelKind::DirectMessage && it.recipients == [person];
        match self.channels.values().find(open) {
            Some(channel) => channel.id,
            None => self.add_private_channel(ChannelKind::DirectMessage, &[person]),
        }
    }

    /// A conversation outside any server.
    pub fn add_private_channel(&mut self, kind: ChannelKind, recipients: &[Id]) -> Id {
        let id = self.clock.next_id();
        let (name, recipients) = (String::new(), recipients.to_vec());
        self.channels.insert(id, Channel { id, kind, name, guild: None, parent: None, recipients, withheld: 0 });
        id
    }

    /// Can the bot see this channel, by being in its server or in the direct conversation?
    pub fn bot_sees(&self, channel: Id) -> bool {
        self.channels.get(&channel).is_some_and(|channel| match channel.guild {
            Some(guild) => self.guilds.get(&guild).is_some_and(|guild| guild.has_the_bot),
            None => channel.kind == ChannelKind::DirectMessage,
        })
    }
}
