//! Messages: said, edited, deleted; and the nonce that keeps one from being said twice.

use serde_json::Value;

use super::clock::Millis;
use super::reactions::Reaction;
use super::{Id, World};

/// How long Discord remembers an enforced nonce. It says "the past few minutes"; the fake says three.
const NONCE_MEMORY: Millis = 3 * 60 * 1000;

/// Only the person it answers can see it.
pub const EPHEMERAL: u64 = 1 << 6;
/// Nobody's phone rings for it.
pub const QUIET: u64 = 1 << 12;
/// "Lumbar is thinking…": the answer is still to come.
pub const LOADING: u64 = 1 << 7;

/// One message, by a person or by the bot.
#[derive(Clone, Debug)]
pub struct Message {
    pub id: Id,
    pub channel: Id,
    pub author: Id,
    pub created: Millis,
    pub body: Body,
    /// The message that this one replies to.
    pub reference: Option<Id>,
    pub nonce: Option<Value>,
    /// The interaction that this message answers.
    pub interaction: Option<Id>,
    /// What it said before each edit, oldest first.
    pub earlier: Vec<Body>,
    pub edited: Option<Millis>,
    /// When, each time.
    pub edits: Vec<Millis>,
    pub deleted: bool,
    pub webhook: bool,
    /// Discord's message type: 0 and 19 (a reply) are people talking, most others are the system's.
    pub kind: u64,
    /// Has the test looked at it?
    pub read: bool,
    /// The emoji under it, in the order of their coming.
    pub reactions: Vec<Reaction>,
    /// Those of the bot's that no test has looked at.
    pub unread_reactions: Vec<String>,
}

/// The part of a message that an edit can change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    pub content: String,
    pub embeds: Vec<Value>,
    pub components: Vec<Value>,
    pub flags: u64,
    pub allowed_mentions: Option<Value>,
    pub attachments: Vec<Attachment>,
}

/// A file that came with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub id: Id,
    pub filename: String,
    pub description: Option<String>,
    pub bytes: Vec<u8>,
}

impl Body {
    /// Words alone.
    pub fn text(content: &str) -> Self {
        Self { content: content.to_owned(), ..Self::default() }
    }

    /// Takes over from a request what it sets, and leaves the rest as it was.
    pub fn apply(&mut self, request: &Value) {
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        if let Some(content) = request.get("content") {
            self.content = content.as_str().unwrap_or_default().to_owned();
        }
        if let Some(embeds) = request.get("embeds") {
            self.embeds = list(embeds);
        }
        if let Some(components) = request.get("components") {
            self.components = list(components);
        }
        if let Some(flags) = request.get("flags").and_then(Value::as_u64) {
            self.flags = flags | (self.flags & (EPHEMERAL | QUIET));
        }
        if let Some(mentions) = request.get("allowed_mentions").filter(|it| !it.is_null()) {
            self.allowed_mentions = Some(mentions.clone());
        }
    }

    /// Is there nothing in it for anybody to see?
    pub fn is_empty(&self) -> bool {
        self.content.trim().is_empty()
            && self.embeds.is_empty()
            && self.components.is_empty()
            && self.attachments.is_empty()
    }
}

impl Message {
    /// Can only the person that it answers see it?
    pub fn is_ephemeral(&self) -> bool {
        self.body.flags & EPHEMERAL != 0
    }

    /// Does it come without a notification?
    pub fn is_quiet(&self) -> bool {
        self.body.flags & QUIET != 0
    }

    /// Is the answer still to come?
    pub fn is_loading(&self) -> bool {
        self.body.flags & LOADING != 0
    }
}

impl World {
    /// Adds a message and gives its id.
    pub fn add_message(&mut self, channel: Id, author: Id, body: Body, reference: Option<Id>) -> Id {
        let id = self.clock.next_id();
        self.add_message_as(id, channel, author, body, reference);
        id
    }

    /// Adds a message that has its id already.
    pub fn add_message_as(&mut self, id: Id, channel: Id, author: Id, body: Body, reference: Option<Id>) {
        let created = self.clock.now();
        let message = Message {
            id,
            channel,
            author,
            created,
            body,
            reference,
            nonce: None,
            interaction: None,
            earlier: Vec::new(),
            edited: None,
            edits: Vec::new(),
            deleted: false,
            webhook: false,
            kind: if reference.is_some() { 19 } else { 0 },
            read: author != self.bot.user,
            reactions: Vec::new(),
            unread_reactions: Vec::new(),
        };
        self.messages.insert(id, message);
    }

    /// The message that this author already sent under this nonce, a few minutes ago at most.
    pub fn already_sent(&self, author: Id, nonce: &Value) -> Option<Id> {
        let since = self.clock.now() - NONCE_MEMORY;
        let same = |it: &&Message| it.author == author && it.created >= since && it.nonce.as_ref() == Some(nonce);
        self.messages.values().find(same).map(|it| it.id)
    }

    /// Changes what a message says and keeps what it said before.
    pub fn edit_message(&mut self, id: Id, change: impl FnOnce(&mut Body)) {
        let now = self.clock.now();
        if let Some(message) = self.messages.get_mut(&id) {
            message.earlier.push(message.body.clone());
            message.edited = Some(now);
            message.edits.push(now);
            change(&mut message.body);
        }
    }

    /// Was it edited more than five times within two seconds? Discord's limit for a webhook, as its headers tell it.
    pub fn is_edited_too_fast(&self, id: Id) -> bool {
        let recent = |at: &&Millis| self.clock.now() - **at < 2000;
        self.messages.get(&id).is_some_and(|it| it.edits.iter().rev().take_while(recent).count() > 5)
    }

    /// The message, unless it was deleted.
    pub fn message(&self, id: Id) -> Option<&Message> {
        self.messages.get(&id).filter(|it| !it.deleted)
    }

    /// What the bot has said in public and no test has looked at yet, oldest first.
    pub fn unread(&self) -> impl Iterator<Item = &Message> {
        self.messages.values().filter(|it| !it.read && !it.is_loading())
    }
}
