//! What the bot keeps about a person, told to that person.

use crate::domain::locale::Locale;
use crate::domain::privacy::PersonRecord;
use crate::domain::reply::{Card, Reply, Tone};
use crate::domain::topics::{Library, TextKey, Words};

/// All that is held.
pub fn held(library: &Library, locale: &Locale, record: &PersonRecord) -> Reply {
    let words = &library.content(locale).words;
    card(words, TextKey::PrivacyTitle, record, TextKey::PrivacyHow)
}

/// All that was held, and is deleted.
pub fn forgotten(library: &Library, locale: &Locale, record: &PersonRecord) -> Reply {
    let words = &library.content(locale).words;
    card(words, TextKey::PrivacyForgottenTitle, record, TextKey::PrivacyForgotten)
}

fn card(words: &Words, title: TextKey, record: &PersonRecord, note: TextKey) -> Reply {
    Reply::private(Card {
        tone: Tone::Neutral,
        title: words.get(title).to_owned(),
        body: format!("{}\n\n{}", lines(words, record).join("\n"), words.get(note)),
        sections: Vec::new(),
        footer: String::new(),
    })
}

fn lines(words: &Words, record: &PersonRecord) -> Vec<String> {
    let counted = [
        (TextKey::PrivacyReminders, record.reminders),
        (TextKey::PrivacyAnswers, record.answered_messages),
        (TextKey::PrivacyCooldowns, record.cooldowns),
        (TextKey::PrivacyChanges, record.changes),
    ];
    let counts = counted.into_iter().filter(|(_, count)| *count > 0);
    let counts = counts.map(|(key, count)| words.fill(key, &[("count", &count.to_string())]));
    let opt_out = record.opted_out.then(|| words.get(TextKey::PrivacyOptOut).to_owned());
    let lines: Vec<String> = counts.chain(opt_out).map(|line| format!("- {line}")).collect();
    if lines.is_empty() { vec![words.get(TextKey::PrivacyNothing).to_owned()] } else { lines }
}
