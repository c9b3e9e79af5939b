//! What a moderator may leave for the bot to fill in: `{user}`, `{server}` and `{channel}`, in answers and tips.
//!
//! `{user}` becomes a mention: it is shown and pings nobody, because an edge sends every message with permission to
//! ping nobody but the person whom [`Reply::ping`](crate::domain::reply::Reply::ping) names. For the same reason
//! nothing is taken out of what moderators write: `@everyone` and mentions of roles are shown, and ping nobody.
//! Names are other people's words: whatever Discord would take for a mark in them is escaped.

use super::wording;
use crate::domain::topics::{Body, Origin, Topic, fill};
use crate::domain::{ChannelId, UserId};

/// What stands in the places of the placeholders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Names<'a> {
    /// Who is answered.
    pub user: UserId,
    /// The server's name.
    pub server: &'a str,
    /// The channel, if it has one.
    pub channel: Option<ChannelId>,
}

/// The placeholders, as they are written.
pub const PLACEHOLDERS: [&str; 3] = ["{user}", "{server}", "{channel}"];

/// How much of a name is shown, in characters.
const LONGEST_NAME: usize = 40;

/// The most characters that a placeholder turns into: a name each of whose characters is escaped.
const LONGEST_VALUE: usize = 2 * LONGEST_NAME;

/// The text with its placeholders filled in. Whatever else stands in braces is left as it is.
pub fn filled(text: &str, names: &Names<'_>) -> String {
    let user = format!("<@{}>", names.user);
    let channel = names.channel.map(|channel| format!("<#{channel}>")).unwrap_or_default();
    fill(text, &[("user", &user), ("server", &name(names.server)), ("channel", &channel)])
}

/// Whether the server's name stands in a server's own text: it has to be asked for.
pub fn names_the_server(topic: &Topic) -> bool {
    let texts: Vec<&String> = match &topic.body {
        Body::Explanation { truth, tips, .. } => std::iter::once(truth).chain(tips).collect(),
        Body::WarningSigns { emergency, .. } => std::iter::once(&emergency.text).chain(&emergency.steps).collect(),
    };
    texts.iter().any(|text| text.contains("{server}"))
}

/// The topic with the placeholders of a server's own text filled in. Text that ships with the bot has none.
#[must_use]
pub fn filled_topic(mut topic: Topic, names: &Names<'_>) -> Topic {
    if topic.origin != Origin::Server {
        return topic;
    }
    match &mut topic.body {
        Body::Explanation { truth, tips, .. } => {
            *truth = filled(truth, names);
            tips.iter_mut().for_each(|tip| *tip = filled(tip, names));
        }
        Body::WarningSigns { emergency, .. } => {
            emergency.text = filled(&emergency.text, names);
            emergency.steps.iter_mut().for_each(|step| *step = filled(step, names));
        }
    }
    topic
}

/// How many characters the text may have once it is filled in.
pub fn longest(text: &str) -> usize {
    let marks: Vec<&str> = PLACEHOLDERS.iter().flat_map(|mark| text.matches(mark)).collect();
    let written: usize = marks.iter().map(|mark| mark.len()).sum();
    text.chars().count() - written + marks.len() * LONGEST_VALUE
}

/// A name, shortened and escaped.
fn name(name: &str) -> String {
    let line = wording::line(name);
    let mut shown: String = line.chars().take(LONGEST_NAME).collect();
    if shown.len() < line.len() {
        shown.pop();
        shown.push('…');
    }
    escaped(&shown)
}

/// The text with a backslash before everything that Discord would take for a mark, a mention or an address.
/// Source: Discord API reference, "Message formatting".
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if matches!(
            letter,
            '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '>' | '[' | ']' | '(' | ')' | '#' | '@' | ':' | '-'
        ) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(server: &str) -> Names<'_> {
        Names { user: UserId::new(7), server, channel: Some(ChannelId::new(8)) }
    }

    #[test]
    fn three_placeholders_are_filled_in_and_other_braces_stay() {
        let text = "Hi {user}, this is {server} ({channel}). {role} {user";
        assert_eq!(filled(text, &names("Tavern")), "Hi <@7>, this is Tavern (<#8>). {role} {user");
    }

    #[test]
    fn a_name_cannot_mention_link_or_format() {
        let shown = filled("{server}", &names("@everyone **x** <@&5> [win](https://x.example)\n# big {user}"));
        let expected = r"\@everyone \*\*x\*\* \<\@&5\> \[win\]\(https\:";
        assert!(shown.starts_with(expected), "{shown}");
    }

    #[test]
    fn no_name_makes_a_text_longer_than_was_reckoned() {
        let name = "*".repeat(100);
        let text = "{user} {server} {channel} {other}";
        assert!(filled(text, &names(&name)).chars().count() <= longest(text));
    }
}
