//! What the bot asks of the platform that it runs on, beyond answering whoever spoke to it.

use async_trait::async_trait;

use crate::domain::guild::GuildMap;
use crate::domain::guild::speaking::Place;
use crate::domain::reply::Reply;
use crate::domain::{ChannelId, GuildId, MessageId};

/// A platform. Each edge has one.
#[async_trait]
pub trait Platform: Send + Sync + std::fmt::Debug {
    /// What kind of place a channel is.
    async fn place(&self, channel: ChannelId) -> Result<Place, PlatformError>;

    /// What a server is called.
    async fn name_of(&self, guild: GuildId) -> Result<String, PlatformError>;

    /// The channels of a server, with what the bot may not do in each.
    async fn map_of(&self, guild: GuildId) -> Result<GuildMap, PlatformError>;

    /// Says something in a channel, once: the same `nonce` within a few minutes is not said again.
    async fn say(&self, channel: ChannelId, reply: &Reply, nonce: &str) -> Result<(), PlatformError>;

    /// Deletes a message of the bot's own.
    async fn delete(&self, channel: ChannelId, message: MessageId) -> Result<(), PlatformError>;

    /// Reads a file that somebody gave to a command, if it is no larger than `most` bytes.
    async fn read_file(&self, file: &UploadedFile, most: usize) -> Result<Vec<u8>, PlatformError>;
}

/// Why the platform did not do it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlatformError {
    /// The bot lacks a permission there.
    #[error("a permission is missing")]
    Forbidden,
    /// It is not there any more.
    #[error("it is gone")]
    Gone,
    /// A file is larger than it may be.
    #[error("the file is too large")]
    TooLarge,
    /// It cannot be reached now.
    #[error("the platform cannot be reached: {0}")]
    Unreachable(String),
}

/// A file that somebody gave to a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadedFile {
    /// Its name.
    pub name: String,
    /// Its size in bytes, as the platform says.
    pub size: u64,
    /// Where the platform keeps it.
    pub address: String,
}

/// No platform at all.
#[derive(Debug)]
pub(super) struct Nowhere;

fn nowhere<T>() -> Result<T, PlatformError> {
    Err(PlatformError::Unreachable("there is none".to_owned()))
}

#[async_trait]
impl Platform for Nowhere {
    async fn place(&self, channel: ChannelId) -> Result<Place, PlatformError> {
        Ok(Place::channel(channel))
    }

    async fn name_of(&self, _: GuildId) -> Result<String, PlatformError> {
        nowhere()
    }

    async fn map_of(&self, _: GuildId) -> Result<GuildMap, PlatformError> {
        nowhere()
    }

    async fn say(&self, _: ChannelId, _: &Reply, _: &str) -> Result<(), PlatformError> {
        nowhere()
    }

    async fn delete(&self, _: ChannelId, _: MessageId) -> Result<(), PlatformError> {
        nowhere()
    }

    async fn read_file(&self, _: &UploadedFile, _: usize) -> Result<Vec<u8>, PlatformError> {
        nowhere()
    }
}
