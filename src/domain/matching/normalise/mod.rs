//! From what somebody typed to plain words, each with its place in the original text.
//!
//! A text becomes words and boundaries. Words are folded (case, compatibility forms, diacritics, look-alikes), stretched
//! letters are shortened to two, letters typed one by one are joined. Boundaries are the ends of sentences and the
//! pauses within them; everything else that is not a word (markdown, code, quoted lines, mentions, links) is gone.

mod fold;
mod markup;
mod quotation;
mod split;

use unicode_normalization::UnicodeNormalization;

pub use quotation::quotations;

/// Characters of a message that are read; Discord allows 4,000 at most.
pub const LONGEST_MESSAGE: usize = 4_000;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word or a number.
    Word,
    /// The end of a sentence or of a line.
    Stop,
    /// A question mark.
    Question,
    /// A comma, dash, bracket, ellipsis or emoji.
    Pause,
}

/// A piece of the text: a word or a boundary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: Kind,
    /// The folded word; empty for a boundary.
    pub text: String,
    /// Where it begins in the original, in bytes.
    pub start: u32,
    /// Where it ends in the original, in bytes.
    pub end: u32,
}

/// Splits a text into its words and boundaries.
pub fn pieces(text: &str) -> Vec<Piece> {
    let cells = fold::fold(text, LONGEST_MESSAGE);
    split::split(&cells)
}

/// The text in normal form: its words and boundaries, and nothing else. Normalising twice changes nothing.
pub fn normalise(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece.kind {
            Kind::Word if piece.text.starts_with('\'') || normal.is_empty() => normal.push_str(&piece.text),
            Kind::Word => {
                normal.push(' ');
                normal.push_str(&piece.text);
            }
            Kind::Stop => normal.push('.'),
            Kind::Question => normal.push('?'),
            Kind::Pause => normal.push(','),
        }
    }
    normal.nfc().collect()
}

/// The folded letters of a text, everything that is no letter being a space.
pub fn folded_letters(text: &str) -> String {
    let sign = |letter: char| matches!(letter, '*' | '@' | '\'');
    let letters: String = fold::fold(text, LONGEST_MESSAGE)
        .into_iter()
        .map(|cell| if cell.in_word() || sign(cell.letter) { cell.letter } else { ' ' })
        .collect();
    letters.split(' ').map(|word| fold::latinise(word.to_owned()) + " ").collect()
}
