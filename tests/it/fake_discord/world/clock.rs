//! The world's time, which a test can set, and the ids made from it.

use std::time::{SystemTime, UNIX_EPOCH};

use super::Id;

/// Milliseconds since 1970, as all times here.
pub type Millis = i64;

/// The first moment a snowflake can express: the start of 2015.
const DISCORD_EPOCH: Millis = 1_420_070_400_000;

/// Real time, moved by as much as the test asked for.
#[derive(Debug, Default)]
pub struct Clock {
    offset: Millis,
    /// Since when it stands still, in real time.
    standing: Option<Millis>,
    issued: u64,
}

impl Clock {
    /// The time in this world.
    pub fn now(&self) -> Millis {
        self.standing.unwrap_or_else(real_time) + self.offset
    }

    /// Lets time stand still until it is told to pass.
    pub fn stand_still(&mut self) {
        self.standing = Some(real_time());
    }

    /// Lets time pass, and go on from there.
    pub fn advance(&mut self, by: Millis) {
        let then = self.now() + by;
        self.standing = None;
        self.set(then);
    }

    /// Makes it `now`.
    pub fn set(&mut self, now: Millis) {
        self.offset += now - self.now();
    }

    /// An id that carries the present time and is never given twice.
    pub fn next_id(&mut self) -> Id {
        let since = u64::try_from(self.now() - DISCORD_EPOCH).unwrap_or(0);
        self.issued += 1;
        (since << 22) | (self.issued & 0x3f_ffff)
    }
}

fn real_time() -> Millis {
    let real = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    Millis::try_from(real).unwrap_or(Millis::MAX)
}

/// A time as Discord writes it: `2026-01-31T18:00:00.000000+00:00`.
pub fn iso8601(at: Millis) -> String {
    let (days, milliseconds) = (at.div_euclid(86_400_000), at.rem_euclid(86_400_000));
    let (year, month, day) = civil_date(days);
    let (seconds, fraction) = (milliseconds / 1000, milliseconds % 1000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:03}000+00:00")
}

/// The Gregorian date of a day counted from 1970-01-01, by counting years from March so that leap days fall last.
fn civil_date(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}
