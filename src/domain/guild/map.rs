//! A server's channels, and what the bot may not do in each.

use super::settings::{GuildSettings, Manner};
use super::speaking::{self, Place, PlaceKind};
use crate::domain::ChannelId;

/// The channels of a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GuildMap {
    /// The server's name.
    pub name: String,
    /// Its channels in the order that people see, without its threads.
    pub channels: Vec<MappedChannel>,
    /// Its categories.
    pub categories: Vec<ChannelId>,
}

/// A channel of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedChannel {
    /// The channel.
    pub id: ChannelId,
    /// Its name.
    pub name: String,
    /// The category that it stands in.
    pub category: Option<ChannelId>,
    /// Whether it is a forum, whose posts are threads.
    pub is_forum: bool,
    /// What the bot may not do there.
    pub lacking: Vec<Permission>,
}

/// Something that the bot needs to be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Permission {
    /// See the channel.
    View,
    /// Write there.
    Send,
    /// Write in its threads.
    SendInThreads,
    /// Send cards.
    Embed,
    /// Attach files.
    Attach,
    /// Read what was written before, to reply to it.
    History,
    /// React to messages.
    React,
}

/// A channel where the bot is to speak and lacks what it needs for that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The channel.
    pub channel: ChannelId,
    /// What it lacks.
    pub lacking: Vec<Permission>,
}

impl GuildMap {
    /// The channel with this id.
    pub fn channel(&self, id: ChannelId) -> Option<&MappedChannel> {
        self.channels.iter().find(|channel| channel.id == id)
    }

    /// Whether this is a channel or a category of the server.
    pub fn knows(&self, id: ChannelId) -> bool {
        self.categories.contains(&id) || self.channel(id).is_some()
    }

    /// Where the bot is to speak by these settings and lacks what it needs for that, in the order that people see.
    pub fn trouble(&self, settings: &GuildSettings) -> Vec<Trouble> {
        let trouble = self.channels.iter().map(|channel| Trouble {
            channel: channel.id,
            lacking: channel.needed(settings).filter(|needed| channel.lacking.contains(needed)).collect(),
        });
        trouble.filter(|trouble| !trouble.lacking.is_empty()).collect()
    }
}

impl MappedChannel {
    /// Why the bot cannot write a line here, if it cannot.
    pub fn lacking_for_a_line(&self) -> Vec<Permission> {
        let needed = |lacking: &&Permission| matches!(lacking, Permission::View | Permission::Send);
        self.lacking.iter().filter(needed).copied().collect()
    }

    /// What the bot needs here by these settings; nothing where it is silent.
    fn needed(&self, settings: &GuildSettings) -> impl Iterator<Item = Permission> {
        let kind = if self.is_forum { PlaceKind::Post } else { PlaceKind::Channel };
        let parent = self.is_forum.then_some(self.id);
        let here = Place { channel: self.id, kind, parent, category: self.category };
        let manner = speaking::manner(settings, &here, &[]).ok();
        // A reaction, too: a warning sign is answered in full.
        let always = [
            (Permission::View, true),
            (Permission::Send, !self.is_forum),
            (Permission::SendInThreads, self.is_forum || settings.threads),
            (Permission::Embed, true),
            (Permission::Attach, true),
            (Permission::History, true),
            (Permission::React, manner == Some(Manner::Reaction)),
        ];
        let needed = always.into_iter().filter(move |(_, needed)| *needed && manner.is_some());
        needed.map(|(permission, _)| permission)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::guild::Places;

    const CATEGORY: ChannelId = ChannelId::new(9);

    fn channel(id: u64, lacking: &[Permission]) -> MappedChannel {
        let (name, lacking) = (id.to_string(), lacking.to_vec());
        MappedChannel { id: ChannelId::new(id), name, category: Some(CATEGORY), is_forum: false, lacking }
    }

    fn map(channels: Vec<MappedChannel>) -> GuildMap {
        GuildMap { name: "Climbing".to_owned(), channels, categories: vec![CATEGORY] }
    }

    fn lacking(map: &GuildMap, settings: &GuildSettings) -> Vec<(u64, Vec<Permission>)> {
        map.trouble(settings).into_iter().map(|trouble| (trouble.channel.get(), trouble.lacking)).collect()
    }

    #[test]
    fn trouble_is_told_only_where_the_bot_is_to_speak() {
        let map = map(vec![channel(1, &[Permission::Send]), channel(2, &[Permission::View]), channel(3, &[])]);
        let everywhere = GuildSettings::default();
        let expected = [(1, vec![Permission::Send]), (2, vec![Permission::View])];
        assert_eq!(lacking(&map, &everywhere), expected);
        let without_first = GuildSettings { places: Places::AllBut([ChannelId::new(1)].into()), ..everywhere.clone() };
        assert_eq!(lacking(&map, &without_first), expected[1..]);
        let none = GuildSettings { places: Places::AllBut([CATEGORY].into()), ..everywhere };
        assert_eq!(lacking(&map, &none), []);
    }

    #[test]
    fn a_reaction_is_needed_where_the_bot_reacts_and_threads_where_it_speaks_in_them() {
        let map = map(vec![channel(1, &[Permission::SendInThreads, Permission::React])]);
        let settings = GuildSettings { manner: Manner::Reaction, ..GuildSettings::default() };
        assert_eq!(lacking(&map, &settings), [(1, vec![Permission::SendInThreads, Permission::React])]);
        let settings = GuildSettings { threads: false, ..GuildSettings::default() };
        assert_eq!(lacking(&map, &settings), []);
    }

    #[test]
    fn in_a_forum_the_bot_writes_in_threads_if_it_speaks_there() {
        let forum = MappedChannel { is_forum: true, ..channel(1, &[Permission::SendInThreads]) };
        let map = map(vec![forum]);
        assert_eq!(lacking(&map, &GuildSettings::default()), [(1, vec![Permission::SendInThreads])]);
        assert_eq!(lacking(&map, &GuildSettings { forums: false, ..GuildSettings::default() }), []);
    }
}
