//! Reading a phrase.

use super::{Atom, Item, Phrase, PhraseError};

/// How deep brackets may stand within brackets.
const DEEPEST: usize = 6;

/// A gap without a number spans up to so many words.
const USUAL_GAP: usize = 3;

/// The widest gap there may be, in words.
const WIDEST_GAP: usize = 9;

/// Reads a phrase, or says what is wrong with it.
pub fn parse(text: &str) -> Result<Phrase, PhraseError> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    let mut parts = Vec::new();
    let mut joint = None;
    loop {
        let begin = parser.at;
        let items = parser.items()?;
        if items.is_empty() {
            return Err(parser.error_at(begin, "nothing stands here", "write a word: my back went out"));
        }
        parts.push(items);
        match parser.peek() {
            None => return Ok(Phrase { parts, near: joint == Some('~') }),
            Some(sign @ ('&' | '~')) if joint.is_none_or(|joint| joint == sign) => {
                joint = Some(sign);
                parser.advance();
            }
            Some('&' | '~') => return Err(parser.error("`&` and `~` in one phrase", "use one of them throughout")),
            Some(other) => return Err(parser.stray(other)),
        }
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    /// Reads items up to the end, a `&` or `~`, or whatever closes or parts the bracket that they stand in.
    fn items(&mut self) -> Result<Vec<Item>, PhraseError> {
        let mut items = Vec::new();
        loop {
            self.skip_spaces();
            match self.peek() {
                None | Some('&' | '~' | '|' | ')' | ']') => return Ok(items),
                Some(_) => items.push(self.item()?),
            }
        }
    }

    fn item(&mut self) -> Result<Item, PhraseError> {
        let begin = self.at;
        let (atom, mut optional) = self.atom()?;
        let mut repeat = false;
        if let Some(sign @ ('*' | '+')) = self.peek() {
            // In other languages `*` stands for the rest of a word here.
            if let Atom::Word(word) = &atom {
                let instead = format!("write ({word}){sign}, or name a {{family}}");
                return Err(self.error(format!("`{sign}` repeats a {{family}} or (…), and no plain word"), instead));
            }
            if !matches!(atom, Atom::Family(_) | Atom::Either(_)) {
                return Err(
                    self.error(format!("`{sign}` repeats nothing here"), "put it right behind a {family} or (…)")
                );
            }
            self.advance();
            repeat = true;
            optional |= sign == '*';
        }
        Ok(Item { atom, optional, repeat, span: begin..self.at })
    }

    fn atom(&mut self) -> Result<(Atom, bool), PhraseError> {
        let begin = self.at;
        let atom = match self.peek() {
            Some('{') => self.family()?,
            Some('(') => Atom::Either(self.alternatives(')')?),
            Some('[') => return Ok((Atom::Either(self.alternatives(']')?), true)),
            Some('.') => self.gap_or_stop()?,
            Some('^' | '$') => self.sign(Atom::Edge),
            Some(',') => self.sign(Atom::Pause),
            Some('?') => self.sign(Atom::Question),
            Some(letter) if is_word_letter(letter) => self.word(),
            Some(other) => return Err(self.stray(other)),
            None => return Err(self.error_at(begin, "the phrase ends too early", "write a word")),
        };
        Ok((atom, false))
    }

    fn word(&mut self) -> Atom {
        let begin = self.at;
        while self.peek().is_some_and(is_word_letter) {
            self.advance();
        }
        Atom::Word(self.text[begin..self.at].to_owned())
    }

    fn family(&mut self) -> Result<Atom, PhraseError> {
        let begin = self.at;
        self.advance();
        let rest = &self.text[self.at..];
        let Some(length) = rest.find('}') else {
            return Err(self.error_at(begin, "`{` is never closed", "write the family's name and `}`: {go}"));
        };
        let name = rest[..length].trim();
        if name.is_empty() || !name.chars().all(|letter| letter.is_alphanumeric() || letter == '_' || letter == '-') {
            return Err(self.error_at(begin + 1, "a family's name is letters, digits and hyphens", "write it as {go}"));
        }
        let name = name.to_owned();
        self.at += length + 1;
        Ok(Atom::Family(name))
    }

    fn alternatives(&mut self, close: char) -> Result<Vec<Vec<Item>>, PhraseError> {
        let begin = self.at;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(
                self.error(format!("more than {DEEPEST} brackets within each other"), "write two phrases instead")
            );
        }
        self.advance();
        let mut alternatives = Vec::new();
        loop {
            let items = self.items()?;
            if items.is_empty() {
                return Err(self.error("an empty alternative", "write a word here, or [a|b] for what may be left out"));
            }
            alternatives.push(items);
            match self.peek() {
                Some('|') => self.advance(),
                Some(found) if found == close => break,
                Some(sign @ ('&' | '~')) => {
                    let what = format!("`{sign}` cannot stand in brackets");
                    return Err(self.error(what, "write it between whole parts"));
                }
                Some(other) => return Err(self.stray(other)),
                None => {
                    let open = &self.text[begin..=begin];
                    return Err(self.error_at(begin, format!("`{open}` is never closed"), format!("add a `{close}`")));
                }
            }
        }
        self.advance();
        self.depth -= 1;
        Ok(alternatives)
    }

    fn gap_or_stop(&mut self) -> Result<Atom, PhraseError> {
        let begin = self.at;
        if !self.text[begin..].starts_with("...") {
            return Ok(self.sign(Atom::Stop));
        }
        self.at += 3;
        let digits: String = self.text[self.at..].chars().take_while(char::is_ascii_digit).collect();
        self.at += digits.len();
        let width = if digits.is_empty() { USUAL_GAP } else { digits.parse().unwrap_or(usize::MAX) };
        if width == 0 || width > WIDEST_GAP {
            let instead = format!("write `...`, or `...1` to `...{WIDEST_GAP}`");
            return Err(self.error_at(begin, format!("a gap spans 1 to {WIDEST_GAP} words"), instead));
        }
        Ok(Atom::Gap(width))
    }

    fn sign(&mut self, atom: Atom) -> Atom {
        self.advance();
        atom
    }

    fn skip_spaces(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.advance();
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn advance(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    fn stray(&self, found: char) -> PhraseError {
        let instead = match found {
            ')' | ']' | '}' => "remove it, or open the bracket before it",
            '|' => "put the alternatives in brackets: (locked|seized)",
            '*' | '+' => "put it right behind a {family} or (…)",
            '<' | '>' => "name a word family as {go}",
            '!' => "leave it out, or write . for the end of a sentence",
            '/' => "leave it out; regular expressions are only for a server's own phrases",
            _ => "leave it out: a phrase is words and the signs ( | ) [ ] { } ... ^ $ , . ? & ~ * +",
        };
        self.error(format!("`{found}` means nothing here"), instead)
    }

    fn error(&self, what: impl Into<String>, instead: impl Into<String>) -> PhraseError {
        self.error_at(self.at, what, instead)
    }

    fn error_at(&self, at: usize, what: impl Into<String>, instead: impl Into<String>) -> PhraseError {
        PhraseError::new(self.text, at, what, instead)
    }
}

fn is_word_letter(letter: char) -> bool {
    letter.is_alphanumeric()
        || matches!(letter, '\'' | '’' | '-' | '=')
        || unicode_normalization::char::is_combining_mark(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        parse(text).unwrap_err().to_string()
    }

    #[test]
    fn a_phrase_is_words_and_a_few_marks() {
        for sound in ["my back went out", "{my}+ [lower] back {go} out", "a (b|c d) ...5 e & f", "^ back 's out $"] {
            assert!(parse(sound).is_ok(), "{sound}");
        }
    }

    #[test]
    fn a_plain_word_does_not_repeat() {
        assert_eq!(
            fault("my back* zz"),
            "phrase, character 8 (`my back` → `* zz`): `*` repeats a {family} or (…), and no plain word; \
             write (back)*, or name a {family}"
        );
        for sound in ["my (back)* zz", "{back}+ zz", "(so|very)* sore"] {
            assert!(parse(sound).is_ok(), "{sound}");
        }
    }

    #[test]
    fn an_error_points_at_the_character_and_says_what_to_write() {
        assert_eq!(
            fault("my {bak went"),
            "phrase, character 4 (`my ` → `{bak went`): `{` is never closed; write the family's name and `}`: {go}"
        );
        assert_eq!(
            fault("a (b|) c"),
            "phrase, character 6 (`a (b|` → `) c`): an empty alternative; write a word here, or [a|b] for what may be left out"
        );
        for wrong in [
            "",
            "a & ",
            "(a",
            "a)",
            "a|b",
            "...99 a",
            "* a",
            "((((((((a))))))))",
            "a {b c!}",
            "<a>",
            "back* zz",
            "back+",
            "^*",
            "my back!",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
