//! What the network is given: the words around a back, and the signs in them.

use super::signs::{found, signs_of};
use crate::domain::matching::Matcher;
use crate::domain::matching::compile::Duty;
use crate::domain::matching::judge::Judgement;
use crate::domain::matching::reading::Token;
use crate::domain::matching::vocabulary::{FIRST_NOTION, FIRST_WORD, NUMBER, UNKNOWN};

/// How many words are read at most.
pub const MOST_WORDS: usize = 64;

/// How many words before and after a back, or a phrase that fired, are read.
const REACH: usize = 24;

/// The distances from a back that are told apart: so many words before it, and after it.
const FAR: usize = 8;

/// How many words before and after a back are shown as what is said about it.
const NEAR: usize = 5;

/// The place of what is far from every back.
pub const NOWHERE: usize = 2 * FAR + 1;

/// What the network is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// The words, in their order.
    pub words: Vec<Word>,
    /// The rows of the signs that phrases and clues found.
    pub found: Vec<u16>,
    /// What speaks for a back in trouble beside the words.
    pub evidence: Evidence,
}

/// What phrases and clues tell of a back, whatever the network makes of the words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Whether a phrase fired that leads to a topic.
    pub by_phrase: bool,
    /// Whether anything but the word itself speaks for the back as a part of a body.
    pub of_a_body: bool,
    /// Whether back trouble and a sign of despair or the like were both found.
    pub in_danger: bool,
}

impl Input {
    /// The rows of all signs, in their order, each once.
    pub fn signs(&self) -> Vec<u16> {
        let mut signs = signs_of(&self.words);
        signs.extend(&self.found);
        signs.sort_unstable();
        signs.dedup();
        signs
    }

    /// The tokens of the first back and of the words near it; of all words where none names one.
    pub fn around_the_back(&self) -> Vec<usize> {
        let back = self.words.iter().position(|word| word.place == 0);
        let near = back.map_or(0..self.words.len(), |at| at.saturating_sub(NEAR)..self.words.len().min(at + NEAR + 1));
        self.words[near].iter().map(|word| word.token).collect()
    }

    /// The same without the word at `place`.
    pub(super) fn without(&self, place: usize) -> Self {
        let mut input = self.clone();
        input.words.remove(place);
        input
    }
}

/// A word as the network sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// The key of the word as it is spelt.
    pub key: u32,
    /// The key of the family that says most about it; 0 if it has none.
    pub family: u32,
    /// Where it stands to the nearest back: 0 is a back, up to 8 after it, 9 to 16 before it, 17 elsewhere.
    pub place: u8,
    /// The number of its token in the message.
    pub token: usize,
}

/// What the network is given of a judged message; nothing where it names neither a back nor trouble with one.
pub(in crate::domain::matching) fn input(matcher: &Matcher, judgement: &Judgement<'_>) -> Option<Input> {
    let tokens = &judgement.tokens;
    let backs = backs(matcher, judgement);
    let fired = judgement.fired.iter().filter(|fired| !fired.own);
    let leading = fired.clone().filter(|fired| fired.leads_by_network(matcher));
    let mut cores: Vec<usize> =
        backs.iter().copied().chain(leading.flat_map(|fired| [fired.tokens.0, fired.tokens.1])).collect();
    if cores.is_empty() {
        return None;
    }
    // A sign may stand far from the back, and is not to be left out in favour of small talk.
    let signs = fired.filter(|fired| fired.urgency().is_some());
    cores.extend(signs.flat_map(|fired| [fired.tokens.0, fired.tokens.1]));
    cores.sort_unstable();
    let words = around(&cores, tokens.len()).map(|at| Word {
        key: key(&tokens[at]),
        family: matcher.shared.family_key(tokens[at].word).unwrap_or(0),
        place: place(at, &backs),
        token: at,
    });
    let evidence = Evidence {
        by_phrase: is_led(matcher, judgement),
        of_a_body: of_a_body(matcher, judgement),
        in_danger: judgement.is_in_danger(matcher),
    };
    Some(Input { words: words.collect(), found: found(matcher, judgement), evidence })
}

/// Whether a judged message names a back or trouble with one, so that the network can be asked about it.
pub(in crate::domain::matching) fn is_of_use(matcher: &Matcher, judgement: &Judgement<'_>) -> bool {
    is_led(matcher, judgement) || !backs(matcher, judgement).is_empty()
}

/// Whether a phrase fired that leads to a topic and that the network knows.
fn is_led(matcher: &Matcher, judgement: &Judgement<'_>) -> bool {
    judgement.fired.iter().any(|fired| fired.leads_by_network(matcher))
}

/// Whether a phrase fired, or a back is meant as a part of a body, or said to be somebody's.
fn of_a_body(matcher: &Matcher, judgement: &Judgement<'_>) -> bool {
    let kinds = &matcher.shared.clues.kinds;
    let notions = FIRST_NOTION..FIRST_WORD;
    is_led(matcher, judgement)
        || judgement.fired.iter().any(|fired| fired.rule.duty == Duty::Trouble)
        || judgement.tokens.iter().any(|token| notions.contains(&token.also))
        || judgement.clues.iter().any(|(_, clue)| kinds[clue.kind].core && kinds[clue.kind].points > 1)
}

/// The key of a word; numbers that no phrase names are all alike.
fn key(token: &Token) -> u32 {
    if token.also == NUMBER && token.word == UNKNOWN { NUMBER } else { token.key }
}

/// The tokens that may name a back; where none does, those that tell of trouble with one ("sciatica", "bent over since I
/// sneezed"), or else those that are taken in another sense: the network has the last word on that, too.
fn backs(matcher: &Matcher, judgement: &Judgement<'_>) -> Vec<usize> {
    let named = (0..judgement.tokens.len()).filter(|at| matcher.is_back(&judgement.tokens[*at]));
    let cores = judgement.clues.iter().filter(|(_, clue)| matcher.shared.clues.kinds[clue.kind].core);
    let mut backs: Vec<usize> = named.chain(cores.map(|(_, clue)| clue.last)).collect();
    if backs.is_empty() {
        let told = judgement.fired.iter().filter(|fired| fired.rule.duty == Duty::Trouble);
        backs.extend(told.map(|fired| fired.tokens.1));
    }
    if backs.is_empty() {
        backs.extend(&judgement.guarded_backs);
    }
    backs.sort_unstable();
    backs.dedup();
    backs
}

/// The tokens near `cores`, which are sorted: as far around each as leaves all of them their share.
fn around(cores: &[usize], length: usize) -> impl Iterator<Item = usize> {
    let spans = |reach: usize| {
        cores.iter().scan(0, move |from, core| {
            let span = (*from).max(core.saturating_sub(reach))..length.min(core + reach + 1);
            *from = span.end.max(*from);
            Some(span)
        })
    };
    let reach = (1..=REACH).rev().find(|reach| spans(*reach).map(|span| span.len()).sum::<usize>() <= MOST_WORDS);
    spans(reach.unwrap_or(0)).flatten().take(MOST_WORDS)
}

fn place(at: usize, backs: &[usize]) -> u8 {
    let next = backs.partition_point(|back| *back < at);
    let nearest = backs[next.saturating_sub(1)..backs.len().min(next + 1)].iter().min_by_key(|back| back.abs_diff(at));
    let place = match nearest {
        Some(back) if back.abs_diff(at) > FAR => NOWHERE,
        Some(back) if *back <= at => at - back,
        Some(back) => FAR + (back - at),
        None => NOWHERE,
    };
    u8::try_from(place).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_from_the_nearest_back() {
        let places: Vec<u8> = (0..16).map(|at| place(at, &[1, 4])).collect();
        assert_eq!(places, [9, 0, 1, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 17, 17, 17]);
        assert_eq!(place(0, &[]), 17);
    }

    #[test]
    fn of_a_long_message_the_words_around_each_back_are_read() {
        assert_eq!(around(&[3], 500).collect::<Vec<_>>(), (0..28).collect::<Vec<_>>());
        let read: Vec<usize> = around(&[100, 400], 500).collect();
        assert_eq!(read, (85..116).chain(385..416).collect::<Vec<_>>());
        let crowded: Vec<usize> = (0..100).map(|at| at * 4).collect();
        assert_eq!(around(&crowded, 500).collect::<Vec<_>>(), crowded[..MOST_WORDS]);
    }
}
