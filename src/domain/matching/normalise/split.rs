//! Splitting folded characters into words and boundaries.

use unicode_normalization::UnicodeNormalization;

use super::fold::{Cell, latinise};
use super::markup::Markup;
use super::{Kind, Piece};

/// So many letters in a row, each on its own ("b a c k"), are one word.
const SPACED_LETTERS: usize = 4;

/// Endings after an apostrophe that are words of their own ("back's", "I've"); "n't" stays with its verb.
const CLITICS: [&str; 6] = ["s", "re", "ve", "m", "ll", "d"];

/// Ends of names on the network: "mybackwentout.com" is no sentence.
const NETWORK_ENDINGS: [&str; 10] = ["com", "net", "org", "gg", "io", "tv", "gif", "png", "jpg", "txt"];

/// Splits the characters of a message into words and boundaries.
pub(super) fn split(cells: &[Cell]) -> Vec<Piece> {
    let mut splitter = Splitter {
        cells,
        markup: Markup::new(cells),
        pieces: Vec::with_capacity(cells.len() / 4 + 2),
        singles: vec![],
    };
    splitter.run();
    splitter.pieces
}

struct Splitter<'c> {
    cells: &'c [Cell],
    markup: Markup<'c>,
    pieces: Vec<Piece>,
    /// The cells of the letters that stood alone, up to here, in a row.
    singles: Vec<usize>,
}

impl Splitter<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.cells.len() {
            if let Some(after) = self.markup.skip(at) {
                at = after.max(at + 1);
            } else if self.cells[at].in_word() {
                at = self.word(at);
            } else {
                self.mark(at);
                at += 1;
            }
        }
        self.boundary_of_singles();
    }

    /// Reads the word at `at`; answers where it ends.
    fn word(&mut self, at: usize) -> usize {
        let mut end = at + 1;
        while end < self.cells.len() && (self.cells[end].in_word() || self.joins(end)) {
            end += 1;
        }
        if self.is_network_name(end) {
            return self.after_network_name(end);
        }
        let text = spell(&self.cells[at..end]);
        let mut letters = text.chars();
        if letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none() {
            self.singles.push(at);
        } else {
            self.boundary_of_singles();
        }
        self.push_word(text, at, end);
        end
    }

    /// Whether the sign at `at` belongs to the word around it: an apostrophe, a decimal point, a letter starred for
    /// emphasis, an `@` that stands for an a.
    fn joins(&self, at: usize) -> bool {
        let beside = |index: Option<usize>| index.and_then(|index| self.cells.get(index));
        let (Some(before), Some(after)) = (beside(at.checked_sub(1)), beside(Some(at + 1))) else { return false };
        match self.cells[at].letter {
            '\'' | '*' | '@' => before.in_word() && after.in_word(),
            '.' => before.letter.is_ascii_digit() && after.letter.is_ascii_digit(),
            _ => false,
        }
    }

    /// Whether the word that ends at `end` goes on as a name on the network does: `.com`.
    fn is_network_name(&self, end: usize) -> bool {
        self.cells.get(end).is_some_and(|cell| cell.letter == '.') && {
            let ending: String = self.cells[end + 1..]
                .iter()
                .take(4)
                .take_while(|cell| cell.in_word())
                .map(|cell| cell.letter)
                .collect();
            NETWORK_ENDINGS.contains(&ending.as_str())
        }
    }

    fn after_network_name(&self, end: usize) -> usize {
        let rest = self.cells[end..].iter().position(|cell| cell.letter.is_whitespace());
        rest.map_or(self.cells.len(), |rest| end + rest)
    }

    fn push_word(&mut self, text: String, from: usize, to: usize) {
        let (start, end) = (self.cells[from].start, self.cells[to - 1].end);
        match text.split_once('\'') {
            Some((stem, ending)) if CLITICS.contains(&ending) => {
                let apostrophe = (from..to).rfind(|index| self.cells[*index].letter == '\'').unwrap_or(to - 1);
                let middle = self.cells[apostrophe].start;
                self.push(Kind::Word, stem.to_owned(), start, middle);
                self.push(Kind::Word, format!("'{ending}"), middle, end);
            }
            Some(_) => self.push(Kind::Word, finish(text.replace('\'', "")), start, end),
            None => self.push(Kind::Word, text, start, end),
        }
    }

    /// Notes the boundary, or the word, that a sign stands for.
    fn mark(&mut self, at: usize) {
        let Cell { letter, start, end } = self.cells[at];
        let next = self.cells.get(at + 1).map(|cell| cell.letter);
        let spaced = next.is_none_or(char::is_whitespace);
        match letter {
            '&' | '+' | '=' => {
                self.boundary_of_singles();
                self.push(Kind::Word, letter.to_string(), start, end);
            }
            '.' if next == Some('.') || self.after_dot(at) => self.boundary(Kind::Pause, start, end),
            '.' if self.singles.last().is_some_and(|last| last + 1 == at) && !spaced => {}
            '.' | '!' | '\n' | '。' => self.boundary(Kind::Stop, start, end),
            '?' => self.boundary(Kind::Question, start, end),
            ',' | ';' | ':' | '(' | ')' | '—' | '–' | '[' | ']' => self.boundary(Kind::Pause, start, end),
            '-' if spaced => self.boundary(Kind::Pause, start, end),
            _ if letter.is_ascii() || letter.is_whitespace() => {}
            '"' | '“' | '”' | '„' | '«' | '»' | '…' | '‐' | '‑' => {}
            _ => self.boundary(Kind::Pause, start, end),
        }
    }

    fn after_dot(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.cells[before].letter == '.')
    }

    /// Adds a boundary. Of several in a row the strongest stays.
    fn boundary(&mut self, kind: Kind, start: u32, end: u32) {
        self.boundary_of_singles();
        match self.pieces.last_mut() {
            Some(last) if last.kind != Kind::Word => {
                last.kind = stronger(last.kind, kind);
                last.end = end;
            }
            _ => self.push(kind, String::new(), start, end),
        }
    }

    fn push(&mut self, kind: Kind, text: String, start: u32, end: u32) {
        self.pieces.push(Piece { kind, text, start, end });
    }

    /// Joins the letters that stood alone, now that their row is over.
    fn boundary_of_singles(&mut self) {
        let singles = std::mem::take(&mut self.singles);
        if singles.len() < SPACED_LETTERS {
            return;
        }
        let letters = self.pieces.split_off(self.pieces.len() - singles.len());
        // A wider gap ("b a c k   o u t") parts words, if every part is more than one letter.
        let mut parts: Vec<Vec<Piece>> = Vec::new();
        for (index, letter) in letters.into_iter().enumerate() {
            match parts.last_mut() {
                Some(part) if index > 0 && singles[index] - singles[index - 1] <= 2 => part.push(letter),
                _ => parts.push(vec![letter]),
            }
        }
        if parts.iter().any(|part| part.len() < 2) {
            parts = vec![parts.into_iter().flatten().collect()];
        }
        self.pieces.extend(parts.iter().filter_map(|part| join(part)));
    }
}

/// The stronger of two boundaries that stand side by side: a question, then a stop, then a pause.
fn stronger(one: Kind, other: Kind) -> Kind {
    let rank = |kind| [Kind::Word, Kind::Pause, Kind::Stop, Kind::Question].iter().position(|known| *known == kind);
    if rank(one) >= rank(other) { one } else { other }
}

fn join(letters: &[Piece]) -> Option<Piece> {
    let (first, last) = (letters.first()?, letters.last()?);
    let text: String = letters.iter().map(|letter| letter.text.as_str()).collect();
    Some(Piece { kind: Kind::Word, text: finish(text), start: first.start, end: last.end })
}

/// A word's letters: no stars, `@` read as a, look-alikes as what they look like, no letter more than twice in a row.
fn spell(cells: &[Cell]) -> String {
    let letters = cells.iter().map(|cell| cell.letter).filter(|letter| *letter != '*');
    let mut word = String::with_capacity(cells.len());
    word.extend(letters.map(|letter| if letter == '@' { 'a' } else { letter }));
    finish(word)
}

/// A word's final form: look-alikes as what they look like, accents in their canonical order, nothing stretched.
fn finish(word: String) -> String {
    if word.is_ascii() {
        let is_stretched = word.as_bytes().windows(3).any(|three| three[0] == three[1] && three[1] == three[2]);
        return if is_stretched { shorten(word.chars()) } else { word };
    }
    let word = latinise(word);
    if word.is_ascii() { shorten(word.chars()) } else { shorten(word.nfd()) }
}

/// Shortens stretched letters ("ouuuut") to two; digits stay, 1000 is not 100.
fn shorten(letters: impl Iterator<Item = char>) -> String {
    let mut text = String::new();
    let (mut last, mut run) = ('\0', 0);
    for letter in letters {
        run = if letter == last { run + 1 } else { 1 };
        last = letter;
        if run <= 2 || letter.is_numeric() {
            text.push(letter);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::normalise;

    #[test]
    fn what_discord_adds_is_gone() {
        for (written, plain) in [
            ("**my** back __went__ ~~out~~", "my back went out"),
            ("my ||back|| went out", "my back went out"),
            ("<@123> back <:sob:12> out", "back out"),
            ("> my back went out\nsame", ". same"),
            ("`my back` is code", "is code"),
            ("```my back``` and ```more", "and more"),
            ("see https://back.example/went-out now", "see now"),
            ("mybackwentout.com", ""),
            ("@here back :sob: out", "back out"),
        ] {
            assert_eq!(normalise(written).trim(), plain, "{written}");
        }
    }

    #[test]
    fn stretched_and_spaced_letters_become_words() {
        assert_eq!(normalise("ouuuuuut"), "ouut");
        assert_eq!(normalise("m y b a c k"), "myback");
        assert_eq!(normalise("b a c k  o u t"), "back out");
        assert_eq!(normalise("a b c"), "a b c");
        assert_eq!(normalise("a b c & d"), "a b c & d");
    }

    #[test]
    fn normalising_twice_changes_nothing_even_here() {
        for odd in [
            // Marks of two scripts, which canonical order swaps, before an apostrophe.
            "!\u{594}\u{64f}'s;\u{64f}",
            "ꩠ{a\\𐎀&A¡",
            "A'Όက",
            "Ӑa",
            "ẞ",
            "𐞲𝒚y",
            "outt't",
            "t d `x` i t",
            "t d x.com i t",
            "1e؊\u{311}ߑ",
            "\u{654}\u{64c}\u{654}\u{654}ۈ",
        ] {
            let once = normalise(odd);
            assert_eq!(normalise(&once), once, "{odd}");
        }
    }

    #[test]
    fn boundaries_stay() {
        assert_eq!(normalise("my back... out. why?! ok, fine"), "my back, out. why? ok, fine");
        assert_eq!(normalise("it's 39.4, I don't"), "it's 39.4, i dont");
    }
}
