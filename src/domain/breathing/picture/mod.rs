//! The breath as a picture that moves: a disc that grows and shrinks with the lungs, and a ring for the time left in the
//! phase. An animated GIF, exactly one breath long, without words, so that it serves every language.

mod canvas;
mod palette;
mod schedule;

use std::time::Duration;

use gif::{DisposalMethod, Encoder, EncodingError, Frame, Repeat};
use thiserror::Error;

use super::timeline::Timeline;
use super::{LONGEST_SESSION, Pattern};
use canvas::{Canvas, SIDE};
use palette::UNCHANGED;

/// Why there is no picture of a pattern.
#[derive(Debug, Error)]
pub enum PictureError {
    /// A breath of the pattern takes no time, or less than a GIF can show.
    #[error("a breath of this pattern takes no time")]
    NoTime,
    /// A breath of the pattern is longer than a session may be.
    #[error("a breath of this pattern takes longer than {} minutes", LONGEST_SESSION.as_secs() / 60)]
    TooLong,
    /// The shapes could not be drawn.
    #[error("a shape of the picture has no area")]
    Shape,
    /// The GIF could not be written.
    #[error("the picture could not be encoded")]
    Encoding(#[from] EncodingError),
}

/// The bytes of an animated GIF of one breath of `pattern`, which repeats for ever without a seam.
///
/// Each phase starts on the hundredth of a second that is nearest to its time, and the whole is as long as the breath, so
/// nothing drifts. The same pattern always gives the same bytes. This takes some 100 ms: call it where that is allowed, and
/// keep the result.
pub fn picture(pattern: &Pattern) -> Result<Vec<u8>, PictureError> {
    let timeline = Timeline::of(pattern).ok_or(PictureError::NoTime)?;
    if timeline.breath() > LONGEST_SESSION {
        return Err(PictureError::TooLong);
    }
    let stills = schedule::stills(&timeline);
    if stills.is_empty() {
        return Err(PictureError::NoTime);
    }
    let mut canvas = Canvas::new()?;
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, SIDE as u16, SIDE as u16, &palette::colours())?;
    encoder.set_repeat(Repeat::Infinite)?;
    let mut shown: Option<Vec<u8>> = None;
    for still in stills {
        let pixels = canvas.draw(&still)?;
        let mut frame = match &shown {
            None => whole(&pixels),
            Some(before) => changes(before, &pixels),
        };
        frame.delay = still.delay;
        encoder.write_frame(&frame)?;
        shown = Some(pixels);
    }
    drop(encoder);
    Ok(bytes)
}

/// One frame's worth of the breath.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Still {
    /// How long it is shown, in hundredths of a second.
    delay: u16,
    /// How full the lungs are, 0 to 1.
    fullness: f64,
    /// How much of the phase is over, 0 to 1.
    progress: f64,
    /// How long the phase has lasted.
    since_start: Duration,
    /// Whether the breath stands still.
    waiting: bool,
}

/// The first frame: every pixel.
fn whole(pixels: &[u8]) -> Frame<'static> {
    Frame {
        dispose: DisposalMethod::Keep,
        transparent: Some(UNCHANGED),
        width: SIDE as u16,
        height: SIDE as u16,
        buffer: pixels.to_vec().into(),
        ..Frame::default()
    }
}

/// A later frame: the smallest rectangle that holds all changes, transparent where nothing has changed.
fn changes(before: &[u8], after: &[u8]) -> Frame<'static> {
    let (mut left, mut top, mut right, mut bottom) = (SIDE, SIDE, 0, 0);
    for (row, (old, new)) in before.chunks_exact(SIDE).zip(after.chunks_exact(SIDE)).enumerate() {
        if old == new {
            continue;
        }
        let differs = |(old, new): (&u8, &u8)| old != new;
        left = left.min(old.iter().zip(new).position(differs).unwrap_or(SIDE));
        right = right.max(old.iter().zip(new).rposition(differs).unwrap_or(0));
        top = top.min(row);
        bottom = row;
    }
    if top == SIDE {
        // Nothing has changed: a single pixel, because a GIF cannot hold an empty frame.
        (left, top, right, bottom) = (0, 0, 0, 0);
    }
    let mut buffer = Vec::with_capacity((right - left + 1) * (bottom - top + 1));
    for row in top..=bottom {
        let pixels = row * SIDE + left..=row * SIDE + right;
        let both = before[pixels.clone()].iter().zip(&after[pixels]);
        buffer.extend(both.map(|(old, new)| if old == new { UNCHANGED } else { *new }));
    }
    Frame {
        dispose: DisposalMethod::Keep,
        transparent: Some(UNCHANGED),
        left: left as u16,
        top: top as u16,
        width: (right - left + 1) as u16,
        height: (bottom - top + 1) as u16,
        buffer: buffer.into(),
        ..Frame::default()
    }
}
