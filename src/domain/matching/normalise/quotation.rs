//! What stands between quotation marks: words that are spoken about or said by somebody else.

use std::ops::Range;

/// So many gaps between words are in a quotation at least: one or two words in quotation marks are only stressed.
const FEWEST_GAPS: usize = 2;

/// The quotations of a text, in bytes, in their order. None reaches beyond its line.
pub fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut quotations = vec![];
    let mut open = None;
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        match (letter, open) {
            ('\n', _) => open = None,
            // After a digit it stands for inches.
            ('"', None) if !before.is_alphanumeric() => open = Some(at),
            ('“' | '„' | '«', _) => open = Some(at),
            ('"' | '”' | '»', Some(begin)) => {
                let gaps = text[begin..at].split_whitespace().count().saturating_sub(1);
                quotations.extend((gaps >= FEWEST_GAPS).then_some(begin..at));
                open = None;
            }
            _ => {}
        }
        before = letter;
    }
    quotations
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        quotations(text).into_iter().map(|quotation| &text[quotation.start..quotation.end]).collect()
    }

    #[test]
    fn several_words_between_marks_are_a_quotation() {
        assert_eq!(quoted(r#""my back went out" is such a boomer sentence"#), [r#""my back went out"#]);
        assert_eq!(
            quoted("she said “my back is gone” and „it hurts so much”"),
            ["“my back is gone", "„it hurts so much"]
        );
    }

    #[test]
    fn stressed_words_inches_and_open_marks_are_none() {
        assert!(quoted(r#"my "back" went out"#).is_empty());
        assert!(quoted(r#"my "lower back" went out"#).is_empty());
        assert!(quoted(r#"the 27" screen, my back went out, a 15" one"#).is_empty());
        assert!(quoted("\"my back\nwent out again today\"").is_empty());
        assert!(quoted("my back went out again today”").is_empty());
    }
}
