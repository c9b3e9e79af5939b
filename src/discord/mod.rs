//! The Discord edge: gateway events in, requests out. It translates and carries; what to do is decided elsewhere.

mod courier;
pub mod custom_id;
mod events;
mod guild_locales;
mod heard;
mod interactions;
mod invocation;
mod messages;
mod pace;
mod page;
mod pauses;
mod places;
mod platform;
mod registrar;
mod registration;
pub mod render;
mod requests;
mod upload;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serenity::client::ClientBuilder;
use serenity::gateway::GatewayError;
use serenity::http::{LightMethod, Request, Route};
use serenity::model::gateway::{BotGateway, GatewayIntents};
use tokio::task::JoinError;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::bot::Bot;
use crate::bot::reminders::Clock;
use crate::domain::settings::Listening;

use courier::DiscordCourier;
use events::Events;
use places::Places;
use platform::DiscordPlatform;
use registrar::Registrar;
use requests::{RequestError, Requests};

/// How long a stop waits for answers that are on their way. Together with serenity's half second for closing the
/// gateway it stays under two seconds.
const LAST_WORDS: Duration = Duration::from_millis(1000);

/// How Discord is reached.
#[derive(Debug)]
pub struct Connection {
    /// The bot's token.
    pub token: SecretString,
    /// The base of the API, if it is not Discord itself.
    pub api_url: Option<String>,
}

/// Why the bot cannot run on Discord.
#[derive(Debug, thiserror::Error)]
pub enum DiscordError {
    /// The token is wrong.
    #[error(
        "Discord refuses the token; copy it again from the developer portal (your application, Bot, Reset Token) into \
         DISCORD_TOKEN"
    )]
    BadToken,
    /// The message-content intent is not granted.
    #[error(
        "Discord refuses the message-content intent; switch on \"Message Content Intent\" in the developer portal (your \
         application, Bot, Privileged Gateway Intents), or set discord.listening = \"mentions\""
    )]
    IntentRefused,
    /// There is no way to Discord.
    #[error("Discord cannot be reached ({0}); check the network, and DISCORD_API_URL if it is set")]
    Unreachable(String),
    /// Whoever delivers reminders is gone, and all that were confirmed would be lost without a word.
    #[error(
        "no reminder would be delivered any more ({0}); this is a fault of Lumbar, please report it. It ends here so that \
         it is started again: what is due by then is sent"
    )]
    RemindersEnded(String),
}

/// Runs the bot until `stop` is cancelled, or Discord will not have it.
///
/// # Errors
/// If Discord refuses the bot, or cannot be reached at the start, or nobody delivers reminders any more.
pub async fn run(
    bot: Arc<Bot>,
    connection: &Connection,
    clock: Arc<dyn Clock>,
    stop: CancellationToken,
) -> Result<(), DiscordError> {
    let token = connection.token.expose_secret();
    let requests = Arc::new(Requests::new(token, connection.api_url.as_deref()).map_err(|error| unreachable(&error))?);
    let http = requests::gateway_http(token, connection.api_url.as_deref()).map_err(|error| unreachable(&error))?;
    let gateway = tokio::select! {
        found = find_gateway(&requests) => found?,
        () = stop.cancelled() => return Ok(()),
    };
    let intents = intents(bot.settings().listening);
    let tasks = TaskTracker::new();
    let (places, me) = (Arc::new(Places::default()), Arc::new(OnceLock::new()));
    let platform = DiscordPlatform::new(
        Arc::clone(&requests),
        Arc::clone(&places),
        Arc::clone(&me),
        connection.api_url.as_deref(),
    )
    .map_err(|error| DiscordError::Unreachable(error.to_string()))?;
    bot.attach(Arc::new(platform));
    let registrar = Arc::new(Registrar::new(Arc::clone(&bot), Arc::clone(&requests), Arc::clone(&clock)));
    let events = Events::new(
        Arc::clone(&bot),
        Arc::clone(&requests),
        Arc::clone(&clock),
        tasks.clone(),
        stop.clone(),
        (places, me),
        Arc::clone(&registrar),
    );
    let mut client = ClientBuilder::new_with_http(http, intents)
        .raw_event_handler(events)
        .await
        .map_err(|error| DiscordError::Unreachable(error.to_string()))?;
    // Serenity takes Discord's own address if it could not ask for one. The bot talks to nobody but whom it was told.
    gateway.url.clone_into(&mut *client.ws_url.lock().await);

    let shards = Arc::clone(&client.shard_manager);
    let mut reminders = tokio::spawn(tasks.track_future(watch_reminders(bot, requests, clock, stop.clone())));
    let outcome = tokio::select! {
        ended = client.start_shards(gateway.shards.max(1)) => ended.map_err(ending),
        () = registrar.follow(&stop) => Ok(()),
        ended = &mut reminders => if stop.is_cancelled() { Ok(()) } else { Err(reminders_ended(ended)) },
    };
    stop.cancel();
    shards.shutdown_all().await;
    tasks.close();
    if timeout(LAST_WORDS, tasks.wait()).await.is_err() {
        tracing::warn!(unfinished = tasks.len(), "stopped before everything was answered");
    }
    // What was being sent has its lease in the store, and is sent again after it.
    reminders.abort();
    outcome
}

async fn watch_reminders(bot: Arc<Bot>, requests: Arc<Requests>, clock: Arc<dyn Clock>, stop: CancellationToken) {
    bot.watch_reminders(&DiscordCourier::new(requests), &*clock, &stop).await;
}

fn reminders_ended(ended: Result<(), JoinError>) -> DiscordError {
    let why = ended.map_or_else(|error| error.to_string(), |()| "nobody told them to stop".to_owned());
    DiscordError::RemindersEnded(why)
}

/// Where the gateway is, and into how many shards Discord wants the bot cut. Discord looks at the token here, too.
async fn find_gateway(requests: &Requests) -> Result<BotGateway, DiscordError> {
    let gateway: BotGateway =
        requests.fetch(Request::new(Route::GatewayBot, LightMethod::Get)).await.map_err(|error| unreachable(&error))?;
    let starts = &gateway.session_start_limit;
    if starts.remaining == 0 {
        // Discord resets the token of a bot that starts more often (API reference, "Session Start Limit").
        let minutes = starts.reset_after / 60_000 + 1;
        return Err(DiscordError::Unreachable(format!("no session may be started for {minutes} more minutes")));
    }
    Ok(gateway)
}

/// The fewest intents that serve: messages in servers and direct messages, and what they say only if it may be read.
fn intents(listening: Listening) -> GatewayIntents {
    let fewest = GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    match listening {
        Listening::Content => fewest | GatewayIntents::MESSAGE_CONTENT,
        Listening::Mentions => fewest,
    }
}

fn unreachable(error: &RequestError) -> DiscordError {
    match error.status() {
        Some(401) => DiscordError::BadToken,
        _ => DiscordError::Unreachable(error.to_string()),
    }
}

fn ending(error: serenity::Error) -> DiscordError {
    match error {
        serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents) => DiscordError::IntentRefused,
        serenity::Error::Gateway(GatewayError::InvalidAuthentication) => DiscordError::BadToken,
        other => DiscordError::Unreachable(other.to_string()),
    }
}
