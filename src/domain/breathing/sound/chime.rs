//! The chime at the end of a session: two soft strokes of a small bell.

use std::f64::consts::TAU;

use super::{RATE, rise, sample};

/// How long the chime lasts, in seconds.
const LENGTH: f64 = 5.0;

/// How long a stroke takes to reach its loudness, in seconds: short enough to be a stroke, long enough not to click.
const ATTACK: f64 = 0.012;

/// The last part of the chime, in which what still rings fades to silence, in seconds.
const FADE: f64 = 1.0;

/// The strokes: when, in seconds, and at which pitch, in hertz. G and the C above it bring the breath's tones home.
const STROKES: [(f64, f64); 2] = [(0.25, 392.0), (1.15, 523.25)];

/// The partials of the bell: multiple of the pitch, loudness, and the seconds in which it falls to a third.
const PARTIALS: [(f64, f64, f64); 4] = [(1.0, 0.17, 1.3), (2.0, 0.06, 0.9), (2.99, 0.03, 0.5), (4.2, 0.012, 0.25)];

/// The samples of the chime.
pub(super) fn chime() -> Vec<i32> {
    let rate = f64::from(RATE);
    let count = (LENGTH * rate) as usize;
    let fade = (FADE * rate) as usize;
    let at = |place: usize| {
        let rung: f64 = STROKES.iter().map(|(start, pitch)| stroke(place as f64 / rate - start, *pitch)).sum();
        sample(rung * rise(count - 1 - place, fade))
    };
    (0..count).map(at).collect()
}

/// A stroke of the bell, `time` seconds after it began.
fn stroke(time: f64, pitch: f64) -> f64 {
    if time < 0.0 {
        return 0.0;
    }
    let partials = PARTIALS
        .iter()
        .map(|(multiple, level, decay)| level * (-time / decay).exp() * (TAU * pitch * multiple * time).sin());
    partials.sum::<f64>() * rise((time * f64::from(RATE)) as usize, (ATTACK * f64::from(RATE)) as usize)
}
