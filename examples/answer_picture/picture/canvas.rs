//! SVG, from the top down.

use std::fmt::Write as _;

use super::markdown::{Run, Style};

/// The width of every picture.
pub const WIDTH: f64 = 720.0;

/// Fonts with about the widths that [`width_of`] expects, or narrower ones.
const FONTS: &str = "'gg sans','Noto Sans','Helvetica Neue',Helvetica,Arial,'Liberation Sans',sans-serif";
const CODE_FONTS: &str = "ui-monospace,Menlo,Consolas,'Liberation Mono',monospace";

/// Colours of Discord's dark theme.
pub mod colour {
    pub const GROUND: &str = "#313338";
    pub const CARD: &str = "#2b2d31";
    pub const STRONG: &str = "#f2f3f5";
    pub const TEXT: &str = "#dbdee1";
    pub const MUTED: &str = "#949ba4";
    pub const LINE: &str = "#4e5058";
    pub const LINK: &str = "#00a8fc";
    pub const BLURPLE: &str = "#5865f2";
    pub const RED: &str = "#da373c";
    pub const WHITE: &str = "#ffffff";
}

/// How large and in which colour a line is written.
#[derive(Clone, Copy, Debug)]
pub struct Pen {
    pub size: f64,
    pub colour: &'static str,
    pub bold: bool,
}

/// What has been drawn so far.
#[derive(Debug, Default)]
pub struct Canvas {
    body: String,
}

impl Canvas {
    /// A filled rectangle with round corners.
    pub fn rectangle(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), radius: f64, fill: &str) {
        self.add(format_args!(
            r#"<rect x="{x}" y="{y}" width="{width:.0}" height="{height:.0}" rx="{radius}" fill="{fill}"/>"#
        ));
    }

    /// A filled circle.
    pub fn circle(&mut self, (x, y): (f64, f64), radius: f64, fill: &str) {
        self.add(format_args!(r#"<circle cx="{x}" cy="{y}" r="{radius}" fill="{fill}"/>"#));
    }

    /// A line along a path.
    pub fn path(&mut self, path: &str, width: f64, stroke: &str) {
        self.add(format_args!(
            r#"<path d="{path}" fill="none" stroke="{stroke}" stroke-width="{width}" stroke-linecap="round"/>"#
        ));
    }

    /// Words, beginning at `x` with their feet on `y`.
    pub fn words(&mut self, at: (f64, f64), pen: Pen, text: &str) {
        self.runs(at, pen, &[Run { text: text.to_owned(), style: Style::default() }]);
    }

    /// Words with their middle at `x`.
    pub fn words_around(&mut self, (x, y): (f64, f64), pen: Pen, text: &str) {
        let attributes = pen.attributes();
        self.add(format_args!(r#"<text x="{x}" y="{y}" text-anchor="middle"{attributes}>{}</text>"#, escaped(text)));
    }

    /// Words in several styles. Each follows the one before, whatever their widths turn out to be.
    pub fn runs(&mut self, (x, y): (f64, f64), pen: Pen, runs: &[Run]) {
        let spans: String = runs.iter().map(span).collect();
        let attributes = pen.attributes();
        self.add(format_args!(r#"<text x="{x}" y="{y}"{attributes}>{spans}</text>"#));
    }

    /// Puts what was drawn apart on top.
    pub fn append(&mut self, other: &Self) {
        self.body.push_str(&other.body);
    }

    /// The picture, this high, with a description for whoever cannot see it.
    pub fn finish(self, height: f64, description: &str) -> String {
        let (body, ground, description) = (self.body, colour::GROUND, escaped(description));
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:.0}" viewBox="0 0 {WIDTH} {height:.0}" role="img" font-family="{FONTS}">
<title>{description}</title>
<rect width="{WIDTH}" height="{height:.0}" rx="8" fill="{ground}"/>
{body}</svg>
"#
        )
    }

    fn add(&mut self, element: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _always = writeln!(self.body, "{element}");
    }
}

impl Pen {
    fn attributes(self) -> String {
        let weight = if self.bold { r#" font-weight="600""# } else { "" };
        format!(r#" font-size="{}" fill="{}"{weight}"#, self.size, self.colour)
    }
}

fn span(run: &Run) -> String {
    let text = escaped(&run.text);
    let mut attributes = String::new();
    if run.style.bold {
        attributes.push_str(r#" font-weight="600""#);
    }
    if run.style.italic {
        attributes.push_str(r#" font-style="italic""#);
    }
    if run.style.code {
        attributes.push_str(&format!(r#" font-family="{CODE_FONTS}""#));
    }
    if run.style.link {
        attributes.push_str(&format!(r#" fill="{}""#, colour::LINK));
    }
    if attributes.is_empty() { text } else { format!("<tspan{attributes}>{text}</tspan>") }
}

/// How wide a text is at the most, in units of its size: as in DejaVu Sans, the widest of the usual fonts.
pub fn width_of(text: &str, bold: bool) -> f64 {
    let width: f64 = text.chars().map(letter_width).sum();
    if bold { width * 1.1 } else { width }
}

fn letter_width(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '’' | '·' => 0.28,
        ' ' | '.' | ',' | ':' | ';' | '-' | '/' | '|' | 'I' => 0.34,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '!' | '"' => 0.41,
        's' | 'c' | 'z' | '?' => 0.54,
        'w' | 'A'..='H' | 'J'..='L' | 'N'..='V' | 'X'..='Z' => 0.79,
        'm' | 'M' | 'W' | '@' | '%' | '…' | '—' => 1.0,
        _ => 0.635,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
