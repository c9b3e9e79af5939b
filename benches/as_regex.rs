//! The same phrases as regular expressions on the raw text, to measure against: what a bot without a matcher would do.
//!
//! They are simpler than the phrases (no slips, no senses, no denials, no normalising), which favours them.

use std::collections::BTreeMap;

use lumbar::domain::matching::PhraseSource;
use lumbar::domain::matching::phrase::{Atom, Item, parse};
use regex::{RegexSet, RegexSetBuilder};

/// One expression for each part of each phrase.
pub fn regex_set(phrases: &[PhraseSource]) -> RegexSet {
    let families = families();
    let mut expressions = Vec::new();
    for source in phrases {
        let phrase = parse(&source.text).expect("a sound phrase");
        expressions.extend(phrase.parts.iter().map(|part| format!(r"(?-u:\b)(?:{})", sequence(part, &families))));
    }
    RegexSetBuilder::new(expressions)
        .case_insensitive(true)
        .size_limit(1 << 30)
        .dfa_size_limit(1 << 30)
        .build()
        .unwrap_or_else(|error| panic!("{}", error.to_string().lines().last().unwrap_or_default()))
}

/// The families as the language file lists them; the notion of a back is just the words for it.
fn families() -> BTreeMap<String, String> {
    let path = crate::matching_data::repository().join("responses/en/_language.toml");
    let text = std::fs::read_to_string(path).expect("the language file");
    let document: toml::Table = text.parse().expect("TOML");
    let lists = document["families"].as_table().expect("families");
    let mut families = BTreeMap::new();
    let mut order: Vec<&String> = lists.keys().collect();
    order.sort_by_key(|name| text.find(&format!("\n{name} = ")));
    for name in order {
        let entries = lists[name].as_array().expect("a list").iter().filter_map(toml::Value::as_str);
        let alternatives: Vec<String> =
            entries.map(|entry| sequence(&parse(entry).expect("sound").parts[0], &families)).collect();
        families.insert(name.clone(), alternatives.join("|"));
        if name == "head" {
            families.insert("back".to_owned(), alternatives.join("|"));
        }
    }
    families.insert("number".to_owned(), "[0-9]+".to_owned());
    families
}

fn sequence(items: &[Item], families: &BTreeMap<String, String>) -> String {
    let mut expression = String::new();
    for item in items {
        let atom = match &item.atom {
            Atom::Word(word) => format!("{}{GAP}", regex::escape(word)),
            Atom::Family(name) => format!("(?:{})", families.get(name).map_or("back", String::as_str)),
            Atom::Either(choices) => {
                let choices: Vec<String> = choices.iter().map(|choice| sequence(choice, families)).collect();
                format!("(?:{})", choices.join("|"))
            }
            Atom::Gap(width) => format!("(?:[a-z0-9']+{GAP}){{0,{width}}}"),
            Atom::Edge => "(?:[.,!?]|^|$)".to_owned() + GAP,
            Atom::Pause => format!(",{GAP}"),
            Atom::Stop => format!("[.!?]{GAP}"),
            Atom::Question => format!(r"\?{GAP}"),
        };
        let times = match (item.optional, item.repeat) {
            (false, false) => "",
            (true, false) => "?",
            (false, true) => "+",
            (true, true) => "*",
        };
        expression += &format!("(?:{atom}){times}");
    }
    expression
}

/// What stands between words.
const GAP: &str = r"(?-u:\b)[^a-z0-9]*";
