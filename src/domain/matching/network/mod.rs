//! A small neural network that reads a message as a whole.
//!
//! Phrases find what somebody foresaw; the network weighs how it is said, and what else is. It reads the words around a
//! back as vectors, slides filters of one, three and five words over them, keeps what each filter found most of, and adds
//! what single signs say: words, pairs of words, what phrases and clues found. What comes out tells whether to speak,
//! whether it is urgent, and which topic is asked about.
//!
//! Its numbers are data (`responses/<language>/_network.txt`), learnt from labelled messages (`learn/README.md`); a language
//! without them goes by its phrases and clues alone. It is a sum of products over a bounded number of words: no message,
//! however long, costs more than [`MOST_WORDS`] words do.

mod file;
mod filters;
mod input;
mod scores;
mod signs;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::domain::document::{Place, Problems};
use crate::domain::matching::PhraseSource;
use crate::domain::topics::TopicId;

use filters::Filters;
pub use input::{Evidence, Input, MOST_WORDS, Word};
pub(super) use input::{input, is_of_use};
pub use scores::{Scores, Thresholds};
pub use signs::{Names, RuleSigns, SIGN_ROWS, clue_row, phrase_key};

/// Which part of the share that a closer look takes is enough to look for questions and signs of an emergency, which may
/// add to it.
const BEFORE_SIGNS: f32 = 0.5;

/// How many words are tried for what they tell, each by leaving it out.
const MOST_TRIED: usize = 24;

/// What was learnt of a language.
#[derive(Clone, Debug)]
pub struct Network {
    /// The file that it was read from.
    pub(super) place: Place,
    /// The topics that the outputs after the decisions stand for.
    topics: Vec<TopicId>,
    thresholds: Thresholds,
    /// The keys of the phrases that it was learnt beside.
    phrases: FxHashSet<u32>,
    /// The vector of each word, of each family, and of each place beside a back.
    words: Vectors,
    families: Vectors,
    places: Vectors,
    filters: Vec<Filters>,
    /// For each filter, what it says for each output; and what each output begins with.
    opinions: Vec<f32>,
    bias: Vec<f32>,
    /// What the first look, at single signs alone, begins with.
    first_look: Vec<f32>,
    /// For each row of signs, what it says for each output, in steps of `sign_step`.
    signs: Vec<i8>,
    sign_step: f32,
}

/// Vectors by the keys of what they stand for.
#[derive(Clone, Debug, Default)]
struct Vectors {
    rows: FxHashMap<u32, u32>,
    values: Vec<i8>,
    step: f32,
}

/// What a first look at a message tells.
#[derive(Clone, Debug)]
pub struct Look {
    /// What single signs say for each output.
    said: Vec<f32>,
    /// The share of an answer by that alone, and the one that a closer look takes.
    hope: f32,
    needed: f32,
}

impl Look {
    /// Whether a message may be one to answer, by what is told of a back alone, before questions and signs of an emergency
    /// were looked for. For most chat there is so little hope that those would not change it.
    pub fn may_speak(&self) -> bool {
        self.hope >= self.needed * BEFORE_SIGNS
    }
}

impl Network {
    /// Reads a file of a network; notes what is wrong with it, and answers nothing if it cannot be used.
    pub fn read(file: &str, text: &str, problems: &Problems) -> Option<Self> {
        match file::read(file, text) {
            Ok(network) => Some(network),
            Err((place, what)) => {
                problems.add(&place, what, "put the file back, or learn it anew (learn/README.md)");
                None
            }
        }
    }

    /// A first look at a message, by single signs.
    pub fn look(&self, input: &Input) -> Look {
        let said = self.said(input);
        Look { hope: self.hope(&said), said, needed: self.thresholds.look }
    }

    /// What a message amounts to.
    pub fn scores(&self, input: &Input) -> Scores {
        self.scores_after(self.look(input), input)
    }

    /// What a message amounts to after a first look at it.
    pub fn scores_after(&self, Look { said: mut outputs, hope, needed }: Look, input: &Input) -> Scores {
        let Evidence { by_phrase, in_danger, .. } = input.evidence;
        if hope < needed && !by_phrase && !in_danger {
            return Scores::silent(&self.topics, hope, input.evidence, self.thresholds);
        }
        outputs.iter_mut().zip(&self.bias).for_each(|(output, bias)| *output += bias);
        let vectors = self.vectors(input);
        let strongest = self.filters.iter().flat_map(|filters| filters.strongest(&vectors));
        for (strength, opinions) in strongest.zip(self.opinions.chunks_exact(self.bias.len())) {
            if strength > 0.0 {
                outputs.iter_mut().zip(opinions).for_each(|(output, opinion)| *output += strength * opinion);
            }
        }
        Scores::new(&self.topics, &outputs, input.evidence, self.thresholds)
    }

    /// What single signs say for each output.
    fn said(&self, input: &Input) -> Vec<f32> {
        let mut outputs = vec![0.0; self.bias.len()];
        for row in input.signs() {
            let from = usize::from(row) * outputs.len();
            let said = &self.signs[from..from + outputs.len()];
            outputs.iter_mut().zip(said).for_each(|(output, said)| *output += f32::from(*said) * self.sign_step);
        }
        outputs
    }

    /// The share of an answer by what single signs say. For most chat it leaves so little that words need not be read.
    fn hope(&self, said: &[f32]) -> f32 {
        let first: Vec<f32> = self.first_look.iter().zip(said).map(|(first, said)| first + said).collect();
        1.0 - scores::shares(&first)[0]
    }

    /// Whether it was learnt beside this phrase, and can tell of what the phrase leads to; of any other one it knows nothing.
    pub fn knows(&self, phrase: &PhraseSource) -> bool {
        let tells = phrase.role.urgency().is_some() || self.topics.contains(&phrase.topic);
        tells && self.phrases.contains(&phrase_key(&phrase.text))
    }

    /// For each word near a back, by its token, how much less would speak for answering without it.
    pub fn weights(&self, input: &Input) -> Vec<(usize, f32)> {
        let speaks = |input: &Input| self.scores(input).odds();
        let all = speaks(input);
        let near = input.words.iter().enumerate().filter(|(_, word)| usize::from(word.place) != input::NOWHERE);
        let near = near.take(MOST_TRIED);
        near.map(|(place, word)| (word.token, all - speaks(&input.without(place)))).collect()
    }

    /// The vector of each word beside that of the last: the word's own, its family's and its place's.
    fn vectors(&self, input: &Input) -> Vec<f32> {
        let dimensions = self.filters.first().map_or(0, Filters::dimensions);
        let mut vectors = vec![0.0; input.words.len() * dimensions];
        for (word, vector) in input.words.iter().zip(vectors.chunks_exact_mut(dimensions.max(1))) {
            self.words.add(word.key, vector);
            self.families.add(word.family, vector);
            self.places.add(u32::from(word.place), vector);
        }
        vectors
    }

    /// The bytes that this takes, roughly.
    pub fn bytes(&self) -> usize {
        let vectors = [&self.words, &self.families, &self.places];
        vectors.iter().map(|vectors| vectors.bytes()).sum::<usize>()
            + self.filters.iter().map(Filters::bytes).sum::<usize>()
            + size_of_val(self.opinions.as_slice())
            + self.signs.len()
    }
}

impl Vectors {
    /// Adds the vector of `key` to `sum`; that of what is not known is the one with key 0, if there is one.
    fn add(&self, key: u32, sum: &mut [f32]) {
        let Some(row) = self.rows.get(&key).or_else(|| self.rows.get(&0)) else { return };
        let from = *row as usize * sum.len();
        let vector = &self.values[from..from + sum.len()];
        sum.iter_mut().zip(vector).for_each(|(sum, value)| *sum += f32::from(*value) * self.step);
    }

    fn bytes(&self) -> usize {
        self.values.len() + self.rows.capacity() * 9
    }
}
