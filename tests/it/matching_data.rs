//! The bot's own phrases, read from `responses/en`, for the tests and benches of the matcher.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use lumbar::domain::document::{Place, Problem, Problems, Section, read_document};
use lumbar::domain::matching::network::Network;
use lumbar::domain::matching::{Language, Limits, Matcher, PhraseRole, PhraseSource, Urgency};
use lumbar::domain::topics::TopicId;

/// The folder of the repository.
pub fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the folder with the messages to develop against, where that folder is there.
pub fn shared(path: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("LUMBAR_SHARED").map_or_else(|| repository().join("../shared"), PathBuf::from);
    Some(folder.join(path)).filter(|path| path.exists())
}

/// A topic's messages that must lead to it, and those that must not.
pub struct Examples {
    pub topic: TopicId,
    pub good: Vec<String>,
    pub bad: Vec<String>,
}

/// Everything read, and what was wrong with it.
pub struct Data {
    pub matcher: Matcher,
    pub language: Language,
    pub network: Option<Network>,
    pub phrases: Vec<PhraseSource>,
    pub examples: Vec<Examples>,
    pub problems: Vec<Problem>,
}

/// Reads the English language file and all topics.
pub fn english() -> Data {
    let folder = repository().join("responses/en");
    let problems = Problems::default();
    let language = Language::read("_language.toml", &read(&folder.join("_language.toml")), &problems).unwrap();
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut phrases, mut examples) = (Vec::new(), Vec::new());
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        if name.ends_with(".toml") && !name.starts_with('_') {
            read_document(&name, &read(&file), &problems, |section| {
                examples.push(read_topic(section, &mut phrases));
                Some(())
            });
        }
    }
    let network = Network::read("_network.txt", &read(&folder.join("_network.txt")), &problems);
    let matcher = Matcher::compile(&language, &phrases, network.clone(), &problems);
    Data { matcher, language, network, phrases, examples, problems: problems.into_sorted() }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn read_topic(mut topic: Section<'_>, phrases: &mut Vec<PhraseSource>) -> Examples {
    let id = TopicId::parse(&topic.required_text("id").unwrap().value).unwrap();
    let mut take = |section: &mut Section<'_>, key: &'static str, role: PhraseRole| {
        phrases.extend(section.texts(key).into_iter().map(|text| PhraseSource {
            topic: id.clone(),
            role,
            text: text.value,
            place: text.place,
        }));
    };
    take(&mut topic, "phrases", PhraseRole::Phrase);
    take(&mut topic, "questions", PhraseRole::Question);
    for (key, urgency) in [("emergency", Urgency::Emergency), ("today", Urgency::Today)] {
        if let Some(mut section) = topic.section(key) {
            take(&mut section, "signs", PhraseRole::Sign(urgency));
        }
    }
    for mut section in topic.sections("danger") {
        take(&mut section, "signs", PhraseRole::Danger);
    }
    let texts = |topic: &mut Section<'_>, key| topic.texts(key).into_iter().map(|text| text.value).collect();
    let (good, bad) = (texts(&mut topic, "examples"), texts(&mut topic, "counterexamples"));
    Examples { topic: id, good, bad }
}

/// A topic by its id.
pub fn topic(id: &str) -> TopicId {
    TopicId::parse(id).unwrap()
}

/// A phrase that a server added.
pub fn phrase(text: &str) -> PhraseSource {
    let place = Place { file: "server".to_owned(), line: Some(1) };
    PhraseSource { topic: topic("tavern"), role: PhraseRole::Phrase, text: text.to_owned(), place }
}

/// The topic that a message is answered with, and how urgent that is.
pub fn answer(matcher: &Matcher, text: &str) -> Option<(String, Option<Urgency>)> {
    matcher.find(text).map(|trigger| (trigger.topic.to_string(), trigger.urgency))
}

/// Each of the texts is answered with this, or not answered.
pub fn assert_each(matcher: &Matcher, texts: &[&str], expected: Option<(&str, Option<Urgency>)>) {
    let expected = expected.map(|(topic, urgency)| (topic.to_owned(), urgency));
    for text in texts {
        assert_eq!(answer(matcher, text), expected, "{text}\n{}", matcher.explain(text));
    }
}

/// Each of the texts is as urgent as this, answered or not.
pub fn assert_urgency(matcher: &Matcher, texts: &[&str], expected: Option<Urgency>) {
    for text in texts {
        let urgency = answer(matcher, text).and_then(|(_, urgency)| urgency);
        assert_eq!(urgency, expected, "{text}\n{}", matcher.explain(text));
    }
}

/// The matcher of a server that added these phrases; the first fault if it cannot be one.
pub fn with(matcher: &Matcher, texts: &[&str]) -> Result<Matcher, String> {
    let added: Vec<PhraseSource> = texts.iter().map(|text| phrase(text)).collect();
    matcher
        .with_server_phrases(&added, &BTreeSet::new(), &Limits::default())
        .map_err(|faults| faults[0].error.to_string())
}
