//! What a moderator is warned of before a response is live. Warnings forbid nothing.

mod told;
mod trial;

use std::collections::BTreeSet;

pub use told::{MOST_TOLD, told};

use super::breadth::Breadth;
use super::{Book, Fault, Response, overlay};
use crate::domain::answers;
use crate::domain::locale::Locale;
use crate::domain::matching::{Matcher, Urgency};
use crate::domain::reply::{Card, Reply};
use crate::domain::topics::{Body, Library, Topic, TopicId};
use trial::Trial;

/// Something that a moderator should know about a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The phrases cannot be used as they are.
    Unusable(Fault),
    /// A phrase hits much ordinary chat.
    TooBroad {
        /// The phrase.
        phrase: String,
        /// How much.
        breadth: Breadth,
    },
    /// A phrase fires on an example of another topic.
    Overlaps {
        /// The phrase.
        phrase: String,
        /// The other topic.
        topic: TopicId,
        /// The example.
        example: String,
        /// Whether the response would answer it from now on.
        takes_over: bool,
    },
    /// Whatever a phrase asks for is answered with another topic.
    Shadowed {
        /// The phrase.
        phrase: String,
        /// The other topic.
        topic: TopicId,
    },
    /// No message can make a phrase fire.
    NeverFires {
        /// The phrase.
        phrase: String,
        /// Why.
        why: Why,
    },
    /// A phrase is there already.
    Duplicate {
        /// The phrase.
        phrase: String,
        /// Where else it leads, or the same topic.
        topic: TopicId,
    },
    /// A part of the answer is longer than what Discord takes.
    TooLong {
        /// The heading of the part; nothing if the whole answer is meant.
        part: Option<String>,
        /// How many characters it has.
        characters: usize,
        /// How many Discord takes.
        most: usize,
    },
}

/// Why a phrase never fires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its words are known as something else: "back in the day".
    OtherSense(String),
    /// It denies itself.
    Denied,
    /// A word of it is never taken in the sense that it asks for.
    NotMeant(String),
    /// Nobody knows.
    Unknown,
}

/// Discord's limits for the parts of an embed. Source: API reference, "Embed limits".
const TITLE: usize = 256;
const BODY: usize = 4096;
const SECTION: usize = 1024;
const FOOTER: usize = 2048;
const WHOLE: usize = 6000;

/// What to warn of if `response` becomes the server's response `id`: about its phrases, the worst first, and about the
/// length of the answer as it will look to somebody of this locale.
pub fn warnings(library: &Library, locale: &Locale, book: &Book, id: &TopicId, response: &Response) -> Vec<Warning> {
    let mut book = book.clone();
    book.responses.insert(id.clone(), response.clone());
    let mut warnings = Vec::new();
    if let Some(matcher) = library.matcher() {
        match Trial::new(matcher, library.fallback(), &book, id, response) {
            Ok(trial) => warnings.extend(trial.warnings()),
            Err(fault) => warnings.push(Warning::Unusable(fault)),
        }
        warnings.extend(duplicates(matcher, &book, id, response));
    }
    if let Some(topic) = overlay::topic(library.content(locale), &book, id) {
        warnings.extend(over_limits(library, locale, &topic));
    }
    warnings
}

/// Phrases that stand twice in the response, in another one, or among those that ship with the bot.
fn duplicates(matcher: &Matcher, book: &Book, id: &TopicId, response: &Response) -> Vec<Warning> {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let others = book.responses.iter().filter(|(other, _)| *other != id);
    let others = others.flat_map(|(other, response)| response.phrases.iter().map(move |phrase| (other, &phrase.text)));
    let shipped = matcher.phrases().map(|source| (&source.topic, &source.text));
    let known: Vec<(&TopicId, String)> = others.chain(shipped).map(|(topic, text)| (topic, plain(text))).collect();
    let mut own = BTreeSet::new();
    let mut warnings = Vec::new();
    for phrase in &response.phrases {
        let text = plain(&phrase.text);
        let elsewhere = known.iter().find(|(_, known)| *known == text).map(|(topic, _)| (*topic).clone());
        let twice = (!own.insert(text)).then(|| id.clone());
        let topic = twice.or(elsewhere);
        warnings.extend(topic.map(|topic| Warning::Duplicate { phrase: phrase.text.clone(), topic }));
    }
    warnings
}

fn over_limits(library: &Library, locale: &Locale, topic: &Topic) -> Vec<Warning> {
    let mut replies: Vec<Reply> = vec![answers::about_topic(library, topic, locale)];
    if matches!(topic.body, Body::WarningSigns { .. }) {
        replies.push(answers::urgent_about(library, topic, &Urgency::Emergency.into(), locale));
    }
    replies.iter().filter_map(|reply| reply.card.as_ref()).flat_map(card_over_limits).collect()
}

fn card_over_limits(card: &Card) -> Vec<Warning> {
    let part = |heading: &str, text: &str, most| (Some(heading.to_owned()), text.chars().count(), most);
    let head = [part(&card.title, &card.title, TITLE), part(&card.title, &card.body, BODY)];
    let sections = card.sections.iter().map(|section| part(&section.heading, &section.text, SECTION));
    let end = [part(&card.title, &card.footer, FOOTER), (None, card.characters(), WHOLE)];
    let parts = head.into_iter().chain(sections).chain(end);
    let long = parts.filter(|(_, characters, most)| characters > most);
    long.map(|(part, characters, most)| Warning::TooLong { part, characters, most }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::guild::Phrase;
    use crate::domain::guild::testing::{id, library};

    fn with(phrases: &[&str]) -> Response {
        Response {
            title: Some("Toast".to_owned()),
            answer: Some("It passes.".to_owned()),
            phrases: phrases.iter().map(|text| Phrase::live(*text)).collect(),
            ..Response::default()
        }
    }

    fn of(name: &str, response: &Response) -> Vec<Warning> {
        warnings(library(), &Locale::unknown(), &Book::default(), &id(name), response)
    }

    #[test]
    fn a_sound_response_has_no_warning() {
        assert_eq!(of("toast", &with(&["my {back} is toast", "spine of glass", "/lumbago\\s+lvl/"])), []);
    }

    #[test]
    fn a_phrase_that_hits_ordinary_chat_is_too_broad() {
        let found = of("toast", &with(&["back", "back is toast"]));
        let Some(Warning::TooBroad { phrase, breadth }) = found.iter().find(|w| matches!(w, Warning::TooBroad { .. }))
        else {
            panic!("{found:?}")
        };
        assert_eq!(phrase, "back");
        assert!(breadth.hits > 400 && breadth.shown.len() == 3, "{breadth:?}");
        assert_eq!(found.iter().filter(|warning| matches!(warning, Warning::TooBroad { .. })).count(), 1);
    }

    #[test]
    fn the_warning_signs_may_be_broader_as_they_need_back_trouble_beside_them() {
        assert_eq!(of(TopicId::RED_FLAGS, &with(&["snapped ligament", "sunburnt"])), []);
        let found = of(TopicId::RED_FLAGS, &with(&["the"]));
        assert!(found.iter().any(|warning| matches!(warning, Warning::TooBroad { .. })), "{found:?}");
    }

    #[test]
    fn a_phrase_that_takes_another_topics_examples_names_it() {
        let example = library().fallback().topic(TopicId::FIRST_AID).unwrap().examples[0].value.clone();
        let found = of("toast", &with(&[&example]));
        let expected =
            Warning::Overlaps { phrase: example.clone(), topic: id(TopicId::FIRST_AID), example, takes_over: true };
        assert_eq!(found, [expected]);
    }

    #[test]
    fn a_phrase_that_another_topic_always_outranks_is_shadowed() {
        let shadowed = |phrase: &str, topic| Warning::Shadowed { phrase: phrase.to_owned(), topic: id(topic) };
        assert_eq!(
            of("toast", &with(&["my back went out, ice or heat"])),
            [shadowed("my back went out, ice or heat", "ice-or-heat")]
        );
        let book = Book { responses: [(id("jam"), with(&["burnt toast"]))].into(), ..Book::default() };
        let found = warnings(library(), &Locale::unknown(), &book, &id("bread"), &with(&["(burnt) toast"]));
        assert_eq!(found, [shadowed("(burnt) toast", "jam")]);
    }

    #[test]
    fn a_phrase_that_can_never_fire_says_why() {
        for (phrase, why) in [
            ("locked and loaded", Why::OtherSense("locked and loaded".to_owned())),
            ("{back} door", Why::NotMeant("back".to_owned())),
        ] {
            let expected = Warning::NeverFires { phrase: phrase.to_owned(), why };
            assert_eq!(of("toast", &with(&[phrase])), [expected]);
        }
    }

    #[test]
    fn a_phrase_that_is_there_already_is_told() {
        let shipped = library().matcher().unwrap().phrases().next().unwrap();
        let book = Book { responses: [(id("jam"), with(&["burnt toast"]))].into(), ..Book::default() };
        let draft = with(&["burnt  Toast", "jam", "JAM", &shipped.text]);
        let found = warnings(library(), &Locale::unknown(), &book, &id("toast"), &draft);
        let duplicates = found.into_iter().filter_map(|warning| match warning {
            Warning::Duplicate { phrase, topic } => Some((phrase, topic)),
            _ => None,
        });
        let expected = [("burnt  Toast", id("jam")), ("JAM", id("toast")), (&shipped.text, shipped.topic.clone())];
        assert_eq!(duplicates.collect::<Vec<_>>(), expected.map(|(phrase, topic)| (phrase.to_owned(), topic)));
    }

    #[test]
    fn what_is_longer_than_discord_takes_is_told() {
        let long =
            Response { answer: Some("x".repeat(5000)), tips: vec!["y".repeat(1100)], ..with(&["spine of glass"]) };
        let found = of("toast", &long);
        let long = found.iter().map(|warning| match warning {
            Warning::TooLong { part, most, .. } => (part.as_deref(), *most),
            other => panic!("{other:?}"),
        });
        let expected = [(Some("Toast"), 4096), (Some("What to do now"), 1024), (None, 6000)];
        assert_eq!(long.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn phrases_that_cannot_be_read_are_told_and_nothing_else_of_them() {
        assert!(matches!(of("toast", &with(&["(back"]))[..], [Warning::Unusable(_)]));
    }

    #[test]
    fn every_warning_has_words() {
        let breadth = Breadth { hits: 20, of: 1575, shown: vec!["be right `back`".to_owned(), "gg".to_owned()] };
        let phrase = || "my back".to_owned();
        let never = |why| Warning::NeverFires { phrase: phrase(), why };
        let overlap = |takes_over| {
            let example = "ice or heat?".to_owned();
            Warning::Overlaps { phrase: phrase(), topic: id("ice-or-heat"), example, takes_over }
        };
        let all = [
            Warning::Unusable(Fault::new("`(` is never closed", "add a `)`")),
            Warning::TooBroad { phrase: phrase(), breadth },
            overlap(true),
            overlap(false),
            Warning::Shadowed { phrase: phrase(), topic: id("sleep") },
            never(Why::OtherSense("back door".to_owned())),
            never(Why::Denied),
            never(Why::NotMeant("back".to_owned())),
            never(Why::Unknown),
            Warning::Duplicate { phrase: phrase(), topic: id("sleep") },
            Warning::TooLong { part: Some("Tips".to_owned()), characters: 1100, most: 1024 },
            Warning::TooLong { part: None, characters: 6100, most: 6000 },
        ];
        insta::assert_snapshot!(told(&all, &library().fallback().words).join("\n"));
        let many = vec![never(Why::Unknown); 14];
        assert_eq!(told(&many, &library().fallback().words).last().unwrap(), "and 2 more");
    }
}
