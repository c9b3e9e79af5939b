//! Breathing with the bot: the count of a pattern, in words that need no picture.

use std::time::Duration;

use super::section;
use crate::domain::breathing::{Pattern, Phase};
use crate::domain::locale::Locale;
use crate::domain::reply::{Action, Card, Control, Reply, Tone};
use crate::domain::topics::{Library, TextKey, Words};

/// Shows how to breathe: `pattern`, or the default one if there is none of that name.
pub fn breathe(library: &Library, locale: &Locale, pattern: Option<&str>, session: Option<Duration>) -> Reply {
    let words = &library.content(locale).words;
    let known = library.patterns.iter().find(|known| Some(known.id.as_str()) == pattern);
    let Some(pattern) = known.or_else(|| library.patterns.first()) else { return super::hello(library, locale) };
    let wanted = session.unwrap_or(DEFAULT_SESSION);
    let session = pattern.within_limit(wanted);
    let mut notes = vec![words.get(TextKey::BreathePosture).to_owned()];
    if session < wanted {
        notes.push(words.fill(TextKey::BreatheShortened, &[("minutes", &minutes(session))]));
    }
    if pattern.hold_caution {
        notes.push(words.get(TextKey::BreatheCaution).to_owned());
    }
    notes.push(format!("**{}**", words.get(TextKey::BreatheStopRule)));
    let card = Card {
        tone: Tone::Calm,
        title: words.fill(TextKey::BreatheTitle, &[("pattern", &library.pattern_name(locale, &pattern.id))]),
        body: format!("{}\n\n{}", words.get(TextKey::BreatheLead), notes.join("\n")),
        sections: vec![section(words.get(TextKey::BreatheHow), count(words, pattern, session))],
        footer: words.get(TextKey::BreatheClosing).to_owned(),
    };
    Reply::private(card).with_row(vec![
        Control::button(words.get(TextKey::ButtonWalk), Action::WALK_IN_AN_HOUR),
        Control::alarming_button(words.get(TextKey::ButtonHelp), Action::GetHelp),
    ])
}

/// How long a session is if nobody says: three minutes.
const DEFAULT_SESSION: Duration = Duration::from_secs(180);

fn count(words: &Words, pattern: &Pattern, session: Duration) -> String {
    let mut lines: Vec<String> =
        pattern.phases.iter().map(|(phase, length)| phase_line(words, *phase, *length)).collect();
    let rounds = pattern.rounds_in(session).to_string();
    lines.push(words.fill(TextKey::BreatheRounds, &[("rounds", &rounds), ("minutes", &minutes(session))]));
    lines.join("\n")
}

fn phase_line(words: &Words, phase: Phase, length: Duration) -> String {
    let key = match phase {
        Phase::Inhale => TextKey::BreatheInhale,
        Phase::TopUp => TextKey::BreatheTopUp,
        Phase::Hold | Phase::Rest => TextKey::BreatheHold,
        Phase::Exhale => TextKey::BreatheExhale,
    };
    let seconds = length.as_secs_f64();
    let beats: Vec<String> = (1..=length.as_secs()).map(|beat| beat.to_string()).collect();
    format!("{}: {}", words.fill(key, &[("seconds", &format!("{seconds}"))]), beats.join(" · "))
}

fn minutes(session: Duration) -> String {
    let tenths = (session.as_secs_f64() / 6.0).round() / 10.0;
    format!("{tenths}")
}
