//! What to do about a warning sign. No myth, no breathing and no reminder stand beside it.

use super::{bulleted, footer, numbered, section, sources, sources_of};
use crate::domain::hearing::UrgentAnswer;
use crate::domain::locale::Locale;
use crate::domain::matching::{Alarm, Urgency};
use crate::domain::reply::{Action, Card, Control, Reply, Tone};
use crate::domain::topics::{Body, Content, Danger, EmergencyNumber, Library, TextKey, Topic, TopicId, fill};

/// The answer to a message with a warning sign in it: first what to do now.
pub fn urgent(library: &Library, alarm: &Alarm, locale: &Locale) -> Reply {
    match library.content(locale).topic(TopicId::RED_FLAGS) {
        Some(topic) => urgent_about(library, topic, alarm, locale),
        None => super::hello(library, locale),
    }
}

/// The same with the warning signs in the words of a server.
pub fn urgent_about(library: &Library, topic: &Topic, alarm: &Alarm, locale: &Locale) -> Reply {
    let Body::WarningSigns { emergency, today, dangers } = &topic.body else { return super::hello(library, locale) };
    let content = library.content(locale);
    let number = library.numbers.of(locale);
    let words = &content.words;
    let danger = place_of_danger(library, alarm).and_then(|place| dangers.get(place));
    let (title, text, steps) = match (danger, alarm.urgency) {
        (Some(Danger { title, text, steps, .. }), _) => (title, text, steps),
        (None, Urgency::Emergency) => (&emergency.title, &emergency.text, &emergency.steps),
        (None, Urgency::Today) => (&today.title, &today.text, &today.steps),
    };
    let mut parts = vec![section(words.get(TextKey::EmergencySteps), numbered(steps))];
    // Who despairs may have a back in danger, too.
    let other_signs = |danger: &Danger| alarm.signs.iter().any(|sign| !danger.signs.contains(sign));
    if alarm.urgency == Urgency::Today || danger.is_some_and(other_signs) {
        parts.push(section(words.get(TextKey::EmergencySigns), bulleted(&emergency.list)));
    }
    parts.extend(match danger {
        Some(danger) => Some(sources_of(&danger.sources, &danger.checked, words)),
        None => sources(topic, words),
    });
    let card = Card {
        tone: tone(alarm.urgency),
        title: title.clone(),
        body: warning_text(content, number, text),
        sections: parts,
        footer: match danger {
            Some(_) => words.get(TextKey::AnswerFooter).to_owned(),
            None => footer(topic, words),
        },
    };
    let help = Control::alarming_button(words.get(TextKey::ButtonHelp), Action::GetHelp);
    Reply::public(card).with_row(vec![help])
}

/// The place of the first of the dangers whose sign was found. A message may be in another language than its answer, and in
/// all of them the dangers stand in the same order.
fn place_of_danger(library: &Library, alarm: &Alarm) -> Option<usize> {
    let warnings = library.languages().filter_map(|(_, content)| content.topic(TopicId::RED_FLAGS));
    let places = warnings.filter_map(|topic| match &topic.body {
        Body::WarningSigns { dangers, .. } => place_in(dangers, alarm),
        Body::Explanation { .. } => None,
    });
    places.min()
}

fn place_in(dangers: &[Danger], alarm: &Alarm) -> Option<usize> {
    dangers.iter().position(|danger| danger.signs.iter().any(|sign| alarm.signs.contains(sign)))
}

/// Which of the urgent answers there are an alarm leads to, in whatever language.
pub fn which_urgent(library: &Library, alarm: &Alarm) -> UrgentAnswer {
    match (place_of_danger(library, alarm), alarm.urgency) {
        (Some(place), _) => UrgentAnswer::Danger(place),
        (None, Urgency::Emergency) => UrgentAnswer::Emergency,
        (None, Urgency::Today) => UrgentAnswer::Today,
    }
}

/// The warning signs to check, in two levels, and whom to call.
pub fn get_help(library: &Library, locale: &Locale) -> Reply {
    match library.content(locale).topic(TopicId::RED_FLAGS) {
        Some(topic) => get_help_about(library, topic, locale),
        None => super::hello(library, locale),
    }
}

/// The same with the warning signs in the words of a server.
pub fn get_help_about(library: &Library, topic: &Topic, locale: &Locale) -> Reply {
    let Body::WarningSigns { emergency, today, .. } = &topic.body else { return super::hello(library, locale) };
    let content = library.content(locale);
    let number = library.numbers.of(locale);
    let words = &content.words;
    let mut body = call_line(content, number);
    if let Some(advice) = &number.advice {
        body.push('\n');
        body.push_str(&words.fill(TextKey::EmergencyAdvice, &[("advice", advice)]));
    }
    let place = [("number", number.call.as_str()), ("place", number.place.as_str())];
    let despair_help = words.fill(TextKey::EmergencyDespairHelp, &place);
    let signs = section(words.get(TextKey::EmergencySigns), bulleted(&emergency.list));
    let today = section(words.get(TextKey::EmergencyToday), bulleted(&today.list));
    let despair = section(words.get(TextKey::EmergencyDespair), despair_help);
    Reply::private(Card {
        tone: Tone::Urgent,
        title: topic.title.clone(),
        body,
        sections: [signs, today, despair].into_iter().chain(sources(topic, words)).collect(),
        footer: footer(topic, words),
    })
}

fn tone(urgency: Urgency) -> Tone {
    match urgency {
        Urgency::Emergency => Tone::Urgent,
        Urgency::Today => Tone::Careful,
    }
}

/// Whom to call. A locale is a language and not a country, so the numbers of other places follow.
fn call_line(content: &Content, number: &EmergencyNumber) -> String {
    let words = &content.words;
    let call = words.fill(TextKey::EmergencyCall, &[("number", &number.call), ("place", &number.place)]);
    let elsewhere = number.elsewhere.as_ref();
    let elsewhere = elsewhere.map(|places| words.fill(TextKey::EmergencyElsewhere, &[("elsewhere", places)]));
    [Some(call), elsewhere].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn warning_text(content: &Content, number: &EmergencyNumber, text: &str) -> String {
    let call = call_line(content, number);
    let if_worse = content.words.fill(TextKey::EmergencyIfWorse, &[("number", &number.call), ("place", &number.place)]);
    fill(text, &[("emergency_call", &call), ("emergency_call_if_worse", &if_worse)])
}
