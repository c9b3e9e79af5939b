//! What the bot says, put together from the texts of a library: one function for each thing it can say.

mod breathe;
mod breathing_session;
mod emergency;
mod privacy;
mod reminder_list;
pub mod responses;
mod settings_panel;
mod signs;
mod stats;
mod talk;
mod topic;
mod walk;
mod watch;

pub use breathe::breathe;
pub use breathing_session::{session_begins, session_goes_on, session_over};
pub use emergency::{get_help, get_help_about, urgent, urgent_about, which_urgent};
pub use privacy::{forgotten, held};
pub use reminder_list::{
    reminder_choice, reminder_list, short_span, stopped, too_many_reminders, with_failed_reminders,
};
pub use settings_panel::{
    PanelView, change_line, log_trouble, setting_changed, setting_note, setting_refused, settings_panel,
};
pub use signs::{no_sign_fits, signs, with_reminders_off, with_reminders_stopped};
pub use stats::{often_dismissed, stats};
pub use talk::{answered_again, hello, help, left_alone, line, more};
pub use topic::{about, about_topic, offer};
pub use walk::{
    cannot_put_off, due_reminder, felt, how_was_it, reminder_details, reminder_problem, reminder_put_off, reminder_set,
    repeat_problem,
};

pub use watch::{DIGEST_DAYS, watch_buttons, watch_digest, watch_log, watch_section};

use super::reply::CardSection;
use super::topics::{Origin, Source, TextKey, Topic, Words};

/// How many sources an answer names; a topic's file lists them all, the weightiest first.
const MOST_SOURCES: usize = 4;

fn numbered(items: &[String]) -> String {
    let lines: Vec<String> = items.iter().enumerate().map(|(index, item)| format!("{}. {item}", index + 1)).collect();
    lines.join("\n")
}

fn bulleted(items: &[String]) -> String {
    let lines: Vec<String> = items.iter().map(|item| format!("- {item}")).collect();
    lines.join("\n")
}

fn section(heading: &str, text: impl Into<String>) -> CardSection {
    CardSection { heading: heading.to_owned(), text: text.into() }
}

/// What a topic's text rests on; nothing if it is a server's own.
fn sources(topic: &Topic, words: &Words) -> Option<CardSection> {
    let Origin::Shipped { checked, sources } = &topic.origin else { return None };
    Some(sources_of(sources, checked, words))
}

fn sources_of(sources: &[Source], checked: &str, words: &Words) -> CardSection {
    let names: Vec<String> = sources.iter().take(MOST_SOURCES).map(source).collect();
    let checked = words.fill(TextKey::AnswerChecked, &[("date", checked)]);
    section(words.get(TextKey::AnswerSources), format!("{}\n-# {checked}", names.join(" · ")))
}

/// The small print: whose words these are, where they are a server's own, and that this is a bot.
fn footer(topic: &Topic, words: &Words) -> String {
    let footer = words.get(TextKey::AnswerFooter);
    match topic.origin {
        Origin::Shipped { .. } => footer.to_owned(),
        Origin::Server => format!("{}\n{footer}", words.get(TextKey::AnswerModerators)),
    }
}

fn source(source: &Source) -> String {
    match &source.url {
        Some(url) => format!("[{}]({url})", source.name),
        None => source.name.clone(),
    }
}
