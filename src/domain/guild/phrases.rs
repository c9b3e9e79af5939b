//! A server's phrases: whether they can be read, and what they lead to.

use std::collections::BTreeSet;

use super::response::limits;
use super::wording::{self, Fault};
use crate::domain::document::{Located, Place};
use crate::domain::matching::phrase::{PhraseError, parse};
use crate::domain::matching::{Limits, Matcher, PhraseRole, PhraseSource, Urgency};
use crate::domain::topics::TopicId;

/// What a server's phrases for a topic do: those for the warning signs make a message urgent.
pub(super) fn role(topic: &TopicId) -> PhraseRole {
    if topic.as_str() == TopicId::RED_FLAGS { PhraseRole::Sign(Urgency::Emergency) } else { PhraseRole::Phrase }
}

/// What is wrong with the phrases of one response, and where; nowhere if all of them together are meant. Without a
/// matcher they are read, but nobody knows whether their word families exist.
pub(super) fn phrase_faults(phrases: &[Located<String>], matcher: Option<&Matcher>) -> Vec<(Option<Place>, Fault)> {
    if let Some(fault) = wording::phrases_fault(phrases.iter().map(|phrase| phrase.value.as_str())) {
        return vec![(None, fault)];
    }
    match matcher {
        Some(matcher) => compile_faults(phrases, matcher),
        None => {
            phrases.iter().filter_map(|phrase| Some((Some(phrase.place.clone()), read_fault(&phrase.value)?))).collect()
        }
    }
}

fn compile_faults(phrases: &[Located<String>], matcher: &Matcher) -> Vec<(Option<Place>, Fault)> {
    #[expect(clippy::expect_used, reason = "the constant is well-formed")]
    let topic = TopicId::parse(TopicId::FIRST_AID).expect("an id");
    let sources: Vec<PhraseSource> = phrases
        .iter()
        .map(|phrase| PhraseSource {
            topic: topic.clone(),
            role: PhraseRole::Phrase,
            text: phrase.value.clone(),
            place: phrase.place.clone(),
        })
        .collect();
    match matcher.with_server_phrases(&sources, &BTreeSet::new(), &Limits::default()) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.into_iter().map(|fault| (fault.place, shown(&fault.error))).collect(),
    }
}

fn read_fault(phrase: &str) -> Option<Fault> {
    let characters = phrase.chars().count();
    if characters > limits::PHRASE {
        let excess = characters - limits::PHRASE;
        return Some(Fault::new(
            format!("{characters} characters, {excess} too many"),
            "make it shorter, or two of it",
        ));
    }
    let expression = phrase.len() > 1 && phrase.starts_with('/') && phrase.ends_with('/');
    if expression { None } else { parse(phrase).err().map(|error| shown(&error)) }
}

/// A fault of a phrase; that of all phrases together points at no character.
pub(super) fn shown(error: &PhraseError) -> Fault {
    let what = if error.phrase.is_empty() { error.what.clone() } else { error.pointed() };
    Fault::new(what, error.instead.clone())
}
