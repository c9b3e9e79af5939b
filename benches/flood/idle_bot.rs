//! The least that a serenity bot can be: connected with the same intents, on the same kind of runtime, deaf.

use serenity::client::{ClientBuilder, EventHandler, RawEventHandler};
use serenity::http::HttpBuilder;
use serenity::model::gateway::GatewayIntents;

struct Nothing;

impl EventHandler for Nothing {}

impl RawEventHandler for Nothing {}

/// Runs until it is killed. `raw` chooses the raw handler, as the bot itself has it.
pub fn run(raw: bool) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let variable = |name: &str| std::env::var(name).expect("the address of the fake Discord");
        let http = HttpBuilder::new(variable("DISCORD_TOKEN")).proxy(variable("DISCORD_API_URL"));
        let http = http.ratelimiter_disabled(true).build();
        let intents =
            GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES | GatewayIntents::MESSAGE_CONTENT;
        let builder = ClientBuilder::new_with_http(http, intents);
        let builder = if raw { builder.raw_event_handler(Nothing) } else { builder.event_handler(Nothing) };
        let mut client = builder.await.expect("a client");
        client.start().await.expect("the gateway to stay");
    });
}
