//! People, and what they do.

use std::sync::Arc;
use std::time::Instant;

use serde_json::{Value, json};

use super::super::state::{Core, State};
use super::super::wire;
use super::super::world::Id;
use super::super::world::commands::CommandKind;
use super::super::world::interactions::{Interaction, InteractionKind};
use super::super::world::messages::Body;
use super::super::world::permissions::{MODERATOR, Permission};
use super::super::world::places::ChannelKind;
use super::{Answer, Channel, Choosing, Form, Role, Run, Select, Server, Shown, run, select, text};

/// Somebody who uses Discord.
#[derive(Clone, Debug)]
pub struct Person {
    pub(super) core: Arc<Core>,
    pub id: Id,
}

/// What a person said.
#[derive(Clone, Debug)]
pub struct Said {
    core: Arc<Core>,
    pub id: Id,
}

impl Said {
    pub(super) fn new(core: &Arc<Core>, id: Id) -> Self {
        Self { core: Arc::clone(core), id }
    }
}

impl Said {
    /// The emoji under it, in the order of their coming.
    pub fn reactions(&self) -> Vec<String> {
        super::reactions(&self.core, self.id)
    }
}

impl Shown for Said {
    fn core(&self) -> &Arc<Core> {
        &self.core
    }

    fn message_id(&self) -> Id {
        self.id
    }
}

impl Person {
    pub(in super::super) fn create(core: &Arc<Core>, name: &str) -> Self {
        let id = core.change(|state| state.world.add_user(name));
        Self { core: Arc::clone(core), id }
    }

    pub(in super::super) fn known(core: &Arc<Core>, id: Id) -> Self {
        Self { core: Arc::clone(core), id }
    }

    fn with(self, change: impl FnOnce(&mut super::super::world::people::User)) -> Self {
        self.core.change(|state| change(state.world.users.get_mut(&self.id).expect("this person")));
        self
    }

    /// Sets the language that they read Discord in.
    pub fn locale(self, locale: &str) -> Self {
        self.with(|it| locale.clone_into(&mut it.locale))
    }

    /// Makes them a moderator, everywhere.
    pub fn moderator(self) -> Self {
        self.with(|it| it.everywhere = MODERATOR)
    }

    /// Makes them a moderator of one server, by a role of its own.
    pub fn moderates(self, server: &Server) -> Self {
        let role = server.role("Moderator");
        for permission in [Permission::ManageGuild, Permission::ManageChannels, Permission::ManageMessages] {
            role.clone().permits(permission);
        }
        self.has_role(&role)
    }

    /// Gives them a role.
    pub fn has_role(self, role: &Role) -> Self {
        role.is_given_to(self.id);
        self
    }

    /// Takes a role from them.
    pub fn loses_role(&self, role: &Role) {
        role.is_taken_from(self.id);
    }

    /// Makes them another bot.
    pub fn bot(self) -> Self {
        self.with(|it| it.bot = true)
    }

    /// They take no direct messages: sending there is refused with 50007.
    pub fn refuses_direct_messages(self) -> Self {
        self.with(|it| it.refuses_direct_messages = true)
    }

    /// How a message mentions them.
    pub fn mention(&self) -> String {
        format!("<@{}>", self.id)
    }

    /// Their conversation with the bot.
    pub fn direct_messages(&self) -> Channel {
        let id = self.core.change(|state| state.world.direct_messages_with(self.id));
        Channel::new(&self.core, id)
    }

    /// A conversation with friends, where the bot can only be brought by who installed it.
    pub fn group_chat(&self) -> Channel {
        let people = [self.id];
        let id = self.core.change(|state| state.world.add_private_channel(ChannelKind::GroupDirectMessage, &people));
        Channel::new(&self.core, id)
    }

    /// Types a message.
    pub async fn says(&self, channel: &Channel, content: &str) -> Said {
        self.sends(channel.id, Body::text(content), None)
    }

    /// Starts a post in a forum: its thread, and its first message, which has the thread's id.
    pub async fn posts(&self, forum: &Channel, title: &str, content: &str) -> (Channel, Said) {
        let thread = forum.thread(title);
        assert!(self.may(Permission::SendMessages, forum.id), "they may not post there");
        self.core.change(|state| {
            state.world.add_message_as(thread.id, thread.id, self.id, Body::text(content), None);
            state.dispatch_message("MESSAGE_CREATE", thread.id);
        });
        let said = Said::new(&self.core, thread.id);
        (thread, said)
    }

    /// Replies to a message, with the ping that Discord has on by default.
    pub async fn replies_to(&self, message: &impl Shown, content: &str) -> Said {
        self.sends(self.channel_of(message), Body::text(content), Some(message.message_id()))
    }

    /// Replies to a message with the ping switched off.
    pub async fn replies_quietly_to(&self, message: &impl Shown, content: &str) -> Said {
        let quiet = json!({ "parse": ["users", "roles", "everyone"], "replied_user": false });
        let body = Body { allowed_mentions: Some(quiet), ..Body::text(content) };
        self.sends(self.channel_of(message), body, Some(message.message_id()))
    }

    fn channel_of(&self, message: &impl Shown) -> Id {
        let id = message.message_id();
        self.core.look(|state| state.world.messages[&id].channel)
    }

    fn sends(&self, channel: Id, body: Body, reference: Option<Id>) -> Said {
        let writing = |state: &State| match state.world.channels[&channel].kind.is_thread() {
            true => Permission::SendMessagesInThreads,
            false => Permission::SendMessages,
        };
        assert!(self.may(self.core.look(writing), channel), "they may not write there");
        let id = self.core.change(|state| {
            let id = state.world.add_message(channel, self.id, body, reference);
            state.dispatch_message("MESSAGE_CREATE", id);
            id
        });
        Said::new(&self.core, id)
    }

    /// Changes what they said.
    pub async fn edits(&self, said: &Said, content: &str) {
        self.core.change(|state| {
            state.world.edit_message(said.id, |body| content.clone_into(&mut body.content));
            state.dispatch_message("MESSAGE_UPDATE", said.id);
        });
    }

    fn may(&self, permission: Permission, channel: Id) -> bool {
        self.core.look(|state| state.world.may(self.id, permission, channel))
    }

    /// Puts an emoji under a message.
    pub async fn reacts(&self, message: &impl Shown, emoji: &str) {
        let id = message.message_id();
        assert!(self.may(Permission::AddReactions, self.channel_of(message)), "they may not react there");
        self.core.change(|state| {
            if state.world.react(id, self.id, emoji) {
                state.dispatch_reaction("MESSAGE_REACTION_ADD", id, self.id, emoji);
            }
        });
    }

    /// Deletes what they said, or as a moderator what anybody said.
    pub async fn deletes(&self, message: &impl Shown) {
        let id = message.message_id();
        let is_own = self.core.look(|state| state.world.messages[&id].author == self.id);
        let may = is_own || self.may(Permission::ManageMessages, self.channel_of(message));
        assert!(may, "only moderators delete what others said");
        self.core.change(|state| state.delete_message(id));
    }

    /// Presses the button with this label, and waits for the answer.
    pub async fn presses(&self, message: &impl Shown, label: &str) -> Answer {
        let button = self.sees(message, &format!("the button {label:?}"), |it| it["type"] == 2 && it["label"] == label);
        assert!(button["disabled"] != json!(true), "the button {label:?} is disabled");
        let data = json!({ "id": 1, "custom_id": button["custom_id"], "component_type": 2 });
        self.uses(self.channel_of(message), message.message_id(), &format!("the button {label:?}"), &data).await
    }

    /// Chooses in the select menu that offers this option, and waits for the answer.
    pub async fn chooses(&self, message: &impl Shown, option: &str) -> Answer {
        let offers =
            |it: &Value| it["options"].as_array().is_some_and(|all| all.iter().any(|it| it["label"] == option));
        let what = format!("the option {option:?}");
        let menu = self.sees(message, &what, offers);
        assert!(menu["disabled"] != json!(true), "the menu with {what} is disabled");
        assert!(menu["min_values"].as_u64().unwrap_or(1) <= 1, "the menu with {what} wants more than one");
        let value = menu["options"].as_array().and_then(|all| all.iter().find(|it| it["label"] == option));
        let values = [value.expect("the option just seen")["value"].clone()];
        let data = json!({ "id": 1, "custom_id": menu["custom_id"], "component_type": 3, "values": values });
        self.uses(self.channel_of(message), message.message_id(), &what, &data).await
    }

    /// Opens the menu with this placeholder or custom id, to choose in it: `.options(["Red", "Green"]).await`.
    pub fn selects(&self, message: &impl Shown, name: &str) -> Choosing {
        let part = self.sees(message, &format!("the menu {name:?}"), |it| select::is_named(it, name));
        assert!(part["disabled"] != json!(true), "the menu {name:?} is disabled");
        let (menu, name) = (Select::new(&self.core, part), name.to_owned());
        Choosing { person: self.clone(), message: message.message_id(), channel: self.channel_of(message), menu, name }
    }

    pub(super) async fn uses(&self, place: Id, message: Id, what: &str, data: &Value) -> Answer {
        let interaction = self.interacts(InteractionKind::Component, place, Some(message), what, data);
        Answer::wait(&self.core, interaction).await
    }

    /// A part of the message as this person sees it. Panics with the whole message where it is not there.
    fn sees(&self, message: &impl Shown, what: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        let id = message.message_id();
        self.core.look(|state| {
            let shown = state.world.message(id).expect("a message that is still there");
            assert!(state.world.may(self.id, Permission::ViewChannel, shown.channel), "they cannot see that channel");
            let asked = shown.interaction.and_then(|id| state.world.interactions.get(&id)).map(|it| it.person);
            assert!(!shown.is_ephemeral() || asked == Some(self.id), "only who asked can see this private message");
            let found = text::find_component(&shown.body.components, &is_it).cloned();
            found.unwrap_or_else(|| panic!("{what} is not here:\n{}", text::of(&state.world, &shown.body)))
        })
    }

    /// Types a slash command: `runs("/walk start").option("in", "1 h").in_channel(&channel)`.
    pub fn runs(&self, command: &str) -> Run {
        Run::new(self, command)
    }

    /// Opens a message's menu and picks one of the bot's commands, and waits for the answer.
    pub async fn menu(&self, command: &str, message: &impl Shown) -> Answer {
        let place = self.channel_of(message);
        let known = run::registered(&self.core, place, CommandKind::MessageMenu, command).await;
        run::check_offered(&self.core, self, place, &known);
        let id = message.message_id();
        let shown =
            |state: &State| wire::message(&state.world, state.world.message(id).expect("a message that is there"));
        let data = json!({
            "id": known["id"], "name": command, "type": 3, "target_id": id.to_string(),
            "resolved": { "messages": { id.to_string(): self.core.look(shown) } },
        });
        let what = format!("the menu command {command:?}");
        let interaction = self.interacts(InteractionKind::Command, place, None, &what, &data);
        Answer::wait(&self.core, interaction).await
    }

    /// Fills in a form and sends it, and waits for the answer. Fields are named by label or custom id.
    pub async fn submits(&self, form: &Form, fields: &[(&str, &str)]) -> Answer {
        let data = form.filled_in(fields);
        let what = format!("the form {:?}", form.title());
        let interaction = self.interacts(InteractionKind::ModalSubmit, form.channel, form.message, &what, &data);
        Answer::wait(&self.core, interaction).await
    }

    /// Creates an interaction and hands it to the bot.
    pub(super) fn interacts(
        &self,
        kind: InteractionKind,
        channel: Id,
        message: Option<Id>,
        what: &str,
        data: &Value,
    ) -> Id {
        let make = |state: &mut State| {
            let id = state.world.clock.next_id();
            let interaction = Interaction {
                id,
                token: format!("token-of-{id}"),
                kind,
                channel,
                person: self.id,
                message,
                what: what.to_owned(),
                created: state.world.clock.now(),
                sent: Instant::now(),
                callback: None,
                original: None,
                follow_ups: Vec::new(),
            };
            state.world.interactions.insert(id, interaction);
            state.dispatch_interaction(id, data);
            id
        };
        self.core.change(make)
    }
}
