//! An answer over HTTP.

use std::convert::Infallible;

use axum::body::{Body, Bytes};
use axum::http::{Response, StatusCode, header};
use futures_util::stream;
use serde_json::{Value, json};

/// Status, JSON body, extra headers.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Option<Value>,
    pub headers: Vec<(String, String)>,
    /// In the place of a JSON body.
    pub file: Option<Content>,
}

/// What a file consists of.
#[derive(Clone, Debug)]
pub enum Content {
    Bytes(Vec<u8>),
    /// These bytes again and again, until the other side has enough.
    Endless(Vec<u8>),
}

impl Answer {
    /// This status, with this.
    pub fn of(status: u16, body: Option<Value>) -> Self {
        Self { status, body, headers: Vec::new(), file: None }
    }

    /// 200 with this.
    pub fn ok(body: Value) -> Self {
        Self::of(200, Some(body))
    }

    /// 204.
    pub fn nothing() -> Self {
        Self::of(204, None)
    }

    /// 200 with a file.
    pub fn file(content_type: Option<&str>, content: Content) -> Self {
        let headers = content_type.map(|it| ("content-type".to_owned(), it.to_owned())).into_iter().collect();
        Self { headers, file: Some(content), ..Self::of(200, None) }
    }

    /// 404, as the CDN says it.
    pub fn no_such_file() -> Self {
        let text = Content::Bytes(b"This content is no longer available.".to_vec());
        Self { status: 404, ..Self::file(Some("text/plain;charset=UTF-8"), text) }
    }

    /// Discord's error object.
    pub fn refusal((status, code, message): (u16, u64, &str)) -> Self {
        Self::of(status, Some(json!({ "message": message, "code": code })))
    }

    /// "Invalid Form Body", with what is wrong where.
    pub fn invalid(problems: &[String]) -> Self {
        let errors: Vec<Value> = problems.iter().map(|it| json!({ "code": "INVALID", "message": it })).collect();
        let body = json!({ "message": "Invalid Form Body", "code": 50035, "errors": { "_errors": errors } });
        Self::of(400, Some(body))
    }

    /// As bytes for the wire, with the headers of a bucket that is never empty.
    pub fn into_response(self) -> Response<Body> {
        let status = StatusCode::from_u16(self.status).expect("a valid status");
        let mut response = Response::builder().status(status);
        if status.is_success() {
            for (name, value) in [("limit", "50"), ("remaining", "49"), ("reset-after", "1.000"), ("bucket", "fake")] {
                response = response.header(format!("x-ratelimit-{name}"), value);
            }
        }
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        let body = match (self.file, self.body) {
            (Some(Content::Bytes(bytes)), _) => Body::from(bytes),
            (Some(Content::Endless(bytes)), _) => {
                Body::from_stream(stream::repeat(Ok::<_, Infallible>(Bytes::from(bytes))))
            }
            (None, Some(body)) => {
                response = response.header(header::CONTENT_TYPE, "application/json");
                Body::from(body.to_string())
            }
            (None, None) => Body::empty(),
        };
        response.body(body).expect("a valid response")
    }
}
