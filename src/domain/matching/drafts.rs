//! Phrases on their way to become rules: collecting their sequences and choosing the words that single them out.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::domain::document::{Place, Problems};
use crate::domain::matching::PhraseRole;
use crate::domain::matching::clues::Clues;
use crate::domain::matching::compile::{Common, Duty, Rule, Rules, Spelt};
use crate::domain::matching::engine::{Builder, Gate};
use crate::domain::matching::network::RuleSigns;
use crate::domain::matching::phrase::{Sequence, What};
use crate::domain::matching::vocabulary::{FIRST_NOTION, FIRST_WORD, Vocabulary};

/// Phrases of one language; each lane of the engine costs a bit for every word.
const MOST_PHRASES: usize = 20_000;

/// Words of one language. The engine numbers what words match with 16 bits, and a server's words come on top.
const MOST_WORDS: u32 = 40_000;

/// Counts the phrases of a language, and tells once when there are too many.
#[derive(Debug, Default)]
pub(super) struct Room {
    phrases: usize,
    is_exceeded: bool,
}

impl Room {
    /// Whether there is room for the next phrase, whose words are among these.
    pub fn takes(&mut self, words: &Vocabulary, place: &Place, problems: &Problems) -> bool {
        self.phrases += 1;
        let what = if self.phrases > MOST_PHRASES {
            format!("too many phrases, at most {MOST_PHRASES}")
        } else if words.end() > MOST_WORDS {
            format!("too many different words in all phrases, at most {MOST_WORDS}")
        } else {
            return true;
        };
        problems.add(place, what, "remove some, here or elsewhere, or join several with (a|b)");
        self.is_exceeded = true;
        false
    }

    /// Whether there were too many.
    pub fn is_exceeded(&self) -> bool {
        self.is_exceeded
    }
}

/// Phrases on their way to become [`Rules`].
#[derive(Default)]
pub(super) struct Drafts {
    rules: Vec<Rule>,
    owners: Vec<u32>,
    parts: Vec<Vec<Sequence>>,
}

impl Drafts {
    /// Adds a phrase that stands for these sequences.
    pub fn add(&mut self, duty: Duty, text: &str, place: &Place, spelt: Spelt) {
        let number = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let rule = Rule {
            signs: RuleSigns::of(&duty, text),
            duty,
            text: Arc::from(text),
            place: place.clone(),
            first_goal: number(self.owners.len()),
            parts: number(spelt.parts.len()),
            near: spelt.near,
        };
        for part in spelt.parts {
            self.owners.push(number(self.rules.len()));
            self.parts.push(part);
        }
        self.rules.push(rule);
    }

    /// The words of which every message that is answered holds one: the rarest that each phrase asks for. Words that are
    /// let through anyhow, `free` ones and those that another phrase needs, come first.
    pub fn anchors(&self, common: &Common, clues: &Clues, free: &FxHashSet<u32>) -> BTreeSet<u32> {
        let mut anchors = BTreeSet::new();
        for rule in &self.rules {
            // Questions need a phrase, signs need trouble, clues need a core in the same message: those have anchors.
            let needs_another = match &rule.duty {
                Duty::Lead(source) => source.role != PhraseRole::Phrase,
                Duty::Clue(kind) => !clues.kinds[*kind].core,
                Duty::Ask => true,
                Duty::Trouble => false,
            };
            if needs_another {
                continue;
            }
            let goals = rule.first_goal as usize..(rule.first_goal + rule.parts) as usize;
            let cost = |word: &u32| match common.get(word) {
                _ if *word < FIRST_WORD || free.contains(word) || anchors.contains(word) => 0,
                Some(rank) => 1 + 1_000_000 / (rank + 1),
                None => 1,
            };
            let candidates = self.parts[goals].iter().map(|part| part_anchors(part, cost));
            if let Some((_, words)) = candidates.min_by_key(|(cost, _)| *cost) {
                anchors.extend(words);
            }
        }
        anchors
    }

    /// How many elements all sequences have together.
    pub fn elements(&self) -> usize {
        self.parts.iter().flatten().map(Vec::len).sum()
    }

    /// Builds the rules.
    pub fn finish(self, anchors: BTreeSet<u32>, gate: Gate, words: Option<u32>, barriers: &FxHashSet<u32>) -> Rules {
        let mut builder = Builder::default();
        for (goal, sequences) in (0..).zip(self.parts) {
            sequences.into_iter().for_each(|sequence| builder.add(goal, sequence));
        }
        let (automaton, anchors) = (builder.build(words, barriers), anchors.into_iter().collect());
        Rules { automaton, phrases: self.rules, owners: self.owners, anchors, gate }
    }
}

/// The best anchor of each sequence, and how frequent the worst of them is.
fn part_anchors(part: &[Sequence], cost: impl Fn(&u32) -> usize) -> (usize, BTreeSet<u32>) {
    let mut worst = 0;
    let mut anchors = BTreeSet::new();
    for sequence in part {
        let sets = sequence.iter().filter(|element| !element.optional).filter_map(|element| match &element.what {
            What::Words(words) if words.iter().all(|word| *word >= FIRST_NOTION) => Some(&**words),
            _ => None,
        });
        let frequency = |words: &BTreeSet<u32>| words.iter().map(&cost).sum::<usize>();
        if let Some((frequency, words)) = sets.map(|words| (frequency(words), words)).min_by_key(|(cost, _)| *cost) {
            worst = worst.max(frequency);
            anchors.extend(words.iter().copied());
        }
    }
    (worst, anchors)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::matching::{Language, Matcher, PhraseSource};
    use crate::domain::topics::TopicId;

    fn told(phrases: impl Iterator<Item = String>) -> Vec<(Option<usize>, String)> {
        let problems = Problems::default();
        let source = |(number, text)| PhraseSource {
            topic: TopicId::parse("backs").unwrap(),
            role: PhraseRole::Phrase,
            text,
            place: Place { file: "backs.toml".to_owned(), line: Some(number) },
        };
        let phrases: Vec<PhraseSource> = (1..).zip(phrases).map(source).collect();
        let matcher = Matcher::compile(&Language::unknown(), &phrases, None, &problems);
        let problems = problems.into_sorted();
        assert_eq!(matcher.is_cut_short(), !problems.is_empty());
        problems.into_iter().map(|problem| (problem.place.line, problem.what)).collect()
    }

    #[test]
    fn more_phrases_than_can_be_held_are_told_once() {
        let phrase = |number: usize| format!("sore tail{number}");
        assert_eq!(told((0..MOST_PHRASES).map(phrase)), []);
        let expected = (Some(20_001), "too many phrases, at most 20000".to_owned());
        assert_eq!(told((0..MOST_PHRASES + 50).map(phrase)), [expected]);
    }

    #[test]
    fn more_words_than_can_be_numbered_are_told_once() {
        let phrase = |number: usize| {
            let words: Vec<String> = (0..1_000).map(|word| format!("tail{number}x{word}")).collect();
            format!("sore ({})", words.join("|"))
        };
        assert_eq!(told((0..39).map(phrase)), []);
        let expected = (Some(40), "too many different words in all phrases, at most 40000".to_owned());
        assert_eq!(told((0..60).map(phrase)), [expected]);
    }
}
