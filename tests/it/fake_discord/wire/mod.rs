//! The world in Discord's JSON.

mod places;

use serde_json::{Value, json};

use super::world::clock::iso8601;
use super::world::interactions::Interaction;
use super::world::messages::{Attachment, Message};
use super::world::people::User;
use super::world::permissions::MEMBER;
use super::world::pings::Pinged;
use super::world::places::{Channel, ChannelKind};
use super::world::reactions::Reaction;
use super::world::uploads::{content_type, stored_name};
use super::world::{Id, World};
pub use places::{channel, guild, member, role, whole_guild};

/// An account.
pub fn user(user: &User) -> Value {
    json!({
        "id": user.id.to_string(),
        "username": user.name.to_lowercase(),
        "global_name": user.name,
        "discriminator": "0",
        "avatar": null,
        "bot": user.bot,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": null,
    })
}

/// The bot's own account, as `users/@me` and READY show it.
pub fn own_user(world: &World) -> Value {
    let mut own = user(&world.users[&world.bot.user]);
    own["verified"] = json!(true);
    own["mfa_enabled"] = json!(true);
    own["email"] = Value::Null;
    own
}

/// The bot's application.
pub fn application(world: &World) -> Value {
    json!({
        "id": world.bot.application.to_string(),
        "name": "Lumbar",
        "icon": null,
        "description": "",
        "summary": "",
        "bot_public": true,
        "bot_require_code_grant": false,
        "verify_key": "0".repeat(64),
        "owner": null,
        "team": null,
        "flags": application_flags(world),
        "hook": true,
        "bot": own_user(world),
        "integration_types_config": { "0": {}, "1": {} },
        "approximate_guild_count": world.guilds.len(),
        "approximate_user_install_count": 0,
    })
}

/// The application's flags: which privileged intents a small bot was granted (the "limited" ones).
pub fn application_flags(world: &World) -> u64 {
    let granted = |intent: u64, flag: u64| if world.bot.granted_intents & intent != 0 { flag } else { 0 };
    granted(1 << 8, 1 << 13) | granted(1 << 1, 1 << 15) | granted(1 << 15, 1 << 19) | 1 << 23
}

/// A message.
pub fn message(world: &World, message: &Message) -> Value {
    let mut shown = message_without_reply(world, message);
    if let Some(reference) = message.reference {
        shown["message_reference"] = json!({
            "type": 0, "message_id": reference.to_string(), "channel_id": message.channel.to_string(),
        });
        shown["referenced_message"] = json!(world.message(reference).map(|it| message_without_reply(world, it)));
    }
    shown
}

fn message_without_reply(world: &World, message: &Message) -> Value {
    let mut shown = json!({
        "id": message.id.to_string(),
        "channel_id": message.channel.to_string(),
        "author": world.users.get(&message.author).map(user),
        "content": message.body.content,
        "timestamp": iso8601(message.created),
        "edited_timestamp": message.edited.map(iso8601),
        "tts": false,
        "mention_everyone": false,
        "mentions": mentioned(world, message),
        "mention_roles": mentioned_roles(world, message),
        "attachments": message.body.attachments.iter().map(|it| attachment(world, message.channel, it)).collect::<Vec<_>>(),
        "embeds": message.body.embeds,
        "components": message.body.components,
        "pinned": false,
        "type": message.kind,
        "flags": message.body.flags,
    });
    if let Some(nonce) = &message.nonce {
        shown["nonce"] = nonce.clone();
    }
    if !message.reactions.is_empty() {
        shown["reactions"] = message.reactions.iter().map(|it| reaction(world, it)).collect();
    }
    if message.webhook {
        shown["webhook_id"] = json!(world.bot.application.to_string());
    }
    shown
}

fn reaction(world: &World, reaction: &Reaction) -> Value {
    let count = reaction.people.len();
    json!({
        "emoji": emoji(&reaction.emoji),
        "count": count,
        "count_details": { "burst": 0, "normal": count },
        "burst_colors": [],
        "me_burst": false,
        "me": reaction.people.contains(&world.bot.user),
    })
}

/// An emoji, as a path names it: itself, or `name:id` for one of a server's own.
pub fn emoji(written: &str) -> Value {
    match written.split_once(':') {
        Some((name, id)) => json!({ "id": id, "name": name }),
        None => json!({ "id": null, "name": written }),
    }
}

/// The people whom the text mentions or the reply pings, where the message is allowed to.
fn mentioned(world: &World, message: &Message) -> Value {
    let pinged = world.pinged_by(message);
    let people = pinged.iter().filter_map(|it| match it {
        Pinged::Person(id) => world.users.get(id),
        _ => None,
    });
    people.map(user).collect()
}

/// The roles that the text mentions, where the message is allowed to.
fn mentioned_roles(world: &World, message: &Message) -> Value {
    let pinged = world.pinged_by(message).into_iter();
    pinged.filter_map(|it| if let Pinged::Role(id) = it { Some(id.to_string()) } else { None }).collect()
}

fn attachment(world: &World, channel: Id, attachment: &Attachment) -> Value {
    let name = stored_name(&attachment.filename);
    let url = format!("{}/attachments/{channel}/{}/{name}", world.cdn, attachment.id);
    let mut shown = json!({
        "id": attachment.id.to_string(),
        "filename": name,
        "size": attachment.bytes.len(),
        "url": url,
        "proxy_url": url,
    });
    if let Some(content_type) = content_type(&name) {
        shown["content_type"] = json!(content_type);
    }
    if let Some(description) = &attachment.description {
        shown["description"] = json!(description);
    }
    shown
}

/// A file that somebody gave to a command.
pub fn upload(world: &World, id: Id) -> Value {
    let upload = &world.uploads[&id];
    let name = stored_name(&upload.filename);
    let url = format!("{}/ephemeral-attachments/{}/{id}/{name}", world.cdn, world.bot.application);
    let mut shown = json!({
        "id": id.to_string(), "filename": name, "size": upload.size(), "url": url, "proxy_url": url, "ephemeral": true,
    });
    if let Some(content_type) = &upload.content_type {
        shown["content_type"] = json!(content_type);
    }
    shown
}

/// A message as the gateway sends it, which says where it is and who its author is there.
pub fn gateway_message(world: &World, id: Id) -> Value {
    let source = &world.messages[&id];
    let mut shown = message(world, source);
    if let Some(guild) = world.channels.get(&source.channel).and_then(|it| it.guild) {
        shown["guild_id"] = json!(guild.to_string());
        shown["member"] = member(&world.guilds[&guild], source.author);
    }
    shown
}

/// An interaction, around its `data`.
pub fn interaction(world: &World, interaction: &Interaction, data: &Value) -> Value {
    let place = &world.channels[&interaction.channel];
    let person = &world.users[&interaction.person];
    let mut shown = json!({
        "id": interaction.id.to_string(),
        "application_id": world.bot.application.to_string(),
        "type": interaction.kind as u8,
        "data": data,
        "token": interaction.token,
        "version": 1,
        "channel_id": place.id.to_string(),
        "channel": channel_for(world, place, person.id),
        "locale": person.locale,
        "app_permissions": permissions_of(world, world.bot.user, place).to_string(),
        "entitlements": [],
        "attachment_size_limit": 10 * 1024 * 1024,
        "authorizing_integration_owners": owners(world, place, person),
        "context": context(place) as u8,
    });
    match place.guild.and_then(|id| world.guilds.get(&id)) {
        Some(guild) => {
            shown["guild_id"] = json!(guild.id.to_string());
            shown["guild_locale"] = json!(guild.preferred_locale);
            shown["member"] = member(guild, person.id);
            shown["member"]["user"] = user(person);
            shown["member"]["permissions"] = json!(world.permissions_in(person.id, place.id).to_string());
        }
        None => shown["user"] = user(person),
    }
    if let Some(message) = interaction.message.filter(|id| world.messages.contains_key(id)) {
        shown["message"] = self::message(world, &world.messages[&message]);
    }
    shown
}

/// A channel as interactions show it: with what this person may do there.
pub fn channel_for(world: &World, place: &Channel, person: Id) -> Value {
    let mut shown = channel(world, place);
    shown["permissions"] = json!(world.permissions_in(person, place.id).to_string());
    shown
}

/// What the bot may do here. Where it is no member, answers to interactions still carry embeds and files.
fn permissions_of(world: &World, bot: Id, place: &Channel) -> u64 {
    let is_member = place.guild.and_then(|id| world.guilds.get(&id)).is_some_and(|it| it.has_the_bot);
    if is_member { world.permissions_in(bot, place.id) } else { MEMBER }
}

/// Where a command was run from.
pub fn context(place: &Channel) -> super::world::commands::Context {
    use super::world::commands::Context;
    match place.kind {
        ChannelKind::DirectMessage => Context::BotDirectMessage,
        ChannelKind::GroupDirectMessage => Context::PrivateChannel,
        _ => Context::Guild,
    }
}

/// Who brought the bot here: the server that has it, or the person who installed it for themselves.
fn owners(world: &World, place: &Channel, person: &User) -> Value {
    let guild = place.guild.and_then(|id| world.guilds.get(&id)).filter(|it| it.has_the_bot);
    match guild {
        Some(guild) => json!({ "0": guild.id.to_string() }),
        None if place.kind == ChannelKind::DirectMessage => json!({ "0": "0" }),
        None => json!({ "1": person.id.to_string() }),
    }
}
