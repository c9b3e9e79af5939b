//! What Discord adds to a text and nobody said: code, quoted lines, mentions, custom emoji, links.

use super::fold::Cell;

/// Longest mention or custom emoji that is looked for, in characters; keeps the search linear.
const LONGEST_TAG: usize = 120;

/// Knows how far the piece of markup at a place reaches.
#[derive(Debug)]
pub(super) struct Markup<'c> {
    cells: &'c [Cell],
    /// Where the last run of one, two and three back quotes begins: beyond it no closing one needs to be looked for.
    last_fence: [usize; 3],
}

impl<'c> Markup<'c> {
    /// Looks the text over once.
    pub fn new(cells: &'c [Cell]) -> Self {
        let mut last_fence = [0; 3];
        let mut at = 0;
        while at < cells.len() {
            let run = run_of(cells, at, '`');
            if run > 0 {
                last_fence[run.min(3) - 1] = at;
            }
            at += run.max(1);
        }
        Self { cells, last_fence }
    }

    /// Where the text goes on after markup that begins at `at`; nothing if none does.
    pub fn skip(&self, at: usize) -> Option<usize> {
        match self.cells[at].letter {
            '`' => self.skip_code(at),
            '>' if self.begins_line(at) => self.skip_quote(at),
            '<' => self.skip_tag(at),
            ':' => self.skip_shortcode(at),
            '@' if !at.checked_sub(1).is_some_and(|before| self.cells[before].in_word()) => Some(self.word_end(at + 1)),
            'h' | 'w' | 's' | 'f' if !at.checked_sub(1).is_some_and(|before| self.cells[before].in_word()) => {
                self.skip_link(at)
            }
            _ => None,
        }
    }

    /// Whether only spaces stand before `at` on its line.
    fn begins_line(&self, at: usize) -> bool {
        self.cells[..at].iter().rev().take_while(|cell| cell.letter != '\n').take(8).all(|cell| cell.letter == ' ')
    }

    /// Code, or back quotes that nothing closes: all that stand there in a row, so that none of them is counted twice.
    fn skip_code(&self, at: usize) -> Option<usize> {
        let opening = run_of(self.cells, at, '`');
        let fence = opening.min(3);
        let mut from = at + fence;
        while from <= self.last_fence[fence - 1] {
            let run = run_of(self.cells, from, '`');
            if run > 0 && run.min(3) == fence {
                return Some(from + run);
            }
            from += run.max(1);
        }
        Some(at + opening)
    }

    /// `> ` quotes to the end of the line, `>>> ` to the end of the message.
    fn skip_quote(&self, at: usize) -> Option<usize> {
        let marks = run_of(self.cells, at, '>');
        match (marks, self.letter(at + marks)) {
            (3, Some(' ')) => Some(self.cells.len()),
            (1, Some(' ')) => Some(self.find(at, |letter| letter == '\n')),
            _ => None,
        }
    }

    /// `<@1>`, `<#1>`, `<:name:1>`, `<a:name:1>`, `<t:1:R>`, `</name:1>`, `<https://…>`, `<id:customize>`.
    fn skip_tag(&self, at: usize) -> Option<usize> {
        let inside = self.cells[at + 1..].iter().take(LONGEST_TAG).position(|cell| cell.letter == '>')?;
        let body: String = self.cells[at + 1..at + 1 + inside].iter().map(|cell| cell.letter).collect();
        let tagged = body.starts_with(['@', '#', ':', '/'])
            || ["a:", "t:", "id:", "http:", "https:"].iter().any(|start| body.starts_with(start));
        (tagged && !body.contains(' ')).then_some(at + inside + 2)
    }

    /// `:sob:`, an emoji that Discord did not turn into a picture.
    fn skip_shortcode(&self, at: usize) -> Option<usize> {
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '+' || letter == '-';
        let name = self.cells[at + 1..].iter().take(32).take_while(|cell| is_name(cell.letter)).count();
        (name > 1 && self.letter(at + 1 + name) == Some(':')).then_some(at + name + 2)
    }

    fn skip_link(&self, at: usize) -> Option<usize> {
        let starts = ["http://", "https://", "ftp://", "steam://", "www."];
        let is_link = starts.iter().any(|start| {
            let mut cells = self.cells[at..].iter();
            start.chars().all(|letter| cells.next().is_some_and(|cell| cell.letter == letter))
        });
        is_link
            .then(|| self.find(at, |letter| letter.is_whitespace() || letter == ')' || letter == '>' || letter == '|'))
    }

    fn find(&self, at: usize, wanted: impl Fn(char) -> bool) -> usize {
        self.cells[at..].iter().position(|cell| wanted(cell.letter)).map_or(self.cells.len(), |found| at + found)
    }

    fn word_end(&self, at: usize) -> usize {
        self.cells[at..].iter().position(|cell| !cell.in_word()).map_or(self.cells.len(), |found| at + found)
    }

    fn letter(&self, at: usize) -> Option<char> {
        self.cells.get(at).map(|cell| cell.letter)
    }
}

/// How often `letter` stands in a row from `at` on.
fn run_of(cells: &[Cell], at: usize, letter: char) -> usize {
    cells[at.min(cells.len())..].iter().take_while(|cell| cell.letter == letter).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::matching::normalise::fold::fold;
    use crate::domain::matching::normalise::normalise;

    #[test]
    fn back_quotes_that_nothing_closes_are_passed_in_one_step() {
        let text = format!("{} my back", "`".repeat(3_970));
        let cells = fold(&text, 4_000);
        assert_eq!(Markup::new(&cells).skip(0), Some(3_970));
        assert_eq!(normalise(&text), "my back");
        // What is left of them closes nothing.
        assert_eq!(normalise("```` my `` back"), "my back");
    }

    #[test]
    fn code_is_nothing_that_is_said() {
        assert_eq!(normalise("a `b` ``c ` d`` ```e\nf``` g"), "a g");
    }
}
