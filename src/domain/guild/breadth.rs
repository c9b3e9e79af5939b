//! How broad a phrase is: what share of ordinary messages it would hit.

use crate::domain::matching::Matcher;
use crate::domain::topics::Ordinary;

/// How many of the messages that a phrase hits are shown.
const SHOWN: usize = 3;

/// How much ordinary chat one phrase hits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breadth {
    /// Ordinary messages hit.
    pub hits: usize,
    /// Ordinary messages tried.
    pub of: usize,
    /// The first few that were hit.
    pub shown: Vec<String>,
}

impl Breadth {
    /// Whether it hits more than `per_mille` of a thousand ordinary messages.
    pub fn exceeds(&self, per_mille: usize) -> bool {
        self.hits * 1000 > self.of * per_mille
    }

    /// The share as a percentage with one decimal, as in `1.3`.
    pub fn per_cent(&self) -> String {
        let per_mille = (self.hits * 1000).div_ceil(self.of.max(1));
        format!("{}.{}", per_mille / 10, per_mille % 10)
    }
}

/// How broad each of the first `count` phrases of a server is, which `matcher` holds with their numbers, counted from 1,
/// as the lines of their places. Each message is looked at once, for all phrases.
pub fn breadths(matcher: &Matcher, count: usize, ordinary: &Ordinary) -> Vec<Breadth> {
    let mut breadths = vec![Breadth { hits: 0, of: ordinary.len(), shown: Vec::new() }; count];
    for message in ordinary.messages() {
        for source in matcher.own_phrases_in(message) {
            let index = source.place.line.and_then(|number| number.checked_sub(1));
            let Some(breadth) = index.and_then(|index| breadths.get_mut(index)) else { continue };
            breadth.hits += 1;
            if breadth.shown.len() < SHOWN {
                breadth.shown.push(message.to_owned());
            }
        }
    }
    breadths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_up_so_that_it_is_never_nothing() {
        let breadth = |hits| Breadth { hits, of: 1575, shown: Vec::new() };
        assert_eq!(breadth(1).per_cent(), "0.1");
        assert_eq!(breadth(20).per_cent(), "1.3");
        assert_eq!(breadth(1575).per_cent(), "100.0");
        assert!(!breadth(1).exceeds(1));
        assert!(breadth(2).exceeds(1));
    }
}
