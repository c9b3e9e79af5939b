//! Which moments of a breath are drawn, and how long each is shown.

use std::time::Duration;

use super::Still;
use crate::domain::breathing::Phase;
use crate::domain::breathing::timeline::{Span, Timeline};

/// Browsers slow frames down that are shown for less than 2 hundredths of a second; 5 is smooth, and safe everywhere.
const SHORTEST_DELAY: u64 = 5;

/// No breath has many more frames than this, so that the file stays small: the slower the breath, the less one sees of it.
const MOST_FRAMES: u64 = 230;

/// The moments to draw, in order. Together they last as long as the breath, to the hundredth of a second.
pub(super) fn stills(timeline: &Timeline) -> Vec<Still> {
    let delay = hundredths(timeline.breath()).div_ceil(MOST_FRAMES).max(SHORTEST_DELAY);
    timeline.spans().iter().flat_map(|span| stills_of(timeline, span, delay)).collect()
}

fn stills_of(timeline: &Timeline, span: &Span, delay: u64) -> impl Iterator<Item = Still> {
    // Differences of rounded times, not rounded differences: the errors cannot add up.
    let length = hundredths(span.end) - hundredths(span.start);
    let count = (length / delay).max(length.min(1));
    let waiting = matches!(span.phase, Phase::Hold | Phase::Rest);
    let span = *span;
    (0..count).map(move |number| {
        let delay = length * (number + 1) / count - length * number / count;
        // The middle of the time for which it is shown: neither early nor late on the whole.
        let since_start = span.length().mul_f64((number as f64 + 0.5) / count as f64);
        let moment = timeline.at(span.start + since_start);
        let delay = u16::try_from(delay).unwrap_or(u16::MAX);
        Still { delay, fullness: moment.fullness, progress: moment.progress, since_start, waiting }
    })
}

/// `time` in hundredths of a second, rounded to the nearest.
fn hundredths(time: Duration) -> u64 {
    u64::try_from((time.as_micros() + 5_000) / 10_000).unwrap_or(u64::MAX)
}
