//! What a list to choose from offers in a terminal: its lines, each with what pressing its number chooses.

use super::{CHANNEL, words};
use crate::domain::reply::Selectable;

/// A line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What stands there.
    pub label: String,
    /// What is chosen by pressing it.
    pub values: Vec<String>,
    /// Whether it is the present choice.
    pub chosen: bool,
}

/// The lines of a list. Of channels there is one here, which is chosen or not; of roles there are none.
pub fn choices(what: &Selectable) -> Vec<Choice> {
    match what {
        Selectable::Options(options) => {
            let line = |option: &crate::domain::reply::SelectOption| Choice {
                label: option.label.clone(),
                values: vec![option.value.clone()],
                chosen: option.chosen,
            };
            options.iter().map(line).collect()
        }
        Selectable::Channels { chosen, .. } => {
            let is_chosen = chosen.contains(&CHANNEL);
            let values = if is_chosen { Vec::new() } else { vec![CHANNEL.to_string()] };
            vec![Choice { label: words::THIS_CHANNEL.to_owned(), values, chosen: is_chosen }]
        }
        Selectable::Roles { .. } => Vec::new(),
    }
}
