//! The first answer to an interaction: once, in time, and of a fitting type.

use serde_json::{Value, json};

use super::super::state::State;
use super::super::wire;
use super::super::world::Id;
use super::super::world::interactions::{Interaction, callback as kinds};
use super::answer::Answer;
use super::call::Call;
use super::messages;
use super::script::codes;

pub fn callback(state: &mut State, call: &Call) -> Answer {
    let request = call.json();
    let (id, kind) = (call.id(0), request["type"].as_u64().unwrap_or(0));
    if let Err(refusal) = may_answer(state, call, kind) {
        return refusal;
    }
    state.world.answer_interaction(id, kind, request["data"].clone());
    if let Some(original) = state.world.interactions[&id].original {
        if matches!(kind, kinds::MESSAGE | kinds::UPDATE) {
            messages::change_files(state, call, original, |_| {});
        }
        tell_the_channel(state, original, kind);
    }
    match call.asks_for("with_response") {
        true => Answer::ok(with_response(state, id, kind)),
        false => Answer::nothing(),
    }
}

/// Sorts out what Discord refuses; what only a faulty bot does is a fault besides.
fn may_answer(state: &mut State, call: &Call, kind: u64) -> Result<(), Answer> {
    let known = state.world.interactions.get(&call.id(0)).filter(|it| it.token == call.text(1));
    let Some(Interaction { callback, sent, what, .. }) = known else {
        state.fault(format!("answered an interaction that does not exist: {}", call.path));
        return Err(Answer::refusal(codes::UNKNOWN_INTERACTION));
    };
    let (took, fits, what) = (sent.elapsed(), known.is_some_and(|it| it.takes(kind)), what.clone());
    if callback.is_some() {
        state.fault(format!("answered {what} twice"));
        return Err(Answer::refusal(codes::ALREADY_ACKNOWLEDGED));
    }
    if took > state.acknowledgement_limit {
        state.fault(format!("late acknowledgement: {what} was answered after {} ms", took.as_millis()));
        return Err(Answer::refusal(codes::UNKNOWN_INTERACTION));
    }
    if !fits {
        state.fault(format!("answered {what} with a callback of type {kind}, which it does not take"));
        return Err(Answer::refusal(codes::INVALID_BODY));
    }
    Ok(())
}

/// What everybody can see also reaches the bot as an event.
fn tell_the_channel(state: &mut State, original: Id, kind: u64) {
    match kind {
        kinds::MESSAGE | kinds::DEFERRED_MESSAGE => state.dispatch_message("MESSAGE_CREATE", original),
        kinds::UPDATE => state.dispatch_message("MESSAGE_UPDATE", original),
        _ => {}
    }
}

fn with_response(state: &State, id: Id, kind: u64) -> Value {
    let interaction = &state.world.interactions[&id];
    let message = interaction.original.filter(|_| kind != kinds::DEFERRED_UPDATE);
    let shown = message.map(|id| wire::message(&state.world, &state.world.messages[&id]));
    let mut response = json!({
        "interaction": {
            "id": id.to_string(),
            "type": interaction.kind as u8,
            "response_message_id": message.map(|it| it.to_string()),
        },
        "resource": { "type": kind },
    });
    if let Some(shown) = shown {
        response["resource"]["message"] = shown;
    }
    response
}
