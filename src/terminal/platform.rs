//! The terminal as the platform that the bot runs on: one server with one channel, in which it may do everything.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::CHANNEL;
use crate::bot::{Platform, PlatformError, UploadedFile};
use crate::domain::guild::speaking::Place;
use crate::domain::guild::{GuildMap, MappedChannel};
use crate::domain::reply::Reply;
use crate::domain::{ChannelId, GuildId, MessageId};

/// What the server and its channel are called.
const SERVER_NAME: &str = "Terminal";
const CHANNEL_NAME: &str = "terminal";

/// The terminal. What the bot does through it waits here to be shown.
#[derive(Debug, Default)]
pub struct TerminalPlatform(Mutex<Happenings>);

#[derive(Debug, Default)]
struct Happenings {
    /// The answers of the bot that can be deleted.
    answers: HashSet<MessageId>,
    unseen: Vec<Happening>,
}

/// Something that the bot did besides answering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// It said something in a channel.
    Said(Reply),
    /// It deleted an answer of its own.
    Deleted,
}

impl TerminalPlatform {
    /// An answer was shown in the channel.
    pub fn shows(&self, answer: MessageId) {
        self.happenings().answers.insert(answer);
    }

    /// What has happened since this was asked last.
    pub fn take_unseen(&self) -> Vec<Happening> {
        std::mem::take(&mut self.happenings().unseen)
    }

    fn happenings(&self) -> MutexGuard<'_, Happenings> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Platform for TerminalPlatform {
    async fn place(&self, channel: ChannelId) -> Result<Place, PlatformError> {
        Ok(Place::channel(channel))
    }

    async fn map_of(&self, _: GuildId) -> Result<GuildMap, PlatformError> {
        let name = CHANNEL_NAME.to_owned();
        let channel = MappedChannel { id: CHANNEL, name, category: None, is_forum: false, lacking: Vec::new() };
        Ok(GuildMap { name: SERVER_NAME.to_owned(), channels: vec![channel], categories: Vec::new() })
    }

    async fn name_of(&self, _: GuildId) -> Result<String, PlatformError> {
        Ok(SERVER_NAME.to_owned())
    }

    async fn say(&self, _: ChannelId, reply: &Reply, _: &str) -> Result<(), PlatformError> {
        self.happenings().unseen.push(Happening::Said(reply.clone()));
        Ok(())
    }

    async fn delete(&self, _: ChannelId, message: MessageId) -> Result<(), PlatformError> {
        let mut happenings = self.happenings();
        if !happenings.answers.remove(&message) {
            return Err(PlatformError::Gone);
        }
        happenings.unseen.push(Happening::Deleted);
        Ok(())
    }

    async fn read_file(&self, file: &UploadedFile, most: usize) -> Result<Vec<u8>, PlatformError> {
        read(Path::new(&file.address), most)
    }
}

/// Reads a file of at most `most` bytes. What is no plain file (a pipe, a device) may never end, and is not read.
fn read(path: &Path, most: usize) -> Result<Vec<u8>, PlatformError> {
    let unreadable = |error: io::Error| match error.kind() {
        ErrorKind::NotFound => PlatformError::Gone,
        ErrorKind::PermissionDenied => PlatformError::Forbidden,
        _ => PlatformError::Unreachable(error.to_string()),
    };
    if !path.metadata().map_err(unreadable)?.is_file() {
        return Err(PlatformError::Unreachable("it is no file".to_owned()));
    }
    let mut bytes = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path).map_err(unreadable)?.take(limit).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > most { Err(PlatformError::TooLarge) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_is_read_up_to_its_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("responses.toml");
        fs::write(&path, "12345").unwrap();
        assert_eq!(read(&path, 5).as_deref(), Ok("12345".as_bytes()));
        assert_eq!(read(&path, 4), Err(PlatformError::TooLarge));
        assert_eq!(read(&folder.path().join("other"), 5), Err(PlatformError::Gone));
        assert!(matches!(read(folder.path(), 5), Err(PlatformError::Unreachable(_))));
    }

    #[tokio::test]
    async fn an_answer_is_deleted_once() {
        let platform = TerminalPlatform::default();
        platform.shows(MessageId::new(7));
        assert_eq!(platform.delete(CHANNEL, MessageId::new(7)).await, Ok(()));
        assert_eq!(platform.delete(CHANNEL, MessageId::new(7)).await, Err(PlatformError::Gone));
        assert_eq!(platform.take_unseen(), [Happening::Deleted]);
        assert!(platform.take_unseen().is_empty());
    }
}
