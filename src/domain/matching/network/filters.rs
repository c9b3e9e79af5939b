//! Filters that slide over the words.

use std::ops::Range;

/// Filters are added up so many at a time: that many sums stay in the registers of any processor.
pub const BLOCK: usize = 16;

/// Filters of one width; their number is a multiple of [`BLOCK`].
#[derive(Clone, Debug)]
pub struct Filters {
    /// How many words each looks at; odd.
    pub width: usize,
    /// How many numbers a word is.
    pub dimensions: usize,
    /// For each word that is looked at, and each of its numbers, what each filter makes of it.
    pub factors: Vec<f32>,
    /// What each filter begins with.
    pub bias: Vec<f32>,
}

impl Filters {
    /// For each filter, what it found most of.
    pub fn strongest(&self, vectors: &[f32], words: usize) -> Vec<f32> {
        let mut strongest = vec![f32::NEG_INFINITY; self.bias.len()];
        for at in 0..words {
            for (block, strongest) in strongest.chunks_exact_mut(BLOCK).enumerate() {
                let sums = self.sums(vectors, words, at, block * BLOCK);
                strongest.iter_mut().zip(sums).for_each(|(known, sum)| *known = known.max(sum));
            }
        }
        strongest
    }

    /// What some filters, from number `first` on, find around the word `at`.
    fn sums(&self, vectors: &[f32], words: usize, at: usize, first: usize) -> [f32; BLOCK] {
        let filters = self.bias.len();
        let mut sums = [0.0; BLOCK];
        sums.copy_from_slice(&self.bias[first..first + BLOCK]);
        for word in self.span(at, words) {
            let vector = &vectors[word * self.dimensions..(word + 1) * self.dimensions];
            let from = (word + self.width / 2 - at) * self.dimensions * filters;
            for (value, factors) in vector.iter().zip(self.factors[from..].chunks_exact(filters)) {
                let factors = &factors[first..first + BLOCK];
                sums.iter_mut().zip(factors).for_each(|(sum, factor)| *sum += value * factor);
            }
        }
        sums
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_tells_what_it_found_most_of() {
        let each = |factor: f32| [factor; BLOCK];
        let factors = [each(1.0), each(10.0), each(100.0)].concat();
        let filters = Filters { width: 3, dimensions: 1, factors, bias: each(0.5).to_vec() };
        // The middle word counts tenfold, the next one a hundredfold; beyond the edges there is nothing.
        assert_eq!(filters.strongest(&[3.0, 1.0, 2.0], 3), each(213.5));
        assert_eq!(filters.span(0, 3), 0..2);
        assert_eq!(filters.strongest(&[], 0), each(f32::NEG_INFINITY));
    }
}
