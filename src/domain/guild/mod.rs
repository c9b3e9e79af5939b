//! What a server has of its own: its settings and its responses, every change to them, and what is about to change.
//!
//! A [`Book`] is all of it. Nothing here changes a book in place: an [`Edit`] says what was and what shall be, and is
//! refused where the book has moved on since. So two moderators cannot overwrite each other, and every edit can be undone.

mod action;
mod book;
pub mod breadth;
pub mod capacity;
pub mod chart;
pub mod choice;
pub mod diff;
pub mod document;
mod edit;
mod form;
mod map;
mod name;
pub mod overlay;
mod phrases;
pub mod placeholders;
pub mod preview;
pub mod removal;
mod response;
mod setting_words;
mod settings;
pub mod speaking;
pub mod stats;
pub mod tally;
#[cfg(test)]
pub(in crate::domain) mod testing;
pub mod watch;
mod wording;

pub use action::{ListFilter, Moderation, SettingsPage};
pub use book::{Book, Conflict};
pub use edit::{
    Base, Change, ChangeNumber, Draft, DraftId, Edit, Item, KEPT_CHANGES, KEPT_DRAFTS_FOR, KEPT_WATCHED_FOR,
};
pub use form::{Field, Fields, FormFault, Kind};
pub use map::{GuildMap, MappedChannel, Permission, Trouble};
pub use name::{name_for, taken};
pub use overlay::ServerPhrases;
pub use response::{Phrase, Response, ResponseState, limits};
pub use setting_words::{setting_name, setting_value};
pub use settings::{
    BURST_WINDOW, GuildCooldowns, GuildSettings, LONGEST_COOLDOWN, MOST_MANNERS, MOST_NAMED, Manner, NO_BURST_CAP,
    Places, Setting, SettingKey, SettingMark,
};
pub use wording::Fault;
