//! Reading a span of time as people write it: "45 min", "1h30", "an hour and a half". What is not understood whole is
//! not understood at all: a guess would wake somebody at the wrong time.

use std::collections::BTreeMap;
use std::time::Duration;

use super::span::{DAY, HOUR, MINUTE};
use super::span::{SpanReader, Token, Written, pieces, written_number};
use crate::domain::document::{Located, Problems, Section, read_document};

/// How people of one language write spans of time: the table of `_durations.toml`.
#[derive(Clone, Debug, Default)]
pub struct DurationWords {
    units: BTreeMap<String, u32>,
    numbers: BTreeMap<String, f64>,
    /// Words that stand for one, unless a number follows: "an" hour, "a" couple.
    articles: Vec<String>,
    /// Words that join two parts: "and".
    joining: Vec<String>,
    /// Words that say nothing here: "in", "of", "from now".
    idle: Vec<String>,
    /// Words before a span that comes again: "every".
    pub(super) every: Vec<String>,
    /// Words after a number of times: "times".
    pub(super) times: Vec<String>,
}

/// Why a span cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DurationFault {
    /// It is not understood.
    NotUnderstood,
    /// It is under [`SHORTEST`].
    TooShort,
    /// It is over [`LONGEST`].
    TooLong,
}

/// The shortest time to a reminder.
pub const SHORTEST: Duration = Duration::from_secs(10);
/// The longest time to a reminder: a week.
pub const LONGEST: Duration = Duration::from_secs(7 * DAY as u64);

/// A text longer than this, in bytes, is no span of time.
const LONGEST_TEXT: usize = 100;

impl DurationWords {
    /// Reads `_durations.toml`.
    pub fn read(file: &str, text: &str, problems: &Problems) -> Option<Self> {
        read_document(file, text, problems, |mut section| {
            let mut words = Self::default();
            for (unit, names) in section.section("units").into_iter().flat_map(Section::all_lists) {
                let Some(seconds) = seconds_of(&unit.value) else {
                    problems.add(
                        &unit.place,
                        format!("unknown unit `{}`", unit.value),
                        "second, minute, hour, day or week",
                    );
                    continue;
                };
                words.units.extend(lowered(names).map(|name| (name, seconds)));
            }
            for (number, names) in section.section("numbers").into_iter().flat_map(Section::all_lists) {
                match number.value.parse::<f64>().ok().filter(|value| (0.0..=100.0).contains(value)) {
                    Some(value) => words.numbers.extend(lowered(names).map(|name| (name, value))),
                    None => problems.add(&number.place, format!("`{}` is no number", number.value), "0.25, 1, 20, …"),
                }
            }
            words.articles = lowered(section.texts("articles")).collect();
            words.joining = lowered(section.texts("joining")).collect();
            words.idle = lowered(section.texts("idle")).collect();
            words.every = lowered(section.texts("every")).collect();
            words.times = lowered(section.texts("times")).collect();
            section.finish();
            Some(words)
        })
    }

    /// Whether there are no words at all.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// Reads a span of any length.
    pub fn span(&self, text: &str) -> Option<Duration> {
        Duration::try_from_secs_f64(self.seconds(text)?).ok()
    }

    /// Reads a span between [`SHORTEST`] and [`LONGEST`].
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(&self, text: &str) -> Result<Duration, DurationFault> {
        let seconds = self.seconds(text).ok_or(DurationFault::NotUnderstood)?;
        let span = Duration::try_from_secs_f64(seconds).map_err(|_| DurationFault::TooLong)?;
        if span < SHORTEST {
            Err(DurationFault::TooShort)
        } else if span > LONGEST {
            Err(DurationFault::TooLong)
        } else {
            Ok(span)
        }
    }

    /// The number that a word or some digits stand for.
    pub(super) fn number(&self, piece: &str) -> Option<f64> {
        match self.classify(piece) {
            Some(Token::Number(number, _)) => Some(number),
            _ => None,
        }
    }

    /// Whether a word is the name of a unit.
    pub(super) fn is_unit(&self, piece: &str) -> bool {
        self.units.contains_key(piece)
    }

    fn seconds(&self, text: &str) -> Option<f64> {
        if text.len() > LONGEST_TEXT {
            return None;
        }
        let mut reader = SpanReader::default();
        for piece in pieces(&text.to_lowercase())? {
            reader.take(self.classify(&piece)?)?;
        }
        reader.finish()
    }

    fn classify(&self, piece: &str) -> Option<Token> {
        if let Some(number) = written_number(piece) {
            return number;
        }
        let is_in = |list: &[String]| list.iter().any(|word| word == piece);
        self.numbers
            .get(piece)
            .map(|value| Token::Number(*value, Written::Word))
            .or_else(|| self.units.get(piece).map(|seconds| Token::Unit(*seconds)))
            .or_else(|| is_in(&self.articles).then_some(Token::Article))
            .or_else(|| is_in(&self.joining).then_some(Token::Join))
            .or_else(|| is_in(&self.idle).then_some(Token::Idle))
    }
}

fn lowered(texts: Vec<Located<String>>) -> impl Iterator<Item = String> {
    texts.into_iter().map(|text| text.value.to_lowercase())
}

fn seconds_of(unit: &str) -> Option<u32> {
    match unit {
        "second" => Some(1),
        "minute" => Some(MINUTE),
        "hour" => Some(HOUR),
        "day" => Some(DAY),
        "week" => Some(7 * DAY),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> DurationWords {
        let problems = Problems::default();
        let text = include_str!("../../../responses/en/_durations.toml");
        let words = DurationWords::read("_durations.toml", text, &problems).expect("a sound file");
        assert!(problems.is_empty(), "{problems:?}");
        words
    }

    fn minutes(text: &str) -> Option<f64> {
        english().parse(text).ok().map(|span| span.as_secs_f64() / 60.0)
    }

    #[test]
    fn spans_are_read_as_people_write_them() {
        let spans = [
            ("1h", 60.0),
            ("45 min", 45.0),
            ("45min", 45.0),
            ("30 minutes", 30.0),
            ("in 30 minutes", 30.0),
            ("an hour", 60.0),
            ("an hour and a half", 90.0),
            ("one and a half hours", 90.0),
            ("two and a half hours", 150.0),
            ("half an hour", 30.0),
            ("half hour", 30.0),
            ("a quarter of an hour", 15.0),
            ("three quarters of an hour", 45.0),
            ("1.5 hours", 90.0),
            ("1,5 h", 90.0),
            ("1h30", 90.0),
            ("1h 30m", 90.0),
            ("1 hour, 30 minutes", 90.0),
            ("1 hr and 5 mins", 65.0),
            ("forty-five minutes", 45.0),
            ("90m", 90.0),
            ("10s", 10.0 / 60.0),
            ("2 days", 2880.0),
            ("1 week", 10080.0),
            ("a couple of hours", 120.0),
            ("2½ hours", 150.0),
            ("an hour from now", 60.0),
            ("  AN HOUR  ", 60.0),
        ];
        for (text, expected) in spans {
            let read = minutes(text);
            assert!(read.is_some_and(|read| (read - expected).abs() < 1e-6), "{text}: {read:?}, expected {expected}");
        }
    }

    /// Fifty more, by people who were not asked to be clear.
    #[test]
    fn however_it_is_written_it_is_read_rightly() {
        let spans = [
            ("1 hr 30", 90.0),
            ("in 2hrs", 120.0),
            ("a min", 1.0),
            ("2 h 90 min", 210.0),
            ("sixty mins", 60.0),
            ("2 ½ hours", 150.0),
            ("½ hour", 30.0),
            ("¾ of an hour", 45.0),
            ("1¼ h", 75.0),
            ("1.25 hours", 75.0),
            ("0.75 h", 45.0),
            ("in an hour's time", 60.0),
            ("in an hour’s time", 60.0),
            ("two hours' time", 120.0),
            ("thirteen minutes", 13.0),
            ("twenty five minutes", 25.0),
            ("an hour thirty", 90.0),
            ("1 hr. 30 min.", 90.0),
            ("45\u{a0}min", 45.0),
            ("about an hour", 60.0),
            ("a day and a half", 2160.0),
            ("half a day", 720.0),
            ("an hour and a quarter", 75.0),
            ("two and a half hours from now", 150.0),
            ("3 quarters of an hour", 45.0),
            ("1H30M", 90.0),
            ("90s", 1.5),
            ("5mins30secs", 5.5),
            ("couple hours", 120.0),
            ("an hour later", 60.0),
        ];
        for (text, expected) in spans {
            let read = minutes(text);
            assert!(read.is_some_and(|read| (read - expected).abs() < 1e-6), "{text}: {read:?}, expected {expected}");
        }
    }

    #[test]
    fn what_could_mean_two_things_is_not_guessed() {
        for text in [
            // A thousand minutes, or one? An hour and thirty minutes, or 1.3 hours? 25 minutes, or a slip?
            "1,000 minutes",
            "1.000 min",
            "1 000 minutes",
            "1.30 hours",
            "1,45 h",
            "2.10h",
            "20 5 minutes",
            "3 0.5 hours",
            "1.5 h 30",
            "1 and 0.5 hours",
            // A time of the day, or a span?
            "half past",
            "1:30h",
            "an hour after 5",
            "half an hour after 5",
            "an hour from 3",
            "quarter to 2",
            "5 o'clock",
            "noon",
            // Two spans, or a rate, or half a sentence.
            "5-10 minutes",
            "1h-30m",
            "30 to 60 min",
            "an hour or two",
            "two an hour",
            "1 day a minute",
            "an hour half",
            "1 hour and",
            "1 hour a",
            "an an hour",
            "and 5 minutes",
            "90",
            "5 min 30",
            "1d 12",
            // Nothing that is read here.
            "⏰ 30 minutes",
            "30 minutes 🙏",
            "３０ minutes",
            "٣٠ دقيقة",
            "30分",
            "полчаса",
            "eine halbe Stunde",
            "a few hours",
            "the next hour",
            "1 month",
            "infinity hours",
            "∞ h",
            "0x10 min",
            "+30 min",
            "1\u{200b}h",
        ] {
            assert_eq!(english().parse(text), Err(DurationFault::NotUnderstood), "{text}");
        }
    }

    #[test]
    fn what_is_not_understood_whole_is_not_guessed() {
        let not_understood = Err(DurationFault::NotUnderstood);
        for text in [
            "",
            "30",
            "soon",
            "at 5pm",
            "tomorrow",
            "-5 minutes",
            "1:30",
            "h",
            "5 parsecs",
            "2 hours 3 hours",
            "5 min 1 h",
            "one two minutes",
            "1 h 2 3 m",
            "ten thousand",
            "1h75",
            "NaN hours",
            "1e9 hours",
            "\u{202e}1h",
        ] {
            assert_eq!(english().parse(text), not_understood, "{text}");
        }
        assert_eq!(english().parse(&"1 ".repeat(500)), not_understood);
    }

    #[test]
    fn a_span_is_ten_seconds_at_least_and_a_week_at_most() {
        for (text, fault) in [
            ("9s", DurationFault::TooShort),
            ("0 hours", DurationFault::TooShort),
            ("8 days", DurationFault::TooLong),
            ("99999999999999999999999999999999999 days", DurationFault::TooLong),
        ] {
            assert_eq!(english().parse(text), Err(fault), "{text}");
        }
    }
}
