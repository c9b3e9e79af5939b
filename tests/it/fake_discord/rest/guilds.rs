//! Servers: their channels, roles and members.

use serde_json::{Value, json};

use super::super::state::State;
use super::super::wire;
use super::super::world::Id;
use super::super::world::permissions::Permission;
use super::super::world::places::{Channel, Guild};
use super::answer::Answer;
use super::call::Call;
use super::script::codes;

pub fn guild(state: &mut State, call: &Call) -> Answer {
    known(state, call).map_or_else(|refusal| refusal, |guild| Answer::ok(wire::guild(guild)))
}

/// All but threads, also those that the bot cannot see into.
pub fn channels(state: &mut State, call: &Call) -> Answer {
    match known(state, call) {
        Ok(guild) => Answer::ok(inside(state, guild, |it| !it.kind.is_thread())),
        Err(refusal) => refusal,
    }
}

pub fn active_threads(state: &mut State, call: &Call) -> Answer {
    let guild = match known(state, call) {
        Ok(guild) => guild,
        Err(refusal) => return refusal,
    };
    let seen = |it: &Channel| it.kind.is_thread() && state.world.bot_may(Permission::ViewChannel, it.id);
    Answer::ok(json!({ "threads": inside(state, guild, seen), "members": [], "has_more": false }))
}

pub fn roles(state: &mut State, call: &Call) -> Answer {
    match known(state, call) {
        Ok(guild) => Answer::ok(guild.roles.iter().map(|it| wire::role(guild, it)).collect()),
        Err(refusal) => refusal,
    }
}

pub fn member(state: &mut State, call: &Call) -> Answer {
    shown_member(state, call, call.id(1))
}

pub fn own_member(state: &mut State, call: &Call) -> Answer {
    shown_member(state, call, state.world.bot.user)
}

fn shown_member(state: &State, call: &Call, id: Id) -> Answer {
    let guild = match known(state, call) {
        Ok(guild) => guild,
        Err(refusal) => return refusal,
    };
    let Some(user) = state.world.users.get(&id) else { return Answer::refusal(codes::UNKNOWN_USER) };
    let mut shown = wire::member(guild, id);
    shown["user"] = wire::user(user);
    Answer::ok(shown)
}

/// The server in the path, if the bot is in it.
fn known<'a>(state: &'a State, call: &Call) -> Result<&'a Guild, Answer> {
    let guild = state.world.guilds.get(&call.id(0)).filter(|it| it.has_the_bot);
    guild.ok_or_else(|| Answer::refusal(codes::UNKNOWN_GUILD))
}

fn inside(state: &State, guild: &Guild, is_meant: impl Fn(&Channel) -> bool) -> Value {
    let here = state.world.channels.values().filter(|it| it.guild == Some(guild.id) && is_meant(it));
    here.map(|it| wire::channel(&state.world, it)).collect()
}
