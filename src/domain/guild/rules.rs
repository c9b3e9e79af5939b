//! What a server's book means for understanding messages.

use std::collections::BTreeSet;

use super::Book;
use crate::domain::document::Place;
use crate::domain::matching::{PhraseRole, PhraseSource, Urgency};
use crate::domain::topics::TopicId;

/// The phrases of a server, and the topics that it switched off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// The phrases that answer.
    pub live: Vec<PhraseSource>,
    /// The phrases that are only watched.
    pub watched: Vec<PhraseSource>,
    /// The topics that stay silent.
    pub off: BTreeSet<TopicId>,
}

impl Rules {
    /// The rules of a book. What is switched off has no phrases.
    pub fn of(book: &Book) -> Self {
        let mut rules = Self::default();
        for (name, response) in &book.responses {
            if book.is_off(name) {
                rules.off.insert(name.clone());
                continue;
            }
            for phrase in &response.phrases {
                let source = source(name, &phrase.text);
                if phrase.watched { rules.watched.push(source) } else { rules.live.push(source) }
            }
        }
        rules
    }

    /// Whether a server has no phrases and switched nothing off, so that it is understood as all others are.
    pub fn are_empty(&self) -> bool {
        self.live.is_empty() && self.off.is_empty()
    }
}

fn source(name: &TopicId, text: &str) -> PhraseSource {
    let role = match name.as_str() {
        TopicId::RED_FLAGS => PhraseRole::Sign(Urgency::Emergency),
        _ => PhraseRole::Phrase,
    };
    let place = Place { file: name.to_string(), line: None };
    PhraseSource { topic: name.clone(), role, text: text.to_owned(), place }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::guild::{Phrase, Response, ResponseState};

    #[test]
    fn watched_phrases_are_kept_apart_and_what_is_off_has_none() {
        let mut book = Book::default();
        let phrases = vec![Phrase::live("a"), Phrase { text: "b".to_owned(), watched: true }];
        let named = |name| TopicId::parse(name).unwrap();
        book.responses.insert(named("on"), Response { phrases: phrases.clone(), ..Response::default() });
        let off = Response { phrases, state: ResponseState::Off, ..Response::default() };
        book.responses.insert(named("off"), off);
        let rules = Rules::of(&book);
        let texts = |sources: &[PhraseSource]| sources.iter().map(|s| s.text.clone()).collect::<Vec<_>>();
        assert_eq!((texts(&rules.live), texts(&rules.watched)), (vec!["a".to_owned()], vec!["b".to_owned()]));
        assert_eq!(rules.off, [named("off")].into());
    }
}
