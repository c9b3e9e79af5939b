//! Words, families and notions by name: what a phrase is read with.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::domain::matching::normalise::{Kind, pieces};
use crate::domain::matching::phrase::{Element, Lexicon, Sequence, What, plain_words};
use crate::domain::matching::vocabulary::{NUMBER, PAUSE, QUESTION, STOP, Vocabulary, key_of};

/// The families of a language by name.
pub(super) type Families = FxHashMap<String, Arc<[Sequence]>>;

/// The words known so far and the families to name.
#[derive(Debug)]
pub(super) struct Words<'f> {
    /// Words that are shared and stay as they are.
    pub shared: Option<&'f Vocabulary>,
    /// Words of one's own; new ones come here.
    pub own: Vocabulary,
    /// The families.
    pub families: &'f Families,
}

impl Words<'_> {
    fn number(&mut self, word: &str) -> u32 {
        self.shared.and_then(|shared| shared.exact(word)).unwrap_or_else(|| self.own.add(word))
    }

    fn spelling(&self, word: &str) -> Option<Vec<u32>> {
        let meant = self.shared.and_then(|shared| shared.spelling(word)).or_else(|| self.own.spelling(word));
        meant.map(<[u32]>::to_vec)
    }
}

impl Lexicon for Words<'_> {
    fn words(&mut self, text: &str) -> Vec<u32> {
        if let Some(clitic) = text.strip_prefix(['\'', '’']) {
            return vec![self.number(&format!("'{}", clitic.to_lowercase()))];
        }
        let mut numbers = Vec::new();
        for piece in pieces(text).iter().filter(|piece| piece.kind == Kind::Word) {
            match self.spelling(&piece.text) {
                Some(meant) => numbers.extend(meant),
                None => numbers.push(self.number(&piece.text)),
            }
        }
        numbers
    }

    fn family(&self, name: &str) -> Option<Vec<Sequence>> {
        if name == "number" {
            let words = Arc::new(BTreeSet::from([NUMBER]));
            return Some(vec![vec![Element { what: What::Words(words), optional: false, repeat: false }]]);
        }
        self.families.get(name).map(|sequences| sequences.to_vec())
    }

    fn nearest_family(&self, name: &str) -> Option<String> {
        let ranked = self.families.keys().map(|known| (strsim::osa_distance(name, known), known)).min();
        ranked.filter(|(distance, _)| *distance <= 2).map(|(_, known)| known.clone())
    }

    fn boundaries(&self) -> [u32; 3] {
        [PAUSE, STOP, QUESTION]
    }
}

/// For each word, the key of the smallest family that holds it.
pub(super) fn family_keys(families: &Families, words: u32) -> Vec<u32> {
    let mut keys = vec![(usize::MAX, 0); words as usize];
    let mut named: Vec<_> = families.iter().collect();
    named.sort_unstable_by_key(|(name, _)| *name);
    for (name, sequences) in named {
        let key = key_of(&format!("{{{name}}}"));
        let members = sequences.iter().filter_map(plain_words);
        for (size, word) in members.flat_map(|words| words.iter().map(|word| (words.len(), *word))) {
            if let Some(known) = keys.get_mut(word as usize).filter(|known| size < known.0) {
                *known = (size, key);
            }
        }
    }
    keys.into_iter().map(|(_, key)| key).collect()
}
