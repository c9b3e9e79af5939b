//! All that the bot can say, in every language, read from the files of `responses/`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::command_words::CommandWords;
use super::emergency::EmergencyNumbers;
use super::ordinary::Ordinary;
use super::topic::Topic;
use super::words::Words;
use super::{TopicId, validate};
use crate::domain::breathing::{Pattern, read_patterns};
use crate::domain::document::{Place, Problem, Problems, read_document};
use crate::domain::locale::{Locale, discord_locales};
use crate::domain::matching::network::Network;
use crate::domain::matching::{Explanation, Language, Limits, Matcher, PhraseSource, ServerFault, Trigger};
use crate::domain::reminders::DurationWords;

/// The language that is always there, and that others fall back to.
pub const FALLBACK_LANGUAGE: &str = "en";

/// The file with ordinary messages in the folder of a language: plain text, one message a line.
pub const ORDINARY: &str = "_ordinary.txt";

/// The file with what was learnt of a language, in its folder.
pub const NETWORK: &str = "_network.txt";

/// A file of `responses/`: its path below that folder, with `/` between the parts, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Such as `en/back-went-out.toml`.
    pub path: String,
    /// All of it.
    pub text: String,
}

/// All that the bot can say. Cheap to clone: what a server changes nothing about is shared.
#[derive(Clone, Debug)]
pub struct Library {
    languages: BTreeMap<String, Arc<Content>>,
    /// Whom to call, by locale.
    pub numbers: Arc<EmergencyNumbers>,
    /// The breathing patterns; the first is the default.
    pub patterns: Arc<[Pattern]>,
}

/// All that the bot can say in one language. What a translation lacks stands here in English.
#[derive(Clone, Debug)]
pub struct Content {
    /// The topics by id.
    pub topics: BTreeMap<TopicId, Arc<Topic>>,
    /// The bot's own words.
    pub words: Arc<Words>,
    /// The names and descriptions of the commands.
    pub commands: Arc<CommandWords>,
    /// How people of this language write spans of time.
    pub durations: Arc<DurationWords>,
    /// What people chat about otherwise, to try phrases on.
    pub ordinary: Ordinary,
    matcher: Option<Matcher>,
}

impl Library {
    /// Reads and checks every file. All that is wrong is told at once; a library exists only if nothing is.
    ///
    /// # Errors
    /// Every problem, with its file and line.
    pub fn read(files: &[SourceFile]) -> Result<Self, Vec<Problem>> {
        let problems = Problems::default();
        let library = read_library(files, &problems);
        match library {
            Some(library) if problems.is_empty() => Ok(library),
            _ => Err(problems.into_sorted()),
        }
    }

    /// Reads the files as far as they can be read, whatever is wrong with them: for tools that work on them.
    pub fn unchecked(files: &[SourceFile]) -> Option<Self> {
        read_library(files, &Problems::default())
    }

    /// Every ordinary message that is answered, as a problem. Too slow for every start: `lumbar check` asks for it.
    pub fn answered_ordinary(&self) -> Vec<Problem> {
        let problems = Problems::default();
        self.languages.values().for_each(|content| validate::ordinary(content, &problems));
        problems.into_sorted()
    }

    /// What to say to somebody of this locale: `pt-BR` if it is there, else `pt`, else English.
    pub fn content(&self, locale: &Locale) -> &Content {
        let known = [locale.as_str(), locale.language()].into_iter().find_map(|code| self.languages.get(code));
        known.map_or_else(|| self.fallback(), |content| &**content)
    }

    /// What a breathing pattern is called.
    pub fn pattern_name(&self, locale: &Locale, pattern: &str) -> String {
        let named = self.content(locale).commands.get(&format!("breathe.pattern.{pattern}"));
        named.map_or_else(|| pattern.to_owned(), |named| named.name.clone())
    }

    /// The English content.
    #[expect(clippy::missing_panics_doc, reason = "a library without English cannot be built")]
    pub fn fallback(&self) -> &Content {
        #[expect(clippy::expect_used, reason = "read_library refuses to build a library without English")]
        self.languages.get(FALLBACK_LANGUAGE).expect("English is always there")
    }

    /// Every language with its content.
    pub fn languages(&self) -> impl Iterator<Item = (&str, &Content)> {
        self.languages.iter().map(|(code, content)| (code.as_str(), &**content))
    }

    /// Every phrase that messages are answered by, as it is written, in every language.
    pub fn phrases(&self) -> impl Iterator<Item = &str> {
        let matchers = self.languages.values().filter_map(|content| content.matcher.as_ref());
        matchers.flat_map(Matcher::phrases).map(|source| source.text.as_str())
    }

    /// What `text` is about, in whichever language it is written. Of two, the more urgent one.
    pub fn find(&self, text: &str) -> Option<Trigger> {
        most_urgent(self.languages.values().filter_map(|content| content.matcher.as_ref()), text)
    }

    /// A sign of despair or of an overdose, whether a back is named or not.
    pub fn find_danger(&self, text: &str) -> Option<Trigger> {
        let mut matchers = self.languages.values().filter_map(|content| content.matcher.as_ref());
        matchers.find_map(|matcher| matcher.find_danger(text))
    }

    /// The same library with other topics in each language: what a server made of them.
    #[must_use]
    pub fn with_topics(&self, topics: impl Fn(&Content) -> BTreeMap<TopicId, Arc<Topic>>) -> Self {
        let changed = |content: &Content| Arc::new(Content { topics: topics(content), ..content.clone() });
        let languages = self.languages.iter().map(|(code, content)| (code.clone(), changed(content)));
        Self { languages: languages.collect(), ..self.clone() }
    }

    /// What is understood in a server that has phrases of its own, in the language `locale`, or switched topics off.
    ///
    /// # Errors
    /// Every phrase that cannot be used.
    pub fn server_matchers(
        &self,
        locale: &Locale,
        added: &[PhraseSource],
        switched_off: &BTreeSet<TopicId>,
    ) -> Result<ServerMatchers, Vec<ServerFault>> {
        let language = self.language_of(locale);
        let matchers = self.languages.iter().filter_map(|(code, content)| Some((code, content.matcher.as_ref()?)));
        let limits = Limits::default();
        let own = |(code, matcher): (&String, &Matcher)| {
            let added = if code == language { added } else { &[] };
            matcher.with_server_phrases(added, switched_off, &limits)
        };
        Ok(ServerMatchers(matchers.map(own).collect::<Result<_, _>>()?))
    }

    /// The code of the language that is spoken to somebody of this locale.
    fn language_of(&self, locale: &Locale) -> &str {
        let known =
            [locale.as_str(), locale.language()].into_iter().find_map(|code| self.languages.get_key_value(code));
        known.map_or(FALLBACK_LANGUAGE, |(code, _)| code)
    }

    /// The matcher of the English phrases, for showing why a message did or did not fire.
    pub fn matcher(&self) -> Option<&Matcher> {
        self.fallback().matcher.as_ref()
    }
}

/// What is understood in one server, in every language.
#[derive(Clone, Debug)]
pub struct ServerMatchers(Vec<Matcher>);

impl ServerMatchers {
    /// What `text` is about. Of two, the more urgent one.
    pub fn find(&self, text: &str) -> Option<Trigger> {
        most_urgent(self.0.iter(), text)
    }

    /// Why a message would be answered there, or why not; in the language in which it would be, or else the first.
    pub fn explain(&self, text: &str) -> Option<Explanation> {
        let matcher = self.0.iter().find(|matcher| matcher.find(text).is_some()).or_else(|| self.0.first());
        matcher.map(|matcher| matcher.explain(text))
    }
}

fn most_urgent<'m>(matchers: impl Iterator<Item = &'m Matcher>, text: &str) -> Option<Trigger> {
    matchers.filter_map(|matcher| matcher.find(text)).max_by_key(|trigger| trigger.urgency)
}

fn read_library(files: &[SourceFile], problems: &Problems) -> Option<Library> {
    let nowhere = Place { file: "responses".to_owned(), line: None };
    let shared = |name: &str| {
        let file = files.iter().find(|file| file.path == name);
        if file.is_none() {
            problems.add(&nowhere, format!("{name} is missing"), "put it back from the original folder");
        }
        file
    };
    let numbers = shared("emergency-numbers.toml").and_then(|f| EmergencyNumbers::read(&shown(f), &f.text, problems));
    let patterns = shared("breathing-patterns.toml").and_then(|f| read_patterns(&shown(f), &f.text, problems));
    let mut languages = BTreeMap::new();
    for code in language_codes(files, problems) {
        languages.extend(read_language(&code, files, problems).map(|content| (code.clone(), content)));
    }
    let Some(english) = languages.get(FALLBACK_LANGUAGE).cloned() else {
        problems.add(&nowhere, "no English texts", "add a folder en/: other languages fall back to it");
        return None;
    };
    for content in languages.values_mut() {
        content.fill_gaps(&english);
    }
    let languages = languages.into_iter().map(|(code, content)| (code, Arc::new(content))).collect();
    let library = Library { languages, numbers: Arc::new(numbers?), patterns: patterns?.into() };
    validate::whole(&library, problems);
    Some(library)
}

fn shown(file: &SourceFile) -> String {
    format!("responses/{}", file.path)
}

fn language_codes(files: &[SourceFile], problems: &Problems) -> BTreeSet<String> {
    let (mut codes, mut unknown) = (BTreeSet::new(), BTreeSet::new());
    for file in files {
        let parts: Vec<&str> = file.path.split('/').collect();
        let place = Place { file: shown(file), line: None };
        match parts[..] {
            ["emergency-numbers.toml" | "breathing-patterns.toml"] => {}
            [code, _] if discord_locales(code).is_empty() => {
                unknown.insert(code);
            }
            [code, name] if name.ends_with(".toml") || [ORDINARY, NETWORK].contains(&name) => {
                codes.insert(code.to_owned());
            }
            _ => problems.add(&place, "this file belongs nowhere", "put topics into responses/<language>/<topic>.toml"),
        }
    }
    for code in unknown {
        let place = Place { file: format!("responses/{code}"), line: None };
        problems.add(&place, format!("Discord has no language `{code}`"), "name the folder like de, pt-BR or sv");
    }
    codes
}

fn read_language(code: &str, files: &[SourceFile], problems: &Problems) -> Option<Content> {
    let inside = |name: &str| files.iter().find(|file| file.path == format!("{code}/{name}"));
    let complete = code == FALLBACK_LANGUAGE;
    let words = inside("_words.toml")
        .and_then(|file| read_document(&shown(file), &file.text, problems, |section| Some(Words::read(section))));
    if complete {
        words.as_ref()?.require_all(&format!("responses/{code}/_words.toml"), problems);
    }
    let commands = inside("_commands.toml").and_then(|file| CommandWords::read(&shown(file), &file.text, problems));
    let durations = inside("_durations.toml").and_then(|file| DurationWords::read(&shown(file), &file.text, problems));
    let mut phrases = Vec::new();
    let topics = read_topics(code, files, problems, &mut phrases);
    let language = inside("_language.toml").and_then(|file| Language::read(&shown(file), &file.text, problems));
    let network = inside(NETWORK).and_then(|file| Network::read(&shown(file), &file.text, problems));
    let matcher = language.map(|language| Matcher::compile(&language, &phrases, network, problems));
    let ordinary = inside(ORDINARY).map(|file| Ordinary::read(&shown(file), &file.text, problems));
    let content = Content {
        topics: topics.into_iter().map(|(id, topic)| (id, Arc::new(topic))).collect(),
        words: Arc::new(words.unwrap_or_default()),
        commands: Arc::new(commands.unwrap_or_default()),
        durations: Arc::new(durations.unwrap_or_default()),
        ordinary: ordinary.unwrap_or_default(),
        matcher,
    };
    // Phrases that are not there would make their examples look wrong.
    if !content.matcher.as_ref().is_some_and(Matcher::is_cut_short) {
        validate::examples(&content, problems);
    }
    Some(content)
}

fn read_topics(
    code: &str,
    files: &[SourceFile],
    problems: &Problems,
    phrases: &mut Vec<PhraseSource>,
) -> BTreeMap<TopicId, Topic> {
    let mut topics: BTreeMap<TopicId, Topic> = BTreeMap::new();
    let prefix = format!("{code}/");
    let own = files.iter().filter_map(|file| Some((file, file.path.strip_prefix(&prefix)?.strip_suffix(".toml")?)));
    for (file, stem) in own.filter(|(_, stem)| !stem.starts_with('_')) {
        let topic = read_document(&shown(file), &file.text, problems, |section| Topic::read(section, phrases));
        let Some(topic) = topic else { continue };
        let place = Place { file: shown(file), line: Some(1) };
        if let Some(other) = topics.get(&topic.id) {
            let what = format!("the id `{}` is taken already by {}", topic.id, other.place.file);
            problems.add(&place, what, "give each topic an id of its own");
        } else if topic.id.as_str() != stem {
            let instead = format!("call the file {}.toml, or the topic {stem}", topic.id);
            problems.add(&place, format!("the id `{}` is not the file's name", topic.id), instead);
        }
        topics.insert(topic.id.clone(), topic);
    }
    topics
}

impl Content {
    /// The topic with this id.
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        TopicId::parse(id).and_then(|id| self.topics.get(&id)).map(|topic| &**topic)
    }

    /// What a message in this language is about.
    pub fn find(&self, text: &str) -> Option<Trigger> {
        self.matcher.as_ref().and_then(|matcher| matcher.find(text))
    }

    fn fill_gaps(&mut self, english: &Content) {
        for (id, topic) in &english.topics {
            self.topics.entry(id.clone()).or_insert_with(|| Arc::clone(topic));
        }
        Arc::make_mut(&mut self.words).fill_gaps(&english.words);
        Arc::make_mut(&mut self.commands).fill_gaps(&english.commands);
        if self.ordinary.is_empty() {
            self.ordinary = english.ordinary.clone();
        }
        if self.durations.is_empty() {
            self.durations = english.durations.clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::responses::built_in;

    #[test]
    fn of_too_many_phrases_nothing_else_is_told_than_that() {
        let mut files = built_in();
        let topic = files.iter_mut().find(|file| file.path == "en/back-went-out.toml").unwrap();
        let many: String = (0..20_000).map(|number| format!("\"zz{number}\",")).collect();
        topic.text = topic.text.replacen("phrases = [", &format!("phrases = [{many}"), 1);
        let problems = Library::read(&files).unwrap_err();
        let told: Vec<&str> = problems.iter().map(|problem| problem.what.as_str()).collect();
        assert_eq!(told, ["too many phrases, at most 20000"]);
    }
}
