//! What moderators see of a server's responses: the list, one of them, a draft before it is live, what has changed, and
//! why a message would be answered or not.

mod draft;
mod form;
mod history;
mod list;
mod probe;
mod show;

pub use draft::{
    Preview, conflict, done, exported, faulty, import_faults, import_preview, preview, watching, with_draft,
};
pub use form::{filled_in, form};
pub use history::history;
pub use list::{Entry, entries, list, matching};
pub use probe::{Hindrance, Probe, permission_key, probe};
pub use show::show;

use crate::domain::reply::{Action, Card, Control, Tone};
use crate::domain::topics::{TextKey, Words};

/// How many lines of a list stand on a page.
const PAGE: usize = 10;

/// Discord's limit for the text of a card, with room for what stands around. Source: API reference, "Embed Limits".
const LONGEST_BODY: usize = 3_900;

fn plain(title: String, body: String) -> Card {
    Card { tone: Tone::Neutral, title, body, sections: Vec::new(), footer: String::new() }
}

/// Lines, as many as fit.
fn fitting(lines: impl IntoIterator<Item = String>, most: usize) -> String {
    let mut text = String::new();
    for line in lines {
        if text.chars().count() + line.chars().count() + 2 > most {
            text.push('…');
            break;
        }
        text.push_str(&line);
        text.push('\n');
    }
    text.trim_end().to_owned()
}

/// Buttons to the pages before and after, where there are any.
fn pager(words: &Words, page: usize, pages: usize, to: impl Fn(u16) -> Action) -> Vec<Control> {
    let button = |key, page: usize| {
        let page = u16::try_from(page).unwrap_or(u16::MAX);
        Control::button(words.get(key), to(page))
    };
    let back = page.checked_sub(1).map(|before| button(TextKey::ResponsesBack, before));
    let on = (page + 1 < pages).then(|| button(TextKey::ResponsesOn, page + 1));
    back.into_iter().chain(on).collect()
}
