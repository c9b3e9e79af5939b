//! The gate: a look at the raw bytes of a message that sends nearly all of them away.
//!
//! Every phrase has a word that has to be there (its anchor). The gate hashes each word of a message as it goes by and
//! looks the hash up among those of all anchors, written rightly or with one slip. Only if one is there, or if the
//! message is of a kind that the bytes alone do not tell, is the message read.

use rustc_hash::FxHashSet;

use crate::domain::matching::normalise::folded_letters;

/// So many single letters in a row may be a word typed letter by letter.
const SPACED_LETTERS: u32 = 4;

/// From this length on a word may be several, run together.
const RUN_TOGETHER: u32 = 6;

/// Bits of the filter for each hash, so that few other words pass it.
const BITS_PER_HASH: usize = 32;

/// Tells whether a message may hold an anchor.
#[derive(Clone, Debug, Default)]
pub struct Gate {
    filter: Vec<u64>,
    hashes: FxHashSet<u32>,
    kernels: Vec<[u8; 4]>,
}

/// Collects the anchors.
#[derive(Debug, Default)]
pub struct GateBuilder {
    hashes: FxHashSet<u32>,
    kernels: Vec<[u8; 4]>,
}

impl GateBuilder {
    /// Adds a word as written.
    pub fn add(&mut self, word: &str) {
        self.hashes.insert(hash(word));
    }

    /// Adds every way to write a word with one slip.
    pub fn add_with_slips(&mut self, word: &str) {
        self.add(word);
        let letters: Vec<char> = word.chars().collect();
        let mut add = |letters: &[char]| {
            self.hashes.insert(hash_letters(letters.iter().copied()));
        };
        for at in 0..=letters.len() {
            let (head, tail) = letters.split_at(at);
            if let [_, rest @ ..] = tail {
                add(&[head, rest].concat());
            }
            if let [one, other, rest @ ..] = tail {
                add(&[head, &[*other, *one], rest].concat());
            }
            for letter in 'a'..='z' {
                add(&[head, &[letter], tail].concat());
                if let [_, rest @ ..] = tail {
                    add(&[head, &[letter], rest].concat());
                }
            }
        }
    }

    /// Adds a word that may stand within a run-together one.
    pub fn add_kernel(&mut self, word: &str) {
        if let Some(start) = word.as_bytes().first_chunk::<4>() {
            self.kernels.push(*start);
        }
    }

    /// Builds the gate.
    pub fn build(mut self) -> Gate {
        self.kernels.sort_unstable();
        self.kernels.dedup();
        let words = (self.hashes.len() * BITS_PER_HASH / 64).next_power_of_two();
        let mut filter = vec![0; words];
        for hash in &self.hashes {
            let (word, bit) = slot(*hash, words);
            filter[word] |= bit;
        }
        Gate { filter, hashes: self.hashes, kernels: self.kernels }
    }
}

impl Gate {
    /// Whether one of the gates lets `text` through.
    pub fn any_passes(gates: [&Gate; 2], text: &str) -> bool {
        if text.is_ascii() {
            return Watch::new(gates).passes(text.as_bytes());
        }
        // Letters of another script are too many to foresee their slips.
        let letters = folded_letters(text);
        !letters.is_ascii() || Watch::new(gates).passes(letters.as_bytes())
    }

    fn holds(&self, hash: u32) -> bool {
        let (word, bit) = slot(hash, self.filter.len());
        self.filter.get(word).is_some_and(|bits| bits & bit != 0) && self.hashes.contains(&hash)
    }

    fn may_hold_run_together(&self, word: &[u8]) -> bool {
        word.windows(4).any(|window| {
            self.kernels.iter().any(|kernel| window.iter().zip(kernel).all(|(one, other)| letter(*one) == *other))
        })
    }

    /// The bytes that this takes, roughly.
    pub fn bytes(&self) -> usize {
        self.filter.len() * 8 + self.hashes.capacity() * 5 + self.kernels.len() * 4
    }
}

/// Goes over the bytes of a message.
struct Watch<'g> {
    gates: [&'g Gate; 2],
    singles: u32,
}

impl<'g> Watch<'g> {
    fn new(gates: [&'g Gate; 2]) -> Self {
        Self { gates, singles: 0 }
    }

    fn passes(&mut self, text: &[u8]) -> bool {
        let (mut hash, mut last, mut begin) = (0_u32, 0_u8, 0);
        for (at, byte) in text.iter().enumerate() {
            let letter = letter(*byte);
            if letter != 0 {
                if letter != last {
                    hash = step(hash, u32::from(letter));
                    last = letter;
                }
                continue;
            }
            if begin < at && (self.word(hash, &text[begin..at]) || matches!(byte, b'*' | b'@')) {
                return true;
            }
            (hash, last, begin) = (0, 0, at + 1);
        }
        begin < text.len() && self.word(hash, &text[begin..])
    }

    /// Whether the word just passed opens the gate.
    fn word(&mut self, hash: u32, word: &[u8]) -> bool {
        self.singles = if word.len() == 1 { self.singles + 1 } else { 0 };
        let long = word.len() >= RUN_TOGETHER as usize;
        self.singles >= SPACED_LETTERS
            || self.gates.iter().any(|gate| gate.holds(hash) || (long && gate.may_hold_run_together(word)))
    }
}

/// The letter that a byte stands for within a word, 0 if it ends words. Digits stand for the letters they look like.
fn letter(byte: u8) -> u8 {
    const LETTERS: [u8; 256] = letters();
    LETTERS[byte as usize]
}

const fn letters() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            letter @ (b'a'..=b'z' | b'A'..=b'Z') => letter.to_ascii_lowercase(),
            b'0' => b'o',
            b'1' => b'i',
            b'3' => b'e',
            b'4' => b'a',
            b'5' => b's',
            b'7' => b't',
            b'8' => b'b',
            digit @ (b'2' | b'6' | b'9') => digit,
            _ => 0,
        };
        byte += 1;
    }
    table
}

fn step(hash: u32, letter: u32) -> u32 {
    (hash.rotate_left(5) ^ letter).wrapping_mul(0x9e37_79b9)
}

fn slot(hash: u32, words: usize) -> (usize, u64) {
    let bits = (hash >> 7) as usize;
    ((bits >> 6) & words.wrapping_sub(1), 1 << (bits & 63))
}

fn hash(word: &str) -> u32 {
    hash_letters(word.chars())
}

fn hash_letters(letters: impl Iterator<Item = char>) -> u32 {
    let (mut hash, mut last) = (0, 0);
    for character in letters {
        let folded = u8::try_from(character).map_or(u32::from(character), |byte| u32::from(letter(byte)));
        if folded != last {
            hash = step(hash, folded);
            last = folded;
        }
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate() -> Gate {
        let mut builder = GateBuilder::default();
        builder.add_with_slips("back");
        builder.add_kernel("back");
        builder.build()
    }

    #[test]
    fn anchors_pass_however_they_are_typed() {
        let (gate, none) = (gate(), Gate::default());
        for text in [
            "my BACK",
            "bakc!",
            "b4ck",
            "baaaack",
            "mybackwentout",
            "b a c k",
            "bаck",
            "**b**ack",
            "back's",
            "mein rücken и",
        ] {
            assert!(Gate::any_passes([&gate, &none], text), "{text}");
        }
        for text in ["", "good morning 😀", "what's for dinner — pizza?", "it is in the bag"] {
            assert!(!Gate::any_passes([&gate, &none], text), "{text}");
        }
    }
}
