//! The GIF, decoded again.

use std::f64::consts::PI;
use std::ops::Range;
use std::time::Duration;

use gif::{ColorOutput, DecodeOptions, DisposalMethod, Repeat};
use lumbar::domain::breathing::picture::{PictureError, picture};
use lumbar::domain::breathing::timeline::Timeline;
use lumbar::domain::breathing::{Pattern, Phase};
use proptest::prelude::*;

use super::{any_pattern, built_in, named};

/// The largest file allowed.
const MOST_BYTES: usize = 400_000;

/// What a viewer sees, one frame after the other.
struct Film {
    /// The pixels that the disc can reach, and those in the middle of the ring's width.
    inner: Vec<usize>,
    ring: Vec<usize>,
    repeat: Repeat,
    /// Hundredths of a second, and red, green, blue and alpha of every pixel.
    frames: Vec<(u64, Vec<u8>)>,
}

impl Film {
    fn of(bytes: &[u8]) -> Self {
        let mut options = DecodeOptions::new();
        options.set_color_output(ColorOutput::RGBA);
        let mut decoder = options.read_info(bytes).expect("a GIF");
        let side = usize::from(decoder.width());
        assert_eq!(side, usize::from(decoder.height()));
        let mut canvas = vec![0; side * side * 4];
        let mut frames = Vec::new();
        while let Some(frame) = decoder.read_next_frame().expect("a sound frame") {
            assert_eq!(frame.dispose, DisposalMethod::Keep);
            for (row, pixels) in frame.buffer.chunks_exact(usize::from(frame.width) * 4).enumerate() {
                let start = (row + usize::from(frame.top)) * side + usize::from(frame.left);
                for (place, pixel) in pixels.chunks_exact(4).enumerate().filter(|(_, pixel)| pixel[3] > 0) {
                    canvas[(start + place) * 4..][..4].copy_from_slice(pixel);
                }
            }
            frames.push((u64::from(frame.delay), canvas.clone()));
        }
        let (inner, ring) = (pixels_within(side, 0.0..0.8), pixels_within(side, 0.88..0.905));
        Self { inner, ring, repeat: decoder.repeat(), frames }
    }

    fn length(&self) -> u64 {
        self.frames.iter().map(|(delay, _)| delay).sum()
    }

    /// For each frame: the middle of the time in which it is seen, and its pixels.
    fn stills(&self) -> impl Iterator<Item = (Duration, &[u8])> {
        let mut start = 0;
        self.frames.iter().map(move |(delay, pixels)| {
            let middle = Duration::from_millis(start * 10 + delay * 5);
            start += delay;
            (middle, pixels.as_slice())
        })
    }

    /// The radius of the disc in pixels, from its area.
    fn radius(&self, pixels: &[u8]) -> f64 {
        let bright = self.inner.iter().filter(|pixel| is_bright(pixels, **pixel)).count();
        (bright as f64 / PI).sqrt()
    }

    /// Which part of the ring is lit.
    fn lit(&self, pixels: &[u8]) -> f64 {
        self.ring.iter().filter(|pixel| is_bright(pixels, **pixel)).count() as f64 / self.ring.len() as f64
    }
}

/// Whether more of the pixel is drawn than is background, by its green.
fn is_bright(pixels: &[u8], pixel: usize) -> bool {
    pixels[pixel * 4 + 1] > 110
}

/// The pixels whose distance from the middle, as a share of half the side, is within `range`.
fn pixels_within(side: usize, range: Range<f64>) -> Vec<usize> {
    let half = side as f64 / 2.0;
    let from_middle = |place: usize| (place as f64 + 0.5 - half) / half;
    let inside = |pixel: &usize| range.contains(&from_middle(pixel % side).hypot(from_middle(pixel / side)));
    (0..side * side).filter(inside).collect()
}

/// Rounded to the nearest, in whole numbers: as fractions, 9.745 s are a little less than half a hundredth more.
fn hundredths(time: Duration) -> u64 {
    u64::try_from((time.as_micros() + 5_000) / 10_000).expect("not that long")
}

/// Where in the film each phase ends, in hundredths of a second.
fn ends(pattern: &Pattern) -> Vec<u64> {
    let timeline = Timeline::of(pattern).expect("it takes time");
    timeline.spans().iter().map(|span| hundredths(span.end)).collect()
}

/// Each phase has to end exactly where one frame does.
fn assert_in_time(pattern: &Pattern, film: &Film) {
    let mut shown = 0;
    let ends_of_frames: Vec<u64> = film
        .frames
        .iter()
        .map(|(delay, _)| {
            shown += delay;
            shown
        })
        .collect();
    for end in ends(pattern) {
        assert!(ends_of_frames.contains(&end), "no frame ends at {end} of {pattern:?}");
    }
    assert_eq!(film.length(), hundredths(pattern.breath()));
    assert!(film.frames.iter().all(|(delay, _)| *delay >= 5), "some frames are too short for browsers");
    assert_eq!(film.repeat, Repeat::Infinite);
}

#[test]
fn every_built_in_pattern_is_in_time_and_small() {
    for pattern in built_in() {
        let bytes = picture(&pattern).expect("a picture");
        assert!(bytes.len() < MOST_BYTES, "{} has {} bytes", pattern.id, bytes.len());
        assert_in_time(&pattern, &Film::of(&bytes));
    }
}

#[test]
fn the_disc_follows_the_breath() {
    for pattern in built_in() {
        let timeline = Timeline::of(&pattern).expect("it takes time");
        let film = Film::of(&picture(&pattern).expect("a picture"));
        let radii: Vec<(Duration, f64)> = film.stills().map(|(time, pixels)| (time, film.radius(pixels))).collect();
        let smallest = radii.iter().map(|(_, radius)| *radius).fold(f64::MAX, f64::min);
        let largest = radii.iter().map(|(_, radius)| *radius).fold(0.0, f64::max);
        assert!(largest > 2.0 * smallest, "the breath is hard to see: {smallest} to {largest}");
        for (time, radius) in radii {
            let due = smallest + (largest - smallest) * timeline.at(time).fullness;
            assert!((radius - due).abs() < 0.75, "{} at {time:?}: {radius} instead of {due}", pattern.id);
        }
    }
}

#[test]
fn the_ring_shows_the_time_left_in_the_phase() {
    let pattern = named("box");
    let timeline = Timeline::of(&pattern).expect("it takes time");
    let film = Film::of(&picture(&pattern).expect("a picture"));
    for (time, pixels) in film.stills() {
        let moment = timeline.at(time);
        let since_start = timeline.spans()[moment.index].length() - moment.left;
        if since_start < Duration::from_millis(500) {
            continue; // It is still lighting up.
        }
        let (lit, left) = (film.lit(pixels), 1.0 - moment.progress);
        assert!((lit - left).abs() < 0.02, "{lit} of the ring is lit at {time:?}, instead of {left}");
    }
}

#[test]
fn a_wait_has_a_colour_of_its_own() {
    let film = Film::of(&picture(&named("box")).expect("a picture"));
    let reddest = |second: u64| {
        let (_, pixels) = film.stills().find(|(time, _)| *time > Duration::from_secs(second)).expect("a frame");
        pixels.chunks_exact(4).map(|pixel| i32::from(pixel[0]) - i32::from(pixel[2])).max().expect("pixels")
    };
    assert!(reddest(1) < 10 && reddest(9) < 10, "breath that moves is teal");
    assert!(reddest(5) > 50 && reddest(13) > 50, "a wait is warm");
}

#[test]
fn the_loop_has_no_seam() {
    for pattern in built_in() {
        let film = Film::of(&picture(&pattern).expect("a picture"));
        let (first, last) = (&film.frames[0].1, &film.frames[film.frames.len() - 1].1);
        assert!(first.chunks_exact(4).all(|pixel| pixel[3] == 255), "the first frame leaves holes");
        assert!((film.radius(first) - film.radius(last)).abs() < 0.5, "the disc jumps");
        assert!(film.lit(last) < 0.03 && film.lit(first) < 0.03, "the ring jumps");
    }
}

#[test]
fn the_picture_in_the_documentation_is_what_is_drawn() {
    let drawn = picture(&built_in()[0]).expect("a picture");
    assert!(
        drawn == include_bytes!("../../../docs/breathing.gif"),
        "run `cargo run --release --example breathing_media -- target/media`, look at the first pattern's picture, and copy \
         it to docs/breathing.gif"
    );
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let pattern = |phases| Pattern { phases, ..named("exhale") };
    assert!(matches!(picture(&pattern(Vec::new())), Err(PictureError::NoTime)));
    let endless = vec![(Phase::Exhale, Duration::from_secs(3600))];
    assert!(matches!(picture(&pattern(endless)), Err(PictureError::TooLong)));
    let instant = vec![(Phase::Exhale, Duration::from_millis(1))];
    assert!(matches!(picture(&pattern(instant)), Err(PictureError::NoTime)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn any_pattern_is_in_time_and_small(pattern in any_pattern()) {
        let bytes = picture(&pattern).expect("a picture");
        prop_assert!(bytes.len() < MOST_BYTES, "{} bytes", bytes.len());
        assert_in_time(&pattern, &Film::of(&bytes));
    }
}
