//! The language of a server, asked for when it is first needed. Messages do not carry it, and the event that does is
//! one of the largest that Discord sends.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use serenity::http::{LightMethod, Request, Route};
use serenity::model::id as model;
use tokio::time::{Instant, timeout};

use super::requests::Requests;
use crate::domain::{GuildId, Locale};

/// How long an answer holds, how long somebody in pain may wait for it, and how many servers are remembered.
const HOLDS: Duration = Duration::from_secs(60 * 60);
const PATIENCE: Duration = Duration::from_secs(1);
const MOST: usize = 4096;

/// The languages of the servers asked about lately.
#[derive(Debug, Default)]
pub struct GuildLocales(Mutex<HashMap<GuildId, (Locale, Instant)>>);

#[derive(Deserialize)]
struct PartialGuild {
    preferred_locale: Option<String>,
}

impl GuildLocales {
    /// The language of `guild`, or the unknown one if it cannot be had in time.
    pub async fn of(&self, guild: GuildId, requests: &Requests) -> Locale {
        if let Some(known) = self.known(guild) {
            return known;
        }
        let route = Route::Guild { guild_id: model::GuildId::new(guild.get()) };
        let asked = timeout(PATIENCE, requests.fetch::<PartialGuild>(Request::new(route, LightMethod::Get))).await;
        match asked {
            Ok(Ok(found)) => {
                let locale = Locale::or_unknown(found.preferred_locale.as_deref());
                self.learn(guild, locale.clone());
                locale
            }
            Ok(Err(error)) => {
                tracing::warn!(guild.id = guild.get(), %error, "the server's language is not known");
                Locale::unknown()
            }
            Err(_) => Locale::unknown(),
        }
    }

    /// Remembers what an interaction told about its server.
    pub fn learn(&self, guild: GuildId, locale: Locale) {
        let now = Instant::now();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.retain(|_, (_, since)| now.duration_since(*since) < HOLDS / 4);
        }
        if known.len() < MOST {
            known.insert(guild, (locale, now));
        }
    }

    fn known(&self, guild: GuildId) -> Option<Locale> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&guild).filter(|(_, since)| since.elapsed() < HOLDS).map(|(locale, _)| locale.clone())
    }
}
