//! A request, read: method, route, parameters, JSON body, files.

use std::time::Instant;

use axum::body::Body;
use axum::http::{HeaderMap, Request, header};
use serde_json::Value;

use super::super::world::Id;
use super::{Handler, ROUTES, Recorded, cdn};

/// Discord's limit for a whole request.
const LARGEST_REQUEST: usize = 25 * 1024 * 1024;

/// One request.
#[derive(Debug)]
pub struct Call {
    pub method: String,
    pub path: String,
    pub query: String,
    pub headers: HeaderMap,
    pub route: &'static str,
    pub handler: Option<Handler>,
    /// What stands in the path where the route has `{…}`, in order.
    parameters: Vec<String>,
    pub body: Option<Value>,
    pub files: Vec<File>,
}

/// An uploaded file.
#[derive(Clone, Debug)]
pub struct File {
    /// The name of its field: `files[0]`.
    pub field: String,
    pub filename: String,
    pub bytes: Vec<u8>,
}

impl Call {
    /// Reads a request to its end.
    pub async fn read(request: Request<Body>) -> Result<Self, String> {
        let (parts, body) = request.into_parts();
        let bytes = axum::body::to_bytes(body, LARGEST_REQUEST).await.map_err(|error| error.to_string())?;
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
        let (body, files) = match kind.split_once("boundary=") {
            Some((_, boundary)) => read_multipart(&bytes, boundary.trim_matches('"'))?,
            None if bytes.is_empty() => (None, Vec::new()),
            None => (Some(read_json(&bytes)?), Vec::new()),
        };
        let method = parts.method.to_string();
        let path = parts.uri.path().to_owned();
        let of_the_cdn = Some(path.as_str()).filter(|it| cdn::is_here(it));
        let found = path.strip_prefix("/api/v10").or(of_the_cdn).and_then(|path| find(&method, path));
        let (route, handler, parameters) = match found {
            Some((route, handler, parameters)) => (route, Some(handler), parameters),
            None => ("", None, Vec::new()),
        };
        let query = parts.uri.query().unwrap_or_default().to_owned();
        Ok(Self { method, path, query, headers: parts.headers, route, handler, parameters, body, files })
    }

    /// The parameter at this place of the path, as an id; 0, which nothing has, where it is none.
    pub fn id(&self, position: usize) -> Id {
        self.text(position).parse().unwrap_or(0)
    }

    /// The parameter at this place of the path.
    pub fn text(&self, position: usize) -> &str {
        self.parameters.get(position).map_or("", String::as_str)
    }

    /// Is this switched on in the query?
    pub fn asks_for(&self, name: &str) -> bool {
        self.query.split('&').any(|it| it.split_once('=') == Some((name, "true")))
    }

    /// The body, or JSON null.
    pub fn json(&self) -> &Value {
        self.body.as_ref().unwrap_or(&Value::Null)
    }

    /// The part of the body that is a message: all of it, or what an interaction is answered with.
    pub fn message(&self) -> &Value {
        if self.route.ends_with("/callback") { &self.json()["data"] } else { self.json() }
    }

    /// What the journal keeps of it.
    pub fn record(&self) -> Recorded {
        Recorded {
            method: self.method.clone(),
            path: self.path.clone(),
            route: self.route,
            query: self.query.clone(),
            body: self.body.clone(),
            files: self.files.len(),
            arrived: Instant::now(),
            status: None,
        }
    }
}

fn find(method: &str, path: &str) -> Option<(&'static str, Handler, Vec<String>)> {
    let of_method = ROUTES.iter().filter(|(known, _, _)| *known == method);
    of_method.into_iter().find_map(|(_, route, handler)| Some((*route, *handler, parameters(route, path)?)))
}

/// What stands in `path` for the `{…}` of `route`, or nothing if they differ elsewhere.
fn parameters(route: &str, path: &str) -> Option<Vec<String>> {
    if route.split('/').count() != path.split('/').count() {
        return None;
    }
    let mut found = Vec::new();
    for (expected, actual) in route.split('/').zip(path.split('/')) {
        match expected.starts_with('{') {
            true => found.push(actual.to_owned()),
            false if expected == actual => {}
            false => return None,
        }
    }
    Some(found)
}

fn read_json(bytes: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(bytes).map_err(|error| format!("not JSON: {error}"))
}

/// Splits a multipart body into its `payload_json` and its files.
fn read_multipart(bytes: &[u8], boundary: &str) -> Result<(Option<Value>, Vec<File>), String> {
    let (mut json, mut files) = (None, Vec::new());
    for part in split_on(bytes, format!("--{boundary}").as_bytes()) {
        let Some(at) = position_of(part, b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&part[..at]).into_owned();
        let content = part[at + 4..].strip_suffix(b"\r\n").unwrap_or(&part[at + 4..]);
        match (quoted(&head, "; name="), quoted(&head, "filename=")) {
            (Some("payload_json"), _) => json = Some(read_json(content)?),
            (Some(field), Some(name)) => {
                files.push(File { field: field.to_owned(), filename: name.to_owned(), bytes: content.to_vec() });
            }
            (name, _) => return Err(format!("a multipart field that is neither payload_json nor a file: {name:?}")),
        }
    }
    Ok((json, files))
}

fn quoted<'a>(head: &'a str, key: &str) -> Option<&'a str> {
    let (_, after) = head.split_once(key)?;
    after.strip_prefix('"')?.split('"').next()
}

fn position_of(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|it| it == wanted)
}

fn split_on<'a>(mut bytes: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    while let Some(at) = position_of(bytes, boundary) {
        parts.push(&bytes[..at]);
        bytes = &bytes[at + boundary.len()..];
    }
    parts
}
