//! Events, on their way to the sessions that asked for them.

use serde_json::{Value, json};

use super::super::state::State;
use super::super::wire;
use super::super::world::places::Channel;
use super::super::world::{Id, MESSAGE_CONTENT};
use super::hearing;

/// Guilds, channels and threads.
const GUILDS: u64 = 1;
const GUILD_MESSAGES: u64 = 1 << 9;
const DIRECT_MESSAGES: u64 = 1 << 12;
/// Members who change.
const GUILD_MEMBERS: u64 = 1 << 1;
const GUILD_REACTIONS: u64 = 1 << 10;
const DIRECT_REACTIONS: u64 = 1 << 13;

/// Something that the gateway tells.
#[derive(Clone, Debug)]
pub struct Event {
    pub name: &'static str,
    /// The intent that it needs; 0 for none.
    pub intent: u64,
    /// Where it happened; `None` for direct messages and for what concerns the first shard only.
    pub guild: Option<Id>,
    pub data: Value,
}

impl State {
    /// Tells every session that may hear it.
    pub fn dispatch(&mut self, event: &Event) {
        let bot = self.world.bot.user.to_string();
        let of_a_message = matches!(event.name, "MESSAGE_CREATE" | "MESSAGE_UPDATE");
        for session in self.gateway.sessions.iter_mut().filter(|it| it.resumable && it.covers(event.guild)) {
            if event.intent != 0 && session.intents & event.intent == 0 {
                continue;
            }
            if of_a_message && session.intents & MESSAGE_CONTENT == 0 {
                session.send(event.name, &hearing::without_content(&event.data, &bot));
            } else {
                session.send(event.name, &event.data);
            }
        }
    }

    /// Tells of a message that was written or edited, if the bot can see it.
    pub fn dispatch_message(&mut self, name: &'static str, id: Id) {
        let message = &self.world.messages[&id];
        if message.is_ephemeral() || !self.world.bot_sees(message.channel) {
            return;
        }
        let data = wire::gateway_message(&self.world, id);
        let (guild, intent) = self.whereabouts(message.channel);
        self.dispatch(&Event { name, intent, guild, data });
    }

    /// Deletes a message and tells of it.
    pub fn delete_message(&mut self, id: Id) {
        let Some(message) = self.world.messages.get_mut(&id) else { return };
        message.deleted = true;
        let (channel, is_ephemeral) = (message.channel, message.is_ephemeral());
        if is_ephemeral || !self.world.bot_sees(channel) {
            return;
        }
        let (guild, intent) = self.whereabouts(channel);
        let mut data = json!({ "id": id.to_string(), "channel_id": channel.to_string() });
        if let Some(guild) = guild {
            data["guild_id"] = json!(guild.to_string());
        }
        self.dispatch(&Event { name: "MESSAGE_DELETE", intent, guild, data });
    }

    /// Tells of a guild as a whole.
    pub fn dispatch_guild(&mut self, name: &'static str, guild: Id) {
        let data = wire::whole_guild(&self.world, guild);
        self.dispatch(&Event { name, intent: GUILDS, guild: Some(guild), data });
    }

    /// Tells of a role.
    pub fn dispatch_role(&mut self, name: &'static str, guild: Id, role: Id) {
        let place = &self.world.guilds[&guild];
        let Some(role) = place.roles.iter().find(|it| it.id == role) else { return };
        let data = json!({ "guild_id": guild.to_string(), "role": wire::role(place, role) });
        self.dispatch(&Event { name, intent: GUILDS, guild: Some(guild), data });
    }

    /// Tells that a member has other roles now. Of itself the bot hears without the intent.
    pub fn dispatch_member(&mut self, guild: Id, user: Id) {
        let mut data = wire::member(&self.world.guilds[&guild], user);
        data["guild_id"] = json!(guild.to_string());
        data["user"] = self.world.users.get(&user).map(wire::user).into();
        let intent = if user == self.world.bot.user { 0 } else { GUILD_MEMBERS };
        self.dispatch(&Event { name: "GUILD_MEMBER_UPDATE", intent, guild: Some(guild), data });
    }

    /// Tells of an emoji put under a message or taken away, if the bot can see it.
    pub fn dispatch_reaction(&mut self, name: &'static str, message: Id, who: Id, emoji: &str) {
        let Some(message) = self.world.message(message).filter(|it| self.world.bot_sees(it.channel)) else { return };
        let guild = self.world.channels.get(&message.channel).and_then(|it| it.guild);
        let mut data = json!({
            "user_id": who.to_string(), "channel_id": message.channel.to_string(),
            "message_id": message.id.to_string(), "emoji": wire::emoji(emoji), "burst": false, "type": 0,
        });
        if name == "MESSAGE_REACTION_ADD" {
            data["message_author_id"] = json!(message.author.to_string());
        }
        if let Some(guild) = guild {
            data["guild_id"] = json!(guild.to_string());
            data["member"] = wire::member(&self.world.guilds[&guild], who);
            data["member"]["user"] = self.world.users.get(&who).map(wire::user).into();
        }
        let intent = if guild.is_some() { GUILD_REACTIONS } else { DIRECT_REACTIONS };
        self.dispatch(&Event { name, intent, guild, data });
    }

    /// Tells of a channel or thread.
    pub fn dispatch_channel(&mut self, name: &'static str, channel: &Channel) {
        let data = wire::channel(&self.world, channel);
        self.dispatch(&Event { name, intent: GUILDS, guild: channel.guild, data });
    }

    /// Hands an interaction to the bot. No intent is needed.
    pub fn dispatch_interaction(&mut self, id: Id, data: &Value) {
        let interaction = &self.world.interactions[&id];
        let guild = self.world.channels.get(&interaction.channel).and_then(|it| it.guild);
        // Where the bot is no member no shard covers the guild: such interactions come to the first.
        let guild = guild.filter(|id| self.world.guilds.get(id).is_some_and(|it| it.has_the_bot));
        let data = wire::interaction(&self.world, interaction, data);
        self.dispatch(&Event { name: "INTERACTION_CREATE", intent: 0, guild, data });
    }

    fn whereabouts(&self, channel: Id) -> (Option<Id>, u64) {
        let guild = self.world.channels.get(&channel).and_then(|it| it.guild);
        (guild, if guild.is_some() { GUILD_MESSAGES } else { DIRECT_MESSAGES })
    }
}
