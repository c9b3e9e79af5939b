//! The warning signs as a card to go through. Fixed texts: nothing is counted, and nothing is concluded.

use super::{numbered, section};
use crate::domain::locale::Locale;
use crate::domain::matching::Urgency;
use crate::domain::reply::{Action, Card, Control, Reply, Tone};
use crate::domain::topics::{Body, Library, TextKey, TopicId};

/// The warning signs in their two levels, and a button for each, and one for none.
pub fn signs(library: &Library, locale: &Locale) -> Reply {
    let words = &library.content(locale).words;
    let card = super::get_help(library, locale);
    let lead = Some(words.get(TextKey::SignsLead).to_owned());
    Reply { lead, ..card }.with_row(vec![
        Control::alarming_button(words.get(TextKey::ButtonSignFits), Action::SignFits(Urgency::Emergency)),
        Control::button(words.get(TextKey::ButtonSignFitsToday), Action::SignFits(Urgency::Today)),
        Control::button(words.get(TextKey::ButtonNoSignFits), Action::NoSignFits),
    ])
}

/// Tells a person, under what to do in an emergency, that no reminder to walk will come.
pub fn with_reminders_stopped(library: &Library, locale: &Locale, answer: Reply) -> Reply {
    with_note(library, locale, answer, TextKey::SignsStopped)
}

/// Tells the same where everybody reads it, and not whether there were any.
pub fn with_reminders_off(library: &Library, locale: &Locale, answer: Reply) -> Reply {
    with_note(library, locale, answer, TextKey::SignsOff)
}

fn with_note(library: &Library, locale: &Locale, mut answer: Reply, note: TextKey) -> Reply {
    let note = library.content(locale).words.get(note);
    if let Some(card) = &mut answer.card {
        card.footer = format!("{note} {}", card.footer);
    }
    answer
}

/// For whom none of the signs fits now: the first-aid steps, and to look again.
pub fn no_sign_fits(library: &Library, locale: &Locale) -> Reply {
    let content = library.content(locale);
    let words = &content.words;
    let tips = content.topic(TopicId::FIRST_AID).and_then(|topic| match &topic.body {
        Body::Explanation { tips, .. } => Some(section(words.get(TextKey::AnswerTips), numbered(tips))),
        Body::WarningSigns { .. } => None,
    });
    let card = Card {
        tone: Tone::Calm,
        title: words.get(TextKey::SignsNoneTitle).to_owned(),
        body: words.get(TextKey::SignsNoneText).to_owned(),
        sections: tips
            .into_iter()
            .chain([section(words.get(TextKey::AnswerHelp), words.get(TextKey::AnswerSafety))])
            .collect(),
        footer: words.get(TextKey::AnswerFooter).to_owned(),
    };
    Reply::private(card).with_row(super::topic::first_aid_buttons(content))
}
