//! The phrase language: reading a phrase and turning it into the plain sequences of words that it stands for.
//!
//! `docs/phrases.md` tells moderators how to write one.

mod expand;
mod parse;

use std::ops::Range;

pub use expand::{Element, Expander, Lexicon, Sequence, What, merged, plain_words};
pub use parse::parse;

/// A phrase that was read: parts, each of which has to occur in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The parts.
    pub parts: Vec<Vec<Item>>,
    /// Whether they have to stand in one sentence: joined by `~`, not by `&`.
    pub near: bool,
}

/// One thing in a phrase and how often it may come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub atom: Atom,
    /// Whether it may be left out.
    pub optional: bool,
    /// Whether it may come several times in a row.
    pub repeat: bool,
    /// Where it stands in the phrase, in bytes.
    pub span: Range<usize>,
}

/// One thing that a phrase asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Atom {
    /// A word as written.
    Word(String),
    /// A word family or a notion: `{go}`.
    Family(String),
    /// One of several: `(a|b c)`.
    Either(Vec<Vec<Item>>),
    /// Up to so many words, whatever they are: `...`.
    Gap(usize),
    /// The beginning or end of a sentence or of a pause in it: `^` or `$`.
    Edge,
    /// A pause: `,`.
    Pause,
    /// The end of a sentence: `.`.
    Stop,
    /// A question mark: `?`.
    Question,
}

/// What is wrong with a phrase, where, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseError {
    /// The phrase.
    pub phrase: String,
    /// Where in the phrase, in bytes.
    pub at: usize,
    /// What is wrong, in one line.
    pub what: String,
    /// What to write instead, in one line.
    pub instead: String,
}

impl PhraseError {
    /// Makes one for the phrase `phrase`, at byte `at`.
    pub fn new(phrase: &str, at: usize, what: impl Into<String>, instead: impl Into<String>) -> Self {
        Self { phrase: phrase.to_owned(), at, what: what.into(), instead: instead.into() }
    }

    /// What is wrong and where, in one line: the character is named by its number and what stands around it.
    pub fn pointed(&self) -> String {
        let at = (0..=self.at.min(self.phrase.len())).rev().find(|at| self.phrase.is_char_boundary(*at)).unwrap_or(0);
        let (before, after) = self.phrase.split_at(at);
        let number = before.chars().count() + 1;
        let before: String = before.chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect();
        let after: String = after.chars().take(20).collect();
        format!("phrase, character {number} (`{before}` → `{after}`): {}", self.what)
    }
}

impl std::fmt::Display for PhraseError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}; {}", self.pointed(), self.instead)
    }
}

impl std::error::Error for PhraseError {}
