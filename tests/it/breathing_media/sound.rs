//! The sound, decoded again by a decoder that is not the encoder's.

use std::ops::Range;
use std::time::Duration;

use claxon::FlacReader;
use lumbar::domain::breathing::sound::{Sound, SoundError, sound};
use lumbar::domain::breathing::timeline::Timeline;
use lumbar::domain::breathing::{Pattern, Phase};
use proptest::prelude::*;

use super::{any_pattern, built_in, named};

/// The largest file allowed: Discord takes a little more from anybody.
const MOST_BYTES: usize = 8_000_000;

/// How long the chime is, in seconds.
const CHIME: f64 = 5.0;

/// What a listener hears: samples from -1 to 1.
struct Heard {
    rate: f64,
    samples: Vec<f64>,
}

impl Heard {
    fn of(sound: &Sound) -> Self {
        let mut reader = FlacReader::new(sound.bytes.as_slice()).expect("a FLAC file");
        let info = reader.streaminfo();
        assert_eq!((info.channels, info.bits_per_sample), (1, 16));
        let samples: Vec<f64> =
            reader.samples().map(|sample| f64::from(sample.expect("a sound sample")) / 32_768.0).collect();
        assert_eq!(
            (info.min_frame_size, info.max_frame_size),
            (None, None),
            "sizes that are not known must not be given"
        );
        assert_eq!(info.samples, Some(samples.len() as u64), "players show the length from the header");
        let heard = Self { rate: f64::from(info.sample_rate), samples };
        assert!((heard.seconds() - sound.length.as_secs_f64()).abs() < 1e-9);
        heard
    }

    fn seconds(&self) -> f64 {
        self.samples.len() as f64 / self.rate
    }

    /// What is heard from one second to another.
    fn part(&self, seconds: Range<f64>) -> &[f64] {
        let place = |second: f64| ((second * self.rate).round() as usize).min(self.samples.len());
        &self.samples[place(seconds.start)..place(seconds.end)]
    }

    /// How loud it is from one second to another.
    fn loudness(&self, seconds: Range<f64>) -> f64 {
        let part = self.part(seconds);
        (part.iter().map(|sample| sample * sample).sum::<f64>() / part.len().max(1) as f64).sqrt()
    }

    /// The pitch from one second to another in hertz, from how often the wave crosses zero upwards.
    fn pitch(&self, seconds: Range<f64>) -> f64 {
        let length = seconds.end - seconds.start;
        let crossings = self.part(seconds).windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
        crossings as f64 / length
    }
}

/// Each phase that sounds glides the right way, is loud in its middle and silent at its joints; waits are silent.
fn assert_keeps_to(pattern: &Pattern, heard: &Heard, rounds: u32) {
    let timeline = Timeline::of(pattern).expect("it takes time");
    for round in [0, rounds - 1] {
        let offset = pattern.breath().as_secs_f64() * f64::from(round);
        for span in timeline.spans() {
            let (start, end) = (offset + span.start.as_secs_f64(), offset + span.end.as_secs_f64());
            let at = |share: f64| start + (end - start) * share;
            if matches!(span.phase, Phase::Hold | Phase::Rest) {
                assert_eq!(heard.loudness(start..end), 0.0, "{pattern:?} is not silent in {:?}", span.phase);
                continue;
            }
            assert!(heard.loudness(at(0.4)..at(0.6)) > 0.1, "{pattern:?} is not heard in {:?}", span.phase);
            assert!(heard.loudness(start..at(0.02)) < 0.02, "{:?} starts at once", span.phase);
            assert!(heard.loudness(at(0.98)..end) < 0.02, "{:?} ends at once", span.phase);
        }
    }
}

#[test]
fn ten_minutes_are_whole_breaths_and_a_chime_and_small() {
    for pattern in built_in() {
        let session = Duration::from_secs(600);
        let sound = sound(&pattern, session).expect("a sound");
        assert!(sound.bytes.len() < MOST_BYTES, "{} has {} bytes", pattern.id, sound.bytes.len());
        let breaths = pattern.breath() * pattern.rounds_in(session);
        assert_eq!(sound.length, breaths + Duration::from_secs_f64(CHIME));
        assert_eq!((&sound.bytes[..4], sound.extension, sound.media_type), (&b"fLaC"[..], "flac", "audio/flac"));
    }
}

#[test]
fn every_built_in_pattern_can_be_followed_with_eyes_shut() {
    for pattern in built_in() {
        let session = Duration::from_secs(60);
        let heard = Heard::of(&sound(&pattern, session).expect("a sound"));
        assert_keeps_to(&pattern, &heard, pattern.rounds_in(session));
    }
}

#[test]
fn the_pitch_rises_with_the_breath_in_and_falls_with_the_breath_out() {
    let heard = Heard::of(&sound(&named("4-7-8"), Duration::from_secs(60)).expect("a sound"));
    let (low, middle, high) = (heard.pitch(0.4..0.9), heard.pitch(1.75..2.25), heard.pitch(3.1..3.6));
    assert!(low < middle - 20.0 && middle < high - 20.0, "in: {low} {middle} {high}");
    let (high, middle, low) = (heard.pitch(12.0..12.5), heard.pitch(14.75..15.25), heard.pitch(17.5..18.0));
    assert!(low < middle - 20.0 && middle < high - 20.0, "out: {high} {middle} {low}");
}

#[test]
fn a_top_up_is_a_second_tone_on_top_of_the_first() {
    let heard = Heard::of(&sound(&named("sigh"), Duration::from_secs(60)).expect("a sound"));
    assert!(heard.loudness(2.97..3.03) < 0.02, "the two breaths in run into one another");
    assert!(heard.pitch(3.3..3.8) > heard.pitch(2.0..2.5) + 20.0);
}

#[test]
fn nothing_clicks_and_nothing_is_loud() {
    for pattern in built_in() {
        let heard = Heard::of(&sound(&pattern, Duration::from_secs(40)).expect("a sound"));
        let loudest = heard.samples.iter().fold(0.0, |loudest: f64, sample| loudest.max(sample.abs()));
        assert!((0.2..0.5).contains(&loudest), "{} peaks at {loudest}", pattern.id);
        // A smooth wave bends little from sample to sample (0.035 in the highest partials of the chime); a click is a corner.
        let bends = heard.samples.windows(3).map(|three| (three[0] - 2.0 * three[1] + three[2]).abs());
        let sharpest = bends.fold(0.0, f64::max);
        assert!(sharpest < 0.04, "{} clicks: {sharpest}", pattern.id);
        let jumps = heard.samples.windows(2).map(|pair| (pair[0] - pair[1]).abs());
        let largest = jumps.fold(heard.samples[0].abs(), f64::max);
        assert!(largest < 0.1, "{} jumps by {largest}", pattern.id);
    }
}

#[test]
fn a_chime_ends_the_session() {
    let heard = Heard::of(&sound(&named("exhale"), Duration::from_secs(20)).expect("a sound"));
    let end = heard.seconds();
    assert_eq!(heard.loudness(20.0..20.2), 0.0, "a breath's pause before it");
    assert!(heard.loudness(20.3..21.0) > 0.05 && heard.loudness(21.3..22.0) > 0.05, "two strokes");
    let rings: Vec<f64> = (22..25).map(|second| heard.loudness(f64::from(second) - 0.5..f64::from(second))).collect();
    assert!(rings.is_sorted_by(|before, after| before > after), "it dies away: {rings:?}");
    assert!(heard.part(end - 0.01..end).iter().all(|sample| sample.abs() < 0.001), "it ends in silence");
}

#[test]
fn the_same_session_is_the_same_file() {
    let minute = Duration::from_secs(60);
    assert_eq!(sound(&named("box"), minute).expect("a sound"), sound(&named("box"), minute).expect("a sound"));
}

#[test]
fn what_cannot_be_played_is_refused() {
    let nothing = Pattern { phases: Vec::new(), ..named("exhale") };
    assert!(matches!(sound(&nothing, Duration::from_secs(60)), Err(SoundError::NoTime)));
    assert!(matches!(sound(&named("exhale"), Duration::from_secs(3600)), Err(SoundError::TooLong)));
    let endless = Pattern { phases: vec![(Phase::Exhale, Duration::from_secs(3600))], ..named("exhale") };
    assert!(matches!(sound(&endless, Duration::from_secs(60)), Err(SoundError::TooLong)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn any_pattern_can_be_followed(pattern in any_pattern()) {
        let session = Duration::from_secs(30);
        let heard = Heard::of(&sound(&pattern, session).expect("a sound"));
        assert_keeps_to(&pattern, &heard, pattern.rounds_in(session));
    }
}
