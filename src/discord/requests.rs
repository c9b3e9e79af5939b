//! Requests to Discord's API: sent, waited for and, where that is safe, sent again.
//!
//! Serenity's own rate limiter always talks to discord.com, so with another base address it has to be off, and a 429
//! is then an error that hides how long to wait. In that mode this file sends serenity's requests itself and waits
//! as the answer says; without another base address serenity's limiter does it. Answers to interactions are always sent
//! from here: each has limits of its own, an upload needs more time, and some are of no use once they had to wait.

use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Client, StatusCode};
use serde::de::DeserializeOwned;
use serenity::http::{Http, HttpBuilder, HttpError, Request, Route};
use tokio::time::{Instant, timeout_at};

use super::pace::Pace;
use super::pauses::{Pauses, Scope};

/// How long one request may take on the wire. Most are for somebody who is waiting.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The same for a request with a file: 4 MB through a line of 2 Mbit/s.
const UPLOAD_TIMEOUT: Duration = Duration::from_secs(20);

/// Discord itself.
const DISCORD: &str = "https://discord.com";

/// How often a request is sent at the most, and how long the first pause between two tries is.
const MOST_TRIES: u32 = 4;
const FIRST_PAUSE: Duration = Duration::from_millis(250);

/// The longest time that a request waits for its turn. An answer that comes later helps nobody, and a reminder has a
/// schedule of its own.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Why a request came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// Discord itself refused it; another try would be refused as well.
    #[error("Discord refused it: {message} (HTTP {status}, code {code})")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Discord's own code. Source: API reference, "JSON error codes".
        code: i64,
        /// Discord's words.
        message: String,
    },
    /// Discord was out of reach, or too busy for too long. It may or may not have been carried out.
    #[error("Discord is out of reach: {0}")]
    Unreachable(String),
}

impl RequestError {
    /// Discord's code, if it refused.
    pub fn code(&self) -> Option<i64> {
        match self {
            Self::Refused { code, .. } => Some(*code),
            Self::Unreachable(_) => None,
        }
    }

    /// The HTTP status, if Discord refused.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. } => Some(*status),
            Self::Unreachable(_) => None,
        }
    }
}

/// Sends requests.
#[derive(Debug)]
pub struct Requests {
    http: Http,
    pace: Pace,
    own_limits: OwnLimits,
    /// Whether all requests keep to our own limits, because serenity's limiter is off.
    all_are_own: bool,
}

#[derive(Debug)]
struct OwnLimits {
    client: Client,
    base: String,
    pauses: Pauses,
}

/// What came of a request that is sent at once or not at all.
#[derive(Debug)]
pub enum Prompt {
    /// It was carried out.
    Done,
    /// It may be sent after this time.
    NotBefore(Duration),
    /// It failed.
    Failed(RequestError),
}

/// What to do after one try.
enum Try {
    Done(Vec<u8>),
    Failed(RequestError),
    /// Send it again, after this pause.
    Again(Duration, RequestError),
    /// Discord said when: that does not count as a try.
    RateLimited(RequestError),
}

impl Requests {
    /// Requests to `base`, or to Discord itself.
    ///
    /// # Errors
    /// If no client can be built.
    pub fn new(token: &str, base: Option<&str>) -> Result<Self, RequestError> {
        let client = client()?;
        let http = http(token, base, &client);
        let own_limits = OwnLimits { client, base: base.unwrap_or(DISCORD).to_owned(), pauses: Pauses::default() };
        Ok(Self { http, pace: Pace::default(), own_limits, all_are_own: base.is_some() })
    }

    /// Sends a request and reads the answer.
    ///
    /// # Errors
    /// If it is refused, or Discord stays out of reach.
    pub async fn fetch<T: DeserializeOwned>(&self, request: Request<'_>) -> Result<T, RequestError> {
        read(&self.send(request).await?)
    }

    /// Sends a request: again, if Discord is busy or out of reach, but not for ever. So it has to be one that does no
    /// harm when it is carried out twice, by its nature or by a nonce.
    ///
    /// # Errors
    /// If it is refused, or Discord stays out of reach.
    pub async fn send(&self, request: Request<'_>) -> Result<Vec<u8>, RequestError> {
        if scope(&request) == Scope::Everything {
            self.pace.take();
        }
        self.send_until_answered(request).await
    }

    /// Sends a request for which nobody is waiting, like [`Requests::send`], once there is room beside the others.
    ///
    /// # Errors
    /// As [`Requests::send`].
    pub async fn send_after_others(&self, request: Request<'_>) -> Result<Vec<u8>, RequestError> {
        self.pace.wait().await;
        self.send_until_answered(request).await
    }

    async fn send_until_answered(&self, request: Request<'_>) -> Result<Vec<u8>, RequestError> {
        let deadline = Instant::now() + LONGEST_WAIT;
        let mut tries = 0;
        let mut pause = FIRST_PAUSE;
        loop {
            let outcome = if self.keeps_own_limits(&request) {
                self.own_limits.try_once(request.clone(), self.http.token(), deadline).await
            } else {
                by(deadline, self.try_with_serenity(request.clone())).await
            };
            match outcome {
                Try::Done(bytes) => return Ok(bytes),
                Try::Failed(error) => return Err(error),
                Try::RateLimited(error) if Instant::now() >= deadline => return Err(error),
                Try::RateLimited(_) => {}
                Try::Again(least, error) => {
                    tries += 1;
                    if tries >= MOST_TRIES || Instant::now() + pause >= deadline {
                        return Err(error);
                    }
                    tokio::time::sleep(pause.max(least)).await;
                    pause *= 2;
                }
            }
        }
    }

    fn keeps_own_limits(&self, request: &Request<'_>) -> bool {
        self.all_are_own || scope(request) == Scope::RouteAlone
    }

    /// Sends a request to an interaction at once, or not at all: what it says would be wrong later. One try.
    pub async fn send_promptly(&self, request: Request<'_>) -> Prompt {
        let (route, scope) = (key(&request), scope(&request));
        if let Some(left) = self.own_limits.pauses.left(&route, scope) {
            return Prompt::NotBefore(left);
        }
        match self.own_limits.try_once(request, self.http.token(), Instant::now()).await {
            Try::Done(_) => Prompt::Done,
            Try::RateLimited(_) => Prompt::NotBefore(self.own_limits.pauses.left(&route, scope).unwrap_or_default()),
            Try::Failed(error) | Try::Again(_, error) => Prompt::Failed(error),
        }
    }

    async fn try_with_serenity(&self, request: Request<'_>) -> Try {
        match self.http.request(request).await {
            Ok(response) => match response.bytes().await {
                Ok(bytes) => Try::Done(bytes.to_vec()),
                Err(error) => Try::Again(Duration::ZERO, unreachable(&error)),
            },
            Err(serenity::Error::Http(HttpError::UnsuccessfulRequest(answer))) => {
                judge(answer.status_code, i64::from(answer.error.code as i32), answer.error.message)
            }
            Err(serenity::Error::Http(HttpError::Request(error))) => Try::Again(Duration::ZERO, unreachable(&error)),
            Err(error) => Try::Failed(RequestError::Unreachable(error.to_string())),
        }
    }
}

/// A try that is over by then. Serenity's limiter tells nobody how long it waits, and would wait for hours.
async fn by(deadline: Instant, attempt: impl Future<Output = Try>) -> Try {
    let late = |_| Try::Failed(RequestError::Unreachable("neither an answer nor its turn came in time".to_owned()));
    timeout_at(deadline, attempt).await.unwrap_or_else(late)
}

/// Reads an answer.
///
/// # Errors
/// If it is not what was asked for.
pub(super) fn read<T: DeserializeOwned>(answer: &[u8]) -> Result<T, RequestError> {
    serde_json::from_slice(answer).map_err(|error| RequestError::Unreachable(format!("unexpected answer: {error}")))
}

/// Serenity's side of it, for its gateway client.
///
/// # Errors
/// If no client can be built.
pub fn gateway_http(token: &str, base: Option<&str>) -> Result<Http, RequestError> {
    Ok(http(token, base, &client()?))
}

fn client() -> Result<Client, RequestError> {
    let built = Client::builder().timeout(TIMEOUT).use_rustls_tls().build();
    built.map_err(|error| RequestError::Unreachable(error.to_string()))
}

fn http(token: &str, base: Option<&str>, client: &Client) -> Http {
    let builder = HttpBuilder::new(token).client(client.clone());
    match base {
        Some(base) => builder.proxy(base).ratelimiter_disabled(true).build(),
        None => builder.build(),
    }
}

impl OwnLimits {
    async fn try_once(&self, request: Request<'_>, token: &str, deadline: Instant) -> Try {
        let (route, scope) = (key(&request), scope(&request));
        if let Err(error) = self.pauses.wait_for_turn(&route, scope, deadline).await {
            return Try::Failed(error);
        }
        let built = request.build(&self.client, token, Some(&self.base)).map(|request| request.build());
        let Ok(Ok(mut built)) = built else {
            return Try::Failed(RequestError::Unreachable("the request cannot be built".to_owned()));
        };
        // Only a body with files is put together while it is sent.
        if built.body().is_some_and(|body| body.as_bytes().is_none()) {
            *built.timeout_mut() = Some(UPLOAD_TIMEOUT);
        }
        let response = match self.client.execute(built).await {
            Ok(response) => response,
            Err(error) => return Try::Again(Duration::ZERO, unreachable(&error)),
        };
        let (status, headers) = (response.status(), response.headers().clone());
        let body = match response.bytes().await {
            Ok(body) => body.to_vec(),
            Err(error) => return Try::Again(Duration::ZERO, unreachable(&error)),
        };
        if status == StatusCode::TOO_MANY_REQUESTS {
            self.pauses.limited(&route, &headers, &body);
            return Try::RateLimited(RequestError::Unreachable("too many requests".to_owned()));
        }
        self.pauses.learn(&route, &headers);
        if status.is_success() {
            return Try::Done(body);
        }
        let error: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
        let message = error["message"].as_str().unwrap_or("no reason given").to_owned();
        judge(status, error["code"].as_i64().unwrap_or(0), message)
    }
}

/// What tells its pauses apart.
fn key(request: &Request<'_>) -> String {
    format!("{:?} {}", request.method_ref(), request.route_ref().path())
}

/// Interactions are not bound to the global limit. Source: API reference, "Interactions: Endpoints".
fn scope(request: &Request<'_>) -> Scope {
    match request.route_ref() {
        Route::InteractionResponse { .. } | Route::WebhookOriginalInteractionResponse { .. } => Scope::RouteAlone,
        _ => Scope::Everything,
    }
}

fn judge(status: StatusCode, code: i64, message: String) -> Try {
    if is_refusal(status, code) {
        Try::Failed(RequestError::Refused { status: status.as_u16(), code, message })
    } else {
        Try::Again(Duration::ZERO, RequestError::Unreachable(format!("HTTP {}", status.as_u16())))
    }
}

/// Whether Discord itself refused for good. It then says why with a code above zero; only a wrong token has none. Anything
/// else may be the word of whatever stands between, or one that holds for a moment.
fn is_refusal(status: StatusCode, code: i64) -> bool {
    let passing = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_EARLY, StatusCode::TOO_MANY_REQUESTS];
    let has_reason = code > 0 || status == StatusCode::UNAUTHORIZED;
    status.is_client_error() && has_reason && !passing.contains(&status)
}

fn unreachable(error: &reqwest::Error) -> RequestError {
    // The address holds interaction tokens: it has no place in a log.
    RequestError::Unreachable(if error.is_timeout() { "it took too long" } else { "the connection failed" }.to_owned())
}

/// A number of seconds in a header.
pub(super) fn seconds(headers: &HeaderMap, name: &str) -> Option<Duration> {
    let value = headers.get(name)?.to_str().ok()?.trim().parse::<f64>().ok()?;
    Duration::try_from_secs_f64(value).ok()
}

#[cfg(test)]
mod tests {
    use serenity::http::LightMethod;
    use serenity::model::id::{ChannelId, InteractionId};

    use super::*;

    #[test]
    fn answers_to_interactions_keep_to_our_own_limits_and_the_rest_to_serenitys_where_it_has_any() {
        let interaction = Route::InteractionResponse { interaction_id: InteractionId::new(1), token: "token" };
        let interaction = Request::new(interaction, LightMethod::Post);
        let message = Request::new(Route::ChannelMessages { channel_id: ChannelId::new(1) }, LightMethod::Post);
        let direct = Requests::new("token", None).expect("a client");
        let elsewhere = Requests::new("token", Some("http://127.0.0.1:1")).expect("a client");
        assert!(direct.keeps_own_limits(&interaction) && !direct.keeps_own_limits(&message));
        assert!(elsewhere.keeps_own_limits(&interaction) && elsewhere.keeps_own_limits(&message));
    }

    #[test]
    fn only_a_code_of_discords_own_refuses() {
        let refuses = |status, code| is_refusal(StatusCode::from_u16(status).expect("a status"), code);
        assert!(refuses(403, 50_007) && refuses(404, 10_003) && refuses(400, 50_035));
        assert!(refuses(401, 0), "a wrong token has no code");
        for status in [400, 403, 404, 405, 408, 413, 425, 429, 451, 500, 502] {
            assert!(!refuses(status, 0) && !refuses(status, -1), "{status} is no word of Discord's");
        }
        assert!(!refuses(429, 20_028), "it holds for a moment");
        assert!(!refuses(503, 130_000), "it is unwell, and says so");
    }

    #[tokio::test(start_paused = true)]
    async fn a_limiter_that_waits_for_hours_is_not_waited_for() {
        let start = Instant::now();
        let hours = async {
            tokio::time::sleep(Duration::from_secs(3 * 60 * 60)).await;
            Try::Done(Vec::new())
        };
        let Try::Failed(error) = by(start + LONGEST_WAIT, hours).await else { panic!("it was waited for") };
        assert!(matches!(error, RequestError::Unreachable(_)), "a reminder comes later: {error}");
        assert_eq!(start.elapsed(), LONGEST_WAIT);
    }

    #[tokio::test]
    async fn what_is_of_no_use_later_is_sent_at_once_or_not_at_all() {
        let requests = Requests::new("token", Some("http://127.0.0.1:1")).expect("a client");
        let route = Route::InteractionResponse { interaction_id: InteractionId::new(1), token: "token" };
        let request = Request::new(route, LightMethod::Post);
        assert!(matches!(requests.send_promptly(request.clone()).await, Prompt::Failed(_)), "nobody is there");
        requests.own_limits.pauses.limited(&key(&request), &HeaderMap::new(), br#"{"retry_after": 5}"#);
        let Prompt::NotBefore(pause) = requests.send_promptly(request).await else { panic!("it was sent") };
        assert!(pause > Duration::from_secs(4));
    }
}
