//! One response, as people see it, and what leads there.

use super::fitting;
use crate::domain::guild::diff::code;
use crate::domain::guild::{Book, ListFilter, Moderation, ResponseState, overlay};
use crate::domain::locale::Locale;
use crate::domain::matching::Urgency;
use crate::domain::reply::{Action, Control, Reply};
use crate::domain::topics::{Body, Library, TextKey, Topic, TopicId, Words};

/// How much of the phrases stands above the card.
const LONGEST_LEAD: usize = 1_500;

/// A response; nothing if there is none of that name.
pub fn show(library: &Library, locale: &Locale, book: &Book, name: &TopicId) -> Option<Reply> {
    let content = library.content(locale);
    let words = &content.words;
    let topic = overlay::topic(content, book, name)?;
    let shipped = content.topics.contains_key(name);
    let reply = as_people_see_it(library, &topic, locale);
    let row = buttons(words, book, name);
    Some(
        Reply { lead: Some(lead(words, book, name, shipped)), controls: Vec::new(), ..reply }
            .in_private()
            .with_row(row),
    )
}

/// The answer as it stands in a channel.
pub(super) fn as_people_see_it(library: &Library, topic: &Topic, locale: &Locale) -> Reply {
    match &topic.body {
        Body::WarningSigns { .. } => super::super::urgent_about(library, topic, &Urgency::Emergency.into(), locale),
        Body::Explanation { .. } => super::super::about_topic(library, topic, locale),
    }
}

fn lead(words: &Words, book: &Book, name: &TopicId, shipped: bool) -> String {
    let state = if book.is_off(name) { TextKey::ResponsesIsOff } else { TextKey::ResponsesIsOn };
    let origin = if shipped { TextKey::ResponsesIsShipped } else { TextKey::ResponsesIsOwn };
    let head = format!("`{name}` · {} · {}", words.get(state), words.get(origin));
    let phrases = book.responses.get(name).map(|response| response.phrases.as_slice()).unwrap_or_default();
    let phrase = |phrase: &crate::domain::guild::Phrase| {
        let watched =
            if phrase.watched { format!(" ({})", words.get(TextKey::ResponsesOnlyWatched)) } else { String::new() };
        format!("- {}{watched}", code(&phrase.text))
    };
    let heading = (!phrases.is_empty()).then(|| words.get(TextKey::ResponsesPhrases).to_owned());
    let lines = std::iter::once(head).chain(heading).chain(phrases.iter().map(phrase));
    fitting(lines, LONGEST_LEAD)
}

fn buttons(words: &Words, book: &Book, name: &TopicId) -> Vec<Control> {
    let moderate = |key, moderation| Control::button(words.get(key), Action::Moderate(moderation));
    let watching = book.responses.get(name).is_some_and(crate::domain::guild::Response::is_watching);
    let switch = match (name.as_str(), book.is_off(name)) {
        (TopicId::RED_FLAGS, _) => None,
        (_, true) => Some(moderate(TextKey::ResponsesSwitchOn, Moderation::Switch(name.clone(), ResponseState::On))),
        (_, false) => Some(moderate(TextKey::ResponsesSwitchOff, Moderation::Switch(name.clone(), ResponseState::Off))),
    };
    let edit = moderate(TextKey::ResponsesEdit, Moderation::EditResponse(name.clone(), None));
    let arm = watching.then(|| moderate(TextKey::ResponsesArm, Moderation::Arm(name.clone())));
    let all = moderate(TextKey::ResponsesAll, Moderation::List(ListFilter::All, 0));
    [Some(edit), switch, arm, Some(all)].into_iter().flatten().collect()
}
