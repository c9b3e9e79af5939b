//! Discord's time marks as words: a terminal has no reader's time zone to ask, so times are in UTC and say so.

use std::time::Duration;

use crate::domain::Timestamp;
use crate::domain::answers::short_span;

const DAY: i64 = 86_400;

/// How a mark is to be shown: the letter at the end of `<t:0:R>`.
/// Source: Discord API reference, "Timestamp styles".
pub fn marked_time(seconds: i64, style: char, now: Timestamp) -> String {
    match style {
        'R' => relative(seconds, now.as_seconds()),
        'd' | 'D' => date(seconds),
        't' | 'T' if date(seconds) == date(now.as_seconds()) => time_of_day(seconds),
        _ => format!("{} on {}", time_of_day(seconds), date(seconds)),
    }
}

/// How long it is until then, or since.
fn relative(seconds: i64, now: i64) -> String {
    let span = short_span(Duration::from_secs(seconds.abs_diff(now)));
    match seconds.cmp(&now) {
        std::cmp::Ordering::Less => format!("{span} ago"),
        std::cmp::Ordering::Equal => "now".to_owned(),
        std::cmp::Ordering::Greater => format!("in {span}"),
    }
}

fn time_of_day(seconds: i64) -> String {
    let minutes = seconds.rem_euclid(DAY) / 60;
    format!("{:02}:{:02} UTC", minutes / 60, minutes % 60)
}

/// The date in the Gregorian calendar.
/// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`.
fn date(seconds: i64) -> String {
    // Years begin in March here, so that the leap day is the last of its year.
    let days = seconds.div_euclid(DAY) + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (seconds, expected) in [
            (0, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (1_795_356_000, "2026-11-22"),
            (-1, "1969-12-31"),
            (4_107_542_399, "2100-02-28"),
        ] {
            assert_eq!(date(seconds), expected);
        }
    }

    #[test]
    fn a_time_on_another_day_says_which() {
        let now = Timestamp::from_millis(1_795_356_000_000);
        assert_eq!(marked_time(1_795_356_000, 't', now), "14:00 UTC");
        assert_eq!(marked_time(1_795_356_000 + DAY, 't', now), "14:00 UTC on 2026-11-23");
    }

    #[test]
    fn a_span_tells_its_direction() {
        let now = Timestamp::from_millis(1_795_356_000_999);
        assert_eq!(marked_time(1_795_359_600, 'R', now), "in 1 h");
        assert_eq!(marked_time(1_795_355_700, 'R', now), "5 min ago");
        assert_eq!(marked_time(1_795_356_000, 'R', now), "now");
    }
}
