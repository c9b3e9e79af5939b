//! Slash commands, typed.

use std::sync::Arc;

use serde_json::{Value, json};

use super::super::state::{Core, State};
use super::super::wire;
use super::super::world::commands::CommandKind;
use super::super::world::interactions::{InteractionKind, callback};
use super::super::world::permissions::Permission;
use super::super::world::places::Channel as Place;
use super::super::world::uploads::Upload;
use super::super::world::{Id, World};
use super::{Answer, Channel, Person};

/// A slash command before it is sent.
#[derive(Clone, Debug)]
pub struct Run {
    person: Person,
    /// The command's name and those of its group and subcommand.
    words: Vec<String>,
    options: Vec<(String, String)>,
    /// The files given to options.
    files: Vec<(String, Upload)>,
    /// The option that is being typed.
    focused: Option<String>,
}

/// What autocomplete offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    pub name: String,
    pub value: String,
}

impl Run {
    pub(super) fn new(person: &Person, command: &str) -> Self {
        let words = command.trim_start_matches('/').split_whitespace().map(str::to_owned).collect();
        Self { person: person.clone(), words, options: Vec::new(), files: Vec::new(), focused: None }
    }

    /// Fills in an option.
    pub fn option(mut self, name: &str, value: &str) -> Self {
        self.options.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Gives a file to an option.
    pub fn file(self, name: &str, filename: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.upload(name, Upload::new(filename, bytes))
    }

    /// Gives an unusual file to an option: one that lies about its size or never ends.
    pub fn upload(mut self, name: &str, upload: Upload) -> Self {
        self.files.push((name.to_owned(), upload));
        self
    }

    /// Starts to type an option, so that Discord asks the bot what it could be: [`Run::suggestions_in`].
    pub fn typing(mut self, name: &str, so_far: &str) -> Self {
        self.focused = Some(name.to_owned());
        self.option(name, so_far)
    }

    /// Sends it in this channel and waits for the answer.
    pub async fn in_channel(self, channel: &Channel) -> Answer {
        let interaction = self.send(channel, InteractionKind::Command).await;
        Answer::wait(&channel.core, interaction).await
    }

    /// Sends it in the direct messages with the bot and waits for the answer.
    pub async fn in_direct_messages(self) -> Answer {
        let channel = self.person.direct_messages();
        self.in_channel(&channel).await
    }

    /// Sends it and does not wait for anything.
    pub async fn without_waiting(self, channel: &Channel) {
        self.send(channel, InteractionKind::Command).await;
    }

    /// What the bot suggests for the option that is being typed.
    pub async fn suggestions_in(self, channel: &Channel) -> Vec<Suggestion> {
        let interaction = self.send(channel, InteractionKind::Autocomplete).await;
        Answer::wait(&channel.core, interaction).await;
        let answer = channel.core.look(|state| state.world.interactions[&interaction].callback.clone());
        let answer = answer.filter(|it| it.kind == callback::AUTOCOMPLETE).expect("suggestions");
        let choices = answer.data["choices"].as_array().cloned().unwrap_or_default();
        let text = |it: &Value| it.as_str().map_or_else(|| it.to_string(), str::to_owned);
        choices.iter().map(|it| Suggestion { name: text(&it["name"]), value: text(&it["value"]) }).collect()
    }

    async fn send(mut self, channel: &Channel, kind: InteractionKind) -> Id {
        let core = &channel.core;
        let name = &self.words.first().expect("a command's name").clone();
        let known = registered(core, channel.id, CommandKind::Slash, name).await;
        check_offered(core, &self.person, channel.id, &known);
        let attachments = self.hand_over(core);
        let mut data = json!({
            "id": known["id"], "name": name, "type": 1, "options": self.nested(&known, &self.words[1..]),
        });
        if attachments.as_object().is_some_and(|it| !it.is_empty()) {
            data["resolved"] = json!({ "attachments": attachments });
        }
        let what = format!("/{}", self.words.join(" "));
        self.person.interacts(kind, channel.id, None, &what, &data)
    }

    /// Uploads the files, each of which becomes the id that its option carries.
    fn hand_over(&mut self, core: &Arc<Core>) -> Value {
        let mut shown = json!({});
        for (name, upload) in self.files.clone() {
            let id = core.change(|state| {
                let id = state.world.keep_upload(upload);
                shown[id.to_string()] = wire::upload(&state.world, id);
                id
            });
            self.options.push((name, id.to_string()));
        }
        shown
    }

    /// The options inside their subcommand inside its group, each with the type that it was registered with.
    fn nested(&self, definition: &Value, words: &[String]) -> Vec<Value> {
        let Some((word, rest)) = words.split_first() else { return self.filled_in(definition) };
        let part = option(definition, word);
        vec![json!({ "type": part["type"], "name": word, "options": self.nested(part, rest) })]
    }

    fn filled_in(&self, definition: &Value) -> Vec<Value> {
        let list = definition["options"].as_array().into_iter().flatten();
        for option in list {
            let is_there = self.options.iter().any(|(name, _)| option["name"] == *name);
            let is_needed = self.focused.is_none() && option["required"] == true;
            assert!(is_there || !is_needed, "Discord asks for the option {} first", option["name"]);
            assert!(option["type"].as_u64() > Some(2), "/{} needs a subcommand", self.words.join(" "));
        }
        self.options.iter().map(|(name, value)| self.one(option(definition, name), name, value)).collect()
    }

    fn one(&self, option: &Value, name: &str, value: &str) -> Value {
        let is_focused = self.focused.as_deref() == Some(name);
        assert!(!is_focused || option["autocomplete"] == true, "the option {name:?} has no autocomplete");
        let choices = option["choices"].as_array();
        let is_a_choice = choices.is_none_or(|all| all.iter().any(|it| it["value"] == value));
        assert!(is_a_choice, "{value:?} is not among the choices of {name:?}");
        let is_file = self.files.iter().any(|(file, _)| file == name);
        assert_eq!(is_file, option["type"] == 11, "files, and nothing else, go into options for files: {name:?}");
        if option["type"] == 3 && !is_focused {
            let (least, most) = (option["min_length"].as_u64().unwrap_or(0), option["max_length"].as_u64());
            let fits = (least..=most.unwrap_or(6000)).contains(&(value.chars().count() as u64));
            assert!(fits, "{name:?} takes {least} to {} characters", most.unwrap_or(6000));
        }
        let typed = match option["type"].as_u64() {
            Some(4 | 5 | 10) if !is_focused => serde_json::from_str(value).expect("a value of the option's type"),
            _ => json!(value),
        };
        let mut filled = json!({ "type": option["type"], "name": name, "value": typed });
        if is_focused {
            filled["focused"] = json!(true);
        }
        filled
    }
}

fn option<'a>(definition: &'a Value, name: &str) -> &'a Value {
    let found = definition["options"].as_array().into_iter().flatten().find(|it| it["name"] == name);
    found.unwrap_or_else(|| panic!("{} has no option or subcommand {name:?}", definition["name"]))
}

/// The command as it is registered, once it is.
pub async fn registered(core: &Arc<Core>, channel: Id, kind: CommandKind, name: &str) -> Value {
    let find = |state: &mut State| {
        let guild = state.world.channels.get(&channel).and_then(|it| it.guild);
        state.world.command(guild, kind, name).cloned()
    };
    core.wait_for(&format!("the command {name:?} to be registered"), find).await
}

/// Fails where Discord would not show the command: in the wrong kind of place, or to who lacks the permissions.
pub fn check_offered(core: &Arc<Core>, person: &Person, channel: Id, command: &Value) {
    core.look(|state| {
        let place = &state.world.channels[&channel];
        let context = wire::context(place) as u64;
        let contexts = command["contexts"].as_array();
        let fits = contexts.is_none_or(|all| all.iter().any(|it| *it == json!(context)));
        assert!(fits, "{} is not offered in contexts of kind {context}", command["name"]);
        let needed = command["default_member_permissions"].as_str();
        let lacks = !is_let(&state.world, person.id, place, command);
        assert!(!lacks, "{} is offered only to those with permissions {}", command["name"], needed.unwrap_or("to see"));
        let installed = place.guild.and_then(|id| state.world.guilds.get(&id)).is_some_and(|it| it.has_the_bot);
        let by_person = command["integration_types"].as_array().is_some_and(|all| all.contains(&json!(1)));
        let by_place = installed || context == 1;
        assert!(by_place || by_person, "{} is not offered where the bot is not installed", command["name"]);
    });
}

/// Is the command shown to this person here? By default to who has all the permissions that it names, and if it names
/// none but "0", to administrators. The server's own settings can show it to a role besides.
fn is_let(world: &World, person: Id, place: &Place, command: &Value) -> bool {
    let Some(guild) = place.guild.and_then(|id| world.guilds.get(&id)) else { return true };
    let permissions = world.permissions_in(person, place.id);
    let opened = |role: &Id| guild.opened.iter().any(|(name, to)| command["name"] == *name && role == to);
    let named = command["default_member_permissions"].as_str().and_then(|it| it.parse().ok());
    let by_default = named.is_none_or(|named: u64| match named {
        0 => Permission::Administrator.is_in(permissions),
        named => permissions & named == named,
    });
    Permission::UseApplicationCommands.is_in(permissions) && (by_default || guild.roles_of(person).iter().any(opened))
}
