//! What the bot said, and how it answered.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::state::{Core, State};
use super::super::world::Id;
use super::super::world::interactions::callback;
use super::super::world::messages::{Attachment, Message};
use super::super::world::pings::Pinged;
use super::{Channel, Form, Select, Shown, select, text};

/// A message from the bot.
#[derive(Clone, Debug)]
pub struct Reply {
    core: Arc<Core>,
    pub id: Id,
}

impl Shown for Reply {
    fn core(&self) -> &Arc<Core> {
        &self.core
    }

    fn message_id(&self) -> Id {
        self.id
    }
}

impl Reply {
    pub(super) fn new(core: &Arc<Core>, id: Id) -> Self {
        Self { core: Arc::clone(core), id }
    }

    /// The message as it is now, to look at whatever has no method here.
    pub fn message(&self) -> Message {
        self.core.look(|state| state.world.messages[&self.id].clone())
    }

    /// All that can be read, as plain text for a snapshot: content, embeds, buttons, files.
    pub fn text(&self) -> String {
        self.core.look(|state| text::of(&state.world, &state.world.messages[&self.id].body))
    }

    /// The labels of its buttons, in order.
    pub fn buttons(&self) -> Vec<String> {
        text::buttons(&self.message().body.components)
    }

    /// The menu with this placeholder or custom id.
    pub fn select(&self, name: &str) -> Select {
        let components = self.message().body.components;
        let found = text::find_component(&components, &|it| select::is_named(it, name)).cloned();
        let found = found.unwrap_or_else(|| panic!("no menu {name:?}, only {:?}", text::menus(&components)));
        Select::new(&self.core, found)
    }

    /// What is in the file of this name that came with it.
    pub fn file(&self, name: &str) -> Vec<u8> {
        let files = self.attachments();
        let found = files.iter().find(|it| it.filename == name).map(|it| it.bytes.clone());
        let names = || files.iter().map(|it| it.filename.clone()).collect::<Vec<_>>();
        found.unwrap_or_else(|| panic!("no file {name:?}, only {:?}", names()))
    }

    /// The files that came with it.
    pub fn attachments(&self) -> Vec<Attachment> {
        self.message().body.attachments
    }

    /// Can only the person who asked see it?
    pub fn is_private(&self) -> bool {
        self.message().is_ephemeral()
    }

    /// Did it come without a notification?
    pub fn is_quiet(&self) -> bool {
        self.message().is_quiet()
    }

    /// The emoji under it, in the order of their coming.
    pub fn reactions(&self) -> Vec<String> {
        super::reactions(&self.core, self.id)
    }

    /// Was it deleted?
    pub fn is_deleted(&self) -> bool {
        self.message().deleted
    }

    /// Whose phones buzz because of it.
    pub fn pings(&self) -> BTreeSet<Pinged> {
        self.core.look(|state| state.world.pinged_by(&state.world.messages[&self.id]))
    }

    /// Fails if anybody's phone buzzes because of it.
    pub fn assert_pings_nobody(&self) {
        assert_eq!(self.pings(), BTreeSet::new(), "this message should ping nobody:\n{}", self.text());
    }

    /// Fails unless it is a native reply to this message.
    pub fn assert_refers_to(&self, message: &impl Shown) {
        assert_eq!(self.message().reference, Some(message.message_id()), "not a reply to it:\n{}", self.text());
    }

    /// The direct or server channel that it is in.
    pub fn channel(&self) -> Channel {
        Channel::new(&self.core, self.message().channel)
    }

    /// How often it was edited so far.
    pub fn edits(&self) -> usize {
        self.message().earlier.len()
    }

    /// Waits until it has been edited `count` times in all.
    pub async fn is_edited(&self, count: usize) -> &Self {
        let edited = |state: &mut State| (state.world.messages[&self.id].earlier.len() >= count).then_some(());
        self.core.wait_for(&format!("edit {count} of {:?}", self.text()), edited).await;
        self
    }

    /// Waits until it is deleted.
    pub async fn disappears(&self) {
        let deleted = |state: &mut State| state.world.messages[&self.id].deleted.then_some(());
        self.core.wait_for(&format!("the end of {:?}", self.text()), deleted).await;
    }
}

/// How the bot answered something that a person did.
#[derive(Clone, Debug)]
pub struct Answer {
    core: Arc<Core>,
    interaction: Id,
    taken: usize,
}

impl Shown for Answer {
    fn core(&self) -> &Arc<Core> {
        &self.core
    }

    fn message_id(&self) -> Id {
        self.message().id
    }
}

impl Answer {
    /// Waits until the bot has answered, and after a deferral until the answer itself is there.
    pub(super) async fn wait(core: &Arc<Core>, interaction: Id) -> Self {
        let what = core.look(|state| state.world.interactions[&interaction].what.clone());
        let answered = |state: &mut State| {
            let (original, edits_awaited) = {
                let interaction = &state.world.interactions[&interaction];
                let answered = interaction.callback.as_ref()?;
                let promised = answered.kind == callback::DEFERRED_UPDATE;
                (interaction.original, promised.then_some(answered.edits_before))
            };
            let Some(original) = original else { return Some(()) };
            let message = state.world.messages.get_mut(&original)?;
            if edits_awaited.is_some_and(|before| message.edits.len() <= before) {
                return None;
            }
            message.read = message.read || !message.is_loading();
            (message.deleted || !message.is_loading()).then_some(())
        };
        core.wait_for(&format!("an answer to {what}"), answered).await;
        Self { core: Arc::clone(core), interaction, taken: 0 }
    }

    fn kind(&self) -> u64 {
        self.core.look(|state| state.world.interactions[&self.interaction].callback.as_ref().map_or(0, |it| it.kind))
    }

    /// The message: a new one, or the one whose button was pressed.
    pub fn message(&self) -> Reply {
        let original = self.core.look(|state| state.world.interactions[&self.interaction].original);
        Reply::new(&self.core, original.expect("an answer that is a message"))
    }

    /// All that can be read of it.
    pub fn text(&self) -> String {
        self.message().text()
    }

    /// The labels of its buttons, in order.
    pub fn buttons(&self) -> Vec<String> {
        self.message().buttons()
    }

    /// The menu with this placeholder or custom id.
    pub fn select(&self, name: &str) -> Select {
        self.message().select(name)
    }

    /// What is in the file of this name that came with it.
    pub fn file(&self, name: &str) -> Vec<u8> {
        self.message().file(name)
    }

    /// Can only the person who asked see it?
    pub fn is_private(&self) -> bool {
        self.message().is_private()
    }

    /// Fails if others can see it.
    pub fn assert_private(&self) {
        assert!(self.is_private(), "others can see this answer:\n{}", self.text());
    }

    /// Fails if it is hidden from others.
    pub fn assert_public(&self) {
        assert!(!self.is_private(), "only who asked can see this answer:\n{}", self.text());
    }

    /// Did the bot ask for time first?
    pub fn was_deferred(&self) -> bool {
        matches!(self.kind(), callback::DEFERRED_MESSAGE | callback::DEFERRED_UPDATE)
    }

    /// Did it change the message that the button was on, rather than send one?
    pub fn changed_the_message(&self) -> bool {
        self.kind() == callback::UPDATE
    }

    /// The form that opened.
    pub fn form(&self) -> Form {
        assert_eq!(self.kind(), callback::MODAL, "no form opened");
        self.core.look(|state| {
            let interaction = &state.world.interactions[&self.interaction];
            let data = interaction.callback.as_ref().map(|it| it.data.clone());
            Form { data: data.unwrap_or_default(), channel: interaction.channel, message: interaction.message }
        })
    }

    /// Waits for the next follow-up.
    pub async fn follow_up(&mut self) -> Reply {
        let (interaction, position) = (self.interaction, self.taken);
        let find = |state: &mut State| {
            let id = *state.world.interactions[&interaction].follow_ups.get(position)?;
            state.world.messages.get_mut(&id)?.read = true;
            Some(id)
        };
        let id = self.core.wait_for("a follow-up", find).await;
        self.taken += 1;
        Reply::new(&self.core, id)
    }
}
