//! Lines that fit.

use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;

use super::canvas::width_of;
use super::markdown::Run;

/// What is not parted: the pieces of a word, each in its style.
#[derive(Debug, Default)]
struct Word {
    pieces: Vec<Run>,
    width: f64,
    space: f64,
}

impl Fragment for Word {
    fn width(&self) -> f64 {
        self.width
    }

    fn whitespace_width(&self) -> f64 {
        self.space
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// Breaks text into lines that are at most so wide, in units of the text's size.
pub fn wrap(runs: &[Run], width: f64) -> Vec<Vec<Run>> {
    let words = words(runs);
    wrap_first_fit(&words, &[width]).into_iter().map(joined).collect()
}

fn words(runs: &[Run]) -> Vec<Word> {
    let mut words = vec![Word::default()];
    for run in runs {
        for piece in run.text.split_inclusive(' ') {
            let bare = piece.trim_end_matches(' ');
            if let Some(word) = words.last_mut() {
                word.width += width_of(bare, run.style.bold || run.style.code);
                word.pieces.push(Run { text: piece.to_owned(), style: run.style });
            }
            if bare.len() < piece.len() {
                if let Some(word) = words.last_mut() {
                    word.space = width_of(" ", run.style.bold);
                }
                words.push(Word::default());
            }
        }
    }
    words.retain(|word| !word.pieces.is_empty());
    words
}

/// The words of a line as runs: neighbours in the same style together.
fn joined(words: &[Word]) -> Vec<Run> {
    let mut line: Vec<Run> = Vec::new();
    for piece in words.iter().flat_map(|word| &word.pieces) {
        match line.last_mut() {
            Some(last) if last.style == piece.style => last.text.push_str(&piece.text),
            _ => line.push(piece.clone()),
        }
    }
    if let Some(last) = line.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    line
}
