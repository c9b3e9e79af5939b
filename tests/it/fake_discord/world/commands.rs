//! Registered application commands, as Discord keeps them.

use serde_json::{Map, Value, json};

use super::{Id, World};

/// Where a command can be run, with Discord's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    Guild = 0,
    BotDirectMessage = 1,
    PrivateChannel = 2,
}

/// The kind of command, with Discord's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandKind {
    Slash = 1,
    MessageMenu = 3,
}

impl World {
    /// Replaces all commands of one scope. A command that keeps its name and type keeps its id.
    pub fn overwrite_commands(&mut self, guild: Option<Id>, requested: &[Value]) -> Vec<Value> {
        let old = self.commands.remove(&guild).unwrap_or_default();
        let kept: Vec<Value> = requested.iter().map(|it| self.keep_command(guild, it, &old)).collect();
        self.commands.insert(guild, kept.clone());
        kept
    }

    fn keep_command(&mut self, guild: Option<Id>, requested: &Value, old: &[Value]) -> Value {
        let kind = requested.get("type").cloned().unwrap_or(json!(1));
        let same = old.iter().find(|it| it["name"] == requested["name"] && it["type"] == kind);
        let id = same.map_or_else(|| json!(self.clock.next_id().to_string()), |it| it["id"].clone());
        let mut kept = json!({
            "id": id,
            "application_id": self.bot.application.to_string(),
            "version": self.clock.next_id().to_string(),
            "type": kind,
            "description": "",
            "default_member_permissions": null,
            "dm_permission": true,
            "nsfw": false,
            "contexts": null,
            "integration_types": [0],
            "name_localizations": null,
            "description_localizations": null,
        });
        if let Some(guild) = guild {
            kept["guild_id"] = json!(guild.to_string());
        }
        for (key, value) in requested.as_object().into_iter().flatten() {
            kept[key] = match key.as_str() {
                "options" => without_defaults(value),
                // It is sent as a number and comes back as text.
                "default_member_permissions" => json!(value.as_u64().map(|it| it.to_string())),
                _ => value.clone(),
            };
        }
        kept
    }

    /// The registered command of that name and kind that can be run from there: the guild's own first.
    pub fn command(&self, guild: Option<Id>, kind: CommandKind, name: &str) -> Option<&Value> {
        let scopes = guild.map(Some).into_iter().chain([None]);
        let mut known = scopes.filter_map(|scope| self.commands.get(&scope)).flatten();
        known.find(|it| it["name"] == name && it["type"] == json!(kind as u64))
    }
}

/// Discord does not send back what an option sets to its default. Whoever compares commands must allow for that.
fn without_defaults(options: &Value) -> Value {
    let list = options.as_array().into_iter().flatten();
    list.map(|option| {
        let fields = option.as_object().into_iter().flatten();
        let kept = fields
            .filter(|(_, value)| !is_default(value))
            .map(|(key, value)| (key.clone(), if key == "options" { without_defaults(value) } else { value.clone() }));
        Value::Object(kept.collect::<Map<_, _>>())
    })
    .collect()
}

fn is_default(value: &Value) -> bool {
    *value == json!(false) || value.is_null() || *value == json!([]) || *value == json!({})
}

/// The command as a plain GET shows it: translations only on request.
pub fn without_translations(command: &Value) -> Value {
    match command {
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(key, _)| !key.ends_with("_localizations"));
            Value::Object(kept.map(|(key, value)| (key.clone(), without_translations(value))).collect())
        }
        Value::Array(items) => items.iter().map(without_translations).collect(),
        other => other.clone(),
    }
}
