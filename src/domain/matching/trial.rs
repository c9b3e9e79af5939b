//! Trying phrases out before they are live: which of them fire on a message, and messages that a phrase asks for.

use rustc_hash::FxHashMap;

use crate::domain::matching::judge::{Depth, judge};
use crate::domain::matching::lexicon::Words;
use crate::domain::matching::phrase::{Element, Expander, Sequence, What, parse};
use crate::domain::matching::vocabulary::{FIRST_NOTION, FIRST_WORD, NUMBER, PAUSE, QUESTION, Vocabulary};
use crate::domain::matching::{Matcher, PhraseRole, PhraseSource};

/// How many sequences of one phrase samples are made of.
const MOST_SEQUENCES: usize = 1_024;

/// How many of them samples are made for, spread over all.
const SAMPLED: usize = 8;

/// Ways to fill in a sequence: which of the words at a place, and whether what may be left out is there.
const WAYS: [(usize, bool); 4] = [(0, false), (1, false), (0, true), (2, true)];

impl Matcher {
    /// The server's own phrases that fire on a message, each of which would lead to an answer if no other did.
    pub fn own_phrases_in(&self, text: &str) -> Vec<&PhraseSource> {
        if self.own.is_none() || !self.may_concern(text) {
            return Vec::new();
        }
        let judgement = judge(self, text, Depth::Answer);
        let (episode, trouble) = (judgement.has_episode(self), judgement.has_trouble(self));
        let own = judgement.fired.iter().filter(|fired| fired.own);
        let sources = own.filter_map(|fired| fired.source());
        let effective = sources.filter(|source| match source.role {
            PhraseRole::Phrase => true,
            PhraseRole::Question => episode,
            PhraseRole::Sign(_) | PhraseRole::Danger => trouble,
        });
        effective.collect()
    }

    /// Messages that a phrase asks for, the plainest first; none for a regular expression or a phrase that cannot be
    /// read.
    pub fn samples(&self, phrase: &str) -> Vec<String> {
        let vocabulary = Vocabulary::starting_at(self.shared.vocabulary.end());
        let mut words =
            Words { shared: Some(&self.shared.vocabulary), own: vocabulary, families: &self.shared.families };
        let Ok(parsed) = parse(phrase) else { return Vec::new() };
        let mut expander = Expander::new(&mut words, phrase, MOST_SEQUENCES);
        let parts: Result<Vec<Vec<Sequence>>, _> = parsed.parts.iter().map(|part| expander.expand(part)).collect();
        let Ok(mut parts) = parts else { return Vec::new() };
        parts.iter_mut().for_each(|part| part.sort_by_key(Vec::len));
        let names = self.spelt(&parts, &words.own);
        let longest = parts.iter().map(Vec::len).max().unwrap_or_default();
        let step = longest.div_ceil(SAMPLED).max(1);
        let ways = WAYS.iter().flat_map(|way| (0..longest).step_by(step).map(move |number| (*way, number)));
        let samples = ways.map(|(way, number)| {
            let sentences = parts.iter().map(|part| sentence(&part[number % part.len()], way, &names));
            sentences.collect::<Vec<_>>().join(". ")
        });
        samples.collect()
    }

    /// The words at the places of these sequences, by number; a notion stands for the first of its words.
    fn spelt<'w>(&'w self, parts: &[Vec<Sequence>], own: &'w Vocabulary) -> FxHashMap<u32, &'w str> {
        let mut wanted: FxHashMap<u32, &str> = FxHashMap::default();
        let sets = parts.iter().flatten().flatten().filter_map(|element| match &element.what {
            What::Words(words) => Some(words.iter().copied()),
            What::Any => None,
        });
        wanted.extend(sets.flatten().map(|word| (word, "")));
        let heads: FxHashMap<u32, u32> = (FIRST_NOTION..)
            .zip(&self.shared.senses.heads)
            .filter_map(|(notion, heads)| Some((*heads.iter().min()?, notion)))
            .collect();
        for (word, number) in self.shared.vocabulary.words().chain(own.words()) {
            for known in [Some(number), heads.get(&number).copied()].into_iter().flatten() {
                wanted.entry(known).and_modify(|spelt| *spelt = word);
            }
        }
        wanted
    }
}

/// A message that a sequence asks for.
fn sentence(sequence: &Sequence, (choice, whole): (usize, bool), names: &FxHashMap<u32, &str>) -> String {
    let mut sentence = String::new();
    for element in sequence.iter().filter(|element| whole || !element.optional) {
        let Some(word) = word_for(element, choice, names) else { continue };
        let joined = word.starts_with(['\'', ',', '.', '?']);
        if joined && sentence.is_empty() {
            continue;
        }
        if !joined && !sentence.is_empty() {
            sentence.push(' ');
        }
        sentence.push_str(word);
    }
    sentence
}

fn word_for<'n>(element: &Element, choice: usize, names: &FxHashMap<u32, &'n str>) -> Option<&'n str> {
    let What::Words(words) = &element.what else { return None };
    let word = *words.iter().nth(choice * (words.len() / WAYS.len()))?;
    match word {
        NUMBER => Some("2"),
        _ if words.contains(&PAUSE) => Some(","),
        QUESTION => Some("?"),
        _ if word < FIRST_NOTION => Some("."),
        _ => names.get(&word).copied().filter(|name| !name.is_empty() || word < FIRST_WORD),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::document::{Place, Problems};
    use crate::domain::matching::{Language, Limits};
    use crate::domain::topics::TopicId;

    fn matcher(own: &[&str]) -> Matcher {
        let place = |number| Place { file: "own".to_owned(), line: Some(number) };
        let source = |(number, text): (usize, &&str)| PhraseSource {
            topic: TopicId::parse("toast").unwrap(),
            role: PhraseRole::Phrase,
            text: (*text).to_owned(),
            place: place(number),
        };
        let shared =
            Matcher::compile(&Language::unknown(), &[source((0, &"back went out"))], None, &Problems::default());
        let own: Vec<PhraseSource> = (1..).zip(own).map(source).collect();
        shared.with_server_phrases(&own, &BTreeSet::new(), &Limits::default()).unwrap()
    }

    #[test]
    fn each_of_a_servers_phrases_that_fires_is_told() {
        let matcher = matcher(&["back is toast", "toast", "/t[o0]ast/", "jam"]);
        let fired: Vec<&str> =
            matcher.own_phrases_in("my back is toast").iter().map(|source| source.text.as_str()).collect();
        assert_eq!(fired, ["back is toast", "toast", "/t[o0]ast/"]);
        assert!(matcher.own_phrases_in("back went out").is_empty());
    }

    #[test]
    fn a_phrase_fires_on_its_samples() {
        for phrase in ["my (lower back|spine) is [so] toast", "^ toast $", "it , broke & {number} times", "dad 's back"]
        {
            let matcher = matcher(&[phrase]);
            let samples = matcher.samples(phrase);
            assert!(samples.iter().any(|sample| !matcher.own_phrases_in(sample).is_empty()), "{phrase}: {samples:?}");
        }
        assert!(matcher(&["a"]).samples("/a/").len() <= 4);
    }
}
