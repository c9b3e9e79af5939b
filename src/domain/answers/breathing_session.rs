//! A session in words: what its message says before, in the middle and at the end.

use super::breathe::{afterwards, card, other_styles, seconds};
use crate::domain::breathing::course::{Course, Stage};
use crate::domain::breathing::guide::Ending;
use crate::domain::breathing::session::{Plan, Session};
use crate::domain::breathing::{Pattern, Phase};
use crate::domain::locale::Locale;
use crate::domain::reply::{Action, Card, Control, Reply, time_until};
use crate::domain::topics::{Library, TextKey, Words};

/// What the message says at first. It asks for its own changes.
pub fn session_begins(library: &Library, session: Session) -> Reply {
    let reply = session_goes_on(library, &session, Stage::Settling);
    Reply { session: reply.card.is_some().then(|| Box::new(session)), ..reply }
}

/// What the message says at this stage.
pub fn session_goes_on(library: &Library, session: &Session, stage: Stage) -> Reply {
    let words = &library.content(&session.locale).words;
    let found = session.plan.pattern_among(&library.patterns);
    let course = found.and_then(|pattern| Some((pattern, session.plan.course_of(pattern)?)));
    let Some((pattern, course)) = course else { return super::hello(library, &session.locale) };
    let lead = match stage {
        Stage::Settling => words.get(TextKey::BreatheSettle).to_owned(),
        Stage::Breathing(step) => {
            let (length, round, rounds) = (seconds(step.length), step.round.to_string(), course.rounds().to_string());
            let phase = words.get(phase_key(step.phase));
            let values = [("phase", phase), ("seconds", &length), ("round", &round), ("rounds", &rounds)];
            // The words come first: a screen reader need not read the bar.
            format!("{}\n{}", words.fill(TextKey::BreatheStep, &values), course.bar(&step))
        }
    };
    let card = running_card(library, session, pattern, &course);
    Reply { lead: Some(lead), ..Reply::private(card) }.with_row(in_between(words, session))
}

/// What the message says when the session is over.
pub fn session_over(library: &Library, locale: &Locale, plan: &Plan, ending: Ending) -> Reply {
    let words = &library.content(locale).words;
    let key = match ending {
        Ending::Finished => TextKey::BreatheFinished,
        Ending::Stopped => TextKey::BreatheStopped,
        Ending::Replaced => TextKey::BreatheReplaced,
        Ending::BotStops => TextKey::BreatheBotStops,
        Ending::Lost => TextKey::BreatheLost,
        Ending::Interrupted => TextKey::BreatheInterrupted,
    };
    let Some(pattern) = plan.pattern_among(&library.patterns) else { return super::hello(library, locale) };
    let plan = &plan.with(pattern);
    let body = format!("{}\n\n{}", words.get(key), words.get(TextKey::BreatheStopRule));
    let card = Card { body, ..card(library, locale, plan, pattern) };
    Reply::private(card).with_row(afterwards(words, plan)).with_row(other_styles(words, plan))
}

fn running_card(library: &Library, session: &Session, pattern: &Pattern, course: &Course) -> Card {
    let words = &library.content(&session.locale).words;
    let card = card(library, &session.locale, &session.plan, pattern);
    let end = time_until(session.id.moment().after(course.length()));
    Card { body: format!("{}\n\n{}", card.body, words.fill(TextKey::BreatheUntil, &[("when", &end)])), ..card }
}

fn in_between(words: &Words, session: &Session) -> Vec<Control> {
    let (person, plan) = (session.person, session.plan.clone());
    let stop = Action::StopBreathing { person, session: session.id, plan: plan.clone() };
    vec![
        Control::strong_button(words.get(TextKey::ButtonStopBreathing), stop),
        Control::button(words.get(TextKey::ButtonAgain), Action::BreatheAgain { plan, instead_of: Some(session.id) }),
        Control::alarming_button(words.get(TextKey::ButtonHelp), Action::GetHelp),
    ]
}

fn phase_key(phase: Phase) -> TextKey {
    match phase {
        Phase::Inhale => TextKey::BreatheStepInhale,
        Phase::TopUp => TextKey::BreatheStepTopUp,
        Phase::Hold | Phase::Rest => TextKey::BreatheStepHold,
        Phase::Exhale => TextKey::BreatheStepExhale,
    }
}
