//! What to do about a warning sign. No myth, no breathing and no reminder stand beside it.

use super::{bulleted, numbered, section, sources};
use crate::domain::locale::Locale;
use crate::domain::matching::Urgency;
use crate::domain::reply::{Action, Card, Control, Reply, Tone};
use crate::domain::topics::{Body, Content, EmergencyNumber, Library, TextKey, Topic, TopicId, Warning, fill};

/// The answer to a message with a warning sign in it: first what to do now.
pub fn urgent(library: &Library, urgency: Urgency, locale: &Locale) -> Reply {
    let content = library.content(locale);
    let Some((topic, emergency, today)) = warning_signs(content) else { return super::hello(library, locale) };
    let number = library.numbers.of(locale);
    let words = &content.words;
    let warning = match urgency {
        Urgency::Emergency => emergency,
        Urgency::Today => today,
    };
    let mut parts = vec![section(words.get(TextKey::EmergencySteps), numbered(&warning.steps))];
    if urgency == Urgency::Today {
        parts.push(section(words.get(TextKey::EmergencySigns), bulleted(&emergency.list)));
    }
    parts.push(sources(topic, words));
    let card = Card {
        tone: tone(urgency),
        title: warning.title.clone(),
        body: warning_text(content, number, warning),
        sections: parts,
        footer: words.get(TextKey::AnswerFooter).to_owned(),
    };
    let help = Control::alarming_button(words.get(TextKey::ButtonHelp), Action::GetHelp);
    Reply::public(card).with_row(vec![help])
}

/// The warning signs to check, in two levels, and whom to call.
pub fn get_help(library: &Library, locale: &Locale) -> Reply {
    let content = library.content(locale);
    let Some((topic, emergency, today)) = warning_signs(content) else { return super::hello(library, locale) };
    let number = library.numbers.of(locale);
    let words = &content.words;
    let mut body = call_line(content, number);
    if let Some(advice) = &number.advice {
        body.push('\n');
        body.push_str(&words.fill(TextKey::EmergencyAdvice, &[("advice", advice)]));
    }
    let place = [("number", number.call.as_str()), ("place", number.place.as_str())];
    let despair_help = words.fill(TextKey::EmergencyDespairHelp, &place);
    Reply::private(Card {
        tone: Tone::Urgent,
        title: topic.title.clone(),
        body,
        sections: vec![
            section(words.get(TextKey::EmergencySigns), bulleted(&emergency.list)),
            section(words.get(TextKey::EmergencyToday), bulleted(&today.list)),
            section(words.get(TextKey::EmergencyDespair), despair_help),
            sources(topic, words),
        ],
        footer: words.get(TextKey::AnswerFooter).to_owned(),
    })
}

fn tone(urgency: Urgency) -> Tone {
    match urgency {
        Urgency::Emergency => Tone::Urgent,
        Urgency::Today => Tone::Careful,
    }
}

fn warning_signs(content: &Content) -> Option<(&Topic, &Warning, &Warning)> {
    let topic = content.topic(TopicId::RED_FLAGS)?;
    match &topic.body {
        Body::WarningSigns { emergency, today } => Some((topic, emergency, today)),
        Body::Explanation { .. } => None,
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

fn warning_text(content: &Content, number: &EmergencyNumber, warning: &Warning) -> String {
    let call = call_line(content, number);
    let if_worse = content.words.fill(TextKey::EmergencyIfWorse, &[("number", &number.call), ("place", &number.place)]);
    fill(&warning.text, &[("emergency_call", &call), ("emergency_call_if_worse", &if_worse)])
}
