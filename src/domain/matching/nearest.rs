//! The phrase that a message came nearest to, and what it lacked.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::domain::document::Place;
use crate::domain::matching::compile::{Common, Duty, Rule};
use crate::domain::matching::judge::Judgement;
use crate::domain::matching::lexicon::Words;
use crate::domain::matching::phrase::{Expander, Sequence, What, parse};
use crate::domain::matching::reading::Token;
use crate::domain::matching::vocabulary::{FIRST_NOTION, FIRST_WORD, UNKNOWN, Vocabulary};
use crate::domain::matching::{Matcher, PhraseRole};

/// Sequences of one phrase that are compared with the message.
const MOST_SEQUENCES: usize = 1_024;

/// How many of the words that were asked for are told.
const WORDS_TOLD: usize = 5;

/// From so many letters on a word is told to be another one with a slip in it.
const SHORTEST_SLIP: usize = 4;

/// A phrase that nearly fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// The phrase, as written.
    pub phrase: String,
    /// Where it was written.
    pub place: Place,
    /// What it lacked, in words.
    pub lacked: String,
}

/// How far a message goes along with a sequence.
#[derive(Clone, Default)]
struct Likeness {
    /// Tokens that match the elements that have to be there, in order.
    matched: Vec<usize>,
    /// The first element that nothing matches, if there is one.
    lacking: Option<usize>,
    /// How many elements have to be there.
    asked: usize,
}

/// A phrase beside the message.
struct Candidate<'m> {
    rule: &'m Rule,
    /// The part of it that lacks most, and how far the message goes along with that.
    sequence: Sequence,
    likeness: Likeness,
    /// How many elements it lacks, in all its parts.
    lacks: usize,
    /// How many are there.
    matched: usize,
    /// The token that is a slip away from the word that is lacking, and that word.
    slip: Option<(usize, String)>,
}

impl Candidate<'_> {
    /// Better is: fewer elements lacking, then more of them there, then closer together.
    fn rank(&self) -> (usize, Reverse<usize>, usize) {
        (self.lacks, Reverse(self.matched), self.likeness.spread())
    }
}

impl Likeness {
    fn lacks(&self) -> usize {
        self.asked - self.matched.len()
    }

    fn spread(&self) -> usize {
        self.matched.last().zip(self.matched.first()).map_or(0, |(last, first)| last - first)
    }

    fn rank(&self) -> (usize, Reverse<usize>, usize) {
        (self.lacks(), Reverse(self.matched.len()), self.spread())
    }
}

/// The phrase that comes nearest to the message, if any comes near at all. A server's own that lacks one word is what a
/// moderator asks about, whatever else comes near. Where a phrase was found and had no effect, no other one would have.
pub(super) fn nearest(matcher: &Matcher, judgement: &Judgement<'_>, text: &str) -> Option<NearMiss> {
    let shared = &matcher.shared;
    let own = matcher.own.as_deref();
    let vocabulary = own.map_or_else(|| Vocabulary::starting_at(shared.vocabulary.end()), |own| own.vocabulary.clone());
    let mut search = Search {
        tokens: &judgement.tokens,
        text,
        names: names(&[Some(&shared.vocabulary), own.map(|own| &own.vocabulary)]),
        words: Words { shared: Some(&shared.vocabulary), own: vocabulary, families: &shared.families },
        common: &shared.common,
    };
    let leads = |rule: &&Rule| matches!(&rule.duty, Duty::Lead(source) if source.role == PhraseRole::Phrase);
    let found: Vec<&Rule> = judgement.fired.iter().map(|fired| fired.rule).filter(leads).collect();
    let is_new = |rule: &&Rule| leads(rule) && !found.iter().any(|found| std::ptr::eq(*found, *rule));
    let mut own = search.best(own.iter().flat_map(|own| &own.rules.phrases).filter(is_new));
    if own.as_ref().is_none_or(|own| own.lacks > 1) {
        if !found.is_empty() {
            return None;
        }
        let shipped = search.best(shared.rules.phrases.iter().filter(is_new));
        own = [own, shipped].into_iter().flatten().min_by_key(Candidate::rank);
    }
    let best = own?;
    let lacked = search.lacked(&best);
    Some(NearMiss { phrase: best.rule.text.to_string(), place: best.rule.place.clone(), lacked })
}

/// Compares phrases with a message.
struct Search<'m> {
    tokens: &'m [Token],
    text: &'m str,
    names: FxHashMap<u32, String>,
    words: Words<'m>,
    common: &'m Common,
}

impl Search<'_> {
    fn best<'r>(&mut self, rules: impl Iterator<Item = &'r Rule>) -> Option<Candidate<'r>> {
        rules.filter_map(|rule| self.candidate(rule)).min_by_key(Candidate::rank)
    }

    /// The phrase beside the message; nothing if too little of it is there to say that it was meant.
    fn candidate<'r>(&mut self, rule: &'r Rule) -> Option<Candidate<'r>> {
        let phrase = parse(&rule.text).ok()?;
        let (mut lacks, mut matched, mut telling) = (0, 0, false);
        let mut worst: Option<(Likeness, Sequence)> = None;
        for part in &phrase.parts {
            let sequences = Expander::new(&mut self.words, &rule.text, MOST_SEQUENCES).expand(part).ok()?;
            let likenesses = sequences.into_iter().map(|sequence| (likeness(&sequence, self.tokens), sequence));
            let (likeness, sequence) = likenesses.min_by_key(|(likeness, _)| likeness.rank())?;
            lacks += likeness.lacks();
            matched += likeness.matched.len();
            telling |= likeness.matched.iter().any(|at| is_telling(&self.tokens[*at], self.common));
            if worst.as_ref().is_none_or(|(known, _)| likeness.lacks() > known.lacks()) {
                worst = Some((likeness, sequence));
            }
        }
        let (likeness, sequence) = worst?;
        let slip = if lacks == 1 { self.slip(&likeness, &sequence) } else { None };
        (telling || slip.is_some()).then_some(Candidate { rule, sequence, likeness, lacks, matched, slip })
    }

    /// The word of the message that is one slip away from a word that is lacking, and the word that was meant.
    fn slip(&self, likeness: &Likeness, sequence: &Sequence) -> Option<(usize, String)> {
        let names = self.lacking_words(likeness, sequence)?;
        let strange = |at: &usize| self.tokens[*at].word == UNKNOWN && !likeness.matched.contains(at);
        let slips = (0..self.tokens.len()).filter(strange).filter_map(|at| {
            let written = self.written(at).to_lowercase();
            let meant = names
                .iter()
                .find(|name| name.chars().count() >= SHORTEST_SLIP && strsim::osa_distance(&written, name) == 1);
            meant.map(|meant| (at, (*meant).to_owned()))
        });
        slips.min()
    }

    fn written(&self, at: usize) -> &str {
        self.text.get(self.tokens[at].start as usize..self.tokens[at].end as usize).unwrap_or_default()
    }

    /// The words of which one is lacking; nothing if no word is.
    fn lacking_words(&self, likeness: &Likeness, sequence: &Sequence) -> Option<Vec<&str>> {
        let What::Words(words) = &sequence[likeness.lacking?].what else { return None };
        Some(words.iter().filter_map(|word| self.names.get(word)).map(String::as_str).collect())
    }

    fn lacked(&self, candidate: &Candidate<'_>) -> String {
        let Candidate { likeness, sequence, slip, .. } = candidate;
        if let Some((at, meant)) = slip {
            return format!(
                "the word “{meant}”, in which no slip is forgiven, so that “{}” is not it",
                self.written(*at)
            );
        }
        if let Some(known) = self.lacking_words(likeness, sequence) {
            let more = if known.len() > WORDS_TOLD { ", …" } else { "" };
            let told = known.iter().take(WORDS_TOLD).map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", ");
            return match known.len() {
                0 => "the end of a sentence, or a word in the sense that the phrase asks for".to_owned(),
                1 => format!("the word {told}"),
                _ => format!("one of the words {told}{more}"),
            };
        }
        let apart = likeness.matched.windows(2).max_by_key(|pair| pair[1] - pair[0]);
        let gap = apart.map(|pair| self.tokens[pair[0]].end as usize..self.tokens[pair[1]].start as usize);
        let between = gap.and_then(|gap| self.text.get(gap)).map(str::trim).filter(|between| !between.is_empty());
        match between {
            Some(between) => {
                format!("nothing but that its words do not follow each other: “{between}” stands between them")
            }
            None if candidate.rule.near => "its parts in one sentence".to_owned(),
            None => "its words in this order".to_owned(),
        }
    }
}

/// Whether a word is rare enough, or marked as a notion, to say that the phrase was meant.
fn is_telling(token: &Token, common: &Common) -> bool {
    token.also >= FIRST_NOTION || (token.word >= FIRST_WORD && !common.contains_key(&token.word))
}

fn names(vocabularies: &[Option<&Vocabulary>]) -> FxHashMap<u32, String> {
    let words = vocabularies.iter().flatten().flat_map(|vocabulary| vocabulary.words());
    words.map(|(word, number)| (number, word.to_owned())).collect()
}

/// Takes the elements that have to be there in order, each at the next word that matches it.
fn likeness(sequence: &Sequence, tokens: &[Token]) -> Likeness {
    let mut likeness = Likeness { matched: Vec::new(), lacking: None, asked: 0 };
    let mut from = 0;
    for (number, element) in sequence.iter().enumerate().filter(|(_, element)| !element.optional) {
        likeness.asked += 1;
        match tokens[from..].iter().position(|token| matches(&element.what, token)) {
            Some(found) => {
                likeness.matched.push(from + found);
                from += found + 1;
            }
            None => likeness.lacking = likeness.lacking.or(Some(number)),
        }
    }
    likeness
}

fn matches(what: &What, token: &Token) -> bool {
    match what {
        What::Any => true,
        What::Words(words) => words.contains(&token.word) || words.contains(&token.also),
    }
}
