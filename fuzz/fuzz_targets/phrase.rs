//! Any phrase and a message: reading it, compiling it for a server and matching with it never panic.

#![no_main]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use lumbar::domain::document::Place;
use lumbar::domain::matching::{Limits, Matcher, PhraseRole, PhraseSource};
use lumbar::domain::topics::{Library, TopicId};
use lumbar::responses::built_in;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::read(&built_in()).expect("sound texts"));

fn matcher() -> &'static Matcher {
    LIBRARY.matcher().expect("phrases")
}

fuzz_target!(|input: (&str, &str)| {
    let (text, message) = input;
    let place = Place { file: "fuzz".to_owned(), line: None };
    let topic = TopicId::parse("fuzz").expect("an id");
    let source = PhraseSource { topic, role: PhraseRole::Phrase, text: text.to_owned(), place };
    if let Ok(server) = matcher().with_server_phrases(&[source], &BTreeSet::new(), &Limits::default()) {
        let _ = server.find(message);
        let _ = server.explain(message).to_string();
    }
});
