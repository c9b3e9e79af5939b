//! Who is who and what is where: the gateway's address, accounts, applications, channels, guilds.

use serde_json::json;

use super::super::state::State;
use super::super::wire;
use super::answer::Answer;
use super::call::Call;
use super::script::codes;

pub fn gateway(state: &mut State, _: &Call) -> Answer {
    Answer::ok(json!({ "url": format!("ws://{}", state.address) }))
}

pub fn gateway_bot(state: &mut State, _: &Call) -> Answer {
    let limit = json!({ "total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1 });
    let (url, shards) = (format!("ws://{}", state.address), state.gateway.recommended_shards);
    Answer::ok(json!({ "url": url, "shards": shards, "session_start_limit": limit }))
}

pub fn application(state: &mut State, _: &Call) -> Answer {
    Answer::ok(wire::application(&state.world))
}

pub fn own_user(state: &mut State, _: &Call) -> Answer {
    Answer::ok(wire::own_user(&state.world))
}

pub fn user(state: &mut State, call: &Call) -> Answer {
    match state.world.users.get(&call.id(0)) {
        Some(user) => Answer::ok(wire::user(user)),
        None => Answer::refusal(codes::UNKNOWN_USER),
    }
}

pub fn channel(state: &mut State, call: &Call) -> Answer {
    let Some(channel) = state.world.channels.get(&call.id(0)) else {
        return Answer::refusal(codes::UNKNOWN_CHANNEL);
    };
    match state.world.bot_sees(channel.id) {
        true => Answer::ok(wire::channel(&state.world, channel)),
        false => Answer::refusal(codes::MISSING_ACCESS),
    }
}

pub fn open_direct_messages(state: &mut State, call: &Call) -> Answer {
    let recipient = call.json()["recipient_id"].as_str().and_then(|it| it.parse().ok()).unwrap_or(0);
    if !state.world.users.contains_key(&recipient) {
        return Answer::refusal(codes::UNKNOWN_USER);
    }
    let channel = state.world.direct_messages_with(recipient);
    Answer::ok(wire::channel(&state.world, &state.world.channels[&channel]))
}
