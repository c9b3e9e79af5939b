//! What the bot can say: topics, its own words, names of commands, numbers to call; all of it read from `responses/`
//! and checked as a whole before any of it is used.

mod command_words;
mod emergency;
mod id;
mod library;
mod limits;
mod ordinary;
mod text_key;
mod text_keys;
mod topic;
mod validate;
mod words;

pub use command_words::{CommandWords, Described};
pub use emergency::{EmergencyNumber, EmergencyNumbers};
pub use id::TopicId;
pub use library::{Content, FALLBACK_LANGUAGE, Library, NETWORK, ORDINARY, ServerMatchers, SourceFile};
pub use ordinary::Ordinary;
pub use text_keys::TextKey;
pub use topic::{Body, Danger, Origin, Source, Topic, Warning};
pub use words::{Words, fill};
