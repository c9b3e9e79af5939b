//! Servers with their roles and members, channels and threads, in Discord's JSON.

use serde_json::{Value, json};

use super::super::world::clock::iso8601;
use super::super::world::permissions::{Overwrite, Role, Target};
use super::super::world::places::{Channel, ChannelKind, Guild};
use super::super::world::{Id, World};

/// Somebody as a member of a server, without the account.
pub fn member(guild: &Guild, user: Id) -> Value {
    json!({
        "roles": guild.roles_of(user).iter().map(Id::to_string).collect::<Vec<_>>(),
        "joined_at": "2024-01-01T00:00:00.000000+00:00",
        "deaf": false,
        "mute": false,
        "flags": 0,
        "nick": null,
        "avatar": null,
        "banner": null,
        "premium_since": null,
        "pending": false,
        "communication_disabled_until": null,
    })
}

/// A role of a server.
pub fn role(guild: &Guild, role: &Role) -> Value {
    let position = guild.roles.iter().position(|it| it.id == role.id).unwrap_or(0);
    let mut shown = json!({
        "id": role.id.to_string(),
        "name": role.name,
        "permissions": role.permissions.to_string(),
        "position": position,
        "color": 0,
        "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null },
        "hoist": false,
        "managed": role.of_bot.is_some(),
        "mentionable": false,
        "flags": 0,
        "icon": null,
        "unicode_emoji": null,
    });
    if let Some(bot) = role.of_bot {
        shown["tags"] = json!({ "bot_id": bot.to_string() });
    }
    shown
}

fn overwrite(overwrite: &Overwrite) -> Value {
    let (id, kind) = match overwrite.target {
        Target::Role(id) => (id, 0),
        Target::Member(id) => (id, 1),
    };
    json!({
        "id": id.to_string(), "type": kind,
        "allow": overwrite.allow.to_string(), "deny": overwrite.deny.to_string(),
    })
}

/// A channel, thread, forum or conversation.
pub fn channel(world: &World, channel: &Channel) -> Value {
    let mut shown = json!({ "id": channel.id.to_string(), "type": channel.kind as u8, "flags": 0 });
    if channel.kind != ChannelKind::Category {
        shown["last_message_id"] = Value::Null;
    }
    let Some(guild) = channel.guild else {
        shown["recipients"] = channel.recipients.iter().filter_map(|id| world.users.get(id)).map(super::user).collect();
        return shown;
    };
    shown["guild_id"] = json!(guild.to_string());
    shown["name"] = json!(channel.name);
    shown["parent_id"] = json!(channel.parent.map(|it| it.to_string()));
    if channel.kind.is_thread() {
        let owner = world.guilds.get(&guild).map_or(world.bot.user, |it| it.owner);
        shown["owner_id"] = json!(owner.to_string());
        shown["message_count"] = json!(1);
        shown["member_count"] = json!(1);
        shown["total_message_sent"] = json!(1);
        shown["thread_metadata"] = json!({
            "archived": false, "auto_archive_duration": 1440, "locked": false,
            "archive_timestamp": iso8601(world.clock.now()),
        });
        return shown;
    }
    shown["position"] = json!(0);
    shown["permission_overwrites"] = channel.overwrites.iter().map(overwrite).collect();
    shown["nsfw"] = json!(false);
    if channel.kind == ChannelKind::Forum {
        shown["available_tags"] = json!([]);
    }
    shown
}

/// A guild, as REST shows it.
pub fn guild(guild: &Guild) -> Value {
    let mut shown = json!({
        "id": guild.id.to_string(),
        "name": guild.name,
        "owner_id": guild.owner.to_string(),
        "preferred_locale": guild.preferred_locale,
        "roles": guild.roles.iter().map(|it| role(guild, it)).collect::<Vec<_>>(),
        "region": "deprecated",
        "nsfw": false,
        "afk_timeout": 300,
        "max_members": 500_000,
        "max_presences": null,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
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
        "widget_channel_id",
        "home_header",
        "incidents_data",
    ] {
        shown[absent] = Value::Null;
    }
    for zero in [
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
    let source = &world.guilds[&id];
    let mut whole = guild(source);
    let inside = |thread: bool| -> Value {
        let here = world.channels.values().filter(|it| it.guild == Some(id));
        here.filter(|it| it.kind.is_thread() == thread).map(|it| channel(world, it)).collect()
    };
    whole["channels"] = inside(false);
    whole["threads"] = inside(true);
    let mut own = member(source, world.bot.user);
    own["user"] = super::user(&world.users[&world.bot.user]);
    whole["members"] = json!([own]);
    whole["joined_at"] = json!("2024-01-01T00:00:00.000000+00:00");
    whole["large"] = json!(false);
    whole["unavailable"] = json!(false);
    whole["member_count"] = json!(2);
    for list in ["voice_states", "presences", "stage_instances", "guild_scheduled_events", "soundboard_sounds"] {
        whole[list] = json!([]);
    }
    whole
}
