//! The automaton's way through a message.
//!
//! A word concerns few lanes: those that it begins, and those that are on their way and name it. The others wait, and are
//! not looked at before a word comes that they name; what became of their gaps meanwhile is made up for then.

use super::automaton::{Automaton, Hit};
use super::rows::Row;
use crate::domain::matching::reading::Token;

/// The lanes on the way through a message.
pub(super) struct Run<'a, F> {
    automaton: &'a Automaton,
    tokens: &'a [Token],
    found: F,
    states: Vec<State>,
    /// The lanes that are on their way.
    begun: Vec<u32>,
    /// The token after the last one that no gap spans.
    barrier: usize,
}

/// How far a lane is.
#[derive(Clone, Copy)]
struct State {
    /// What it expected when it was last looked at.
    expected: u64,
    /// The token at which it expected that.
    at: u32,
    /// Whether it expects more than a beginning.
    begun: bool,
}

/// What a token matches by its word, and by what it is besides.
type Rows<'a> = (Row<'a>, Option<Row<'a>>);

impl<'a, F: FnMut(Hit)> Run<'a, F> {
    /// At the beginning of a message.
    pub fn new(automaton: &'a Automaton, tokens: &'a [Token], found: F) -> Self {
        let start = |expected| State { expected, at: 0, begun: false };
        let states = automaton.lanes.iter().map(|lane| start(lane.first)).collect();
        Self { automaton, tokens, found, states, begun: Vec::new(), barrier: 0 }
    }

    /// Goes all the way.
    pub fn go(mut self) {
        (0..self.tokens.len()).for_each(|at| self.step(at));
    }

    fn step(&mut self, at: usize) {
        let (automaton, tokens) = (self.automaton, self.tokens);
        let rows = automaton.rows_at(&tokens[at]);
        let both = || std::iter::once(&rows.0).chain(&rows.1);
        if both().any(Row::is_dense) {
            self.look_at_all(&rows, at);
        } else {
            both().flat_map(|row| row.lanes).for_each(|lane| {
                if self.states[*lane as usize].begun {
                    self.look_at(*lane, &rows, at);
                }
            });
        }
        both().flat_map(|row| row.begins).for_each(|lane| self.look_at(*lane, &rows, at));
        if rows.0.is_barrier {
            self.barrier = at + 1;
        }
    }

    /// Looks at all lanes that are on their way, and at none any more that has ended.
    fn look_at_all(&mut self, rows: &Rows<'_>, at: usize) {
        let mut begun = std::mem::take(&mut self.begun);
        begun.retain(|lane| {
            let number = *lane as usize;
            if own_mask(rows, number) != 0 {
                self.look_at(*lane, rows, at);
            }
            let (known, state) = (&self.automaton.lanes[number], &mut self.states[number]);
            // A gap is one element for each word that it may hold.
            let waits = at.saturating_sub(state.at as usize) < known.any.count_ones() as usize || state.at as usize > at;
            state.begun = state.expected != known.first && state.at as usize >= self.barrier && waits;
            state.begun
        });
        begun.append(&mut self.begun);
        self.begun = begun;
    }

    fn look_at(&mut self, number: u32, rows: &Rows<'_>, at: usize) {
        let lane = number as usize;
        let state = self.states[lane];
        let seen = state.at as usize;
        if seen > at {
            return;
        }
        let known = &self.automaton.lanes[lane];
        let expected = match state.begun && seen >= self.barrier {
            true => known.waited(state.expected, at - seen),
            false => known.first,
        };
        let any = if rows.0.is_barrier { 0 } else { known.any };
        let matched = expected & (any | own_mask(rows, lane));
        if matched & known.last != 0 {
            self.automaton.report(lane, matched, self.tokens, at, &mut self.found);
        }
        let expected = known.after(matched);
        let begun = expected != known.first;
        if begun && !state.begun {
            self.begun.push(number);
        }
        // One that has ended stays in the list until that is next gone through.
        self.states[lane] = State { expected, at: u32::try_from(at + 1).unwrap_or(u32::MAX), begun: begun || state.begun };
    }
}

/// The elements of a lane that a token fits by its name.
fn own_mask((word, also): &Rows<'_>, lane: usize) -> u64 {
    word.mask(lane) | also.as_ref().map_or(0, |also| also.mask(lane))
}
