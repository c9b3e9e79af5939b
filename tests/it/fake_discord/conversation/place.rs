//! Servers, channels, threads and forum posts.

use std::sync::Arc;

use serde_json::json;

use super::super::state::Core;
use super::super::world::Id;
use super::super::world::messages::Body;
use super::super::world::places::ChannelKind;
use super::{Person, Said, settle, text};

/// A server.
#[derive(Clone, Debug)]
pub struct Server {
    pub(super) core: Arc<Core>,
    pub id: Id,
}

impl Server {
    pub(in super::super) fn create(core: &Arc<Core>, name: &str) -> Self {
        let id = core.change(|state| {
            let id = state.world.add_guild(name);
            state.dispatch_guild("GUILD_CREATE", id);
            id
        });
        Self { core: Arc::clone(core), id }
    }

    /// Sets the server's language.
    pub fn locale(self, locale: &str) -> Self {
        self.core.change(|state| {
            let guild = state.world.guilds.get_mut(&self.id).expect("this server");
            locale.clone_into(&mut guild.preferred_locale);
            state.dispatch_guild("GUILD_UPDATE", self.id);
        });
        self
    }

    /// The bot is no member here: only people who installed it for themselves can use it.
    pub fn without_the_bot(self) -> Self {
        self.core.change(|state| {
            let guild = state.world.guilds.get_mut(&self.id).expect("this server");
            guild.has_the_bot = false;
        });
        self
    }

    /// A new text channel.
    pub fn channel(&self, name: &str) -> Channel {
        self.add(ChannelKind::Text, name, None)
    }

    /// A new forum. People post in it: [`Person::posts`].
    pub fn forum(&self, name: &str) -> Channel {
        self.add(ChannelKind::Forum, name, None)
    }

    fn add(&self, kind: ChannelKind, name: &str, parent: Option<Id>) -> Channel {
        let id = self.core.change(|state| {
            let id = state.world.add_channel(self.id, kind, name, parent);
            let channel = state.world.channels[&id].clone();
            let event = if kind == ChannelKind::PublicThread { "THREAD_CREATE" } else { "CHANNEL_CREATE" };
            state.dispatch_channel(event, &channel);
            id
        });
        Channel::new(&self.core, id)
    }
}

/// A place to talk in.
#[derive(Clone, Debug)]
pub struct Channel {
    pub(super) core: Arc<Core>,
    pub id: Id,
}

impl Channel {
    pub(super) fn new(core: &Arc<Core>, id: Id) -> Self {
        Self { core: Arc::clone(core), id }
    }

    /// Its name, or what kind of conversation it is.
    pub fn name(&self) -> String {
        self.core.look(|state| match state.world.channels[&self.id].kind {
            ChannelKind::DirectMessage => "direct messages".to_owned(),
            ChannelKind::GroupDirectMessage => "a group chat".to_owned(),
            _ => state.world.channels[&self.id].name.clone(),
        })
    }

    /// A new thread, or a new post's thread in a forum.
    pub fn thread(&self, name: &str) -> Self {
        let guild = self.core.look(|state| state.world.channels[&self.id].guild).expect("threads are in servers");
        Server { core: Arc::clone(&self.core), id: guild }.add(ChannelKind::PublicThread, name, Some(self.id))
    }

    /// The bot lacks this permission here, as Discord tells it with each interaction.
    pub fn withholds(&self, permission: u64) {
        self.core.change(|state| {
            let channel = state.world.channels.get_mut(&self.id).expect("this channel");
            channel.withheld |= permission;
        });
    }

    /// A webhook posts something.
    pub fn hears_from_a_webhook(&self, content: &str) -> Said {
        let webhook = self.core.change(|state| {
            let id = state.world.add_user("A webhook");
            state.world.users.get_mut(&id).into_iter().for_each(|it| it.bot = true);
            id
        });
        self.add_message(webhook, content, |message| message.webhook = true)
    }

    /// Discord itself posts something: 7 is "… joined the server", 6 "… pinned a message", 8 "… boosted the server".
    pub fn hears_from_discord(&self, kind: u64, about: &Person, content: &str) -> Said {
        self.add_message(about.id, content, |message| message.kind = kind)
    }

    fn add_message(
        &self,
        author: Id,
        content: &str,
        change: impl FnOnce(&mut super::super::world::messages::Message),
    ) -> Said {
        let id = self.core.change(|state| {
            let id = state.world.add_message(self.id, author, Body::text(content), None);
            state.world.messages.get_mut(&id).into_iter().for_each(change_once(change));
            state.dispatch_message("MESSAGE_CREATE", id);
            id
        });
        Said::new(&self.core, id)
    }

    /// Fails if the bot says anything here in answer to what it was told so far. See [`super::super::FakeDiscord::canary`]
    /// for how it is known that the bot has had its chance.
    pub async fn stays_silent(&self) {
        settle(&self.core).await;
        let said = self.core.look(|state| {
            let here = state.world.unread().filter(|it| it.channel == self.id && it.interaction.is_none());
            here.map(|it| text::of(&it.body)).collect::<Vec<_>>()
        });
        assert!(said.is_empty(), "#{} should have stayed silent: {}", self.name(), json!(said));
    }
}

/// Lets a change that can happen once be applied to at most one thing.
fn change_once<T>(change: impl FnOnce(&mut T)) -> impl FnMut(&mut T) {
    let mut change = Some(change);
    move |it| {
        if let Some(change) = change.take() {
            change(it);
        }
    }
}
