//! Text that somebody typed or pasted: what is taken out of it, and how long it may be.

use super::placeholders;
use super::response::limits;

/// What is wrong with a text, and what to write instead; each in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub what: String,
    /// What to write instead.
    pub instead: String,
}

impl Fault {
    pub(super) fn new(what: impl Into<String>, instead: impl Into<String>) -> Self {
        Self { what: what.into(), instead: instead.into() }
    }
}

/// The most characters that an answer may have with its placeholders filled in: Discord takes 4,096.
const FILLED_ANSWER: usize = 3000;

/// The text without what nobody can see, line by line: no control characters, no marks that turn the direction of
/// writing around, no spaces at the ends of lines, and never more than one blank line.
pub fn tidy(text: &str) -> String {
    let unix = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    let mut tidied = String::with_capacity(unix.len());
    let mut blank = 0;
    for line in unix.lines().map(visible) {
        let line = line.trim_end();
        blank = if line.is_empty() { blank + 1 } else { 0 };
        if blank < 2 {
            tidied.push_str(line);
            tidied.push('\n');
        }
    }
    tidied.trim().to_owned()
}

/// The text on one line, with single spaces.
pub fn line(text: &str) -> String {
    visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn visible(text: &str) -> String {
    text.chars().filter(|letter| letter.is_whitespace() || !is_hidden(*letter)).map(spaced).collect()
}

fn spaced(letter: char) -> char {
    if letter.is_whitespace() { ' ' } else { letter }
}

/// Whether a character is a control character, cannot be seen, or turns the direction of what follows. What joins
/// emoji and letters (U+200C, U+200D) stays, and so do the plain marks of direction that languages need.
pub fn is_hidden(letter: char) -> bool {
    (letter.is_control() && letter != '\n' && letter != '\t' && letter != '\r')
        || turns_direction(letter)
        || matches!(letter, '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}')
        || matches!(letter, '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}')
}

/// Whether a character turns the direction of writing, so that text reads as what it is not.
/// Source: Unicode Technical Report 36, "Bidirectional Text Spoofing".
pub fn turns_direction(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What is wrong with the length of a title.
pub fn title_fault(title: &str) -> Option<Fault> {
    too_long(title.chars().count(), limits::TITLE)
}

/// What is wrong with the length of an answer.
pub fn answer_fault(answer: &str) -> Option<Fault> {
    too_long(answer.chars().count(), limits::ANSWER).or_else(|| {
        let filled = placeholders::longest(answer);
        (filled > FILLED_ANSWER).then(|| {
            let what = format!("filled in, it may have {filled} characters, {} too many", filled - FILLED_ANSWER);
            Fault::new(what, "use fewer of {user}, {server} and {channel}")
        })
    })
}

/// What is wrong with the length of one tip.
pub fn tip_fault(tip: &str) -> Option<Fault> {
    too_long(tip.chars().count(), limits::TIP)
}

/// What is wrong with the tips taken together.
pub fn tips_fault<'t>(tips: impl Iterator<Item = &'t str> + Clone) -> Option<Fault> {
    let count = tips.clone().count();
    if count > limits::TIPS {
        return Some(too_many(count, limits::TIPS, "tips"));
    }
    let filled: usize = tips.map(placeholders::longest).sum();
    (filled > limits::ALL_TIPS).then(|| {
        let what = format!("all tips together have {filled} characters, {} too many", filled - limits::ALL_TIPS);
        Fault::new(what, format!("keep them within {} together: fewer tips, or shorter ones", limits::ALL_TIPS))
    })
}

/// What is wrong with the phrases of one response taken together.
pub fn phrases_fault<'p>(phrases: impl Iterator<Item = &'p str> + Clone) -> Option<Fault> {
    let count = phrases.clone().count();
    if count > limits::PHRASES {
        return Some(too_many(count, limits::PHRASES, "phrases"));
    }
    let characters: usize = phrases.map(|phrase| phrase.chars().count() + 1).sum();
    (characters > limits::ALL_PHRASES + 1).then(|| {
        let (most, excess) = (limits::ALL_PHRASES, characters - 1 - limits::ALL_PHRASES);
        let what = format!("all phrases together have {} characters, {excess} too many", characters - 1);
        Fault::new(what, format!("keep them within {most} together: join several with (a|b)"))
    })
}

fn too_long(characters: usize, most: usize) -> Option<Fault> {
    (characters > most).then(|| {
        let what = format!("{characters} characters, {} too many", characters - most);
        Fault::new(what, format!("keep it within {most}"))
    })
}

pub(super) fn too_many(count: usize, most: usize, what: &str) -> Fault {
    let instead = format!("keep it to {most} {what}");
    Fault::new(format!("{count} {what}, {} too many", count - most), instead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_can_see_is_taken_out() {
        assert_eq!(tidy("a\u{202e}b\u{0}\u{200b}c \r\n\r\n\r\n\n d\te\u{2028}f  "), "abc\n\n d e\nf");
        assert_eq!(line("  a\nb\u{1b}[31m\u{2066} c "), "a b[31m c");
        let family = "👨\u{200d}👩\u{200d}👧 ‏שלום";
        assert_eq!(tidy(family), family);
    }

    #[test]
    fn a_limit_tells_its_number_and_the_excess() {
        assert_eq!(title_fault(&"x".repeat(200)), None);
        assert_eq!(title_fault(&"x".repeat(203)), Some(Fault::new("203 characters, 3 too many", "keep it within 200")));
        let tips = vec!["x"; 12];
        assert_eq!(tips_fault(tips.into_iter()), Some(Fault::new("12 tips, 2 too many", "keep it to 10 tips")));
        let long = "x".repeat(300);
        let fault = tips_fault([long.as_str(); 4].into_iter()).unwrap();
        assert_eq!(fault.what, "all tips together have 1200 characters, 220 too many");
    }

    #[test]
    fn placeholders_count_as_long_as_they_may_get() {
        assert_eq!(answer_fault(&"{user}".repeat(30)), None);
        assert!(answer_fault(&"{user}".repeat(40)).is_some());
    }
}
