//! Reading how often a reminder comes: "every 2 hours, 4 times".

use std::time::Duration;

use super::Repeat;
use super::duration::{DurationFault, DurationWords, LONGEST};
use super::span::pieces;

/// The shortest time between two occurrences: anything closer would be a nuisance, and no rest.
pub const SHORTEST_INTERVAL: Duration = Duration::from_secs(10 * 60);

/// The most times that a reminder comes.
pub const MOST_TIMES: u32 = 24;

impl DurationWords {
    /// Reads how often a reminder comes; the first time counts as one of the times.
    ///
    /// # Errors
    /// What is wrong with it. All of the times together may take as long as one reminder may lie ahead.
    pub fn parse_repeat(&self, text: &str) -> Result<Repeat, DurationFault> {
        let (span, times) = self.split_repeat(text).ok_or(DurationFault::NotUnderstood)?;
        let every = self.span(&span).ok_or(DurationFault::NotUnderstood)?;
        if every < SHORTEST_INTERVAL {
            return Err(DurationFault::TooShort);
        }
        match every.checked_mul(times.saturating_sub(1)) {
            Some(whole) if whole <= LONGEST && times <= MOST_TIMES => Ok(Repeat { every, left: times - 1 }),
            _ => Err(DurationFault::TooLong),
        }
    }

    /// The words of the span, and the number of times that follows it.
    fn split_repeat(&self, text: &str) -> Option<(String, u32)> {
        let mut words = pieces(&text.to_lowercase())?;
        if words.first().is_some_and(|first| self.every.contains(first)) {
            words.remove(0);
            // "every hour"
            if words.first().is_some_and(|first| self.is_unit(first)) {
                words.insert(0, "1".to_owned());
            }
        }
        if !self.times.contains(&words.pop()?) {
            return None;
        }
        let times =
            self.number(&words.pop()?).filter(|times| times.fract() == 0.0 && (2.0..=10_000.0).contains(times))?;
        // A whole number between 2 and 10,000, as was just made sure.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked in the line above")]
        let times = times as u32;
        Some((words.join(" "), times))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::Problems;

    fn repeat(text: &str) -> Result<Repeat, DurationFault> {
        let file = include_str!("../../../responses/en/_durations.toml");
        DurationWords::read("_durations.toml", file, &Problems::default()).expect("a sound file").parse_repeat(text)
    }

    #[test]
    fn a_repeat_is_a_span_and_a_number_of_times() {
        for text in [
            "every 2 hours, 4 times",
            "2 hours 4 times",
            "every two hours four times",
            "each 2h 4x",
            "Every 120 min, 4 times.",
        ] {
            assert_eq!(repeat(text), Ok(Repeat { every: Duration::from_secs(7200), left: 3 }), "{text}");
        }
    }

    #[test]
    fn every_hour_is_every_one_hour() {
        assert_eq!(repeat("every hour, 3 times"), Ok(Repeat { every: Duration::from_secs(3600), left: 2 }));
        assert_eq!(repeat("every half hour, 3 times"), Ok(Repeat { every: Duration::from_secs(1800), left: 2 }));
    }

    #[test]
    fn what_is_not_understood_whole_is_not_guessed() {
        for text in [
            "",
            "every 2 hours",
            "4 times",
            "every day",
            "sometimes",
            "every 2 hours, 0 times",
            "every 2 hours, 1 times",
            "every 2 hours, 1.5 times",
            "every 2 hours -4 times",
            "times times times",
            "every 1.30 hours, 4 times",
            "every 2 hours, 1,000 times",
            "every hour or two, 4 times",
        ] {
            assert_eq!(repeat(text), Err(DurationFault::NotUnderstood), "{text}");
        }
    }

    #[test]
    fn a_repeat_is_neither_a_nuisance_nor_endless() {
        assert_eq!(repeat("every 5 min, 3 times"), Err(DurationFault::TooShort));
        assert_eq!(repeat("every 10 min, 25 times"), Err(DurationFault::TooLong));
        assert_eq!(repeat("every 2 days, 5 times"), Err(DurationFault::TooLong));
        assert!(repeat("every 10 min, 24 times").is_ok());
    }
}
