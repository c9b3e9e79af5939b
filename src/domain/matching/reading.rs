//! From the words of a message to the numbers that phrases are made of.

use std::ops::Range;

use super::normalise::{Kind, Piece, pieces, quotations};
use super::vocabulary::{NUMBER, PAUSE, QUESTION, STOP, UNKNOWN, Vocabulary, key_of};

/// Run-together words are taken apart up to this length, in letters.
const LONGEST_RUN: usize = 32;

/// Shortest run-together word.
const SHORTEST_RUN: usize = 8;

/// How much a message is mended: a slip counts 1, a run-together word 8. Whoever needs more writes to be hard to read.
const MOST_MENDED: usize = 128;

/// One word or boundary of a message, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The word's number.
    pub word: u32,
    /// What it is besides: a number, a notion, or nothing (0).
    pub also: u32,
    /// The key of the word as it is spelt, known or not.
    pub key: u32,
    /// Where it begins in the original, in bytes.
    pub start: u32,
    /// Where it ends in the original, in bytes.
    pub end: u32,
    /// Whether it stands in a quotation.
    pub is_quoted: bool,
}

impl Token {
    /// Whether this ends a sentence.
    pub fn is_stop(&self) -> bool {
        self.word == STOP || self.word == QUESTION
    }
}

/// Reads a message with the words that `vocabularies` know, the first of them having the first say. A stop is put
/// before and behind, so that a phrase can ask for the edge of a sentence.
pub fn read(text: &str, vocabularies: &[&Vocabulary]) -> Vec<Token> {
    let pieces = pieces(text);
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let mut tokens = Vec::with_capacity(pieces.len() + 8);
    tokens.push(boundary(STOP, 0, 0));
    let mut mended = 0;
    for piece in &pieces {
        match piece.kind {
            Kind::Word => read_word(piece, vocabularies, &mut mended, &mut tokens),
            Kind::Stop => tokens.push(boundary(STOP, piece.start, piece.end)),
            Kind::Question => tokens.push(boundary(QUESTION, piece.start, piece.end)),
            Kind::Pause => tokens.push(boundary(PAUSE, piece.start, piece.end)),
        }
    }
    tokens.push(boundary(STOP, end, end));
    mark_quoted(&mut tokens, &quotations(text));
    tokens
}

/// Marks the tokens that stand in quotations. Both are in the order of the text and are gone through together.
fn mark_quoted(tokens: &mut [Token], quotations: &[Range<usize>]) {
    let mut quotations = quotations.iter().peekable();
    for token in tokens {
        let start = token.start as usize;
        while quotations.next_if(|quotation| quotation.end <= start).is_some() {}
        token.is_quoted = quotations.peek().is_some_and(|quotation| quotation.contains(&start));
    }
}

fn boundary(word: u32, start: u32, end: u32) -> Token {
    Token { word, also: UNKNOWN, key: word, start, end, is_quoted: false }
}

/// A word of the message as the word with number `word`, or as it is spelt where no vocabulary knows it.
fn token(piece: &Piece, word: u32, vocabularies: &[&Vocabulary]) -> Token {
    let known = vocabularies.iter().find_map(|vocabulary| vocabulary.key(word));
    let key = known.unwrap_or_else(|| key_of(&piece.text));
    Token { word, also: UNKNOWN, key, start: piece.start, end: piece.end, is_quoted: false }
}

fn read_word(piece: &Piece, vocabularies: &[&Vocabulary], mended: &mut usize, tokens: &mut Vec<Token>) {
    let whole = |word| token(piece, word, vocabularies);
    if piece.text.starts_with(|letter: char| letter.is_ascii_digit()) && is_number(&piece.text) {
        let stem = piece.text.split('.').next().unwrap_or_default();
        let word = exact(stem, vocabularies).unwrap_or(UNKNOWN);
        tokens.push(Token { also: NUMBER, ..whole(word) });
        // What only a number with decimals tells: 38 may be an age, 38.5 is a fever.
        let decimal = (stem.len() < piece.text.len()).then(|| format!("{stem}.x"));
        let meant = decimal.and_then(|decimal| vocabularies.iter().find_map(|known| known.spelling(&decimal)));
        tokens.extend(meant.into_iter().flatten().map(|word| whole(*word)));
    } else if let Some(meant) = known(&piece.text, vocabularies) {
        tokens.extend(meant.as_slice().iter().map(|word| whole(*word)));
    } else if *mended < MOST_MENDED {
        *mended += mend(piece, vocabularies, tokens);
    } else {
        tokens.push(whole(UNKNOWN));
    }
}

/// Finds what an unknown word was meant to be: fewer doubled letters, letters for digits, one slip, words run together.
/// Answers how much that counts.
fn mend(piece: &Piece, vocabularies: &[&Vocabulary], tokens: &mut Vec<Token>) -> usize {
    let whole = |word| token(piece, word, vocabularies);
    let undigited = letters_for_digits(&piece.text);
    let text = undigited.as_deref().unwrap_or(&piece.text);
    let real = vocabularies.iter().any(|vocabulary| vocabulary.is_real(text));
    let undoubled = if real { None } else { without_doubles(text) };
    for candidate in [Some(text), undoubled.as_deref()].into_iter().flatten() {
        if let Some(meant) = known(candidate, vocabularies) {
            tokens.extend(meant.as_slice().iter().map(|word| whole(*word)));
            return 0;
        }
    }
    if let Some(word) = vocabularies.iter().find_map(|vocabulary| vocabulary.with_whole_ending(text)) {
        tokens.push(whole(word));
        return 0;
    }
    if real {
        tokens.push(whole(UNKNOWN));
        return 0;
    }
    if let Some(word) = vocabularies.iter().find_map(|vocabulary| vocabulary.nearest(text)) {
        tokens.push(whole(word));
        return 1;
    }
    if !may_be_run_together(text, vocabularies) {
        tokens.push(whole(UNKNOWN));
        return 1;
    }
    match take_apart(text, vocabularies) {
        Some(parts) => tokens.extend(parts.into_iter().map(whole)),
        None => tokens.push(whole(UNKNOWN)),
    }
    8
}

/// One word, or the words of a spelling.
enum Meant<'v> {
    One([u32; 1]),
    Several(&'v [u32]),
}

impl Meant<'_> {
    fn as_slice(&self) -> &[u32] {
        match self {
            Meant::One(one) => one,
            Meant::Several(several) => several,
        }
    }
}

fn known<'v>(text: &str, vocabularies: &[&'v Vocabulary]) -> Option<Meant<'v>> {
    vocabularies.iter().find_map(|vocabulary| match vocabulary.spelling(text) {
        Some(meant) => Some(Meant::Several(meant)),
        None => vocabulary.exact(text).map(|word| Meant::One([word])),
    })
}

fn exact(text: &str, vocabularies: &[&Vocabulary]) -> Option<u32> {
    vocabularies.iter().find_map(|vocabulary| vocabulary.exact(text))
}

fn is_number(text: &str) -> bool {
    text.chars().all(|letter| letter.is_ascii_digit() || letter == '.')
}

/// "b4ck" is "back": digits that look like letters, in a word that has letters.
fn letters_for_digits(text: &str) -> Option<String> {
    let mixed = text.bytes().any(|byte| byte.is_ascii_digit()) && text.bytes().any(|byte| byte.is_ascii_lowercase());
    mixed.then(|| {
        text.chars()
            .map(|letter| match letter {
                '0' => 'o',
                '1' => 'i',
                '3' => 'e',
                '4' => 'a',
                '5' => 's',
                '7' => 't',
                '8' => 'b',
                other => other,
            })
            .collect()
    })
}

/// The word with each doubled letter written once: "baack", "outt".
fn without_doubles(text: &str) -> Option<String> {
    let mut single = String::with_capacity(text.len());
    for letter in text.chars() {
        if !single.ends_with(letter) {
            single.push(letter);
        }
    }
    (single.len() < text.len()).then_some(single)
}

/// Whether the text may be several words, one of which carries meaning ("mybackwentout").
fn may_be_run_together(text: &str, vocabularies: &[&Vocabulary]) -> bool {
    (SHORTEST_RUN..=LONGEST_RUN).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase())
        && vocabularies.iter().any(|vocabulary| vocabulary.kernels().any(|kernel| text.contains(kernel)))
}

/// Takes a run-together word apart into known words.
fn take_apart(text: &str, vocabularies: &[&Vocabulary]) -> Option<Vec<u32>> {
    let length = text.len();
    // ways[end] is the last word of the way to read the first `end` letters in the fewest words.
    let mut ways: Vec<Option<(usize, usize, u32)>> = vec![None; length + 1];
    ways[0] = Some((0, 0, UNKNOWN));
    for end in 1..=length {
        for start in end.saturating_sub(12)..end {
            let Some((count, _, _)) = ways[start] else { continue };
            let usable = end - start > 1 || &text[start..end] == "i" || &text[start..end] == "a";
            let Some(word) = usable.then(|| exact(&text[start..end], vocabularies)).flatten() else { continue };
            if ways[end].is_none_or(|(fewest, _, _)| count + 1 < fewest) {
                ways[end] = Some((count + 1, start, word));
            }
        }
    }
    let mut parts = Vec::new();
    let mut end = length;
    while end > 0 {
        let (_, start, word) = ways[end]?;
        parts.push(word);
        end = start;
    }
    parts.reverse();
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::matching::vocabulary::FIRST_WORD;

    #[test]
    fn what_stands_in_any_of_several_quotations_is_quoted() {
        let vocabulary = Vocabulary::starting_at(FIRST_WORD);
        let text = r#"he: "one two three", I: four; "five six seven" eight"#;
        let tokens = read(text, &[&vocabulary]);
        let words = |quoted: bool| -> Vec<&str> {
            let words = tokens.iter().filter(|token| token.word == UNKNOWN && token.is_quoted == quoted);
            words.map(|token| &text[token.start as usize..token.end as usize]).collect()
        };
        assert_eq!(words(true), ["one", "two", "three", "five", "six", "seven"]);
        assert_eq!(words(false), ["he", "I", "four", "eight"]);
    }
}
