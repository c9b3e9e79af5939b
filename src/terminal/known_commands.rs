//! The commands as people of a language know them, derived from the bot's own table.

use crate::bot::commands::{self, Choice, Kind, ValueShape};
use crate::domain::Locale;
use crate::domain::topics::Library;

/// A command.
#[derive(Clone, Debug)]
pub struct KnownCommand {
    /// Its name in the table: `back ask`.
    pub path: &'static str,
    /// Where Discord shows it.
    pub kind: Kind,
    /// Its name in this language.
    pub name: String,
    /// One line about it.
    pub description: String,
    /// What it takes.
    pub options: Vec<KnownOption>,
}

/// An option of a command.
#[derive(Clone, Debug)]
pub struct KnownOption {
    /// Its name in the table.
    pub key: &'static str,
    /// Its name in this language.
    pub name: String,
    /// What it takes.
    pub value: ValueShape,
    /// Whether it has to be given.
    pub required: bool,
    /// The values to choose from, if they are fixed.
    pub choices: Vec<Choice>,
}

/// Every command, with the words of `locale`.
pub fn known_commands(library: &Library, locale: &Locale) -> Vec<KnownCommand> {
    let known = |command: &&dyn commands::Command| {
        let shape = command.shape();
        let options = shape.options.iter().map(|option| KnownOption {
            key: option.name,
            name: name_of(library, locale, &format!("{}.{}", shape.path, option.name), option.name),
            value: option.value,
            required: option.required,
            choices: commands::fixed_choices(library, locale, &format!("{}.{}", shape.path, option.name), option.value),
        });
        KnownCommand {
            path: shape.path,
            kind: shape.kind,
            name: full_name(library, locale, shape.path, shape.kind),
            description: commands::described(library, locale, shape.path)
                .map(|described| described.description.clone())
                .unwrap_or_default(),
            options: options.collect(),
        }
    };
    commands::ALL.iter().map(known).collect()
}

/// The name of a command with that of its group before it, each in the language of `locale`.
fn full_name(library: &Library, locale: &Locale, path: &str, kind: Kind) -> String {
    if kind == Kind::MessageMenu {
        return name_of(library, locale, path, path);
    }
    let ends = path.match_indices(' ').map(|(at, _)| at).chain([path.len()]);
    let names = ends.map(|end| {
        let word = path[..end].rsplit(' ').next().unwrap_or_default();
        name_of(library, locale, &path[..end], word)
    });
    names.collect::<Vec<_>>().join(" ")
}

fn name_of(library: &Library, locale: &Locale, path: &str, otherwise: &str) -> String {
    commands::described(library, locale, path).map_or(otherwise, |described| &described.name).to_owned()
}

impl KnownCommand {
    /// How it is typed, as in `/breathe [pattern:] [minutes:]`.
    pub fn usage(&self) -> String {
        let mut usage = match self.kind {
            Kind::Slash => format!("/{}", self.name),
            Kind::MessageMenu => format!("/menu {}", self.name),
        };
        for option in &self.options {
            let shown = if option.required { format!(" {}:", option.name) } else { format!(" [{}:]", option.name) };
            usage.push_str(&shown);
        }
        usage
    }

    /// What of `typed` follows the name of this command, and how many words that name has.
    pub fn split_name<'t>(&self, typed: &'t str) -> Option<(usize, &'t str)> {
        [self.name.as_str(), self.path].into_iter().find_map(|name| {
            let rest = strip_words(typed, name)?;
            Some((name.split(' ').count(), rest))
        })
    }
}

impl KnownOption {
    /// The names that it goes by.
    pub fn names(&self) -> [&str; 2] {
        [&self.name, self.key]
    }
}

/// The slash command that `typed`, without its slash, begins with, and what follows: of several the longest name.
pub fn find_command<'c, 't>(commands: &'c [KnownCommand], typed: &'t str) -> Option<(&'c KnownCommand, &'t str)> {
    let slash = commands.iter().filter(|command| command.kind == Kind::Slash);
    let found = slash.filter_map(|command| command.split_name(typed).map(|(words, rest)| (words, command, rest)));
    found.max_by_key(|(words, ..)| *words).map(|(_, command, rest)| (command, rest))
}

/// What of `typed` follows `words`, however many spaces lie between them.
fn strip_words<'t>(typed: &'t str, words: &str) -> Option<&'t str> {
    words.split(' ').try_fold(typed, |rest, word| {
        let rest = rest.trim_start();
        let (head, tail) = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()));
        (head.to_lowercase() == word.to_lowercase()).then_some(tail)
    })
}
