//! Who may do what where: roles, and what channels allow or deny on top of them.

use std::collections::BTreeSet;

use super::places::{Channel, Guild};
use super::{Id, World};

/// One of Discord's permissions, with its bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Permission {
    Administrator = 1 << 3,
    ManageChannels = 1 << 4,
    ManageGuild = 1 << 5,
    AddReactions = 1 << 6,
    ViewChannel = 1 << 10,
    SendMessages = 1 << 11,
    ManageMessages = 1 << 13,
    EmbedLinks = 1 << 14,
    AttachFiles = 1 << 15,
    ReadMessageHistory = 1 << 16,
    MentionEveryone = 1 << 17,
    UseApplicationCommands = 1 << 31,
    ManageThreads = 1 << 34,
    SendMessagesInThreads = 1 << 38,
    ModerateMembers = 1 << 40,
}

impl Permission {
    /// Its bit.
    pub const fn bit(self) -> u64 {
        self as u64
    }

    /// Is it among these?
    pub const fn is_in(self, permissions: u64) -> bool {
        permissions & self.bit() != 0
    }
}

/// What @everyone may do where nobody changed it: see, talk, embed, attach, read history, react, use commands, talk in
/// threads, make polls.
pub const MEMBER: u64 = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 6 | 1 << 31 | 1 << 38 | 1 << 49;
/// What a moderator may do besides: manage the server, its channels and its messages, time members out.
pub const MODERATOR: u64 = MEMBER | 1 << 5 | 1 << 4 | 1 << 13 | 1 << 40;
/// What the bot is invited with: see, talk, talk in threads, embed, read history.
pub const INVITED_WITH: u64 = 1 << 10 | 1 << 11 | 1 << 38 | 1 << 14 | 1 << 16;
/// Every permission there is.
const ALL: u64 = (1 << 53) - 1;
/// What goes with the right to talk.
const TO_WRITE: u64 = 1 << 12 | 1 << 14 | 1 << 15 | 1 << 17;

/// A role of one server.
#[derive(Clone, Debug)]
pub struct Role {
    /// That of @everyone is the server's own.
    pub id: Id,
    pub name: String,
    pub permissions: u64,
    /// The bot that this role came with.
    pub of_bot: Option<Id>,
}

/// What a channel allows or denies to a role or to one member.
#[derive(Clone, Copy, Debug)]
pub struct Overwrite {
    pub target: Target,
    pub allow: u64,
    pub deny: u64,
}

/// Whom an overwrite is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Role(Id),
    Member(Id),
}

impl Guild {
    /// The ids of the roles that somebody has, besides @everyone.
    pub fn roles_of(&self, user: Id) -> BTreeSet<Id> {
        self.held.get(&user).cloned().unwrap_or_default()
    }

    fn granted_by_roles(&self, user: Id) -> u64 {
        let held = self.roles_of(user);
        let mine = self.roles.iter().filter(|it| it.id == self.id || held.contains(&it.id));
        mine.fold(0, |all, role| all | role.permissions)
    }
}

impl Channel {
    /// Sets what this channel allows and denies to somebody, over what it did before.
    pub fn overwrite(&mut self, target: Target, allow: u64, deny: u64) {
        match self.overwrites.iter_mut().find(|it| it.target == target) {
            Some(known) => {
                known.allow = (known.allow & !deny) | allow;
                known.deny = (known.deny & !allow) | deny;
            }
            None => self.overwrites.push(Overwrite { target, allow, deny }),
        }
    }

    /// @everyone first, then all roles together, then the member: each later word counts more.
    fn overwritten(&self, mut permissions: u64, everyone: Id, roles: &BTreeSet<Id>, user: Id) -> u64 {
        let is_about: [&dyn Fn(Target) -> bool; 3] = [
            &|it| it == Target::Role(everyone),
            &|it| matches!(it, Target::Role(role) if roles.contains(&role)),
            &|it| it == Target::Member(user),
        ];
        for is_about in is_about {
            let fitting = || self.overwrites.iter().filter(|it| is_about(it.target));
            permissions &= !fitting().fold(0, |all, it| all | it.deny);
            permissions |= fitting().fold(0, |all, it| all | it.allow);
        }
        permissions
    }
}

impl World {
    /// What this account may do in this channel. A thread has the rights of the channel that it hangs from.
    pub fn permissions_in(&self, user: Id, channel: Id) -> u64 {
        let Some(place) = self.channels.get(&channel) else { return 0 };
        let Some(guild) = place.guild.and_then(|id| self.guilds.get(&id)) else { return MEMBER };
        let base = self.permissions_in_guild(user, guild);
        if Permission::Administrator.is_in(base) {
            return base;
        }
        let ruling = place.parent.filter(|_| place.kind.is_thread()).and_then(|id| self.channels.get(&id));
        let permissions = ruling.unwrap_or(place).overwritten(base, guild.id, &guild.roles_of(user), user);
        let speaks = if place.kind.is_thread() { Permission::SendMessagesInThreads } else { Permission::SendMessages };
        match permissions {
            hidden if !Permission::ViewChannel.is_in(hidden) => 0,
            silent if !speaks.is_in(silent) => silent & !TO_WRITE,
            permissions => permissions,
        }
    }

    /// What this account may do in this server, before any channel has its say.
    fn permissions_in_guild(&self, user: Id, guild: &Guild) -> u64 {
        let everywhere = self.users.get(&user).map_or(0, |it| it.everywhere);
        match everywhere | guild.granted_by_roles(user) {
            _ if guild.owner == user => ALL,
            granted if Permission::Administrator.is_in(granted) => ALL,
            granted => granted,
        }
    }

    /// May this account do that in this channel?
    pub fn may(&self, user: Id, permission: Permission, channel: Id) -> bool {
        permission.is_in(self.permissions_in(user, channel))
    }

    /// May the bot do that in this channel? Outside servers nothing is denied to it.
    pub fn bot_may(&self, permission: Permission, channel: Id) -> bool {
        let in_a_server = self.channels.get(&channel).is_some_and(|it| it.guild.is_some());
        !in_a_server || self.may(self.bot.user, permission, channel)
    }

    /// A new role in a server.
    pub fn add_role(&mut self, guild: Id, name: &str, permissions: u64) -> Id {
        let id = self.clock.next_id();
        let role = Role { id, name: name.to_owned(), permissions, of_bot: None };
        self.guilds.get_mut(&guild).into_iter().for_each(|it| it.roles.push(role.clone()));
        id
    }
}
