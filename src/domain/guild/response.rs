//! A server's own response: one that its moderators wrote, or what they changed about one that ships with the bot.

use serde::{Deserialize, Serialize};

/// How much a server may have. Generous, and never silent: reaching one is said, with the number.
pub mod limits {
    /// Responses of its own or changed by it.
    pub const RESPONSES: usize = 50;
    /// Phrases in all of them together.
    pub const PHRASES: usize = 200;
    /// Characters of a title.
    pub const TITLE: usize = 200;
    /// Characters of an answer.
    pub const ANSWER: usize = 1500;
    /// Characters of one tip.
    pub const TIP: usize = 300;
    /// Tips of one response.
    pub const TIPS: usize = 10;
    /// Characters of all tips together: Discord's limit for the part of a card that holds them is 1,024.
    pub const ALL_TIPS: usize = 980;
    /// Characters of all phrases of one response together: a field of Discord's forms holds 4,000.
    pub const ALL_PHRASES: usize = 4000;
    /// Characters of one phrase.
    pub const PHRASE: usize = 200;
}

/// What a server says about one topic. For a topic that ships with the bot, what is empty stays as it ships.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Response {
    /// Whether it is used.
    pub state: ResponseState,
    /// The heading of the answer.
    pub title: Option<String>,
    /// The answer itself.
    pub answer: Option<String>,
    /// What to do, in order.
    pub tips: Vec<String>,
    /// The phrases that lead to it, besides those that ship with the bot.
    pub phrases: Vec<Phrase>,
}

/// Whether a response is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ResponseState {
    /// It answers.
    #[default]
    On,
    /// It stays silent.
    Off,
}

/// A phrase that leads to a response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// The phrase, in the language of docs/phrases.md.
    pub text: String,
    /// Whether it only counts what it would have answered, and stays silent.
    #[serde(default)]
    pub watched: bool,
}

impl Phrase {
    /// A phrase that answers.
    pub fn live(text: impl Into<String>) -> Self {
        Self { text: text.into(), watched: false }
    }
}

impl Response {
    /// Whether it changes nothing about a topic that ships with the bot.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The phrases that answer.
    pub fn live_phrases(&self) -> impl Iterator<Item = &str> {
        self.phrases.iter().filter(|phrase| !phrase.watched).map(|phrase| phrase.text.as_str())
    }

    /// Whether some phrase is only watched.
    pub fn is_watching(&self) -> bool {
        self.phrases.iter().any(|phrase| phrase.watched)
    }

    /// The same response, with every phrase that `before` did not have already only watched.
    #[must_use]
    pub fn watched_first(mut self, before: Option<&Self>) -> Self {
        for phrase in &mut self.phrases {
            let known = before.and_then(|before| before.phrases.iter().find(|known| known.text == phrase.text));
            phrase.watched = known.is_none_or(|known| known.watched);
        }
        self
    }

    /// The same response, without the phrases that are only watched.
    #[must_use]
    pub fn without_watched(mut self) -> Self {
        self.phrases.retain(|phrase| !phrase.watched);
        self
    }

    /// The same response, with every phrase answering.
    #[must_use]
    pub fn armed(mut self) -> Self {
        self.phrases.iter_mut().for_each(|phrase| phrase.watched = false);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(phrases: &[(&str, bool)]) -> Response {
        let phrases = phrases.iter().map(|(text, watched)| Phrase { text: (*text).to_owned(), watched: *watched });
        Response { phrases: phrases.collect(), ..Response::default() }
    }

    #[test]
    fn watching_first_silences_only_what_is_new() {
        let before = with(&[("my back is toast", false)]);
        let after = with(&[("my back is toast", false), ("back is cooked", false)]);
        let watched = after.watched_first(Some(&before));
        assert_eq!(watched, with(&[("my back is toast", false), ("back is cooked", true)]));
        assert_eq!(watched.live_phrases().collect::<Vec<_>>(), ["my back is toast"]);
    }

    #[test]
    fn arming_lets_every_phrase_answer() {
        let armed = with(&[("back is cooked", true)]).armed();
        assert!(!armed.is_watching());
    }
}
