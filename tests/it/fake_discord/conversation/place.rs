//! Servers, channels, threads and forum posts.

use std::sync::Arc;

use serde_json::json;

use super::super::state::{Core, State};
use super::super::world::Id;
use super::super::world::messages::Body;
use super::super::world::permissions::{Permission, Target};
use super::super::world::places::ChannelKind;
use super::{Person, Role, Said, settle, text};

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
        self.removes_the_bot();
        self
    }

    /// The bot is removed. It hears nothing of that but what it is told when it logs in.
    pub fn removes_the_bot(&self) {
        self.has_the_bot(false);
    }

    /// The bot is a member again.
    pub fn invites_the_bot(&self) {
        self.has_the_bot(true);
    }

    fn has_the_bot(&self, has_the_bot: bool) {
        self.core.change(|state| {
            state.world.guilds.get_mut(&self.id).expect("this server").has_the_bot = has_the_bot;
        });
    }

    /// A new text channel.
    pub fn channel(&self, name: &str) -> Channel {
        self.add(ChannelKind::Text, name, None)
    }

    /// A new forum. People post in it: [`Person::posts`].
    pub fn forum(&self, name: &str) -> Channel {
        self.add(ChannelKind::Forum, name, None)
    }

    /// A new channel for announcements.
    pub fn announcements(&self, name: &str) -> Channel {
        self.add(ChannelKind::Announcements, name, None)
    }

    /// A new voice channel, which has a chat too.
    pub fn voice_channel(&self, name: &str) -> Channel {
        self.add(ChannelKind::Voice, name, None)
    }

    /// A new category. Channels are put into it by [`Channel::channel`].
    pub fn category(&self, name: &str) -> Channel {
        self.add(ChannelKind::Category, name, None)
    }

    /// A new role, which permits nothing of itself.
    pub fn role(&self, name: &str) -> Role {
        let id = self.core.change(|state| {
            let id = state.world.add_role(self.id, name, 0);
            state.dispatch_role("GUILD_ROLE_CREATE", self.id, id);
            id
        });
        self.role_with(id)
    }

    /// The role that everybody has.
    pub fn everyone(&self) -> Role {
        self.role_with(self.id)
    }

    /// The role that came with the bot, with what it was invited for.
    pub fn role_of_the_bot(&self) -> Role {
        let own =
            |state: &State| state.world.guilds[&self.id].roles.iter().find(|it| it.of_bot.is_some()).map(|it| it.id);
        self.role_with(self.core.look(own).expect("the bot's role"))
    }

    fn role_with(&self, id: Id) -> Role {
        Role { core: Arc::clone(&self.core), guild: self.id, id }
    }

    /// The server's settings show this command to a role, whatever its permissions.
    pub fn opens_command(&self, command: &str, role: &Role) {
        let name = command.trim_start_matches('/').to_owned();
        self.core.change(|state| {
            let guild = state.world.guilds.get_mut(&self.id).expect("this server");
            guild.opened.push((name, role.id));
        });
    }

    fn add(&self, kind: ChannelKind, name: &str, parent: Option<Id>) -> Channel {
        let id = self.core.change(|state| {
            let id = state.world.add_channel(self.id, kind, name, parent);
            let channel = state.world.channels[&id].clone();
            let event = if kind.is_thread() { "THREAD_CREATE" } else { "CHANNEL_CREATE" };
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

    /// A new text channel in this category.
    pub fn channel(&self, name: &str) -> Self {
        let guild = self.core.look(|state| state.world.channels[&self.id].guild).expect("categories are in servers");
        Server { core: Arc::clone(&self.core), id: guild }.add(ChannelKind::Text, name, Some(self.id))
    }

    /// How a message mentions it.
    pub fn mention(&self) -> String {
        format!("<#{}>", self.id)
    }

    /// What the bot may do elsewhere it may not do here.
    pub fn denies_the_bot(&self, permission: Permission) -> &Self {
        self.overwrites(self.the_bot(), 0, permission.bit())
    }

    /// The bot may do here what it may not do elsewhere, or what was denied to it.
    pub fn allows_the_bot(&self, permission: Permission) -> &Self {
        self.overwrites(self.the_bot(), permission.bit(), 0)
    }

    /// Who has this role may not do that here.
    pub fn denies(&self, role: &Role, permission: Permission) -> &Self {
        self.overwrites(Target::Role(role.id), 0, permission.bit())
    }

    /// Who has this role may do that here.
    pub fn allows(&self, role: &Role, permission: Permission) -> &Self {
        self.overwrites(Target::Role(role.id), permission.bit(), 0)
    }

    fn the_bot(&self) -> Target {
        Target::Member(self.core.look(|state| state.world.bot.user))
    }

    fn overwrites(&self, target: Target, allow: u64, deny: u64) -> &Self {
        self.core.change(|state| {
            let channel = state.world.channels.get_mut(&self.id).expect("this channel");
            assert!(channel.guild.is_some() && !channel.kind.is_thread(), "a thread has its channel's permissions");
            channel.overwrite(target, allow, deny);
            let channel = channel.clone();
            state.dispatch_channel("CHANNEL_UPDATE", &channel);
        });
        self
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
            let reactions = state.world.unread_reactions();
            let reactions = reactions.filter(|(id, _)| state.world.messages[id].channel == self.id);
            let texts = here.map(|it| text::of(&state.world, &it.body));
            texts.chain(reactions.map(|(_, emoji)| format!("the reaction {emoji}"))).collect::<Vec<_>>()
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
