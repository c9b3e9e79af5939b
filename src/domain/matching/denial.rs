//! Denying: "my back didn't go out" tells of no back that went out.

use rustc_hash::FxHashSet;

use crate::domain::matching::engine::Hit;
use crate::domain::matching::reading::Token;
use crate::domain::matching::vocabulary::{PAUSE, QUESTION};

/// How many words a denial may stand before what it denies.
const DENIAL_REACH: usize = 8;

/// How many words a question may go on after what its answer denies.
const ANSWER_REACH: usize = 6;

/// How many words before a denial may tell that it is a wish.
const WISH_REACH: usize = 12;

/// The words that deny, each set with the words that may stand between.
#[derive(Debug, Default)]
pub(super) struct Denials {
    /// The sets.
    rules: Vec<Denial>,
    /// What joins a second thing to a denied one.
    goes_on: FxHashSet<u32>,
    /// What denies a question before it, as the whole answer.
    answers: FxHashSet<u32>,
    /// All words that may stand right before what is denied.
    reaching: FxHashSet<u32>,
}

/// Words that deny.
#[derive(Debug, Default)]
pub(super) struct Denial {
    /// The words.
    pub words: FxHashSet<u32>,
    /// The words that may stand between.
    pub through: FxHashSet<u32>,
    /// Those of the words that deny nothing where one of `unless_after` stands before them.
    pub unless: FxHashSet<u32>,
    /// What stands before them.
    pub unless_after: FxHashSet<u32>,
}

impl Denials {
    /// From the sets, from what joins a second thing to a denied one, and from what denies as the whole answer.
    pub fn new(rules: Vec<Denial>, goes_on: FxHashSet<u32>, answers: FxHashSet<u32>) -> Self {
        let reaching = rules.iter().flat_map(|denial| denial.words.union(&denial.through)).chain(&goes_on).copied();
        Self { reaching: reaching.collect(), rules, goes_on, answers }
    }

    /// All words that deny.
    pub fn words(&self) -> FxHashSet<u32> {
        self.rules.iter().flat_map(|denial| &denial.words).copied().collect()
    }

    /// Whether a hit is denied: by the answer to it ("numb? nope"), by a denial before it, with nothing between but words
    /// that a denial reaches through, or as one of several things that are denied together.
    pub fn deny(&self, tokens: &[Token], hit: &Hit, denied: &[bool]) -> bool {
        // A phrase that asks for the sentence's edge begins a sentence of its own: "or no? back seized" denies nothing.
        self.answered(tokens, hit.last)
            || (!tokens[hit.first].is_stop()
                && tokens[..hit.first].last().is_some_and(|before| self.reaching.contains(&before.word))
                && self.rules.iter().any(|denial| self.before(denial, tokens, hit.first, denied)))
    }

    /// Whether `denial` stands before what begins at token `first`.
    fn before(&self, denial: &Denial, tokens: &[Token], first: usize, denied: &[bool]) -> bool {
        let mut goes_on = false;
        for at in (first.saturating_sub(DENIAL_REACH)..first).rev() {
            let word = tokens[at].word;
            if denial.words.contains(&word) || (goes_on && denied[at]) {
                return !denial.is_wish(tokens, at);
            }
            if self.goes_on.contains(&word) {
                goes_on = true;
            } else if !denial.through.contains(&word) {
                return false;
            }
        }
        false
    }

    /// Whether the sentence of token `last` is a question that the next words deny, and do nothing else.
    fn answered(&self, tokens: &[Token], last: usize) -> bool {
        let question = (last..tokens.len()).take(ANSWER_REACH).find(|at| tokens[*at].is_stop());
        let Some(question) = question.filter(|at| tokens[*at].word == QUESTION) else { return false };
        let answer = tokens.get(question + 1).is_some_and(|token| self.answers.contains(&token.word));
        answer && tokens.get(question + 2).is_none_or(|next| next.is_stop() || next.word == PAUSE)
    }
}

impl Denial {
    /// Whether the word at token `at` only tells what is wished: "how do I lift so that it doesn't".
    fn is_wish(&self, tokens: &[Token], at: usize) -> bool {
        let before = tokens[..at].iter().rev().take(WISH_REACH).take_while(|token| !token.is_stop());
        self.unless.contains(&tokens[at].word)
            && before.into_iter().any(|token| self.unless_after.contains(&token.word))
    }
}
