//! What the bot says about itself, and what leads on from an answer.

use crate::domain::locale::Locale;
use crate::domain::reply::{Action, Card, Control, MenuChoice, Reply, Tone};
use crate::domain::settings::{Listening, Settings};
use crate::domain::topics::{Library, Origin, TextKey, Topic, TopicId, Words};

/// Discord's limit for the lines of a menu. Source: API reference, "Select menu structure".
const MOST_CHOICES: usize = 25;

/// A line for one person, without a card.
pub fn line(library: &Library, locale: &Locale, key: TextKey) -> Reply {
    Reply::private_line(library.content(locale).words.get(key))
}

/// To somebody who spoke to the bot about something that it does not know.
pub fn hello(library: &Library, locale: &Locale) -> Reply {
    let words = &library.content(locale).words;
    let card = plain(words, TextKey::HelloTitle, words.get(TextKey::HelloText).to_owned());
    Reply::public(card).with_row(vec![
        Control::strong_button(words.get(TextKey::ButtonFirstAid), Action::FirstAid),
        Control::alarming_button(words.get(TextKey::ButtonHelp), Action::GetHelp),
        Control::button(words.get(TextKey::ButtonMore), Action::More),
    ])
}

/// What the bot does, how it is used, and how it listens.
pub fn help(library: &Library, locale: &Locale, settings: &Settings) -> Reply {
    let words = &library.content(locale).words;
    let listening = match settings.listening {
        Listening::Content => TextKey::HelpListeningContent,
        Listening::Mentions => TextKey::HelpListeningMentions,
    };
    let text = words.fill(TextKey::HelpText, &[("listening", words.get(listening))]);
    Reply::private(plain(words, TextKey::HelpTitle, text)).with_row(vec![
        Control::button(words.get(TextKey::ButtonFirstAid), Action::FirstAid),
        Control::alarming_button(words.get(TextKey::ButtonHelp), Action::GetHelp),
        Control::button(words.get(TextKey::ButtonMore), Action::More),
    ])
}

/// The other topics, and the way to be left alone.
pub fn more(library: &Library, locale: &Locale, opted_out: bool) -> Reply {
    let content = library.content(locale);
    let words = &content.words;
    // The warning signs never drop out, however much a server adds.
    let mut topics: Vec<&Topic> = content.topics.values().map(|topic| &**topic).collect();
    topics.sort_by_key(|topic| topics_last(topic));
    let menu = Control::Menu {
        placeholder: words.get(TextKey::MoreChoose).to_owned(),
        choices: topics.into_iter().take(MOST_CHOICES).map(choice).collect(),
    };
    let quiet = if opted_out { answer_again_button(words) } else { leave_alone_button(words) };
    Reply::private(plain(words, TextKey::MoreTitle, words.get(TextKey::MoreText).to_owned()))
        .with_row(vec![menu])
        .with_row(vec![quiet])
}

/// Confirms that the person is left alone from now on.
pub fn left_alone(library: &Library, locale: &Locale) -> Reply {
    let words = &library.content(locale).words;
    line(library, locale, TextKey::LeaveDone).with_row(vec![answer_again_button(words)])
}

/// Confirms that the person is answered again.
pub fn answered_again(library: &Library, locale: &Locale) -> Reply {
    let words = &library.content(locale).words;
    line(library, locale, TextKey::LeaveUndone).with_row(vec![leave_alone_button(words)])
}

fn plain(words: &Words, title: TextKey, body: String) -> Card {
    Card {
        tone: Tone::Neutral,
        title: words.get(title).to_owned(),
        body,
        sections: Vec::new(),
        footer: words.get(TextKey::AnswerFooter).to_owned(),
    }
}

/// What a server wrote itself comes after what ships, except for the warning signs.
fn topics_last(topic: &Topic) -> bool {
    topic.origin == Origin::Server && topic.id.as_str() != TopicId::RED_FLAGS
}

fn choice(topic: &Topic) -> MenuChoice {
    MenuChoice { label: topic.label.clone(), description: topic.summary.clone(), action: Action::Ask(topic.id.clone()) }
}

fn leave_alone_button(words: &Words) -> Control {
    Control::button(words.get(TextKey::ButtonLeaveMeAlone), Action::LeaveMeAlone)
}

fn answer_again_button(words: &Words) -> Control {
    Control::button(words.get(TextKey::ButtonAnswerMeAgain), Action::AnswerMeAgain)
}
