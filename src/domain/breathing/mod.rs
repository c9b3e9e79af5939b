//! Breathing patterns: how long each phase of a breath lasts, and how many breaths a session has.
//!
//! `timeline` is the course of one breath; `picture` and `sound` make files of it. `session` is what people ask for,
//! `course` what holds at which moment of a session in words, and `guide` when its message has to change.

pub mod course;
pub mod guide;
pub mod picture;
pub mod session;
pub mod sound;
pub mod timeline;

use std::time::Duration;

use crate::domain::document::{Located, Problems, Section, read_document};

/// The name of a pattern, as in `exhale` or `4-7-8`.
pub type PatternId = String;

/// A phase of a breath.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Breathe in.
    Inhale,
    /// A second, short breath in on top of the first.
    TopUp,
    /// Hold the breath, lungs full.
    Hold,
    /// Breathe out.
    Exhale,
    /// Wait, lungs empty.
    Rest,
}

/// No session is longer: it has to end inside the 15 minutes that Discord keeps an interaction open.
const LONGEST_SESSION: Duration = Duration::from_secs(10 * 60);

/// One breath of a pattern, phase by phase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Its name.
    pub id: PatternId,
    /// The phases in order, each with its length; none is empty.
    pub phases: Vec<(Phase, Duration)>,
    /// The longest session that its source supports.
    pub longest: Duration,
    /// Whether some people should not do it because the breath is held.
    pub hold_caution: bool,
}

impl Pattern {
    /// How long one breath takes.
    pub fn breath(&self) -> Duration {
        self.phases.iter().map(|(_, length)| *length).sum()
    }

    /// How many whole breaths fit into `session`: at least one.
    pub fn rounds_in(&self, session: Duration) -> u32 {
        let breath = self.breath().as_millis().max(1);
        u32::try_from(session.as_millis() / breath).unwrap_or(u32::MAX).max(1)
    }

    /// `session`, or the longest that the pattern allows.
    pub fn within_limit(&self, session: Duration) -> Duration {
        session.min(self.longest)
    }
}

/// Reads `responses/breathing-patterns.toml`: at least one pattern, the first of which is the default.
pub fn read_patterns(file: &str, text: &str, problems: &Problems) -> Option<Vec<Pattern>> {
    read_document(file, text, problems, |mut section| {
        let place = section.place();
        let mut patterns: Vec<Pattern> = Vec::new();
        for (id, pattern) in section.sections("patterns").into_iter().filter_map(read_pattern) {
            if patterns.iter().any(|known| known.id == pattern.id) {
                problems.add(&id.place, format!("the pattern `{}` is there twice", pattern.id), "remove one of them");
            }
            patterns.push(pattern);
        }
        section.finish();
        if patterns.is_empty() {
            problems.add(&place, "no breathing pattern", "add [[patterns]] with id, inhale and exhale");
        }
        (!patterns.is_empty()).then_some(patterns)
    })
}

fn read_pattern(mut section: Section<'_>) -> Option<(Located<String>, Pattern)> {
    let id = section.required_text("id");
    if let Some(id) = id.as_ref().filter(|id| !is_well_named(&id.value)) {
        let instead = "lower-case letters, digits and hyphens, 32 at the most: it stands in names of files and buttons";
        section.complain(&id.place, format!("`{}` is no name for a pattern", id.value), instead);
    }
    let lengths = [
        (Phase::Inhale, section.seconds("inhale")),
        (Phase::TopUp, section.seconds("top_up")),
        (Phase::Hold, section.seconds("hold")),
        (Phase::Exhale, section.seconds("exhale")),
        (Phase::Rest, section.seconds("rest")),
    ];
    let phases: Vec<(Phase, Duration)> = lengths
        .into_iter()
        .filter_map(|(phase, length)| length.filter(|length| !length.is_zero()).map(|length| (phase, length)))
        .collect();
    if !phases.iter().any(|(phase, _)| *phase == Phase::Exhale) {
        section.complain(&section.place(), "the pattern has no way out", "add exhale = 6.0");
    }
    let longest = section.minutes("longest_minutes").unwrap_or(LONGEST_SESSION);
    if phases.iter().map(|(_, length)| *length).sum::<Duration>() > longest.min(LONGEST_SESSION) {
        section.complain(&section.place(), "one breath is longer than a whole session", "shorten its phases");
    }
    let hold_caution = section.boolean("hold_caution").is_some_and(|caution| caution.value);
    section.required_text("source");
    section.text("url");
    section.finish();
    let id = id?;
    Some((id.clone(), Pattern { id: id.value, phases, longest: longest.min(LONGEST_SESSION), hold_caution }))
}

fn is_well_named(id: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=32).contains(&id.len()) && id.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exhale() -> Pattern {
        let text = "[[patterns]]\nid = \"exhale\"\ninhale = 4.0\nexhale = 6.0\nlongest_minutes = 5.0\nsource = \"s\"\n";
        let problems = Problems::default();
        let read = read_patterns("p.toml", text, &problems).expect("a sound file");
        assert!(problems.is_empty());
        read[0].clone()
    }

    #[test]
    fn a_session_has_whole_breaths_only() {
        let pattern = exhale();
        assert_eq!(pattern.breath(), Duration::from_secs(10));
        assert_eq!(pattern.rounds_in(Duration::from_secs(125)), 12);
        assert_eq!(pattern.rounds_in(Duration::from_secs(1)), 1);
    }

    #[test]
    fn a_pattern_that_no_button_could_name_or_no_session_could_hold_is_told() {
        for wrong in [
            "id = \"a:b\"\ninhale = 4.0\nexhale = 6.0",
            "id = \"x\"\ninhale = 400.0\nexhale = 400.0",
            "id = \"x\"\ninhale = 50.0\nexhale = 50.0\nlongest_minutes = 1.0",
        ] {
            let problems = Problems::default();
            read_patterns("p.toml", &format!("[[patterns]]\n{wrong}\nsource = \"s\"\n"), &problems);
            assert!(!problems.is_empty(), "{wrong}");
        }
    }

    #[test]
    fn a_session_is_no_longer_than_its_source_supports() {
        assert_eq!(exhale().within_limit(Duration::from_secs(600)), Duration::from_secs(300));
    }
}
