//! What is counted about a server: numbers by week and by phrase. No text, and nobody's name.

use std::fmt;

use crate::domain::Timestamp;

const WEEK_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// How many weeks counts are kept.
pub const KEPT_WEEKS: i64 = 26;

/// The first Monday of Unix time, 1970-01-05, in Unix milliseconds.
const FIRST_MONDAY_MS: i64 = 4 * 24 * 60 * 60 * 1000;

/// A week, from Monday to Sunday in UTC, counted from the first Monday of 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Week(i64);

impl Week {
    /// Wraps a number of weeks since the first Monday of 1970.
    pub const fn new(number: i64) -> Self {
        Self(number)
    }

    /// The week of a moment.
    pub const fn of(moment: Timestamp) -> Self {
        Self((moment.as_millis() - FIRST_MONDAY_MS).div_euclid(WEEK_MS))
    }

    /// Its number.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The week so many weeks before this one.
    #[must_use]
    pub const fn before(self, weeks: i64) -> Self {
        Self(self.0 - weeks)
    }

    /// When it begins.
    pub const fn begins(self) -> Timestamp {
        Timestamp::from_millis(self.0.saturating_mul(WEEK_MS).saturating_add(FIRST_MONDAY_MS))
    }
}

/// A phrase without its words: enough to count it, and to find it again among the phrases that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PhraseTag(u32);

impl PhraseTag {
    /// The tag of a phrase as it is written.
    pub fn of(phrase: &str) -> Self {
        Self(fnv1a(phrase))
    }

    /// The tag under which all that clues led to is counted: of what they are, there are too many combinations. No phrase
    /// can be written like this.
    pub fn of_clues() -> Self {
        Self::of("+")
    }

    /// Wraps a number that [`PhraseTag::get`] gave.
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// Its number.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// Reads what [`fmt::Display`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let hexadecimal = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        hexadecimal.then(|| u32::from_str_radix(text, 16).ok()).flatten().map(Self)
    }
}

/// 32-bit FNV-1a. What it makes is kept for weeks, so it must never change.
pub(super) fn fnv1a(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

impl fmt::Display for PhraseTag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:08x}", self.0)
    }
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Counted {
    /// A message was answered.
    Answered,
    /// An answer was dismissed: it was not about a back.
    Dismissed,
    /// Somebody began to breathe with the bot.
    Breathed,
    /// Somebody set a reminder.
    Reminded,
    /// Somebody walked.
    Walked,
    /// A phrase that is only watched would have answered.
    Watched,
    /// The moderators were told that a phrase is often dismissed.
    Warned,
    /// The moderators were told what watched phrases would have answered.
    Digested,
}

impl Counted {
    /// All that is counted.
    pub const ALL: [Self; 8] = [
        Self::Answered,
        Self::Dismissed,
        Self::Breathed,
        Self::Reminded,
        Self::Walked,
        Self::Watched,
        Self::Warned,
        Self::Digested,
    ];

    /// Its name in a store: never change what is written here.
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Dismissed => "dismissed",
            Self::Breathed => "breathed",
            Self::Reminded => "reminded",
            Self::Walked => "walked",
            Self::Watched => "watched",
            Self::Warned => "warned",
            Self::Digested => "digested",
        }
    }

    /// What has this name in a store.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|counted| counted.name() == name)
    }
}

/// One thing to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tally {
    /// In which week it happened.
    pub week: Week,
    /// What happened.
    pub what: Counted,
    /// The phrase that it goes back to, if that is known.
    pub phrase: Option<PhraseTag>,
}

/// How often something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tallied {
    /// What.
    pub tally: Tally,
    /// How often.
    pub count: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_goes_from_monday_to_sunday() {
        // Wednesday, 2026-11-25, 12:00 UTC; its Monday is 2026-11-23.
        let week = Week::of(Timestamp::from_millis(1_795_608_000_000));
        assert_eq!(week.begins(), Timestamp::from_millis(1_795_392_000_000));
        assert_eq!(Week::of(week.begins()), week);
        assert_eq!(Week::of(Timestamp::from_millis(week.begins().as_millis() - 1)), week.before(1));
    }

    #[test]
    fn a_tag_is_always_the_same_and_can_be_read_back() {
        let tag = PhraseTag::of("my back went out");
        assert_eq!(PhraseTag::of("").to_string(), "811c9dc5");
        assert_eq!(PhraseTag::parse(&tag.to_string()), Some(tag));
        for wrong in ["zz", "+1234567", "123456789"] {
            assert_eq!(PhraseTag::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_counted_is_found_by_its_name() {
        assert!(Counted::ALL.into_iter().all(|counted| Counted::named(counted.name()) == Some(counted)));
    }
}
