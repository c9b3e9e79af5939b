//! What each word matches: for the lanes that name it, which of their elements it fits.

/// A row that names more than one in so many lanes is laid out whole, so that a lane is found at once; others by halving.
const DENSE_FROM: usize = 16;

/// What one word matches.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Whether no gap may span the word.
    pub is_barrier: bool,
    /// The lanes in which it begins a sequence.
    pub begins: &'a [u32],
    lanes: &'a [u32],
    masks: &'a [u64],
}

impl Row<'_> {
    /// The elements of `lane` that the word fits by its name.
    pub fn mask(&self, lane: usize) -> u64 {
        if self.lanes.is_empty() {
            return self.masks.get(lane).copied().unwrap_or(0);
        }
        let lane = u32::try_from(lane).unwrap_or(u32::MAX);
        self.lanes.binary_search(&lane).map_or(0, |found| self.masks[found])
    }
}

/// Where the parts of a row lie.
#[derive(Clone, Copy, Debug, Default)]
struct Extent {
    is_barrier: bool,
    begins: (u32, u32),
    lanes: (u32, u32),
    masks: (u32, u32),
}

/// The rows of all words.
#[derive(Clone, Debug)]
pub struct Rows {
    extents: Vec<Extent>,
    begins: Vec<u32>,
    lanes: Vec<u32>,
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
            begins: Vec::new(),
            lanes: Vec::new(),
            masks: Vec::new(),
            index: Index::Sparse(Vec::new()),
        }
    }
}

impl Rows {
    /// Adds a row, given as pairs of a lane and its mask in the order of the lanes, and answers its number.
    pub fn add(&mut self, pairs: &[(u32, u64)], is_barrier: bool, begins: &[u32], lanes: usize) -> u16 {
        let number = u16::try_from(self.extents.len()).unwrap_or(u16::MAX);
        let mut extent = Extent { is_barrier, begins: extend(&mut self.begins, begins), ..Extent::default() };
        if pairs.len() * DENSE_FROM > lanes {
            let mut row = vec![0; lanes];
            pairs.iter().for_each(|(lane, mask)| row[*lane as usize] = *mask);
            extent.masks = extend(&mut self.masks, &row);
        } else {
            let (lanes, masks): (Vec<u32>, Vec<u64>) = pairs.iter().copied().unzip();
            extent.lanes = extend(&mut self.lanes, &lanes);
            extent.masks = extend(&mut self.masks, &masks);
        }
        self.extents.push(extent);
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
        self.begins.shrink_to_fit();
        self.lanes.shrink_to_fit();
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
            begins: part(&self.begins, extent.begins),
            lanes: part(&self.lanes, extent.lanes),
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
            + size_of_val(self.begins.as_slice())
            + size_of_val(self.lanes.as_slice())
            + size_of_val(self.masks.as_slice())
            + index
    }
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
