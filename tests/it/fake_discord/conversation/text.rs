//! A message as plain text, the way a reader takes it in: for snapshots and for failure messages.

use serde_json::Value;

use super::super::world::messages::Body;
use super::super::world::{Id, World};

/// Content, embeds behind `>`, buttons in `[ ]`, links in `< >`, files in `( )`; channels, roles and commands by name.
pub fn of(world: &World, body: &Body) -> String {
    let mut lines: Vec<String> = body.content.lines().map(str::to_owned).collect();
    body.embeds.iter().for_each(|it| embed(it, &mut lines));
    body.components.iter().for_each(|it| component(world, it, &mut lines));
    lines.extend(body.attachments.iter().map(|it| match &it.description {
        Some(description) => format!("({}: {description})", it.filename),
        None => format!("({})", it.filename),
    }));
    with_names(world, &lines.join("\n"))
}

/// Mentions as the client shows them: `#general`, `@Staff`, `/back ask`. Those of people stay as they are: tests look for
/// them.
fn with_names(world: &World, text: &str) -> String {
    let mut shown = String::new();
    let mut pieces = text.split('<');
    shown.extend(pieces.next());
    for piece in pieces {
        match piece.split_once('>').and_then(|(inside, after)| Some((mentioned(world, inside)?, after))) {
            Some((name, after)) => shown.extend([&name, after]),
            None => shown.extend(["<", piece]),
        }
    }
    shown
}

fn mentioned(world: &World, inside: &str) -> Option<String> {
    if let Some(id) = inside.strip_prefix('#') {
        return channel_name(world, id);
    }
    if let Some(id) = inside.strip_prefix("@&") {
        return role_name(world, id);
    }
    if let Some((command, id)) = inside.strip_prefix('/').and_then(|it| it.rsplit_once(':')) {
        return id.parse::<Id>().ok().map(|_| format!("/{command}"));
    }
    None
}

fn channel_name(world: &World, id: &str) -> Option<String> {
    world.channels.get(&id.parse().ok()?).map(|it| format!("#{}", it.name))
}

fn role_name(world: &World, id: &str) -> Option<String> {
    let id: Id = id.parse().ok()?;
    let role = world.guilds.values().flat_map(|it| &it.roles).find(|it| it.id == id)?;
    Some(format!("@{}", role.name.trim_start_matches('@')))
}

fn user_name(world: &World, id: &str) -> Option<String> {
    world.users.get(&id.parse().ok()?).map(|it| format!("@{}", it.name))
}

fn embed(embed: &Value, lines: &mut Vec<String>) {
    let mut push = |text: &Value, prefix: &str| {
        let text = text.as_str().unwrap_or_default();
        lines.extend(text.lines().map(|line| format!("{prefix}{line}").trim_end().to_owned()));
    };
    push(&embed["author"]["name"], "> by ");
    push(&embed["title"], "> # ");
    push(&embed["url"], "> ");
    push(&embed["description"], "> ");
    for field in embed["fields"].as_array().into_iter().flatten() {
        push(&field["name"], "> ## ");
        push(&field["value"], "> ");
    }
    push(&embed["image"]["url"], "> image: ");
    push(&embed["thumbnail"]["url"], "> thumbnail: ");
    push(&embed["footer"]["text"], "> -- ");
}

fn component(world: &World, part: &Value, lines: &mut Vec<String>) {
    let children = || part["components"].as_array().into_iter().flatten();
    match part["type"].as_u64() {
        Some(1) => lines.push(children().map(|it| control(world, it)).collect::<Vec<_>>().join(" ")),
        Some(10) => lines.extend(part["content"].as_str().unwrap_or_default().lines().map(str::to_owned)),
        Some(12) => {
            let items = part["items"].as_array().into_iter().flatten();
            lines.extend(items.map(|it| format!("image: {}", string(&it["description"]))));
        }
        Some(14) => lines.push("---".to_owned()),
        _ => {
            children().for_each(|it| component(world, it, lines));
            if !part["accessory"].is_null() {
                lines.push(control(world, &part["accessory"]));
            }
        }
    }
}

fn control(world: &World, control: &Value) -> String {
    let emoji = control["emoji"]["name"].as_str().map(|it| format!("{it} ")).unwrap_or_default();
    let label = format!("{emoji}{}", string(&control["label"]));
    match (control["type"].as_u64(), control["url"].as_str()) {
        (Some(2), Some(url)) => format!("<{label}: {url}>"),
        (Some(2), None) if control["disabled"] == true => format!("[{label}: off]"),
        (Some(2), None) => format!("[{label}]"),
        (Some(3 | 5..=8), _) => menu(world, control),
        (kind, _) => format!("[control of type {kind:?}]"),
    }
}

/// `[Colour ▾ Red | ✓Green]`, `[Leave alone ▾ roles: @Staff]`.
fn menu(world: &World, menu: &Value) -> String {
    let (name, chosen) = (string(&menu["placeholder"]), chosen(world, menu));
    let inside = match menu["type"].as_u64() {
        Some(3) => {
            let mark = |it: &Value| if it["default"] == true { "✓" } else { "" };
            let options = menu["options"].as_array().into_iter().flatten();
            options.map(|it| format!("{}{}", mark(it), string(&it["label"]))).collect::<Vec<_>>().join(" | ")
        }
        kind => {
            let kinds = match kind {
                Some(5) => "people",
                Some(6) => "roles",
                Some(7) => "people and roles",
                _ => "channels",
            };
            if chosen.is_empty() { kinds.to_owned() } else { format!("{kinds}: {}", chosen.join(", ")) }
        }
    };
    format!("[{name} ▾ {inside}{}]", if menu["disabled"] == true { ": off" } else { "" })
}

/// What is chosen in a menu as it stands: labels of options, or names with `@` or `#`.
pub fn chosen(world: &World, menu: &Value) -> Vec<String> {
    let options = menu["options"].as_array().into_iter().flatten().filter(|it| it["default"] == true);
    let defaults = menu["default_values"].as_array().into_iter().flatten().map(|it| {
        let id = it["id"].as_str().unwrap_or_default();
        let name = match it["type"].as_str() {
            Some("channel") => channel_name(world, id),
            Some("role") => role_name(world, id),
            _ => user_name(world, id),
        };
        name.unwrap_or_else(|| format!("nothing known by the id {id:?}"))
    });
    options.map(|it| string(&it["label"])).chain(defaults).collect()
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The labels of all buttons, in order.
pub fn buttons(components: &[Value]) -> Vec<String> {
    let mut found = Vec::new();
    visit(components, &mut |part| {
        if part["type"] == 2 {
            found.push(string(&part["label"]));
        }
    });
    found
}

/// What the menus are called, in order.
pub fn menus(components: &[Value]) -> Vec<String> {
    let mut found = Vec::new();
    visit(components, &mut |part| {
        if matches!(part["type"].as_u64(), Some(3 | 5..=8)) {
            found.push(string(&part["placeholder"]));
        }
    });
    found
}

/// The first component that fits, however deep.
pub fn find_component<'a>(components: &'a [Value], is_it: &impl Fn(&Value) -> bool) -> Option<&'a Value> {
    components.iter().find_map(|part| {
        let inside = part["components"].as_array().and_then(|children| find_component(children, is_it));
        let beside = Some(&part["accessory"]).filter(|it| is_it(it));
        inside.or(beside).or_else(|| is_it(part).then_some(part))
    })
}

fn visit(components: &[Value], look: &mut impl FnMut(&Value)) {
    for part in components {
        look(part);
        visit(part["components"].as_array().map_or(&[], Vec::as_slice), look);
        if !part["accessory"].is_null() {
            look(&part["accessory"]);
        }
    }
}
