//! Interactions: a command run, a button pressed, a form sent; and the one answer each of them gets.

use std::time::Instant;

use serde_json::Value;

use super::clock::Millis;
use super::messages::{Body, EPHEMERAL, LOADING};
use super::{Id, World};

/// How long answers can be edited and followed up.
pub const TOKEN_LIFETIME: Millis = 15 * 60 * 1000;

/// One thing a person did that the bot must answer.
#[derive(Clone, Debug)]
pub struct Interaction {
    pub id: Id,
    pub token: String,
    pub kind: InteractionKind,
    pub channel: Id,
    pub person: Id,
    /// The message whose button or select was used; the one that a form was opened from.
    pub message: Option<Id>,
    /// What was done, for fault reports: `/back ask`, `the button "Breathe with me"`.
    pub what: String,
    pub created: Millis,
    /// When it was sent to the bot. Real time: the three seconds are the bot's to keep.
    pub sent: Instant,
    pub callback: Option<Callback>,
    /// The message behind `@original`.
    pub original: Option<Id>,
    /// Follow-up messages, oldest first.
    pub follow_ups: Vec<Id>,
}

/// Discord's interaction types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InteractionKind {
    Command = 2,
    Component = 3,
    Autocomplete = 4,
    ModalSubmit = 5,
}

/// The first answer.
#[derive(Clone, Debug)]
pub struct Callback {
    pub kind: u64,
    pub data: Value,
    pub at: Instant,
    /// How often the message behind `@original` was edited before: a deferred update is kept by one more.
    pub edits_before: usize,
}

/// Discord's callback types.
pub mod callback {
    pub const MESSAGE: u64 = 4;
    pub const DEFERRED_MESSAGE: u64 = 5;
    pub const DEFERRED_UPDATE: u64 = 6;
    pub const UPDATE: u64 = 7;
    pub const AUTOCOMPLETE: u64 = 8;
    pub const MODAL: u64 = 9;
}

impl Interaction {
    /// May this interaction be answered by this type of callback?
    pub fn takes(&self, callback_kind: u64) -> bool {
        use InteractionKind::{Autocomplete, Command, Component, ModalSubmit};
        match callback_kind {
            callback::MESSAGE | callback::DEFERRED_MESSAGE => self.kind != Autocomplete,
            callback::DEFERRED_UPDATE | callback::UPDATE => {
                self.kind == Component || (self.kind == ModalSubmit && self.message.is_some())
            }
            callback::AUTOCOMPLETE => self.kind == Autocomplete,
            callback::MODAL => matches!(self.kind, Command | Component),
            _ => false,
        }
    }
}

impl World {
    /// Records the first answer and does what it says.
    pub fn answer_interaction(&mut self, id: Id, kind: u64, data: Value) {
        let Some(interaction) = self.interactions.get(&id).cloned() else { return };
        let original = match kind {
            callback::MESSAGE | callback::DEFERRED_MESSAGE => Some(self.add_answer(&interaction, kind, &data)),
            callback::UPDATE => {
                interaction.message.inspect(|message| self.edit_message(*message, |body| body.apply(&data)))
            }
            callback::DEFERRED_UPDATE => interaction.message,
            _ => None,
        };
        let edits_before = original.and_then(|message| self.message(message)).map_or(0, |message| message.edits.len());
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.callback = Some(Callback { kind, data, at: Instant::now(), edits_before });
            interaction.original = original;
        }
    }

    fn add_answer(&mut self, interaction: &Interaction, kind: u64, data: &Value) -> Id {
        let mut body = Body::default();
        body.apply(data);
        if kind == callback::DEFERRED_MESSAGE {
            body.flags |= LOADING;
        }
        self.add_interaction_message(interaction, body)
    }

    /// A follow-up. The first one after a deferral takes the place of "is thinking…".
    pub fn follow_up(&mut self, interaction: &Interaction, mut body: Body) -> Id {
        let waiting = interaction.original.filter(|id| self.message(*id).is_some_and(|it| it.is_loading()));
        if let Some(waiting) = waiting {
            self.edit_message(waiting, |old| {
                body.flags = (body.flags & !EPHEMERAL) | (old.flags & EPHEMERAL);
                *old = body;
            });
            return waiting;
        }
        let id = self.add_interaction_message(interaction, body);
        if let Some(interaction) = self.interactions.get_mut(&interaction.id) {
            interaction.follow_ups.push(id);
        }
        id
    }

    fn add_interaction_message(&mut self, interaction: &Interaction, body: Body) -> Id {
        let id = self.add_message(interaction.channel, self.bot.user, body, None);
        if let Some(message) = self.messages.get_mut(&id) {
            message.interaction = Some(interaction.id);
            message.webhook = true;
            message.kind = if interaction.kind == InteractionKind::Command { 20 } else { 0 };
        }
        id
    }
}
