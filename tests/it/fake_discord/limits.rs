//! Limits that Discord enforces and its description does not state.

mod components;

use serde_json::Value;

use components::{check_modal, check_row};

/// Components V2: then content and embeds must be empty, and rows may stand beside other things.
const COMPONENTS_V2: u64 = 1 << 15;

/// Everything wrong with a body, in words.
pub fn check(method: &str, route: &str, body: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    if route.ends_with("/commands") {
        check_commands(body, &mut problems);
    } else if route.ends_with("/callback") {
        check_callback(body, &mut problems);
    } else if route.contains("/messages") || (method == "POST" && route.starts_with("/webhooks")) {
        check_message(body, &mut problems);
        if method == "POST" {
            wants_allowed_mentions(body, &mut problems);
        }
    }
    problems
}

fn check_callback(body: &Value, problems: &mut Vec<String>) {
    let data = &body["data"];
    match body["type"].as_u64() {
        Some(4) => {
            check_message(data, problems);
            wants_allowed_mentions(data, problems);
        }
        Some(7) => check_message(data, problems),
        Some(8) => check_suggestions(data, problems),
        Some(9) => {
            check_modal(data, problems);
            check_custom_ids(data, problems);
        }
        _ => {}
    }
}

fn check_suggestions(data: &Value, problems: &mut Vec<String>) {
    at_most("choices", count(&data["choices"]), 25, problems);
    for choice in list(&data["choices"]) {
        between("choice name", length(&choice["name"]), 1, 100, problems);
        at_most("choice value", length(&choice["value"]), 100, problems);
    }
}

/// House rule: whatever the bot repeats must not ping, so every new message says whom it may.
fn wants_allowed_mentions(body: &Value, problems: &mut Vec<String>) {
    if body["allowed_mentions"].is_null() {
        problems.push("allowed_mentions is missing".to_owned());
    }
}

fn check_message(body: &Value, problems: &mut Vec<String>) {
    at_most("content", length(&body["content"]), 2000, problems);
    at_most("embeds", count(&body["embeds"]), 10, problems);
    list(&body["embeds"]).for_each(|it| check_embed(it, problems));
    at_most("all embeds together", list(&body["embeds"]).map(embed_length).sum(), 6000, problems);
    at_most("nonce", length(&body["nonce"]), 25, problems);
    check_custom_ids(body, problems);
    let all = count_components(&body["components"]);
    if body["flags"].as_u64().unwrap_or(0) & COMPONENTS_V2 != 0 {
        at_most("components in all", all, 40, problems);
        if !body["content"].is_null() || !body["embeds"].is_null() {
            problems.push("components V2 exclude content and embeds".to_owned());
        }
        return;
    }
    at_most("action rows", count(&body["components"]), 5, problems);
    for component in list(&body["components"]) {
        match component["type"].as_u64() {
            Some(1) => check_row(component, problems),
            kind => problems.push(format!("a component of type {kind:?} at the top, without the components V2 flag")),
        }
    }
}

/// The description has these too, but is not always there.
fn check_embed(embed: &Value, problems: &mut Vec<String>) {
    at_most("embed title", length(&embed["title"]), 256, problems);
    at_most("embed description", length(&embed["description"]), 4096, problems);
    at_most("embed author", length(&embed["author"]["name"]), 256, problems);
    at_most("embed footer", length(&embed["footer"]["text"]), 2048, problems);
    at_most("embed fields", count(&embed["fields"]), 25, problems);
    for field in list(&embed["fields"]) {
        at_most("field name", length(&field["name"]), 256, problems);
        at_most("field value", length(&field["value"]), 1024, problems);
    }
}

/// Custom ids have 1 to 100 characters and differ within one message.
fn check_custom_ids(body: &Value, problems: &mut Vec<String>) {
    let mut seen = Vec::new();
    collect_custom_ids(&body["components"], &mut seen);
    seen.extend(body["custom_id"].as_str());
    for (position, id) in seen.iter().enumerate() {
        at_most("custom_id", id.chars().count(), 100, problems);
        if id.is_empty() || seen[..position].contains(id) {
            problems.push(format!("custom_id {id:?} is empty or used twice"));
        }
    }
}

fn collect_custom_ids<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|it| collect_custom_ids(it, found)),
        Value::Object(fields) => {
            found.extend(fields.get("custom_id").and_then(Value::as_str));
            fields.values().filter(|it| it.is_array() || it.is_object()).for_each(|it| collect_custom_ids(it, found));
        }
        _ => {}
    }
}

fn count_components(components: &Value) -> usize {
    let inside = |it: &Value| count_components(&it["components"]) + usize::from(!it["accessory"].is_null());
    list(components).map(|it| 1 + inside(it)).sum()
}

fn embed_length(embed: &Value) -> usize {
    let fields = list(&embed["fields"]).map(|it| length(&it["name"]) + length(&it["value"]));
    let texts = [&embed["title"], &embed["description"], &embed["footer"]["text"], &embed["author"]["name"]];
    fields.sum::<usize>() + texts.into_iter().map(length).sum::<usize>()
}

fn check_commands(body: &Value, problems: &mut Vec<String>) {
    let commands: Vec<&Value> = if body.is_array() { list(body).collect() } else { vec![body] };
    let mut names = Vec::new();
    for command in commands {
        let (name, kind) = (command["name"].as_str().unwrap_or_default(), command["type"].as_u64().unwrap_or(1));
        if names.contains(&(name, kind)) {
            problems.push(format!("the command {name:?} is there twice"));
        }
        names.push((name, kind));
        at_most(&format!("all texts of command {name:?}"), command_length(command), 8000, problems);
        for house_rule in ["contexts", "integration_types"] {
            if command[house_rule].is_null() {
                problems.push(format!("the command {name:?} leaves {house_rule} out: say it always"));
            }
        }
        if kind == 1 {
            check_chat_name(name, problems);
            check_options(command, problems);
        } else if !command["description"].as_str().unwrap_or_default().is_empty() {
            problems.push(format!("the menu command {name:?} must not have a description"));
        }
    }
}

fn check_chat_name(name: &str, problems: &mut Vec<String>) {
    let fits = |it: char| (it.is_alphanumeric() && !it.is_uppercase()) || it == '-' || it == '_';
    if name.is_empty() || name.chars().count() > 32 || !name.chars().all(fits) {
        problems.push(format!("{name:?} is no name for a slash command or an option"));
    }
}

fn check_options(parent: &Value, problems: &mut Vec<String>) {
    let (mut optional_seen, mut names) = (false, Vec::new());
    at_most("options", count(&parent["options"]), 25, problems);
    at_most("description", length(&parent["description"]), 100, problems);
    if length(&parent["description"]) == 0 {
        problems.push(format!("{} has no description", parent["name"]));
    }
    for option in list(&parent["options"]) {
        let name = option["name"].as_str().unwrap_or_default();
        check_chat_name(name, problems);
        let is_required = option["required"] == true;
        if is_required && optional_seen {
            problems.push(format!("the required option {name:?} comes after an optional one"));
        }
        if names.contains(&name) {
            problems.push(format!("the option {name:?} is there twice"));
        }
        optional_seen |= !is_required && option["type"].as_u64().is_some_and(|it| it > 2);
        names.push(name);
        at_most("choices", count(&option["choices"]), 25, problems);
        check_options(option, problems);
    }
}

/// Names, descriptions and choices, each with its longest translation.
fn command_length(part: &Value) -> usize {
    let longest = |key: &str| {
        let translated =
            part[format!("{key}_localizations")].as_object().into_iter().flatten().map(|(_, it)| length(it));
        translated.max().unwrap_or(0).max(length(&part[key]))
    };
    let inside = list(&part["options"]).map(command_length).sum::<usize>();
    inside + longest("name") + longest("description") + list(&part["choices"]).map(choice_length).sum::<usize>()
}

fn choice_length(choice: &Value) -> usize {
    length(&choice["name"]) + length(&choice["value"])
}

fn at_most(what: &str, found: usize, limit: usize, problems: &mut Vec<String>) {
    if found > limit {
        problems.push(format!("{what}: {found}, at most {limit}"));
    }
}

fn between(what: &str, found: usize, least: usize, most: usize, problems: &mut Vec<String>) {
    if !(least..=most).contains(&found) {
        problems.push(format!("{what}: {found}, from {least} to {most}"));
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn count(value: &Value) -> usize {
    value.as_array().map_or(0, Vec::len)
}

fn length(value: &Value) -> usize {
    value.as_str().map_or(0, |it| it.chars().count())
}
