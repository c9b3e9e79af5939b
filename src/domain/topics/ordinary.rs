//! Ordinary messages of a language: what phrases must not fire on, and what a new phrase is tried on.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::document::{Located, Place, Problems};

/// The longest line, in characters: the sample stands for short chat.
const LONGEST: usize = 300;

/// Ordinary messages. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Ordinary(Arc<[Box<str>]>);

impl Ordinary {
    /// Reads a file with one message a line; lines that begin with `# ` are comments. Notes what is wrong with it, and
    /// answers the messages with their places, so that they can be tried on the phrases.
    pub fn read(file: &str, text: &str, problems: &Problems) -> Vec<Located<String>> {
        let mut known = BTreeSet::new();
        let mut messages = Vec::new();
        for (number, line) in (1..).zip(text.lines().map(str::trim)) {
            if line.is_empty() || line.starts_with("# ") {
                continue;
            }
            let place = Place { file: file.to_owned(), line: Some(number) };
            if line.chars().count() > LONGEST {
                problems.add(
                    &place,
                    format!("longer than {LONGEST} characters"),
                    "write what people chat: short lines",
                );
            }
            if !known.insert(line.to_lowercase()) {
                problems.add(&place, "this message is there twice", "remove one: each counts once");
            }
            messages.push(Located { value: line.to_owned(), place });
        }
        messages
    }

    /// All of them.
    pub fn messages(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(AsRef::as_ref)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Located<String>> for Ordinary {
    fn from_iter<T: IntoIterator<Item = Located<String>>>(messages: T) -> Self {
        Self(messages.into_iter().map(|message| message.value.into_boxed_str()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_blank_lines_are_no_messages_and_faults_have_their_line() {
        let problems = Problems::default();
        let text = format!("# about\n\nbe right back\nBe right back\n#1 fan\n{}\n", "x".repeat(301));
        let messages = Ordinary::read("o.txt", &text, &problems);
        assert_eq!(messages.len(), 4);
        let told: Vec<String> = problems.into_sorted().iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "o.txt:4: this message is there twice; remove one: each counts once",
                "o.txt:6: longer than 300 characters; write what people chat: short lines",
            ]
        );
    }
}
