//! Reading a span of time as people write it: "45 min", "1h30", "an hour and a half". What is not understood whole is
//! not understood at all: a guess would wake somebody at the wrong time.

use std::collections::BTreeMap;
use std::time::Duration;

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

const MINUTE: u32 = 60;
const HOUR: u32 = 60 * MINUTE;
const DAY: u32 = 24 * HOUR;

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
            Some(Token::Number(number)) => Some(number),
            _ => None,
        }
    }

    fn seconds(&self, text: &str) -> Option<f64> {
        if text.len() > LONGEST_TEXT {
            return None;
        }
        let mut reader = Reader::default();
        for piece in pieces(&text.to_lowercase())? {
            reader.take(self.classify(&piece)?)?;
        }
        reader.finish()
    }

    fn classify(&self, piece: &str) -> Option<Token> {
        if piece.starts_with(|first: char| first.is_ascii_digit()) {
            return piece.parse().ok().map(Token::Number);
        }
        let is_in = |list: &[String]| list.iter().any(|word| word == piece);
        self.numbers
            .get(piece)
            .map(|value| Token::Number(*value))
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

/// Cuts "1h30" into `1`, `h`, `30`. Nothing if there is a sign that no span of time has.
pub(super) fn pieces(text: &str) -> Option<Vec<String>> {
    let mut pieces: Vec<String> = Vec::new();
    let mut previous = ' ';
    let mut characters = text.trim().trim_end_matches(['.', '!']).chars().peekable();
    while let Some(character) = characters.next() {
        let decimal = matches!(character, '.' | ',') && previous.is_ascii_digit();
        let decimal = decimal && characters.peek().is_some_and(char::is_ascii_digit);
        let character = if decimal { '.' } else { character };
        let joined = (character.is_ascii_digit() || decimal) && (previous.is_ascii_digit() || previous == '.')
            || character.is_alphabetic() && previous.is_alphabetic();
        match pieces.last_mut() {
            Some(last) if joined => last.push(character),
            _ if character.is_ascii_digit() || character.is_alphabetic() => pieces.push(character.to_string()),
            _ if character.is_whitespace() || character == ',' => {}
            _ if character == '-' && previous.is_alphabetic() => {}
            // "2½ hours" is two and a half of them, and "½ hour" half of one.
            _ if character == '½' => {
                let fraction = if previous.is_ascii_digit() { pieces.pop()? + ".5" } else { "0.5".to_owned() };
                pieces.push(fraction);
            }
            _ => return None,
        }
        previous = character;
    }
    Some(pieces)
}

#[derive(Clone, Copy, Debug)]
enum Token {
    Number(f64),
    Unit(u32),
    Article,
    Join,
    Idle,
}

/// Adds up a span token by token.
#[derive(Debug, Default)]
struct Reader {
    total: f64,
    /// The unit read last: the next one has to be smaller, and a bare "half" after it means half of it.
    last_unit: Option<u32>,
    /// What was said before the next unit: "two", "two and a half".
    quantity: Option<f64>,
    /// Whether an "and" stood before the number that comes.
    joined: bool,
    /// Whether an "a" stood before what comes.
    article: bool,
}

impl Reader {
    fn take(&mut self, token: Token) -> Option<()> {
        match token {
            Token::Number(value) => self.number(value)?,
            Token::Unit(unit) => self.unit(unit)?,
            Token::Article => self.article = true,
            Token::Join => self.joined = true,
            Token::Idle => {}
        }
        Some(())
    }

    fn number(&mut self, value: f64) -> Option<()> {
        self.article = false;
        let joined = std::mem::take(&mut self.joined);
        self.quantity = Some(match self.quantity {
            None => value,
            // "two and a half"
            Some(before) if joined && before >= 1.0 && value < 1.0 => before + value,
            // "three quarters"
            Some(before) if !joined && (1.0..=3.0).contains(&before) && value < 1.0 => before * value,
            // "forty five"
            Some(before) if before >= 20.0 && before % 10.0 == 0.0 && (1.0..10.0).contains(&value) => before + value,
            Some(_) => return None,
        });
        Some(())
    }

    fn unit(&mut self, unit: u32) -> Option<()> {
        if self.last_unit.is_some_and(|last| unit >= last) {
            return None;
        }
        let quantity = self.quantity.take().or(self.article.then_some(1.0))?;
        self.total += quantity * f64::from(unit);
        self.last_unit = Some(unit);
        self.joined = false;
        self.article = false;
        Some(())
    }

    fn finish(self) -> Option<f64> {
        let last_unit = self.last_unit?;
        match self.quantity {
            None => Some(self.total),
            // "an hour and a half"
            Some(part) if part < 1.0 => Some(self.total + part * f64::from(last_unit)),
            // "1h30"
            Some(minutes) if last_unit == HOUR && minutes < 60.0 && minutes.fract() == 0.0 => {
                Some(self.total + minutes * f64::from(MINUTE))
            }
            Some(_) => None,
        }
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
