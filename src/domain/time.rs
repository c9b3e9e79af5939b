//! A moment, handed in from outside: nothing under `domain` ever asks what time it is.

use std::time::Duration;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A moment in Unix milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(i64);

impl Timestamp {
    /// Wraps Unix milliseconds.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Unix milliseconds.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// Unix seconds, rounded down: the unit of Discord's `<t:…>` marks.
    pub const fn as_seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// This moment and `span` later; stays at the last moment there is instead of wrapping.
    #[must_use]
    pub fn after(self, span: Duration) -> Self {
        Self(self.0.saturating_add(millis(span)))
    }

    /// This moment, `span` earlier.
    #[must_use]
    pub fn before(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(millis(span)))
    }

    /// How long ago `earlier` was; nothing if it lies ahead (clocks jump).
    pub fn since(self, earlier: Self) -> Duration {
        let gap = self.0.saturating_sub(earlier.0).max(0);
        Duration::from_millis(gap.unsigned_abs())
    }
}

/// A day in the Gregorian calendar, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// The year.
    pub year: i64,
    /// The month, from 1 on.
    pub month: i64,
    /// The day of the month, from 1 on.
    pub day: i64,
}

impl Timestamp {
    /// The day in UTC.
    /// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`.
    pub const fn date(self) -> Date {
        // Years begin in March here, so that the leap day is the last of its year.
        let days = self.0.div_euclid(DAY_MS) + 719_468;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
        Date { year, month, day }
    }
}

fn millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_jumped_back_gives_no_time_passed() {
        let now = Timestamp::from_millis(1_000);
        assert_eq!(now.since(Timestamp::from_millis(5_000)), Duration::ZERO);
    }

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (seconds, expected) in [
            (0, (1970, 1, 1)),
            (951_782_400, (2000, 2, 29)),
            (1_795_356_000, (2026, 11, 22)),
            (-1, (1969, 12, 31)),
            (4_107_542_399, (2100, 2, 28)),
        ] {
            let Date { year, month, day } = Timestamp::from_millis(seconds * 1000).date();
            assert_eq!((year, month, day), expected);
        }
    }

    #[test]
    fn the_far_future_does_not_wrap_round() {
        let last = Timestamp::from_millis(i64::MAX);
        assert_eq!(last.after(Duration::from_secs(1)), last);
    }
}
