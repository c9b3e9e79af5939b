//! The bot's own messages in channels.

use serde_json::{Value, json};

use super::super::state::State;
use super::super::wire;
use super::super::world::Id;
use super::super::world::messages::{Attachment, Body};
use super::super::world::permissions::Permission;
use super::super::world::places::ChannelKind;
use super::answer::Answer;
use super::call::Call;
use super::script::codes;

/// What the bot may set on a message of its own: no embeds previews, silent, components V2.
const SETTABLE_FLAGS: u64 = 1 << 2 | 1 << 12 | 1 << 15;

pub fn typing(state: &mut State, call: &Call) -> Answer {
    may_speak(state, call.id(0)).err().unwrap_or_else(Answer::nothing)
}

pub fn create(state: &mut State, call: &Call) -> Answer {
    let (channel, request) = (call.id(0), call.json());
    let may_send = may_speak(state, channel).and_then(|()| may_show(state, call));
    let reference = match may_send.and_then(|()| reference(state, channel, request)) {
        Ok(reference) => reference,
        Err(refusal) => return refusal,
    };
    let author = state.world.bot.user;
    let nonce = request.get("nonce").filter(|it| !it.is_null());
    let enforced = nonce.filter(|_| request["enforce_nonce"] == json!(true));
    if let Some(first) = enforced.and_then(|nonce| state.world.already_sent(author, nonce)) {
        return Answer::ok(wire::message(&state.world, &state.world.messages[&first]));
    }
    let mut body = body_of(state, call);
    body.flags &= SETTABLE_FLAGS;
    if body.is_empty() {
        return Answer::refusal(codes::EMPTY_MESSAGE);
    }
    let id = state.world.add_message(channel, author, body, reference);
    if let Some(message) = state.world.messages.get_mut(&id) {
        message.nonce = nonce.cloned();
    }
    state.dispatch_message("MESSAGE_CREATE", id);
    Answer::ok(wire::message(&state.world, &state.world.messages[&id]))
}

/// The body of a new message, with the files that came along.
pub fn body_of(state: &mut State, call: &Call) -> Body {
    let mut body = Body::default();
    body.apply(call.json());
    body.attachments = attachments(state, call);
    body
}

fn attachments(state: &mut State, call: &Call) -> Vec<Attachment> {
    let described = |index: usize| {
        let list = call.message()["attachments"].as_array().into_iter().flatten();
        let mine = list.into_iter().find(|it| it["id"] == json!(index) || it["id"] == json!(index.to_string()));
        mine.and_then(|it| it["description"].as_str()).map(str::to_owned)
    };
    let files = call.files.iter().enumerate();
    files
        .map(|(index, file)| Attachment {
            id: state.world.clock.next_id(),
            filename: file.filename.clone(),
            description: described(index),
            bytes: file.bytes.clone(),
        })
        .collect()
}

/// Changes a message as a PATCH asks: files that `attachments` no longer names go, new ones come.
pub fn apply_edit(state: &mut State, call: &Call, id: Id, then: impl FnOnce(&mut Body)) {
    let request = call.json();
    state.world.edit_message(id, |body| body.apply(request));
    change_files(state, call, id, then);
    if state.world.is_edited_too_fast(id) {
        state.fault(format!("a message was edited faster than Discord allows: {}", call.path));
    }
}

/// Files that `attachments` no longer names go, new ones come.
pub fn change_files(state: &mut State, call: &Call, id: Id, then: impl FnOnce(&mut Body)) {
    let added = attachments(state, call);
    let Some(message) = state.world.messages.get_mut(&id) else { return };
    if let Some(kept) = call.message()["attachments"].as_array() {
        let is_kept = |it: &Attachment| kept.iter().any(|kept| kept["id"] == json!(it.id.to_string()));
        message.body.attachments.retain(is_kept);
    }
    message.body.attachments.extend(added);
    then(&mut message.body);
}

fn may_speak(state: &State, channel: Id) -> Result<(), Answer> {
    let Some(place) = state.world.channels.get(&channel) else {
        return Err(Answer::refusal(codes::UNKNOWN_CHANNEL));
    };
    if !state.world.bot_sees(channel) {
        return Err(Answer::refusal(codes::MISSING_ACCESS));
    }
    if !place.kind.takes_messages() {
        return Err(Answer::refusal(codes::NO_PLACE_FOR_MESSAGES));
    }
    let speaking = if place.kind.is_thread() { Permission::SendMessagesInThreads } else { Permission::SendMessages };
    if !state.world.bot_may(speaking, channel) {
        return Err(Answer::refusal(codes::MISSING_PERMISSIONS));
    }
    let recipients = place.recipients.iter().filter_map(|id| state.world.users.get(id));
    if place.kind == ChannelKind::DirectMessage && recipients.into_iter().any(|it| it.refuses_direct_messages) {
        return Err(Answer::refusal(codes::DIRECT_MESSAGES_CLOSED));
    }
    Ok(())
}

/// Embeds and files need permissions of their own.
fn may_show(state: &State, call: &Call) -> Result<(), Answer> {
    let has_embeds = call.json()["embeds"].as_array().is_some_and(|it| !it.is_empty());
    let lacks = |permission| !state.world.bot_may(permission, call.id(0));
    if (has_embeds && lacks(Permission::EmbedLinks)) || (!call.files.is_empty() && lacks(Permission::AttachFiles)) {
        return Err(Answer::refusal(codes::MISSING_PERMISSIONS));
    }
    Ok(())
}

/// The message replied to, which takes the right to read what was before. One that is gone fails the send, unless the bot said that it should not.
fn reference(state: &State, channel: Id, request: &Value) -> Result<Option<Id>, Answer> {
    let reference = &request["message_reference"];
    let Some(id) = reference["message_id"].as_str().and_then(|it| it.parse().ok()) else { return Ok(None) };
    if !state.world.bot_may(Permission::ReadMessageHistory, channel) {
        return Err(Answer::refusal(codes::REPLY_WITHOUT_HISTORY));
    }
    match state.world.message(id).filter(|it| it.channel == channel) {
        Some(_) => Ok(Some(id)),
        None if reference["fail_if_not_exists"] == json!(false) => Ok(None),
        None => Err(Answer::invalid(&["message_reference: Unknown message".to_owned()])),
    }
}

pub fn get(state: &mut State, call: &Call) -> Answer {
    if let Err(refusal) = may_look(state, call.id(0)) {
        return refusal;
    }
    if !state.world.bot_may(Permission::ReadMessageHistory, call.id(0)) {
        return Answer::refusal(codes::MISSING_PERMISSIONS);
    }
    match state.world.message(call.id(1)).filter(|it| it.channel == call.id(0) && !it.is_ephemeral()) {
        Some(message) => Answer::ok(wire::message(&state.world, message)),
        None => Answer::refusal(codes::UNKNOWN_MESSAGE),
    }
}

pub fn edit(state: &mut State, call: &Call) -> Answer {
    match target(state, call) {
        Err(refusal) => refusal,
        Ok((_, false)) => Answer::refusal(codes::NOT_YOUR_MESSAGE),
        Ok((id, true)) => {
            apply_edit(state, call, id, |_| {});
            state.dispatch_message("MESSAGE_UPDATE", id);
            Answer::ok(wire::message(&state.world, &state.world.messages[&id]))
        }
    }
}

/// Its own messages, and in a server that lets it manage messages those of others.
pub fn delete(state: &mut State, call: &Call) -> Answer {
    let (id, is_own) = match target(state, call) {
        Err(refusal) => return refusal,
        Ok(target) => target,
    };
    let in_a_server = state.world.channels[&call.id(0)].guild.is_some();
    if !is_own && !in_a_server {
        return Answer::refusal(codes::NOT_IN_DIRECT_MESSAGES);
    }
    if !is_own && !state.world.bot_may(Permission::ManageMessages, call.id(0)) {
        return Answer::refusal(codes::MISSING_PERMISSIONS);
    }
    state.delete_message(id);
    Answer::nothing()
}

/// The message in the path, and whether it is the bot's own.
fn target(state: &State, call: &Call) -> Result<(Id, bool), Answer> {
    may_look(state, call.id(0))?;
    match state.world.message(call.id(1)).filter(|it| it.channel == call.id(0) && !it.is_ephemeral()) {
        None => Err(Answer::refusal(codes::UNKNOWN_MESSAGE)),
        Some(message) => Ok((message.id, message.author == state.world.bot.user)),
    }
}

fn may_look(state: &State, channel: Id) -> Result<(), Answer> {
    match state.world.channels.contains_key(&channel) {
        false => Err(Answer::refusal(codes::UNKNOWN_CHANNEL)),
        true if !state.world.bot_sees(channel) => Err(Answer::refusal(codes::MISSING_ACCESS)),
        true => Ok(()),
    }
}
