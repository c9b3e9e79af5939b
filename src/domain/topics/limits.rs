//! How long texts may be, so that every answer fits into what Discord takes.
//!
//! Source: Discord API reference, "Embed limits" (title 256, field 1024, description 4096, footer 2048, 6000 in all)
//! and "Select menu" (label and description 100). The figures here are lower: an answer is read by somebody in pain,
//! on a phone, and its parts share one embed.

/// The most characters that a text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit(usize);

/// A topic's short name in menus.
pub const LABEL: Limit = Limit(80);
/// A topic in one line.
pub const SUMMARY: Limit = Limit(100);
/// The heading of an answer.
pub const TITLE: Limit = Limit(200);
/// The myth in one line.
pub const MYTH: Limit = Limit(240);
/// What really happens.
pub const TRUTH: Limit = Limit(1000);
/// One tip, one step, one sign.
pub const TIP: Limit = Limit(300);
/// The name of a source.
pub const SOURCE_NAME: Limit = Limit(120);
/// Discord's own limit for all the text of a message's embeds together.
pub const WHOLE_CARD: Limit = Limit(6000);
/// Discord's own limit for the value of an embed field.
pub const CARD_SECTION: Limit = Limit(1024);

impl Limit {
    /// The number itself.
    pub const fn most(self) -> usize {
        self.0
    }

    /// What is wrong with `text`, and what to write instead; nothing if it fits.
    pub fn fault(self, text: &str) -> Option<(String, String)> {
        let length = text.chars().count();
        if text.trim().is_empty() {
            return Some(("the text is empty".to_owned(), "write one".to_owned()));
        }
        (length > self.0).then(|| {
            (format!("{length} characters, {} too many", length - self.0), format!("keep it within {}", self.0))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_may_be_as_long_as_its_limit_and_no_longer() {
        assert_eq!(LABEL.fault(&"ä".repeat(80)), None);
        let fault = LABEL.fault(&"ä".repeat(83));
        assert_eq!(fault, Some(("83 characters, 3 too many".to_owned(), "keep it within 80".to_owned())));
    }
}
