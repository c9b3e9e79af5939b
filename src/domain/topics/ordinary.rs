//! Ordinary messages of a language: what phrases must not fire on, and what a new phrase is tried on.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::document::{Place, Problems};

/// The longest line, in characters: the sample stands for short chat.
const LONGEST: usize = 300;

/// Ordinary messages. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Ordinary {
    file: Arc<str>,
    /// Each message with its line.
    messages: Arc<[(usize, Box<str>)]>,
}

impl Ordinary {
    /// Reads a file with one message a line; lines that begin with `# ` are comments. Notes what is wrong with it.
    pub fn read(file: &str, text: &str, problems: &Problems) -> Self {
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
            messages.push((number, Box::from(line)));
        }
        Self { file: Arc::from(file), messages: messages.into() }
    }

    /// All of them.
    pub fn messages(&self) -> impl Iterator<Item = &str> {
        self.messages.iter().map(|(_, message)| message.as_ref())
    }

    /// All of them with where they stand.
    pub fn located(&self) -> impl Iterator<Item = (Place, &str)> {
        let place = |line| Place { file: self.file.to_string(), line: Some(line) };
        self.messages.iter().map(move |(line, message)| (place(*line), message.as_ref()))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.messages.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
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
        assert_eq!(messages.located().next().unwrap().0.to_string(), "o.txt:3");
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
