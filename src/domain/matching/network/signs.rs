//! Signs: single things in a message that say something by themselves, each a row of a table.
//!
//! A sign is a word, two words beside each other, a word at its place beside a back, or something that the phrases and
//! clues found. Its row is its hash: signs that share a row were learnt together.

use std::collections::BTreeSet;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::input::{NOWHERE, Word};
use crate::domain::matching::compile::{Duty, Rule};
use crate::domain::matching::judge::{Fired, Judgement};
use crate::domain::matching::normalise::{Kind as PieceKind, pieces};
use crate::domain::matching::vocabulary::{FIRST_NOTION, FIRST_WORD, NUMBER, PAUSE, QUESTION, STOP, fnv, key_of};
use crate::domain::matching::{Matcher, PhraseRole, Urgency};

/// The rows of the table.
pub const SIGN_ROWS: usize = 1 << 16;

/// What kind of sign it is.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Found,
    Word,
    Pair,
    /// Two words with one between them.
    Around,
    /// Two words beside each other, by their families.
    FamilyPair,
    /// A word at its place beside a back.
    Placed,
    /// The same by its family.
    FamilyPlaced,
}

fn row(kind: Kind, first: u32, second: u32) -> u16 {
    let bytes = [kind as u8].into_iter().chain(first.to_le_bytes()).chain(second.to_le_bytes());
    let hash = fnv(bytes);
    // Both halves of the hash, in the 16 bits of a row.
    let [one, two, three, four] = hash.to_le_bytes();
    u16::from_le_bytes([one ^ three, two ^ four])
}

/// The signs in the words by themselves.
pub(super) fn signs_of(words: &[Word]) -> Vec<u16> {
    let family = |word: &Word| if word.family == 0 { word.key } else { word.family };
    let mut rows = Vec::with_capacity(words.len() * 6);
    for (at, word) in words.iter().enumerate() {
        rows.push(row(Kind::Word, word.key, 0));
        if word.place != 0 && usize::from(word.place) != NOWHERE {
            rows.push(row(Kind::Placed, word.key, u32::from(word.place)));
            if word.family != 0 {
                rows.push(row(Kind::FamilyPlaced, word.family, u32::from(word.place)));
            }
        }
        if let Some(next) = words.get(at + 1) {
            rows.push(row(Kind::Pair, word.key, next.key));
            if word.family != 0 || next.family != 0 {
                rows.push(row(Kind::FamilyPair, family(word), family(next)));
            }
        }
        if let Some(other) = words.get(at + 2) {
            rows.push(row(Kind::Around, word.key, other.key));
        }
    }
    rows
}

/// What phrases, clues, guards and senses found.
pub(super) fn found(matcher: &Matcher, judgement: &Judgement<'_>) -> Vec<u16> {
    found_names(matcher, judgement).iter().map(|name| row(Kind::Found, key_of(name), 0)).collect()
}

fn found_names(matcher: &Matcher, judgement: &Judgement<'_>) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    // What a server added says nothing that was learnt, nor does a phrase that is newer than the network.
    let is_new = |fired: &Fired<'_>| fired.role() == Some(PhraseRole::Phrase) && fired.is_free(matcher);
    for fired in judgement.fired.iter().filter(|fired| !fired.own && !is_new(fired)) {
        names.extend(finding(fired.rule));
        names.extend(shape(fired));
        names.insert(own_name(fired.rule));
    }
    for rule in each_once(judgement.denied.iter().map(|(rule, _)| *rule)) {
        names.extend(finding(rule).into_iter().map(|name| format!("denied:{name}")));
    }
    for rule in each_once(judgement.clues.iter().map(|(rule, _)| *rule)) {
        if let Duty::Clue(kind) = rule.duty {
            names.insert(clue_name(&matcher.shared.clues.kinds[kind].name));
        }
        names.insert(own_name(rule));
    }
    let sum = judgement.weighed.points + judgement.weighed.against;
    let steps = STEPS.step_by(2).filter(|step| if *step < 0 { sum <= *step } else { *step > 0 && sum >= *step });
    names.extend(steps.map(|step| format!("clues:{step}")));
    if !judgement.guarded.is_empty() {
        names.insert("guarded".to_owned());
    }
    let mut backs = judgement.tokens.iter().filter(|token| matcher.is_back(token)).peekable();
    if backs.peek().is_some() && backs.all(|back| back.is_quoted) {
        names.insert("quoted".to_owned());
    }
    for token in &judgement.tokens {
        if (FIRST_NOTION..FIRST_WORD).contains(&token.also) {
            names.insert("meant".to_owned());
        } else if matcher.is_back(token) {
            names.insert("not-meant".to_owned());
        }
    }
    names
}

/// Each of the rules once: a long message may name one a hundred times.
fn each_once<'m>(rules: impl Iterator<Item = &'m Rule>) -> impl Iterator<Item = &'m Rule> {
    let mut seen: FxHashSet<*const Rule> = FxHashSet::default();
    rules.filter(move |rule| seen.insert(std::ptr::from_ref(*rule)))
}

/// The sums of clues that are told apart, every other one.
const STEPS: Range<i32> = -8..17;

/// How tightly a phrase that leads fits its words.
fn shape(fired: &Fired<'_>) -> Vec<String> {
    if fired.role() != Some(PhraseRole::Phrase) {
        return Vec::new();
    }
    let gap = (fired.tokens.1 - fired.tokens.0 + 1).saturating_sub(fired.weight as usize).min(8);
    vec![format!("phrase-words:{}", fired.weight.min(9)), format!("phrase-gap:{gap}")]
}

/// The key of a phrase.
pub fn phrase_key(phrase: &str) -> u32 {
    key_of(phrase)
}

fn own_name(rule: &Rule) -> String {
    format!("#{:08x}", phrase_key(&rule.text))
}

fn clue_name(kind: &str) -> String {
    format!("clue:{}", kind.replace(' ', "-"))
}

/// What a phrase that fired is called, from the general to the particular.
fn finding(rule: &Rule) -> Vec<String> {
    match &rule.duty {
        Duty::Trouble => vec!["trouble".to_owned()],
        Duty::Ask => vec!["asks".to_owned()],
        Duty::Clue(_) => vec![],
        Duty::Lead(source) => match source.role {
            PhraseRole::Phrase => vec!["phrase".to_owned(), format!("phrase:{}", source.topic)],
            PhraseRole::Question => vec![format!("question:{}", source.topic)],
            PhraseRole::Danger | PhraseRole::Sign(Urgency::Emergency) => {
                vec!["sign".to_owned(), "sign:emergency".to_owned()]
            }
            PhraseRole::Sign(Urgency::Today) => vec!["sign".to_owned(), "sign:today".to_owned()],
        },
    }
}

/// The words behind the keys, to write down what the network is given.
#[derive(Debug, Default)]
pub struct Names(FxHashMap<u32, String>);

impl Names {
    /// The words and families that a matcher knows.
    pub fn of(matcher: &Matcher) -> Self {
        let mut names = Self::default();
        let signs = [(STOP, "."), (QUESTION, "?"), (PAUSE, ","), (NUMBER, "0"), (0, "-")];
        names.0.extend(signs.map(|(key, name)| (key, name.to_owned())));
        matcher.shared.vocabulary.words().for_each(|(word, _)| names.add(word.to_owned()));
        matcher.shared.families.keys().for_each(|family| names.add(format!("{{{family}}}")));
        names
    }

    fn add(&mut self, name: String) {
        self.0.insert(key_of(&name), name);
    }

    /// Adds the words of a text.
    pub fn read(&mut self, text: &str) {
        pieces(text).into_iter().filter(|piece| piece.kind == PieceKind::Word).for_each(|piece| self.add(piece.text));
    }

    /// The word behind a key, if it is known.
    pub fn get(&self, key: u32) -> Option<&str> {
        self.0.get(&key).map(String::as_str)
    }
}
