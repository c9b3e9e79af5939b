//! The names and descriptions of the commands in one language.

use std::collections::BTreeMap;

use crate::domain::document::{Problems, Section, read_document};

/// A name and what it is about, as Discord shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    /// The name: of a slash command or an option lower-case and without spaces.
    pub name: String,
    /// One line about it.
    pub description: String,
}

/// The table of `_commands.toml`: by path, such as `back ask`, `back ask.topic` or, for a value to choose from,
/// `breathe.pattern.exhale`.
#[derive(Clone, Debug, Default)]
pub struct CommandWords(BTreeMap<String, Described>);

impl CommandWords {
    /// Reads the table.
    pub fn read(file: &str, text: &str, problems: &Problems) -> Option<Self> {
        read_document(file, text, problems, |section| {
            let mut words = BTreeMap::new();
            for (path, mut entry) in section.all_sections() {
                for (option, mut inner) in entry.section("options").into_iter().flat_map(Section::all_sections) {
                    let option = format!("{}.{}", path.value, option.value);
                    for (value, label) in inner.section("choices").into_iter().flat_map(Section::all_texts) {
                        let label = Described { name: label.value, description: String::new() };
                        words.insert(format!("{option}.{value}"), label);
                    }
                    words.extend(read_entry(inner).map(|described| (option, described)));
                }
                words.extend(read_entry(entry).map(|described| (path.value, described)));
            }
            Some(Self(words))
        })
    }

    /// Takes from `fallback` what is missing here.
    pub fn fill_gaps(&mut self, fallback: &CommandWords) {
        for (path, described) in &fallback.0 {
            self.0.entry(path.clone()).or_insert_with(|| described.clone());
        }
    }

    /// The words for a path such as `back ask` or `back ask.topic`.
    pub fn get(&self, path: &str) -> Option<&Described> {
        self.0.get(path)
    }
}

/// Discord's own limits. Source: API reference, "Application command structure".
const LONGEST_NAME: usize = 32;
const LONGEST_DESCRIPTION: usize = 100;

fn read_entry(mut section: Section<'_>) -> Option<Described> {
    let place = section.place();
    let name = section.required_text("name");
    let description = section.text("description").map(|text| text.value).unwrap_or_default();
    if name.as_ref().is_some_and(|name| !(1..=LONGEST_NAME).contains(&name.value.chars().count())) {
        section.complain(&place, "the name is empty or too long", "keep it within 32 characters");
    }
    if description.chars().count() > LONGEST_DESCRIPTION {
        section.complain(&place, "the description is too long", "keep it within 100 characters");
    }
    section.finish();
    Some(Described { name: name?.value, description })
}
