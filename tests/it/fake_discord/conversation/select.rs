//! Select menus: what they offer, what is chosen in them now, and choosing.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::super::state::Core;
use super::super::wire;
use super::super::world::places::ChannelKind;
use super::super::world::{Id, World};
use super::{Answer, Channel, Person, Role, text};

/// A menu on a message, as it stands there.
#[derive(Clone, Debug)]
pub struct Select {
    core: Arc<Core>,
    pub(super) part: Value,
}

/// What kind of thing a menu offers, by Discord's numbers for menus.
const OPTIONS: u64 = 3;
const PEOPLE: u64 = 5;
const ROLES: u64 = 6;
const PEOPLE_AND_ROLES: u64 = 7;
const CHANNELS: u64 = 8;

/// Is this part of a message a menu?
pub(super) fn is_menu(part: &Value) -> bool {
    matches!(part["type"].as_u64(), Some(OPTIONS | PEOPLE..=CHANNELS))
}

/// Is it the menu with this placeholder or custom id?
pub(super) fn is_named(part: &Value, name: &str) -> bool {
    is_menu(part) && (part["placeholder"] == name || part["custom_id"] == name)
}

impl Select {
    pub(super) fn new(core: &Arc<Core>, part: Value) -> Self {
        Self { core: Arc::clone(core), part }
    }

    /// The labels of its options, in order. Empty for menus of people, roles and channels.
    pub fn options(&self) -> Vec<String> {
        options(&self.part).map(|it| string(&it["label"])).collect()
    }

    /// What is chosen now: the labels of options, or `@Staff`, `#general`, `@Ann`.
    pub fn values(&self) -> Vec<String> {
        self.core.look(|state| text::chosen(&state.world, &self.part))
    }

    /// Is it greyed out?
    pub fn is_disabled(&self) -> bool {
        self.part["disabled"] == true
    }

    /// How many can be chosen: at least, at most.
    pub fn takes(&self) -> (u64, u64) {
        (self.part["min_values"].as_u64().unwrap_or(1), self.part["max_values"].as_u64().unwrap_or(1))
    }
}

/// Somebody's hand on a menu. What the menu does not offer fails the test.
#[derive(Clone, Debug)]
pub struct Choosing {
    pub(super) person: Person,
    pub(super) message: Id,
    pub(super) channel: Id,
    pub(super) menu: Select,
    pub(super) name: String,
}

impl Choosing {
    /// Chooses these options, by label, in the place of what was chosen before.
    pub async fn options<const N: usize>(self, labels: [&str; N]) -> Answer {
        self.is_of(&[OPTIONS]);
        let value = |label: &&str| {
            let found = options(&self.menu.part).find(|it| it["label"] == *label);
            found.unwrap_or_else(|| panic!("{:?} offers {:?}, not {label:?}", self.name, self.menu.options()))["value"]
                .clone()
        };
        let values = labels.iter().map(value).collect();
        self.chooses(values, &Value::Null).await
    }

    /// Chooses these channels.
    pub async fn channels<const N: usize>(self, channels: [&Channel; N]) -> Answer {
        self.is_of(&[CHANNELS]);
        let ids = channels.map(|it| it.id);
        let resolved = self.person.core.look(|state| {
            ids.iter().for_each(|id| self.offers_channel(&state.world, *id));
            let shown = ids.map(|id| wire::channel_for(&state.world, &state.world.channels[&id], self.person.id));
            json!({ "channels": keyed(&ids, shown) })
        });
        self.chooses(ids.map(|it| json!(it.to_string())).to_vec(), &resolved).await
    }

    /// Chooses these roles.
    pub async fn roles<const N: usize>(self, roles: [&Role; N]) -> Answer {
        self.is_of(&[ROLES, PEOPLE_AND_ROLES]);
        let ids = roles.map(|it| it.id);
        let resolved = self.person.core.look(|state| {
            let guild = &state.world.guilds[&state.world.channels[&self.channel].guild.expect("a server with roles")];
            let shown = ids.map(|id| {
                let role = guild.roles.iter().find(|it| it.id == id && it.id != guild.id);
                wire::role(guild, role.unwrap_or_else(|| panic!("{:?} does not offer that role here", self.name)))
            });
            json!({ "roles": keyed(&ids, shown) })
        });
        self.chooses(ids.map(|it| json!(it.to_string())).to_vec(), &resolved).await
    }

    /// Chooses these people.
    pub async fn people<const N: usize>(self, people: [&Person; N]) -> Answer {
        self.is_of(&[PEOPLE, PEOPLE_AND_ROLES]);
        let ids = people.map(|it| it.id);
        let resolved = self.person.core.look(|state| {
            let users = ids.map(|id| wire::user(&state.world.users[&id]));
            let guild = state.world.channels[&self.channel].guild.and_then(|id| state.world.guilds.get(&id));
            let Some(guild) = guild else { return json!({ "users": keyed(&ids, users) }) };
            let member = |id| {
                let mut shown = wire::member(guild, id);
                shown["permissions"] = json!(state.world.permissions_in(id, self.channel).to_string());
                shown
            };
            json!({ "users": keyed(&ids, users), "members": keyed(&ids, ids.map(member)) })
        });
        self.chooses(ids.map(|it| json!(it.to_string())).to_vec(), &resolved).await
    }

    /// Chooses nothing, where the menu allows that.
    pub async fn nothing(self) -> Answer {
        self.chooses(Vec::new(), &Value::Null).await
    }

    async fn chooses(self, values: Vec<Value>, resolved: &Value) -> Answer {
        let (least, most) = self.menu.takes();
        let fits = (least..=most).contains(&(values.len() as u64));
        assert!(fits, "{:?} takes {least} to {most} values, not {}", self.name, values.len());
        let different = values.iter().map(Value::to_string).collect::<BTreeSet<_>>().len();
        assert_eq!(different, values.len(), "in {:?} a thing can be chosen once", self.name);
        let mut data = json!({
            "id": 1, "custom_id": self.menu.part["custom_id"], "component_type": self.menu.part["type"],
            "values": values,
        });
        if !resolved.is_null() {
            data["resolved"] = resolved.clone();
        }
        self.person.uses(self.channel, self.message, &format!("the menu {:?}", self.name), &data).await
    }

    fn is_of(&self, kinds: &[u64]) {
        let kind = self.menu.part["type"].as_u64().unwrap_or(0);
        assert!(kinds.contains(&kind), "{:?} is no such menu, but one of type {kind}", self.name);
    }

    /// Only channels of this server that the person can see, and only of the kinds asked for. Threads are not offered
    /// unless they are asked for.
    fn offers_channel(&self, world: &World, id: Id) {
        let (channel, here) = (&world.channels[&id], &world.channels[&self.channel]);
        assert!(channel.guild == here.guild, "{:?} does not offer channels of other servers", self.name);
        assert!(world.permissions_in(self.person.id, id) != 0, "{:?}: they cannot see #{}", self.name, channel.name);
        let kinds = self.menu.part["channel_types"].as_array().filter(|it| !it.is_empty());
        let fits =
            kinds.map_or(channel.kind != ChannelKind::PublicThread, |it| it.contains(&json!(channel.kind as u8)));
        assert!(fits, "{:?} does not offer channels like #{}", self.name, channel.name);
    }
}

fn keyed<const N: usize>(ids: &[Id; N], shown: [Value; N]) -> Value {
    Value::Object(ids.iter().map(Id::to_string).zip(shown).collect())
}

fn options(part: &Value) -> impl Iterator<Item = &Value> {
    part["options"].as_array().into_iter().flatten()
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
