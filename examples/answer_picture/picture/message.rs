//! Messages, embeds and buttons, laid out as Discord does.

use serde_json::Value;

use super::canvas::{Canvas, Pen, WIDTH, colour, width_of};
use super::markdown::{Line, Run, Style, lines};
use super::scene::{Cause, Scene};
use super::wrap::wrap;

/// Where what is said begins, right of the pictures of those who say it.
const LEFT: f64 = 72.0;
const MARGIN: f64 = 16.0;
/// The middle of those pictures.
const FACE: f64 = 36.0;

/// The card, and the text in it.
const CARD_WIDTH: f64 = WIDTH - LEFT - MARGIN - 32.0;
const CARD_PADDING: f64 = 16.0;
/// The widest font may reach a little into the padding; the usual ones end well before it.
const TEXT_WIDTH: f64 = CARD_WIDTH - CARD_PADDING - 8.0;
const MARKER_WIDTH: f64 = 20.0;

/// How much of the widest font's width the usual ones take, where what follows leaves room for the widest.
const USUAL: f64 = 0.92;

const NAME: Pen = Pen { size: 16.0, colour: colour::STRONG, bold: true };
const SPOKEN: Pen = Pen { size: 16.0, colour: colour::TEXT, bold: false };
const ASIDE: Pen = Pen { size: 12.0, colour: colour::MUTED, bold: false };
const QUOTED: Pen = Pen { size: 14.0, colour: colour::MUTED, bold: false };
const TITLE: Pen = Pen { size: 17.0, colour: colour::STRONG, bold: true };
const HEADING: Pen = Pen { size: 14.0, colour: colour::STRONG, bold: true };
const TEXT: Pen = Pen { size: 14.0, colour: colour::TEXT, bold: false };
const SMALL: Pen = Pen { size: 12.0, colour: colour::MUTED, bold: false };
const LABEL: Pen = Pen { size: 14.0, colour: colour::WHITE, bold: true };
const BADGE: Pen = Pen { size: 10.0, colour: colour::WHITE, bold: true };

/// Who speaks to the bot.
const PERSON: &str = "Ann";
const BOT: &str = "Lumbar";

struct Page {
    canvas: Canvas,
    /// How far down it is drawn.
    y: f64,
}

/// Draws a scene.
pub fn draw(scene: &Scene) -> String {
    let mut page = Page { canvas: Canvas::default(), y: MARGIN };
    let description = match &scene.cause {
        Cause::Said(text) => {
            page.speaker(PERSON, "#3ba55d", false);
            page.canvas.words((LEFT, page.y + 16.0), SPOKEN, text);
            page.y += 40.0;
            page.quote(&format!("@{PERSON}"), text);
            format!("{PERSON} writes \"{text}\", and {BOT} replies")
        }
        Cause::Ran(command) => {
            page.quote(PERSON, &format!("used {command}"));
            format!("{PERSON} uses {command}, and {BOT} replies")
        }
        Cause::Reminded => format!("{BOT} reminds {PERSON}"),
    };
    page.speaker(BOT, "#4f8a8b", true);
    if matches!(scene.cause, Cause::Reminded) {
        page.canvas.words((LEFT, page.y + 14.0), SPOKEN, &format!("@{PERSON}"));
        page.y += 22.0;
    }
    if let Some(lead) = &scene.lead {
        page.paragraphs(Some(lead), TEXT);
    }
    page.y += 4.0;
    page.card(&scene.embed);
    page.rows(&scene.rows);
    let title = scene.embed["title"].as_str().unwrap_or_default();
    page.canvas.finish(page.y + MARGIN, &format!("{description}: {title}"))
}

impl Page {
    /// Somebody's picture, name and time.
    fn speaker(&mut self, name: &str, fill: &str, is_bot: bool) {
        self.canvas.circle((FACE, self.y + 20.0), 20.0, fill);
        match is_bot {
            // A spine that bends.
            true => {
                let path = format!("M{FACE} {} c-9 7 9 13 0 20", self.y + 10.0);
                self.canvas.path(&path, 4.0, colour::WHITE);
            }
            false => {
                let initial: String = name.chars().take(1).collect();
                let pen = Pen { size: 18.0, ..LABEL };
                self.canvas.words_around((FACE, self.y + 26.5), pen, &initial);
            }
        }
        let baseline = self.y + 14.0;
        self.canvas.words((LEFT, baseline), NAME, name);
        let mut x = LEFT + width_of(name, true) * NAME.size * USUAL + 6.0;
        if is_bot {
            self.canvas.rectangle((x, baseline - 12.0), (32.0, 15.0), 4.0, colour::BLURPLE);
            self.canvas.words_around((x + 16.0, baseline - 1.0), BADGE, "APP");
            x += 38.0;
        }
        self.canvas.words((x, baseline), ASIDE, "Today at 10:15");
        self.y += 22.0;
    }

    /// The line above a reply that says what it replies to.
    fn quote(&mut self, who: &str, text: &str) {
        let (start, middle) = (self.y + 20.0, self.y + 8.0);
        let path = format!("M{FACE} {start} V{} q0 -6 6 -6 H{}", middle + 6.0, LEFT - 6.0);
        self.canvas.path(&path, 2.0, colour::LINE);
        let bold = Style { bold: true, ..Style::default() };
        let who = Run { text: format!("{who} "), style: bold };
        let text = Run { text: text.to_owned(), style: Style::default() };
        self.canvas.runs((LEFT, middle + 5.0), QUOTED, &[who, text]);
        self.y += 26.0;
    }

    /// An embed: its colour down the side, then title, text, fields and small print.
    fn card(&mut self, embed: &Value) {
        let top = self.y;
        // What is written lies on the card, whose height is known only then: so it is drawn apart and put on it.
        let mut content = Self { canvas: Canvas::default(), y: top + CARD_PADDING - 2.0 };
        content.paragraphs(embed["title"].as_str(), TITLE);
        content.y += 4.0;
        content.paragraphs(embed["description"].as_str(), TEXT);
        for field in embed["fields"].as_array().into_iter().flatten() {
            content.y += 10.0;
            content.paragraphs(field["name"].as_str(), HEADING);
            content.paragraphs(field["value"].as_str(), TEXT);
        }
        content.y += 8.0;
        content.paragraphs(embed["footer"]["text"].as_str(), SMALL);
        self.y = content.y + CARD_PADDING - 4.0;

        let (height, bar) = (self.y - top, embed["color"].as_u64().unwrap_or(0));
        self.canvas.rectangle((LEFT, top), (CARD_WIDTH, height), 4.0, &format!("#{bar:06x}"));
        self.canvas.rectangle((LEFT + 4.0, top), (CARD_WIDTH - 4.0, height), 4.0, colour::CARD);
        self.canvas.append(&content.canvas);
        self.y += 8.0;
    }

    fn paragraphs(&mut self, markdown: Option<&str>, pen: Pen) {
        for line in lines(markdown.unwrap_or_default()) {
            self.paragraph(&line, if line.small { SMALL } else { pen });
        }
    }

    fn paragraph(&mut self, line: &Line, pen: Pen) {
        let height = (pen.size * 1.35).round();
        if line.runs.is_empty() {
            self.y += height / 2.0;
            return;
        }
        let left = LEFT + CARD_PADDING;
        let indent = if line.marker.is_some() { MARKER_WIDTH } else { 0.0 };
        if let Some(marker) = &line.marker {
            self.canvas.words((left, self.y + pen.size), pen, marker);
        }
        for runs in wrap(&line.runs, (TEXT_WIDTH - indent) / pen.size) {
            self.canvas.runs((left + indent, self.y + pen.size), pen, &runs);
            self.y += height;
        }
    }

    /// Rows of buttons. One that no longer fits goes below.
    fn rows(&mut self, rows: &Value) {
        for row in rows.as_array().into_iter().flatten() {
            let mut x = LEFT;
            for button in row["components"].as_array().into_iter().flatten() {
                let label = button["label"].as_str().unwrap_or_default();
                let width = (width_of(label, true) * LABEL.size * USUAL + 28.0).round();
                if x + width > WIDTH - MARGIN {
                    (x, self.y) = (LEFT, self.y + 40.0);
                }
                let fill = match button["style"].as_u64() {
                    Some(1) => colour::BLURPLE,
                    Some(4) => colour::RED,
                    _ => colour::LINE,
                };
                self.canvas.rectangle((x, self.y), (width, 32.0), 4.0, fill);
                self.canvas.words_around((x + width / 2.0, self.y + 21.0), LABEL, label);
                x += width + 8.0;
            }
            self.y += 40.0;
        }
    }
}
