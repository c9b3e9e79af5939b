//! The colours of the picture, worked out once: what is drawn becomes an index into them without a search.

/// The index that stands for "as in the frame before".
pub(super) const UNCHANGED: u8 = 0;

/// The index of the background.
const BACKGROUND: u8 = 1;

/// How many shades the disc has from its middle to its rim.
const SHADES: u8 = 26;

/// How many steps a soft edge has.
const EDGES: u8 = 6;

/// How many steps the ring takes from dim to bright.
const LIGHTS: u8 = 5;

/// The first index of the disc: `SHADES` times `EDGES` colours.
const DISC: u8 = BACKGROUND + 1;

/// The first index of the dim ring: `EDGES` colours.
const TRACK: u8 = DISC + SHADES * EDGES;

/// The first index of the lit ring: for moving and for waiting, `LIGHTS` times `EDGES` colours each.
const LIT: u8 = TRACK + EDGES;

type Colour = [f64; 3];

/// A dark blue-green that sits well on Discord's dark grey and is no hole in its white.
const NIGHT: Colour = [21.0, 32.0, 40.0];
const DISC_MIDDLE: Colour = [158.0, 222.0, 212.0];
const DISC_RIM: Colour = [78.0, 164.0, 160.0];
const DIM: Colour = [38.0, 56.0, 66.0];
/// The ring while the breath moves.
const MOVING: Colour = [112.0, 200.0, 190.0];
/// The ring while the breath waits: warmer, so that the eye sees a hold without a word.
const WAITING: Colour = [226.0, 196.0, 150.0];

/// Red, green and blue of each colour, in the order of the indices.
pub(super) fn colours() -> Vec<u8> {
    let mut colours = Vec::new();
    let mut push = |colour: Colour| colours.extend(colour.map(|channel| channel.round() as u8));
    push([0.0; 3]);
    push(NIGHT);
    for shade in 0..SHADES {
        let colour = mixed(DISC_MIDDLE, DISC_RIM, f64::from(shade) / f64::from(SHADES - 1));
        (1..=EDGES).for_each(|edge| push(softened(colour, edge)));
    }
    (1..=EDGES).for_each(|edge| push(softened(DIM, edge)));
    for lit in [MOVING, WAITING] {
        for light in 1..=LIGHTS {
            let colour = mixed(DIM, lit, f64::from(light) / f64::from(LIGHTS));
            (1..=EDGES).for_each(|edge| push(softened(colour, edge)));
        }
    }
    colours
}

/// The shade of the disc `depth` of the way from its middle to its rim.
pub(super) fn shade(depth: f32) -> u8 {
    (depth.clamp(0.0, 1.0) * f32::from(SHADES - 1)).round() as u8
}

/// The disc in one of its shades, `coverage` (0 to 255) of the pixel; `None` where it is not.
pub(super) fn disc(shade: u8, coverage: u8) -> Option<u8> {
    step(coverage, EDGES).map(|edge| DISC + shade * EDGES + edge - 1)
}

/// The ring, `track` (0 to 255) of the pixel, of which `light` (0 to 255) is lit.
pub(super) fn ring(track: u8, light: u8, waiting: bool) -> u8 {
    let Some(edge) = step(track, EDGES) else { return BACKGROUND };
    let hue = LIT + if waiting { LIGHTS * EDGES } else { 0 };
    step(light, LIGHTS).map_or(TRACK + edge - 1, |light| hue + (light - 1) * EDGES + edge - 1)
}

/// `value` (0 to 255) as one of `steps` steps, counted from 1; `None` for nothing.
fn step(value: u8, steps: u8) -> Option<u8> {
    let rounded = (u16::from(value) * u16::from(steps) + 127) / 255;
    u8::try_from(rounded).ok().filter(|step| *step > 0)
}

/// `colour` where a shape covers `edge` of `EDGES` parts of the background.
fn softened(colour: Colour, edge: u8) -> Colour {
    mixed(NIGHT, colour, f64::from(edge) / f64::from(EDGES))
}

fn mixed(from: Colour, to: Colour, share: f64) -> Colour {
    [0, 1, 2].map(|channel| from[channel] + (to[channel] - from[channel]) * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_has_an_index_that_a_gif_can_hold() {
        let count = colours().len() / 3;
        assert_eq!(count, usize::from(LIT) + 2 * usize::from(LIGHTS * EDGES));
        assert!(count <= 256);
        assert_eq!(usize::from(ring(255, 255, true)), count - 1);
        assert_eq!(disc(SHADES - 1, 255), Some(TRACK - 1));
    }

    #[test]
    fn what_is_not_covered_is_background() {
        assert_eq!(disc(shade(0.5), 0), None);
        assert_eq!(ring(0, 0, false), BACKGROUND);
        assert_ne!(ring(255, 0, false), ring(255, 255, false));
    }
}
