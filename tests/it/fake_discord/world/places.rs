//! Where people talk: guilds with channels, threads and forum posts; direct messages.

use std::collections::{BTreeMap, BTreeSet};

use super::permissions::{INVITED_WITH, MEMBER, Overwrite, Permission, Role};
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
    /// @everyone first, then in the order of their making.
    pub roles: Vec<Role>,
    /// Who has which roles, besides @everyone. Whoever talks here is a member.
    pub held: BTreeMap<Id, BTreeSet<Id>>,
    /// Commands that the server's settings show to these roles, whatever their permissions.
    pub opened: Vec<(String, Id)>,
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
    /// What this channel allows and denies. Threads have none of their own.
    pub overwrites: Vec<Overwrite>,
}

/// The kinds of channel the fake knows, with Discord's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelKind {
    Text = 0,
    DirectMessage = 1,
    Voice = 2,
    GroupDirectMessage = 3,
    Category = 4,
    Announcements = 5,
    PublicThread = 11,
    Forum = 15,
}

impl ChannelKind {
    /// A thread or a forum post?
    pub fn is_thread(self) -> bool {
        self == Self::PublicThread
    }

    /// Can messages be sent right here?
    pub fn takes_messages(self) -> bool {
        !matches!(self, Self::Category | Self::Forum)
    }
}

impl Channel {
    fn new(id: Id, kind: ChannelKind) -> Self {
        let (name, recipients, overwrites) = (String::new(), Vec::new(), Vec::new());
        Self { id, kind, name, guild: None, parent: None, recipients, overwrites }
    }
}

impl World {
    /// A new server, with the bot in it.
    pub fn add_guild(&mut self, name: &str) -> Id {
        let owner = self.add_user("the owner");
        let id = self.clock.next_id();
        let (name, preferred_locale) = (name.to_owned(), "en-US".to_owned());
        let role = |id, name: &str, permissions, of_bot| Role { id, name: name.to_owned(), permissions, of_bot };
        let own = role(self.clock.next_id(), "Lumbar", INVITED_WITH, Some(self.bot.user));
        let held = BTreeMap::from([(self.bot.user, BTreeSet::from([own.id]))]);
        let roles = vec![role(id, "@everyone", MEMBER, None), own];
        let guild = Guild { id, name, preferred_locale, owner, has_the_bot: true, roles, held, opened: Vec::new() };
        self.guilds.insert(id, guild);
        id
    }

    /// A new channel, thread or forum in a server.
    pub fn add_channel(&mut self, guild: Id, kind: ChannelKind, name: &str, parent: Option<Id>) -> Id {
        let id = self.clock.next_id();
        let (name, guild) = (name.to_owned(), Some(guild));
        self.channels.insert(id, Channel { name, guild, parent, ..Channel::new(id, kind) });
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
        self.channels.insert(id, Channel { recipients: recipients.to_vec(), ..Channel::new(id, kind) });
        id
    }

    /// Can the bot see this channel, by being let in there by its server or being in the direct conversation?
    pub fn bot_sees(&self, channel: Id) -> bool {
        self.channels.get(&channel).is_some_and(|channel| match channel.guild {
            Some(guild) => {
                self.guilds.get(&guild).is_some_and(|guild| guild.has_the_bot)
                    && self.bot_may(Permission::ViewChannel, channel.id)
            }
            None => channel.kind == ChannelKind::DirectMessage,
        })
    }
}
