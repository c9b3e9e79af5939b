//! The phrase that a message came nearest to, and what it lacked.

use rustc_hash::FxHashMap;

use crate::domain::document::Place;
use crate::domain::matching::compile::{Common, Duty, Rule};
use crate::domain::matching::lexicon::Words;
use crate::domain::matching::phrase::{Expander, Sequence, What, parse};
use crate::domain::matching::reading::Token;
use crate::domain::matching::vocabulary::{FIRST_NOTION, FIRST_WORD, Vocabulary};
use crate::domain::matching::{Matcher, PhraseRole};

/// Sequences of one phrase that are compared with the message.
const MOST_SEQUENCES: usize = 1_024;

/// How many of the words that were asked for are told.
const WORDS_TOLD: usize = 5;

/// A phrase that nearly fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// The phrase, as written.
    pub phrase: String,
    /// Where it was written.
    pub place: Place,
    /// What it lacked, in words.
    pub lacked: String,
}

/// How far a message goes along with a sequence.
struct Likeness {
    /// Tokens that match the elements that have to be there, in order.
    matched: Vec<usize>,
    /// The first element that nothing matches, if there is one.
    lacking: Option<usize>,
    /// How many elements have to be there.
    asked: usize,
}

impl Likeness {
    /// Better is: fewer elements lacking, then more of them there, then closer together.
    fn rank(&self) -> (usize, std::cmp::Reverse<usize>, usize) {
        let spread = self.matched.last().zip(self.matched.first()).map_or(0, |(last, first)| last - first);
        (self.asked - self.matched.len(), std::cmp::Reverse(self.matched.len()), spread)
    }
}

/// The phrase that comes nearest to the message, if any comes near at all.
pub(super) fn nearest(matcher: &Matcher, tokens: &[Token], text: &str) -> Option<NearMiss> {
    let shared = &matcher.shared;
    let own = matcher.own.as_deref();
    let rules = shared.rules.phrases.iter().chain(own.iter().flat_map(|own| &own.rules.phrases));
    let leading = rules.filter(|rule| matches!(&rule.duty, Duty::Lead(source) if source.role == PhraseRole::Phrase));
    let names = names(&[Some(&shared.vocabulary), own.map(|own| &own.vocabulary)]);
    let vocabulary = own.map_or_else(|| Vocabulary::starting_at(shared.vocabulary.end()), |own| own.vocabulary.clone());
    let mut words = Words { shared: Some(&shared.vocabulary), own: vocabulary, families: &shared.families };
    let mut best: Option<(Likeness, Sequence, &Rule)> = None;
    for rule in leading {
        for sequence in first_part(rule, &mut words) {
            let likeness = likeness(&sequence, tokens);
            let telling = likeness.matched.iter().any(|at| is_telling(&tokens[*at], &shared.common));
            if telling && best.as_ref().is_none_or(|(known, _, _)| likeness.rank() < known.rank()) {
                best = Some((likeness, sequence, rule));
            }
        }
    }
    let (likeness, sequence, rule) = best?;
    let lacked = lacked(&likeness, &sequence, tokens, text, &names);
    Some(NearMiss { phrase: rule.text.to_string(), place: rule.place.clone(), lacked })
}

/// Whether a word is rare enough, or marked as a notion, to say that the phrase was meant.
fn is_telling(token: &Token, common: &Common) -> bool {
    token.also >= FIRST_NOTION || (token.word >= FIRST_WORD && !common.contains_key(&token.word))
}

fn names(vocabularies: &[Option<&Vocabulary>]) -> FxHashMap<u32, String> {
    let words = vocabularies.iter().flatten().flat_map(|vocabulary| vocabulary.words());
    words.map(|(word, number)| (number, word.to_owned())).collect()
}

fn first_part(rule: &Rule, words: &mut Words<'_>) -> Vec<Sequence> {
    let Ok(phrase) = parse(&rule.text) else { return Vec::new() };
    let part = phrase.parts.first().map(Vec::as_slice).unwrap_or_default();
    Expander::new(words, &rule.text, MOST_SEQUENCES).expand(part).unwrap_or_default()
}

/// Takes the elements that have to be there in order, each at the next word that matches it.
fn likeness(sequence: &Sequence, tokens: &[Token]) -> Likeness {
    let mut likeness = Likeness { matched: Vec::new(), lacking: None, asked: 0 };
    let mut from = 0;
    for (number, element) in sequence.iter().enumerate().filter(|(_, element)| !element.optional) {
        likeness.asked += 1;
        match tokens[from..].iter().position(|token| matches(&element.what, token)) {
            Some(found) => {
                likeness.matched.push(from + found);
                from += found + 1;
            }
            None => likeness.lacking = likeness.lacking.or(Some(number)),
        }
    }
    likeness
}

fn matches(what: &What, token: &Token) -> bool {
    match what {
        What::Any => true,
        What::Words(words) => words.contains(&token.word) || words.contains(&token.also),
    }
}

fn lacked(
    likeness: &Likeness,
    sequence: &Sequence,
    tokens: &[Token],
    text: &str,
    names: &FxHashMap<u32, String>,
) -> String {
    if let Some(What::Words(words)) = likeness.lacking.map(|number| &sequence[number].what) {
        let known: Vec<&str> = words.iter().filter_map(|word| names.get(word)).map(String::as_str).collect();
        let more = if known.len() > WORDS_TOLD { ", …" } else { "" };
        let told = known.iter().take(WORDS_TOLD).map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", ");
        return match known.len() {
            0 => "the end of a sentence, or a word in the sense that the phrase asks for".to_owned(),
            1 => format!("the word {told}"),
            _ => format!("one of the words {told}{more}"),
        };
    }
    let apart = likeness.matched.windows(2).max_by_key(|pair| pair[1] - pair[0]);
    let between = apart.and_then(|pair| text.get(tokens[pair[0]].end as usize..tokens[pair[1]].start as usize));
    match between.map(str::trim).filter(|between| !between.is_empty()) {
        Some(between) => {
            format!("nothing but that its words do not follow each other: “{between}” stands between them")
        }
        None => "its words in this order".to_owned(),
    }
}
