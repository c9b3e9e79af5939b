//! A button's action as the text that Discord keeps for it: `lumbar:1:ask:ice-or-heat`. It is all the state there is.
//! Buttons of old messages come back for years: never change what a written form means; add a new version instead.

mod moderation;

use crate::domain::breathing::session::{Minutes, Plan, SessionId, Style};
use crate::domain::guild::tally::PhraseTag;
use crate::domain::matching::Urgency;
use crate::domain::reminders::ReminderId;
use crate::domain::reply::{Action, Deed, Feeling, Origin};
use crate::domain::topics::TopicId;
use crate::domain::{MessageId, Timestamp, UserId};

const PREFIX: &str = "lumbar:1:";

/// Between an action and where its answer comes from.
const ORIGIN: char = '~';

/// The `custom_id` of a menu; what was chosen stands in its value.
pub const MENU: &str = "lumbar:1:choose";

/// Discord's limit, in characters. Source: API reference, "Component Object".
pub const LONGEST: usize = 100;

/// Writes an action down.
pub fn encode(action: &Action) -> String {
    if let Action::Of(Origin { phrase, author }, action) = action {
        return format!("{}{ORIGIN}{phrase}.{author}", encode(action));
    }
    let (name, detail) = match action {
        Action::Breathe(None) => ("breathe", None),
        Action::Breathe(Some(pattern)) => ("breathe", Some(pattern.clone())),
        Action::BreatheAgain { plan, instead_of } => ("breathe-again", Some(written_again(plan, *instead_of))),
        Action::StopBreathing { person, session, plan } => {
            let began = session.moment().as_millis();
            ("breathe-stop", Some(format!("{person}:{began}:{}:{}", plan.minutes, pattern_of(plan))))
        }
        Action::Walk(60) => ("walk", None),
        Action::Walk(minutes) => ("walk", Some(minutes.to_string())),
        Action::FirstAid => ("first-aid", None),
        Action::GetHelp => ("help", None),
        Action::More => ("more", None),
        Action::Ask(topic) => ("ask", Some(topic.to_string())),
        Action::LeaveMeAlone => ("leave-me-alone", None),
        Action::AnswerMeAgain => ("answer-me-again", None),
        Action::StopReminder(id) => ("stop-reminder", Some(id.get().to_string())),
        Action::Reminded { person, reminder, deed } => (deed_name(*deed), Some(format!("{}:{person}", reminder.get()))),
        Action::Felt(Feeling::Easier) => ("felt", Some("easier".to_owned())),
        Action::Felt(Feeling::Same) => ("felt", Some("same".to_owned())),
        Action::Felt(Feeling::Worse) => ("felt", Some("worse".to_owned())),
        Action::SignFits(Urgency::Emergency) => ("sign-fits", None),
        Action::SignFits(Urgency::Today) => ("sign-fits", Some("today".to_owned())),
        Action::NoSignFits => ("no-sign-fits", None),
        Action::NotAboutBack { answer, phrase } => ("not-about-back", Some(format!("{answer}:{phrase}"))),
        Action::Moderate(moderation) => ("m", Some(moderation::encode(moderation))),
        // Written down above, behind the action itself.
        Action::Of(..) => ("", None),
    };
    match detail {
        Some(detail) => format!("{PREFIX}{name}:{detail}"),
        None => format!("{PREFIX}{name}"),
    }
}

/// Reads an action; nothing if this version does not know it.
pub fn decode(custom_id: &str) -> Option<Action> {
    if let Some((action, origin)) = custom_id.split_once(ORIGIN) {
        let (phrase, author) = origin.split_once('.')?;
        let origin = Origin { phrase: PhraseTag::parse(phrase)?, author: person(author)? };
        return decode(action).filter(|action| !matches!(action, Action::Of(..))).map(|action| action.of(origin));
    }
    let written = custom_id.strip_prefix(PREFIX)?;
    let (name, detail) = match written.split_once(':') {
        Some((name, detail)) => (name, Some(detail)),
        None => (written, None),
    };
    match (name, detail) {
        ("breathe", pattern) => Some(Action::Breathe(pattern.map(str::to_owned))),
        ("walk", None) => Some(Action::WALK_IN_AN_HOUR),
        ("walk", Some(minutes)) => minutes.parse().ok().filter(|minutes| *minutes > 0).map(Action::Walk),
        ("first-aid", None) => Some(Action::FirstAid),
        ("help", None) => Some(Action::GetHelp),
        ("more", None) => Some(Action::More),
        ("ask", Some(topic)) => TopicId::parse(topic).map(Action::Ask),
        ("leave-me-alone", None) => Some(Action::LeaveMeAlone),
        ("answer-me-again", None) => Some(Action::AnswerMeAgain),
        ("stop-reminder", Some(id)) => id.parse().ok().map(ReminderId::new).map(Action::StopReminder),
        ("felt", Some("easier")) => Some(Action::Felt(Feeling::Easier)),
        ("felt", Some("same")) => Some(Action::Felt(Feeling::Same)),
        ("felt", Some("worse")) => Some(Action::Felt(Feeling::Worse)),
        ("sign-fits", None) => Some(Action::SignFits(Urgency::Emergency)),
        ("sign-fits", Some("today")) => Some(Action::SignFits(Urgency::Today)),
        ("no-sign-fits", None) => Some(Action::NoSignFits),
        ("m", Some(detail)) => moderation::decode(detail).map(Action::Moderate),
        ("not-about-back", Some(detail)) => not_about_back(detail),
        ("breathe-again", Some(detail)) => again(detail),
        ("breathe-stop", Some(detail)) => stop_breathing(detail),
        (name, Some(detail)) => reminded(name, detail),
        _ => None,
    }
}

/// An absent pattern is written as nothing: no pattern is called that.
fn pattern_of(plan: &Plan) -> &str {
    plan.pattern.as_deref().unwrap_or_default()
}

fn written_again(plan: &Plan, instead_of: Option<SessionId>) -> String {
    let written = format!("{}:{}:{}", plan.style.name(), plan.minutes, pattern_of(plan));
    match instead_of {
        Some(session) => format!("{written}:{}", session.moment().as_millis()),
        None => written,
    }
}

fn again(detail: &str) -> Option<Action> {
    let parts: Vec<&str> = detail.split(':').collect();
    let (style, minutes, pattern, instead_of) = match parts[..] {
        [style, minutes, pattern] => (style, minutes, pattern, None),
        [style, minutes, pattern, began] => (style, minutes, pattern, Some(session(began)?)),
        _ => return None,
    };
    Some(Action::BreatheAgain { plan: plan(Style::named(style)?, minutes, pattern)?, instead_of })
}

fn stop_breathing(detail: &str) -> Option<Action> {
    let parts: Vec<&str> = detail.split(':').collect();
    let [person, began, minutes, pattern] = parts[..] else { return None };
    let person = UserId::new(person.parse().ok().filter(|id| *id > 0)?);
    Some(Action::StopBreathing { person, session: session(began)?, plan: plan(Style::Text, minutes, pattern)? })
}

fn plan(style: Style, minutes: &str, pattern: &str) -> Option<Plan> {
    let pattern = (!pattern.is_empty()).then(|| pattern.to_owned());
    Some(Plan { pattern, minutes: Minutes::nearest(minutes.parse().ok()?), style })
}

fn session(began: &str) -> Option<SessionId> {
    began.parse().ok().map(|began| SessionId::begun(Timestamp::from_millis(began)))
}

const DEEDS: [(&str, Deed); 4] =
    [("show", Deed::Show), ("walked", Deed::Walked), ("later", Deed::Later), ("enough", Deed::Stop)];

fn deed_name(deed: Deed) -> &'static str {
    DEEDS.iter().find(|(_, known)| *known == deed).map_or("show", |(name, _)| name)
}

fn reminded(name: &str, detail: &str) -> Option<Action> {
    let (_, deed) = DEEDS.iter().find(|(known, _)| *known == name)?;
    let (reminder, person) = detail.split_once(':')?;
    let reminder = ReminderId::new(reminder.parse().ok()?);
    Some(Action::Reminded { person: self::person(person)?, reminder, deed: *deed })
}

fn person(written: &str) -> Option<UserId> {
    written.parse().ok().filter(|id| *id > 0).map(UserId::new)
}

fn not_about_back(detail: &str) -> Option<Action> {
    let (answer, phrase) = detail.split_once(':')?;
    let answer = MessageId::new(answer.parse().ok().filter(|id| *id > 0)?);
    Some(Action::NotAboutBack { answer, phrase: PhraseTag::parse(phrase)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reminded_to(deed: Deed) -> Action {
        Action::Reminded { person: UserId::new(u64::MAX), reminder: ReminderId::new(i64::MAX), deed }
    }

    fn plan_of(pattern: Option<&str>, style: Style) -> Plan {
        Plan { pattern: pattern.map(str::to_owned), minutes: Minutes::nearest(10), style }
    }

    #[test]
    fn every_action_survives_being_written_down_and_fits() {
        let longest_pattern = "x".repeat(32);
        let longest_topic = TopicId::parse(&"x".repeat(TopicId::LONGEST)).unwrap();
        let origin = Origin { phrase: PhraseTag::of(""), author: UserId::new(u64::MAX) };
        let actions = [
            (Action::Breathe(None), "lumbar:1:breathe"),
            (Action::Breathe(Some("4-7-8".to_owned())), "lumbar:1:breathe:4-7-8"),
            (
                Action::BreatheAgain { plan: plan_of(None, Style::Sound), instead_of: None },
                "lumbar:1:breathe-again:sound:10:",
            ),
            (
                Action::BreatheAgain {
                    plan: plan_of(Some(&longest_pattern), Style::Picture),
                    instead_of: Some(SessionId::LAST),
                },
                &format!("lumbar:1:breathe-again:picture:10:{longest_pattern}:9223372036854775807"),
            ),
            (
                Action::StopBreathing {
                    person: UserId::new(u64::MAX),
                    session: SessionId::LAST,
                    plan: plan_of(Some(&longest_pattern), Style::Text),
                },
                &format!("lumbar:1:breathe-stop:18446744073709551615:9223372036854775807:10:{longest_pattern}"),
            ),
            (Action::WALK_IN_AN_HOUR, "lumbar:1:walk"),
            (Action::Walk(30), "lumbar:1:walk:30"),
            (reminded_to(Deed::Show), "lumbar:1:show:9223372036854775807:18446744073709551615"),
            (reminded_to(Deed::Walked), "lumbar:1:walked:9223372036854775807:18446744073709551615"),
            (reminded_to(Deed::Later), "lumbar:1:later:9223372036854775807:18446744073709551615"),
            (reminded_to(Deed::Stop), "lumbar:1:enough:9223372036854775807:18446744073709551615"),
            (Action::Felt(Feeling::Easier), "lumbar:1:felt:easier"),
            (Action::Felt(Feeling::Same), "lumbar:1:felt:same"),
            (Action::Felt(Feeling::Worse), "lumbar:1:felt:worse"),
            (Action::SignFits(Urgency::Emergency), "lumbar:1:sign-fits"),
            (Action::SignFits(Urgency::Today), "lumbar:1:sign-fits:today"),
            (Action::NoSignFits, "lumbar:1:no-sign-fits"),
            (Action::More.of(origin), "lumbar:1:more~811c9dc5.18446744073709551615"),
            (Action::WALK_IN_AN_HOUR.of(origin), "lumbar:1:walk~811c9dc5.18446744073709551615"),
            (
                Action::NotAboutBack { answer: MessageId::new(u64::MAX), phrase: origin.phrase },
                "lumbar:1:not-about-back:18446744073709551615:811c9dc5",
            ),
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
            "lumbar:1:walk:x",
            "lumbar:1:breathe-again:",
            "lumbar:1:breathe-again:dance:3:exhale",
            "lumbar:1:breathe-again:text:3",
            "lumbar:1:breathe-again:text:three:exhale",
            "lumbar:1:breathe-again:text:3:exhale:then",
            "lumbar:1:breathe-stop:0:1:3:exhale",
            "lumbar:1:breathe-stop:1:now:3:exhale",
            "lumbar:1:breathe-stop:1:1:3",
            "lumbar:1:walked:1",
            "lumbar:1:walked:1:0",
            "lumbar:1:stop-reminder:abc",
            "lumbar:1:stop-reminder:99999999999999999999",
        ] {
            assert_eq!(decode(unknown), None, "{unknown}");
        }
    }
}
