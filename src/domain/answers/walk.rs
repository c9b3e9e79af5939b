//! What the bot says about reminders. In a channel a reminder says nothing about anybody's health.

use super::short_span;
use crate::domain::locale::Locale;
use crate::domain::reminders::{Destination, DurationFault, NewReminder, Reminder, ReminderId};
use crate::domain::reply::{Action, Card, Control, Deed, Feeling, Reply, Tone, Visibility, time_mark};
use crate::domain::settings::Settings;
use crate::domain::topics::{Library, TextKey, Words};
use crate::domain::{ChannelId, Timestamp, UserId};

/// Confirms a reminder.
pub fn reminder_set(library: &Library, locale: &Locale, id: ReminderId, asked: &NewReminder) -> Reply {
    let words = &library.content(locale).words;
    let place = match asked.destination {
        Destination::Direct => TextKey::WalkSetDirect,
        Destination::Channel(_) => TextKey::WalkSetHere,
    };
    let set = words.fill(TextKey::WalkSet, &[("when", &time_mark(asked.due))]);
    let repeat = asked.repeat.map(|repeat| {
        let (times, span) = ((repeat.left + 1).to_string(), short_span(repeat.every));
        words.fill(TextKey::WalkSetRepeat, &[("times", &times), ("span", &span)])
    });
    let lines: Vec<String> = [Some(set), repeat, Some(words.get(place).to_owned())].into_iter().flatten().collect();
    let stop = Control::button(words.get(TextKey::ButtonStopReminder), Action::StopReminder(id));
    Reply::private_line(lines.join(" ")).with_row(vec![stop])
}

/// Says when a reminder that was put off comes again, in its own place, where everybody may read it.
pub fn reminder_put_off(library: &Library, locale: &Locale, id: ReminderId, asked: &NewReminder) -> Reply {
    let words = &library.content(locale).words;
    let stop = deed_button(words, TextKey::ButtonStopReminder, asked.person, id, Deed::Stop);
    Reply::private_line(words.fill(TextKey::WalkSet, &[("when", &time_mark(asked.due))])).with_row(vec![stop])
}

/// Says that a reminder cannot be put off, and leaves its buttons where they are.
pub fn cannot_put_off(library: &Library, locale: &Locale, person: UserId, id: ReminderId, limit: u32) -> Reply {
    let words = &library.content(locale).words;
    super::too_many_reminders(library, locale, limit).with_row(deeds(words, person, id))
}

/// Says why a repeat cannot be set, and what to write.
pub fn repeat_problem(library: &Library, locale: &Locale, fault: DurationFault) -> Reply {
    let key = match fault {
        DurationFault::NotUnderstood => TextKey::WalkRepeatNotUnderstood,
        DurationFault::TooShort => TextKey::WalkRepeatTooShort,
        DurationFault::TooLong => TextKey::WalkRepeatTooLong,
    };
    super::line(library, locale, key)
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
    let asked = &reminder.asked;
    // What everybody sees is in the server's language: the person's own would tell something about them.
    let locale = if channel.is_some() { asked.public_locale.as_deref() } else { Some(asked.locale.as_str()) };
    let locale = Locale::or_unknown(locale);
    let words = &library.content(&locale).words;
    let late = (now.since(reminder.asked.due) >= settings.late_after)
        .then(|| words.fill(TextKey::WalkLate, &[("when", &time_mark(reminder.asked.due))]));
    let person = reminder.asked.person;
    if channel.is_some() {
        let neutral = words.get(TextKey::WalkDueChannel).to_owned();
        let lead = [Some(neutral), late].into_iter().flatten().collect::<Vec<_>>().join("\n");
        let mut row = vec![deed_button(words, TextKey::ButtonShowReminder, person, reminder.id, Deed::Show)];
        row.extend(deeds(words, person, reminder.id));
        let line = Reply { visibility: Visibility::Public, ..Reply::private_line(lead) };
        return line.pinging(person).with_row(row);
    }
    let card = due_card(words, late);
    Reply::public(card).pinging(person).with_row(deeds(words, person, reminder.id))
}

/// What a reminder in a channel does not say in front of everybody.
pub fn reminder_details(library: &Library, locale: &Locale, person: UserId, reminder: ReminderId) -> Reply {
    let words = &library.content(locale).words;
    let help = Control::alarming_button(words.get(TextKey::ButtonHelp), Action::GetHelp);
    let walked = deed_button(words, TextKey::ButtonWalked, person, reminder, Deed::Walked);
    Reply::private(due_card(words, None)).with_row(vec![walked, help])
}

fn due_card(words: &Words, late: Option<String>) -> Card {
    let body = [late, Some(words.get(TextKey::WalkDue).to_owned())].into_iter().flatten().collect::<Vec<_>>();
    Card {
        tone: Tone::Calm,
        title: words.get(TextKey::WalkDueTitle).to_owned(),
        body: body.join("\n\n"),
        sections: Vec::new(),
        footer: words.get(TextKey::AnswerFooter).to_owned(),
    }
}

fn deeds(words: &Words, person: UserId, reminder: ReminderId) -> Vec<Control> {
    let deeds = [
        (TextKey::ButtonWalked, Deed::Walked),
        (TextKey::ButtonLater, Deed::Later),
        (TextKey::ButtonEnough, Deed::Stop),
    ];
    deeds.into_iter().map(|(label, deed)| deed_button(words, label, person, reminder, deed)).collect()
}

fn deed_button(words: &Words, label: TextKey, person: UserId, reminder: ReminderId, deed: Deed) -> Control {
    Control::button(words.get(label), Action::Reminded { person, reminder, deed })
}

/// Asks how it was, after a walk.
pub fn how_was_it(library: &Library, locale: &Locale) -> Reply {
    let words = &library.content(locale).words;
    let feelings = [
        (TextKey::ButtonEasier, Feeling::Easier),
        (TextKey::ButtonSame, Feeling::Same),
        (TextKey::ButtonWorse, Feeling::Worse),
    ];
    let row = feelings.into_iter().map(|(label, feeling)| Control::button(words.get(label), Action::Felt(feeling)));
    super::line(library, locale, TextKey::WalkHowWasIt).with_row(row.collect())
}

/// What follows from how it was: the next walk, once more, or the warning signs.
pub fn felt(library: &Library, locale: &Locale, feeling: Feeling) -> Reply {
    let words = &library.content(locale).words;
    let again = |text, label, minutes| {
        let button = Control::strong_button(words.get(label), Action::Walk(minutes));
        super::line(library, locale, text).with_row(vec![button])
    };
    match feeling {
        Feeling::Easier => again(TextKey::WalkEasier, TextKey::ButtonWalkAgain, 60),
        Feeling::Same => again(TextKey::WalkSame, TextKey::ButtonOnceMore, 30),
        Feeling::Worse => {
            let lead = Some(words.get(TextKey::WalkWorse).to_owned());
            Reply { lead, ..super::get_help(library, locale) }
        }
    }
}
