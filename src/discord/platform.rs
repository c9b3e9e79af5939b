//! What the bot asks of Discord beyond answering: channels and permissions, a line in a channel, a file.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use async_trait::async_trait;
use reqwest::{Client, Url};
use serenity::http::{LightMethod, Request, Route};
use serenity::model::channel::{ChannelType, GuildChannel};
use serenity::model::guild::{Member, PartialGuild};
use serenity::model::id as model;
use serenity::model::permissions::Permissions;

use super::messages::{self, Haste, Outgoing};
use super::places::Places;
use super::requests::{RequestError, Requests};
use crate::bot::{Platform, PlatformError, UploadedFile};
use crate::domain::guild::speaking::Place;
use crate::domain::guild::{GuildMap, MappedChannel, Permission};
use crate::domain::reply::Reply;
use crate::domain::{ChannelId, GuildId, MessageId, UserId};

/// How long a file may take on its way.
const FILE_TIMEOUT: Duration = Duration::from_secs(10);

/// Where Discord keeps files that people attach. Source: API reference, "Attachment Object" and "CDN".
const FILE_HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];

/// Discord's answers for what is not there: unknown channel, guild, message. Source: "JSON error codes".
const GONE: [i64; 3] = [10_003, 10_004, 10_008];

/// Discord.
#[derive(Debug)]
pub struct DiscordPlatform {
    requests: Arc<Requests>,
    places: Arc<Places>,
    me: Arc<OnceLock<UserId>>,
    files: Client,
    /// The host of another API, which then keeps the files too.
    other_host: Option<String>,
}

impl DiscordPlatform {
    /// Discord, or whatever else is at `api_url`; `me` is the bot's own user, once it is known.
    pub fn new(
        requests: Arc<Requests>,
        places: Arc<Places>,
        me: Arc<OnceLock<UserId>>,
        api_url: Option<&str>,
    ) -> Result<Self, reqwest::Error> {
        let files = Client::builder().timeout(FILE_TIMEOUT).use_rustls_tls().build()?;
        let other_host = api_url.and_then(|url| Url::parse(url).ok()?.host_str().map(str::to_owned));
        Ok(Self { requests, places, me, files, other_host })
    }

    fn may_fetch(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        let discord = url.scheme() == "https" && FILE_HOSTS.contains(&host);
        discord || self.other_host.as_deref() == Some(host)
    }

    async fn fetch<T: serde::de::DeserializeOwned>(&self, route: Route<'_>) -> Result<T, PlatformError> {
        self.requests.fetch(Request::new(route, LightMethod::Get)).await.map_err(|error| refused(&error))
    }
}

fn refused(error: &RequestError) -> PlatformError {
    match error {
        RequestError::Refused { code, .. } if GONE.contains(code) => PlatformError::Gone,
        RequestError::Refused { .. } => PlatformError::Forbidden,
        RequestError::Unreachable(reason) => PlatformError::Unreachable(reason.clone()),
    }
}

#[async_trait]
impl Platform for DiscordPlatform {
    async fn place(&self, channel: ChannelId) -> Result<Place, PlatformError> {
        self.places.find(channel, &self.requests).await.map_err(|error| refused(&error))
    }

    async fn name_of(&self, guild: GuildId) -> Result<String, PlatformError> {
        let found: PartialGuild = self.fetch(Route::Guild { guild_id: model::GuildId::new(guild.get()) }).await?;
        Ok(found.name)
    }

    async fn map_of(&self, guild: GuildId) -> Result<GuildMap, PlatformError> {
        let guild_id = model::GuildId::new(guild.get());
        let me = self.me.get().ok_or_else(|| PlatformError::Unreachable("not connected yet".to_owned()))?;
        let user_id = model::UserId::new(me.get());
        let found: PartialGuild = self.fetch(Route::Guild { guild_id }).await?;
        let member: Member = self.fetch(Route::GuildMember { guild_id, user_id }).await?;
        let mut channels: Vec<GuildChannel> = self.fetch(Route::GuildChannels { guild_id }).await?;
        let is_category = |channel: &&GuildChannel| channel.kind == ChannelType::Category;
        let categories = channels.iter().filter(is_category).map(|channel| ChannelId::new(channel.id.get())).collect();
        channels.retain(|channel| is_spoken_in(channel.kind));
        channels.sort_by_key(|channel| (channel.position, channel.id));
        let mapped = channels.into_iter().map(|channel| mapped(&found, &member, &channel)).collect();
        Ok(GuildMap { name: found.name, channels: mapped, categories })
    }

    async fn say(&self, channel: ChannelId, reply: &Reply, nonce: &str) -> Result<(), PlatformError> {
        let outgoing = Outgoing { channel, reply, answers: None, nonce, quiet: true, haste: Haste::AfterOthers };
        messages::send(&self.requests, &outgoing).await.map_err(|error| refused(&error))
    }

    async fn delete(&self, channel: ChannelId, message: MessageId) -> Result<(), PlatformError> {
        messages::delete(&self.requests, channel, message).await.map_err(|error| refused(&error))
    }

    async fn read_file(&self, file: &UploadedFile, most: usize) -> Result<Vec<u8>, PlatformError> {
        let unreachable = |error: reqwest::Error| PlatformError::Unreachable(error.without_url().to_string());
        let url = Url::parse(&file.address).ok().filter(|url| self.may_fetch(url)).ok_or(PlatformError::Forbidden)?;
        if file.size > most as u64 {
            return Err(PlatformError::TooLarge);
        }
        let mut response =
            self.files.get(url).send().await.and_then(reqwest::Response::error_for_status).map_err(unreachable)?;
        let mut bytes = Vec::new();
        // What was said about its size need not be true.
        while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
            if bytes.len() + chunk.len() > most {
                return Err(PlatformError::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}

fn is_spoken_in(kind: ChannelType) -> bool {
    matches!(kind, ChannelType::Text | ChannelType::News | ChannelType::Voice | ChannelType::Stage | ChannelType::Forum)
}

fn mapped(guild: &PartialGuild, member: &Member, channel: &GuildChannel) -> MappedChannel {
    let allowed = guild.user_permissions_in(channel, member);
    let is_forum = channel.kind == ChannelType::Forum;
    MappedChannel {
        id: ChannelId::new(channel.id.get()),
        name: channel.name.clone(),
        category: channel.parent_id.map(|category| ChannelId::new(category.get())),
        is_forum,
        lacking: lacking(allowed, is_forum),
    }
}

/// What the bot may not do with these permissions. In a forum it writes in threads alone.
fn lacking(allowed: Permissions, is_forum: bool) -> Vec<Permission> {
    if !allowed.view_channel() {
        return vec![Permission::View];
    }
    let needed = [
        (Permission::Send, is_forum || allowed.send_messages()),
        (Permission::SendInThreads, allowed.send_messages_in_threads()),
        (Permission::Embed, allowed.embed_links()),
        (Permission::Attach, allowed.attach_files()),
        (Permission::History, allowed.read_message_history()),
        (Permission::React, allowed.add_reactions()),
    ];
    needed.into_iter().filter(|(_, allowed)| !allowed).map(|(permission, _)| permission).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lacking_is_named() {
        let all = Permissions::all();
        assert_eq!(lacking(all, false), []);
        assert_eq!(lacking(Permissions::empty(), false), [Permission::View], "the rest follows from it");
        let most = all - Permissions::SEND_MESSAGES - Permissions::EMBED_LINKS;
        assert_eq!(lacking(most, false), [Permission::Send, Permission::Embed]);
        assert_eq!(lacking(most, true), [Permission::Embed], "in a forum it writes in threads");
    }
}
