//! The bit-parallel automaton over words.

use rustc_hash::FxHashSet;

use super::packer::Packer;
use super::rows::{Row, Rows};
use crate::domain::matching::phrase::Sequence;
use crate::domain::matching::reading::Token;

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
pub(super) struct Spot {
    pub goal: u32,
    pub first: u8,
    pub last: u8,
    pub weight: u8,
}

/// One lane: up to 64 elements of several sequences.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lane {
    /// The first elements of its sequences, with which each may begin.
    pub first: u64,
    /// The last elements.
    pub last: u64,
    /// The elements that may be left out; never a first one.
    pub optional: u64,
    /// The elements that may repeat.
    pub repeat: u64,
    /// The elements that any word fits; never a first one.
    pub any: u64,
    /// The number of its first spot; its spots end where those of the next lane begin.
    pub spots: u32,
}

/// Finds sequences of words.
#[derive(Clone, Debug, Default)]
pub struct Automaton {
    pub(super) lanes: Vec<Lane>,
    pub(super) spots: Vec<Spot>,
    pub(super) rows: Rows,
}

/// The lanes on the way through a message.
struct Run<'a, F> {
    automaton: &'a Automaton,
    tokens: &'a [Token],
    found: F,
    /// What each lane expects at this token.
    expected: Vec<u64>,
    /// The token at which each lane was last looked at, plus one.
    looked_at: Vec<u32>,
    /// The lanes that expect more than a beginning: only these and the ones that a word begins are looked at.
    begun: Vec<u32>,
    next: Vec<u32>,
}

impl Automaton {
    /// Calls `found` with each sequence that ends in `tokens`, in the order in which they end.
    pub fn run(&self, tokens: &[Token], found: impl FnMut(Hit)) {
        if self.lanes.is_empty() {
            return;
        }
        let mut run = Run {
            automaton: self,
            tokens,
            found,
            expected: self.lanes.iter().map(|lane| lane.first).collect(),
            looked_at: vec![0; self.lanes.len()],
            begun: Vec::new(),
            next: Vec::new(),
        };
        (0..tokens.len()).for_each(|at| run.step(at));
    }

    fn report(&self, lane: usize, matched: u64, tokens: &[Token], at: usize, found: &mut impl FnMut(Hit)) {
        let end = self.lanes.get(lane + 1).map_or(self.spots.len(), |next| next.spots as usize);
        for spot in &self.spots[self.lanes[lane].spots as usize..end] {
            if matched & (1 << spot.last) != 0 {
                let first = self.beginning(lane, spot, tokens, at);
                found(Hit { goal: spot.goal, first, last: at, weight: u32::from(spot.weight) });
            }
        }
    }

    /// Walks back from the last token of a sequence to the nearest first one.
    fn beginning(&self, lane: usize, spot: &Spot, tokens: &[Token], last: usize) -> usize {
        let mut matched = 1_u64 << spot.last;
        let mut at = last;
        while matched & (1 << spot.first) == 0 && at > 0 {
            at -= 1;
            let mask = self.mask(&self.rows_at(&tokens[at]), lane);
            matched = self.lanes[lane].before(matched, spot) & mask;
        }
        at
    }

    /// The row of the token's word, and that of what it is besides.
    fn rows_at(&self, token: &Token) -> (Row<'_>, Option<Row<'_>>) {
        (self.rows.of(token.word), (token.also != 0).then(|| self.rows.of(token.also)))
    }

    /// The elements of a lane that fit a token.
    fn mask(&self, (word, also): &(Row<'_>, Option<Row<'_>>), lane: usize) -> u64 {
        let any = if word.is_barrier { 0 } else { self.lanes[lane].any };
        any | word.mask(lane) | also.as_ref().map_or(0, |also| also.mask(lane))
    }

    /// The bytes that this takes.
    pub fn bytes(&self) -> usize {
        size_of_val(self.lanes.as_slice()) + size_of_val(self.spots.as_slice()) + self.rows.bytes()
    }
}

impl<F: FnMut(Hit)> Run<'_, F> {
    fn step(&mut self, at: usize) {
        let rows = self.automaton.rows_at(&self.tokens[at]);
        let begun = std::mem::take(&mut self.begun);
        for lane in &begun {
            self.look_at(*lane, &rows, at);
        }
        for row in std::iter::once(&rows.0).chain(&rows.1) {
            row.begins.iter().for_each(|lane| self.look_at(*lane, &rows, at));
        }
        self.begun = std::mem::replace(&mut self.next, begun);
        self.next.clear();
    }

    fn look_at(&mut self, number: u32, rows: &(Row<'_>, Option<Row<'_>>), at: usize) {
        let lane = number as usize;
        let now = u32::try_from(at + 1).unwrap_or(u32::MAX);
        if std::mem::replace(&mut self.looked_at[lane], now) == now {
            return;
        }
        let known = &self.automaton.lanes[lane];
        let matched = self.expected[lane] & self.automaton.mask(rows, lane);
        if matched & known.last != 0 {
            self.automaton.report(lane, matched, self.tokens, at, &mut self.found);
        }
        let expected = known.after(matched);
        self.expected[lane] = expected;
        if expected != known.first {
            self.next.push(number);
        }
    }
}

impl Lane {
    /// What is expected after `matched`: the next elements, those that repeat, and the first ones again.
    fn after(&self, matched: u64) -> u64 {
        skip_optional((matched << 1) | (matched & self.repeat) | self.first, self.optional)
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
    /// Adds a sequence that serves `goal`. It begins with an element that may not be left out and that not any word fits.
    pub fn add(&mut self, goal: u32, sequence: Sequence) {
        self.sequences.push((goal, sequence));
    }

    /// Packs the sequences. `words` is one more than the highest number of a word where fast look-up is worth its
    /// memory; nothing where small size is. No gap spans one of the `barriers`.
    pub fn build(mut self, words: Option<u32>, barriers: &FxHashSet<u32>) -> Automaton {
        // Sequences that begin alike lie in the same lanes, so that a word begins few of them.
        self.sequences.sort_by(|(_, one), (_, other)| one.first().cmp(&other.first()));
        let mut packer = Packer::default();
        for (goal, sequence) in &self.sequences {
            packer.place(*goal, sequence);
        }
        packer.finish(words, barriers)
    }
}
