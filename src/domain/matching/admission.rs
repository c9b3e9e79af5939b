//! Whether a message is read at all.

use crate::domain::matching::Matcher;
use crate::domain::matching::engine::Gate;

impl Matcher {
    /// Whether the message may concern any phrase; answers no for nearly all messages at next to no cost.
    pub fn may_concern(&self, text: &str) -> bool {
        let gate = &self.shared.rules.gate;
        match &self.own {
            None => Gate::any_passes(&[gate], text),
            Some(own) => !own.expressions.is_empty() || Gate::any_passes(&[gate, &own.rules.gate], text),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use crate::domain::guild::testing::library;
    use crate::domain::matching::Matcher;
    use crate::domain::matching::judge::{Depth, judge};

    /// What people may say: the topics' examples, and messages that the phrases ask for.
    static MESSAGES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let (content, matcher) = (library().fallback(), matcher());
        let examples = content.topics.values().flat_map(|topic| &topic.examples).map(|text| text.value.clone());
        let asked = matcher.phrases().flat_map(|source| matcher.samples(&source.text).into_iter().take(4));
        examples.chain(asked).collect()
    });

    fn matcher() -> &'static Matcher {
        library().matcher().unwrap()
    }

    /// How a letter is typed.
    #[derive(Clone, Copy, Debug)]
    enum Typed {
        Twice,
        ThreeTimes,
        Not,
        InCapitals,
        AsDigit,
        BeforeTheLast,
        Wrong,
    }

    fn typed(message: &str, slips: &[(prop::sample::Index, Typed)]) -> String {
        let mut letters: Vec<char> = message.chars().collect();
        for (index, slip) in slips {
            let at = index.index(letters.len().max(1));
            let Some(letter) = letters.get(at).copied().filter(|letter| letter.is_ascii_alphabetic()) else { continue };
            match slip {
                Typed::Twice => letters.insert(at, letter),
                Typed::ThreeTimes => drop(letters.splice(at..at, [letter, letter])),
                Typed::Not => drop(letters.remove(at)),
                Typed::InCapitals => letters[at] = letter.to_ascii_uppercase(),
                Typed::AsDigit => {
                    letters[at] = "oizeasgtb".chars().position(|known| known == letter).map_or(letter, digit);
                }
                Typed::BeforeTheLast => letters.swap(at, at.saturating_sub(1)),
                Typed::Wrong => letters[at] = 'x',
            }
        }
        letters.into_iter().collect()
    }

    fn digit(place: usize) -> char {
        ['0', '1', '2', '3', '4', '5', '6', '7', '8'][place]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_would_be_answered_is_read(
            message in prop::sample::select(&MESSAGES[..]),
            slips in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(vec![
                Typed::Twice, Typed::Twice, Typed::Twice, Typed::ThreeTimes, Typed::Not, Typed::InCapitals, Typed::AsDigit,
                Typed::BeforeTheLast, Typed::Wrong,
            ])), 0..6),
        ) {
            let text = typed(&message, &slips);
            if let Some(trigger) = judge(matcher(), &text, Depth::Answer).trigger(matcher(), &text) {
                prop_assert!(matcher().may_concern(&text), "{} is answered by {}", text, trigger.phrase);
            }
        }
    }

    #[test]
    fn a_word_with_doubled_letters_is_read_whatever_stands_beside_it() {
        for text in
            ["my baackk went out", "my baackk wentt", "my baackk wentt out", "my b4ackk went out", "my back wentt out"]
        {
            assert!(matcher().find(text).is_some(), "{text}");
        }
    }

    #[test]
    fn a_frequent_word_opens_the_gate_only_where_a_phrase_needs_it() {
        let shared = &matcher().shared;
        let frequent = shared.vocabulary.words().filter(|(_, number)| shared.common.contains_key(number));
        let open: BTreeSet<&str> = frequent
            .filter(|(_, number)| !shared.rules.anchors.contains(number))
            .map(|(word, _)| word)
            .filter(|word| matcher().may_concern(word))
            .collect();
        assert_eq!(open, BTreeSet::new());
    }

    #[test]
    fn what_is_passed_over_before_signs_are_looked_for_would_not_be_answered_with_them_either() {
        let labelled = include_str!("../../../tests/data/dev.tsv").lines().filter_map(|line| line.split('\t').nth(2));
        let mut passed_over = 0;
        for text in labelled.chain(MESSAGES.iter().map(String::as_str)).filter(|text| matcher().may_concern(text)) {
            let [quick, thorough] = [Depth::Answer, Depth::Explain].map(|depth| judge(matcher(), text, depth));
            passed_over += usize::from(quick.fired.len() < thorough.fired.len());
            assert_eq!(quick.trigger(matcher(), text), thorough.trigger(matcher(), text), "{text}");
        }
        assert!(passed_over > 0);
    }
}
