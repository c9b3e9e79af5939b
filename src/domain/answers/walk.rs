//! What the bot says about reminders. In a channel a reminder says nothing about anybody's health.

use std::time::Duration;

use crate::domain::locale::Locale;
use crate::domain::reminders::{Destination, DurationFault, Reminder, ReminderId, ReminderState};
use crate::domain::reply::{Action, Card, Control, Reply, Tone, Visibility, time_mark};
use crate::domain::settings::Settings;
use crate::domain::topics::{Library, TextKey};
use crate::domain::{ChannelId, Timestamp};

/// Confirms a reminder.
pub fn reminder_set(
    library: &Library,
    locale: &Locale,
    id: ReminderId,
    due: Timestamp,
    destination: Destination,
) -> Reply {
    let words = &library.content(locale).words;
    let place = match destination {
        Destination::Direct => TextKey::WalkSetDirect,
        Destination::Channel(_) => TextKey::WalkSetHere,
    };
    let set = words.fill(TextKey::WalkSet, &[("when", &time_mark(due))]);
    let stop = Control::button(words.get(TextKey::ButtonStopReminder), Action::StopReminder(id));
    Reply::private_line(format!("{set} {}", words.get(place))).with_row(vec![stop])
}

/// Says why a reminder cannot be set, and what to write.
pub fn reminder_problem(library: &Library, locale: &Locale, fault: DurationFault) -> Reply {
    let key = match fault {
        DurationFault::NotUnderstood => TextKey::WalkNotUnderstood,
        DurationFault::TooShort => TextKey::WalkTooShort,
        DurationFault::TooLong => TextKey::WalkTooLong,
    };
    super::line(library, locale, key)
}

/// The message that arrives when it is time. `channel` is where it is shown, if not in a direct message.
pub fn due_reminder(
    library: &Library,
    settings: &Settings,
    reminder: &Reminder,
    channel: Option<ChannelId>,
    now: Timestamp,
) -> Reply {
    let locale = Locale::or_unknown(Some(&reminder.asked.locale));
    let words = &library.content(&locale).words;
    let late = (now.since(reminder.asked.due) >= settings.late_after)
        .then(|| words.fill(TextKey::WalkLate, &[("when", &time_mark(reminder.asked.due))]));
    if channel.is_some() {
        let neutral = words.get(TextKey::WalkDueChannel).to_owned();
        let lead = [Some(neutral), late].into_iter().flatten().collect::<Vec<_>>().join("\n");
        return Reply { visibility: Visibility::Public, ..Reply::private_line(lead) }.pinging(reminder.asked.person);
    }
    let body = [late, Some(words.get(TextKey::WalkDue).to_owned())].into_iter().flatten().collect::<Vec<_>>();
    let card = Card {
        tone: Tone::Calm,
        title: words.get(TextKey::WalkDueTitle).to_owned(),
        body: body.join("\n\n"),
        sections: Vec::new(),
        footer: words.get(TextKey::AnswerFooter).to_owned(),
    };
    Reply::public(card).pinging(reminder.asked.person).with_row(vec![
        Control::button(words.get(TextKey::ButtonWalk), Action::Walk),
        Control::button(words.get(TextKey::ButtonBreathe), Action::Breathe(None)),
        Control::alarming_button(words.get(TextKey::ButtonHelp), Action::GetHelp),
    ])
}

/// The reminders of a person.
pub fn reminder_list(library: &Library, locale: &Locale, reminders: &[Reminder]) -> Reply {
    let words = &library.content(locale).words;
    let lines: Vec<String> = reminders
        .iter()
        .enumerate()
        .map(|(index, reminder)| {
            let key = match reminder.state {
                ReminderState::Failed | ReminderState::Missed => TextKey::WalkListFailed,
                _ => TextKey::WalkListLine,
            };
            let number = (index + 1).to_string();
            words.fill(key, &[("number", &number), ("when", &time_mark(reminder.asked.due))])
        })
        .collect();
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
    let note = |reminder: &Reminder| words.fill(TextKey::WalkFailedNote, &[("when", &time_mark(reminder.asked.due))]);
    let notes = failed.iter().take(MOST_NOTES).map(note);
    let lead = notes.chain(reply.lead).collect::<Vec<_>>().join("\n");
    Reply { lead: Some(lead), ..reply }
}

/// How many failed reminders are named one by one; `/walk list` shows them all.
const MOST_NOTES: usize = 3;

/// A reminder as a line of a menu, where no time mark can stand: how long it is until then.
pub fn reminder_choice(library: &Library, locale: &Locale, reminder: &Reminder, now: Timestamp) -> String {
    let words = &library.content(locale).words;
    words.fill(TextKey::WalkChoice, &[("span", &short_span(reminder.asked.due.since(now)))])
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
