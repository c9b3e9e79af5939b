//! What kind of place a channel is, asked for where a server's settings make it matter. Messages do not tell.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lru::LruCache;
use serde::Deserialize;
use serenity::http::{LightMethod, Request, Route};
use serenity::model::id as model;
use tokio::time::{Instant, timeout};

use super::requests::{RequestError, Requests};
use crate::domain::ChannelId;
use crate::domain::guild::speaking::{Place, PlaceKind};

/// How long an answer holds, how long somebody in pain may wait for it, and how many places are remembered.
const HOLDS: Duration = Duration::from_secs(10 * 60);
const PATIENCE: Duration = Duration::from_secs(1);
const MOST: NonZeroUsize = NonZeroUsize::new(4096).expect("it is not zero");

/// The places asked about lately.
#[derive(Debug)]
pub struct Places(Mutex<LruCache<ChannelId, (Place, Instant)>>);

impl Default for Places {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(MOST)))
    }
}

/// Discord's channel types. Source: API reference, "Channel Types".
const FORUM: u8 = 15;
const MEDIA: u8 = 16;
const THREADS: [u8; 3] = [10, 11, 12];

#[derive(Deserialize)]
struct Found {
    #[serde(rename = "type")]
    kind: u8,
    parent_id: Option<model::ChannelId>,
}

impl Places {
    /// What kind of place `channel` is; an unknown one if that cannot be had in time.
    pub async fn of(&self, channel: ChannelId, requests: &Requests) -> Place {
        let problem = match timeout(PATIENCE, self.find(channel, requests)).await {
            Ok(Ok(place)) => return place,
            Ok(Err(error)) => error.to_string(),
            Err(_) => "it takes too long".to_owned(),
        };
        tracing::warn!(channel.id = channel.get(), problem, "it is not known what kind of channel this is");
        Place::unknown(channel)
    }

    /// What kind of place `channel` is.
    ///
    /// # Errors
    /// If Discord does not tell.
    pub async fn find(&self, channel: ChannelId, requests: &Requests) -> Result<Place, RequestError> {
        if let Some(known) = self.known(channel) {
            return Ok(known);
        }
        let found = ask(channel, requests).await?;
        let parent = found.parent_id.map(|parent| ChannelId::new(parent.get()));
        let place = match parent.filter(|_| THREADS.contains(&found.kind)) {
            Some(parent) => {
                let of = ask(parent, requests).await?;
                let kind = if [FORUM, MEDIA].contains(&of.kind) { PlaceKind::Post } else { PlaceKind::Thread };
                let category = of.parent_id.map(|category| ChannelId::new(category.get()));
                Place { channel, kind, parent: Some(parent), category }
            }
            None => Place { category: parent, ..Place::channel(channel) },
        };
        self.cache().put(channel, (place, Instant::now()));
        Ok(place)
    }

    fn known(&self, channel: ChannelId) -> Option<Place> {
        self.cache().get(&channel).filter(|(_, since)| since.elapsed() < HOLDS).map(|(place, _)| *place)
    }

    fn cache(&self) -> std::sync::MutexGuard<'_, LruCache<ChannelId, (Place, Instant)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn ask(channel: ChannelId, requests: &Requests) -> Result<Found, RequestError> {
    let route = Route::Channel { channel_id: model::ChannelId::new(channel.get()) };
    requests.fetch(Request::new(route, LightMethod::Get)).await
}
