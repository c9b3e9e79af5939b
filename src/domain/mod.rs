//! What Lumbar knows and decides: plain functions over plain data. Nothing here waits, reads a clock, draws a random
//! number, or has heard of Discord's library or a database.

pub mod answers;
pub mod breathing;
pub mod document;
pub mod guild;
pub mod hearing;
pub mod ids;
pub mod locale;
pub mod matching;
pub mod privacy;
pub mod reminders;
pub mod reply;
pub mod settings;
pub mod time;
pub mod topics;

pub use ids::{ChannelId, GuildId, MessageId, RoleId, UserId};
pub use locale::Locale;
pub use time::{Date, Timestamp};
