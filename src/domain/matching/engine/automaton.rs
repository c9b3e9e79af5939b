//! The bit-parallel automaton over words.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::domain::matching::phrase::{Sequence, What};
use crate::domain::matching::reading::Token;
use crate::domain::matching::vocabulary::{BLANK, FIRST_WORD, PAUSE, QUESTION, STOP};

/// A sequence that was found: which goal it serves and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The goal of the sequence.
    pub goal: u32,
    /// The first token.
    pub first: usize,
    /// The last token.
    pub last: usize,
    /// How many words the sequence asks for: the more, the more specific.
    pub weight: u32,
}

/// Where a sequence lies in its lane.
#[derive(Clone, Copy, Debug)]
struct Spot {
    goal: u32,
    lane: u32,
    first: u8,
    last: u8,
    weight: u8,
}

/// One lane: up to 64 elements of several sequences.
#[derive(Clone, Copy, Debug, Default)]
struct Lane {
    first: u64,
    last: u64,
    optional: u64,
    repeat: u64,
}

/// Finds sequences of words.
#[derive(Clone, Debug, Default)]
pub struct Automaton {
    lanes: Vec<Lane>,
    /// What each lane expects before anything was read: the first elements of its sequences.
    openings: Vec<u64>,
    spots: Vec<Spot>,
    /// Rows of one mask for each lane; the first is that of a word that no sequence names.
    rows: Vec<u64>,
    index: Index,
}

/// Lanes that are looked at together.
const GROUP: usize = 8;

/// What each lane matches at a word.
fn match_row(matched: &mut [u64], expected: &[u64], row: &[u64], also: Option<&[u64]>) {
    match also {
        None => {
            for ((matched, expected), row) in matched.iter_mut().zip(expected).zip(row) {
                *matched = expected & row;
            }
        }
        Some(also) => {
            for (((matched, expected), row), also) in matched.iter_mut().zip(expected).zip(row).zip(also) {
                *matched = expected & (row | also);
            }
        }
    }
}

/// Which row belongs to which word.
#[derive(Clone, Debug)]
enum Index {
    /// By number: fast, for the many words of a language.
    Dense(Vec<u16>),
    /// Sorted pairs: small, for the few words of a server.
    Sparse(Vec<(u32, u16)>),
}

impl Default for Index {
    fn default() -> Self {
        Self::Sparse(Vec::new())
    }
}

impl Automaton {
    /// Calls `found` with each sequence that ends in `tokens`, in the order in which they end.
    pub fn run(&self, tokens: &[Token], mut found: impl FnMut(Hit)) {
        let mut expected = self.openings.clone();
        let mut matched = vec![0; self.lanes.len()];
        for (at, token) in tokens.iter().enumerate() {
            match_row(&mut matched, &expected, self.row(token.word), self.also(token));
            expected.copy_from_slice(&self.openings);
            // Most lanes match nothing at most words: they are passed over eight at a time.
            for (group, lanes) in matched.chunks(GROUP).enumerate() {
                if lanes.iter().fold(0, |any, lane| any | lane) == 0 {
                    continue;
                }
                for (lane, matched) in (group * GROUP..).zip(lanes).filter(|(_, matched)| **matched != 0) {
                    if matched & self.lanes[lane].last != 0 {
                        self.report(lane, *matched, tokens, at, &mut found);
                    }
                    expected[lane] = self.lanes[lane].after(*matched, self.openings[lane]);
                }
            }
        }
    }

    fn report(&self, lane: usize, matched: u64, tokens: &[Token], at: usize, found: &mut impl FnMut(Hit)) {
        let from = self.spots.partition_point(|spot| (spot.lane as usize) < lane);
        for spot in self.spots[from..].iter().take_while(|spot| spot.lane as usize == lane) {
            if matched & (1 << spot.last) != 0 {
                let first = self.beginning(spot, tokens, at);
                found(Hit { goal: spot.goal, first, last: at, weight: u32::from(spot.weight) });
            }
        }
    }

    /// Walks back from the last token of a sequence to the nearest first one.
    fn beginning(&self, spot: &Spot, tokens: &[Token], last: usize) -> usize {
        let lane = &self.lanes[spot.lane as usize];
        let mut matched = 1_u64 << spot.last;
        let mut at = last;
        while matched & (1 << spot.first) == 0 && at > 0 {
            at -= 1;
            let mask = self.mask(&tokens[at], spot.lane as usize);
            matched = lane.before(matched, spot) & mask;
        }
        at
    }

    fn mask(&self, token: &Token, lane: usize) -> u64 {
        self.row(token.word)[lane] | self.also(token).map_or(0, |also| also[lane])
    }

    fn also(&self, token: &Token) -> Option<&[u64]> {
        (token.also != 0).then(|| self.row(token.also))
    }

    fn row(&self, word: u32) -> &[u64] {
        let row = match &self.index {
            Index::Dense(rows) => rows.get(word as usize).copied().unwrap_or(0),
            Index::Sparse(pairs) => pairs.binary_search_by_key(&word, |pair| pair.0).map_or(0, |found| pairs[found].1),
        };
        let from = usize::from(row) * self.lanes.len();
        &self.rows[from..from + self.lanes.len()]
    }

    /// The bytes that this takes.
    pub fn bytes(&self) -> usize {
        let index = match &self.index {
            Index::Dense(rows) => size_of_val(rows.as_slice()),
            Index::Sparse(pairs) => size_of_val(pairs.as_slice()),
        };
        size_of_val(self.rows.as_slice())
            + size_of_val(self.spots.as_slice())
            + size_of_val(self.lanes.as_slice())
            + index
    }
}

impl Lane {
    /// What is expected after `matched`: the next elements, those that repeat, and the first ones again.
    fn after(&self, matched: u64, opening: u64) -> u64 {
        skip_optional((matched << 1) | (matched & self.repeat) | opening, self.optional)
    }

    /// What may stand before `matched` within the sequence at `spot`.
    fn before(&self, matched: u64, spot: &Spot) -> u64 {
        let own = (u64::MAX << spot.first) & (u64::MAX >> (63 - spot.last));
        let mut before = (matched >> 1) | (matched & self.repeat);
        loop {
            let further = before | ((before & self.optional) >> 1);
            if further == before {
                return before & own;
            }
            before = further;
        }
    }
}

/// Adds what follows an expected element that may be left out, over up to 31 such elements in a row.
fn skip_optional(expected: u64, optional: u64) -> u64 {
    if expected & optional == 0 {
        return expected;
    }
    let (mut expected, mut run) = (expected, optional);
    for distance in [1, 2, 4, 8, 16] {
        expected |= (expected & run) << distance;
        run &= run >> distance;
    }
    expected
}

/// Collects sequences and packs them.
#[derive(Debug, Default)]
pub struct Builder {
    sequences: Vec<(u32, Sequence)>,
}

impl Builder {
    /// Adds a sequence that serves `goal`.
    pub fn add(&mut self, goal: u32, sequence: Sequence) {
        self.sequences.push((goal, sequence));
    }

    /// Packs the sequences. `words` is one more than the highest number of a word where fast look-up is worth its
    /// memory; nothing where small size is. No gap spans one of the `barriers`.
    pub fn build(self, words: Option<u32>, barriers: &FxHashSet<u32>) -> Automaton {
        let mut packer = Packer::default();
        for (goal, sequence) in &self.sequences {
            packer.place(*goal, sequence);
        }
        packer.finish(words, barriers)
    }
}

#[derive(Default)]
struct Packer {
    lanes: Vec<Lane>,
    spots: Vec<Spot>,
    used: u32,
    any: Vec<u64>,
    masks: FxHashMap<u32, Vec<(u32, u64)>>,
}

impl Packer {
    fn place(&mut self, goal: u32, sequence: &Sequence) {
        let length = u32::try_from(sequence.len()).unwrap_or(u32::MAX);
        if self.lanes.is_empty() || self.used + length > 64 {
            self.lanes.push(Lane::default());
            self.any.push(0);
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
        let lane = u32::try_from(number).unwrap_or(u32::MAX);
        self.spots.push(Spot { goal, lane, first: byte(from), last: byte(last), weight });
    }

    fn admit(&mut self, what: &What, lane: usize, bit: u64) {
        match what {
            What::Any => self.any[lane] |= bit,
            What::Words(words) => {
                let number = u32::try_from(lane).unwrap_or(u32::MAX);
                for word in words {
                    let masks = self.masks.entry(*word).or_default();
                    match masks.last_mut() {
                        Some((last, mask)) if *last == number => *mask |= bit,
                        _ => masks.push((number, bit)),
                    }
                }
            }
        }
    }

    fn finish(mut self, words: Option<u32>, barriers: &FxHashSet<u32>) -> Automaton {
        let openings = self.lanes.iter().map(|lane| skip_optional(lane.first, lane.optional)).collect();
        for barrier in [STOP, QUESTION].iter().chain(barriers) {
            self.masks.entry(*barrier).or_default();
        }
        let mut rows = self.any.clone();
        let mut known: FxHashMap<Vec<u64>, u16> = FxHashMap::from_iter([(self.any.clone(), 0)]);
        let mut pairs: Vec<(u32, u16)> = Vec::with_capacity(self.masks.len());
        for (word, masks) in &self.masks {
            let barrier = matches!(*word, STOP | QUESTION) || extra(*word) || barriers.contains(word);
            let mut row = if barrier { vec![0; self.any.len()] } else { self.any.clone() };
            for (lane, mask) in masks {
                row[*lane as usize] |= mask;
            }
            let next = u16::try_from(known.len()).unwrap_or(u16::MAX);
            let number = *known.entry(row).or_insert_with_key(|row| {
                rows.extend_from_slice(row);
                next
            });
            pairs.push((*word, number));
        }
        pairs.sort_unstable();
        let index = match words {
            None => Index::Sparse(pairs),
            Some(words) => {
                let mut dense = vec![0; words as usize];
                for (word, row) in pairs {
                    if let Some(slot) = dense.get_mut(word as usize) {
                        *slot = row;
                    }
                }
                Index::Dense(dense)
            }
        };
        Automaton { lanes: self.lanes, openings, spots: self.spots, rows, index }
    }
}

/// Whether the number only ever stands beside a word, so that it must not bring the gaps in again.
fn extra(word: u32) -> bool {
    (PAUSE + 1..FIRST_WORD).contains(&word) && word != BLANK
}

fn names_words(what: &What) -> bool {
    matches!(what, What::Words(words) if words.iter().any(|word| *word > PAUSE))
}
