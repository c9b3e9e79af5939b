//! Which sequences a message can hold at all, so that no time goes into beginning the others.

use super::automaton::Automaton;
use crate::domain::matching::reading::Token;

/// From so many words on, it saves more than it costs to look first at which there are. Most of what people write in one
/// message is shorter.
const LONG: usize = 64;

impl Automaton {
    /// For each lane of a long message, the first elements of the sequences that may begin: only those whose words are all in
    /// it. However long it is, a message made of a few words that begin many sequences then begins few.
    pub(super) fn beginnings(&self, tokens: &[Token]) -> Option<Vec<u64>> {
        if tokens.len() < LONG {
            return None;
        }
        let mut firsts: Vec<u64> = self.lanes.iter().map(|lane| lane.first).collect();
        for ((lane, first), fitted) in firsts.iter_mut().enumerate().zip(self.fitted(tokens)) {
            let lacking = self.spots_of(lane).filter(|spot| !fitted & spot.elements() != 0);
            lacking.for_each(|spot| *first &= !(1 << spot.first));
        }
        Some(firsts)
    }

    /// For each lane, the elements that some word fits, or that need none.
    fn fitted(&self, tokens: &[Token]) -> Vec<u64> {
        let mut fitted: Vec<u64> = self.lanes.iter().map(|lane| lane.optional | lane.any).collect();
        let mut words: Vec<u32> = tokens.iter().flat_map(|token| [token.word, token.also]).collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            self.rows.of(word).pairs().for_each(|(lane, mask)| fitted[lane] |= mask);
        }
        fitted
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::matching::engine::{Automaton, Hit};
    use crate::domain::matching::reading::{Token, read};
    use crate::domain::topics::Library;
    use crate::responses::built_in;

    use super::LONG;

    fn hits(automaton: &Automaton, tokens: &[Token]) -> Vec<Hit> {
        let mut hits = Vec::new();
        automaton.run(tokens, |ending| hits.push(ending.hit()));
        hits.sort_unstable_by_key(|hit| (hit.last, hit.goal, hit.first));
        hits
    }

    #[test]
    fn a_long_message_is_searched_for_what_a_short_one_is() {
        let library = Library::read(&built_in()).unwrap();
        let shared = &library.matcher().unwrap().shared;
        for text in [
            "I put my back out lifting a crate and can't stand up straight",
            "my lower back locked up!! should I use ice or heat? also my legs are numb",
            "went out back for a smoke, my backup went out and I can't pee",
        ] {
            let short = read(text, &[&shared.vocabulary]);
            let long = read(&format!("{text}. {}", "lorem ".repeat(LONG)), &[&shared.vocabulary]);
            for automaton in [&shared.rules.automaton, &shared.following.automaton, &shared.senses.guards] {
                assert!(short.len() < LONG && long.len() > LONG);
                assert_eq!(hits(automaton, &long), hits(automaton, &short), "{text}");
            }
            assert!(!hits(&shared.rules.automaton, &long).is_empty(), "{text}");
        }
    }
}
