//! Carries reminders to people.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use serde::Deserialize;
use serenity::http::{LightMethod, Request, Route};
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::messages::{Outgoing, send};
use super::requests::{RequestError, Requests};
use crate::bot::reminders::{Courier, Delivery};
use crate::domain::reminders::Destination;
use crate::domain::reminders::delivery::DeliveryFailure;
use crate::domain::{ChannelId, UserId};

/// Carries reminders through Discord.
#[derive(Debug)]
pub struct DiscordCourier {
    requests: Arc<Requests>,
    pace: Pace,
}

/// One reminder after the other, with room between them. A bot may send 50 requests a second (API reference, "Global
/// Rate Limit"), a reminder takes two, and replies need their share.
#[derive(Debug, Default)]
struct Pace(Mutex<Option<Instant>>);

const BETWEEN_REMINDERS: Duration = Duration::from_millis(50);

impl Pace {
    async fn wait(&self) {
        let mut next = self.0.lock().await;
        if let Some(next) = *next {
            tokio::time::sleep_until(next).await;
        }
        *next = Some(Instant::now() + BETWEEN_REMINDERS);
    }
}

/// Answers that say nothing against a later try: the token is being changed, direct messages are opened too fast, the
/// channel is in slow mode. Source: API reference, "JSON error codes".
const PASSING_CODES: [i64; 3] = [40_003, 20_016, 20_028];

fn failure(error: &RequestError) -> DeliveryFailure {
    match error {
        RequestError::Refused { status, code, .. } if *status != 401 && !PASSING_CODES.contains(code) => {
            DeliveryFailure::Refused
        }
        RequestError::Refused { .. } | RequestError::Unreachable(_) => DeliveryFailure::Unreachable,
    }
}

#[derive(Deserialize)]
struct DirectChannel {
    id: serenity::model::id::ChannelId,
}

impl DiscordCourier {
    /// A courier that uses these requests.
    pub fn new(requests: Arc<Requests>) -> Self {
        Self { requests, pace: Pace::default() }
    }

    async fn direct_channel(&self, person: UserId) -> Result<ChannelId, RequestError> {
        let body = serde_json::json!({ "recipient_id": person.to_string() });
        let request =
            Request::new(Route::UserMeDmChannels, LightMethod::Post).body(Some(body.to_string().into_bytes()));
        let channel: DirectChannel = self.requests.fetch(request).await?;
        Ok(ChannelId::new(channel.id.get()))
    }

    async fn carry(&self, delivery: &Delivery) -> Result<(), RequestError> {
        self.pace.wait().await;
        let channel = match delivery.destination {
            Destination::Direct => self.direct_channel(delivery.person).await?,
            Destination::Channel(channel) => channel,
        };
        let outgoing =
            Outgoing { channel, reply: &delivery.reply, answers: None, nonce: &delivery.nonce, quiet: false };
        send(&self.requests, &outgoing).await
    }
}

#[async_trait]
impl Courier for DiscordCourier {
    async fn deliver(&self, delivery: &Delivery) -> Result<(), DeliveryFailure> {
        self.carry(delivery).await.map_err(|error| {
            tracing::warn!(person.id = delivery.person.get(), nonce = delivery.nonce, %error, "a reminder was not sent");
            failure(&error)
        })
    }
}
