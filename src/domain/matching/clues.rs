//! Clues: what, said beside each other, tells of a back that went out though no phrase foresaw the words.
//!
//! Each kind of clue counts once, by its points, within some words of a core clue (the back itself). Kinds with negative
//! points speak against it, and against phrases that fired as well: a back that is said to be fine.

use std::sync::Arc;

use crate::domain::document::Place;
use crate::domain::matching::language::ClueKnowledge;
use crate::domain::matching::network::clue_row;
use crate::domain::topics::TopicId;

/// How many words a clue may stand away from the core that it counts for.
const REACH: usize = 40;

/// Cores nearer to each other than this, in words, are weighed as one: the time stays linear.
const CORES_APART: usize = 8;

/// The kinds of clues of a language.
#[derive(Debug, Default)]
pub(super) struct Clues {
    /// The kinds.
    pub kinds: Vec<Kind>,
    /// The points from which on a back went out.
    pub needed: i32,
    /// The points from which on there is back trouble of some kind.
    pub trouble: i32,
    /// The topic that clues lead to, if anything is known about clues.
    pub lead: Option<(TopicId, Place)>,
}

/// A kind of clue.
#[derive(Debug)]
pub(super) struct Kind {
    /// What it is called in an explanation.
    pub name: Arc<str>,
    /// What it counts.
    pub points: i32,
    /// Whether other clues count only near it.
    pub core: bool,
    /// What it says to the network.
    pub row: u16,
}

/// A clue found in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clue {
    /// The number of its kind.
    pub kind: usize,
    /// The first token.
    pub first: usize,
    /// The last token.
    pub last: usize,
}

/// The clues near one core.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Weighed {
    /// The points that speak for a back that went out.
    pub points: i32,
    /// The points that speak against it, as a negative number.
    pub against: i32,
    /// The first and the last token of the clues that speak for it.
    pub tokens: (usize, usize),
    /// The numbers of the kinds that speak for it.
    pub kinds: Vec<usize>,
}

impl Clues {
    /// The kinds that are known of a language.
    pub fn new(knowledge: &ClueKnowledge) -> Self {
        let kinds = knowledge.kinds.iter().map(|kind| Kind {
            name: Arc::from(kind.name.as_str()),
            points: kind.points,
            core: kind.core,
            row: clue_row(&kind.name),
        });
        Self {
            kinds: kinds.collect(),
            needed: knowledge.needed,
            trouble: knowledge.trouble,
            lead: knowledge.lead.clone(),
        }
    }

    /// Weighs the clues around each core and answers the weightiest. Tokens where a phrase fired are cores as well.
    pub fn weigh(&self, found: &[Clue], fired: impl Iterator<Item = usize>) -> Weighed {
        let mut places: Vec<Vec<Clue>> = vec![Vec::new(); self.kinds.len()];
        for clue in found {
            places[clue.kind].push(*clue);
        }
        let cores = found.iter().filter(|clue| self.kinds[clue.kind].core).map(|clue| clue.last);
        let mut cores: Vec<usize> = cores.chain(fired).collect();
        cores.sort_unstable();
        cores.dedup_by(|later, earlier| *later - *earlier < CORES_APART);
        let weighed = cores.into_iter().map(|core| self.around(core, &places));
        weighed.max_by_key(|weighed| weighed.points + weighed.against).unwrap_or_default()
    }

    fn around(&self, core: usize, places: &[Vec<Clue>]) -> Weighed {
        let mut weighed = Weighed { tokens: (core, core), ..Weighed::default() };
        for (number, (kind, places)) in self.kinds.iter().zip(places).enumerate() {
            let Some(clue) = nearest(core, places) else { continue };
            if kind.points < 0 {
                weighed.against += kind.points;
            } else {
                weighed.points += kind.points;
                weighed.kinds.push(number);
                let (first, last) = weighed.tokens;
                weighed.tokens = (first.min(clue.first), last.max(clue.last));
            }
        }
        weighed
    }
}

/// The clue nearest to `core`, if one is near; clues are found in the order in which they end.
fn nearest(core: usize, places: &[Clue]) -> Option<&Clue> {
    let next = places.partition_point(|clue| clue.last < core);
    let near = places[next.saturating_sub(1)..places.len().min(next + 1)].iter();
    near.min_by_key(|clue| clue.last.abs_diff(core)).filter(|clue| clue.last.abs_diff(core) <= REACH)
}
