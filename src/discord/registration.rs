//! The commands as Discord keeps them: one bulk overwrite, and only when something differs.

use serde_json::{Map, Value, json};
use serenity::http::{LightMethod, Request, Route};
use serenity::model::id::ApplicationId;

use super::requests::{RequestError, Requests};
use crate::bot::commands::{self, Audience, Command, Kind, OptionShape, ValueShape};
use crate::domain::Locale;
use crate::domain::locale::discord_locales;
use crate::domain::topics::{FALLBACK_LANGUAGE, Library};

/// Discord's numbers. Source: API reference, "Application Commands".
const CHAT_INPUT: u8 = 1;
const MESSAGE: u8 = 3;
const SUB_COMMAND: u8 = 1;
const TEXT: u8 = 3;
const WHOLE: u8 = 4;
const TRUTH: u8 = 5;
const FILE: u8 = 11;
/// Installed to a server, and to a person.
const INTEGRATION_TYPES: [u8; 2] = [0, 1];
/// For moderators: only where the bot is a member, and only shown to those with the permission Manage Server, unless the
/// server lets others see it (Server Settings, Integrations).
const GUILD_ONLY: [u8; 1] = [0];
const MANAGE_GUILD: u64 = 1 << 5;
/// In a server, in a direct conversation with the bot, in other private channels.
const CONTEXTS: [u8; 3] = [0, 1, 2];

/// Registers the commands if Discord has others. Tells whether it did.
pub async fn register(
    requests: &Requests,
    application: ApplicationId,
    library: &Library,
) -> Result<bool, RequestError> {
    let ours = definitions(library);
    let route = || Route::Commands { application_id: application };
    let listing = Request::new(route(), LightMethod::Get).params(Some(vec![("with_localizations", "true".to_owned())]));
    let theirs: Vec<Value> = requests.fetch(listing).await?;
    if same(&ours, &theirs) {
        return Ok(false);
    }
    let body = Value::Array(ours).to_string().into_bytes();
    requests.send(Request::new(route(), LightMethod::Put).body(Some(body))).await?;
    Ok(true)
}

/// Every command as Discord wants it.
pub fn definitions(library: &Library) -> Vec<Value> {
    let mut definitions: Vec<Value> = Vec::new();
    for command in commands::ALL {
        let shape = command.shape();
        match (shape.kind, shape.path.split_once(' ')) {
            (Kind::Slash, Some((group, _))) => {
                let known = definitions.iter_mut().find(|definition| definition["name"] == group);
                match known.and_then(|definition| definition["options"].as_array_mut()) {
                    Some(subcommands) => subcommands.push(subcommand(library, *command)),
                    None => {
                        let mut definition = top_level(library, group, CHAT_INPUT, command.audience());
                        definition.insert("options".to_owned(), json!([subcommand(library, *command)]));
                        definitions.push(Value::Object(definition));
                    }
                }
            }
            (Kind::Slash, None) => {
                let mut definition = top_level(library, shape.path, CHAT_INPUT, command.audience());
                definition.insert("options".to_owned(), options(library, *command));
                definitions.push(Value::Object(definition));
            }
            (Kind::MessageMenu, _) => {
                let definition = top_level(library, shape.path, MESSAGE, command.audience());
                definitions.push(Value::Object(definition));
            }
        }
    }
    definitions
}

fn top_level(library: &Library, path: &str, kind: u8, audience: Audience) -> Map<String, Value> {
    let mut definition = named(library, path, kind);
    match audience {
        Audience::Everybody => {
            definition.insert("integration_types".to_owned(), json!(INTEGRATION_TYPES));
            definition.insert("contexts".to_owned(), json!(CONTEXTS));
        }
        Audience::Moderators => {
            definition.insert("integration_types".to_owned(), json!(GUILD_ONLY));
            definition.insert("contexts".to_owned(), json!(GUILD_ONLY));
            definition.insert("default_member_permissions".to_owned(), json!(MANAGE_GUILD));
        }
    }
    if kind == MESSAGE {
        definition.remove("description");
        definition.remove("description_localizations");
    }
    definition
}

fn subcommand(library: &Library, command: &dyn Command) -> Value {
    let mut definition = named(library, command.shape().path, SUB_COMMAND);
    definition.insert("options".to_owned(), options(library, command));
    Value::Object(definition)
}

fn options(library: &Library, command: &dyn Command) -> Value {
    let shape = command.shape();
    shape.options.iter().map(|option| Value::Object(option_definition(library, shape.path, option))).collect()
}

fn option_definition(library: &Library, path: &str, option: &OptionShape) -> Map<String, Value> {
    let kind = match option.value {
        ValueShape::Text(_) | ValueShape::Completed | ValueShape::Pattern | ValueShape::OneOf(_) => TEXT,
        ValueShape::Whole(..) => WHOLE,
        ValueShape::Truth => TRUTH,
        ValueShape::File => FILE,
    };
    let mut definition = named(library, &format!("{path}.{}", option.name), kind);
    definition.insert("required".to_owned(), json!(option.required));
    match option.value {
        ValueShape::Text(longest) => definition.insert("max_length".to_owned(), json!(longest)),
        ValueShape::Completed => definition.insert("autocomplete".to_owned(), json!(true)),
        ValueShape::Whole(least, most) => {
            definition.insert("min_value".to_owned(), json!(least));
            definition.insert("max_value".to_owned(), json!(most))
        }
        ValueShape::Pattern | ValueShape::OneOf(_) => {
            let path = format!("{path}.{}", option.name);
            definition.insert("choices".to_owned(), choices(library, &path, option.value))
        }
        ValueShape::Truth | ValueShape::File => None,
    };
    definition
}

fn choices(library: &Library, path: &str, value: ValueShape) -> Value {
    let english = Locale::or_unknown(Some(FALLBACK_LANGUAGE));
    let in_language = |code: &str| commands::fixed_choices(library, &Locale::or_unknown(Some(code)), path, value);
    let one = |(index, choice): (usize, commands::Choice)| {
        let label = |code: &str| in_language(code).get(index).map(|choice| choice.label.clone());
        json!({ "name": choice.label, "name_localizations": localised(library, label), "value": choice.value })
    };
    commands::fixed_choices(library, &english, path, value).into_iter().enumerate().map(one).collect()
}

fn named(library: &Library, path: &str, kind: u8) -> Map<String, Value> {
    let words = |code: &str| commands::described(library, &Locale::or_unknown(Some(code)), path);
    let name = |code: &str| words(code).map(|words| words.name.clone());
    let description = |code: &str| words(code).map(|words| words.description.clone());
    let mut definition = Map::new();
    definition.insert("type".to_owned(), json!(kind));
    definition.insert("name".to_owned(), json!(commands::default_name(path)));
    definition.insert("name_localizations".to_owned(), localised(library, name));
    definition.insert("description".to_owned(), json!(description(FALLBACK_LANGUAGE).unwrap_or_default()));
    definition.insert("description_localizations".to_owned(), localised(library, description));
    definition
}

/// A text in every language that has one. English gets entries of its own: without them, Discord may show one English
/// where the other is set.
fn localised(library: &Library, text: impl Fn(&str) -> Option<String>) -> Value {
    let mut by_locale = Map::new();
    for (code, _) in library.languages() {
        if let Some(text) = text(code) {
            let locales = discord_locales(code).into_iter();
            by_locale.extend(locales.map(|locale| (locale.to_owned(), Value::String(text.clone()))));
        }
    }
    Value::Object(by_locale)
}

/// Whether Discord's commands are ours, leaving aside what Discord adds.
fn same(ours: &[Value], theirs: &[Value]) -> bool {
    let sorted = |commands: &[Value]| {
        let mut commands: Vec<Value> = commands.iter().map(essence).collect();
        commands.sort_by_key(|command| (command["type"].as_u64(), command["name"].as_str().map(str::to_owned)));
        commands
    };
    sorted(ours) == sorted(theirs)
}

/// What we set, in one form: what Discord leaves out or writes as null is the same as empty.
fn essence(definition: &Value) -> Value {
    const LISTS: [&str; 2] = ["options", "choices"];
    const PLAIN: [&str; 14] = [
        "type",
        "name",
        "name_localizations",
        "description",
        "description_localizations",
        "required",
        "autocomplete",
        "min_value",
        "max_value",
        "max_length",
        "integration_types",
        "contexts",
        "default_member_permissions",
        "value",
    ];
    let mut essence = Map::new();
    for key in PLAIN {
        match &definition[key] {
            Value::Null | Value::Bool(false) => {}
            Value::String(text) if text.is_empty() => {}
            Value::Object(object) if object.is_empty() => {}
            // Discord takes permissions as a number and gives them back as a text.
            Value::Number(bits) if key == "default_member_permissions" => {
                essence.insert(key.to_owned(), json!(bits.to_string()));
            }
            value => {
                essence.insert(key.to_owned(), value.clone());
            }
        }
    }
    for key in LISTS {
        let list = definition[key].as_array().filter(|list| !list.is_empty());
        essence.extend(list.map(|list| (key.to_owned(), list.iter().map(self::essence).collect())));
    }
    Value::Object(essence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::responses;

    fn library() -> Library {
        Library::read(&responses::built_in()).expect("sound texts")
    }

    /// What Discord gives back for what it was sent: with ids, nulls for what is empty, and nothing that is false.
    fn as_discord_keeps_it(definition: &Value) -> Value {
        let mut kept = definition.as_object().expect("an object").clone();
        kept.retain(|_, value| *value != json!(false) && *value != json!([]));
        for key in ["options", "choices"] {
            if let Some(list) = kept.get_mut(key).and_then(Value::as_array_mut) {
                list.iter_mut().for_each(|item| *item = as_discord_keeps_it(item));
            }
        }
        kept.insert("id".to_owned(), json!("1"));
        kept.insert("version".to_owned(), json!("2"));
        kept.insert("nsfw".to_owned(), json!(false));
        let permissions = kept.get("default_member_permissions").and_then(Value::as_u64);
        kept.insert("default_member_permissions".to_owned(), json!(permissions.map(|bits| bits.to_string())));
        Value::Object(kept)
    }

    #[test]
    fn commands_that_discord_has_already_are_not_sent_again() {
        let ours = definitions(&library());
        let mut theirs: Vec<Value> = ours.iter().map(as_discord_keeps_it).collect();
        theirs.reverse();
        assert!(same(&ours, &theirs));
    }

    #[test]
    fn any_difference_sends_them_again() {
        let ours = definitions(&library());
        let theirs = || ours.iter().map(as_discord_keeps_it).collect::<Vec<_>>();
        let mut reworded = theirs();
        reworded[0]["description"] = json!("other");
        let mut fewer = theirs();
        fewer.pop();
        let mut with_more_options = theirs();
        with_more_options[2]["options"] = json!([{"type": 3, "name": "extra", "description": "x"}]);
        for other in [reworded, fewer, with_more_options, Vec::new()] {
            assert!(!same(&ours, &other));
        }
    }

    #[test]
    fn every_command_and_option_has_words() {
        fn check(definition: &Value) {
            let name = definition["name"].as_str().expect("a name");
            let is_menu = definition["type"] == MESSAGE && definition.get("contexts").is_some();
            let described =
                definition["description"].as_str().is_some_and(|text| (1..=100).contains(&text.chars().count()));
            assert!(is_menu || described, "{name} has no description");
            assert!(is_menu || name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-'), "{name}");
            definition["options"].as_array().into_iter().flatten().for_each(check);
        }
        definitions(&library()).iter().for_each(check);
    }
}
