//! What holds for any text at all.

use std::sync::LazyLock;

use lumbar::domain::matching::phrase::parse;
use lumbar::domain::matching::{LONGEST_MESSAGE, Matcher, normalise};
use proptest::prelude::*;

use crate::matching_data::{answer, english};

static MATCHER: LazyLock<Matcher> = LazyLock::new(|| english().matcher);

/// Text of words that matter, odd characters between them, and anything at all.
fn message() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => proptest::sample::select(vec![
            "my", "back", "went", "out", "locked", "up", "numb", "legs", "ice", "or", "heat", "bakc", "mybackwentout", "b a c k",
            "didn't", "no", "dad's", "spasm", "disc", "slipped", "floor", "39.4", "fever", "...", "?", "\n", "> ", "```", "||", "<@1>",
            "https://x.example/back", ":sob:", "b4ck", "ouuut", "é", "Back", "WENT",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
        1 => any::<char>().prop_map(String::from),
    ];
    let space = proptest::sample::select(vec![" ", " ", " ", "", "\n", ", ", "\u{200b}"]);
    proptest::collection::vec((word, space), 0..14)
        .prop_map(|words| words.into_iter().map(|(word, space)| word + space).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_fall_on_characters(text in message()) {
        if let Some(trigger) = MATCHER.find(&text) {
            prop_assert!(text.get(trigger.span).is_some());
        }
    }

    #[test]
    fn any_text_at_all_is_survived(text in any::<String>()) {
        let _ = MATCHER.find(&text);
        let _ = parse(&text);
    }

    #[test]
    fn what_is_read_is_bounded_whatever_a_character_stands_for(text in "[\u{FDFA}\u{FDFB}\u{33FF}a ]{0,6000}") {
        prop_assert!(normalise(&text).chars().count() <= LONGEST_MESSAGE + 18);
    }

    #[test]
    fn normalising_twice_changes_nothing(text in prop_oneof![message(), any::<String>()]) {
        let once = normalise(&text);
        prop_assert_eq!(normalise(&once), once);
    }

    #[test]
    fn a_character_that_shows_nothing_changes_nothing(text in message(), place in any::<prop::sample::Index>()) {
        let places: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
        let at = places[place.index(places.len())];
        let with = format!("{}\u{200b}{}", &text[..at], &text[at..]);
        prop_assert_eq!(answer(&MATCHER, &with), answer(&MATCHER, &text));
    }

    #[test]
    fn case_changes_nothing(text in message()) {
        prop_assert_eq!(answer(&MATCHER, &text.to_uppercase()), answer(&MATCHER, &text));
        prop_assert_eq!(answer(&MATCHER, &text.to_lowercase()), answer(&MATCHER, &text));
    }

    #[test]
    fn a_fault_in_a_phrase_points_into_it(text in "[a-z(){}\\[\\]|&*+.^$,? ]{0,30}") {
        if let Err(error) = parse(&text) {
            prop_assert!(error.at <= text.len() && text.is_char_boundary(error.at), "{}", error);
        }
    }
}

proptest! {
    // Explaining looks for the nearest of all phrases and takes its time.
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn explaining_agrees_with_finding(text in prop_oneof![message(), any::<String>()]) {
        let explanation = MATCHER.explain(&text);
        prop_assert!(!explanation.to_string().is_empty());
        prop_assert_eq!(explanation.trigger, MATCHER.find(&text));
    }
}
