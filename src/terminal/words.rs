//! What the terminal itself says, in Markdown like everything else. It speaks English: its readers run the program.

use std::time::Duration;

use super::filling::Typing;
use super::known_commands::KnownCommand;
use crate::domain::Timestamp;
use crate::domain::answers::short_span;
use crate::domain::guild::speaking::Silence;
use crate::domain::hearing::CooldownKey;
use crate::domain::reminders::DurationFault;
use crate::domain::reply::Field;
use crate::store::AnswerClaimed;

/// What stands above the first line in an interactive terminal.
pub const GREETING: &str = "\
**Lumbar in your terminal.** Write what you would write in a channel, such as: my back went out
The commands work too: begin with `/` and press TAB. A number presses a button.
Only here: `/time +1h` lets time pass, `/menu First aid for this` is the menu of your last message, `/quit` ends it.
You are a moderator here: `/responses` and `/settings` work too. A form asks for one field after the other.";

/// What stands above something that the bot says of its own accord.
pub const ELSEWHERE: &str = "(Lumbar writes in the log channel)";

/// An answer was taken back.
pub const DELETED: &str = "(Lumbar deletes its answer.)";

/// More or fewer would be chosen than may be.
pub const NOT_SO_MANY: &str = "That would be too many, or too few: take another back first, or choose another first.";

/// A form was given up.
pub const FORM_GIVEN_UP: &str = "(Given up. Nothing was sent.)";

/// A field that may not be empty.
pub const FIELD_REQUIRED: &str = "(This one has to be filled in.)";

/// A field that is too long.
pub fn field_too_long(most: u16) -> String {
    format!("(That is too long: {most} characters are the most.)")
}

/// What stands above the fields of a form.
pub fn form_opens(title: &str) -> String {
    format!(
        "(**{title}**, field by field. An empty line keeps what stands there, a single `.` leaves it empty, `/cancel` \
         gives up.)"
    )
}

/// Asks for a field.
pub fn field_question(field: &Field, typing: Typing) -> String {
    let how = match (field.lines, typing) {
        (false, _) => "",
        (true, Typing::LineByLine) => " Line by line; a single `.` ends it.",
        (true, Typing::InOneLine) => " One line, with `\\n` where a line of it ends.",
    };
    let hint = if field.value.is_empty() { &field.placeholder } else { &field.value };
    let hint = if hint.is_empty() { String::new() } else { format!("\n{hint}") };
    format!("**{}?**{how}{hint}", field.label)
}

/// A number where nothing can be pressed.
pub const NOTHING_TO_PRESS: &str = "There is nothing to press yet.";

/// The one channel that there is to choose, and the mark of what is chosen.
pub const THIS_CHANNEL: &str = "this channel";
pub const CHOSEN: &str = "✓";

/// A list of roles.
pub const NO_ROLES: &str = "(There are no roles in a terminal.)";
/// A menu without a message.
pub const NO_MESSAGE: &str = "That is the menu of a message: write one first.";

/// How much of what somebody typed is said back to them.
const LONGEST_QUOTE: usize = 40;

/// What somebody typed, as code that no mark of theirs can end.
pub fn code(typed: &str) -> String {
    let mut quote: String = typed.chars().take(LONGEST_QUOTE).filter(|typed| *typed != '`').collect();
    if typed.chars().nth(LONGEST_QUOTE).is_some() {
        quote.push('…');
    }
    format!("`{quote}`")
}

/// A sentence, and commands below it.
pub fn list_of<'c>(sentence: &str, commands: impl IntoIterator<Item = &'c KnownCommand>) -> String {
    let mut list = sentence.to_owned();
    for command in commands {
        let about =
            if command.description.is_empty() { String::new() } else { format!(" – {}", command.description) };
        list.push_str(&format!("\n- `{}`{about}", command.usage()));
    }
    list
}

/// A number that nothing has.
pub fn no_such_number(most: usize) -> String {
    match most {
        1 => "There is only [1] to press.".to_owned(),
        _ => format!("Only [1] to [{most}] can be pressed: those of the last reply that had any."),
    }
}

/// What holds an answer back, and how it comes to an end.
pub fn held_back(held: &AnswerClaimed, now: Timestamp) -> Option<String> {
    match held {
        AnswerClaimed::Granted => None,
        AnswerClaimed::AlreadyAnswered => Some("(Held back: this message was answered already.)".to_owned()),
        AnswerClaimed::OptedOut => {
            Some("(Held back: you asked to be left alone. `/help`, More, *Answer me again* undoes that.)".to_owned())
        }
        AnswerClaimed::Held { key, until } => {
            let left = until.since(now);
            let why = match key {
                CooldownKey::PersonTopic(..) => "you were answered about this a moment ago",
                CooldownKey::Urgent(..) => "you were told what to do about this a moment ago",
                CooldownKey::Greeting(_) => "you were greeted a moment ago",
                CooldownKey::Channel(_) => "Lumbar spoke in this channel a moment ago",
                CooldownKey::Topic(..) => "Lumbar spoke about this in the server a moment ago",
            };
            let (span, skip) = (short_span(rounded_up(left)), minutes_up(left));
            Some(format!("(Held back for {span}: {why}. `/time +{skip}m` lets the time pass.)"))
        }
    }
}

/// Why Lumbar keeps silent because its server wants it to.
pub fn silenced(silence: Silence) -> &'static str {
    match silence {
        Silence::Channel => "(Silent: the settings of this server leave this channel out. `/settings` changes that.)",
        Silence::Threads => "(Silent: the settings of this server leave threads out. `/settings` changes that.)",
        Silence::Forums => "(Silent: the settings of this server leave forums out. `/settings` changes that.)",
        Silence::UnknownPlace => "(Silent: it is not known what kind of channel this is.)",
        Silence::Role(_) => "(Silent: the settings of this server leave your role alone. `/settings` changes that.)",
    }
}

/// A server has had as many answers as it wants.
pub const TOO_MANY: &str = "(Held back: this server has had as many answers as it wants for now. `/time +10m` helps.)";

/// What a reaction looks like here.
pub fn reacted(emoji: &str) -> String {
    format!("(Lumbar reacts to your message with {emoji})")
}

fn rounded_up(span: Duration) -> Duration {
    Duration::from_secs(span.as_millis().div_ceil(1000).try_into().unwrap_or(u64::MAX))
}

fn minutes_up(span: Duration) -> u128 {
    span.as_millis().div_ceil(60_000).max(1)
}

/// A file that Discord would show, or play.
pub fn file(name: &str, alt: &str) -> String {
    format!("(In Discord the file `{name}` is here. {alt})")
}

/// What time it is after `/time`.
pub fn time_passed(now: Timestamp) -> String {
    format!("(It is now <t:{}:t>.)", now.as_seconds())
}

/// Why time cannot pass like that.
pub fn time_fault(fault: DurationFault) -> &'static str {
    match fault {
        DurationFault::NotUnderstood => "How much time is to pass? Write for example `/time +1h` or `/time +10 min`.",
        DurationFault::TooShort | DurationFault::TooLong => "`/time` takes 10 seconds to 7 days at a time.",
    }
}
