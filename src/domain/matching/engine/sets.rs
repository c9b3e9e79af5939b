//! Sets that nearly every word of a message is looked up in: each look-up costs next to nothing.

use rustc_hash::FxHashSet;

/// Bits of the filter for each word, so that few others pass it.
const BITS_PER_WORD: usize = 16;

/// Keys of words, behind a filter that keeps nearly all others off at little cost.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    filter: Vec<u64>,
    keys: FxHashSet<u64>,
}

impl Keys {
    /// From the keys.
    pub fn new(mut keys: FxHashSet<u64>) -> Self {
        keys.shrink_to_fit();
        let words = (keys.len() * BITS_PER_WORD / 64).next_power_of_two();
        let mut filter = vec![0; words];
        for key in &keys {
            let (word, bits) = slot(*key, words);
            filter[word] |= bits;
        }
        Self { filter, keys }
    }

    /// Whether a key may be among them: now and then yes where it is not.
    pub fn may_hold(&self, key: u64) -> bool {
        let (word, bits) = slot(key, self.filter.len());
        self.filter.get(word).is_some_and(|known| known & bits == bits)
    }

    /// Whether a key is among them.
    pub fn holds(&self, key: u64) -> bool {
        self.may_hold(key) && self.keys.contains(&key)
    }

    /// The bytes that this takes, roughly.
    pub fn bytes(&self) -> usize {
        self.filter.len() * 8 + self.keys.capacity() * 9
    }
}

/// The word of a filter that tells of a key, and the two bits in it that do.
fn slot(key: u64, words: usize) -> (usize, u64) {
    let mixed = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let word = (mixed >> 32) as usize;
    (word & words.wrapping_sub(1), 1 << (mixed >> 58) | 1 << (mixed >> 52 & 63))
}

/// The first four letters of words that may stand within a run-together one.
#[derive(Clone, Debug, Default)]
pub struct Kernels {
    starts: Vec<u32>,
    /// A bit for each first letter, by its last five bits.
    letters: u32,
}

impl Kernels {
    /// Adds the first four letters of a word.
    pub fn add(&mut self, start: u32) {
        if !self.starts.contains(&start) {
            self.starts.push(start);
            self.letters |= letter_bit(start);
        }
    }

    /// The bytes that this takes, roughly.
    pub fn bytes(&self) -> usize {
        self.starts.capacity() * 4
    }

    /// Whether one of them stands in `word`, in whatever case.
    pub fn stand_in(&self, word: &[u8]) -> bool {
        let mut four = 0_u32;
        word.iter().any(|byte| {
            four = (four << 8) | u32::from(byte | 0x20);
            self.letters & letter_bit(four) != 0 && self.starts.contains(&four)
        })
    }
}

/// The bit for the first of four letters.
fn letter_bit(four: u32) -> u32 {
    1 << (four >> 24 & 31)
}
