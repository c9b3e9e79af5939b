//! A server's own phrases: added to what all servers share, small, quick to compile, and bounded.

use std::collections::BTreeSet;
use std::fmt;

use rustc_hash::FxHashSet;

use crate::domain::document::{Place, Problems};
use crate::domain::matching::PhraseSource;
use crate::domain::matching::compile::{Compiler, Duty, Rule, Rules, Shared, gate_for};
use crate::domain::matching::drafts::Drafts;
use crate::domain::matching::expressions::Expressions;
use crate::domain::matching::lexicon::Words;
use crate::domain::matching::phrase::PhraseError;
use crate::domain::matching::vocabulary::Vocabulary;
use crate::domain::topics::TopicId;

/// What a server may add at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Phrases.
    pub phrases: usize,
    /// Characters of one phrase.
    pub length: usize,
    /// Sequences of words that one phrase may stand for.
    pub sequences: usize,
    /// Places for words in all phrases together, once their alternatives are written out.
    pub elements: usize,
    /// Phrases that are regular expressions.
    pub expressions: usize,
    /// Bytes that a compiled regular expression may take, and again what it notes while it is looked for. With more room for
    /// notes a message that was made to be slow takes longer, not shorter.
    pub expression_bytes: usize,
    /// Characters for which one regular expression may ask, its counts written out.
    pub expression_places: usize,
    /// The same for all of them together: they are all looked for in every message.
    pub all_expression_places: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            phrases: 200,
            length: 200,
            sequences: 64,
            elements: 8_192,
            expressions: 10,
            expression_bytes: 64 * 1024,
            expression_places: 200,
            all_expression_places: 500,
        }
    }
}

/// Why a server's phrases were not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerFault {
    /// Where the phrase stands; nothing if all phrases together are meant.
    pub place: Option<Place>,
    /// What is wrong and what to write instead.
    pub error: PhraseError,
}

impl fmt::Display for ServerFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(formatter, "{place}: ")?;
        }
        write!(formatter, "{}", self.error)
    }
}

impl std::error::Error for ServerFault {}

/// What one server has of its own.
#[derive(Debug)]
pub(super) struct Own {
    /// Words that only this server's phrases know.
    pub vocabulary: Vocabulary,
    /// Its phrases.
    pub rules: Rules,
    /// Its phrases that are regular expressions.
    pub expressions: Expressions,
    /// Topics that it does not want.
    pub switched_off: BTreeSet<TopicId>,
}

impl Own {
    /// Compiles a server's phrases; if any of them is wrong, all faults are told and nothing is taken.
    pub fn compile(
        shared: &Shared,
        added: &[PhraseSource],
        switched_off: &BTreeSet<TopicId>,
        limits: &Limits,
    ) -> Result<Self, Vec<ServerFault>> {
        if added.len() > limits.phrases {
            let what = format!("{} phrases, but {} is the most", added.len(), limits.phrases);
            return Err(vec![overall(what, "remove some, or join several with (a|b)")]);
        }
        let problems = Problems::default();
        let own = Vocabulary::starting_at(shared.vocabulary.end());
        let words = Words { shared: Some(&shared.vocabulary), own, families: &shared.families };
        let mut compiler = Compiler { words, problems: &problems };
        let (mut drafts, mut expressions, mut faults) = (Drafts::default(), Expressions::default(), Vec::new());
        for source in added {
            let taken = match Expressions::pattern(&source.text) {
                _ if source.text.chars().count() > limits.length => Err(too_long(&source.text, limits.length)),
                Some(pattern) => expressions.add(source, pattern, limits),
                None => compiler.sequences(&source.text, limits.sequences).map(|spelt| {
                    drafts.add(Duty::Lead(source.clone()), &source.text, &source.place, spelt);
                }),
            };
            if let Err(error) = taken {
                faults.push(ServerFault { place: Some(source.place.clone()), error });
            }
        }
        if drafts.elements() > limits.elements {
            let what = format!("the phrases stand for {} words, {} is the most", drafts.elements(), limits.elements);
            faults.push(overall(what, "use fewer alternatives"));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let Compiler { words, .. } = compiler;
        let vocabulary = words.own;
        let anchors = drafts.anchors(&shared.common, &shared.clues, &FxHashSet::default());
        let gate = gate_for(&anchors, &[&shared.vocabulary, &vocabulary], &shared.senses.heads);
        Ok(Self {
            rules: drafts.finish(anchors, gate, None, &shared.denials.words()),
            vocabulary,
            expressions,
            switched_off: switched_off.clone(),
        })
    }

    /// The bytes that this takes, roughly.
    pub fn bytes(&self) -> usize {
        let phrases: usize = self.rules.phrases.iter().map(|rule| size_of::<Rule>() + 2 * rule.text.len()).sum();
        self.vocabulary.bytes() + self.rules.automaton.bytes() + self.rules.gate.bytes() + phrases
    }
}

fn too_long(text: &str, most: usize) -> PhraseError {
    let at = text.char_indices().nth(most).map_or(0, |(at, _)| at);
    PhraseError::new(text, at, format!("a phrase has at most {most} characters"), "make it shorter, or two of it")
}

fn overall(what: String, instead: &str) -> ServerFault {
    ServerFault { place: None, error: PhraseError::new("", 0, what, instead) }
}
