//! A Discord of our own, on loopback, for tests: the real client library talks to it over real sockets.
//!
//! Two layers: [`world`] is a plain model of who is where and who said what; [`rest`] and [`gateway`] put it on the wire.
//! [`conversation`] is how tests speak with it, [`bot`] runs the bot under test. `tests/it/README.md` shows how.

#![allow(dead_code, unused_imports, unreachable_pub, reason = "a library: each of its users needs a part of it")]
#![allow(
    clippy::expect_used,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::large_futures,
    reason = "in a test an unmet expectation should end it, with a sentence"
)]

pub mod bot;
pub mod conversation;
mod discord;
pub mod gateway;
mod limits;
mod logs;
pub mod rest;
mod schema;
pub mod state;
mod wire;
pub mod world;

pub use bot::{BotAddress, BotUnderTest, Exit};
pub use conversation::{Answer, Channel, Person, Reply, Role, Select, Server, Suggestion, bot_reaction, bot_reply};
pub use discord::{Canary, FakeDiscord};
pub use rest::script::{Failure, codes};
pub use schema::{check_answer, is_there as openapi_is_there};
pub use world::permissions::Permission;
pub use world::pings::Pinged;
pub use world::uploads::Upload;

/// Everything wrong with a request body: by Discord's limits and, where it is there, by its description.
pub fn check_body(method: &str, route: &str, body: &serde_json::Value) -> Vec<String> {
    let mut problems = limits::check(method, route, body);
    problems.extend(schema::check(method, route, body).unwrap_or_default());
    problems
}
