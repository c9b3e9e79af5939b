//! The answers of a server, week by week, as a small picture. It has no words in it: those stand beside it.

use tiny_skia::{Color, Paint, Pixmap, Rect, Transform};

use super::stats::Stats;

/// In pixels: twice what a phone shows, so that it is sharp there.
const SIZE: (u32, u32) = (640, 200);

/// The room around the bars, in pixels.
const MARGIN: f32 = 16.0;

/// How much of a week's room its bar takes.
const BAR: f32 = 0.62;

/// The line that the bars stand on, in pixels.
const LINE: f32 = 2.0;

/// What happened at all can be seen, in pixels.
const LEAST: f32 = 4.0;

/// Each is at least three times as bright, or as dark, as Discord's light and dark backgrounds.
const ANSWERED: [u8; 3] = [0x4F, 0x8A, 0x8B];
const DISMISSED: [u8; 3] = [0xC7, 0x70, 0x00];
const GROUND: [u8; 3] = [0x7C, 0x82, 0x8C];

/// A PNG with a bar for each week, the oldest on the left: answers, and from below those that were dismissed. The
/// background is left open, so that it suits whatever it is shown on. Nothing if it cannot be drawn.
pub fn chart(stats: &Stats) -> Option<Vec<u8>> {
    let mut picture = Pixmap::new(SIZE.0, SIZE.1)?;
    let (width, height) = (SIZE.0 as f32 - 2.0 * MARGIN, SIZE.1 as f32 - 2.0 * MARGIN);
    let ground = MARGIN + height;
    let highest = stats.weeks.iter().map(|(_, numbers)| numbers.answered.max(numbers.dismissed)).max()?.max(1);
    let room = width / stats.weeks.len() as f32;
    for (index, (_, numbers)) in stats.weeks.iter().enumerate() {
        let left = MARGIN + room * (index as f32 + (1.0 - BAR) / 2.0);
        let mut bar = |number: u32, colour| {
            let tall = if number == 0 { 0.0 } else { (height * number as f32 / highest as f32).max(LEAST) };
            fill(&mut picture, (left, ground - tall, room * BAR, tall), colour);
        };
        bar(numbers.answered, ANSWERED);
        bar(numbers.dismissed, DISMISSED);
    }
    fill(&mut picture, (MARGIN, ground, width, LINE), GROUND);
    picture.encode_png().ok()
}

/// Fills a rectangle: left, top, width, height. One without a height is not there.
fn fill(picture: &mut Pixmap, (left, top, width, height): (f32, f32, f32, f32), [red, green, blue]: [u8; 3]) {
    let mut paint = Paint::default();
    paint.set_color(Color::from_rgba8(red, green, blue, u8::MAX));
    if let Some(rectangle) = Rect::from_xywh(left, top, width, height) {
        picture.fill_rect(rectangle, &paint, Transform::identity(), None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::guild::tally::{Counted, Tallied, Tally, Week};

    fn picture(tallies: &[(i64, Counted, u32)]) -> Pixmap {
        let now = Week::new(2_900);
        let tallied = |(ago, what, count): &(i64, Counted, u32)| Tallied {
            tally: Tally { week: now.before(*ago), what: *what, phrase: None },
            count: *count,
        };
        let tallies: Vec<_> = tallies.iter().map(tallied).collect();
        let file = chart(&Stats::of(&tallies, now)).expect("a picture");
        Pixmap::decode_png(&file).expect("a PNG")
    }

    /// How many pixels high a colour stands in the middle of a week's bar.
    fn height(picture: &Pixmap, ago: u32, [red, green, blue]: [u8; 3]) -> usize {
        let room = (SIZE.0 as f32 - 2.0 * MARGIN) / 8.0;
        let column = (MARGIN + room * (7.5 - ago as f32)) as u32;
        let shown = |row: &u32| {
            let pixel = picture.pixel(column, *row).expect("a pixel").demultiply();
            (pixel.red(), pixel.green(), pixel.blue()) == (red, green, blue)
        };
        (0..SIZE.1).filter(shown).count()
    }

    #[test]
    fn bars_are_as_high_as_their_numbers() {
        let weeks = [
            (0, Counted::Answered, 50),
            (0, Counted::Dismissed, 25),
            (2, Counted::Answered, 100),
            (3, Counted::Answered, 1),
            (4, Counted::Walked, 1_000),
        ];
        let picture = picture(&weeks);
        assert_eq!(height(&picture, 2, ANSWERED), 168);
        assert_eq!((height(&picture, 0, ANSWERED), height(&picture, 0, DISMISSED)), (42, 42));
        assert_eq!(height(&picture, 3, ANSWERED), 4, "what happened can be seen");
        assert_eq!(height(&picture, 4, ANSWERED) + height(&picture, 1, ANSWERED), 0);
    }

    #[test]
    fn numbers_of_any_size_can_be_drawn() {
        let picture = picture(&[(0, Counted::Answered, u32::MAX), (1, Counted::Dismissed, u32::MAX)]);
        assert_eq!((height(&picture, 0, ANSWERED), height(&picture, 1, DISMISSED)), (168, 168));
    }
}
