//! What each word matches: for the lanes that name it, which of their elements it fits.

use std::iter::from_fn;

/// So many lanes share one block of bits.
const BLOCK: usize = 64;

/// What one word matches.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Whether no gap may span the word.
    pub is_barrier: bool,
    blocks: &'a [Block],
    masks: &'a [u64],
}

/// Which of 64 lanes name a word.
#[derive(Clone, Copy, Debug, Default)]
struct Block {
    /// A bit for each lane.
    named: u64,
    /// A bit for each of these in which the word begins a sequence.
    begins: u64,
    /// How many lanes before these name it: where the masks of these begin.
    before: u32,
}

impl<'a> Row<'a> {
    /// The lanes of a block that name the word, as bits.
    pub fn named(&self, block: usize) -> u64 {
        self.blocks.get(block).map_or(0, |block| block.named)
    }

    /// The blocks with lanes in which the word begins a sequence, and these lanes as bits.
    pub fn begins(&self) -> impl Iterator<Item = (usize, u64)> + use<'a> {
        let blocks = self.blocks.iter().enumerate().filter(|(_, block)| block.begins != 0);
        blocks.map(|(number, block)| (number, block.begins))
    }

    /// The elements of `lane` that the word fits by its name.
    pub fn mask(&self, lane: usize) -> u64 {
        let Some(block) = self.blocks.get(lane / BLOCK) else { return 0 };
        let bit = 1 << (lane % BLOCK);
        // Nearly all lanes that are asked for do not name the word.
        if block.named & bit == 0 {
            return 0;
        }
        let place = block.before + (block.named & (bit - 1)).count_ones();
        self.masks.get(place as usize).copied().unwrap_or(0)
    }

    /// The lanes that name the word, in their order, and the elements that it fits there.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, u64)> + use<'a> {
        let named = self.blocks.iter().enumerate().flat_map(|(number, block)| lanes(number, block.named));
        named.zip(self.masks.iter().copied())
    }
}

/// The lanes of a block that are set in `bits`.
pub fn lanes(block: usize, mut bits: u64) -> impl Iterator<Item = usize> {
    from_fn(move || {
        let bit = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(block * BLOCK + bit)
    })
}

/// The lanes for which `is_set`, as the bits of their blocks.
pub fn bits_of(lanes: usize, is_set: impl Fn(usize) -> bool) -> Vec<u64> {
    let bit = |lane: usize| u64::from(lane < lanes && is_set(lane)) << (lane % BLOCK);
    (0..lanes).step_by(BLOCK).map(|from| (from..from + BLOCK).map(bit).sum()).collect()
}

/// Where the parts of a row lie.
#[derive(Clone, Copy, Debug, Default)]
struct Extent {
    is_barrier: bool,
    blocks: (u32, u32),
    masks: (u32, u32),
}

/// The rows of all words.
#[derive(Clone, Debug)]
pub struct Rows {
    extents: Vec<Extent>,
    blocks: Vec<Block>,
    masks: Vec<u64>,
    index: Index,
}

/// Which row belongs to which word.
#[derive(Clone, Debug)]
enum Index {
    /// By number: fast, for the many words of a language.
    Dense(Vec<u16>),
    /// Sorted pairs: small, for the few words of a server.
    Sparse(Vec<(u32, u16)>),
}

impl Default for Rows {
    fn default() -> Self {
        Self {
            extents: vec![Extent::default()],
            blocks: Vec::new(),
            masks: Vec::new(),
            index: Index::Sparse(Vec::new()),
        }
    }
}

impl Rows {
    /// Adds a row, given as pairs of a lane and its mask in the order of the lanes, and answers its number. `begins` tells
    /// of such a pair whether it begins a sequence.
    pub fn add(&mut self, pairs: &[(u32, u64)], is_barrier: bool, begins: impl Fn(&(u32, u64)) -> bool) -> u16 {
        let number = u16::try_from(self.extents.len()).unwrap_or(u16::MAX);
        let masks: Vec<u64> = pairs.iter().map(|(_, mask)| *mask).collect();
        self.extents.push(Extent {
            is_barrier,
            blocks: extend(&mut self.blocks, &blocks(pairs, begins)),
            masks: extend(&mut self.masks, &masks),
        });
        number
    }

    /// Notes which row belongs to which word. `words` is one more than the highest number of a word where fast look-up
    /// is worth its memory.
    pub fn index(&mut self, mut pairs: Vec<(u32, u16)>, words: Option<u32>) {
        pairs.sort_unstable();
        self.index = match words {
            None => Index::Sparse(pairs),
            Some(words) => {
                let mut dense = vec![0; words as usize];
                for (word, row) in pairs {
                    if let Some(slot) = dense.get_mut(word as usize) {
                        *slot = row;
                    }
                }
                Index::Dense(dense)
            }
        };
        self.extents.shrink_to_fit();
        self.blocks.shrink_to_fit();
        self.masks.shrink_to_fit();
    }

    /// The row of a word; that of a word which no sequence names is empty.
    pub fn of(&self, word: u32) -> Row<'_> {
        let number = match &self.index {
            Index::Dense(rows) => rows.get(word as usize).copied().unwrap_or(0),
            Index::Sparse(pairs) => pairs.binary_search_by_key(&word, |pair| pair.0).map_or(0, |found| pairs[found].1),
        };
        let extent = self.extents[usize::from(number)];
        Row {
            is_barrier: extent.is_barrier,
            blocks: part(&self.blocks, extent.blocks),
            masks: part(&self.masks, extent.masks),
        }
    }

    /// The bytes that this takes.
    pub fn bytes(&self) -> usize {
        let index = match &self.index {
            Index::Dense(rows) => size_of_val(rows.as_slice()),
            Index::Sparse(pairs) => size_of_val(pairs.as_slice()),
        };
        size_of_val(self.extents.as_slice())
            + size_of_val(self.blocks.as_slice())
            + size_of_val(self.masks.as_slice())
            + index
    }
}

/// Which lanes the pairs name, up to the last one.
fn blocks(pairs: &[(u32, u64)], begins: impl Fn(&(u32, u64)) -> bool) -> Vec<Block> {
    let mut blocks = vec![Block::default(); pairs.last().map_or(0, |(lane, _)| *lane as usize / BLOCK + 1)];
    for pair in pairs {
        let (block, bit) = (&mut blocks[pair.0 as usize / BLOCK], 1 << (pair.0 as usize % BLOCK));
        block.named |= bit;
        block.begins |= if begins(pair) { bit } else { 0 };
    }
    let mut before = 0;
    for block in &mut blocks {
        block.before = before;
        before += block.named.count_ones();
    }
    blocks
}

fn part<T>(all: &[T], (from, end): (u32, u32)) -> &[T] {
    &all[from as usize..end as usize]
}

fn extend<T: Copy>(all: &mut Vec<T>, more: &[T]) -> (u32, u32) {
    let place = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let from = place(all.len());
    all.extend_from_slice(more);
    (from, place(all.len()))
}
