//! The name of a topic.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The id of a topic: lower-case words joined by hyphens, as in `back-went-out`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct TopicId(Arc<str>);

impl TopicId {
    /// The topic whose answer is urgent.
    pub const RED_FLAGS: &'static str = "red-flags";

    /// The topic of the plain first-aid answer.
    pub const FIRST_AID: &'static str = "back-went-out";

    /// The longest id there may be, in bytes: it has to fit into a button's `custom_id`.
    pub const LONGEST: usize = 48;

    /// Reads an id; nothing if it is not made of lower-case letters, digits and single hyphens.
    pub fn parse(text: &str) -> Option<Self> {
        let well_formed = !text.is_empty()
            && text.len() <= Self::LONGEST
            && text.split('-').all(|word| {
                !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            });
        well_formed.then(|| Self(Arc::from(text)))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<TopicId> for String {
    fn from(id: TopicId) -> Self {
        id.as_str().to_owned()
    }
}

impl TryFrom<String> for TopicId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("no topic id")
    }
}

impl std::fmt::Display for TopicId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_lower_case_words_joined_by_hyphens() {
        assert!(TopicId::parse("back-went-out").is_some());
        for wrong in ["", "Back", "back--out", "-back", "back_out", "back out", &"x".repeat(49)] {
            assert!(TopicId::parse(wrong).is_none(), "{wrong}");
        }
    }
}
