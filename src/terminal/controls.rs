//! What can be pressed or chosen under a reply, by number: a terminal has no mouse.

use super::{CHANNEL, words};
use crate::domain::reply::{Action, Control, Reply, Selectable};

/// What a number stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Numbered {
    /// A button, or a line of a menu.
    Press(Action),
    /// A line of a list.
    Choose(Choice),
}

/// A line of a list whose choice goes to one action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What choosing does.
    pub action: Action,
    /// What the line stands for.
    value: String,
    /// What is chosen at present.
    chosen: Vec<String>,
    /// How many may be chosen: at least, and at most.
    count: (u8, u8),
}

/// What the numbers of a reply's controls stand for, from 1 on.
pub fn numbered(reply: &Reply) -> Vec<Numbered> {
    let each = |control: &Control| match control {
        Control::Button { action, .. } => vec![Numbered::Press(action.clone())],
        Control::Menu { choices, .. } => choices.iter().map(|choice| Numbered::Press(choice.action.clone())).collect(),
        Control::Select { what, count, action, .. } => {
            let lines = lines(what);
            let chosen: Vec<String> = lines.iter().filter(|line| line.chosen).map(|line| line.value.clone()).collect();
            let choice = |line: Line| Choice {
                action: action.clone(),
                value: line.value,
                chosen: chosen.clone(),
                count: *count,
            };
            lines.into_iter().map(choice).map(Numbered::Choose).collect()
        }
    };
    reply.controls.iter().flatten().flat_map(each).collect()
}

/// A line of a list.
pub struct Line {
    /// What stands there.
    pub label: String,
    /// The small print under it.
    pub description: Option<String>,
    /// What it stands for.
    pub value: String,
    /// Whether it is chosen at present.
    pub chosen: bool,
}

/// The lines of a list. The terminal has one channel, and no roles.
pub fn lines(what: &Selectable) -> Vec<Line> {
    match what {
        Selectable::Options(options) => {
            let line = |option: &crate::domain::reply::SelectOption| Line {
                label: option.label.clone(),
                description: option.description.clone(),
                value: option.value.clone(),
                chosen: option.chosen,
            };
            options.iter().map(line).collect()
        }
        Selectable::Channels { chosen, .. } => vec![Line {
            label: words::THIS_CHANNEL.to_owned(),
            description: None,
            value: CHANNEL.to_string(),
            chosen: chosen.contains(&CHANNEL),
        }],
        Selectable::Roles { .. } => Vec::new(),
    }
}

impl Choice {
    /// What is chosen once this line is pressed: it alone, where only one may be; else it joins the others, or leaves
    /// them. Nothing if fewer or more would be chosen than may be.
    pub fn pressed(&self) -> Option<Vec<String>> {
        let was_chosen = self.chosen.contains(&self.value);
        let others = self.chosen.iter().filter(|value| **value != self.value).cloned();
        let (least, most) = (usize::from(self.count.0), usize::from(self.count.1));
        let chosen: Vec<String> = match (was_chosen, most) {
            (true, 1) if least == 1 => vec![self.value.clone()],
            (true, _) => others.collect(),
            (false, 1) => vec![self.value.clone()],
            (false, _) => others.chain([self.value.clone()]).collect(),
        };
        (least..=most).contains(&chosen.len()).then_some(chosen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(value: &str, chosen: &[&str], count: (u8, u8)) -> Option<Vec<String>> {
        let chosen = chosen.iter().map(|value| (*value).to_owned()).collect();
        Choice { action: Action::More, value: value.to_owned(), chosen, count }.pressed()
    }

    #[test]
    fn pressing_a_line_chooses_it_or_takes_it_back() {
        let some = |values: &[&str]| Some(values.iter().map(|value| (*value).to_owned()).collect());
        assert_eq!(pressed("b", &["a"], (1, 1)), some(&["b"]), "of one only one is chosen");
        assert_eq!(pressed("a", &["a"], (1, 1)), some(&["a"]));
        assert_eq!(pressed("a", &["a"], (0, 1)), some(&[]));
        assert_eq!(pressed("b", &["a"], (0, 3)), some(&["a", "b"]));
        assert_eq!(pressed("a", &["a", "b"], (0, 3)), some(&["b"]));
        assert_eq!(pressed("c", &["a", "b"], (0, 2)), None, "that would be one too many");
        assert_eq!(pressed("a", &["a"], (1, 3)), None, "that would be one too few");
    }
}
