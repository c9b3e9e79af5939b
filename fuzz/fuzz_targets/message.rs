//! Any message: nothing panics, spans fall on characters, normalising twice changes nothing.

#![no_main]

#[path = "../../tests/it/matching_data.rs"]
mod matching_data;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use lumbar::domain::matching::{Matcher, normalise};

static MATCHER: LazyLock<Matcher> = LazyLock::new(|| matching_data::english().matcher);

fuzz_target!(|text: &str| {
    if let Some(trigger) = MATCHER.find(text) {
        assert!(text.get(trigger.span).is_some());
    }
    let once = normalise(text);
    assert_eq!(normalise(&once), once);
});
