//! What the bot says about reminders that are waiting, stopped, or went wrong.

use std::time::Duration;

use crate::domain::Timestamp;
use crate::domain::locale::Locale;
use crate::domain::reminders::{Reminder, ReminderState};
use crate::domain::reply::{Card, Reply, Tone, time_mark};
use crate::domain::topics::{Library, TextKey, Words};

/// The reminders of a person.
pub fn reminder_list(library: &Library, locale: &Locale, reminders: &[Reminder]) -> Reply {
    let words = &library.content(locale).words;
    let lines: Vec<String> =
        reminders.iter().enumerate().map(|(index, reminder)| list_line(words, index + 1, reminder)).collect();
    if lines.is_empty() {
        return super::line(library, locale, TextKey::WalkListEmpty);
    }
    Reply::private(Card {
        tone: Tone::Neutral,
        title: words.get(TextKey::WalkListTitle).to_owned(),
        body: lines.join("\n"),
        sections: Vec::new(),
        footer: String::new(),
    })
}

fn list_line(words: &Words, number: usize, reminder: &Reminder) -> String {
    let (number, when) = (number.to_string(), time_mark(reminder.asked.due));
    let values = [("number", number.as_str()), ("when", when.as_str())];
    match (reminder.state, reminder.asked.repeat.filter(|repeat| repeat.left > 0)) {
        (ReminderState::Failed, _) => words.fill(TextKey::WalkListFailed, &values),
        (ReminderState::Missed, _) => words.fill(TextKey::WalkListMissed, &values),
        (_, None) => words.fill(TextKey::WalkListLine, &values),
        (_, Some(repeat)) => {
            let (left, span) = (repeat.left.to_string(), short_span(repeat.every));
            words.fill(TextKey::WalkListRepeat, &[values[0], values[1], ("left", &left), ("span", &span)])
        }
    }
}

/// Confirms that reminders were stopped, or says that there was none.
pub fn stopped(library: &Library, locale: &Locale, count: u32) -> Reply {
    let words = &library.content(locale).words;
    match count {
        0 => super::line(library, locale, TextKey::WalkNothingToStop),
        1 => super::line(library, locale, TextKey::WalkStoppedOne),
        _ => Reply::private_line(words.fill(TextKey::WalkStoppedAll, &[("count", &count.to_string())])),
    }
}

/// Says that the person has as many reminders as they may.
pub fn too_many_reminders(library: &Library, locale: &Locale, limit: u32) -> Reply {
    let words = &library.content(locale).words;
    Reply::private_line(words.fill(TextKey::WalkTooMany, &[("limit", &limit.to_string())]))
}

/// Puts a line above a reply for each reminder that could not be delivered.
pub fn with_failed_reminders(library: &Library, locale: &Locale, reply: Reply, failed: &[Reminder]) -> Reply {
    let words = &library.content(locale).words;
    let note = |reminder: &Reminder| {
        let missed = reminder.state == ReminderState::Missed;
        let key = if missed { TextKey::WalkMissedNote } else { TextKey::WalkFailedNote };
        words.fill(key, &[("when", &time_mark(reminder.asked.due))])
    };
    let notes = failed.iter().take(MOST_NOTES).map(note);
    let lead = notes.chain(reply.lead).collect::<Vec<_>>().join("\n");
    Reply { lead: Some(lead), ..reply }
}

/// How many failed reminders are named one by one; `/walk list` shows them all.
const MOST_NOTES: usize = 3;

/// A reminder as a line of a menu, where no time mark can stand: its number in the list, and how long it is until then.
pub fn reminder_choice(
    library: &Library,
    locale: &Locale,
    number: usize,
    reminder: &Reminder,
    now: Timestamp,
) -> String {
    let words = &library.content(locale).words;
    let (number, span) = (number.to_string(), short_span(reminder.asked.due.since(now)));
    words.fill(TextKey::WalkChoice, &[("number", &number), ("span", &span)])
}

/// A span in the two largest units that it has, as in `1 h 5 min`.
pub fn short_span(span: Duration) -> String {
    let seconds = span.as_secs();
    let units = [(seconds / 86_400, "d"), (seconds / 3_600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")];
    let shown: Vec<String> = units
        .iter()
        .skip_while(|(count, _)| *count == 0)
        .take(2)
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| format!("{count} {unit}"))
        .collect();
    if shown.is_empty() { "0 s".to_owned() } else { shown.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_shown_in_its_two_largest_units() {
        for (seconds, shown) in [(0, "0 s"), (10, "10 s"), (3_600, "1 h"), (3_900, "1 h 5 min"), (93_784, "1 d 2 h")] {
            assert_eq!(short_span(Duration::from_secs(seconds)), shown);
        }
    }
}
