//! What a server's responses make of the topics that ship with the bot, and what they add.
//!
//! Where a text is the server's own, the sources of the bot no longer stand for it: the answer then names none, and its
//! small print says who wrote it. Of the warning signs a server may reword the emergency answer, but not whom to call,
//! which stays first, and not the lists of signs.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::phrases::role;
use super::{Book, Phrase, Response, ResponseState};
use crate::domain::document::Place;
use crate::domain::matching::{PhraseSource, ServerFault};
use crate::domain::topics::{Body, Content, Library, Origin, Topic, TopicId};

/// The mark that becomes the line about whom to call.
const EMERGENCY_CALL: &str = "{emergency_call}";

/// How long a topic's short name and its line in a menu may be, in characters.
/// Source: Discord API reference, "Select menu" (100); a short name also stands in other places.
const LONGEST_LABEL: usize = 80;
const LONGEST_SUMMARY: usize = 100;

/// A server's phrases as the matcher takes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerPhrases {
    /// Those that answer.
    pub live: Vec<PhraseSource>,
    /// Those that only count.
    pub watched: Vec<PhraseSource>,
    /// The topics that are switched off.
    pub off: BTreeSet<TopicId>,
}

/// The library as a server has it; nothing if the server changes nothing about it. A topic that is switched off is not
/// offered any more, except for the first aid, which buttons and commands lead to.
pub fn library(shipped: &Library, book: &Book) -> Option<Library> {
    let is_changed = |(id, response): (&TopicId, &Response)| book.is_off(id) || says_something(response);
    book.responses.iter().any(is_changed).then(|| {
        shipped.with_topics(|content| {
            let mut topics = content.topics.clone();
            for id in book.responses.keys() {
                let is_live = !book.is_off(id) && (content.topics.contains_key(id) || answers_something(book, id));
                match topic(content, book, id).filter(|_| is_live || id.as_str() == TopicId::FIRST_AID) {
                    Some(topic) => drop(topics.insert(id.clone(), Arc::new(topic))),
                    None => drop(topics.remove(id)),
                }
            }
            topics
        })
    })
}

/// Whether a response of the server's own is live: one whose phrases are all watched is being tried in silence.
fn answers_something(book: &Book, id: &TopicId) -> bool {
    book.responses.get(id).is_some_and(|response| response.live_phrases().next().is_some())
}

fn says_something(response: &Response) -> bool {
    response.title.is_some() || response.answer.is_some() || !response.tips.is_empty()
}

/// The topic as a server has it: as it ships, reworded, or the server's own. Nothing if there is no such topic, or if it
/// is the server's own and says nothing.
pub fn topic(content: &Content, book: &Book, id: &TopicId) -> Option<Topic> {
    let response = book.responses.get(id);
    match (content.topics.get(id), response) {
        (Some(shipped), Some(response)) => Some(reworded(shipped, response)),
        (Some(shipped), None) => Some(Topic::clone(shipped)),
        (None, Some(response)) => own(id, response),
        (None, None) => None,
    }
}

/// A topic that ships with the bot, with what a server says instead.
pub fn reworded(shipped: &Topic, response: &Response) -> Topic {
    let mut topic = shipped.clone();
    if !says_something(response) {
        return topic;
    }
    topic.origin = Origin::Server;
    match &mut topic.body {
        Body::Explanation { myth, truth, tips } => {
            replace(&mut topic.title, response.title.as_ref());
            if let Some(answer) = &response.answer {
                *myth = None;
                truth.clone_from(answer);
            }
            replace_all(tips, &response.tips);
        }
        Body::WarningSigns { emergency, .. } => {
            replace(&mut emergency.title, response.title.as_ref());
            let answer = response.answer.as_ref().map(|answer| format!("{EMERGENCY_CALL}\n{answer}"));
            replace(&mut emergency.text, answer.as_ref());
            replace_all(&mut emergency.steps, &response.tips);
        }
    }
    topic
}

/// What a topic that ships with the bot says, as a moderator finds it in the form.
pub fn wording(shipped: &Topic) -> Response {
    let (title, answer, tips) = match &shipped.body {
        Body::Explanation { truth, tips, .. } => (&shipped.title, truth.clone(), tips.clone()),
        Body::WarningSigns { emergency, .. } => {
            let answer = emergency.text.replace(EMERGENCY_CALL, "").trim().to_owned();
            (&emergency.title, answer, emergency.steps.clone())
        }
    };
    Response { title: Some(title.clone()), answer: Some(answer), tips, ..Response::default() }
}

/// The response without what a topic says anyway, so that a text that nobody changed stays as it ships.
#[must_use]
pub fn without_what_ships(response: Response, shipped: &Topic) -> Response {
    let known = wording(shipped);
    Response {
        title: response.title.filter(|title| known.title.as_ref() != Some(title)),
        answer: response.answer.filter(|answer| known.answer.as_ref() != Some(answer)),
        tips: if response.tips == known.tips { Vec::new() } else { response.tips },
        ..response
    }
}

/// The response with what a topic says where it says nothing itself: what a moderator finds in the form.
#[must_use]
pub fn with_what_ships(response: Option<&Response>, shipped: &Topic) -> Response {
    let known = wording(shipped);
    let response = response.cloned().unwrap_or_default();
    Response {
        title: response.title.or(known.title),
        answer: response.answer.or(known.answer),
        tips: if response.tips.is_empty() { known.tips } else { response.tips },
        ..response
    }
}

fn replace(text: &mut String, own: Option<&String>) {
    if let Some(own) = own {
        text.clone_from(own);
    }
}

fn replace_all(texts: &mut Vec<String>, own: &[String]) {
    if !own.is_empty() {
        own.clone_into(texts);
    }
}

fn own(id: &TopicId, response: &Response) -> Option<Topic> {
    let title = response.title.clone()?;
    let answer = response.answer.clone()?;
    let first_line = answer.lines().next().unwrap_or_default();
    Some(Topic {
        id: id.clone(),
        label: shortened(&title, LONGEST_LABEL),
        summary: shortened(first_line, LONGEST_SUMMARY),
        title,
        origin: Origin::Server,
        body: Body::Explanation { myth: None, truth: answer, tips: response.tips.clone() },
        examples: Vec::new(),
        counterexamples: Vec::new(),
        place: place(id, None),
    })
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}

/// The phrases of all responses that are on, and the topics that are off. A phrase's place is the response's name with
/// the phrase's number, counted from 1.
pub fn phrase_sources(book: &Book) -> ServerPhrases {
    let mut phrases = ServerPhrases::default();
    for (id, response) in &book.responses {
        if response.state == ResponseState::Off && book.is_off(id) {
            phrases.off.insert(id.clone());
            continue;
        }
        for (number, phrase) in (1..).zip(&response.phrases) {
            let list = if phrase.watched { &mut phrases.watched } else { &mut phrases.live };
            list.push(phrase_source(id, number, phrase));
        }
    }
    phrases
}

/// The phrases in which none of the faults lies: what is left of phrases that an older version took.
pub fn usable(phrases: &[PhraseSource], faults: &[ServerFault]) -> Vec<PhraseSource> {
    let is_sound = |phrase: &&PhraseSource| !faults.iter().any(|fault| fault.place.as_ref() == Some(&phrase.place));
    phrases.iter().filter(is_sound).cloned().collect()
}

/// A phrase as the matcher takes it.
pub(super) fn phrase_source(id: &TopicId, number: usize, phrase: &Phrase) -> PhraseSource {
    PhraseSource { topic: id.clone(), role: role(id), text: phrase.text.clone(), place: place(id, Some(number)) }
}

fn place(id: &TopicId, line: Option<usize>) -> Place {
    Place { file: id.to_string(), line }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answers;
    use crate::domain::guild::testing::{id, library};
    use crate::domain::guild::{Fields, Kind};
    use crate::domain::locale::Locale;
    use crate::domain::matching::{PhraseRole, Urgency};
    use crate::domain::reply::{Card, Reply};

    fn worded(title: &str, answer: &str, tips: &[&str]) -> Response {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let tips = tips.iter().map(|tip| (*tip).to_owned()).collect();
        Response { title: some(title), answer: some(answer), tips, ..Response::default() }
    }

    fn effective(library: &Library, name: &str, response: Response) -> Topic {
        let book = Book { responses: [(id(name), response)].into(), ..Book::default() };
        topic(library.fallback(), &book, &id(name)).expect("a topic")
    }

    fn shown(reply: Reply) -> (Card, String) {
        let card = reply.card.expect("a card");
        let text = card.as_text(10_000);
        (card, text)
    }

    #[test]
    fn a_response_of_its_own_shows_no_myth_and_no_sources_and_says_who_wrote_it() {
        let library = library();
        let toast = effective(library, "toast", worded("Toast", "It passes.", &[]));
        let (_, text) = shown(answers::about_topic(library, &toast, &Locale::unknown()));
        assert!(text.starts_with("**Toast**\nIt passes.\n\n**Get help now if…**"), "{text}");
        assert!(text.ends_with("Talk to a health professional."), "{text}");
        assert!(text.contains("moderators of this server wrote"), "{text}");
        for left_out in ["The myth", "Sources", "What to do now"] {
            assert!(!text.contains(left_out), "{left_out}");
        }
    }

    #[test]
    fn a_server_has_a_library_of_its_own_only_if_it_changes_something() {
        let shipped = library();
        let phrases = Response { phrases: vec![Phrase::live("a b")], ..Response::default() };
        let mut book = Book { responses: [(id("sleep"), phrases)].into(), ..Book::default() };
        assert!(super::library(shipped, &book).is_none());
        let with = |phrase| Response { phrases: vec![phrase], ..worded("Toast", "It passes.", &[]) };
        book.responses.insert(id("toast"), with(Phrase::live("a b")));
        book.responses.insert(id("tried"), with(Phrase { text: "a b".to_owned(), watched: true }));
        let off = Response { state: ResponseState::Off, ..Response::default() };
        book.responses.insert(id("medicine"), off.clone());
        book.responses.insert(id(TopicId::FIRST_AID), off);
        let own = super::library(shipped, &book).expect("it changes something");
        let has = |name: &str| own.fallback().topic(name).is_some();
        assert!(has("toast") && has("sleep") && has(TopicId::FIRST_AID));
        assert!(!has("medicine"), "what is off is not offered");
        assert!(!has("tried"), "nor what is only watched");
    }

    #[test]
    fn a_topic_that_ships_keeps_what_the_server_says_nothing_about() {
        let library = library();
        let shipped = library.fallback().topic("sleep").unwrap();
        let only_phrases = Response { phrases: vec![Phrase::live("a b")], ..Response::default() };
        let (same, _) =
            shown(answers::about_topic(library, &effective(library, "sleep", only_phrases), &Locale::unknown()));
        let (original, _) = shown(answers::about(library, &shipped.id, &Locale::unknown()));
        assert_eq!(same, original);
        let reworded = effective(library, "sleep", worded("", "", &["Use a hammock."]));
        let (card, text) = shown(answers::about_topic(library, &reworded, &Locale::unknown()));
        assert_eq!(card.title, original.title);
        assert_eq!(card.body, original.body, "the answer and its myth are as they ship");
        assert!(text.contains("1. Use a hammock.") && !text.contains("Sources"), "{text}");
    }

    #[test]
    fn the_warning_signs_never_lose_whom_to_call_nor_their_lists() {
        let library = library();
        let response = worded("Help now!", "Our nurses are in #help.", &["Shout."]);
        let signs = effective(library, TopicId::RED_FLAGS, response);
        let here = Locale::unknown();
        let (card, text) = shown(answers::urgent_about(library, &signs, &Urgency::Emergency.into(), &here));
        assert_eq!(card.title, "Help now!");
        assert!(card.body.starts_with("**Call "), "{text}");
        assert!(card.body.ends_with("Our nurses are in #help."), "{text}");
        assert!(text.contains("1. Shout."), "{text}");
        let (_, lists) = shown(answers::get_help_about(library, &signs, &here));
        let (_, original) = shown(answers::get_help(library, &here));
        let signs_of = |text: &str| text.lines().filter(|line| line.starts_with("- ")).count();
        assert_eq!(signs_of(&lists), signs_of(&original));
        assert!(lists.contains("**Call "), "{lists}");
    }

    #[test]
    fn what_a_moderator_leaves_as_it_was_stays_as_it_ships() {
        let library = library();
        for shipped in library.fallback().topics.values() {
            let form = Fields::of(&with_what_ships(None, shipped));
            let typed = form.read(Kind::Shipped, None, None).expect("what ships fits into the form");
            assert_eq!(without_what_ships(typed, shipped), Response::default(), "{}", shipped.id);
        }
    }

    #[test]
    fn phrases_are_live_or_watched_and_those_of_a_topic_that_is_off_are_neither() {
        let watched = Phrase { text: "b".to_owned(), watched: true };
        let on = Response { phrases: vec![Phrase::live("a"), watched], ..Response::default() };
        let off = Response { state: ResponseState::Off, ..on.clone() };
        let responses = [(id("toast"), on), (id("sleep"), off.clone()), (id(TopicId::RED_FLAGS), off)].into();
        let phrases = phrase_sources(&Book { responses, ..Book::default() });
        let texts =
            |list: &[PhraseSource]| list.iter().map(|s| (s.topic.to_string(), s.text.clone())).collect::<Vec<_>>();
        let both = |text: &str| [("red-flags".to_owned(), text.to_owned()), ("toast".to_owned(), text.to_owned())];
        assert_eq!(texts(&phrases.live), both("a"));
        assert_eq!(texts(&phrases.watched), both("b"));
        assert_eq!(phrases.off, [id("sleep")].into(), "the warning signs are never off");
        assert_eq!(phrases.live[0].role, PhraseRole::Sign(Urgency::Emergency));
        assert_eq!(phrases.live[1].role, PhraseRole::Phrase);
    }
}
