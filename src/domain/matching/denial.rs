//! Denying: "my back didn't go out" tells of no back that went out.

use rustc_hash::FxHashSet;

use crate::domain::matching::reading::Token;

/// How many words a denial may stand before what it denies.
const DENIAL_REACH: usize = 8;

/// How many words before a denial may tell that it is a wish.
const WISH_REACH: usize = 12;

/// The words that deny, each set with the words that may stand between.
#[derive(Debug, Default)]
pub(super) struct Denials {
    /// The sets.
    pub rules: Vec<Denial>,
    /// What joins a second thing to a denied one.
    pub goes_on: FxHashSet<u32>,
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
    /// All words that deny.
    pub fn words(&self) -> FxHashSet<u32> {
        self.rules.iter().flat_map(|denial| &denial.words).copied().collect()
    }
}

impl Denials {
    /// Whether what begins at token `first` is denied: by a denial before it, with nothing between but words that a
    /// denial reaches through, or as one of several things that are denied together.
    pub fn deny(&self, tokens: &[Token], first: usize, denied: &[bool]) -> bool {
        // A phrase that asks for the sentence's edge begins a sentence of its own: "or no? back seized" denies nothing.
        !tokens[first].is_stop()
            && self.rules.iter().any(|denial| {
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
            })
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
