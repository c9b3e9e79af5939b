//! Limits of buttons, menus and forms.

use serde_json::Value;

use super::{at_most, between, count, length, list};

/// Buttons, up to five, or one menu.
pub fn check_row(row: &Value, problems: &mut Vec<String>) {
    between("components in a row", count(&row["components"]), 1, 5, problems);
    for component in list(&row["components"]) {
        match component["type"].as_u64() {
            Some(2) => check_button(component, problems),
            Some(3 | 5..=8) => {
                check_select(component, problems);
                at_most("components beside a select", count(&row["components"]) - 1, 0, problems);
            }
            kind => problems.push(format!("a component of type {kind:?} in a row of a message")),
        }
    }
}

fn check_button(button: &Value, problems: &mut Vec<String>) {
    at_most("button label", length(&button["label"]), 80, problems);
    let is_link = button["style"] == 5;
    if is_link == button["url"].is_null() || is_link != button["custom_id"].is_null() {
        problems.push(format!("a link button has a url, any other a custom_id: {button}"));
    }
    if button["label"].is_null() && button["emoji"].is_null() {
        problems.push("a button needs a label or an emoji".to_owned());
    }
}

fn check_select(select: &Value, problems: &mut Vec<String>) {
    let number = |key: &str, default| select[key].as_u64().map_or(default, |it| it as usize);
    let (least, most) = (number("min_values", 1), number("max_values", 1));
    at_most("select placeholder", length(&select["placeholder"]), 150, problems);
    at_most("min_values", least, 25, problems);
    between("max_values", most, least.max(1), 25, problems);
    if select["type"] == 3 {
        check_options(select, least, most, problems);
    } else {
        check_defaults(select, least, most, problems);
    }
}

fn check_options(select: &Value, least: usize, most: usize, problems: &mut Vec<String>) {
    let options = count(&select["options"]);
    between("select options", options, 1, 25, problems);
    between("max_values of the options", most, 1, options, problems);
    let chosen = list(&select["options"]).filter(|it| it["default"] == true).count();
    if chosen > 0 {
        between("options chosen from the start", chosen, least, most, problems);
    }
    let mut values = Vec::new();
    for option in list(&select["options"]) {
        between("option label", length(&option["label"]), 1, 100, problems);
        between("option value", length(&option["value"]), 1, 100, problems);
        at_most("option description", length(&option["description"]), 100, problems);
        if values.contains(&&option["value"]) {
            problems.push(format!("the option value {} is there twice", option["value"]));
        }
        values.push(&option["value"]);
    }
}

/// What a menu of people, roles or channels shows from the start.
fn check_defaults(select: &Value, least: usize, most: usize, problems: &mut Vec<String>) {
    let kinds: &[&str] = match select["type"].as_u64() {
        Some(5) => &["user"],
        Some(6) => &["role"],
        Some(7) => &["user", "role"],
        _ => &["channel"],
    };
    let chosen = count(&select["default_values"]);
    if chosen > 0 {
        between("default_values", chosen, least, most, problems);
    }
    for value in list(&select["default_values"]) {
        if !value["type"].as_str().is_some_and(|it| kinds.contains(&it)) {
            problems.push(format!("a menu of {kinds:?} cannot show {value}"));
        }
    }
    if !select["options"].is_null() {
        problems.push("only a string select has options".to_owned());
    }
}

/// Up to five fields, each in a row of its own or under a label.
pub fn check_modal(modal: &Value, problems: &mut Vec<String>) {
    between("modal title", length(&modal["title"]), 1, 45, problems);
    between("modal components", count(&modal["components"]), 1, 5, problems);
    for part in list(&modal["components"]) {
        match part["type"].as_u64() {
            Some(1) => {
                between("fields in a row", count(&part["components"]), 1, 1, problems);
                list(&part["components"]).for_each(|it| check_input(it, problems));
                list(&part["components"]).for_each(|it| between("field label", length(&it["label"]), 1, 45, problems));
            }
            Some(18) if part["component"]["type"] == 4 => check_input(&part["component"], problems),
            Some(10 | 18) => {}
            kind => problems.push(format!("a component of type {kind:?} at the top of a form")),
        }
    }
}

fn check_input(input: &Value, problems: &mut Vec<String>) {
    if input["type"] != 4 {
        problems.push(format!("a row of a form holds text fields, not {input}"));
    }
    let number = |key: &str, default| input[key].as_u64().map_or(default, |it| it as usize);
    let (least, most) = (number("min_length", 0), number("max_length", 4000));
    at_most("field placeholder", length(&input["placeholder"]), 100, problems);
    between("max_length", most, least.max(1), 4000, problems);
    // What stands there from the start must be something that could be sent.
    if length(&input["value"]) > 0 {
        between("field value", length(&input["value"]), least, most, problems);
    }
}
