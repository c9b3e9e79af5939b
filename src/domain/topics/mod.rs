//! What the bot can say.

mod id;

pub use id::TopicId;
