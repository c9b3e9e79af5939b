//! The bit-parallel automaton over words.

use rustc_hash::FxHashSet;

use super::packer::Packer;
use super::rows::{Row, Rows, lanes};
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

/// The end of a sequence that was found; where it began is worked out for those who ask.
#[derive(Clone, Copy, Debug)]
pub struct Ending<'a> {
    automaton: &'a Automaton,
    tokens: &'a [Token],
    lane: usize,
    spot: &'a Spot,
    last: usize,
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
    /// The lanes that may go on with a word that they do not name, or end where they begin: a bit for each.
    pub(super) open: Vec<u64>,
}

/// What a token matches: by its word, and by what it is besides.
struct Fits<'a> {
    word: Row<'a>,
    also: Option<Row<'a>>,
}

/// The lanes on the way through a message.
struct Run<'a, F> {
    automaton: &'a Automaton,
    tokens: &'a [Token],
    found: F,
    /// The elements with which each lane may begin, if it is not all of them.
    firsts: Option<Vec<u64>>,
    /// What each lane expects at this token beside a beginning.
    expected: Vec<u64>,
    /// The token at which each lane was last looked at, counted from 1.
    looked_at: Vec<u32>,
    /// The lanes that expect more than a beginning: only these and the ones that a word begins are looked at.
    begun: Vec<u32>,
    next: Vec<u32>,
}

impl Automaton {
    /// Calls `found` with each sequence that ends in `tokens`, in the order in which they end.
    pub fn run<'a>(&'a self, tokens: &'a [Token], found: impl FnMut(Ending<'a>)) {
        if self.lanes.is_empty() {
            return;
        }
        let mut run = Run {
            automaton: self,
            tokens,
            found,
            firsts: self.beginnings(tokens),
            expected: vec![0; self.lanes.len()],
            looked_at: vec![0; self.lanes.len()],
            begun: Vec::new(),
            next: Vec::new(),
        };
        let mut here = tokens.first().map(|token| self.fits(token));
        for at in 0..tokens.len() {
            let next = tokens.get(at + 1).map(|token| self.fits(token));
            if let Some(here) = &here {
                run.step(at, here, next.as_ref());
            }
            here = next;
        }
    }

    /// The sequences in a lane.
    pub(super) fn spots_of(&self, lane: usize) -> impl Iterator<Item = &Spot> {
        let end = self.lanes.get(lane + 1).map_or(self.spots.len(), |next| next.spots as usize);
        self.spots[self.lanes[lane].spots as usize..end].iter()
    }

    /// What a token matches.
    fn fits(&self, token: &Token) -> Fits<'_> {
        Fits { word: self.rows.of(token.word), also: (token.also != 0).then(|| self.rows.of(token.also)) }
    }

    /// The elements of a lane that fit a token.
    fn mask(&self, fits: &Fits<'_>, lane: usize) -> u64 {
        let any = if fits.word.is_barrier { 0 } else { self.lanes[lane].any };
        any | fits.mask(lane)
    }

    /// The bytes that this takes.
    pub fn bytes(&self) -> usize {
        size_of_val(self.lanes.as_slice()) + size_of_val(self.spots.as_slice()) + self.rows.bytes()
    }
}

impl Ending<'_> {
    /// The goal of the sequence.
    pub fn goal(&self) -> u32 {
        self.spot.goal
    }

    /// The last token.
    pub fn last(&self) -> usize {
        self.last
    }

    /// The sequence with where it began: walks back to the nearest first token.
    pub fn hit(&self) -> Hit {
        let Self { automaton, lane, spot, last, .. } = *self;
        let mut matched = 1_u64 << spot.last;
        let mut at = last;
        while matched & (1 << spot.first) == 0 && at > 0 {
            at -= 1;
            let mask = automaton.mask(&automaton.fits(&self.tokens[at]), lane);
            matched = automaton.lanes[lane].before(matched, spot) & mask;
        }
        Hit { goal: spot.goal, first: at, last, weight: u32::from(spot.weight) }
    }
}

impl<'a, F: FnMut(Ending<'a>)> Run<'a, F> {
    fn step(&mut self, at: usize, here: &Fits<'_>, next: Option<&Fits<'_>>) {
        let begun = std::mem::take(&mut self.begun);
        for number in &begun {
            self.go_on(*number, here, at);
        }
        for row in std::iter::once(&here.word).chain(&here.also) {
            for (block, begins) in row.begins() {
                // Nearly all that a word begins ends with the next word, and is not worth beginning.
                let goes_on = self.automaton.open[block] | next.map_or(0, |next| next.named(block));
                for lane in lanes(block, begins & goes_on) {
                    self.begin(lane, here, next, at);
                }
            }
        }
        self.begun = std::mem::replace(&mut self.next, begun);
        self.next.clear();
    }

    /// The elements with which a lane may begin.
    fn first(&self, lane: usize) -> u64 {
        self.firsts.as_ref().map_or_else(|| self.automaton.lanes[lane].first, |firsts| firsts[lane])
    }

    /// Looks at a lane that is under way.
    fn go_on(&mut self, number: u32, here: &Fits<'_>, at: usize) {
        let lane = number as usize;
        self.looked_at[lane] = counted(at);
        let expected = std::mem::take(&mut self.expected[lane]) | self.first(lane);
        self.take(lane, expected & self.automaton.mask(here, lane), at);
    }

    /// Looks at a lane that the word begins, unless it is under way, or the next word ends what would begin.
    fn begin(&mut self, lane: usize, here: &Fits<'_>, next: Option<&Fits<'_>>, at: usize) {
        if self.looked_at[lane] == counted(at) {
            return;
        }
        let known = &self.automaton.lanes[lane];
        let matched = self.first(lane) & here.mask(lane);
        let goes_on = || next.is_some_and(|next| known.after(matched) & self.automaton.mask(next, lane) != 0);
        if matched & known.last != 0 || goes_on() {
            self.looked_at[lane] = counted(at);
            self.take(lane, matched, at);
        }
    }

    /// Takes the elements of a lane that fit the word: what ends with it, and what is expected after it.
    fn take(&mut self, lane: usize, matched: u64, at: usize) {
        if matched == 0 {
            return;
        }
        let known = &self.automaton.lanes[lane];
        if matched & known.last != 0 {
            self.report(lane, matched, at);
        }
        let expected = known.after(matched);
        self.expected[lane] = expected;
        if expected & !known.first != 0 {
            self.next.push(u32::try_from(lane).unwrap_or(u32::MAX));
        }
    }

    fn report(&mut self, lane: usize, matched: u64, last: usize) {
        let Self { automaton, tokens, .. } = *self;
        for spot in automaton.spots_of(lane).filter(|spot| matched & (1 << spot.last) != 0) {
            (self.found)(Ending { automaton, tokens, lane, spot, last });
        }
    }
}

/// The number of a token, counted from 1.
fn counted(at: usize) -> u32 {
    u32::try_from(at + 1).unwrap_or(u32::MAX)
}

impl Fits<'_> {
    /// The lanes of a block that name the token, as bits.
    fn named(&self, block: usize) -> u64 {
        self.word.named(block) | self.also.as_ref().map_or(0, |also| also.named(block))
    }

    /// The elements of a lane that name the token.
    fn mask(&self, lane: usize) -> u64 {
        self.word.mask(lane) | self.also.as_ref().map_or(0, |also| also.mask(lane))
    }
}

impl Spot {
    /// The elements of the sequence.
    pub fn elements(&self) -> u64 {
        (u64::MAX << self.first) & (u64::MAX >> (63 - self.last))
    }
}

impl Lane {
    /// Whether a sequence may go on with a word that it does not name, or end where it begins.
    pub fn goes_on_with_any(&self) -> bool {
        self.after(self.first) & self.any != 0 || self.first & self.last != 0
    }

    /// What is expected after `matched`: the next elements, and those that repeat.
    fn after(&self, matched: u64) -> u64 {
        skip_optional((matched << 1) | (matched & self.repeat), self.optional)
    }

    /// What may stand before `matched` within the sequence at `spot`.
    fn before(&self, matched: u64, spot: &Spot) -> u64 {
        let own = spot.elements();
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

/// Adds what follows an expected element that may be left out, however many such elements there are in a row.
fn skip_optional(expected: u64, optional: u64) -> u64 {
    if expected & optional == 0 {
        return expected;
    }
    let (mut expected, mut run) = (expected, optional);
    for distance in [1, 2, 4, 8, 16, 32] {
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
        self.sequences.sort_by(|(_, one), (_, other)| one.cmp(other));
        let mut packer = Packer::default();
        for (goal, sequence) in &self.sequences {
            packer.place(*goal, sequence);
        }
        packer.finish(words, barriers)
    }
}
