//! Failures that a test asks for in advance: the next request to a route meets one.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::sync::Semaphore;

use super::answer::{Answer, Content};

/// What goes wrong.
#[derive(Clone, Debug)]
pub enum Failure {
    /// Discord answers with this instead of doing what was asked.
    Answer(Answer),
    /// Discord takes its time, then does it.
    Delay(Duration),
    /// Discord waits until the test opens the gate, then does it.
    Held(Arc<Semaphore>),
    /// The connection breaks before Discord has done anything.
    DroppedBefore,
    /// Discord does it, and the connection breaks before the answer.
    DroppedAfter,
}

impl Failure {
    /// 429 for this route: wait that many seconds.
    pub fn rate_limited(retry_after: f64) -> Self {
        Self::Answer(too_many_requests(retry_after, "user", false))
    }

    /// 429 for everything: wait that many seconds.
    pub fn globally_rate_limited(retry_after: f64) -> Self {
        Self::Answer(too_many_requests(retry_after, "global", true))
    }

    /// 429 because of others: such ones do not count as invalid requests.
    pub fn rate_limited_with_others(retry_after: f64) -> Self {
        Self::Answer(too_many_requests(retry_after, "shared", false))
    }

    /// Discord is unwell: 500, 502, 503.
    pub fn server_error(status: u16) -> Self {
        let body = if status == 502 { json!("error code: 502") } else { json!({ "message": "Error", "code": 0 }) };
        Self::Answer(Answer::of(status, Some(body)))
    }

    /// Something between the bot and Discord answers in its place, with a page.
    pub fn of_a_proxy(status: u16) -> Self {
        let page = Content::Bytes(b"<html><body>Access denied</body></html>".to_vec());
        Self::Answer(Answer { status, ..Answer::file(Some("text/html"), page) })
    }

    /// Discord will not, and says why with one of its codes: [`codes`].
    pub fn refused(reason: (u16, u64, &str)) -> Self {
        Self::Answer(Answer::refusal(reason))
    }
}

fn too_many_requests(retry_after: f64, scope: &str, global: bool) -> Answer {
    let message = if global { "You are being rate limited globally." } else { "You are being rate limited." };
    let mut headers = vec![
        ("retry-after".to_owned(), format!("{}", retry_after.ceil())),
        ("x-ratelimit-scope".to_owned(), scope.to_owned()),
        ("via".to_owned(), "1.1 google".to_owned()),
    ];
    if global {
        headers.push(("x-ratelimit-global".to_owned(), "true".to_owned()));
    } else {
        let bucket = [("limit", "5"), ("remaining", "0"), ("bucket", "fake")];
        headers.extend(bucket.map(|(name, value)| (format!("x-ratelimit-{name}"), value.to_owned())));
        headers.push(("x-ratelimit-reset-after".to_owned(), retry_after.to_string()));
    }
    let body = json!({ "message": message, "retry_after": retry_after, "global": global, "code": 0 });
    Answer { headers, ..Answer::of(429, Some(body)) }
}

/// Refusals, each with its HTTP status and its code.
pub mod codes {
    pub type Reason = (u16, u64, &'static str);
    pub const UNAUTHORIZED: Reason = (401, 0, "401: Unauthorized");
    pub const UNKNOWN_ROUTE: Reason = (404, 0, "404: Not Found");
    pub const UNKNOWN_CHANNEL: Reason = (404, 10003, "Unknown Channel");
    pub const UNKNOWN_GUILD: Reason = (404, 10004, "Unknown Guild");
    pub const UNKNOWN_EMOJI: Reason = (400, 10014, "Unknown Emoji");
    pub const UNKNOWN_MESSAGE: Reason = (404, 10008, "Unknown Message");
    pub const UNKNOWN_USER: Reason = (404, 10013, "Unknown User");
    pub const UNKNOWN_WEBHOOK: Reason = (404, 10015, "Unknown Webhook");
    pub const UNKNOWN_INTERACTION: Reason = (404, 10062, "Unknown interaction");
    pub const TOO_MANY_REACTIONS: Reason = (403, 30010, "Maximum number of reactions reached (20)");
    pub const ALREADY_ACKNOWLEDGED: Reason = (400, 40060, "Interaction has already been acknowledged.");
    pub const MISSING_ACCESS: Reason = (403, 50001, "Missing Access");
    pub const NOT_IN_DIRECT_MESSAGES: Reason = (403, 50003, "Cannot execute action on a DM channel");
    pub const NOT_YOUR_MESSAGE: Reason = (403, 50005, "Cannot edit a message authored by another user");
    pub const EMPTY_MESSAGE: Reason = (400, 50006, "Cannot send an empty message");
    pub const DIRECT_MESSAGES_CLOSED: Reason = (403, 50007, "Cannot send messages to this user");
    pub const NO_PLACE_FOR_MESSAGES: Reason = (400, 50008, "Cannot send messages in a non-text channel");
    pub const MISSING_PERMISSIONS: Reason = (403, 50013, "Missing Permissions");
    pub const INVALID_WEBHOOK_TOKEN: Reason = (401, 50027, "Invalid Webhook Token");
    pub const INVALID_BODY: Reason = (400, 50035, "Invalid Form Body");
    pub const REACTION_BLOCKED: Reason = (403, 90001, "Reaction was blocked");
    pub const NO_SHARED_SERVER: Reason =
        (403, 50278, "Cannot send messages to this user due to having no mutual guilds");
    pub const THREAD_EXISTS: Reason = (400, 160_004, "A thread has already been created for this message");
    pub const REPLY_WITHOUT_HISTORY: Reason = (400, 160_002, "Cannot reply without permission to read message history");
    pub const BLOCKED_BY_AUTOMOD: Reason = (400, 200_000, "Message was blocked by automatic moderation");
}

/// The failures still to come.
#[derive(Debug, Default)]
pub struct Script {
    coming: VecDeque<(String, String, Failure)>,
}

impl Script {
    /// Adds a failure for the next request to this route.
    pub fn add(&mut self, method: &str, path: &str, failure: Failure) {
        self.coming.push_back((method.to_owned(), path.to_owned(), failure));
    }

    /// The failure that this request meets.
    pub fn take(&mut self, method: &str, path: &str) -> Option<Failure> {
        let position = self.coming.iter().position(|(m, p, _)| m == method && p == path)?;
        self.coming.remove(position).map(|(_, _, failure)| failure)
    }

    /// What was asked for and never met.
    pub fn left_over(&self) -> Vec<String> {
        self.coming.iter().map(|(method, path, failure)| format!("{method} {path}: {failure:?}")).collect()
    }
}
