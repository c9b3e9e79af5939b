//! Discord's time marks as words: a terminal has no reader's time zone to ask, so times are in UTC and say so.

use std::time::Duration;

use crate::domain::answers::short_span;
use crate::domain::{Date, Timestamp};

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

fn date(seconds: i64) -> String {
    let Date { year, month, day } = Timestamp::from_millis(seconds.saturating_mul(1000)).date();
    format!("{year}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

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
