//! What moderators do by pressing a button, choosing from a menu or sending a form.

use super::edit::{Base, ChangeNumber, DraftId};
use super::response::ResponseState;
use super::settings::{SettingKey, SettingMark};
use crate::domain::topics::TopicId;

/// One thing that a moderator does. Each is only for those who may shape the bot in their server.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Moderation {
    /// Write a new response: the form that `/responses add` opens.
    NewResponse,
    /// Write a response anew: a button that opens its form, and the form, which knows what it was opened on.
    EditResponse(TopicId, Option<Base>),
    /// Go on writing a draft: a button that opens its form, and the form, which knows what it was opened on.
    EditDraft(DraftId, Option<Base>),
    /// Publish a draft.
    Publish(DraftId),
    /// Publish a draft, with its new phrases only watched.
    WatchFirst(DraftId),
    /// Throw a draft away.
    Discard(DraftId),
    /// Show a response.
    Show(TopicId),
    /// Switch a response on or off.
    Switch(TopicId, ResponseState),
    /// Let every phrase of a response answer.
    Arm(TopicId),
    /// Show the responses from this page on, counted from 0.
    List(ListFilter, u16),
    /// Show the watched phrases from this page on, counted from 0.
    Watched(u16),
    /// Drop the phrases of a response that are only watched.
    DropWatched(TopicId),
    /// Show the changes from this page on, counted from 0.
    History(u16),
    /// Undo a change.
    Undo(ChangeNumber),
    /// Show a page of the settings.
    Settings(SettingsPage),
    /// Show how the bot speaks in the channel that is chosen.
    MannerOf,
    /// Give a setting the value that is chosen. The control showed the value with this mark.
    Set(SettingKey, SettingMark),
    /// Give a setting the other of two values. The button showed the value with this mark.
    Toggle(SettingKey, SettingMark),
}

/// Which responses are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ListFilter {
    /// All.
    #[default]
    All,
    /// Those that answer.
    On,
    /// Those that are switched off.
    Off,
    /// Those with phrases that are only watched.
    Watched,
    /// Those that the server wrote or changed.
    Own,
}

/// A page of the settings: Discord shows five rows of controls at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SettingsPage {
    /// Where the bot speaks, and whom it leaves alone.
    #[default]
    Places,
    /// How long it keeps quiet after an answer.
    Quiet,
    /// How it speaks.
    Manner,
    /// Language, log channel, listening, moderators.
    Server,
}

impl SettingsPage {
    /// All pages, in the order in which people see them.
    pub const ALL: [Self; 4] = [Self::Places, Self::Quiet, Self::Manner, Self::Server];

    /// The page on which a setting stands.
    pub fn of(key: SettingKey) -> Self {
        match key {
            SettingKey::Places | SettingKey::Threads | SettingKey::Forums | SettingKey::LeftAlone => Self::Places,
            SettingKey::PersonCooldown
            | SettingKey::ChannelCooldown
            | SettingKey::TopicCooldown
            | SettingKey::Burst => Self::Quiet,
            SettingKey::Manner | SettingKey::MannerIn(_) => Self::Manner,
            SettingKey::Language | SettingKey::Log | SettingKey::Listening | SettingKey::Moderators => Self::Server,
        }
    }
}
