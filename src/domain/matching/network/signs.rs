//! Signs: single things in a message that say something by themselves, each a row of a table.
//!
//! A sign is a word, two words beside each other, a word at its place beside a back, or something that the phrases and
//! clues found. Its row is its hash: signs that share a row were learnt together.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::input::{NOWHERE, Word};
use crate::domain::matching::compile::Duty;
use crate::domain::matching::judge::{Fired, Judgement};
use crate::domain::matching::normalise::{Kind as PieceKind, pieces};
use crate::domain::matching::reading::Token;
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

/// The row of something that phrases and clues find, by its name.
fn named(name: &str) -> u16 {
    row(Kind::Found, key_of(name), 0)
}

/// What a rule says where it is found, and where what it found is denied: worked out once, as a message may find a hundred.
#[derive(Clone, Debug, Default)]
pub struct RuleSigns {
    own: u16,
    found: Box<[u16]>,
    denied: Box<[u16]>,
}

impl RuleSigns {
    /// Those of the rule with this duty and text.
    pub(in crate::domain::matching) fn of(duty: &Duty, text: &str) -> Self {
        let names = finding(duty);
        Self {
            own: named(&format!("#{:08x}", phrase_key(text))),
            found: names.iter().map(|name| named(name)).collect(),
            denied: names.iter().map(|name| named(&format!("denied:{name}"))).collect(),
        }
    }
}

/// The row of a kind of clue.
pub fn clue_row(kind: &str) -> u16 {
    named(&format!("clue:{}", kind.replace(' ', "-")))
}

/// The rows of what is found that is neither a rule nor a clue.
struct Others {
    guarded: u16,
    quoted: u16,
    meant: u16,
    not_meant: u16,
    /// How many words a phrase asks for that leads, and how many more it spans.
    words: [u16; MOST_WORDS_TOLD + 1],
    gaps: [u16; MOST_GAP_TOLD + 1],
    /// The sums of clues from which on, or down to which, each is found.
    sums: Vec<(i32, u16)>,
}

static OTHERS: LazyLock<Others> = LazyLock::new(|| Others {
    guarded: named("guarded"),
    quoted: named("quoted"),
    meant: named("meant"),
    not_meant: named("not-meant"),
    words: std::array::from_fn(|count| named(&format!("phrase-words:{count}"))),
    gaps: std::array::from_fn(|count| named(&format!("phrase-gap:{count}"))),
    sums: SUMS.step_by(2).filter(|sum| *sum != 0).map(|sum| (sum, named(&format!("clues:{sum}")))).collect(),
});

/// What phrases, clues, guards and senses found.
pub(super) fn found(matcher: &Matcher, judgement: &Judgement<'_>) -> Vec<u16> {
    let mut rows = Vec::new();
    // What a server added says nothing that was learnt, nor does a phrase that is newer than the network.
    let is_new = |fired: &Fired<'_>| fired.role() == Some(PhraseRole::Phrase) && fired.is_free(matcher);
    for fired in judgement.fired.iter().filter(|fired| !fired.own && !is_new(fired)) {
        rows.push(fired.rule.signs.own);
        rows.extend(&fired.rule.signs.found);
        rows.extend(shape(fired));
    }
    for (rule, _) in &judgement.denied {
        rows.extend(&rule.signs.denied);
    }
    for (rule, clue) in &judgement.clues {
        rows.extend([rule.signs.own, matcher.shared.clues.kinds[clue.kind].row]);
    }
    let sum = judgement.weighed.points + judgement.weighed.against;
    let reached = |step: i32| if step < 0 { sum <= step } else { sum >= step };
    rows.extend(OTHERS.sums.iter().filter(|(step, _)| reached(*step)).map(|(_, row)| row));
    rows.extend(of_backs(matcher, judgement));
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// Whether words of backs are guarded, quoted, meant as a part of a body.
fn of_backs(matcher: &Matcher, judgement: &Judgement<'_>) -> Vec<u16> {
    let mut rows = Vec::new();
    if !judgement.guarded.is_empty() {
        rows.push(OTHERS.guarded);
    }
    let mut backs = judgement.tokens.iter().filter(|token| matcher.is_back(token)).peekable();
    if backs.peek().is_some() && backs.all(|back| back.is_quoted) {
        rows.push(OTHERS.quoted);
    }
    let is_meant = |token: &Token| (FIRST_NOTION..FIRST_WORD).contains(&token.also);
    if judgement.tokens.iter().any(is_meant) {
        rows.push(OTHERS.meant);
    }
    if judgement.tokens.iter().any(|token| !is_meant(token) && matcher.is_back(token)) {
        rows.push(OTHERS.not_meant);
    }
    rows
}

/// The sums of clues that are told apart, every other one.
const SUMS: Range<i32> = -8..17;

/// So many words of a phrase, and of the gaps in it, are told apart at the most.
const MOST_WORDS_TOLD: usize = 9;
const MOST_GAP_TOLD: usize = 8;

/// How tightly a phrase that leads fits its words.
fn shape(fired: &Fired<'_>) -> impl Iterator<Item = u16> {
    let leads = fired.role() == Some(PhraseRole::Phrase);
    let gap = (fired.tokens.1 - fired.tokens.0 + 1).saturating_sub(fired.weight as usize);
    let (words, gap) = ((fired.weight as usize).min(MOST_WORDS_TOLD), gap.min(MOST_GAP_TOLD));
    leads.then(|| [OTHERS.words[words], OTHERS.gaps[gap]]).into_iter().flatten()
}

/// The key of a phrase.
pub fn phrase_key(phrase: &str) -> u32 {
    key_of(phrase)
}

/// What a phrase that fired is called, from the general to the particular.
fn finding(duty: &Duty) -> Vec<String> {
    match duty {
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
