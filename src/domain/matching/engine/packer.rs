//! Packing sequences side by side into lanes.

use rustc_hash::{FxHashMap, FxHashSet};

use super::automaton::{Automaton, Lane, Spot};
use super::rows::{Rows, bits_of};
use crate::domain::matching::phrase::{Sequence, What};
use crate::domain::matching::vocabulary::{BLANK, FIRST_WORD, PAUSE, QUESTION, STOP};

/// Sequences on their way into lanes.
#[derive(Default)]
pub(super) struct Packer {
    lanes: Vec<Lane>,
    spots: Vec<Spot>,
    used: u32,
    /// For each word, the lanes that name it in their order, and which of their elements do.
    masks: FxHashMap<u32, Vec<(u32, u64)>>,
}

impl Packer {
    /// Gives a sequence its place.
    pub fn place(&mut self, goal: u32, sequence: &Sequence) {
        let length = u32::try_from(sequence.len()).unwrap_or(u32::MAX);
        if self.lanes.is_empty() || self.used + length > 64 {
            let spots = u32::try_from(self.spots.len()).unwrap_or(u32::MAX);
            self.lanes.push(Lane { spots, ..Lane::default() });
            self.used = 0;
        }
        let (number, from) = (self.lanes.len() - 1, self.used);
        for (bit, element) in (from..).zip(sequence) {
            let bit = 1_u64 << bit;
            let lane = &mut self.lanes[number];
            lane.optional |= if element.optional { bit } else { 0 };
            lane.repeat |= if element.repeat { bit } else { 0 };
            self.admit(&element.what, number, bit);
        }
        self.used += length;
        let last = from + length - 1;
        self.lanes[number].first |= 1 << from;
        self.lanes[number].last |= 1 << last;
        let weight = sequence.iter().filter(|element| !element.optional && names_words(&element.what)).count();
        let byte = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
        let weight = u8::try_from(weight).unwrap_or(u8::MAX);
        self.spots.push(Spot { goal, first: byte(from), last: byte(last), weight });
    }

    fn admit(&mut self, what: &What, lane: usize, bit: u64) {
        let words = match what {
            What::Any => return self.lanes[lane].any |= bit,
            What::Words(words) => words,
        };
        let number = u32::try_from(lane).unwrap_or(u32::MAX);
        for word in words.iter() {
            let masks = self.masks.entry(*word).or_default();
            match masks.last_mut() {
                Some((last, mask)) if *last == number => *mask |= bit,
                _ => masks.push((number, bit)),
            }
        }
    }

    /// The automaton for all of them.
    pub fn finish(mut self, words: Option<u32>, barriers: &FxHashSet<u32>) -> Automaton {
        for barrier in [STOP, QUESTION].iter().chain(barriers) {
            self.masks.entry(*barrier).or_default();
        }
        let mut rows = Rows::default();
        let mut known: FxHashMap<(Vec<(u32, u64)>, bool), u16> = FxHashMap::default();
        let mut index: Vec<(u32, u16)> = Vec::with_capacity(self.masks.len());
        let begins = |(lane, mask): &(u32, u64)| mask & self.lanes[*lane as usize].first != 0;
        for (word, pairs) in self.masks {
            let is_barrier = matches!(word, STOP | QUESTION) || extra(word) || barriers.contains(&word);
            let number = *known
                .entry((pairs, is_barrier))
                .or_insert_with_key(|(pairs, is_barrier)| rows.add(pairs, *is_barrier, begins));
            index.push((word, number));
        }
        rows.index(index, words);
        let open = bits_of(self.lanes.len(), |lane| self.lanes[lane].goes_on_with_any());
        Automaton { lanes: self.lanes, spots: self.spots, rows, open }
    }
}

/// Whether the number only ever stands beside a word, so that it must not bring the gaps in again.
fn extra(word: u32) -> bool {
    (PAUSE + 1..FIRST_WORD).contains(&word) && word != BLANK
}

fn names_words(what: &What) -> bool {
    matches!(what, What::Words(words) if words.iter().any(|word| *word > PAUSE))
}
