//! The bot's own emoji under messages.

use super::super::state::State;
use super::super::world::Id;
use super::super::world::permissions::Permission;
use super::answer::Answer;
use super::call::Call;
use super::script::codes;

/// How many different emoji fit under a message.
const MOST: usize = 20;

pub fn add(state: &mut State, call: &Call) -> Answer {
    let (message, emoji, bot) = match target(state, call) {
        Ok((message, emoji)) => (message, emoji, state.world.bot.user),
        Err(refusal) => return refusal,
    };
    let known = &state.world.messages[&message].reactions;
    let is_new = known.iter().all(|it| it.emoji != emoji);
    if is_new && !state.world.bot_may(Permission::AddReactions, call.id(0)) {
        return Answer::refusal(codes::MISSING_PERMISSIONS);
    }
    if is_new && known.len() >= MOST {
        return Answer::refusal(codes::TOO_MANY_REACTIONS);
    }
    if state.world.react(message, bot, &emoji) {
        state.dispatch_reaction("MESSAGE_REACTION_ADD", message, bot, &emoji);
    }
    Answer::nothing()
}

pub fn take_back(state: &mut State, call: &Call) -> Answer {
    let (message, emoji, bot) = match target(state, call) {
        Ok((message, emoji)) => (message, emoji, state.world.bot.user),
        Err(refusal) => return refusal,
    };
    if state.world.take_back_reaction(message, bot, &emoji) {
        state.dispatch_reaction("MESSAGE_REACTION_REMOVE", message, bot, &emoji);
    }
    Answer::nothing()
}

/// The message and the emoji in the path, if the bot can see the one and the other is one.
fn target(state: &State, call: &Call) -> Result<(Id, String), Answer> {
    let (channel, emoji) = (call.id(0), decoded(call.text(2)));
    if !state.world.channels.contains_key(&channel) {
        return Err(Answer::refusal(codes::UNKNOWN_CHANNEL));
    }
    if !state.world.bot_sees(channel) {
        return Err(Answer::refusal(codes::MISSING_ACCESS));
    }
    if !state.world.bot_may(Permission::ReadMessageHistory, channel) {
        return Err(Answer::refusal(codes::MISSING_PERMISSIONS));
    }
    let message = state.world.message(call.id(1)).filter(|it| it.channel == channel && !it.is_ephemeral());
    let message = message.ok_or_else(|| Answer::refusal(codes::UNKNOWN_MESSAGE))?;
    match is_emoji(&emoji) {
        true => Ok((message.id, emoji)),
        false => Err(Answer::refusal(codes::UNKNOWN_EMOJI)),
    }
}

/// Something that is no plain word, or `name:id`.
fn is_emoji(written: &str) -> bool {
    match written.split_once(':') {
        Some((name, id)) => !name.is_empty() && id.parse::<Id>().is_ok(),
        None => !written.is_empty() && written.chars().count() <= 16 && !written.chars().any(char::is_alphabetic),
    }
}

/// What a path writes as `%F0%9F%91%8D`.
fn decoded(path: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), path.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|it| std::str::from_utf8(it).ok()).filter(|_| *first == b'%');
        match code.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
