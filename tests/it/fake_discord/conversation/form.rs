//! Forms that the bot opens (modals).

use serde_json::{Value, json};

use super::super::world::Id;

/// An open form.
#[derive(Clone, Debug)]
pub struct Form {
    pub(super) data: Value,
    pub(super) channel: Id,
    pub(super) message: Option<Id>,
}

impl Form {
    /// Its title.
    pub fn title(&self) -> &str {
        self.data["title"].as_str().unwrap_or_default()
    }

    /// The labels of its fields, in order.
    pub fn fields(&self) -> Vec<String> {
        self.inputs().into_iter().map(|(label, _)| label).collect()
    }

    /// What stands in a field from the start.
    pub fn value(&self, field: &str) -> String {
        let found = self.inputs().into_iter().find(|(label, input)| label == field || input["custom_id"] == field);
        let (_, input) = found.unwrap_or_else(|| panic!("no field {field:?}, only {:?}", self.fields()));
        input["value"].as_str().unwrap_or_default().to_owned()
    }

    /// Every input with its label: in a row of its own, or inside a label component.
    fn inputs(&self) -> Vec<(String, &Value)> {
        let parts = self.data["components"].as_array().into_iter().flatten();
        let input = |part| -> &Value {
            let part: &Value = part;
            if part["component"].is_null() { &part["components"][0] } else { &part["component"] }
        };
        let labelled = parts.map(|part| {
            let label = [&part["label"], &input(part)["label"]].into_iter().find_map(Value::as_str);
            (label.unwrap_or_default().to_owned(), input(part))
        });
        labelled.collect()
    }

    /// The data of its submission. What is not filled in keeps what stood there.
    pub(super) fn filled_in(&self, fields: &[(&str, &str)]) -> Value {
        for (position, (name, _)) in fields.iter().enumerate() {
            self.value(name);
            assert!(fields[..position].iter().all(|(other, _)| other != name), "{name:?} is filled in twice");
        }
        let answers = self.inputs().into_iter().map(|(label, input)| {
            let given = fields.iter().find(|(name, _)| *name == label || input["custom_id"] == *name);
            let value = given.map_or_else(|| input["value"].as_str().unwrap_or_default(), |(_, value)| value);
            check(&label, input, value);
            let answer = json!({ "type": 4, "id": 2, "custom_id": input["custom_id"], "value": value });
            json!({ "type": 1, "id": 1, "components": [answer] })
        });
        json!({ "custom_id": self.data["custom_id"], "components": answers.collect::<Vec<_>>() })
    }
}

/// Discord's own client does not send what does not fit.
fn check(label: &str, input: &Value, value: &str) {
    let length = value.chars().count() as u64;
    let least = input["min_length"].as_u64().unwrap_or(u64::from(input["required"] != false));
    let most = input["max_length"].as_u64().unwrap_or(4000);
    let may_be_empty = input["required"] == false && length == 0;
    assert!(input["style"] != 1 || !value.contains('\n'), "{label:?} is a field of one line");
    assert!(may_be_empty || (least..=most).contains(&length), "{label:?} takes {least} to {most} characters");
}
