//! Carries reminders to people.

use std::sync::Arc;

use async_trait::async_trait;
use serde::Deserialize;
use serenity::http::{LightMethod, Request, Route};

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
}

#[derive(Deserialize)]
struct DirectChannel {
    id: serenity::model::id::ChannelId,
}

impl DiscordCourier {
    /// A courier that uses these requests.
    pub fn new(requests: Arc<Requests>) -> Self {
        Self { requests }
    }

    async fn direct_channel(&self, person: UserId) -> Result<ChannelId, RequestError> {
        let body = serde_json::json!({ "recipient_id": person.to_string() });
        let request =
            Request::new(Route::UserMeDmChannels, LightMethod::Post).body(Some(body.to_string().into_bytes()));
        let channel: DirectChannel = self.requests.fetch(request).await?;
        Ok(ChannelId::new(channel.id.get()))
    }

    async fn carry(&self, delivery: &Delivery) -> Result<(), RequestError> {
        let channel = match delivery.destination {
            Destination::Direct => self.direct_channel(delivery.person).await?,
            Destination::Channel(channel) => channel,
        };
        let outgoing = Outgoing { channel, reply: &delivery.reply, answers: None, nonce: &delivery.nonce };
        send(&self.requests, &outgoing).await
    }
}

#[async_trait]
impl Courier for DiscordCourier {
    async fn deliver(&self, delivery: &Delivery) -> Result<(), DeliveryFailure> {
        self.carry(delivery).await.map_err(|error| {
            tracing::warn!(person.id = delivery.person.get(), nonce = delivery.nonce, %error, "a reminder was not sent");
            match error {
                RequestError::Refused { .. } => DeliveryFailure::Refused,
                RequestError::Unreachable(_) => DeliveryFailure::Unreachable,
            }
        })
    }
}
