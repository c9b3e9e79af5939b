//! Any message: nothing panics, spans fall on characters, normalising twice changes nothing.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use lumbar::domain::matching::{Matcher, normalise};
use lumbar::domain::topics::Library;
use lumbar::responses::built_in;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::read(&built_in()).expect("sound texts"));

fn matcher() -> &'static Matcher {
    LIBRARY.matcher().expect("phrases")
}

fuzz_target!(|text: &str| {
    if let Some(trigger) = matcher().find(text) {
        assert!(text.get(trigger.span).is_some());
    }
    let once = normalise(text);
    assert_eq!(normalise(&once), once);
});
