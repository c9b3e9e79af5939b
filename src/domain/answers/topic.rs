//! The answer about a topic.

use super::{emergency, footer, numbered, section, sources};
use crate::domain::locale::Locale;
use crate::domain::reply::{Action, Card, Control, Reply, Tone, Visibility};
use crate::domain::topics::{Body, Content, Library, TextKey, Topic, TopicId};

/// Explains a topic: the myth, what really happens, what to do, when to get help. Without such a topic, it greets.
pub fn about(library: &Library, id: &TopicId, locale: &Locale) -> Reply {
    match library.content(locale).topics.get(id) {
        Some(topic) => about_topic(library, topic, locale),
        None => super::hello(library, locale),
    }
}

/// A line with a single button that leads to the answer about a topic: for channels where the bot is to be brief.
pub fn offer(library: &Library, locale: &Locale, topic: &TopicId) -> Reply {
    let words = &library.content(locale).words;
    let help = Control::button(words.get(TextKey::ButtonNeedHelp), Action::Ask(topic.clone()));
    let more = Control::button(words.get(TextKey::ButtonMore), Action::More);
    let line = Reply::private_line(words.get(TextKey::HearOffer));
    Reply { visibility: Visibility::Public, ..line }.with_row(vec![help, more])
}

/// Explains this topic, which a server may have given words of its own.
pub fn about_topic(library: &Library, topic: &Topic, locale: &Locale) -> Reply {
    let content = library.content(locale);
    match &topic.body {
        Body::Explanation { myth, truth, tips } => {
            let card = explanation(content, topic, myth.as_deref(), truth, tips);
            Reply::public(card).with_row(first_aid_buttons(content))
        }
        Body::WarningSigns { .. } => emergency::get_help_about(library, topic, locale),
    }
}

fn explanation(content: &Content, topic: &Topic, myth: Option<&str>, truth: &str, tips: &[String]) -> Card {
    let words = &content.words;
    let myth = myth.map(|myth| format!("**{}:** {myth}\n\n", words.get(TextKey::AnswerMyth))).unwrap_or_default();
    let tips = (!tips.is_empty()).then(|| section(words.get(TextKey::AnswerTips), numbered(tips)));
    let help = section(words.get(TextKey::AnswerHelp), words.get(TextKey::AnswerSafety));
    Card {
        tone: Tone::Calm,
        title: topic.title.clone(),
        body: format!("{myth}{truth}"),
        sections: [tips, Some(help), sources(topic, words)].into_iter().flatten().collect(),
        footer: footer(topic, words),
    }
}

/// Breathe, be reminded, get help, see more: two taps at most from any answer.
pub(super) fn first_aid_buttons(content: &Content) -> Vec<Control> {
    let words = &content.words;
    vec![
        Control::strong_button(words.get(TextKey::ButtonBreathe), Action::Breathe(None)),
        Control::button(words.get(TextKey::ButtonWalk), Action::WALK_IN_AN_HOUR),
        Control::alarming_button(words.get(TextKey::ButtonHelp), Action::GetHelp),
        Control::button(words.get(TextKey::ButtonMore), Action::More),
    ]
}
