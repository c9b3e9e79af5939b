//! What moderators read about how the bot does in their server: numbers, no texts, no names.

use std::collections::BTreeMap;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::section;
use crate::domain::guild::chart::chart;
use crate::domain::guild::stats::{Numbers, OftenDismissed, SHOWN_WEEKS, Stats};
use crate::domain::guild::tally::{PhraseTag, Week};
use crate::domain::locale::Locale;
use crate::domain::reply::{AttachedFile, Attachment, Card, CardSection, Reply, Tone, Visibility};
use crate::domain::topics::{Library, TextKey, Words};

/// How many phrases are shown: with more, the card would be longer than a section may be (1,024 characters).
const MOST_PHRASES: usize = 10;

/// The columns that a phone shows in a block of code without breaking the line.
const WIDTH: usize = 38;

/// The columns in which a week stands.
const WEEK_WIDTH: usize = 5;

/// The headings of the numbers, in the order of [`Numbers::all`].
const HEADINGS: [TextKey; 5] = [
    TextKey::StatsAnswered,
    TextKey::StatsDismissed,
    TextKey::StatsBreathed,
    TextKey::StatsReminded,
    TextKey::StatsWalked,
];

/// The numbers of a server, week by week and phrase by phrase. `names` holds the phrases that are there now.
pub fn stats(library: &Library, locale: &Locale, stats: &Stats, names: &BTreeMap<PhraseTag, String>) -> Reply {
    let words = &library.content(locale).words;
    let weeks = SHOWN_WEEKS.to_string();
    if stats.phrases.is_empty() {
        return Reply::private_line(words.fill(TextKey::StatsNothing, &[("weeks", &weeks)]));
    }
    let card = Card {
        tone: Tone::Neutral,
        title: words.get(TextKey::StatsTitle).to_owned(),
        body: words.fill(TextKey::StatsLead, &[("weeks", &weeks)]),
        sections: vec![by_week(words, stats), by_phrase(words, stats, names)],
        footer: String::new(),
    };
    Reply { attachment: picture(words, stats).map(Box::new), ..Reply::private(card) }
}

/// The weeks as a picture, with its numbers in words. Without it, the table says the same.
fn picture(words: &Words, stats: &Stats) -> Option<Attachment> {
    let bytes = chart(stats)?;
    let of_weeks = |number: fn(&Numbers) -> u32| {
        let numbers = stats.weeks.iter().map(|(_, numbers)| number(numbers).to_string());
        numbers.collect::<Vec<_>>().join(", ")
    };
    let (answered, dismissed) = (of_weeks(|numbers| numbers.answered), of_weeks(|numbers| numbers.dismissed));
    Some(Attachment {
        file: AttachedFile::Made { name: "weeks.png".to_owned(), bytes: bytes.into(), is_picture: true },
        alt: words.fill(TextKey::StatsChartWords, &[("answered", &answered), ("dismissed", &dismissed)]),
        caption: words.get(TextKey::StatsChart).to_owned(),
    })
}

fn by_week(words: &Words, stats: &Stats) -> CardSection {
    let lines = stats.weeks.iter().map(|(week, numbers)| row(words, &day(*week), *numbers));
    let lines: Vec<String> = std::iter::once(heading(words)).chain(lines).collect();
    let table = table(&lines);
    section(words.get(TextKey::StatsWeeks), format!("{table}\n{}", words.get(TextKey::StatsLegend)))
}

fn by_phrase(words: &Words, stats: &Stats, names: &BTreeMap<PhraseTag, String>) -> CardSection {
    let name = |phrase: Option<PhraseTag>| match phrase {
        Some(phrase) => name(words, phrase, names),
        None => words.get(TextKey::StatsNoPhrase),
    };
    let shown = stats.phrases.iter().take(MOST_PHRASES);
    let lines = shown.flat_map(|(phrase, numbers)| [cut(name(*phrase)), row(words, "", *numbers)]);
    let lines: Vec<String> = std::iter::once(heading(words)).chain(lines).collect();
    let mut text = table(&lines);
    if let Some(more) = stats.phrases.len().checked_sub(MOST_PHRASES).filter(|more| *more > 0) {
        text.push('\n');
        text.push_str(&words.fill(TextKey::StatsMorePhrases, &[("count", &more.to_string())]));
    }
    section(words.get(TextKey::StatsPhrases), text)
}

fn name<'n>(words: &'n Words, phrase: PhraseTag, names: &'n BTreeMap<PhraseTag, String>) -> &'n str {
    match names.get(&phrase) {
        Some(name) => name,
        None if phrase == PhraseTag::of_clues() => words.get(TextKey::StatsClues),
        None => words.get(TextKey::StatsOldPhrase),
    }
}

fn table(lines: &[String]) -> String {
    format!("```\n{}\n```", lines.join("\n"))
}

fn heading(words: &Words) -> String {
    let headings: String = HEADINGS.map(|key| format!(" {}", words.get(key))).concat();
    format!("{:WEEK_WIDTH$}{headings}", "")
}

/// A line of numbers, each under the end of its heading.
fn row(words: &Words, label: &str, numbers: Numbers) -> String {
    let cells = HEADINGS.into_iter().zip(numbers.all());
    let cells = cells.map(|(key, number)| format!(" {number:>width$}", width = words.get(key).width()));
    format!("{label:WEEK_WIDTH$}{}", cells.collect::<String>())
}

/// The Monday on which a week begins, as month and day.
fn day(week: Week) -> String {
    let date = week.begins().date();
    format!("{:02}-{:02}", date.month, date.day)
}

/// A phrase in one line of a block of code, which no mark of its own can end.
fn cut(phrase: &str) -> String {
    let mut width = 0;
    let fits = |letter: &char| {
        width += letter.width().unwrap_or(0);
        width < WIDTH
    };
    let line: String = quotable(phrase).chars().take_while(fits).collect();
    if line.chars().count() < phrase.chars().count() { format!("{line}…") } else { line }
}

fn quotable(phrase: &str) -> String {
    phrase
        .chars()
        .map(|letter| if letter == '`' { '\'' } else { letter })
        .filter(|letter| !letter.is_control())
        .collect()
}

/// Tells the moderators of a phrase that is often dismissed. `names` holds the phrases that are there now.
pub fn often_dismissed(
    library: &Library,
    locale: &Locale,
    phrase: PhraseTag,
    names: &BTreeMap<PhraseTag, String>,
    often: OftenDismissed,
) -> Reply {
    let words = &library.content(locale).words;
    let phrase = quotable(name(words, phrase, names));
    let (dismissed, answered) = (often.dismissed.to_string(), often.answered.to_string());
    let values = [("phrase", phrase.as_str()), ("dismissed", &dismissed), ("answered", &answered)];
    let line = Reply::private_line(words.fill(TextKey::FeedbackOften, &values));
    Reply { visibility: Visibility::Public, ..line }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Timestamp;
    use crate::domain::guild::tally::{Counted, Tallied, Tally};
    use crate::domain::guild::testing::library;

    fn tallied(week: Week, what: Counted, phrase: Option<&str>, count: u32) -> Tallied {
        Tallied { tally: Tally { week, what, phrase: phrase.map(PhraseTag::of) }, count }
    }

    /// In the week of 2026-11-23, everything that can be told.
    fn told(phrases: usize) -> Reply {
        let now = Week::of(Timestamp::from_millis(1_795_608_000_000));
        let mut tallies = vec![
            tallied(now, Counted::Answered, Some("my back went out"), 12),
            tallied(now, Counted::Dismissed, Some("my back went out"), 3),
            tallied(now.before(1), Counted::Answered, Some("gone"), 7),
            tallied(now.before(1), Counted::Answered, Some("+"), 5),
            tallied(now, Counted::Breathed, None, 4),
            tallied(now, Counted::Reminded, None, 1_000),
            tallied(now, Counted::Walked, None, 2),
        ];
        let long = |number| format!("```{number} (a|phrase) that nobody could read on any phone");
        tallies.extend((0..phrases).map(|number| tallied(now, Counted::Answered, Some(&long(number)), 1)));
        let names = (0..phrases).map(long).chain(["my back went out".to_owned()]);
        let names = names.map(|name| (PhraseTag::of(&name), name)).collect();
        stats(library(), &Locale::unknown(), &Stats::of(&tallies, now), &names)
    }

    #[test]
    fn the_numbers_stand_in_tables() {
        let card = told(1).card.unwrap();
        let sections = card.sections.iter().map(|part| format!("{}\n{}", part.heading, part.text));
        insta::assert_snapshot!(format!(
            "{}\n{}\n\n{}",
            card.title,
            card.body,
            sections.collect::<Vec<_>>().join("\n\n")
        ));
    }

    #[test]
    fn the_tables_fit_a_phone_and_a_card() {
        for part in told(50).card.unwrap().sections {
            assert!(part.text.chars().count() <= 1024, "{}", part.text.chars().count());
            let table = part.text.split("```").nth(1).unwrap();
            assert!(table.lines().all(|line| line.width() <= WIDTH), "{table}");
        }
    }
}
