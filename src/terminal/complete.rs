//! What TAB offers.

use super::arguments::{Pieces, pieces};
use super::input::OWN_COMMANDS;
use super::known_commands::{KnownCommand, find_command};
use crate::bot::commands::{Choice, Kind, ValueShape};

/// What may stand in the place of what was typed from `start` to the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// Where that begins, in bytes.
    pub start: usize,
    /// What may stand there.
    pub candidates: Vec<Candidate>,
}

/// One of several things that may be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What people read.
    pub shown: String,
    /// What is put into the line.
    pub inserted: String,
}

/// What is to be offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted<'c, 't> {
    /// This.
    Ready(Completion),
    /// The values that only the bot knows.
    Values {
        /// For this command,
        path: &'c str,
        /// for this option,
        option: &'c str,
        /// of which this was typed,
        typed: &'t str,
        /// from here on.
        start: usize,
    },
}

impl Completion {
    fn of(start: usize, texts: impl IntoIterator<Item = String>) -> Self {
        let candidates = texts.into_iter().map(|text| Candidate { shown: text.clone(), inserted: text });
        Self { start, candidates: candidates.collect() }
    }

    /// Values to choose from: people read the label, the line gets the value.
    pub fn of_choices(start: usize, choices: &[Choice]) -> Self {
        let candidate = |choice: &Choice| Candidate {
            shown: format!("{} ({})", choice.value, choice.label),
            inserted: choice.value.clone(),
        };
        Self { start, candidates: choices.iter().map(candidate).collect() }
    }
}

/// Finds what is to be offered behind `typed`, all that stands before the cursor.
pub fn wanted<'c, 't>(typed: &'t str, commands: &'c [KnownCommand]) -> Wanted<'c, 't> {
    let Some(command) = typed.strip_prefix('/') else { return Wanted::Ready(Completion::default()) };
    let names = names(commands).into_iter().filter(|name| is_begun(typed, name)).collect::<Vec<_>>();
    if !names.is_empty() {
        return Wanted::Ready(Completion::of(0, names));
    }
    match find_command(commands, command) {
        Some((command, text)) => in_options(command, text, typed.len() - text.len()),
        None => Wanted::Ready(Completion::default()),
    }
}

/// Everything that a line can begin with.
fn names(commands: &[KnownCommand]) -> Vec<String> {
    let each = commands.iter().map(|command| match command.kind {
        Kind::MessageMenu => format!("/menu {}", command.name),
        Kind::Slash if command.options.is_empty() => format!("/{}", command.name),
        Kind::Slash => format!("/{} ", command.name),
    });
    each.chain(OWN_COMMANDS.map(str::to_owned)).collect()
}

fn is_begun(typed: &str, name: &str) -> bool {
    typed.len() < name.len() && name.to_lowercase().starts_with(&typed.to_lowercase())
}

/// What to offer within the options of a command, whose text begins at `offset` of the line.
fn in_options<'c, 't>(command: &'c KnownCommand, text: &'t str, offset: usize) -> Wanted<'c, 't> {
    let Pieces { unnamed, given } = pieces(command, text);
    let word = &text[text.rfind(char::is_whitespace).map_or(0, |at| at + 1)..];
    let is_free = |key: &str| given.iter().all(|given| given.option.key != key);
    let options = command.options.iter().filter(|option| is_free(option.key));
    let begun: Vec<String> =
        options.map(|option| format!("{}:", option.name)).filter(|name| is_begun(word, name)).collect();
    let (option, value, start) = match (given.last(), command.options.as_slice()) {
        (Some(last), _) => (last.option, last.value, last.start),
        // A command with one option needs no name for it.
        (None, [only]) if begun.is_empty() => (only, unnamed, 0),
        (None, _) => return Wanted::Ready(Completion::of(offset + text.len() - word.len(), begun)),
    };
    let start = offset + start + (value.len() - value.trim_start().len());
    let typed = value.trim_start();
    let is_finished = typed.ends_with(' ') && option.value != ValueShape::Completed;
    if is_finished || (!begun.is_empty() && !word.is_empty()) {
        return Wanted::Ready(Completion::of(offset + text.len() - word.len(), begun));
    }
    match option.value {
        ValueShape::Completed => Wanted::Values { path: command.path, option: option.key, typed, start },
        ValueShape::Pattern | ValueShape::OneOf(_) => {
            let fitting = option.choices.iter().filter(|choice| choice.value.starts_with(&typed.to_lowercase()));
            Wanted::Ready(Completion::of_choices(start, &fitting.cloned().collect::<Vec<_>>()))
        }
        ValueShape::Truth => {
            let fitting = ["true", "false"].into_iter().filter(|value| is_begun(typed, value));
            Wanted::Ready(Completion::of(start, fitting.map(str::to_owned)))
        }
        ValueShape::Text(_) | ValueShape::Whole(..) | ValueShape::File => Wanted::Ready(Completion::default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::testing::commands;

    fn offered(typed: &str) -> (usize, Vec<String>) {
        match wanted(typed, &commands()) {
            Wanted::Ready(Completion { start, candidates }) => {
                (start, candidates.into_iter().map(|candidate| candidate.inserted).collect())
            }
            Wanted::Values { path, option, typed, start } => (start, vec![format!("{path}.{option}={typed}")]),
        }
    }

    #[test]
    fn names_of_commands_are_completed() {
        assert_eq!(offered("/wa"), (0, ["/walk start ", "/walk list", "/walk stop "].map(str::to_owned).to_vec()));
        assert_eq!(offered("/menu f").1, ["/menu First aid for this"]);
        assert_eq!(offered("/ti").1, ["/time"]);
        assert_eq!(offered("my ba").1, Vec::<String>::new());
    }

    #[test]
    fn options_and_fixed_values_are_completed() {
        assert_eq!(
            offered("/breathe "),
            (9, ["pattern:", "minutes:", "style:", "visible:"].map(str::to_owned).to_vec())
        );
        assert_eq!(offered("/breathe pattern:b"), (17, vec!["box".to_owned()]));
        assert_eq!(offered("/breathe pattern:box m"), (21, vec!["minutes:".to_owned()]));
        assert_eq!(offered("/breathe style:s"), (15, vec!["sound".to_owned()]));
        assert_eq!(offered("/breathe visible:t"), (17, vec!["true".to_owned()]));
        assert_eq!(offered("/walk stop "), (11, vec!["which:".to_owned()]));
    }

    #[test]
    fn the_bot_is_asked_for_the_values_that_only_it_knows() {
        assert_eq!(offered("/back ask topic: ice or"), (17, vec!["back ask.topic=ice or".to_owned()]));
        assert_eq!(offered("/back ask ice"), (10, vec!["back ask.topic=ice".to_owned()]));
    }
}
