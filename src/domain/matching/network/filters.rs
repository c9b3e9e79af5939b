//! Filters that slide over the words.

use std::ops::Range;

/// Filters of one width.
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
        let filters = self.bias.len();
        let mut strongest = vec![f32::NEG_INFINITY; filters];
        let mut sums = vec![0.0_f32; filters];
        for at in 0..words {
            sums.copy_from_slice(&self.bias);
            for (from, word) in (self.span(at, words)).map(|word| (word + self.width / 2 - at, word)) {
                let vector = &vectors[word * self.dimensions..(word + 1) * self.dimensions];
                let factors = &self.factors[from * self.dimensions * filters..];
                for (value, factors) in vector.iter().zip(factors.chunks_exact(filters)) {
                    sums.iter_mut().zip(factors).for_each(|(sum, factor)| *sum += value * factor);
                }
            }
            strongest.iter_mut().zip(&sums).for_each(|(known, sum)| *known = known.max(*sum));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_tells_what_it_found_most_of() {
        let filters = Filters { width: 3, dimensions: 1, factors: vec![1.0, 10.0, 100.0], bias: vec![0.5] };
        // The middle word counts tenfold, the next one a hundredfold; beyond the edges there is nothing.
        assert_eq!(filters.strongest(&[3.0, 1.0, 2.0], 3), [213.5]);
        assert_eq!(filters.span(0, 3), 0..2);
        assert_eq!(filters.strongest(&[], 0), [f32::NEG_INFINITY]);
    }
}
