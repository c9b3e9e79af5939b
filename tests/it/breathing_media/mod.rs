//! The breathing picture and sound, taken apart again: what a viewer sees and a listener hears keeps to the pattern.

mod picture;
mod sound;

use std::time::Duration;

use lumbar::domain::breathing::{Pattern, Phase, read_patterns};
use lumbar::domain::document::Problems;
use proptest::prelude::*;

/// The patterns that the bot comes with.
fn built_in() -> Vec<Pattern> {
    let text = include_str!("../../../responses/breathing-patterns.toml");
    read_patterns("breathing-patterns.toml", text, &Problems::default()).expect("patterns")
}

fn named(id: &str) -> Pattern {
    built_in().into_iter().find(|pattern| pattern.id == id).expect("a pattern of that name")
}

/// Patterns that a server could write: any phases that are there last from half a second to 20 seconds.
fn any_pattern() -> impl Strategy<Value = Pattern> {
    let optional = || prop::option::of(500_u64..20_000);
    (optional(), optional(), optional(), 500_u64..20_000, optional()).prop_map(
        |(inhale, top_up, hold, exhale, rest)| {
            let lengths = [
                (Phase::Inhale, inhale),
                (Phase::TopUp, top_up),
                (Phase::Hold, hold),
                (Phase::Exhale, Some(exhale)),
                (Phase::Rest, rest),
            ];
            let phases =
                lengths.into_iter().filter_map(|(phase, length)| Some((phase, Duration::from_millis(length?))));
            let longest = Duration::from_secs(600);
            Pattern { id: "any".to_owned(), phases: phases.collect(), longest, hold_caution: true }
        },
    )
}
