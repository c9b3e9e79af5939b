//! The Markdown of replies as text for a terminal: marks become styles, or go, where nothing can be styled.

use anstyle::{AnsiColor, Style};

use super::time_words::marked_time;
use super::{BOT, PERSON};
use crate::domain::Timestamp;

/// Something that people read first.
pub const BOLD: Style = Style::new().bold();
/// Something that people read last.
pub const DIM: Style = Style::new().dimmed();
const ITALIC: Style = Style::new().italic();
const CODE: Style = AnsiColor::Cyan.on_default();

/// A space at which no line ends: what somebody is to type stays together. The layout makes it a space again.
pub const UNBROKEN_SPACE: &str = "\u{a0}";

/// Code longer than this, in bytes, may be broken after all.
const LONGEST_UNBROKEN: usize = 24;

/// A paragraph, or an item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// What stands before its first line: `1. `, `- `.
    pub marker: String,
    /// The text, with its styles as escape sequences.
    pub text: String,
}

/// What a text needs to be shown.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// Whether styles can be seen.
    pub styled: bool,
    /// The present moment, for "in 1 h".
    pub now: Timestamp,
}

impl Reading {
    /// The paragraphs of a text, all of it in `base` style. An empty line is an empty paragraph.
    pub fn paragraphs(self, markdown: &str, base: Style) -> Vec<Paragraph> {
        markdown.lines().map(|line| self.paragraph(line.trim(), base)).collect()
    }

    fn paragraph(self, line: &str, base: Style) -> Paragraph {
        let (marker, text, style) = if let Some(text) = line.strip_prefix("-# ") {
            ("", text, base.dimmed())
        } else if let Some(text) = ["# ", "## ", "### "].iter().find_map(|mark| line.strip_prefix(mark)) {
            ("", text, base.bold())
        } else {
            let (marker, text) = line.split_at(marker_length(line));
            (marker, text, base)
        };
        Paragraph { marker: marker.to_owned(), text: self.line(text, style) }
    }

    /// One line in `base` style.
    pub fn line(self, markdown: &str, base: Style) -> String {
        let mut pen = Pen { reading: self, out: String::with_capacity(markdown.len() + 16), styles: Vec::new() };
        pen.within(base, |pen| pen.spans(markdown));
        pen.out
    }
}

fn marker_length(line: &str) -> usize {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) && line[digits..].starts_with(". ") {
        return digits + 2;
    }
    if ["- ", "* ", "> "].iter().any(|mark| line.starts_with(mark)) { 2 } else { 0 }
}

struct Pen {
    reading: Reading,
    out: String,
    styles: Vec<Style>,
}

impl Pen {
    fn spans(&mut self, text: &str) {
        let (mut written, mut at) = (0, 0);
        while let Some(next) = text[at..].chars().next() {
            match Span::read(&text[at..]) {
                Some((length, span)) => {
                    self.plain(&text[written..at]);
                    self.span(&span);
                    at += length;
                    written = at;
                }
                None => at += next.len_utf8(),
            }
        }
        self.plain(&text[written..]);
    }

    fn span(&mut self, span: &Span<'_>) {
        match *span {
            Span::Bold(inner) => self.within(BOLD, |pen| pen.spans(inner)),
            Span::Italic(inner) => self.within(ITALIC, |pen| pen.spans(inner)),
            Span::Code(inner) if inner.len() <= LONGEST_UNBROKEN => {
                self.within(CODE, |pen| pen.plain(&inner.replace(' ', UNBROKEN_SPACE)));
            }
            Span::Code(inner) => self.within(CODE, |pen| pen.plain(inner)),
            Span::Literal(inner) => self.plain(inner),
            Span::Link { name, address } => {
                self.spans(name);
                self.plain(" ");
                self.within(DIM, |pen| pen.plain(&format!("<{address}>")));
            }
            Span::Time { seconds, style } => self.plain(&marked_time(seconds, style, self.reading.now)),
            Span::Mention(person) if person == PERSON.get() => self.within(BOLD, |pen| pen.plain("@you")),
            Span::Mention(person) if person == BOT.get() => self.within(BOLD, |pen| pen.plain("@Lumbar")),
            Span::Mention(_) => self.plain("@somebody"),
        }
    }

    fn plain(&mut self, text: &str) {
        self.out.extend(text.chars().filter_map(printable));
    }

    /// Escape sequences do not nest: the end of a style is the end of all, so those around it begin again.
    fn within(&mut self, style: Style, write: impl FnOnce(&mut Self)) {
        if !self.reading.styled || style.is_plain() {
            return write(self);
        }
        self.styles.push(style);
        self.out.push_str(&style.render().to_string());
        write(self);
        self.styles.pop();
        self.out.push_str(&style.render_reset().to_string());
        for outer in &self.styles {
            self.out.push_str(&outer.render().to_string());
        }
    }
}

/// A character that can do no harm on a terminal: no escape sequences, no turning of the writing direction.
fn printable(character: char) -> Option<char> {
    match character {
        '\t' => Some(' '),
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => None,
        _ if character.is_control() => None,
        _ => Some(character),
    }
}

/// A text without anything that a terminal would obey.
pub fn visible_line(text: &str) -> String {
    text.chars().filter_map(printable).collect()
}

enum Span<'t> {
    Bold(&'t str),
    Italic(&'t str),
    Code(&'t str),
    Literal(&'t str),
    Link { name: &'t str, address: &'t str },
    Time { seconds: i64, style: char },
    Mention(u64),
}

impl<'t> Span<'t> {
    /// The span that `text` begins with, and how long it is.
    fn read(text: &'t str) -> Option<(usize, Self)> {
        match text.as_bytes().first()? {
            b'\\' => {
                let escaped = text.get(1..2).filter(|next| next.bytes().all(|byte| byte.is_ascii_punctuation()))?;
                Some((2, Self::Literal(escaped)))
            }
            b'*' if text.starts_with("**") => enclosed(text, "**", "**").map(|(length, it)| (length, Self::Bold(it))),
            b'*' => enclosed(text, "*", "*").map(|(length, inner)| (length, Self::Italic(inner))),
            b'`' => enclosed(text, "`", "`").map(|(length, inner)| (length, Self::Code(inner))),
            b'[' => {
                let (name_length, name) = enclosed(text, "[", "]")?;
                let (address_length, address) = enclosed(&text[name_length..], "(", ")")?;
                Some((name_length + address_length, Self::Link { name, address }))
            }
            b'<' => {
                let (length, inner) = enclosed(text, "<", ">")?;
                Some((length, Self::mark(inner)?))
            }
            _ => None,
        }
    }

    fn mark(inner: &'t str) -> Option<Self> {
        if let Some(person) = inner.strip_prefix('@') {
            return person.parse().ok().map(Self::Mention);
        }
        let mut parts = inner.strip_prefix("t:")?.splitn(2, ':');
        let seconds = parts.next()?.parse().ok()?;
        let style = parts.next().and_then(|style| style.chars().next()).unwrap_or('f');
        Some(Self::Time { seconds, style })
    }
}

/// What stands between `open` at the start of `text` and the next `close`, and the length of all three. As in Discord,
/// a mark before a space or before nothing is no mark.
fn enclosed<'t>(text: &'t str, open: &str, close: &str) -> Option<(usize, &'t str)> {
    let rest = text.strip_prefix(open)?;
    let inner = &rest[..rest.find(close)?];
    let is_span = !inner.is_empty() && !inner.starts_with(' ');
    is_span.then_some((open.len() + inner.len() + close.len(), inner))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(styled: bool) -> Reading {
        Reading { styled, now: Timestamp::from_millis(1_795_356_000_000) }
    }

    fn plain(markdown: &str) -> String {
        reading(false).line(markdown, Style::new()).replace(UNBROKEN_SPACE, " ")
    }

    #[test]
    fn marks_go_where_nothing_can_be_styled() {
        for (markdown, expected) in [
            ("**bold** and *soft*, `/back help`", "bold and soft, /back help"),
            ("**a *b* c**", "a b c"),
            ("[NHS: Back pain](https://nhs.uk/x)", "NHS: Back pain <https://nhs.uk/x>"),
            ("at <t:1795359600:t> (<t:1795359600:R>)", "at 15:00 UTC (in 1 h)"),
            ("<@1001>, not <@7>", "@you, not @somebody"),
            (r"2 \* 3", "2 * 3"),
        ] {
            assert_eq!(plain(markdown), expected);
        }
    }

    #[test]
    fn what_is_no_mark_stays() {
        for text in ["2 * 3 * 4", "**open", "a < b > c", "[x] y", "`", "<t:x:R>", "**", "<@>", "\\"] {
            assert_eq!(plain(text), text);
        }
    }

    #[test]
    fn nothing_that_a_terminal_obeys_gets_through() {
        assert_eq!(plain("a\u{1b}[31mb\0c\u{9b}2Jd\u{202e}e\tf"), "a[31mbc2Jde f");
    }

    #[test]
    fn styles_nest_and_end() {
        assert_eq!(
            reading(true).line("**a *b* c** d", Style::new()),
            "\u{1b}[1ma \u{1b}[3mb\u{1b}[0m\u{1b}[1m c\u{1b}[0m d"
        );
    }

    #[test]
    fn lists_and_small_print_are_seen() {
        let paragraphs = reading(false).paragraphs("1. one\n- two\n\n-# small", Style::new());
        let shown: Vec<_> = paragraphs.iter().map(|one| (one.marker.as_str(), one.text.as_str())).collect();
        assert_eq!(shown, [("1. ", "one"), ("- ", "two"), ("", ""), ("", "small")]);
    }
}
