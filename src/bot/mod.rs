//! The use cases: hear a message, run a command, press a button, deliver what is due. Each takes plain data and the
//! present moment, asks the domain what to do, keeps what must outlive it in the store, and gives back what to say.

pub mod commands;
mod feedback;
mod guild_log;
mod guilds;
mod hear;
mod media;
mod moderate;
mod platform;
mod press;
pub mod reminders;
mod removals;
mod sessions;
mod shelf;
mod watching;

use std::collections::VecDeque;
use std::sync::{Arc, OnceLock};

use tokio::sync::{Mutex, Notify};

use crate::domain::answers;
use crate::domain::reminders::Reminder;
use crate::domain::reply::{Reply, Tone, Visibility};
use crate::domain::settings::Settings;
use crate::domain::topics::{Library, TextKey};
use crate::domain::{ChannelId, GuildId, Locale, MessageId, RoleId, UserId};
use crate::store::{Store, StoreError};

pub use guilds::Guild;
pub use hear::{Answer, Asked, Consideration, Hearing, Matter, Surroundings, Voice};
pub use media::{Bytes, MediaCache};
pub use platform::{Platform, PlatformError, UploadedFile};
pub use press::replaces;
pub use sessions::Page;

use reminders::Delivered;
use shelf::Shelf;

/// The bot, knowing neither Discord nor a terminal.
#[derive(Debug)]
pub struct Bot {
    shelf: Shelf,
    store: Arc<dyn Store>,
    settings: Settings,
    /// Rings when a reminder was added, so that whoever waits for the next one looks again.
    reminders_changed: Notify,
    guilds: guilds::Guilds,
    platform: OnceLock<Arc<dyn Platform>>,
    /// What became of reminders, as long as the store has yet to be told.
    unsettled: Mutex<VecDeque<Delivered>>,
    /// Pictures and sounds.
    media: Arc<MediaCache>,
    /// Who is breathing in words.
    sessions: sessions::Sessions,
}

/// Who runs a command or presses a button, and where.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The person.
    pub person: UserId,
    /// The person's own language.
    pub locale: Locale,
    /// The server's language, for what everybody sees.
    pub guild_locale: Option<Locale>,
    /// The server, unless it is a direct or private conversation.
    pub guild: Option<GuildId>,
    /// The channel, if it has one.
    pub channel: Option<ChannelId>,
    /// Whether that channel is the person's direct conversation with the bot.
    pub is_direct: bool,
    /// Whether the bot itself is in that channel and could write there later.
    pub bot_is_present: bool,
    /// Whether the bot may attach files to what everybody there sees.
    pub files_are_allowed: bool,
    /// Whether the button stood on a message that only this person sees.
    pub on_private_message: bool,
    /// The message that the button stood on.
    pub message: Option<MessageId>,
    /// Their roles in the server.
    pub roles: Vec<RoleId>,
    /// Whether they have the permission Manage Server there.
    pub manages_guild: bool,
}

impl Visitor {
    /// Who is answered, and where.
    pub fn asked(&self) -> Asked {
        Asked { person: self.person, guild: self.guild, channel: self.channel }
    }

    /// The server's channel that they are in, if the bot could write there later.
    pub fn channel_for_later(&self) -> Option<ChannelId> {
        self.channel.filter(|_| self.guild.is_some() && self.bot_is_present)
    }
}

/// What a command or a button leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// What to say.
    pub reply: Reply,
    /// Whether it takes the place of the private message that the button stood on.
    pub replaces: bool,
}

/// Why the bot could not do something. The person gets a kind line, the operator this one.
#[derive(Debug, thiserror::Error)]
pub enum BotError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Bot {
    /// A bot that says what `library` holds and remembers in `store`.
    pub fn new(library: Arc<Library>, store: Arc<dyn Store>, settings: Settings) -> Self {
        Self {
            shelf: Shelf::new(library),
            store,
            settings,
            reminders_changed: Notify::new(),
            guilds: guilds::Guilds::default(),
            platform: OnceLock::new(),
            unsettled: Mutex::default(),
            media: Arc::default(),
            sessions: sessions::Sessions::default(),
        }
    }

    /// Lets the bot reach the platform that it runs on. What needs it says so where there is none.
    pub fn attach(&self, platform: Arc<dyn Platform>) {
        let _attached_before = self.platform.set(platform);
    }

    fn platform(&self) -> &dyn Platform {
        self.platform.get().map_or(&platform::Nowhere, |platform| &**platform)
    }

    /// Whether somebody may shape the bot in their server: with the permission Manage Server, or the role that the server
    /// chose.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn may_moderate(&self, visitor: &Visitor) -> Result<bool, BotError> {
        let Some(guild) = visitor.guild else { return Ok(false) };
        if visitor.manages_guild {
            return Ok(true);
        }
        let chosen = self.guild(guild).await?.book.settings.moderators;
        Ok(chosen.is_some_and(|role| visitor.roles.contains(&role)))
    }

    /// The same bot, keeping its pictures and sounds there.
    #[must_use]
    pub fn keeping_media_in(mut self, media: Arc<MediaCache>) -> Self {
        self.media = media;
        self
    }

    /// How it behaves.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What a person is told when the bot itself failed.
    pub fn apology(&self, locale: &Locale) -> Reply {
        answers::line(&self.library(), locale, TextKey::ErrorSorry)
    }

    /// What a person is told whose button is from an older version.
    pub fn old_button(&self, locale: &Locale) -> Reply {
        answers::line(&self.library(), locale, TextKey::ErrorOldButton)
    }

    /// Puts a line above a private reply for each reminder that failed since the person was here last. Nothing stands
    /// above what to do in an emergency, and a store that is ill does not keep an answer back. Nor does anything stand
    /// above a session, whose message will soon say something else.
    async fn with_news(&self, visitor: &Visitor, response: Response) -> Response {
        let tone = response.reply.card.as_ref().map(|card| card.tone);
        let is_passing = response.reply.visibility == Visibility::Public || response.reply.session.is_some();
        if is_passing || matches!(tone, Some(Tone::Urgent | Tone::Careful)) {
            return response;
        }
        match self.news_for(visitor.person).await {
            Ok(untold) if !untold.is_empty() => Response {
                reply: answers::with_failed_reminders(&self.library(), &visitor.locale, response.reply, &untold),
                ..response
            },
            Ok(_) => response,
            Err(error) => {
                tracing::error!(person.id = visitor.person.get(), %error, "failed reminders were not told");
                response
            }
        }
    }

    async fn news_for(&self, person: UserId) -> Result<Vec<Reminder>, StoreError> {
        let untold = self.store.untold_for(person).await?;
        if !untold.is_empty() {
            let ids: Vec<_> = untold.iter().map(|reminder| reminder.id).collect();
            self.store.mark_told(person, &ids).await?;
        }
        Ok(untold)
    }
}
