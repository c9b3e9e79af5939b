//! Registering application commands.

use serde_json::Value;

use super::super::state::State;
use super::super::world::Id;
use super::super::world::commands::without_translations;
use super::answer::Answer;
use super::call::Call;
use super::script::codes;

pub fn list(state: &mut State, call: &Call) -> Answer {
    let scope = match scope(state, call) {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let known = state.world.commands.get(&scope).cloned().unwrap_or_default();
    let shown = if call.asks_for("with_localizations") {
        Value::Array(known)
    } else {
        without_translations(&Value::Array(known))
    };
    Answer::ok(shown)
}

pub fn overwrite(state: &mut State, call: &Call) -> Answer {
    let scope = match scope(state, call) {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let requested = call.json().as_array().cloned().unwrap_or_default();
    Answer::ok(Value::Array(state.world.overwrite_commands(scope, &requested)))
}

/// The guild in the path, if there is one.
fn scope(state: &State, call: &Call) -> Result<Option<Id>, Answer> {
    if call.id(0) != state.world.bot.application {
        return Err(Answer::refusal(codes::MISSING_ACCESS));
    }
    let guild = (!call.text(1).is_empty()).then(|| call.id(1));
    match guild {
        Some(guild) if !state.world.guilds.contains_key(&guild) => Err(Answer::refusal(codes::MISSING_ACCESS)),
        guild => Ok(guild),
    }
}
