//! The words that the phrases know, by number, and how a written word finds its number.

use rustc_hash::{FxHashMap, FxHashSet};

/// Numbers below this one are not words but signs: boundaries, numbers, notions.
pub const FIRST_WORD: u32 = 64;

/// A word that no phrase knows.
pub const UNKNOWN: u32 = 0;
/// The end of a sentence.
pub const STOP: u32 = 1;
/// A question mark.
pub const QUESTION: u32 = 2;
/// A pause within a sentence.
pub const PAUSE: u32 = 3;
/// Any number.
pub const NUMBER: u32 = 4;
/// A word that a guard took out.
pub const BLANK: u32 = 5;
/// The first notion.
pub const FIRST_NOTION: u32 = 8;
/// How many notions there may be.
pub const MOST_NOTIONS: u32 = 20;

/// Shortest and longest word in which a slip of the finger is forgiven.
const FORGIVEN_LENGTH: std::ops::RangeInclusive<usize> = 3..=16;

/// The words known, by number.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    numbers: FxHashMap<Box<str>, u32>,
    next: u32,
    /// The key of each word, in the order of their numbers.
    keys: Vec<u32>,
    /// Words in which one slip is forgiven, reachable by what is left when one letter is taken out.
    forgiven: FxHashMap<Box<str>, Vec<u32>>,
    spelt: FxHashMap<u32, Box<str>>,
    /// Real words: never a slip for another one, never split.
    real: FxHashSet<Box<str>>,
    /// What is written for something else: "im" for "i 'm".
    spellings: FxHashMap<Box<str>, Vec<u32>>,
    /// Ends of words for which others are written: "in" for "ing".
    endings: Vec<(Box<str>, Box<str>)>,
    /// The words that hold meaning by themselves; a run-together word has to contain one.
    kernels: Vec<Box<str>>,
}

impl Vocabulary {
    /// An empty one, whose words are numbered from `first` on.
    pub fn starting_at(first: u32) -> Self {
        Self { next: first, ..Self::default() }
    }

    /// The number of `word`, which is added if it is new.
    pub fn add(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.next;
        self.next += 1;
        self.keys.push(key_of(word));
        self.numbers.insert(word.into(), number);
        number
    }

    /// The number of `word`, if it is known exactly.
    pub fn exact(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }

    /// The key of the word with this number, if it is one of these words.
    pub fn key(&self, number: u32) -> Option<u32> {
        let first = self.next as usize - self.keys.len();
        (number as usize).checked_sub(first).and_then(|place| self.keys.get(place)).copied()
    }

    /// The words that `written` stands for by convention.
    pub fn spelling(&self, written: &str) -> Option<&[u32]> {
        self.spellings.get(written).map(Vec::as_slice)
    }

    /// Notes that `written` stands for `meant`.
    pub fn add_spelling(&mut self, written: &str, meant: Vec<u32>) {
        self.spellings.insert(written.into(), meant);
    }

    /// Notes that words which end in `meant` are also written with `written` at their end.
    pub fn add_ending(&mut self, written: &str, meant: &str) {
        self.endings.push((written.into(), meant.into()));
    }

    /// The word that `written` is with its whole ending: "liftin" is "lifting".
    pub fn with_whole_ending(&self, written: &str) -> Option<u32> {
        let whole = |(end, meant): &(Box<str>, Box<str>)| Some(format!("{}{meant}", written.strip_suffix(&**end)?));
        self.endings.iter().filter_map(whole).find_map(|whole| self.exact(&whole))
    }

    /// The ways to write `word` with a clipped ending.
    pub fn clipped(&self, word: &str) -> impl Iterator<Item = String> {
        self.endings.iter().filter_map(move |(end, meant)| Some(format!("{}{end}", word.strip_suffix(&**meant)?)))
    }

    /// Notes a real word.
    pub fn add_real(&mut self, word: &str) {
        self.real.insert(word.into());
    }

    /// The words that are not to be taken for others.
    pub fn words_of_their_own(&self) -> impl Iterator<Item = &str> {
        self.real.iter().chain(self.numbers.keys()).chain(self.spellings.keys()).map(AsRef::as_ref)
    }

    /// Notes that one slip is forgiven in `word`.
    pub fn forgive(&mut self, word: &str) {
        let number = self.add(word);
        if !FORGIVEN_LENGTH.contains(&word.chars().count()) || self.spelt.insert(number, word.into()).is_some() {
            return;
        }
        each_stump(word, |stump| self.forgiven.entry(stump.into()).or_default().push(number));
    }

    /// Notes a word that a run-together word has to contain to be taken apart.
    pub fn add_kernel(&mut self, word: &str) {
        self.kernels.push(word.into());
    }

    /// The words that make it worth while to take a run-together word apart.
    pub fn kernels(&self) -> impl Iterator<Item = &str> {
        self.kernels.iter().map(AsRef::as_ref)
    }

    /// One more than the highest number given out.
    pub fn end(&self) -> u32 {
        self.next
    }

    /// Whether `written` is a word of its own, not to be taken for another.
    pub fn is_real(&self, written: &str) -> bool {
        self.real.contains(written) || self.numbers.contains_key(written) || self.spellings.contains_key(written)
    }

    /// The word that `written` is one slip away from: a letter missing, too many, wrong, or two letters swapped.
    pub fn nearest(&self, written: &str) -> Option<u32> {
        if !FORGIVEN_LENGTH.contains(&written.chars().count()) || self.is_real(written) {
            return None;
        }
        let near = |number: &u32| {
            let word = self.spelt.get(number)?;
            (strsim::osa_distance(written, word) == 1).then_some((word.len(), *number))
        };
        let mut best = None;
        each_stump(written, |stump| {
            let words = self.forgiven.get(stump).into_iter().flatten();
            best = words.filter_map(near).max().max(best);
        });
        best.map(|(_, number)| number)
    }

    /// Whether one slip is forgiven in the word with this number.
    pub fn is_forgiven(&self, number: u32) -> bool {
        self.spelt.contains_key(&number)
    }

    /// What people write for one of the words `wanted`.
    pub fn spellings_of(&self, wanted: &FxHashSet<u32>) -> impl Iterator<Item = &str> {
        let means = |meant: &[u32]| meant.iter().any(|word| wanted.contains(word));
        self.spellings.iter().filter(move |(_, meant)| means(meant)).map(|(written, _)| written.as_ref())
    }

    /// Every word with its number.
    pub fn words(&self) -> impl Iterator<Item = (&str, u32)> {
        self.numbers.iter().map(|(word, number)| (word.as_ref(), *number))
    }

    /// The bytes that this takes, roughly; for limits and benches.
    pub fn bytes(&self) -> usize {
        self.numbers.keys().map(|word| word.len() + 24).sum::<usize>()
    }
}

/// A number that stands for a word, known or not: FNV-1a, the same on every machine, since what was learnt goes by it.
pub fn key_of(word: &str) -> u32 {
    fnv(word.bytes()).max(FIRST_WORD)
}

/// The 32-bit FNV-1a hash.
pub fn fnv(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Calls `look` with `word` itself and with what is left of it when one letter is taken out.
fn each_stump(word: &str, mut look: impl FnMut(&str)) {
    look(word);
    let mut stump = String::with_capacity(word.len());
    for (at, letter) in word.char_indices() {
        stump.clear();
        stump.push_str(&word[..at]);
        stump.push_str(&word[at + letter.len_utf8()..]);
        look(&stump);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_forgiven_but_never_across_a_real_word() {
        let mut vocabulary = Vocabulary::starting_at(FIRST_WORD);
        vocabulary.forgive("back");
        vocabulary.add_real("black");
        let back = vocabulary.exact("back");
        for written in ["bck", "bakc", "bakck", "bavk", "abck", "backk"] {
            assert_eq!(vocabulary.nearest(written), back, "{written}");
        }
        for written in ["black", "bk", "bcka", "bakery"] {
            assert_eq!(vocabulary.nearest(written), None, "{written}");
        }
    }
}
