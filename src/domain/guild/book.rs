//! All that a server has of its own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::edit::{Edit, Item};
use super::response::{Response, ResponseState};
use super::settings::GuildSettings;
use crate::domain::topics::TopicId;

/// A server's settings and responses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Book {
    /// Where and how the bot speaks.
    pub settings: GuildSettings,
    /// What it says: the server's own responses, and what it changed about those that ship with the bot.
    pub responses: BTreeMap<TopicId, Response>,
}

/// An edit that does not fit, because the book has changed since it was begun.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("somebody else changed this in the meantime")]
pub struct Conflict {
    /// The first item that is not what it was.
    pub item: Box<Item>,
}

impl Book {
    /// The book with an edit made; refused if what the edit was made from has changed.
    ///
    /// # Errors
    /// Which item has changed.
    pub fn edited(&self, edit: &Edit) -> Result<Self, Conflict> {
        match edit.items().iter().find(|item| !self.holds_before(item)) {
            Some(item) => Err(Conflict { item: Box::new((*item).clone()) }),
            None => Ok(self.with(edit)),
        }
    }

    /// The edit that brings back what `past` replaced, made from the book as it is now; nothing if that is there already.
    pub fn undoing(&self, past: &Edit) -> Option<Edit> {
        let items = past.items().iter().map(|item| match item {
            Item::Setting { before, .. } => {
                Item::Setting { before: self.settings.get(before.key()), after: before.clone() }
            }
            Item::Response { name, before, .. } => {
                Item::Response { name: name.clone(), before: self.responses.get(name).cloned(), after: before.clone() }
            }
        });
        Edit::new(items.filter(Item::changes_something).collect())
    }

    /// Whether a topic is switched off. The warning signs never are.
    pub fn is_off(&self, topic: &TopicId) -> bool {
        topic.as_str() != TopicId::RED_FLAGS
            && self.responses.get(topic).is_some_and(|response| response.state == ResponseState::Off)
    }

    /// How many phrases all responses have together.
    pub fn phrases(&self) -> usize {
        self.responses.values().map(|response| response.phrases.len()).sum()
    }

    fn holds_before(&self, item: &Item) -> bool {
        match item {
            Item::Setting { before, .. } => self.settings.get(before.key()) == *before,
            Item::Response { name, before, .. } => self.responses.get(name) == before.as_ref(),
        }
    }

    fn with(&self, edit: &Edit) -> Self {
        let mut book = self.clone();
        for item in edit.items() {
            match item {
                Item::Setting { after, .. } => book.settings.set(after),
                Item::Response { name, after: Some(response), .. } => {
                    drop(book.responses.insert(name.clone(), response.clone()));
                }
                Item::Response { name, after: None, .. } => drop(book.responses.remove(name)),
            }
        }
        book
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::guild::{Phrase, Setting};

    fn name() -> TopicId {
        TopicId::parse("toast").unwrap()
    }

    fn response(phrase: &str) -> Response {
        Response { phrases: vec![Phrase::live(phrase)], ..Response::default() }
    }

    fn rewritten(before: Option<&str>, after: Option<&str>) -> Edit {
        let item = Item::Response { name: name(), before: before.map(response), after: after.map(response) };
        Edit::new(vec![item]).expect("it changes something")
    }

    #[test]
    fn of_two_edits_of_the_same_response_the_second_is_told() {
        let book = Book::default().edited(&rewritten(None, Some("a"))).unwrap();
        let first = book.edited(&rewritten(Some("a"), Some("b"))).unwrap();
        let second = rewritten(Some("a"), Some("c"));
        assert_eq!(first.edited(&second), Err(Conflict { item: Box::new(second.items()[0].clone()) }));
        assert_eq!(first.responses[&name()], response("b"), "nothing was overwritten");
    }

    #[test]
    fn an_edit_can_be_undone_and_the_undoing_too() {
        let before = Book::default();
        let edit = rewritten(None, Some("a"));
        let after = before.edited(&edit).unwrap();
        let undoing = after.undoing(&edit).expect("there is something to undo");
        assert_eq!(after.edited(&undoing).unwrap(), before);
        let again = before.undoing(&undoing).expect("there is something to redo");
        assert_eq!(before.edited(&again).unwrap(), after);
        assert_eq!(before.undoing(&edit), None, "it is undone already");
    }

    #[test]
    fn undoing_one_setting_leaves_later_changes_of_others() {
        let quiet = |before, after| {
            let (before, after) = (Setting::Threads(before), Setting::Threads(after));
            Edit::new(vec![Item::Setting { before, after }]).unwrap()
        };
        let threads_off = quiet(true, false);
        let mut book = Book::default().edited(&threads_off).unwrap();
        book.settings.set(&Setting::Forums(false));
        let undone = book.edited(&book.undoing(&threads_off).unwrap()).unwrap();
        assert!(undone.settings.threads);
        assert!(!undone.settings.forums);
    }

    #[test]
    fn the_warning_signs_are_never_off() {
        let mut book = Book::default();
        let off = Response { state: ResponseState::Off, ..Response::default() };
        book.responses.insert(TopicId::parse(TopicId::RED_FLAGS).unwrap(), off.clone());
        book.responses.insert(name(), off);
        assert!(book.is_off(&name()));
        assert!(!book.is_off(&TopicId::parse(TopicId::RED_FLAGS).unwrap()));
    }
}
