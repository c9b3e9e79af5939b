//! What changes in a book: proposed, made, undone.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::response::Response;
use super::settings::Setting;
use super::tally::fnv1a;
use crate::domain::topics::TopicId;
use crate::domain::{GuildId, Timestamp, UserId};

/// How many changes of a server are kept, the latest ones.
pub const KEPT_CHANGES: u32 = 50;

/// How long a draft waits to be published.
pub const KEPT_DRAFTS_FOR: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// How long it is remembered which messages a watched phrase would have answered.
pub const KEPT_WATCHED_FOR: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// What is to change: for each item what it was and what it shall be. Never empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Item>", into = "Vec<Item>")]
pub struct Edit(Vec<Item>);

/// One thing that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// A setting.
    Setting {
        /// What it was.
        before: Setting,
        /// What it shall be.
        after: Setting,
    },
    /// A response.
    Response {
        /// Its name.
        name: TopicId,
        /// What it was; nothing if the server had none of that name.
        before: Option<Response>,
        /// What it shall be; nothing if the server shall have none of that name.
        after: Option<Response>,
    },
}

impl Item {
    /// Whether it is not what it was.
    pub fn changes_something(&self) -> bool {
        match self {
            Self::Setting { before, after } => before != after,
            Self::Response { before, after, .. } => before != after,
        }
    }
}

impl Edit {
    /// An edit of these items; nothing if none of them changes anything.
    pub fn new(items: Vec<Item>) -> Option<Self> {
        let items: Vec<Item> = items.into_iter().filter(Item::changes_something).collect();
        (!items.is_empty()).then_some(Self(items))
    }

    /// What changes, item by item.
    pub fn items(&self) -> &[Item] {
        &self.0
    }

    /// The one response that it is about, if it is about one alone.
    pub fn only_response(&self) -> Option<(&TopicId, Option<&Response>, Option<&Response>)> {
        match &self.0[..] {
            [Item::Response { name, before, after }] => Some((name, before.as_ref(), after.as_ref())),
            _ => None,
        }
    }

    /// The same edit, with every phrase that is new only watched.
    #[must_use]
    pub fn watched_first(self) -> Self {
        let watched = |item| match item {
            Item::Response { name, before, after } => {
                let after = after.map(|after: Response| after.watched_first(before.as_ref()));
                Item::Response { name, before, after }
            }
            setting @ Item::Setting { .. } => setting,
        };
        Self(self.0.into_iter().map(watched).collect())
    }
}

impl From<Edit> for Vec<Item> {
    fn from(edit: Edit) -> Self {
        edit.0
    }
}

impl TryFrom<Vec<Item>> for Edit {
    type Error = &'static str;

    fn try_from(items: Vec<Item>) -> Result<Self, Self::Error> {
        Self::new(items).ok_or("an edit that changes nothing")
    }
}

/// The number of a change, counted from 1 in each server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChangeNumber(pub u32);

/// A change that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its number in the server.
    pub number: ChangeNumber,
    /// Who made it; nobody once they asked to be forgotten.
    pub by: Option<UserId>,
    /// When.
    pub at: Timestamp,
    /// What changed.
    pub edit: Edit,
    /// The change that it undid, if it undid one.
    pub undoes: Option<ChangeNumber>,
}

/// What a response was when somebody opened its form, in short: enough to see that it has changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Base(u32);

impl Base {
    /// What a response is now; a server may have none of that name.
    pub fn of(response: Option<&Response>) -> Self {
        // A response is plain data, which can always be written down.
        Self(fnv1a(&serde_json::to_string(&response).unwrap_or_default()))
    }

    /// Wraps a number that [`Base::get`] gave.
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// Its number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// The number of a draft, given by the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DraftId(i64);

impl DraftId {
    /// Wraps the store's number.
    pub const fn new(number: i64) -> Self {
        Self(number)
    }

    /// The store's number.
    pub const fn get(self) -> i64 {
        self.0
    }
}

/// An edit that somebody has seen and not yet published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its number.
    pub id: DraftId,
    /// The server.
    pub guild: GuildId,
    /// Who wrote it.
    pub by: UserId,
    /// What it would change.
    pub edit: Edit,
}
