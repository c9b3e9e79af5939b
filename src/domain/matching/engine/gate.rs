//! The gate: a look at the raw bytes of a message that sends nearly all of them away.
//!
//! Every phrase has a word that has to be there (its anchor). The gate looks each word of a message up among those of
//! all anchors, written rightly or with one slip. Only if one is there, or if the message is of a kind that the bytes
//! alone do not tell, is the message read. Words are found 64 bytes at a time and looked up by their first eight
//! letters, which fit into one machine word.

use rustc_hash::FxHashSet;

use super::bytes::{alphanumerics, digits, eight_from};
use super::keys::{
    Letters, finish, has_double, has_double_in, has_triple_in, lower, mask, single_key, slow_key, whole_key,
};
use super::sets::{Kernels, Keys};
use crate::domain::matching::normalise::folded_letters;

/// So many single letters in a row may be a word typed letter by letter.
const SPACED_LETTERS: u32 = 4;

/// From this length on a word may be several, run together.
const RUN_TOGETHER: usize = 8;

/// Tells whether a message may hold an anchor.
#[derive(Clone, Debug, Default)]
pub struct Gate {
    /// The anchors as written, and with slips.
    keys: Keys,
    /// Those among them that are written without a slip.
    exact: Keys,
    kernels: Kernels,
    /// Words of their own that hold a kernel ("quarterback"), or an anchor with a letter doubled ("pass").
    whole: FxHashSet<u64>,
    /// Bytes of the shortest key.
    shortest: usize,
}

/// Collects the anchors.
#[derive(Debug, Default)]
pub struct GateBuilder {
    keys: FxHashSet<u64>,
    exact: FxHashSet<u64>,
    kernels: Kernels,
    whole: FxHashSet<u64>,
}

impl GateBuilder {
    /// Adds a word as written.
    pub fn add(&mut self, word: &str) {
        self.insert(word);
        if word.is_ascii() {
            self.exact.insert(slow_key(word.as_bytes(), Letters::AsWritten));
        }
    }

    /// Adds every way to write a word with one slip, but for those that are words of their own.
    pub fn add_with_slips(&mut self, word: &str, is_real: impl Fn(&str) -> bool) {
        self.add(word);
        let letters: Vec<char> = word.chars().collect();
        let mut add = |parts: &[&[char]]| {
            let slip: String = parts.iter().copied().flatten().collect();
            if !is_real(&slip) {
                self.insert(&slip);
            }
        };
        for at in 0..=letters.len() {
            let (head, tail) = letters.split_at(at);
            if let [_, rest @ ..] = tail {
                add(&[head, rest]);
            }
            if let [one, other, rest @ ..] = tail {
                add(&[head, &[*other, *one], rest]);
            }
            for letter in 'a'..='z' {
                add(&[head, &[letter], tail]);
                if let [_, rest @ ..] = tail {
                    add(&[head, &[letter], rest]);
                }
            }
        }
    }

    /// Adds a word that may stand within a run-together one.
    pub fn add_kernel(&mut self, word: &str) {
        if let Some(start) = word.as_bytes().first_chunk::<4>() {
            self.kernels.add(u32::from_be_bytes(*start));
        }
    }

    /// Adds a word of its own, whatever it holds: it is not several words run together, nor an anchor with doubled letters.
    /// Comes after all anchors.
    pub fn add_whole(&mut self, word: &str) {
        let bytes = word.as_bytes();
        let hides_an_anchor = || has_double_in(bytes) && self.exact.contains(&slow_key(bytes, Letters::Once));
        if self.kernels.stand_in(bytes) || hides_an_anchor() {
            self.whole.insert(whole_key(bytes));
        }
    }

    /// Words of other scripts need no key: a message that holds such letters always passes.
    fn insert(&mut self, word: &str) {
        if word.is_ascii() {
            self.keys.insert(slow_key(word.as_bytes(), Letters::AsWritten));
        }
    }

    /// Builds the gate.
    pub fn build(self) -> Gate {
        let shortest = self.keys.iter().map(|key| 8 - key.leading_zeros() as usize / 8).min().unwrap_or(usize::MAX);
        let (keys, exact) = (Keys::new(self.keys), Keys::new(self.exact));
        Gate { keys, exact, kernels: self.kernels, whole: self.whole, shortest }
    }
}

impl Gate {
    /// Whether one of the gates lets `text` through.
    pub fn any_passes(gates: &[&Self], text: &str) -> bool {
        if text.is_ascii() {
            return passes(gates, text.as_bytes());
        }
        // Letters of another script are too many to foresee their slips.
        let letters = folded_letters(text);
        !letters.is_ascii() || passes(gates, letters.as_bytes())
    }

    /// Whether a word opens this gate: as it is spelt, or, but for numbers, as it is meant.
    fn holds(&self, word: &[u8]) -> bool {
        self.keys.holds(slow_key(word, Letters::AsWritten))
            || (!word.iter().all(u8::is_ascii_digit) && self.holds_as_meant(word))
    }

    /// Whether a word opens this gate with letters for digits, with each doubled letter written once, or with a slip in it
    /// once what is stretched is two letters long.
    fn holds_as_meant(&self, word: &[u8]) -> bool {
        let undoubled = || self.exact.holds(slow_key(word, Letters::Once)) && !self.whole.contains(&whole_key(word));
        self.keys.holds(slow_key(word, Letters::ForDigits))
            || undoubled()
            || (has_triple_in(word) && self.keys.holds(slow_key(word, Letters::TwiceAtMost)))
    }

    fn may_hold_run_together(&self, word: &[u8]) -> bool {
        self.kernels.stand_in(word) && !self.whole.contains(&whole_key(word))
    }

    /// The bytes that this takes, roughly.
    pub fn bytes(&self) -> usize {
        self.keys.bytes() + self.exact.bytes() + self.whole.capacity() * 9 + self.kernels.bytes()
    }
}

/// Whether one of the gates lets the words of `text` through.
fn passes(gates: &[&Gate], text: &[u8]) -> bool {
    let shortest = gates.iter().map(|gate| gate.shortest).min().unwrap_or(usize::MAX);
    let holds_digits = holds_any(text, |byte| byte.is_ascii_digit());
    let mut words = Words { gates, text, singles: 0, shortest, holds_joints: holds_any(text, is_joint) };
    // A word that began in an earlier block of 64 bytes.
    let mut open: Option<usize> = None;
    for from in (0..text.len()).step_by(64) {
        let block = &text[from..text.len().min(from + 64)];
        let (letters, digits) = (alphanumerics(block), if holds_digits { digits(block) } else { 0 });
        let mut starts = letters & !((letters << 1) | u64::from(open.is_some()));
        if let Some(begin) = open {
            let length = letters.trailing_ones() as usize;
            if length == 64 {
                continue;
            }
            if words.pass_spelt_out(begin, from + length) {
                return true;
            }
            open = None;
        }
        while starts != 0 {
            let begin = starts.trailing_zeros();
            starts &= starts - 1;
            let length = (letters >> begin).trailing_ones();
            if begin + length == 64 {
                open = Some(from + begin as usize);
                break;
            }
            let with_digits = (digits >> begin) & ((1 << length) - 1) != 0;
            if words.pass(from + begin as usize, length as usize, with_digits) {
                return true;
            }
        }
    }
    open.is_some_and(|begin| words.pass_spelt_out(begin, text.len()))
}

/// Looks at the words of a text one after the other.
struct Words<'t> {
    gates: &'t [&'t Gate],
    text: &'t [u8],
    singles: u32,
    /// No anchor has fewer letters.
    shortest: usize,
    /// Whether there is any sign that may stand within a word.
    holds_joints: bool,
}

/// Whether any byte of a text is one for which `test` holds; without a way out, so that many are looked at at once.
fn holds_any(text: &[u8], test: impl Fn(u8) -> bool) -> bool {
    text.iter().fold(false, |found, byte| found | test(*byte))
}

/// Whether it is a sign that may stand within a word.
fn is_joint(byte: u8) -> bool {
    matches!(byte, b'*' | b'@')
}

impl Words<'_> {
    /// Whether the word at `begin` opens a gate: first what nearly every word is sent away by.
    #[inline]
    fn pass(&mut self, begin: usize, length: usize, with_digits: bool) -> bool {
        self.singles = if length == 1 { self.singles + 1 } else { 0 };
        if length < self.shortest && self.singles < SPACED_LETTERS && !self.is_joined(begin + length) {
            return false;
        }
        let eight = lower(eight_from(self.text, begin)) & mask(length);
        let key = finish(eight, length > 8);
        let suspect = with_digits
            || self.singles >= SPACED_LETTERS
            || self.gates.iter().any(|gate| gate.keys.may_hold(key))
            || self.may_hold_undoubled(begin, length, eight)
            || self.is_joined(begin + length);
        (suspect && self.pass_spelt_out(begin, begin + length))
            || (length >= RUN_TOGETHER && self.holds_run_together(&self.text[begin..begin + length]))
    }

    /// Whether a sign stands at `at` that may stand within a word.
    #[inline]
    fn is_joined(&self, at: usize) -> bool {
        self.holds_joints && self.text.get(at).is_some_and(|byte| is_joint(*byte))
    }

    /// Whether an anchor may be what the word, which holds no digits, is with each doubled letter written once.
    #[inline]
    fn may_hold_undoubled(&self, begin: usize, length: usize, eight: u64) -> bool {
        let has_double = has_double(eight) || (length > 8 && has_double_in(&self.text[begin + 7..begin + length]));
        has_double && self.may_hold_once(&self.text[begin..begin + length])
    }

    fn may_hold_once(&self, word: &[u8]) -> bool {
        let single = single_key(word);
        has_triple_in(word) || self.gates.iter().any(|gate| gate.exact.may_hold(single))
    }

    fn holds_run_together(&self, word: &[u8]) -> bool {
        self.gates.iter().any(|gate| gate.may_hold_run_together(word))
    }

    /// Whether the word from `begin` to `end` opens a gate, now that a closer look is worth its time.
    #[cold]
    fn pass_spelt_out(&self, begin: usize, end: usize) -> bool {
        let word = &self.text[begin..end];
        self.singles >= SPACED_LETTERS
            || self.is_joined(end)
            || self.gates.iter().any(|gate| gate.holds(word))
            || (word.len() >= RUN_TOGETHER && self.holds_run_together(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate() -> Gate {
        let mut builder = GateBuilder::default();
        builder.add_with_slips("back", |word| word == "pack");
        builder.add("45");
        builder.add("l4");
        builder.add("pas");
        builder.add_kernel("back");
        builder.add_whole("pass");
        builder.build()
    }

    fn passes(text: &str) -> bool {
        Gate::any_passes(&[&gate(), &Gate::default()], text)
    }

    #[test]
    fn anchors_pass_however_they_are_typed() {
        for text in [
            "my BACK",
            "bakc!",
            "b4ck",
            "baaaack",
            "baackkk",
            "baackk",
            "BaAcKk",
            "b4ackk",
            "ba4ck",
            "bakkkk",
            "completelyy baackk",
            "mybackwentout",
            "b a c k",
            "bаck",
            "**b**ack",
            "back's",
            "b@ck",
            "mein rücken и",
            "bent at 45",
            "L4/L5",
            "paas",
        ] {
            assert!(passes(text), "{text}");
        }
    }

    #[test]
    fn everything_else_is_sent_away() {
        let others = [
            "",
            "good morning 😀",
            "what's for dinner — pizza?",
            "it is in the bag",
            "pack it",
            "paack it, bbaakk",
            "aaaaaahhhh nooo",
            "1234 5",
            // What a number's digits look like, and a number with digits doubled.
            "as 4455 ats la",
            // A slip of an anchor, but with two letters in place of one: a slip too many.
            "bbaak",
            "pass me the salt, PASS",
        ];
        for text in others {
            assert!(!passes(text), "{text}");
        }
    }

    #[test]
    fn it_does_not_matter_where_in_the_message_an_anchor_stands() {
        for before in 0..200 {
            let text = format!("{} back {}", "x".repeat(before), "y".repeat(before % 7));
            assert!(passes(&text), "{before}");
            assert!(passes(text.trim_end()), "{before}");
        }
    }
}
