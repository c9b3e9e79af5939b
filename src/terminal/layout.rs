//! A reply laid out for a terminal.

use anstyle::{AnsiColor, Style};
use textwrap::core::{Word, display_width};
use textwrap::{Options, WordSeparator, WordSplitter};

use super::markup::{BOLD, DIM, Reading, UNBROKEN_SPACE};
use super::session::{Shown, Where};
use super::{controls, words};
use crate::domain::Timestamp;
use crate::domain::reply::{
    AttachedFile, Attachment, Card, Control, Emphasis, MenuChoice, Reply, Selectable, Tone, Visibility,
};

/// How things are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// How many columns there are.
    pub width: usize,
    /// Whether colours and weights can be seen.
    pub styled: bool,
    /// Whether empty lines part the pieces of a reply. In plain output they part the replies.
    pub airy: bool,
}

const NUMBER: Style = AnsiColor::Cyan.on_default().bold();
const ALARM: Style = AnsiColor::Red.on_default();

/// The space between two buttons.
const GAP: &str = "   ";

/// Something to be shown, as lines without trailing spaces; no line break at the end.
pub fn render(shown: &Shown, look: Look) -> String {
    match shown {
        Shown::Reply { reply, place, now } => Page::new(look, *now).reply(reply, *place),
        Shown::Line { text, now } => Page::new(look, *now).text(text, Style::new()),
        Shown::Aside { text, now } => Page::new(look, *now).text(text, DIM),
    }
}

struct Page {
    look: Look,
    reading: Reading,
    /// The pieces; where the look is airy an empty line parts them.
    pieces: Vec<Vec<String>>,
    next_number: usize,
}

impl Page {
    fn new(look: Look, now: Timestamp) -> Self {
        Self { look, reading: Reading { styled: look.styled, now }, pieces: Vec::new(), next_number: 1 }
    }

    fn text(mut self, markdown: &str, style: Style) -> String {
        self.block(markdown, style, "");
        self.finish()
    }

    fn reply(mut self, reply: &Reply, place: Where) -> String {
        let mark = match (place, reply.visibility) {
            (Where::Elsewhere, _) => words::ELSEWHERE.to_owned(),
            (Where::Direct, _) => format!("(direct message, <t:{}:t>)", self.reading.now.as_seconds()),
            (Where::Channel, Visibility::Private) => "(only you see this)".to_owned(),
            (Where::Channel, Visibility::Public) => String::new(),
        };
        self.block(&mark, DIM, "");
        let ping = reply.ping.map(|person| format!("<@{person}>"));
        let lead = [ping, reply.lead.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        self.block(&lead, Style::new(), "");
        if let Some(card) = &reply.card {
            self.card(card);
        }
        if let Some(attachment) = &reply.attachment {
            self.block(&attachment.caption, Style::new(), "");
            self.file(attachment);
        }
        for row in &reply.controls {
            self.row(row);
        }
        self.finish()
    }

    /// A file. One to read is shown as it is, since here nobody can download it.
    fn file(&mut self, attachment: &Attachment) {
        self.block(&words::file(&attachment.file.name(), &attachment.alt), DIM, "");
        if let AttachedFile::Made { bytes, is_picture: false, .. } = &attachment.file {
            let text = String::from_utf8_lossy(bytes);
            self.pieces.push(text.lines().map(plain_line).collect());
        }
    }

    fn card(&mut self, card: &Card) {
        self.block(&card.title, title_style(card.tone), "");
        self.block(&card.body, Style::new(), "");
        for section in &card.sections {
            let mut lines = self.wrapped(&section.heading, BOLD, "");
            lines.extend(self.wrapped(&section.text, Style::new(), "  "));
            self.pieces.push(lines);
        }
        self.block(&card.footer, DIM, "");
    }

    fn row(&mut self, row: &[Control]) {
        let mut buttons = Vec::new();
        for control in row {
            match control {
                Control::Button { label, emphasis, .. } => buttons.push(self.button(label, *emphasis)),
                Control::Menu { placeholder, choices } => self.menu(placeholder, choices),
                Control::Select { placeholder, what, .. } => self.list(placeholder, what),
            }
        }
        let lines = in_rows(buttons, self.look.width);
        self.pieces.push(lines);
    }

    fn button(&mut self, label: &str, emphasis: Emphasis) -> String {
        let style = match emphasis {
            Emphasis::Strong => BOLD,
            Emphasis::Plain => Style::new(),
            Emphasis::Alarming => ALARM,
        };
        let number = self.number();
        format!("{number} {}", self.reading.line(label, style)).replace(UNBROKEN_SPACE, " ")
    }

    fn number(&mut self) -> String {
        let number = format!("[{}]", self.next_number);
        self.next_number += 1;
        self.reading.line(&number, NUMBER)
    }

    fn menu(&mut self, placeholder: &str, choices: &[MenuChoice]) {
        let mut lines = self.wrapped(placeholder, BOLD, "");
        for choice in choices {
            let marker = format!("{} ", self.number());
            let label = self.reading.line(&choice.label, Style::new());
            let description = self.reading.line(&choice.description, DIM);
            let text = if description.is_empty() { label } else { format!("{label}: {description}") };
            lines.extend(wrap(&text, &marker, "", self.look.width));
        }
        self.pieces.push(lines);
    }

    fn list(&mut self, placeholder: &str, what: &Selectable) {
        let mut lines = self.wrapped(placeholder, BOLD, "");
        let choices = controls::lines(what);
        if choices.is_empty() {
            lines.extend(self.wrapped(words::NO_ROLES, DIM, ""));
        }
        for choice in choices {
            let marker = format!("{} ", self.number());
            let label = self.reading.line(&choice.label, Style::new());
            let label = if choice.chosen { format!("{label} {}", words::CHOSEN) } else { label };
            let description = choice.description.map(|description| self.reading.line(&description, DIM));
            let text = description.map_or_else(|| label.clone(), |description| format!("{label}: {description}"));
            lines.extend(wrap(&text, &marker, "", self.look.width));
        }
        self.pieces.push(lines);
    }

    fn block(&mut self, markdown: &str, style: Style, indent: &str) {
        let lines = self.wrapped(markdown, style, indent);
        self.pieces.push(lines);
    }

    fn wrapped(&self, markdown: &str, style: Style, indent: &str) -> Vec<String> {
        let paragraphs = self.reading.paragraphs(markdown, style);
        let shown = paragraphs.iter().filter(|paragraph| self.look.airy || !paragraph.text.is_empty());
        shown.flat_map(|paragraph| wrap(&paragraph.text, &paragraph.marker, indent, self.look.width)).collect()
    }

    fn finish(self) -> String {
        let separator = if self.look.airy { "\n\n" } else { "\n" };
        let pieces = self.pieces.into_iter().filter(|lines| !lines.is_empty()).map(|lines| lines.join("\n"));
        pieces.collect::<Vec<_>>().join(separator)
    }
}

fn title_style(tone: Tone) -> Style {
    match tone {
        Tone::Calm | Tone::Neutral => BOLD,
        Tone::Careful => AnsiColor::Yellow.on_default().bold(),
        Tone::Urgent => AnsiColor::Red.on_default().bold(),
    }
}

/// A line as it is, without what could steer a terminal.
fn plain_line(line: &str) -> String {
    line.chars().filter(|letter| !letter.is_control()).collect()
}

/// Buttons beside each other as far as they fit; one is never broken in two.
fn in_rows(buttons: Vec<String>, width: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for button in buttons {
        match rows.last_mut() {
            Some(row) if display_width(row) + GAP.len() + display_width(&button) <= width => {
                row.push_str(GAP);
                row.push_str(&button);
            }
            _ => rows.push(button),
        }
    }
    rows
}

fn wrap(text: &str, marker: &str, indent: &str, width: usize) -> Vec<String> {
    let first = format!("{indent}{marker}");
    let following = " ".repeat(display_width(&first));
    let options = Options::new(width)
        .initial_indent(&first)
        .subsequent_indent(&following)
        .word_separator(WordSeparator::Custom(words_of))
        .word_splitter(WordSplitter::NoHyphenation)
        // A web address is of no use in two pieces.
        .break_words(false);
    textwrap::wrap(text, options).into_iter().map(|line| line.trim_end().replace(UNBROKEN_SPACE, " ")).collect()
}

/// The places where a line may end: spaces, and inside the words of languages that write none the places of Unicode.
/// Those would also end a line within `/time +10m` or a web address, which somebody may want to copy.
fn words_of(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let by_spaces = WordSeparator::AsciiSpace.find_words(line);
    Box::new(by_spaces.flat_map(|word| -> Box<dyn Iterator<Item = Word<'_>>> {
        if word.word.is_ascii() || word.word.contains("://") || word.word.contains(UNBROKEN_SPACE) {
            return Box::new(std::iter::once(word));
        }
        let mut parts: Vec<Word<'_>> = WordSeparator::UnicodeBreakProperties.find_words(word.word).collect();
        match parts.last_mut() {
            Some(last) => last.whitespace = word.whitespace,
            None => parts.push(word),
        }
        Box::new(parts.into_iter())
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_a_list_hang_and_addresses_stay_whole() {
        let lines = wrap("Lie down, see <https://example.com/a/very/long/address> for more", "1. ", "  ", 24);
        assert_eq!(lines, ["  1. Lie down, see", "     <https://example.com/a/very/long/address>", "     for more"]);
    }

    #[test]
    fn wide_characters_count_twice_and_break_without_spaces() {
        for line in wrap("腰が抜けたときは深呼吸して横になる", "", "", 10) {
            assert!(display_width(&line) <= 10, "{line}");
        }
    }

    #[test]
    fn styles_take_no_room() {
        let styled = Reading { styled: true, now: Timestamp::from_millis(0) }.line("**one** two", Style::new());
        assert_eq!(wrap(&styled, "", "", 7).len(), 1);
    }

    #[test]
    fn buttons_are_never_broken_in_two() {
        let buttons = ["[1] Breathe with me", "[2] Walk", "[3] Help"].map(str::to_owned).to_vec();
        assert_eq!(in_rows(buttons, 30), ["[1] Breathe with me   [2] Walk", "[3] Help"]);
    }
}
