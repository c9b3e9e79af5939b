//! The options of a typed command: `pattern:box minutes:2`. Discord's own client checks values before it sends them;
//! here there is no such client, so the checks are made here.

use std::collections::BTreeMap;

use super::known_commands::{KnownCommand, KnownOption};
use super::words::code;
use crate::bot::UploadedFile;
use crate::bot::commands::{Value, ValueShape};

/// An option with what was typed for it.
#[derive(Clone, Copy, Debug)]
pub struct Given<'c, 't> {
    /// Which.
    pub option: &'c KnownOption,
    /// Where its value starts in the text.
    pub start: usize,
    /// The value, which runs until the next option.
    pub value: &'t str,
}

/// What follows the name of a command, cut at the names of its options.
#[derive(Clone, Debug)]
pub struct Pieces<'c, 't> {
    /// What stands before the first option.
    pub unnamed: &'t str,
    /// The options in the order of the text.
    pub given: Vec<Given<'c, 't>>,
}

/// Cuts `text` at the names of the options of `command`.
pub fn pieces<'c, 't>(command: &'c KnownCommand, text: &'t str) -> Pieces<'c, 't> {
    let marks: Vec<_> = word_starts(text).filter_map(|at| mark_at(command, text, at)).collect();
    let unnamed = &text[..marks.first().map_or(text.len(), |(at, ..)| *at)];
    let ends = marks.iter().skip(1).map(|(at, ..)| *at).chain([text.len()]);
    let given = marks.iter().zip(ends).map(|((_, option, start), end)| Given {
        option,
        start: *start,
        value: &text[*start..end],
    });
    Pieces { unnamed, given: given.collect() }
}

fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let before = std::iter::once(' ').chain(text.chars());
    text.char_indices()
        .zip(before)
        .filter(|((_, this), before)| before.is_whitespace() && !this.is_whitespace())
        .map(|((at, _), _)| at)
}

/// The option whose name and colon stand at `at`, with the place behind them.
fn mark_at<'c>(command: &'c KnownCommand, text: &str, at: usize) -> Option<(usize, &'c KnownOption, usize)> {
    let rest = &text[at..];
    command.options.iter().find_map(|option| {
        let is_named = |name: &str| {
            let head = rest.get(..name.len());
            head.is_some_and(|head| head.to_lowercase() == name.to_lowercase()) && rest[name.len()..].starts_with(':')
        };
        let name = option.names().into_iter().find(|name| is_named(name))?;
        Some((at, option, at + name.len() + 1))
    })
}

/// Reads and checks what was typed behind the name of `command`; if it cannot be used, says what to write.
pub fn read(command: &KnownCommand, text: &str) -> Result<BTreeMap<String, Value>, String> {
    let pieces = pieces(command, text);
    let mut options = BTreeMap::new();
    let unnamed = pieces.unnamed.trim();
    if !unnamed.is_empty() {
        // What comes without a name is meant for the first option: `/walk start 45 min`.
        let first = command.options.first().ok_or_else(|| format!("`/{}` takes nothing behind it.", command.name))?;
        options.insert(first.key.to_owned(), value(first, unnamed)?);
    }
    for given in pieces.given.iter().filter(|given| !given.value.trim().is_empty()) {
        options.insert(given.option.key.to_owned(), value(given.option, given.value.trim())?);
    }
    match command.options.iter().find(|option| option.required && !options.contains_key(option.key)) {
        Some(missing) => Err(format!("`/{}` needs `{}:` and a value behind it.", command.name, missing.name)),
        None => Ok(options),
    }
}

fn value(option: &KnownOption, typed: &str) -> Result<Value, String> {
    let fault = |what: &str| Err(format!("`{}:` takes {what}, and {} is not that.", option.name, code(typed)));
    match option.value {
        ValueShape::Text(most) if typed.chars().count() > usize::from(most) => {
            fault(&format!("at most {most} characters"))
        }
        ValueShape::Text(_) | ValueShape::Completed => Ok(Value::Text(typed.to_owned())),
        ValueShape::Whole(least, most) => match typed.parse() {
            Ok(number) if (least..=most).contains(&number) => Ok(Value::Whole(number)),
            _ => fault(&format!("a whole number from {least} to {most}")),
        },
        // The terminal has no files to pick from: what is typed is a path, and the platform reads it.
        ValueShape::File => {
            let name = typed.rsplit(['/', '\\']).next().unwrap_or(typed).to_owned();
            Ok(Value::File(UploadedFile { name, size: 0, address: typed.to_owned() }))
        }
        ValueShape::Truth => match typed.to_lowercase().as_str() {
            "true" | "yes" => Ok(Value::Truth(true)),
            "false" | "no" => Ok(Value::Truth(false)),
            _ => fault("true or false"),
        },
        ValueShape::Pattern | ValueShape::OneOf(_) => {
            let wanted = typed.to_lowercase();
            let is_meant = |value: &str, label: &str| value.to_lowercase() == wanted || label.to_lowercase() == wanted;
            match option.choices.iter().find(|choice| is_meant(&choice.value, &choice.label)) {
                Some(choice) => Ok(Value::Text(choice.value.clone())),
                None => {
                    let known: Vec<&str> = option.choices.iter().map(|choice| choice.value.as_str()).collect();
                    fault(&format!("one of {}", known.join(", ")))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::terminal::testing::{fault, invocation};

    #[test]
    fn a_value_runs_until_the_next_option() {
        let breathe = invocation("/breathe pattern:box minutes: 2 visible:yes");
        assert_eq!(breathe.text("pattern"), Some("box"));
        assert_eq!(breathe.whole("minutes"), Some(2));
        assert!(breathe.truth("visible"));
        assert_eq!(invocation("/walk start in:an hour and a half").text("in"), Some("an hour and a half"));
    }

    #[test]
    fn the_first_option_needs_no_name() {
        assert_eq!(invocation("/walk start 45 min").text("in"), Some("45 min"));
        assert_eq!(invocation("/breathe box minutes:2").text("pattern"), Some("box"));
        assert_eq!(invocation("/back ask ice: or heat?").text("topic"), Some("ice: or heat?"));
        assert_eq!(invocation("/walk start").text("in"), None);
    }

    #[test]
    fn a_pattern_may_be_called_by_its_label() {
        assert_eq!(invocation("/breathe pattern:Box breath (4-4-4-4)").text("pattern"), Some("box"));
    }

    #[test]
    fn a_bad_value_is_told_with_what_to_write() {
        for (typed, expected) in [
            ("/breathe minutes:99", "`minutes:` takes a whole number from 1 to 10, and `99` is not that."),
            ("/breathe minutes:two", "`minutes:` takes a whole number from 1 to 10, and `two` is not that."),
            ("/breathe visible:maybe", "`visible:` takes true or false, and `maybe` is not that."),
            (
                "/breathe pattern:moon",
                "`pattern:` takes one of exhale, even, box, 4-7-8, sigh, and `moon` is not that.",
            ),
            ("/back ask topic:", "`/back ask` needs `topic:` and a value behind it."),
            ("/help me", "`/help` takes nothing behind it."),
            (
                "/breathe moon minutes:2",
                "`pattern:` takes one of exhale, even, box, 4-7-8, sigh, and `moon` is not that.",
            ),
        ] {
            assert_eq!(fault(typed), expected);
        }
    }
}
