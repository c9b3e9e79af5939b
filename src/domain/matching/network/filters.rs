//! Filters that slide over the words.

use std::array::from_fn;
use std::ops::Range;

/// How many filters are worked out side by side: what fits the registers of any machine.
const SIDE_BY_SIDE: usize = 16;

/// Some filters' numbers, side by side.
type Lane = [f32; SIDE_BY_SIDE];

/// Filters of one width.
#[derive(Clone, Debug)]
pub struct Filters {
    /// How many words each looks at; odd.
    width: usize,
    /// How many numbers a word is.
    dimensions: usize,
    /// How many filters there are.
    count: usize,
    /// For some filters, for each word that is looked at, and each of its numbers, what they make of it; then for the next.
    factors: Vec<Lane>,
    /// What each filter begins with.
    bias: Vec<Lane>,
}

impl Filters {
    /// Filters from `factors`, which names for each word that is looked at, and each of its numbers, what each filter makes
    /// of it; nothing if these numbers do not fit each other.
    pub fn new(width: usize, dimensions: usize, factors: &[f32], bias: &[f32]) -> Option<Self> {
        let count = bias.len();
        let numbers = width.checked_mul(dimensions)?;
        if width.is_multiple_of(2) || count == 0 || numbers.checked_mul(count)? != factors.len() {
            return None;
        }
        let lanes = |row: &[f32]| row.chunks(SIDE_BY_SIDE).map(lane).collect::<Vec<Lane>>();
        let rows: Vec<Vec<Lane>> = factors.chunks_exact(count).map(lanes).collect();
        let factors = (0..lanes(bias).len()).flat_map(|some| rows.iter().map(move |row| row[some])).collect();
        Some(Self { width, dimensions, count, factors, bias: lanes(bias) })
    }

    /// How many filters there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// How many numbers a word is.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// For each filter, what it found most of.
    pub fn strongest(&self, vectors: &[f32]) -> impl Iterator<Item = f32> {
        let lanes = self.factors.chunks_exact(self.width * self.dimensions).zip(&self.bias);
        lanes.flat_map(|(factors, bias)| self.strongest_of(vectors, factors, bias)).take(self.count)
    }

    fn strongest_of(&self, vectors: &[f32], factors: &[Lane], bias: &Lane) -> Lane {
        let words = vectors.len() / self.dimensions;
        let mut strongest = [f32::NEG_INFINITY; SIDE_BY_SIDE];
        for at in 0..words {
            let mut sums = *bias;
            let span = self.span(at, words);
            let from = span.start + self.width / 2 - at;
            let seen = &vectors[span.start * self.dimensions..span.end * self.dimensions];
            for (value, factors) in seen.iter().zip(&factors[from * self.dimensions..]) {
                sums = from_fn(|filter| sums[filter] + value * factors[filter]);
            }
            strongest = from_fn(|filter| strongest[filter].max(sums[filter]));
        }
        strongest
    }

    /// The words that are looked at around the word `at`.
    fn span(&self, at: usize, words: usize) -> Range<usize> {
        at.saturating_sub(self.width / 2)..words.min(at + self.width / 2 + 1)
    }

    /// The bytes that this takes.
    pub fn bytes(&self) -> usize {
        size_of_val(self.factors.as_slice()) + size_of_val(self.bias.as_slice())
    }
}

/// Numbers side by side, filled up with nothing.
fn lane(numbers: &[f32]) -> Lane {
    from_fn(|place| numbers.get(place).copied().unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strongest(filters: &Filters, vectors: &[f32]) -> Vec<f32> {
        filters.strongest(vectors).collect()
    }

    #[test]
    fn a_filter_tells_what_it_found_most_of() {
        let filters = Filters::new(3, 1, &[1.0, 10.0, 100.0], &[0.5]).unwrap();
        // The middle word counts tenfold, the next one a hundredfold; beyond the edges there is nothing.
        assert_eq!(strongest(&filters, &[3.0, 1.0, 2.0]), [213.5]);
        assert_eq!(filters.span(0, 3), 0..2);
        assert_eq!(strongest(&filters, &[]), [f32::NEG_INFINITY]);
    }

    #[test]
    fn however_many_filters_there_are_each_finds_its_own() {
        // Filter n makes n of a word's first number and nothing of its second.
        let factors: Vec<f32> = (0..20).map(|filter| filter as f32).chain([0.0; 20]).collect();
        let filters = Filters::new(1, 2, &factors, &[0.0; 20]).unwrap();
        let expected: Vec<f32> = (0..20).map(|filter| filter as f32 * 7.0).collect();
        assert_eq!(strongest(&filters, &[7.0, 9.0, 2.0, 50.0]), expected);
    }

    #[test]
    fn numbers_that_do_not_fit_each_other_make_no_filters() {
        assert!(Filters::new(2, 1, &[1.0, 1.0], &[0.0]).is_none(), "an even width");
        assert!(Filters::new(1, 1, &[], &[]).is_none(), "no filter");
        assert!(Filters::new(3, 1, &[1.0, 1.0], &[0.0]).is_none(), "a factor too few");
        assert!(Filters::new(usize::MAX, 2, &[1.0], &[0.0]).is_none(), "too wide");
    }
}
