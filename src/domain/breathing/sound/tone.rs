//! The tone of one breath: its pitch is how full the lungs are.

use std::f64::consts::TAU;

use super::{RATE, rise, sample, sample_at};
use crate::domain::breathing::Phase;
use crate::domain::breathing::timeline::{Span, Timeline};

/// The pitch of empty and of full lungs, in hertz: C and the G above, low enough to be calm and high enough for a telephone.
const EMPTY_PITCH: f64 = 261.63;
const FULL_PITCH: f64 = 392.0;

/// How loud the tone, its octave and the fifth above that are; the overtones carry it over small loudspeakers.
const PARTIALS: [f64; 3] = [0.26, 0.06, 0.02];

/// The breath out is a little softer than the breath in.
const BREATH_OUT: f64 = 0.8;

/// The part of a phase in which its tone swells, and in which it fades; at most `LONGEST_SWELL` seconds each.
const SWELL: f64 = 0.4;
const LONGEST_SWELL: f64 = 1.5;

/// The samples of one breath. It starts and ends in silence, so breaths can follow one another.
pub(super) fn breath(timeline: &Timeline) -> Vec<i32> {
    let mut samples = Vec::with_capacity(sample_at(timeline.breath()));
    let mut turn = 0.0;
    for span in timeline.spans() {
        let loudness = match span.phase {
            Phase::Inhale | Phase::TopUp => 1.0,
            Phase::Exhale => BREATH_OUT,
            Phase::Hold | Phase::Rest => 0.0,
        };
        add_phase(&mut samples, timeline, span, loudness, &mut turn);
    }
    samples
}

/// Adds the samples of a phase. `turn` is where the tone's wave stands, which goes on from phase to phase.
fn add_phase(samples: &mut Vec<i32>, timeline: &Timeline, span: &Span, loudness: f64, turn: &mut f64) {
    let count = sample_at(span.end) - sample_at(span.start);
    if loudness == 0.0 {
        samples.resize(samples.len() + count, 0);
        return;
    }
    let swell = (count as f64 * SWELL).min(LONGEST_SWELL * f64::from(RATE)) as usize;
    for place in 0..count {
        let time = span.length().mul_f64(place as f64 / count as f64);
        let fullness = timeline.at(span.start + time).fullness;
        let pitch = EMPTY_PITCH * (FULL_PITCH / EMPTY_PITCH).powf(fullness);
        *turn = (*turn + pitch / f64::from(RATE)).fract();
        let wave = (1..).zip(PARTIALS).map(|(partial, level)| level * (TAU * *turn * f64::from(partial)).sin());
        let envelope = rise(place, swell) * rise(count - 1 - place, swell);
        samples.push(sample(wave.sum::<f64>() * envelope * loudness));
    }
}
