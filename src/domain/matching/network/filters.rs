//! Filters that slide over the words.

use ndarray::{Array1, Array2, ArrayView2};

/// Filters of one width.
#[derive(Clone, Debug)]
pub struct Filters {
    /// How many words each looks at; odd.
    width: usize,
    /// For each word that is looked at and each of its numbers, a row of what each filter makes of it.
    factors: Array2<f32>,
    /// What each filter begins with.
    bias: Array1<f32>,
}

impl Filters {
    /// Filters from `factors`, which names for each word that is looked at, and each of its numbers, what each filter makes
    /// of it; nothing if these numbers do not fit each other.
    pub fn new(width: usize, dimensions: usize, factors: &[f32], bias: &[f32]) -> Option<Self> {
        if width.is_multiple_of(2) || dimensions == 0 || bias.is_empty() {
            return None;
        }
        let shape = (width.checked_mul(dimensions)?, bias.len());
        let factors = ArrayView2::from_shape(shape, factors).ok().filter(|known| known.len() == factors.len())?;
        Some(Self { width, factors: factors.to_owned(), bias: bias.iter().copied().collect() })
    }

    /// How many filters there are.
    pub fn count(&self) -> usize {
        self.bias.len()
    }

    /// How many numbers a word is.
    pub fn dimensions(&self) -> usize {
        self.factors.nrows() / self.width
    }

    /// For each filter, what it found most of in the words, whose numbers stand one after the other in `vectors`.
    pub fn strongest(&self, vectors: &[f32]) -> Array1<f32> {
        let found = self.seen(vectors).dot(&self.factors);
        let nothing = Array1::from_elem(self.count(), f32::NEG_INFINITY);
        let strongest = found.rows().into_iter().fold(nothing, |mut strongest, found| {
            strongest.zip_mut_with(&found, |strongest, found| *strongest = strongest.max(*found));
            strongest
        });
        strongest + &self.bias
    }

    /// For each word, a row of the words that are looked at around it; beyond the edges there is nothing.
    fn seen(&self, vectors: &[f32]) -> Array2<f32> {
        let dimensions = self.dimensions();
        let edge = vec![0.0; self.width / 2 * dimensions];
        let words = [edge.as_slice(), vectors, edge.as_slice()].concat();
        let seen: Vec<f32> = words.windows(self.width * dimensions).step_by(dimensions).flatten().copied().collect();
        let shape = (seen.len() / self.factors.nrows(), self.factors.nrows());
        #[expect(clippy::expect_used, reason = "each row is a window, and as long as one")]
        let seen = Array2::from_shape_vec(shape, seen).expect("as many numbers as rows need");
        seen
    }

    /// The bytes that this takes.
    pub fn bytes(&self) -> usize {
        (self.factors.len() + self.bias.len()) * size_of::<f32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strongest(filters: &Filters, vectors: &[f32]) -> Vec<f32> {
        filters.strongest(vectors).to_vec()
    }

    #[test]
    fn a_filter_tells_what_it_found_most_of() {
        let filters = Filters::new(3, 1, &[1.0, 10.0, 100.0], &[0.5]).unwrap();
        // The middle word counts tenfold, the next one a hundredfold; beyond the edges there is nothing.
        assert_eq!(strongest(&filters, &[3.0, 1.0, 2.0]), [213.5]);
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
