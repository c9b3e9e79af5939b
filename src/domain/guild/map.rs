//! A server's channels, and what the bot may not do in each.

use crate::domain::ChannelId;

/// The channels of a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GuildMap {
    /// The server's name.
    pub name: String,
    /// Its channels in the order that people see, without its threads.
    pub channels: Vec<MappedChannel>,
}

/// A channel of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedChannel {
    /// The channel.
    pub id: ChannelId,
    /// Its name.
    pub name: String,
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
