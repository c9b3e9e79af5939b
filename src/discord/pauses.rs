//! When the next request of a route may be sent, as Discord's answers say.
//! Source: API reference, "Rate Limits".

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::HeaderMap;
use tokio::time::Instant;

use super::requests::{RequestError, seconds};

/// Where an answer does not say how long to wait.
const UNSAID: Duration = Duration::from_secs(1);

/// How many routes are remembered before those whose pause is over are forgotten.
const MANY: usize = 1024;

/// The pauses of all routes.
#[derive(Debug, Default)]
pub(super) struct Pauses(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    everywhere: Option<Instant>,
    by_route: HashMap<String, Instant>,
}

/// Which pauses a request is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Those of its route, and those of all routes together.
    Everything,
    /// Those of its route.
    RouteAlone,
}

impl Pauses {
    /// Waits until a request of `route` may be sent, if that is before `deadline`.
    pub(super) async fn wait_for_turn(&self, route: &str, scope: Scope, deadline: Instant) -> Result<(), RequestError> {
        while let Some(until) = self.until(route, scope) {
            if until > deadline {
                return Err(RequestError::Unreachable("its rate limit lasts too long".to_owned()));
            }
            tokio::time::sleep_until(until).await;
        }
        Ok(())
    }

    /// Learns from a 429.
    pub(super) fn limited(&self, route: &str, headers: &HeaderMap, body: &[u8]) {
        let said: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
        let in_body = said["retry_after"].as_f64().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        let pause = in_body.or_else(|| seconds(headers, "retry-after")).unwrap_or(UNSAID);
        let everywhere = said["global"].as_bool().unwrap_or(false) || headers.contains_key("x-ratelimit-global");
        self.pause(route, pause, everywhere);
    }

    /// Learns from any other answer: the last request of a bucket closes it until it is filled again.
    pub(super) fn learn(&self, route: &str, headers: &HeaderMap) {
        let remaining = headers.get("x-ratelimit-remaining").and_then(|value| value.to_str().ok());
        if remaining == Some("0")
            && let Some(pause) = seconds(headers, "x-ratelimit-reset-after")
        {
            self.pause(route, pause, false);
        }
    }

    fn pause(&self, route: &str, pause: Duration, everywhere: bool) {
        let now = Instant::now();
        // A moment more: Discord's clock and ours do not tick together.
        let until = now.checked_add(pause + Duration::from_millis(20));
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // What one answer says is not taken back by another that was on its way at the same time: the later end counts.
        if everywhere {
            inner.everywhere = inner.everywhere.max(until);
        }
        // Its own route in any case: not all are bound to what holds everywhere, and none may knock again at once.
        if let Some(until) = until {
            if inner.by_route.len() >= MANY {
                inner.by_route.retain(|_, until| *until > now);
            }
            let end = inner.by_route.entry(route.to_owned()).or_insert(until);
            *end = until.max(*end);
        }
    }

    /// How long a request of `route` has to wait, if it has to.
    pub(super) fn left(&self, route: &str, scope: Scope) -> Option<Duration> {
        self.until(route, scope).map(|until| until - Instant::now())
    }

    fn until(&self, route: &str, scope: Scope) -> Option<Instant> {
        let inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let everywhere = inner.everywhere.filter(|_| scope == Scope::Everything);
        let both = everywhere.into_iter().chain(inner.by_route.get(route).copied());
        both.max().filter(|until| *until > Instant::now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn far() -> Instant {
        Instant::now() + Duration::from_secs(3600)
    }

    #[tokio::test(start_paused = true)]
    async fn a_429_closes_its_route_for_as_long_as_it_says() {
        let pauses = Pauses::default();
        pauses.limited("POST /a", &HeaderMap::new(), br#"{"retry_after": 1.5, "global": false}"#);
        let start = Instant::now();
        pauses.wait_for_turn("POST /b", Scope::Everything, far()).await.unwrap();
        assert_eq!(start.elapsed(), Duration::ZERO);
        pauses.wait_for_turn("POST /a", Scope::Everything, far()).await.unwrap();
        assert!(start.elapsed() >= Duration::from_millis(1500));
    }

    #[tokio::test(start_paused = true)]
    async fn a_global_429_closes_every_route() {
        let pauses = Pauses::default();
        pauses.limited("POST /a", &HeaderMap::new(), br#"{"retry_after": 2, "global": true}"#);
        let start = Instant::now();
        pauses.wait_for_turn("POST /b", Scope::Everything, far()).await.unwrap();
        assert!(start.elapsed() >= Duration::from_secs(2));
    }

    #[tokio::test(start_paused = true)]
    async fn a_global_429_leaves_alone_what_is_not_bound_to_it() {
        let pauses = Pauses::default();
        pauses.limited("POST /a", &HeaderMap::new(), br#"{"retry_after": 2, "global": true}"#);
        let start = Instant::now();
        pauses.wait_for_turn("POST /b", Scope::RouteAlone, far()).await.unwrap();
        assert_eq!(start.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn even_what_is_not_bound_to_it_does_not_knock_again_at_once() {
        let pauses = Pauses::default();
        pauses.limited("POST /a", &HeaderMap::new(), br#"{"retry_after": 2, "global": true}"#);
        assert!(pauses.left("POST /a", Scope::RouteAlone).is_some_and(|left| left >= Duration::from_secs(2)));
        assert_eq!(pauses.left("POST /b", Scope::RouteAlone), None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_used_up_bucket_is_not_knocked_at() {
        let pauses = Pauses::default();
        let mut headers = HeaderMap::new();
        headers.insert("x-ratelimit-remaining", "0".parse().unwrap());
        headers.insert("x-ratelimit-reset-after", "0.75".parse().unwrap());
        pauses.learn("POST /a", &headers);
        let start = Instant::now();
        pauses.wait_for_turn("POST /a", Scope::Everything, far()).await.unwrap();
        assert!(start.elapsed() >= Duration::from_millis(750));
    }

    #[tokio::test(start_paused = true)]
    async fn a_shorter_pause_does_not_end_a_longer_one() {
        let pauses = Pauses::default();
        pauses.limited("POST /a", &HeaderMap::new(), br#"{"retry_after": 30, "global": true}"#);
        pauses.limited("POST /a", &HeaderMap::new(), br#"{"retry_after": 1, "global": true}"#);
        for (route, scope) in [("POST /a", Scope::RouteAlone), ("POST /b", Scope::Everything)] {
            assert!(pauses.left(route, scope).is_some_and(|left| left >= Duration::from_secs(30)), "{route}");
        }
        pauses.limited("POST /a", &HeaderMap::new(), br#"{"retry_after": 60}"#);
        assert!(pauses.left("POST /a", Scope::RouteAlone).is_some_and(|left| left >= Duration::from_secs(60)));
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_past_the_deadline() {
        let pauses = Pauses::default();
        pauses.limited("POST /a", &HeaderMap::new(), br#"{"retry_after": 4000}"#);
        assert!(pauses.wait_for_turn("POST /a", Scope::Everything, far()).await.is_err());
    }

    #[test]
    fn nonsense_in_an_answer_does_no_harm() {
        let pauses = Pauses::default();
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", "-1e400".parse().unwrap());
        pauses.limited("POST /a", &headers, b"<html>");
        pauses.limited("POST /a", &headers, br#"{"retry_after": 1e300, "global": "yes"}"#);
    }
}
