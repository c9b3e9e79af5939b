//! What the tests of this folder share.

use std::sync::LazyLock;

use crate::domain::topics::{Library, TopicId};
use crate::responses::built_in;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::read(&built_in()).expect("sound texts"));

/// The texts that ship with the bot.
pub fn library() -> &'static Library {
    &LIBRARY
}

/// A topic's id.
pub fn id(text: &str) -> TopicId {
    TopicId::parse(text).expect("an id")
}
