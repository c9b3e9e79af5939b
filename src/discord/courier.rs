//! Carries reminders to people.

use std::sync::Arc;

use async_trait::async_trait;
use serde::Deserialize;
use serenity::http::{LightMethod, Request, Route};

use super::messages::{Haste, Outgoing, send};
use super::requests::{RequestError, Requests, read};
use crate::bot::reminders::{Courier, Delivery};
use crate::domain::reminders::Destination;
use crate::domain::reminders::delivery::DeliveryFailure;
use crate::domain::{ChannelId, UserId};

/// Carries reminders through Discord.
#[derive(Debug)]
pub struct DiscordCourier {
    requests: Arc<Requests>,
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

/// What Discord says of a direct conversation that it no longer knows, or that has to be opened again. Source: API
/// reference, "JSON error codes"; discord/discord-api-docs#7666.
const OUTDATED_CODES: [i64; 2] = [10_003, 50_001];

impl DiscordCourier {
    /// A courier that uses these requests.
    pub fn new(requests: Arc<Requests>) -> Self {
        Self { requests }
    }

    async fn carry(&self, delivery: &Delivery) -> Result<(), RequestError> {
        let known = match delivery.destination {
            Destination::Channel(channel) => return self.send(delivery, channel).await,
            Destination::Direct => delivery.direct_channel,
        };
        if let Some(channel) = known {
            match self.send(delivery, channel).await {
                Err(error) if error.code().is_some_and(|code| OUTDATED_CODES.contains(&code)) => {}
                outcome => return outcome,
            }
        }
        let channel = self.direct_channel(delivery.person).await?;
        self.send(delivery, channel).await
    }

    async fn direct_channel(&self, person: UserId) -> Result<ChannelId, RequestError> {
        let body = serde_json::json!({ "recipient_id": person.to_string() });
        let request =
            Request::new(Route::UserMeDmChannels, LightMethod::Post).body(Some(body.to_string().into_bytes()));
        let channel: DirectChannel = read(&self.requests.send_after_others(request).await?)?;
        Ok(ChannelId::new(channel.id.get()))
    }

    async fn send(&self, delivery: &Delivery, channel: ChannelId) -> Result<(), RequestError> {
        let Delivery { reply, nonce, .. } = delivery;
        let outgoing = Outgoing { channel, reply, answers: None, nonce, quiet: false, haste: Haste::AfterOthers };
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
