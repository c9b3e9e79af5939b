//! The world in Discord's JSON.

use serde_json::{Value, json};

use super::world::clock::iso8601;
use super::world::interactions::Interaction;
use super::world::messages::{Attachment, Message};
use super::world::people::User;
use super::world::places::{Channel, ChannelKind, Guild};
use super::world::{Id, World};

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
    })
}

/// The bot's own account, as `users/@me` and READY show it.
pub fn own_user(world: &World) -> Value {
    let mut own = user(&world.users[&world.bot.user]);
    own["verified"] = json!(true);
    own["mfa_enabled"] = json!(true);
    own["email"] = Value::Null;
    own["flags"] = json!(0);
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

fn member(user: &User, with_permissions: bool) -> Value {
    let mut member = json!({
        "roles": [],
        "joined_at": "2024-01-01T00:00:00.000000+00:00",
        "deaf": false,
        "mute": false,
        "flags": 0,
        "nick": null,
        "avatar": null,
        "premium_since": null,
        "pending": false,
        "communication_disabled_until": null,
    });
    if with_permissions {
        member["user"] = self::user(user);
        member["permissions"] = json!(user.permissions.to_string());
    }
    member
}

/// A channel, thread, forum or conversation.
pub fn channel(world: &World, channel: &Channel) -> Value {
    let mut shown = json!({
        "id": channel.id.to_string(),
        "type": channel.kind as u8,
        "flags": 0,
        "last_message_id": null,
    });
    match channel.guild {
        Some(guild) => {
            shown["guild_id"] = json!(guild.to_string());
            shown["name"] = json!(channel.name);
            shown["parent_id"] = json!(channel.parent.map(|it| it.to_string()));
            shown["position"] = json!(0);
            shown["permission_overwrites"] = json!([]);
            shown["nsfw"] = json!(false);
        }
        None => {
            let people = channel.recipients.iter().filter_map(|id| world.users.get(id));
            shown["recipients"] = people.map(user).collect();
        }
    }
    if channel.kind == ChannelKind::PublicThread {
        shown["owner_id"] = json!(world.bot.user.to_string());
        shown["message_count"] = json!(1);
        shown["member_count"] = json!(1);
        shown["thread_metadata"] = json!({
            "archived": false, "auto_archive_duration": 1440, "locked": false,
            "archive_timestamp": iso8601(world.clock.now()),
        });
    }
    shown
}

/// A guild, as REST shows it.
pub fn guild(guild: &Guild) -> Value {
    let everyone = json!({
        "id": guild.id.to_string(), "name": "@everyone", "permissions": "0", "position": 0, "color": 0,
        "hoist": false, "managed": false, "mentionable": false, "flags": 0, "icon": null, "unicode_emoji": null,
    });
    let mut shown = json!({
        "id": guild.id.to_string(),
        "name": guild.name,
        "owner_id": guild.owner.to_string(),
        "preferred_locale": guild.preferred_locale,
        "roles": [everyone],
        "max_members": 500_000,
        "widget_enabled": false,
        "premium_progress_bar_enabled": false,
    });
    for absent in [
        "icon",
        "splash",
        "discovery_splash",
        "banner",
        "description",
        "vanity_url_code",
        "application_id",
        "afk_channel_id",
        "system_channel_id",
        "rules_channel_id",
        "public_updates_channel_id",
        "safety_alerts_channel_id",
    ] {
        shown[absent] = Value::Null;
    }
    for zero in [
        "afk_timeout",
        "system_channel_flags",
        "verification_level",
        "default_message_notifications",
        "explicit_content_filter",
        "mfa_level",
        "nsfw_level",
        "premium_tier",
        "premium_subscription_count",
    ] {
        shown[zero] = json!(0);
    }
    for empty in ["features", "emojis", "stickers"] {
        shown[empty] = json!([]);
    }
    shown
}

/// A guild, as GUILD_CREATE shows it.
pub fn whole_guild(world: &World, id: Id) -> Value {
    let mut whole = guild(&world.guilds[&id]);
    let inside = |thread: bool| -> Value {
        let here = world.channels.values().filter(|it| it.guild == Some(id));
        here.filter(|it| (it.kind == ChannelKind::PublicThread) == thread).map(|it| channel(world, it)).collect()
    };
    whole["channels"] = inside(false);
    whole["threads"] = inside(true);
    whole["members"] = json!([member(&world.users[&world.bot.user], true)]);
    whole["joined_at"] = json!("2024-01-01T00:00:00.000000+00:00");
    whole["large"] = json!(false);
    whole["unavailable"] = json!(false);
    whole["member_count"] = json!(2);
    for list in ["voice_states", "presences", "stage_instances", "guild_scheduled_events", "soundboard_sounds"] {
        whole[list] = json!([]);
    }
    whole
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
        "mention_roles": [],
        "attachments": message.body.attachments.iter().map(|it| attachment(message.channel, it)).collect::<Vec<_>>(),
        "embeds": message.body.embeds,
        "components": message.body.components,
        "pinned": false,
        "type": message.kind,
        "flags": message.body.flags,
    });
    if let Some(nonce) = &message.nonce {
        shown["nonce"] = nonce.clone();
    }
    if message.webhook {
        shown["webhook_id"] = json!(world.bot.application.to_string());
    }
    shown
}

/// The people whom the text mentions or the reply pings, where the message is allowed to.
fn mentioned(world: &World, message: &Message) -> Value {
    use super::world::pings::Pinged;
    let pinged = world.pinged_by(message);
    let people = pinged.iter().filter_map(|it| match it {
        Pinged::Person(id) => world.users.get(id),
        _ => None,
    });
    people.map(user).collect()
}

fn attachment(channel: Id, attachment: &Attachment) -> Value {
    let url = format!("https://cdn.invalid/attachments/{channel}/{}/{}", attachment.id, attachment.filename);
    json!({
        "id": attachment.id.to_string(),
        "filename": attachment.filename,
        "description": attachment.description,
        "size": attachment.bytes.len(),
        "url": url,
        "proxy_url": url,
    })
}

/// A message as the gateway sends it, which says where it is and who its author is there.
pub fn gateway_message(world: &World, id: Id) -> Value {
    let source = &world.messages[&id];
    let mut shown = message(world, source);
    if let Some(guild) = world.channels.get(&source.channel).and_then(|it| it.guild) {
        shown["guild_id"] = json!(guild.to_string());
        shown["member"] = world.users.get(&source.author).map(|it| member(it, false)).into();
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
        "channel": partial_channel(world, place, person),
        "locale": person.locale,
        "app_permissions": (super::world::people::MODERATOR & !place.withheld).to_string(),
        "entitlements": [],
        "attachment_size_limit": 10 * 1024 * 1024,
        "authorizing_integration_owners": owners(world, place, person),
        "context": context(place) as u8,
    });
    match place.guild.and_then(|id| world.guilds.get(&id)) {
        Some(guild) => {
            shown["guild_id"] = json!(guild.id.to_string());
            shown["guild_locale"] = json!(guild.preferred_locale);
            shown["member"] = member(person, true);
        }
        None => shown["user"] = user(person),
    }
    if let Some(message) = interaction.message.filter(|id| world.messages.contains_key(id)) {
        shown["message"] = self::message(world, &world.messages[&message]);
    }
    shown
}

fn partial_channel(world: &World, place: &Channel, person: &User) -> Value {
    let mut shown = channel(world, place);
    shown["permissions"] = json!(person.permissions.to_string());
    shown
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
