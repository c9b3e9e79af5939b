//! The name of a response, made from its title.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::Book;
use crate::domain::topics::{Library, TopicId};

/// What a response is called whose title holds no Latin letter.
const NAMELESS: &str = "response";

/// Room for a number behind a name that is taken: a hyphen and up to three digits.
const NUMBER_ROOM: usize = 4;

/// Every name that is given already: to a topic that ships with the bot, in any language, or to a response.
pub fn taken(library: &Library, book: &Book) -> BTreeSet<TopicId> {
    let shipped = library.languages().flat_map(|(_, content)| content.topics.keys());
    shipped.chain(book.responses.keys()).cloned().collect()
}

/// A name for a response with this title that nothing in `taken` has.
pub fn name_for(title: &str, taken: &BTreeSet<TopicId>) -> TopicId {
    let slug = slug(title);
    let numbered = (2..).map(|number: u32| format!("{slug}-{number}"));
    let names = std::iter::once(slug.clone()).chain(numbered);
    let free = names.filter_map(|name| TopicId::parse(&name)).find(|name| !taken.contains(name));
    #[expect(clippy::expect_used, reason = "more numbers fit behind a slug than a server may have responses")]
    free.expect("a number that is free")
}

/// The title as lower-case words joined by hyphens, short enough for a number behind it.
fn slug(title: &str) -> String {
    let plain: String = title.nfkd().filter(|letter| !matches!(letter, '\'' | '’')).take(400).collect();
    let plain = plain.to_lowercase();
    let unmarked: String =
        plain.chars().filter(|letter| !unicode_normalization::char::is_combining_mark(*letter)).collect();
    let mut slug = String::new();
    for word in unmarked.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let room = TopicId::LONGEST - NUMBER_ROOM - slug.len();
        if slug.is_empty() {
            slug.extend(word.chars().take(room));
        } else if word.len() < room {
            slug.push('-');
            slug.push_str(word);
        } else {
            break;
        }
    }
    if slug.chars().any(|letter| letter.is_ascii_lowercase()) { slug } else { NAMELESS.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(title: &str, taken: &[&str]) -> String {
        name_for(title, &taken.iter().map(|name| TopicId::parse(name).unwrap()).collect()).to_string()
    }

    #[test]
    fn a_title_becomes_words_joined_by_hyphens() {
        assert_eq!(named("  My Back is TOAST!! 🍞 ", &[]), "my-back-is-toast");
        assert_eq!(named("Don't lift, señor Ångström", &[]), "dont-lift-senor-angstrom");
        assert_eq!(named("腰が痛い", &[]), "response");
        assert_eq!(named("2 × 3", &[]), "response");
        assert_eq!(named("", &[]), "response");
    }

    #[test]
    fn a_name_is_never_given_twice() {
        assert_eq!(named("Sleep", &["sleep"]), "sleep-2");
        assert_eq!(named("Red flags", &["red-flags", "red-flags-2"]), "red-flags-3");
    }

    #[test]
    fn a_long_title_makes_a_name_of_whole_words_that_is_short_enough() {
        assert_eq!(named(&"wonderful ".repeat(40), &[]), "wonderful-wonderful-wonderful-wonderful");
        let long = "x".repeat(200);
        assert!(named(&long, &[]).len() <= TopicId::LONGEST);
        assert!(named(&long, &[&"x".repeat(44)]).len() <= TopicId::LONGEST);
    }
}
