//! Breathing with the bot: a card with the count in words, and beside it a picture or a sound.

use std::time::Duration;

use super::section;
use crate::domain::breathing::session::{Media, Plan, Style};
use crate::domain::breathing::{Pattern, Phase};
use crate::domain::locale::Locale;
use crate::domain::reply::{Action, AttachedFile, Attachment, Card, Control, Reply, Tone};
use crate::domain::topics::{Library, TextKey, Words};

/// Shows how to breathe: as a picture or a sound if a file `may_come_along`, and in any case in words.
pub fn breathe(library: &Library, locale: &Locale, plan: &Plan, may_come_along: bool) -> Reply {
    let words = &library.content(locale).words;
    let Some(pattern) = plan.pattern_among(&library.patterns) else { return super::hello(library, locale) };
    let plan = &plan.with(pattern);
    let session = pattern.within_limit(plan.minutes.span());
    let card = Card {
        sections: vec![section(words.get(TextKey::BreatheHow), count(words, pattern, session))],
        footer: words.get(TextKey::BreatheClosing).to_owned(),
        ..card(library, locale, plan, pattern)
    };
    let attachment = attachment(words, plan.style, pattern, session).filter(|_| may_come_along);
    let reply = Reply { attachment: attachment.map(Box::new), ..Reply::private(card) };
    reply.with_row(afterwards(words, plan)).with_row(other_styles(words, plan))
}

/// What every form of it says: how to lie, whom it is not for, when to stop.
pub(super) fn card(library: &Library, locale: &Locale, plan: &Plan, pattern: &Pattern) -> Card {
    let words = &library.content(locale).words;
    let session = pattern.within_limit(plan.minutes.span());
    let mut notes = vec![words.get(TextKey::BreathePosture).to_owned()];
    if session < plan.minutes.span() {
        notes.push(words.fill(TextKey::BreatheShortened, &[("minutes", &minutes(session))]));
    }
    if pattern.hold_caution {
        notes.push(words.get(TextKey::BreatheCaution).to_owned());
    }
    notes.push(format!("**{}**", words.get(TextKey::BreatheStopRule)));
    Card {
        tone: Tone::Calm,
        title: words.fill(TextKey::BreatheTitle, &[("pattern", &library.pattern_name(locale, &pattern.id))]),
        body: format!("{}\n\n{}", words.get(TextKey::BreatheLead), notes.join("\n")),
        sections: Vec::new(),
        footer: String::new(),
    }
}

/// What to press when it is over.
pub(super) fn afterwards(words: &Words, plan: &Plan) -> Vec<Control> {
    let again = Action::BreatheAgain { plan: plan.clone(), instead_of: None };
    vec![
        Control::button(words.get(TextKey::ButtonAgain), again),
        Control::button(words.get(TextKey::ButtonWalk), Action::WALK_IN_AN_HOUR),
        Control::alarming_button(words.get(TextKey::ButtonHelp), Action::GetHelp),
    ]
}

/// The other forms of the same. Whoever is in pain should not have to find a command for it.
pub(super) fn other_styles(words: &Words, plan: &Plan) -> Vec<Control> {
    let button = |style: Style| {
        let label = match style {
            Style::Picture => TextKey::ButtonAsPicture,
            Style::Text => TextKey::ButtonInWords,
            Style::Sound => TextKey::ButtonAsSound,
        };
        let plan = Plan { style, ..plan.clone() };
        Control::button(words.get(label), Action::BreatheAgain { plan, instead_of: None })
    };
    Style::ALL.into_iter().filter(|style| *style != plan.style).map(button).collect()
}

fn attachment(words: &Words, style: Style, pattern: &Pattern, session: Duration) -> Option<Attachment> {
    let pauses = pattern.phases.iter().any(|(phase, _)| matches!(phase, Phase::Hold | Phase::Rest));
    let caption = |moving: TextKey, pausing: TextKey| {
        let pause = pauses.then(|| words.get(pausing));
        [words.get(moving)].into_iter().chain(pause).collect::<Vec<_>>().join(" ")
    };
    let phases: Vec<String> =
        pattern.phases.iter().map(|(phase, length)| phase_words(words, *phase, *length)).collect();
    let count = phases.join(". ");
    match style {
        Style::Picture => Some(Attachment {
            file: AttachedFile::Media(Media::Picture(pattern.id.clone())),
            alt: words.fill(TextKey::BreathePictureAlt, &[("count", &count)]),
            caption: caption(TextKey::BreathePicture, TextKey::BreathePicturePause),
        }),
        Style::Sound => Some(Attachment {
            file: AttachedFile::Media(Media::Sound(pattern.id.clone(), session)),
            alt: words.fill(TextKey::BreatheSoundAlt, &[("count", &count), ("minutes", &minutes(session))]),
            caption: caption(TextKey::BreatheSound, TextKey::BreatheSoundPause),
        }),
        Style::Text => None,
    }
}

fn count(words: &Words, pattern: &Pattern, session: Duration) -> String {
    let mut lines: Vec<String> =
        pattern.phases.iter().map(|(phase, length)| phase_line(words, *phase, *length)).collect();
    let rounds = pattern.rounds_in(session).to_string();
    lines.push(words.fill(TextKey::BreatheRounds, &[("rounds", &rounds), ("minutes", &minutes(session))]));
    lines.join("\n")
}

/// Nobody counts further than this in one breath, and the card has only so much room.
const MOST_BEATS: u64 = 20;

fn phase_line(words: &Words, phase: Phase, length: Duration) -> String {
    if !(1..=MOST_BEATS).contains(&length.as_secs()) {
        return phase_words(words, phase, length);
    }
    let beats: Vec<String> = (1..=length.as_secs()).map(|beat| beat.to_string()).collect();
    format!("{}: {}", phase_words(words, phase, length), beats.join(" · "))
}

fn phase_words(words: &Words, phase: Phase, length: Duration) -> String {
    let key = match phase {
        Phase::Inhale => TextKey::BreatheInhale,
        Phase::TopUp => TextKey::BreatheTopUp,
        Phase::Hold | Phase::Rest => TextKey::BreatheHold,
        Phase::Exhale => TextKey::BreatheExhale,
    };
    words.fill(key, &[("seconds", &seconds(length))])
}

/// As `4` or `4.5`.
pub(super) fn seconds(length: Duration) -> String {
    format!("{}", length.as_secs_f64())
}

fn minutes(session: Duration) -> String {
    let tenths = (session.as_secs_f64() / 6.0).round() / 10.0;
    format!("{tenths}")
}
