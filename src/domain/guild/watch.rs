//! Phrases that are only watched: what they would have answered.

use std::cmp::Reverse;

use super::Book;
use super::tally::{Counted, Tallied, Week};
use crate::domain::topics::TopicId;
use crate::domain::{ChannelId, MessageId, Timestamp};

/// How far back a digest looks at the most: messages are remembered for 30 days.
pub const DIGEST_WEEKS: u8 = 4;

/// A message that a watched phrase would have answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchedMessage {
    /// The response that would have answered.
    pub response: TopicId,
    /// Where it stands.
    pub channel: ChannelId,
    /// Which message. Its text is not kept.
    pub message: MessageId,
    /// When it was heard.
    pub at: Timestamp,
}

/// A response with phrases that are only watched, and what they would have answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// The response.
    pub response: TopicId,
    /// The messages, the latest first.
    pub messages: Vec<WatchedMessage>,
}

/// Every response of a server that is only watched or has phrases that are, the one that would have answered most first.
/// The messages are the latest first.
pub fn watches(book: &Book, messages: &[WatchedMessage]) -> Vec<Watch> {
    let watching = book.responses.iter().filter(|(name, response)| response.is_watching() && !book.is_off(name));
    let mut watches: Vec<Watch> = watching.map(|(name, _)| watch(name, messages)).collect();
    watches.sort_by_key(|watch| Reverse(watch.messages.len()));
    watches
}

/// What the watched phrases of one response would have answered.
pub fn watch(response: &TopicId, messages: &[WatchedMessage]) -> Watch {
    let messages = messages.iter().filter(|message| message.response == *response).cloned().collect();
    Watch { response: response.clone(), messages }
}

/// From which week on the moderators should be told what watched phrases would have answered: once a week, of the weeks
/// that have passed since they were told last. Nothing if they were told this week, or there is nothing to tell.
pub fn digest_due(tallies: &[Tallied], now: Week) -> Option<Week> {
    let earliest = now.before(i64::from(DIGEST_WEEKS));
    let weeks =
        |what| tallies.iter().filter(move |counted| counted.tally.what == what).map(|counted| counted.tally.week);
    let told_last = weeks(Counted::Digested).max();
    if told_last == Some(now) {
        return None;
    }
    let since = told_last.map_or(earliest, |told| told.max(earliest));
    weeks(Counted::Watched).filter(|week| (since..now).contains(week)).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::guild::tally::Tally;
    use crate::domain::guild::{Phrase, Response};

    const NOW: Week = Week::new(2_900);

    fn counted(what: Counted, ago: i64) -> Tallied {
        Tallied { tally: Tally { week: NOW.before(ago), what, phrase: None }, count: 1 }
    }

    #[test]
    fn a_digest_comes_once_a_week_and_leaves_no_week_out() {
        use Counted::{Digested, Watched};
        assert_eq!(digest_due(&[counted(Watched, 0)], NOW), None, "this week goes on");
        assert_eq!(digest_due(&[counted(Watched, 1), counted(Watched, 0)], NOW), Some(NOW.before(1)));
        assert_eq!(digest_due(&[counted(Watched, 1), counted(Digested, 0)], NOW), None, "told this week");
        assert_eq!(digest_due(&[counted(Watched, 1), counted(Digested, 1)], NOW), Some(NOW.before(1)));
        assert_eq!(digest_due(&[counted(Watched, 2), counted(Digested, 1)], NOW), None, "told already");
        assert_eq!(digest_due(&[counted(Watched, 3), counted(Watched, 1)], NOW), Some(NOW.before(3)));
        assert_eq!(digest_due(&[counted(Watched, 5)], NOW), None, "forgotten");
    }

    #[test]
    fn the_response_that_would_have_answered_most_comes_first() {
        let name = |name| TopicId::parse(name).unwrap();
        let mut book = Book::default();
        for (response, watched) in [("cooked", true), ("live", false), ("toast", true)] {
            let phrases = vec![Phrase { text: response.to_owned(), watched }];
            book.responses.insert(name(response), Response { phrases, ..Response::default() });
        }
        let message = |response, message| WatchedMessage {
            response: name(response),
            channel: ChannelId::new(1),
            message: MessageId::new(message),
            at: Timestamp::from_millis(0),
        };
        let messages = [message("toast", 3), message("gone", 2), message("toast", 1)];
        let watches = watches(&book, &messages);
        let counts: Vec<_> = watches.iter().map(|watch| (watch.response.as_str(), watch.messages.len())).collect();
        assert_eq!(counts, [("toast", 2), ("cooked", 0)]);
    }
}
