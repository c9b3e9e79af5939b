//! What may follow the first answer: looking at it, editing it, taking it back, adding to it.

use super::super::state::State;
use super::super::wire;
use super::super::world::Id;
use super::super::world::interactions::Interaction;
use super::super::world::messages::{EPHEMERAL, LOADING};
use super::answer::Answer;
use super::call::Call;
use super::messages;
use super::script::codes;

pub fn get(state: &mut State, call: &Call) -> Answer {
    match target(state, call) {
        Ok((_, id)) => Answer::ok(wire::message(&state.world, &state.world.messages[&id])),
        Err(refusal) => refusal,
    }
}

pub fn edit(state: &mut State, call: &Call) -> Answer {
    let id = match target(state, call) {
        Ok((_, id)) => id,
        Err(refusal) => return refusal,
    };
    messages::apply_edit(state, call, id, |body| body.flags &= !LOADING);
    state.dispatch_message("MESSAGE_UPDATE", id);
    Answer::ok(wire::message(&state.world, &state.world.messages[&id]))
}

pub fn delete(state: &mut State, call: &Call) -> Answer {
    match target(state, call) {
        Ok((_, id)) => {
            state.delete_message(id);
            Answer::nothing()
        }
        Err(refusal) => refusal,
    }
}

pub fn follow_up(state: &mut State, call: &Call) -> Answer {
    let interaction = match interaction(state, call) {
        Ok(interaction) => interaction,
        Err(refusal) => return refusal,
    };
    let mut body = messages::body_of(state, call);
    body.flags &= EPHEMERAL | 1 << 2 | 1 << 12 | 1 << 15;
    if body.is_empty() {
        return Answer::refusal(codes::EMPTY_MESSAGE);
    }
    let waiting = interaction.original.filter(|id| state.world.message(*id).is_some_and(|it| it.is_loading()));
    let id = state.world.follow_up(&interaction, body);
    state.dispatch_message(if waiting.is_some() { "MESSAGE_UPDATE" } else { "MESSAGE_CREATE" }, id);
    Answer::ok(wire::message(&state.world, &state.world.messages[&id]))
}

/// The interaction whose token is in the path: answered already, and not a quarter of an hour old.
fn interaction(state: &mut State, call: &Call) -> Result<Interaction, Answer> {
    if call.id(0) != state.world.bot.application {
        return Err(Answer::refusal(codes::UNKNOWN_WEBHOOK));
    }
    let Some(interaction) = state.world.interaction_by_token(call.text(1)).cloned() else {
        return Err(Answer::refusal(codes::INVALID_WEBHOOK_TOKEN));
    };
    if interaction.callback.is_none() {
        state.fault(format!("followed up {} before answering it", interaction.what));
        return Err(Answer::refusal(codes::UNKNOWN_WEBHOOK));
    }
    Ok(interaction)
}

/// The message in the path: `@original`, or one of the follow-ups.
fn target(state: &mut State, call: &Call) -> Result<(Interaction, Id), Answer> {
    let interaction = interaction(state, call)?;
    let id = match call.path.ends_with("/@original") {
        true => interaction.original,
        false => Some(call.id(2)).filter(|id| interaction.follow_ups.contains(id) || interaction.original == Some(*id)),
    };
    match id.filter(|id| state.world.message(*id).is_some()) {
        Some(id) => Ok((interaction, id)),
        None => Err(Answer::refusal(codes::UNKNOWN_MESSAGE)),
    }
}
