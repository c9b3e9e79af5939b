//! Sending messages: the answer to somebody's message, and messages of the bot's own.

use serenity::builder::CreateMessage;
use serenity::http::{LightMethod, Request, Route};
use serenity::model::channel::{MessageFlags, MessageReference, MessageReferenceKind, Nonce, ReactionType};
use serenity::model::id as model;

use super::render;
use super::requests::{RequestError, Requests};
use crate::domain::reply::Reply;
use crate::domain::{ChannelId, MessageId};

/// Discord's limit for a message's text, in characters. Source: API reference, "Create Message".
const LONGEST_TEXT: usize = 2000;

/// A message to be sent once: whoever sends the same nonce again within a few minutes gets the first message back.
#[derive(Debug)]
pub struct Outgoing<'a> {
    /// Where to.
    pub channel: ChannelId,
    /// What to say.
    pub reply: &'a Reply,
    /// The message that it answers.
    pub answers: Option<MessageId>,
    /// At most 25 characters.
    pub nonce: &'a str,
    /// Whether it notifies nobody.
    pub quiet: bool,
    /// Whether somebody is waiting for it.
    pub haste: Haste,
}

/// Whether somebody is waiting for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Haste {
    /// Somebody is: it is sent at once.
    AtOnce,
    /// Nobody is: it is sent once there is room beside the others.
    AfterOthers,
}

/// How much of a message is sent. Where a permission is missing, less of it may still be welcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shape {
    embed: bool,
    reference: bool,
}

const WHOLE: Shape = Shape { embed: true, reference: true };

/// Discord's codes. Source: API reference, "JSON error codes".
const MISSING_PERMISSIONS: i64 = 50013;
const NO_REPLY_WITHOUT_HISTORY: i64 = 160_002;

/// Sends a message: as a card if it may, else as plain text; as a reply if it may, else without.
pub async fn send(requests: &Requests, outgoing: &Outgoing<'_>) -> Result<(), RequestError> {
    let mut shape = WHOLE;
    loop {
        let request = request(outgoing, shape);
        let sent = match outgoing.haste {
            Haste::AtOnce => requests.send(request).await,
            Haste::AfterOthers => requests.send_after_others(request).await,
        };
        let error = match sent {
            Ok(_) => return Ok(()),
            Err(error) => error,
        };
        match error.code().and_then(|code| plainer(shape, code)) {
            Some(next) => shape = next,
            None => return Err(error),
        }
    }
}

/// The next plainer shape to try after a refusal.
fn plainer(tried: Shape, code: i64) -> Option<Shape> {
    match code {
        NO_REPLY_WITHOUT_HISTORY if tried.reference => Some(Shape { reference: false, ..tried }),
        MISSING_PERMISSIONS if tried.embed => Some(Shape { embed: false, ..tried }),
        _ => None,
    }
}

fn request<'a>(outgoing: &Outgoing<'_>, shape: Shape) -> Request<'a> {
    let route = Route::ChannelMessages { channel_id: model::ChannelId::new(outgoing.channel.get()) };
    let body = serde_json::to_vec(&message(outgoing, shape)).unwrap_or_default();
    Request::new(route, LightMethod::Post).body(Some(body))
}

fn message(outgoing: &Outgoing<'_>, shape: Shape) -> CreateMessage {
    let reply = outgoing.reply;
    let mut message = CreateMessage::new()
        .allowed_mentions(render::allowed_mentions(reply))
        .components(render::rows(reply))
        .nonce(Nonce::String(outgoing.nonce.to_owned()))
        .enforce_nonce(true);
    if shape.embed {
        message = reply.card.iter().fold(message, |message, card| message.embed(render::embed(card)));
        message = render::content(reply).into_iter().fold(message, CreateMessage::content);
    } else {
        message = message.content(plain_text(reply));
    }
    if outgoing.quiet {
        message = message.flags(MessageFlags::SUPPRESS_NOTIFICATIONS);
    }
    if let Some(answered) = outgoing.answers.filter(|_| shape.reference) {
        let channel = model::ChannelId::new(outgoing.channel.get());
        let reference = MessageReference::new(MessageReferenceKind::Default, channel)
            .message_id(model::MessageId::new(answered.get()))
            .fail_if_not_exists(false);
        message = message.reference_message(reference);
    }
    message
}

/// Reacts to a message. A second reaction with the same emoji changes nothing.
pub async fn react(
    requests: &Requests,
    channel: ChannelId,
    message: MessageId,
    emoji: &str,
) -> Result<(), RequestError> {
    let (channel_id, message_id) = (model::ChannelId::new(channel.get()), model::MessageId::new(message.get()));
    let reaction = ReactionType::Unicode(emoji.to_owned());
    let route = Route::ChannelMessageReactionMe { channel_id, message_id, reaction: &reaction.as_data() };
    requests.send(Request::new(route, LightMethod::Put)).await.map(drop)
}

/// Deletes a message of the bot's own.
pub async fn delete(requests: &Requests, channel: ChannelId, message: MessageId) -> Result<(), RequestError> {
    let (channel_id, message_id) = (model::ChannelId::new(channel.get()), model::MessageId::new(message.get()));
    requests.send(Request::new(Route::ChannelMessage { channel_id, message_id }, LightMethod::Delete)).await.map(drop)
}

fn plain_text(reply: &Reply) -> String {
    let head = render::content(reply);
    let room = LONGEST_TEXT.saturating_sub(head.as_ref().map_or(0, |head| head.chars().count() + 1));
    let card = reply.card.as_ref().map(|card| card.as_text(room));
    head.into_iter().chain(card).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_is_said_more_plainly() {
        let no_embed = Shape { embed: false, reference: true };
        let bare = Shape { embed: false, reference: false };
        assert_eq!(plainer(WHOLE, MISSING_PERMISSIONS), Some(no_embed));
        assert_eq!(plainer(no_embed, NO_REPLY_WITHOUT_HISTORY), Some(bare));
        assert_eq!(plainer(bare, MISSING_PERMISSIONS), None);
        assert_eq!(plainer(WHOLE, 50_001), None);
    }
}
