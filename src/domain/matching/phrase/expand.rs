//! From a phrase to the plain sequences of words that it stands for.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Atom, Item, PhraseError};

/// Longest sequence, in elements: one machine word of the engine holds it.
pub const LONGEST_SEQUENCE: usize = 63;

/// One place in a sequence: what may stand there and how often.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Element {
    /// What may stand here.
    pub what: What,
    /// Whether nothing may stand here, too.
    pub optional: bool,
    /// Whether several may follow each other here.
    pub repeat: bool,
}

/// What may stand at one place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Any word, or a pause.
    Any,
    /// One of these words; a family is named often, so its words are shared.
    Words(Arc<BTreeSet<u32>>),
}

/// A plain sequence of elements.
pub type Sequence = Vec<Element>;

/// Knows the words and the families that a phrase may name.
pub trait Lexicon {
    /// The numbers of the words that `text` stands for: one, or several ("I'm").
    fn words(&mut self, text: &str) -> Vec<u32>;
    /// What the family or notion `name` stands for, as sequences that are [`merged`].
    fn family(&self, name: &str) -> Option<Vec<Sequence>>;
    /// The family whose name is most like `name`.
    fn nearest_family(&self, name: &str) -> Option<String>;
    /// The numbers that stand for a pause, a stop and a question.
    fn boundaries(&self) -> [u32; 3];
}

/// Turns items into sequences, of which there may be a limited number.
#[derive(Debug)]
pub struct Expander<'l, L: Lexicon> {
    lexicon: &'l mut L,
    phrase: &'l str,
    most: usize,
}

impl<'l, L: Lexicon> Expander<'l, L> {
    /// For the phrase `phrase`, which may stand for `most` sequences.
    pub fn new(lexicon: &'l mut L, phrase: &'l str, most: usize) -> Self {
        Self { lexicon, phrase, most }
    }

    /// Every sequence that the items stand for, without the optional elements at its ends: those decide nothing.
    pub fn expand(&mut self, items: &[Item]) -> Result<Vec<Sequence>, PhraseError> {
        let begin = items.first().map_or(0, |item| item.span.start);
        let mut sequences = self.sequence(items)?;
        for sequence in &mut sequences {
            while sequence.last().is_some_and(|element| element.optional) {
                sequence.pop();
            }
            let leading = sequence.iter().take_while(|element| element.optional).count();
            sequence.drain(..leading);
            self.check(sequence, begin)?;
        }
        sequences.dedup();
        Ok(sequences)
    }

    fn check(&self, sequence: &Sequence, begin: usize) -> Result<(), PhraseError> {
        let says_something = |element: &Element| match &element.what {
            What::Any => false,
            What::Words(words) => !words.iter().all(|word| self.lexicon.boundaries().contains(word)),
        };
        if !sequence.iter().any(|element| !element.optional && says_something(element)) {
            return self.fault(begin, "this could match anything", "write at least one word that has to be there");
        }
        if sequence.len() > LONGEST_SEQUENCE {
            return self.fault(begin, format!("longer than {LONGEST_SEQUENCE} words"), "make it shorter");
        }
        Ok(())
    }

    fn sequence(&mut self, items: &[Item]) -> Result<Vec<Sequence>, PhraseError> {
        let mut sequences = vec![Sequence::new()];
        for item in items {
            let choices = self.item(item)?;
            if sequences.len() * choices.len() > self.most {
                let what = format!("this stands for more than {} sequences of words", self.most);
                return self.fault(item.span.start, what, "write two phrases, or fewer alternatives of several words");
            }
            sequences = sequences
                .iter()
                .flat_map(|head| choices.iter().map(|tail| head.iter().chain(tail).cloned().collect()))
                .collect();
            if sequences.iter().any(|sequence| sequence.len() > 2 * LONGEST_SEQUENCE) {
                return self.fault(item.span.start, format!("longer than {LONGEST_SEQUENCE} words"), "make it shorter");
            }
        }
        Ok(sequences)
    }

    fn item(&mut self, item: &Item) -> Result<Vec<Sequence>, PhraseError> {
        let choices = self.atom(item)?;
        if item.repeat && choices.iter().any(|choice| choice.len() != 1) {
            return self.fault(item.span.start, "only single words can repeat", "leave the `*` or `+` out");
        }
        if !item.optional && !item.repeat {
            return Ok(choices);
        }
        let mut marked = Vec::new();
        for choice in choices {
            if let [element] = choice.as_slice() {
                let element = Element {
                    what: element.what.clone(),
                    optional: element.optional || item.optional,
                    repeat: element.repeat || item.repeat,
                };
                marked.push(vec![element]);
            } else {
                marked.push(choice);
            }
        }
        if item.optional && marked.iter().all(|choice| choice.len() != 1) {
            marked.push(Sequence::new());
        }
        Ok(marked)
    }

    fn atom(&mut self, item: &Item) -> Result<Vec<Sequence>, PhraseError> {
        let [pause, stop, question] = self.lexicon.boundaries();
        Ok(match &item.atom {
            Atom::Word(text) => vec![self.word(text, item.span.start)?],
            Atom::Family(name) => return self.family(name, item.span.start),
            Atom::Either(alternatives) => {
                let mut choices = Vec::new();
                for alternative in alternatives {
                    choices.extend(self.sequence(alternative)?);
                }
                merged(choices)
            }
            Atom::Gap(width) => vec![vec![Element { what: What::Any, optional: true, repeat: false }; *width]],
            Atom::Edge => vec![one_of([pause, stop, question])],
            Atom::Pause => vec![one_of([pause])],
            Atom::Stop => vec![one_of([stop, question])],
            Atom::Question => vec![one_of([question])],
        })
    }

    fn word(&mut self, text: &str, at: usize) -> Result<Sequence, PhraseError> {
        let words = self.lexicon.words(text);
        if words.is_empty() {
            return self.fault(at, format!("`{text}` is no word once it is normalised"), "write it in letters");
        }
        Ok(words.into_iter().flat_map(|word| one_of([word])).collect())
    }

    fn family(&mut self, name: &str, at: usize) -> Result<Vec<Sequence>, PhraseError> {
        if let Some(sequences) = self.lexicon.family(name) {
            return Ok(sequences);
        }
        let instead = match self.lexicon.nearest_family(name) {
            Some(known) => format!("did you mean {{{known}}}?"),
            None => "write the words themselves: (go|goes|went)".to_owned(),
        };
        self.fault(at + 1, format!("there is no word family `{name}`"), instead)
    }

    fn fault<T>(&self, at: usize, what: impl Into<String>, instead: impl Into<String>) -> Result<T, PhraseError> {
        Err(PhraseError::new(self.phrase, at, what, instead))
    }
}

fn one_of<const N: usize>(words: [u32; N]) -> Sequence {
    vec![Element { what: What::Words(Arc::new(BTreeSet::from(words))), optional: false, repeat: false }]
}

/// Joins the alternatives of one plain word each into one set: that keeps the number of sequences small.
pub fn merged(choices: Vec<Sequence>) -> Vec<Sequence> {
    let (plain, mut others): (Vec<_>, Vec<_>) = choices.into_iter().partition(|choice| plain_words(choice).is_some());
    let mut sets: Vec<&Arc<BTreeSet<u32>>> = plain.iter().filter_map(|choice| plain_words(choice)).collect();
    let set = match sets.as_slice() {
        [] => return others,
        [one] => Arc::clone(one),
        _ => Arc::new(sets.drain(..).flat_map(|set| set.iter().copied()).collect()),
    };
    others.insert(0, vec![Element { what: What::Words(set), optional: false, repeat: false }]);
    others
}

/// The words of a sequence that asks for one of them and for nothing else.
pub fn plain_words(sequence: &Sequence) -> Option<&Arc<BTreeSet<u32>>> {
    match sequence.as_slice() {
        [Element { what: What::Words(words), optional: false, repeat: false }] => Some(words),
        _ => None,
    }
}
