//! The bot's own words in one language: headings, labels, notes.

use super::text_keys::TextKey;
use crate::domain::document::{Located, Place, Problems, Section, nearest};

/// All texts that code asks for, in one language.
#[derive(Clone, Debug)]
pub struct Words(Vec<Option<String>>);

impl Default for Words {
    fn default() -> Self {
        Self(vec![None; TextKey::ALL.len()])
    }
}

impl Words {
    /// Reads `_words.toml`. Notes unknown keys, and placeholders that a text must not use.
    pub fn read(section: Section<'_>) -> Self {
        let mut words = Self::default();
        let problems = section.problems();
        for (name, inner) in section.all_sections() {
            for (key, text) in inner.all_texts() {
                words.accept(&format!("{}.{key}", name.value), text, problems);
            }
        }
        words
    }

    /// Notes every text that is missing; English has to be whole.
    pub fn require_all(&self, file: &str, problems: &Problems) {
        let place = Place { file: file.to_owned(), line: None };
        for key in TextKey::ALL.iter().filter(|key| self.0[**key as usize].is_none()) {
            problems.add(&place, format!("`{}` is missing", key.key()), format!("add {} = \"…\"", key.key()));
        }
    }

    /// Takes from `fallback` what is missing here.
    pub fn fill_gaps(&mut self, fallback: &Words) {
        for (own, other) in self.0.iter_mut().zip(&fallback.0) {
            if own.is_none() {
                own.clone_from(other);
            }
        }
    }

    /// The text of `key`.
    pub fn get(&self, key: TextKey) -> &str {
        self.0[key as usize].as_deref().unwrap_or_else(|| key.key())
    }

    /// The text of `key` with its placeholders filled in.
    pub fn fill(&self, key: TextKey, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    fn accept(&mut self, name: &str, text: Located<String>, problems: &Problems) {
        let Some(key) = TextKey::ALL.iter().copied().find(|key| key.key() == name) else {
            let known: Vec<&str> = TextKey::ALL.iter().map(|key| key.key()).collect();
            let instead =
                nearest(name, &known).map_or("remove it".to_owned(), |known| format!("did you mean `{known}`?"));
            problems.add(&text.place, format!("unknown text `{name}`"), instead);
            return;
        };
        for used in placeholders_in(&text.value) {
            if !key.placeholders().contains(&used.as_str()) {
                let instead = match key.placeholders() {
                    [] => "this text has no placeholders".to_owned(),
                    known => format!(
                        "this text knows {}",
                        known.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(", ")
                    ),
                };
                problems.add(&text.place, format!("unknown placeholder {{{used}}} in `{name}`"), instead);
            }
        }
        for needed in key.placeholders().iter().filter(|needed| !text.value.contains(&format!("{{{needed}}}"))) {
            problems.add(
                &text.place,
                format!("`{name}` leaves out {{{needed}}}"),
                format!("put {{{needed}}} where it belongs"),
            );
        }
        self.0[key as usize] = Some(text.value);
    }
}

/// Puts `values` in the place of `{name}` marks. A value is never searched for marks itself.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let (before, from_open) = rest.split_at(open);
        filled.push_str(before);
        let value = from_open.find('}').and_then(|close| {
            let name = &from_open[1..close];
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| (close, *value))
        });
        match value {
            Some((close, value)) => {
                filled.push_str(value);
                rest = &from_open[close + 1..];
            }
            None => {
                filled.push('{');
                rest = &from_open[1..];
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// The names that stand in `{…}` in a text.
pub fn placeholders_in(text: &str) -> Vec<String> {
    let inside = text.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name));
    inside
        .filter(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_and_values_are_left_alone() {
        assert_eq!(fill("in {when}, {who}", &[("when", "{who}"), ("who", "you")]), "in {who}, you");
        assert_eq!(fill("a { b } {unknown", &[("when", "x")]), "a { b } {unknown");
    }

    #[test]
    fn names_of_texts_are_unique() {
        let mut keys: Vec<_> = TextKey::ALL.iter().map(|key| key.key()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), TextKey::ALL.len());
    }
}
