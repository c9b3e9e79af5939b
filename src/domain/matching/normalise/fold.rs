//! Folding characters: many ways to type a letter become one, and each folded letter remembers where it stood.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// One folded character and the bytes of the original text that it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// The folded character.
    pub letter: char,
    /// Where it begins in the original, in bytes.
    pub start: u32,
    /// Where it ends in the original, in bytes.
    pub end: u32,
}

impl Cell {
    /// Whether it can stand in a word.
    pub fn in_word(self) -> bool {
        self.letter.is_ascii_alphanumeric()
            || (!self.letter.is_ascii() && (self.letter.is_alphanumeric() || is_combining_mark(self.letter)))
    }
}

/// Folds a text: compatibility forms, case, diacritics of Latin and Greek letters and curly apostrophes; invisible
/// characters vanish. At most `most` characters are read, and no more are made of them: one of them may stand for eighteen.
pub(super) fn fold(text: &str, most: usize) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(text.len().min(most) + 1);
    let mut accents = Accents::default();
    for (start, character) in text.char_indices().take(most) {
        if cells.len() >= most {
            break;
        }
        let (start, end) = (offset(start), offset(start + character.len_utf8()));
        if character.is_ascii() {
            accents.keep(character);
            cells.push(Cell { letter: character.to_ascii_lowercase(), start, end });
        } else if !is_invisible(character) {
            fold_one(character, &mut |letter| {
                if accents.keep(letter) {
                    cells.push(Cell { letter, start, end });
                }
            });
        }
    }
    cells
}

/// Byte offsets are kept in 32 bits: no message comes near four gigabytes.
fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// Tells which accents to keep. They carry meaning in other scripts (й is not и), so that they are dropped only from
/// Latin and Greek letters, and where they stand on no letter at all.
#[derive(Default)]
struct Accents {
    base: Option<char>,
}

impl Accents {
    /// Whether to keep `letter`, which follows the ones told before.
    fn keep(&mut self, letter: char) -> bool {
        if letter.is_ascii() {
            self.base = Some(letter);
            return true;
        }
        if !is_combining_mark(letter) {
            self.base = Some(letter);
        }
        let bare = self.base.is_none_or(|base| is_plain(base) || !base.is_alphanumeric());
        !(bare && is_accent(letter))
    }
}

fn fold_one(character: char, sink: &mut impl FnMut(char)) {
    if let Some(letter) = symbol_letter(character) {
        return sink(letter);
    }
    decompose_compatible(character, |part| {
        // There and back, so that letters with several forms of one case (ſ, ς, ẞ) come out alike.
        for lower in part.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase) {
            decompose_compatible(lower, |piece| sink(straight_quote(piece)));
        }
    });
}

fn straight_quote(character: char) -> char {
    match character {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{2b9}' | '\u{2032}' | '\u{b4}' | '\u{ff07}' => '\'',
        other => other,
    }
}

/// Letters that Unicode files under symbols: negative circled and squared capitals, regional indicators.
fn symbol_letter(character: char) -> Option<char> {
    let from = [0x1f150_u32, 0x1f170, 0x1f1e6].into_iter().find(|from| {
        let code = u32::from(character);
        (*from..from + 26).contains(&code)
    })?;
    char::from_u32(u32::from('a') + u32::from(character) - from)
}

/// Characters that show nothing: zero-width ones, directions, variation selectors, tags.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Replaces look-alikes by the Latin letters they look like, in a word that holds a Latin letter already or that is made
/// of look-alikes only: a Russian word has letters that look like nothing Latin, and stays.
pub(super) fn latinise(word: String) -> String {
    let latin = word.bytes().any(|byte| byte.is_ascii_alphabetic());
    let plain = word.is_ascii()
        || !(latin
            || word.chars().all(|letter| letter.is_ascii() || is_accent(letter) || look_alike(letter).is_some()));
    if plain {
        return word;
    }
    // The accents that another script had to keep go with its letter.
    let mut accents = Accents::default();
    word.chars().map(|letter| look_alike(letter).unwrap_or(letter)).filter(|letter| accents.keep(*letter)).collect()
}

fn is_accent(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

/// Whether a letter keeps its meaning without its accents: Latin and Greek ones do.
fn is_plain(letter: char) -> bool {
    letter < '\u{300}' || ('\u{370}'..'\u{400}').contains(&letter) || ('\u{1e00}'..='\u{1fff}').contains(&letter)
}

/// The Latin letter that a character looks like: Cyrillic, Greek, small capitals and a few phonetic signs.
fn look_alike(character: char) -> Option<char> {
    const PAIRS: &[(&str, char)] = &[
        ("аαᴀɑ", 'a'),
        ("вβʙ", 'b'),
        ("сᴄϲ", 'c'),
        ("ԁᴅđ", 'd'),
        ("еєεᴇ", 'e'),
        ("ꜰƒ", 'f'),
        ("ɢɡ", 'g'),
        ("һнʜ", 'h'),
        ("іιɪı", 'i'),
        ("јᴊ", 'j'),
        ("кκᴋ", 'k'),
        ("ӏʟł", 'l'),
        ("мᴍ", 'm'),
        ("пɴη", 'n'),
        ("оοᴏσø", 'o'),
        ("рρᴘ", 'p'),
        ("ԛ", 'q'),
        ("гʀ", 'r'),
        ("ѕꜱ", 's'),
        ("тτᴛ", 't'),
        ("υᴜ", 'u'),
        ("ѵνᴠ", 'v'),
        ("ԝωᴡ", 'w'),
        ("хχ", 'x'),
        ("уγʏ", 'y'),
        ("ᴢ", 'z'),
    ];
    PAIRS.iter().find(|(likes, _)| likes.contains(character)).map(|(_, letter)| *letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        latinise(fold(text, usize::MAX).iter().map(|cell| cell.letter).collect())
    }

    #[test]
    fn many_ways_to_type_a_letter_become_one() {
        for written in
            ["Back", "ＢＡＣＫ", "𝐛𝐚𝐜𝐤", "bаck", "BÄCK", "b\u{200b}ack", "🅱ack", "ʙᴀᴄᴋ", "ВАСК", "ba\u{301}ck"]
        {
            assert_eq!(folded(written), "back", "{written}");
        }
        assert_eq!(folded("back’s"), "back's");
    }

    #[test]
    fn words_of_other_scripts_keep_their_letters() {
        assert_eq!(folded("поясница"), "поясница");
        assert_eq!(folded("й"), "и\u{306}");
    }

    #[test]
    fn each_letter_remembers_its_place() {
        let cells = fold("é!", usize::MAX);
        assert_eq!(cells, [Cell { letter: 'e', start: 0, end: 2 }, Cell { letter: '!', start: 2, end: 3 }]);
    }
}
