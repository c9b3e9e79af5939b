//! What stands under a reply to be pressed, chosen from or filled in.

use super::Action;
use crate::domain::{ChannelId, RoleId};

/// Something to press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// A button.
    Button {
        /// What stands on it.
        label: String,
        /// What it does.
        action: Action,
        /// How much it stands out.
        emphasis: Emphasis,
    },
    /// A list to choose one thing from.
    Menu {
        /// What stands there before a choice is made.
        placeholder: String,
        /// The choices: 25 at the most.
        choices: Vec<MenuChoice>,
    },
    /// A list to choose from, where what is chosen goes to one action. What holds at present is chosen already.
    Select {
        /// What stands there while nothing is chosen.
        placeholder: String,
        /// What there is to choose.
        what: Selectable,
        /// How many may be chosen: at least, and at most.
        count: (u8, u8),
        /// What choosing does.
        action: Action,
    },
}

/// What there is to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selectable {
    /// These: 25 at the most.
    Options(Vec<SelectOption>),
    /// Channels of the server.
    Channels {
        /// The present choice.
        chosen: Vec<ChannelId>,
        /// Whether a category may be chosen, which stands for its channels.
        categories: bool,
    },
    /// Roles of the server.
    Roles {
        /// The present choice.
        chosen: Vec<RoleId>,
    },
}

/// A line of a list to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    /// What stands there.
    pub label: String,
    /// The small print under it.
    pub description: Option<String>,
    /// What the action gets: 100 characters at the most.
    pub value: String,
    /// Whether it is the present choice.
    pub chosen: bool,
}

/// A form to fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Its title.
    pub title: String,
    /// Its fields: five at the most.
    pub fields: Vec<Field>,
    /// What sending it does.
    pub action: Action,
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name for the bot.
    pub name: &'static str,
    /// What stands above it: 45 characters at the most.
    pub label: String,
    /// What stands in it while it is empty: 100 characters at the most.
    pub placeholder: String,
    /// What stands in it.
    pub value: String,
    /// Whether it has several lines.
    pub lines: bool,
    /// Whether it has to be filled in.
    pub required: bool,
    /// How many characters it takes: 4,000 at the most.
    pub most: u16,
}

/// A line of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuChoice {
    /// What stands there.
    pub label: String,
    /// The small print under it.
    pub description: String,
    /// What choosing it does.
    pub action: Action,
}

/// How much a button stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    /// The thing to do first.
    Strong,
    /// One of several.
    Plain,
    /// Help in danger.
    Alarming,
}

impl Control {
    /// A button like the others.
    pub fn button(label: &str, action: Action) -> Self {
        Self::Button { label: label.to_owned(), action, emphasis: Emphasis::Plain }
    }

    /// A button that stands out.
    pub fn strong_button(label: &str, action: Action) -> Self {
        Self::Button { label: label.to_owned(), action, emphasis: Emphasis::Strong }
    }

    /// A button to press in danger.
    pub fn alarming_button(label: &str, action: Action) -> Self {
        Self::Button { label: label.to_owned(), action, emphasis: Emphasis::Alarming }
    }
}
