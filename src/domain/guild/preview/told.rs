//! Warnings in words.

use super::{Warning, Why};
use crate::domain::guild::diff::code;
use crate::domain::topics::{TextKey, Words};

/// The most warnings that are told one by one.
pub const MOST_TOLD: usize = 12;

/// The warnings as lines of Markdown, with what to do about each; past [`MOST_TOLD`] only how many more there are.
pub fn told(warnings: &[Warning], words: &Words) -> Vec<String> {
    let mut lines: Vec<String> = warnings.iter().take(MOST_TOLD).map(|warning| line(warning, words)).collect();
    if warnings.len() > MOST_TOLD {
        let more = (warnings.len() - MOST_TOLD).to_string();
        lines.push(words.fill(TextKey::ChangesMore, &[("count", &more)]));
    }
    lines
}

fn line(warning: &Warning, words: &Words) -> String {
    match warning {
        Warning::Unusable(fault) => {
            words.fill(TextKey::PreviewUnusable, &[("what", &fault.what), ("instead", &fault.instead)])
        }
        Warning::TooBroad { phrase, breadth } => {
            let shown: Vec<String> = breadth.shown.iter().map(|message| code(message)).collect();
            let values =
                [("phrase", &*code(phrase)), ("share", &*breadth.per_cent()), ("messages", &*shown.join(", "))];
            words.fill(TextKey::PreviewTooBroad, &values)
        }
        Warning::Overlaps { phrase, topic, example, takes_over } => {
            let key = if *takes_over { TextKey::PreviewTakesOver } else { TextKey::PreviewOverlaps };
            words.fill(key, &[("phrase", &code(phrase)), ("topic", topic.as_str()), ("example", &code(example))])
        }
        Warning::Shadowed { phrase, topic } => {
            words.fill(TextKey::PreviewShadowed, &[("phrase", &code(phrase)), ("topic", topic.as_str())])
        }
        Warning::NeverFires { phrase, why } => never(phrase, why, words),
        Warning::Duplicate { phrase, topic } => {
            words.fill(TextKey::PreviewDuplicate, &[("phrase", &code(phrase)), ("topic", topic.as_str())])
        }
        Warning::TooLong { part, characters, most } => {
            let part = part.as_ref().map_or_else(|| words.get(TextKey::PreviewWhole).to_owned(), |part| code(part));
            let excess = (characters - most).to_string();
            let (characters, most) = (characters.to_string(), most.to_string());
            let values = [("part", &*part), ("characters", &*characters), ("excess", &*excess), ("most", &*most)];
            words.fill(TextKey::PreviewTooLong, &values)
        }
    }
}

fn never(phrase: &str, why: &Why, words: &Words) -> String {
    let phrase = code(phrase);
    match why {
        Why::OtherSense(said) => words.fill(TextKey::PreviewOtherSense, &[("phrase", &phrase), ("words", &code(said))]),
        Why::Denied => words.fill(TextKey::PreviewDenied, &[("phrase", &phrase)]),
        Why::NotMeant(word) => words.fill(TextKey::PreviewNotMeant, &[("phrase", &phrase), ("word", &code(word))]),
        Why::Unknown => words.fill(TextKey::PreviewNever, &[("phrase", &phrase)]),
    }
}
