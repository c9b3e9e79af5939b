//! The part of Discord's Markdown that the bot's replies use.

/// Words in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    pub style: Style,
}

/// How words are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    pub bold: bool,
    pub italic: bool,
    pub code: bool,
    pub link: bool,
}

/// A line of text, as long as it may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What stands before it: `1.` or a dot.
    pub marker: Option<String>,
    /// Whether it is small print.
    pub small: bool,
    pub runs: Vec<Run>,
}

/// The lines of a text.
pub fn lines(markdown: &str) -> Vec<Line> {
    markdown.lines().map(line).collect()
}

fn line(text: &str) -> Line {
    if let Some(text) = text.strip_prefix("-# ") {
        return Line { marker: None, small: true, runs: runs(text) };
    }
    let (marker, rest) = match text.split_once(' ') {
        Some(("-" | "*", rest)) => (Some("•".to_owned()), rest),
        Some((number, rest)) if is_ordinal(number) => (Some(number.to_owned()), rest),
        _ => (None, text),
    };
    Line { marker, small: false, runs: runs(rest) }
}

fn is_ordinal(word: &str) -> bool {
    word.strip_suffix('.').is_some_and(|number| !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit()))
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    styled(text, Style::default(), &mut runs);
    runs
}

fn styled(text: &str, style: Style, runs: &mut Vec<Run>) {
    let Some((before, inside, after)) = next_mark(text) else {
        return push(text, style, runs);
    };
    push(before, style, runs);
    match inside {
        Mark::Bold(inner) => styled(inner, Style { bold: true, ..style }, runs),
        Mark::Italic(inner) => styled(inner, Style { italic: true, ..style }, runs),
        Mark::Code(inner) => push(inner, Style { code: true, ..style }, runs),
        Mark::Link(name) => styled(name, Style { link: true, ..style }, runs),
        Mark::Time(mark) => push(time_in_words(mark), style, runs),
    }
    styled(after, style, runs);
}

fn push(text: &str, style: Style, runs: &mut Vec<Run>) {
    if !text.is_empty() {
        runs.push(Run { text: text.to_owned(), style });
    }
}

enum Mark<'a> {
    Bold(&'a str),
    Italic(&'a str),
    Code(&'a str),
    Link(&'a str),
    Time(&'a str),
}

/// The first mark, with what stands before and behind it.
fn next_mark(text: &str) -> Option<(&str, Mark<'_>, &str)> {
    text.char_indices().find_map(|(at, _)| {
        let rest = &text[at..];
        let (mark, after) = around(rest, "**", "**")
            .map(|(inner, after)| (Mark::Bold(inner), after))
            .or_else(|| around(rest, "`", "`").map(|(inner, after)| (Mark::Code(inner), after)))
            .or_else(|| around(rest, "<t:", ">").map(|(inner, after)| (Mark::Time(inner), after)))
            .or_else(|| around(rest, "*", "*").map(|(inner, after)| (Mark::Italic(inner), after)))
            .or_else(|| link(rest))?;
        Some((&text[..at], mark, after))
    })
}

fn around<'a>(text: &'a str, open: &str, close: &str) -> Option<(&'a str, &'a str)> {
    let (inner, after) = text.strip_prefix(open)?.split_once(close)?;
    (!inner.is_empty()).then_some((inner, after))
}

fn link(text: &str) -> Option<(Mark<'_>, &str)> {
    let (name, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (_, after) = rest.split_once(')')?;
    Some((Mark::Link(name), after))
}

/// A picture has no reader whose clock could be asked.
fn time_in_words(mark: &str) -> &'static str {
    if mark.ends_with(":R") { "in an hour" } else { "an hour from now" }
}
