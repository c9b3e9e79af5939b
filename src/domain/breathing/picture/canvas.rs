//! Draws one still of the breath: shapes become soft-edged masks, and masks become indices into the palette.

use std::f32::consts::TAU;

use tiny_skia::{FillRule, LineCap, Mask, Path, PathBuilder, Stroke, Transform};

use super::{PictureError, Still, palette};

/// Width and height in pixels.
pub(super) const SIDE: usize = 300;

const MIDDLE: f32 = SIDE as f32 / 2.0;

/// The radius of the disc in pixels with empty and with full lungs.
const EMPTY_RADIUS: f32 = 40.0;
const FULL_RADIUS: f32 = 108.0;

/// The thin circle just outside the full disc, which shows how far the breath goes: radius and width in pixels.
const GUIDE: (f32, f32) = (113.0, 1.5);

/// The ring of the time left: radius and width in pixels.
const RING: (f32, f32) = (134.0, 8.0);

/// The disc grows and shrinks in steps of this many pixels: finer than its soft edge can show, and while the breath turns
/// there is nothing to draw again.
const RADIUS_STEP: f32 = 0.2;

/// How long the ring takes to light up when a phase starts, in seconds; at once would startle.
const LIGHTING_UP: f32 = 0.4;

/// One straight piece of the ring for each of these parts of it: too short to be seen as straight.
const PIECES: f32 = 180.0;

/// What stays the same from still to still, and room for what does not.
#[derive(Debug)]
pub(super) struct Canvas {
    /// The picture without disc and with nothing lit, as indices.
    ground: Vec<u8>,
    /// The shade that the disc has at each pixel, if it is there. They keep their place: the disc lays them open.
    shades: Vec<u8>,
    /// The pixels of the ring, and how much of each it covers.
    ring: Vec<(usize, u8)>,
    /// The disc of this still.
    disc: Mask,
    /// The lit part of the ring of this still.
    lit: Mask,
}

impl Canvas {
    pub(super) fn new() -> Result<Self, PictureError> {
        let mut ring = blank()?;
        fill(&mut ring, &circle(RING)?);
        let mut dim = ring.clone();
        fill(&mut dim, &circle(GUIDE)?);
        let shades = (0..SIDE * SIDE).map(|pixel| {
            let across = (pixel % SIDE) as f32 + 0.5 - MIDDLE;
            let down = (pixel / SIDE) as f32 + 0.5 - MIDDLE;
            palette::shade(across.hypot(down) / FULL_RADIUS)
        });
        let covered = ring.data().iter().copied().enumerate().filter(|(_, coverage)| *coverage > 0);
        Ok(Self {
            ground: dim.data().iter().map(|coverage| palette::ring(*coverage, 0, false)).collect(),
            shades: shades.collect(),
            ring: covered.collect(),
            disc: blank()?,
            lit: blank()?,
        })
    }

    /// The indices of all pixels, row by row.
    pub(super) fn draw(&mut self, still: &Still) -> Result<Vec<u8>, PictureError> {
        let mut pixels = self.ground.clone();
        self.draw_disc(&mut pixels, still.fullness as f32)?;
        self.draw_ring(&mut pixels, still)?;
        Ok(pixels)
    }

    fn draw_disc(&mut self, pixels: &mut [u8], fullness: f32) -> Result<(), PictureError> {
        let radius = EMPTY_RADIUS + (FULL_RADIUS - EMPTY_RADIUS) * fullness;
        let radius = (radius / RADIUS_STEP).round() * RADIUS_STEP;
        self.disc.clear();
        fill(&mut self.disc, &PathBuilder::from_circle(MIDDLE, MIDDLE, radius).ok_or(PictureError::Shape)?);
        // Only where the disc can be: most of the time that is less than half of the picture.
        let reach = (radius.ceil() as usize + 1).min(SIDE / 2);
        let (first, last) = (SIDE / 2 - reach, SIDE / 2 + reach);
        for row in first..last {
            let line = row * SIDE + first..row * SIDE + last;
            let covered = self.disc.data()[line.clone()].iter().zip(&self.shades[line.clone()]).zip(&mut pixels[line]);
            for ((coverage, shade), pixel) in covered.filter(|((coverage, _), _)| **coverage > 0) {
                if let Some(disc) = palette::disc(*shade, *coverage) {
                    *pixel = disc;
                }
            }
        }
        Ok(())
    }

    fn draw_ring(&mut self, pixels: &mut [u8], still: &Still) -> Result<(), PictureError> {
        self.lit.clear();
        if let Some(arc) = arc(still.progress as f32) {
            fill(&mut self.lit, &stroked(&arc, RING.1)?);
        }
        let brightness = (still.since_start.as_secs_f32() / LIGHTING_UP).min(1.0);
        let lit = self.lit.data();
        for (pixel, coverage) in &self.ring {
            // Where the lit part ends, its soft edge lies on the dim ring; along its sides it shares the ring's own edge.
            let share = f32::from(lit[*pixel]) / f32::from(*coverage);
            let light = share.min(1.0) * brightness * 255.0;
            pixels[*pixel] = palette::ring(*coverage, light.round() as u8, still.waiting);
        }
        Ok(())
    }
}

fn blank() -> Result<Mask, PictureError> {
    Mask::new(SIDE as u32, SIDE as u32).ok_or(PictureError::Shape)
}

fn fill(mask: &mut Mask, path: &Path) {
    mask.fill_path(path, FillRule::Winding, true, Transform::identity());
}

/// A circle as a line: `radius` and `width` in pixels.
fn circle((radius, width): (f32, f32)) -> Result<Path, PictureError> {
    stroked(&PathBuilder::from_circle(MIDDLE, MIDDLE, radius).ok_or(PictureError::Shape)?, width)
}

fn stroked(path: &Path, width: f32) -> Result<Path, PictureError> {
    let stroke = Stroke { width, line_cap: LineCap::Round, ..Stroke::default() };
    path.stroke(&stroke, 1.0).ok_or(PictureError::Shape)
}

/// What is left of the ring when `progress` of the phase is over: it empties clockwise, from the top.
fn arc(progress: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    let pieces = ((1.0 - progress) * PIECES).ceil().max(1.0);
    for piece in 0..=pieces as u32 {
        let turn = progress + (1.0 - progress) * piece as f32 / pieces;
        let (sine, cosine) = (turn * TAU).sin_cos();
        let (across, down) = (MIDDLE + RING.0 * sine, MIDDLE - RING.0 * cosine);
        if piece == 0 {
            path.move_to(across, down);
        } else {
            path.line_to(across, down);
        }
    }
    path.finish()
}
