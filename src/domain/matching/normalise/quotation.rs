//! What stands between quotation marks: words that are spoken about or said by somebody else.

use std::ops::Range;

/// So many gaps between words are in a quotation at least: one or two words in quotation marks are only stressed.
const FEWEST_GAPS: usize = 2;

/// The marks that open a quotation, each with those that close it. The same mark opens in one language and closes in another:
/// “…”, „…“, „…”, ”…”, «…», »…«. The typewriter's mark stands in for the second of a pair, too.
const MARKS: [(char, &[char]); 6] =
    [('"', &['"', '”']), ('“', &['”', '"']), ('„', &['“', '”', '"']), ('”', &['”']), ('«', &['»']), ('»', &['«'])];

/// The quotations of a text, in bytes, in their order; of those within each other the outermost. None reaches beyond its
/// line.
pub fn quotations(text: &str) -> Vec<Range<usize>> {
    if text.is_ascii() && !text.contains('"') {
        return vec![];
    }
    let mut quotations: Vec<Range<usize>> = vec![];
    // Where the open ones begin, and with which mark; each mark stands here once.
    let mut open: Vec<(usize, char)> = vec![];
    let mut letters = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().map_or(' ', |(_, after)| *after);
        if letter == '\n' {
            open.clear();
        } else if let Some(place) = open.iter().rposition(|(_, mark)| closes(*mark, letter)) {
            let (begin, mark) = open[place];
            open.truncate(place);
            let gaps = text[begin + mark.len_utf8()..at].split_whitespace().count().saturating_sub(1);
            if gaps >= FEWEST_GAPS {
                quotations.truncate(quotations.partition_point(|known| known.start < begin));
                quotations.push(begin..at);
            }
        } else if opens(letter, before, after) {
            open.retain(|(_, mark)| *mark != letter);
            open.push((at, letter));
        }
        before = letter;
    }
    quotations
}

fn closes(opening: char, letter: char) -> bool {
    MARKS.iter().any(|(mark, closing)| *mark == opening && closing.contains(&letter))
}

/// Whether a mark that closes nothing opens something: one that mostly closes does where a word begins, and nowhere else.
fn opens(letter: char, before: char, after: char) -> bool {
    match letter {
        // After a digit it stands for inches.
        '"' => !before.is_alphanumeric(),
        '”' | '»' => !before.is_alphanumeric() && after.is_alphanumeric(),
        _ => MARKS.iter().any(|(mark, _)| *mark == letter),
    }
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
    fn a_mark_closes_what_its_partner_opened_in_whatever_language() {
        for text in [
            "»ok« my back went out »lol«",
            "„ok“ my back went out „lol“",
            "„ok” my back went out „lol”",
            "”ok” my back went out ”lol”",
            "« lower back » went out, « not ok »",
            "« ok » my back went out « lol »",
            "“ok” my back went out “lol”",
            "„ok\" my back went out „lol\"",
            "well“ my back went out again, he said »",
        ] {
            assert!(quoted(text).is_empty(), "{text}: {:?}", quoted(text));
        }
        for (text, quotation) in [
            ("»my back went out«, she said", "»my back went out"),
            ("„my back went out“, she said", "„my back went out"),
            ("”my back went out”, she said", "”my back went out"),
            ("« my back went out », she said", "« my back went out "),
            ("“my back went out”, she said", "“my back went out"),
            ("„my back went out\", she said", "„my back went out"),
        ] {
            assert_eq!(quoted(text), [quotation], "{text}");
        }
    }

    #[test]
    fn of_quotations_within_each_other_the_outermost_counts() {
        assert_eq!(
            quoted("« he said “my back is gone” and left » “I did not believe it”"),
            ["« he said “my back is gone” and left ", "“I did not believe it"]
        );
        assert_eq!(quoted("« he said “my back is gone” and left"), ["“my back is gone"]);
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
