//! A button's action as the text that Discord keeps for it: `lumbar:1:ask:ice-or-heat`. It is all the state there is.
//! Buttons of old messages come back for years: never change what a written form means; add a new version instead.

use crate::domain::reminders::ReminderId;
use crate::domain::reply::Action;
use crate::domain::topics::TopicId;

const PREFIX: &str = "lumbar:1:";

/// The `custom_id` of a menu; what was chosen stands in its value.
pub const MENU: &str = "lumbar:1:choose";

/// Discord's limit, in characters. Source: API reference, "Component Object".
pub const LONGEST: usize = 100;

/// Writes an action down.
pub fn encode(action: &Action) -> String {
    let (name, detail) = match action {
        Action::Breathe(None) => ("breathe", None),
        Action::Breathe(Some(pattern)) => ("breathe", Some(pattern.clone())),
        Action::Walk => ("walk", None),
        Action::FirstAid => ("first-aid", None),
        Action::GetHelp => ("help", None),
        Action::More => ("more", None),
        Action::Ask(topic) => ("ask", Some(topic.to_string())),
        Action::LeaveMeAlone => ("leave-me-alone", None),
        Action::AnswerMeAgain => ("answer-me-again", None),
        Action::StopReminder(id) => ("stop-reminder", Some(id.get().to_string())),
    };
    match detail {
        Some(detail) => format!("{PREFIX}{name}:{detail}"),
        None => format!("{PREFIX}{name}"),
    }
}

/// Reads an action; nothing if this version does not know it.
pub fn decode(custom_id: &str) -> Option<Action> {
    let written = custom_id.strip_prefix(PREFIX)?;
    let (name, detail) = match written.split_once(':') {
        Some((name, detail)) => (name, Some(detail)),
        None => (written, None),
    };
    match (name, detail) {
        ("breathe", pattern) => Some(Action::Breathe(pattern.map(str::to_owned))),
        ("walk", None) => Some(Action::Walk),
        ("first-aid", None) => Some(Action::FirstAid),
        ("help", None) => Some(Action::GetHelp),
        ("more", None) => Some(Action::More),
        ("ask", Some(topic)) => TopicId::parse(topic).map(Action::Ask),
        ("leave-me-alone", None) => Some(Action::LeaveMeAlone),
        ("answer-me-again", None) => Some(Action::AnswerMeAgain),
        ("stop-reminder", Some(id)) => id.parse().ok().map(ReminderId::new).map(Action::StopReminder),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_survives_being_written_down_and_fits() {
        let longest_topic = TopicId::parse(&"x".repeat(TopicId::LONGEST)).unwrap();
        let actions = [
            (Action::Breathe(None), "lumbar:1:breathe"),
            (Action::Breathe(Some("4-7-8".to_owned())), "lumbar:1:breathe:4-7-8"),
            (Action::Walk, "lumbar:1:walk"),
            (Action::FirstAid, "lumbar:1:first-aid"),
            (Action::GetHelp, "lumbar:1:help"),
            (Action::More, "lumbar:1:more"),
            (Action::Ask(TopicId::parse("ice-or-heat").unwrap()), "lumbar:1:ask:ice-or-heat"),
            (Action::Ask(longest_topic), &format!("lumbar:1:ask:{}", "x".repeat(TopicId::LONGEST))),
            (Action::LeaveMeAlone, "lumbar:1:leave-me-alone"),
            (Action::AnswerMeAgain, "lumbar:1:answer-me-again"),
            (Action::StopReminder(ReminderId::new(i64::MAX)), "lumbar:1:stop-reminder:9223372036854775807"),
        ];
        for (action, written) in actions {
            assert_eq!(encode(&action), written);
            assert_eq!(decode(written), Some(action));
            assert!(written.len() <= LONGEST);
        }
    }

    #[test]
    fn what_is_not_known_is_no_action() {
        for unknown in [
            "",
            "lumbar",
            "lumbar:1:",
            "lumbar:2:walk",
            "lumbar:1:ask",
            "lumbar:1:ask:NO",
            "x:1:walk",
            "lumbar:1:walk:5",
            "lumbar:1:stop-reminder:abc",
            "lumbar:1:stop-reminder:99999999999999999999",
        ] {
            assert_eq!(decode(unknown), None, "{unknown}");
        }
    }
}
