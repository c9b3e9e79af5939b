//! Discord's REST API over the world. [`ROUTES`] is all of it; everything else is a fault.
//!
//! A request passes the door (token, user agent), is held against Discord's own description and limits, meets a failure
//! if the test asked for one, and then is one atomic step on the world.

pub mod answer;
mod call;
mod cdn;
mod commands;
mod door;
mod guilds;
mod identity;
mod interactions;
mod messages;
mod reactions;
pub mod script;
pub mod socket;
mod uploads;
mod webhooks;

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::http::{Request, Response};
use serde_json::Value;

use super::state::{Core, State};
use super::{limits, schema};
use answer::Answer;
use call::Call;
use script::{Failure, codes};
use socket::Switch;

/// What answers one route.
type Handler = fn(&mut State, &Call) -> Answer;

/// Method, path as Discord's description writes it, handler. The first that fits wins.
const ROUTES: &[(&str, &str, Handler)] = &[
    ("GET", "/gateway", identity::gateway),
    ("GET", "/gateway/bot", identity::gateway_bot),
    ("GET", "/applications/@me", identity::application),
    ("GET", "/oauth2/applications/@me", identity::application),
    ("GET", "/users/@me", identity::own_user),
    ("POST", "/users/@me/channels", identity::open_direct_messages),
    ("GET", "/users/{user_id}", identity::user),
    ("GET", "/channels/{channel_id}", identity::channel),
    ("GET", "/guilds/{guild_id}", guilds::guild),
    ("GET", "/guilds/{guild_id}/channels", guilds::channels),
    ("GET", "/guilds/{guild_id}/roles", guilds::roles),
    ("GET", "/guilds/{guild_id}/threads/active", guilds::active_threads),
    ("GET", "/guilds/{guild_id}/members/{user_id}", guilds::member),
    ("GET", "/users/@me/guilds/{guild_id}/member", guilds::own_member),
    ("POST", "/channels/{channel_id}/typing", messages::typing),
    ("POST", "/channels/{channel_id}/messages", messages::create),
    ("GET", "/channels/{channel_id}/messages/{message_id}", messages::get),
    ("PATCH", "/channels/{channel_id}/messages/{message_id}", messages::edit),
    ("DELETE", "/channels/{channel_id}/messages/{message_id}", messages::delete),
    ("PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me", reactions::add),
    ("DELETE", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me", reactions::take_back),
    ("GET", "/applications/{application_id}/commands", commands::list),
    ("PUT", "/applications/{application_id}/commands", commands::overwrite),
    ("GET", "/applications/{application_id}/guilds/{guild_id}/commands", commands::list),
    ("PUT", "/applications/{application_id}/guilds/{guild_id}/commands", commands::overwrite),
    ("POST", "/interactions/{interaction_id}/{interaction_token}/callback", interactions::callback),
    ("GET", "/webhooks/{webhook_id}/{webhook_token}/messages/@original", webhooks::get),
    ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original", webhooks::edit),
    ("DELETE", "/webhooks/{webhook_id}/{webhook_token}/messages/@original", webhooks::delete),
    ("POST", "/webhooks/{webhook_id}/{webhook_token}", webhooks::follow_up),
    ("GET", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", webhooks::get),
    ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", webhooks::edit),
    ("DELETE", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", webhooks::delete),
    ("GET", cdn::OF_MESSAGES, cdn::of_a_message),
    ("GET", cdn::OF_COMMANDS, cdn::of_a_command),
];

/// One request that arrived.
#[derive(Clone, Debug)]
pub struct Recorded {
    pub method: String,
    pub path: String,
    /// The route as [`ROUTES`] writes it; empty for an unknown one.
    pub route: &'static str,
    pub query: String,
    pub body: Option<Value>,
    /// How many files came with it.
    pub files: usize,
    pub arrived: Instant,
    /// The answer's status, once it is given.
    pub status: Option<u16>,
}

impl fmt::Display for Recorded {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status.map_or_else(|| "under way".to_owned(), |it| it.to_string());
        write!(out, "{} {} -> {status}", self.method, self.path)
    }
}

/// The route's path as [`ROUTES`] writes it, whatever the parameters are called. Panics where there is none.
pub fn known_route(method: &str, path: &str) -> &'static str {
    let same = |known: &str| {
        let parameter = |it: &str| it.starts_with('{');
        let (mut ours, mut theirs) = (known.split('/'), path.split('/'));
        ours.by_ref().zip(theirs.by_ref()).all(|(a, b)| a == b || (parameter(a) && parameter(b)))
            && known.split('/').count() == path.split('/').count()
    };
    let found = ROUTES.iter().find(|(known_method, known, _)| *known_method == method && same(known));
    found.unwrap_or_else(|| panic!("the fake has no route {method} {path}")).1
}

/// Answers one request.
pub async fn serve(core: Arc<Core>, switch: Switch, request: Request<Body>) -> Response<Body> {
    let call = match Call::read(request).await {
        Ok(call) => call,
        Err(why) => {
            core.change(|state| state.fault(format!("unreadable request: {why}")));
            return Answer::refusal(codes::INVALID_BODY).into_response();
        }
    };
    let under_way = UnderWay::begin(&core, &call);
    let answer = answer(&core, &call, &switch).await;
    under_way.end(answer.status);
    answer.into_response()
}

async fn answer(core: &Core, call: &Call, switch: &Switch) -> Answer {
    let (handler, failure) = match core.change(|state| admit(state, call)) {
        Ok(admitted) => admitted,
        Err(refusal) => return refusal,
    };
    match failure {
        Some(Failure::Answer(answer)) => return answer,
        Some(Failure::DroppedBefore) => {
            switch.cut();
            return Answer::nothing();
        }
        Some(Failure::DroppedAfter) => switch.cut(),
        Some(Failure::Delay(delay)) => tokio::time::sleep(delay).await,
        Some(Failure::Held(gate)) => drop(gate.acquire().await),
        None => {}
    }
    core.change(|state| handler(state, call))
}

/// Everything that can refuse a request before it is looked at.
fn admit(state: &mut State, call: &Call) -> Result<(Handler, Option<Failure>), Answer> {
    let Some(handler) = call.handler else {
        state.fault(format!("unknown route: {} {}", call.method, call.path));
        return Err(Answer::refusal(codes::UNKNOWN_ROUTE));
    };
    door::check(state, call)?;
    let problems = problems_of(state, call);
    if !problems.is_empty() {
        let body = call.body.as_ref().map(Value::to_string).unwrap_or_default();
        state.fault(format!("invalid body: {} {}: {}\n{body}", call.method, call.path, problems.join("; ")));
        return Err(Answer::invalid(&problems));
    }
    Ok((handler, state.script.take(&call.method, call.route)))
}

fn problems_of(state: &mut State, call: &Call) -> Vec<String> {
    let Some(body) = &call.body else { return Vec::new() };
    let mut problems = limits::check(&call.method, call.route, body);
    problems.extend(uploads::check(call));
    if let Some(found) = schema::check(&call.method, call.route, body) {
        state.validated += 1;
        problems.extend(found);
    }
    problems
}

/// Keeps count of the requests that are not answered yet, also of those whose sender hangs up first.
struct UnderWay<'a> {
    core: &'a Core,
    index: usize,
}

impl<'a> UnderWay<'a> {
    fn begin(core: &'a Core, call: &Call) -> Self {
        let index = core.change(|state| {
            state.requests_under_way += 1;
            state.requests.push(call.record());
            state.requests.len() - 1
        });
        Self { core, index }
    }

    fn end(self, status: u16) {
        self.core.change(|state| state.requests[self.index].status = Some(status));
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.core.change(|state| state.requests_under_way -= 1);
    }
}
