//! A message as plain text, the way a reader takes it in: for snapshots and for failure messages.

use serde_json::Value;

use super::super::world::messages::Body;

/// Content, embeds behind `>`, buttons in `[ ]`, links in `< >`, files in `( )`.
pub fn of(body: &Body) -> String {
    let mut lines: Vec<String> = body.content.lines().map(str::to_owned).collect();
    body.embeds.iter().for_each(|it| embed(it, &mut lines));
    body.components.iter().for_each(|it| component(it, &mut lines));
    lines.extend(body.attachments.iter().map(|it| match &it.description {
        Some(description) => format!("({}: {description})", it.filename),
        None => format!("({})", it.filename),
    }));
    lines.join("\n")
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

fn component(part: &Value, lines: &mut Vec<String>) {
    let children = || part["components"].as_array().into_iter().flatten();
    match part["type"].as_u64() {
        Some(1) => lines.push(children().map(control).collect::<Vec<_>>().join(" ")),
        Some(10) => lines.extend(part["content"].as_str().unwrap_or_default().lines().map(str::to_owned)),
        Some(12) => {
            let items = part["items"].as_array().into_iter().flatten();
            lines.extend(items.map(|it| format!("image: {}", string(&it["description"]))));
        }
        Some(14) => lines.push("---".to_owned()),
        _ => {
            children().for_each(|it| component(it, lines));
            if !part["accessory"].is_null() {
                lines.push(control(&part["accessory"]));
            }
        }
    }
}

fn control(control: &Value) -> String {
    let emoji = control["emoji"]["name"].as_str().map(|it| format!("{it} ")).unwrap_or_default();
    let label = format!("{emoji}{}", string(&control["label"]));
    match (control["type"].as_u64(), control["url"].as_str()) {
        (Some(2), Some(url)) => format!("<{label}: {url}>"),
        (Some(2), None) if control["disabled"] == true => format!("[{label}: off]"),
        (Some(2), None) => format!("[{label}]"),
        (Some(3), _) => {
            let options = control["options"].as_array().into_iter().flatten().map(|it| string(&it["label"]));
            format!("[{} ▾ {}]", string(&control["placeholder"]), options.collect::<Vec<_>>().join(" | "))
        }
        (kind, _) => format!("[control of type {kind:?}]"),
    }
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
