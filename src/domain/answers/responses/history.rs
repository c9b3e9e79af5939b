//! What was changed in a server.

use super::{LONGEST_BODY, fitting, pager, plain};
use crate::domain::guild::{Change, Moderation, diff};
use crate::domain::locale::Locale;
use crate::domain::reply::{Action, Control, MenuChoice, Reply};
use crate::domain::topics::{Library, TextKey, Words};

/// Changes on a page: each has up to three lines.
const PAGE: usize = 5;

/// The longest line of a menu. Source: API reference, "Select option structure".
const LONGEST_CHOICE: usize = 100;

/// A page of the changes, the latest first.
pub fn history(library: &Library, locale: &Locale, changes: &[Change], page: u16) -> Reply {
    let words = &library.content(locale).words;
    if changes.is_empty() {
        return super::super::line(library, locale, TextKey::HistoryEmpty);
    }
    let pages = changes.len().div_ceil(PAGE);
    let page = usize::from(page).min(pages - 1);
    let shown = &changes[page * PAGE..changes.len().min((page + 1) * PAGE)];
    let lines = shown.iter().map(|change| entry(words, change));
    let numbers = [("page", (page + 1).to_string()), ("pages", pages.to_string())];
    let numbers: Vec<(&str, &str)> = numbers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let title = words.fill(TextKey::HistoryTitle, &numbers);
    let choices = shown.iter().map(|change| MenuChoice {
        label: words.fill(TextKey::HistoryUndoChoice, &[("number", &change.number.0.to_string())]),
        description: diff::line(&change.edit, words).chars().take(LONGEST_CHOICE).collect(),
        action: Action::Moderate(Moderation::Undo(change.number)),
    });
    let menu = Control::Menu { placeholder: words.get(TextKey::HistoryChoose).to_owned(), choices: choices.collect() };
    Reply::private(plain(title, fitting(lines, LONGEST_BODY))).with_row(vec![menu]).with_row(pager(
        words,
        page,
        pages,
        |page| Action::Moderate(Moderation::History(page)),
    ))
}

fn entry(words: &Words, change: &Change) -> String {
    let who = change.by.map_or_else(|| words.get(TextKey::HistoryNobody).to_owned(), |person| format!("<@{person}>"));
    let when = format!("<t:{}:f>", change.at.as_seconds());
    let number = change.number.0.to_string();
    let head = words.fill(TextKey::HistoryEntry, &[("number", &number), ("who", &who), ("when", &when)]);
    let undone = change.undoes.map(|undone| {
        let undone = undone.0.to_string();
        format!(" ({})", words.fill(TextKey::HistoryUndid, &[("number", &undone)]))
    });
    let lines = diff::lines(&change.edit, words);
    format!("{head}{}\n{}", undone.unwrap_or_default(), fitting(lines, LONGEST_BODY / PAGE))
}
