//! The breath as a sound, for eyes shut: a soft tone that rises while one breathes in and falls while one breathes out,
//! silence while one waits, and a chime at the end of the session.
//!
//! The file is FLAC: Discord's client plays it inside the message, phones decode it without help, nothing is lost, and
//! silence costs next to nothing. The reasons against the others are in ARCHITECTURE.md.

mod chime;
mod flac;
mod tone;

use std::time::Duration;

use thiserror::Error;

use super::timeline::Timeline;
use super::{LONGEST_SESSION, Pattern};

/// Samples in a second, of one channel. The tones end far below half of it, and a millisecond is a whole number of samples.
const RATE: u32 = 16_000;

/// A sound file.
#[derive(Clone, PartialEq, Eq)]
pub struct Sound {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// What the name of the file has to end with, without the dot.
    pub extension: &'static str,
    /// The media type of the file.
    pub media_type: &'static str,
    /// How long it plays: whole breaths, and the chime.
    pub length: Duration,
}

impl std::fmt::Debug for Sound {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let size = self.bytes.len();
        write!(formatter, "Sound({size} bytes of {}, {:?})", self.media_type, self.length)
    }
}

/// Why there is no sound of a session.
#[derive(Debug, Error)]
pub enum SoundError {
    /// A breath of the pattern takes no time.
    #[error("a breath of this pattern takes no time")]
    NoTime,
    /// The session, or a single breath of the pattern, is longer than a session may be.
    #[error("the sound would be longer than {} minutes", LONGEST_SESSION.as_secs() / 60)]
    TooLong,
    /// The encoder refused the samples.
    #[error("the sound could not be encoded: {0}")]
    Encoding(String),
}

/// The sound of a session: as many whole breaths of `pattern` as fit into `session`, at least one, and then the chime.
///
/// The same pattern and session always give the same bytes. Ten minutes take a good part of a second to make: call it where
/// that is allowed, and keep the result.
pub fn sound(pattern: &Pattern, session: Duration) -> Result<Sound, SoundError> {
    let timeline = Timeline::of(pattern).ok_or(SoundError::NoTime)?;
    let rounds = pattern.rounds_in(session);
    if timeline.breath().saturating_mul(rounds) > LONGEST_SESSION {
        return Err(SoundError::TooLong);
    }
    let breath = tone::breath(&timeline);
    let chime = chime::chime();
    let samples = breath.len() * rounds as usize + chime.len();
    let bytes = flac::encode(&breath, rounds as usize, &chime)?;
    let length = Duration::from_secs(samples as u64) / RATE;
    Ok(Sound { bytes, extension: "flac", media_type: "audio/flac", length })
}

/// The place of the first sample at or after `time`.
fn sample_at(time: Duration) -> usize {
    let place = time.as_nanos() * u128::from(RATE) / 1_000_000_000;
    usize::try_from(place).unwrap_or(usize::MAX)
}

/// `level` (-1 to 1, where 1 is the loudest that there is) as a sample of 16 bits.
fn sample(level: f64) -> i32 {
    (level * f64::from(i16::MAX)).round() as i32
}

/// A soft rise from 0 to 1 over `length` samples, of which `place` are over: half a cosine, which makes no click.
fn rise(place: usize, length: usize) -> f64 {
    let share = (place as f64 / length.max(1) as f64).min(1.0);
    (1.0 - (std::f64::consts::PI * share).cos()) / 2.0
}
