//! An answer over HTTP.

use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use serde_json::{Value, json};

/// Status, JSON body, extra headers.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Option<Value>,
    pub headers: Vec<(String, String)>,
}

impl Answer {
    /// 200 with this.
    pub fn ok(body: Value) -> Self {
        Self { status: 200, body: Some(body), headers: Vec::new() }
    }

    /// 204.
    pub fn nothing() -> Self {
        Self { status: 204, body: None, headers: Vec::new() }
    }

    /// Discord's error object.
    pub fn refusal((status, code, message): (u16, u64, &str)) -> Self {
        Self { status, body: Some(json!({ "message": message, "code": code })), headers: Vec::new() }
    }

    /// "Invalid Form Body", with what is wrong where.
    pub fn invalid(problems: &[String]) -> Self {
        let errors: Vec<Value> = problems.iter().map(|it| json!({ "code": "INVALID", "message": it })).collect();
        let body = json!({ "message": "Invalid Form Body", "code": 50035, "errors": { "_errors": errors } });
        Self { status: 400, body: Some(body), headers: Vec::new() }
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
        let body = match self.body {
            Some(body) => {
                response = response.header(header::CONTENT_TYPE, "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        response.body(body).expect("a valid response")
    }
}
