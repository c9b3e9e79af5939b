//! What phrases that are only watched would have answered.

use super::section;
use crate::domain::GuildId;
use crate::domain::guild::Moderation;
use crate::domain::guild::watch::{Watch, WatchedMessage};
use crate::domain::locale::Locale;
use crate::domain::reply::{Action, Card, CardSection, Control, Reply, Tone, Visibility};
use crate::domain::topics::{Library, TextKey, TopicId, Words};

/// How many days back a digest looks.
pub const DIGEST_DAYS: u8 = 7;

/// How many responses are shown at a time: each has a row of buttons, and Discord takes five.
const ON_A_PAGE: usize = 4;

/// How many messages are linked: a section of a card holds 1,024 characters, and a link takes up to 99.
const MOST_LINKS: usize = 8;

/// How many lines the log gets at once.
const MOST_LINES: usize = 10;

/// All that is watched in a server, page by page, counted over the last [`DIGEST_DAYS`].
pub fn watch_digest(library: &Library, locale: &Locale, guild: GuildId, watches: &[Watch], page: u16) -> Reply {
    let words = &library.content(locale).words;
    if watches.is_empty() {
        return super::line(library, locale, TextKey::WatchNothing);
    }
    let last = (watches.len() - 1) / ON_A_PAGE;
    let page = usize::from(page).min(last);
    let shown = watches.chunks(ON_A_PAGE).nth(page).unwrap_or_default();
    let card = Card {
        tone: Tone::Neutral,
        title: words.get(TextKey::WatchTitle).to_owned(),
        body: words.get(TextKey::WatchLead).to_owned(),
        sections: shown.iter().map(|watch| watch_section(words, guild, watch)).collect(),
        footer: String::new(),
    };
    let reply =
        shown.iter().fold(Reply::private(card), |reply, watch| reply.with_row(watch_buttons(words, &watch.response)));
    reply.with_row(page_buttons(words, page, last))
}

/// What the watched phrases of one response would have answered, with links to the messages.
pub fn watch_section(words: &Words, guild: GuildId, watch: &Watch) -> CardSection {
    let (count, days) = (watch.messages.len().to_string(), DIGEST_DAYS.to_string());
    let would = words.fill(TextKey::WatchWould, &[("count", &count), ("days", &days)]);
    let link =
        |(index, message): (usize, &WatchedMessage)| format!("[{}]({})", index + 1, message_link(guild, message));
    let links: Vec<String> = watch.messages.iter().take(MOST_LINKS).enumerate().map(link).collect();
    let links = (!links.is_empty()).then(|| format!("{} {}", words.get(TextKey::WatchLatest), links.join(" · ")));
    let text = [Some(would), links].into_iter().flatten().collect::<Vec<_>>().join("\n");
    section(watch.response.as_str(), text)
}

/// The buttons that let watched phrases answer, or drop them.
pub fn watch_buttons(words: &Words, response: &TopicId) -> Vec<Control> {
    let label = |key| words.fill(key, &[("response", response.as_str())]);
    let (arm, drop) = (Moderation::Arm(response.clone()), Moderation::DropWatched(response.clone()));
    vec![
        Control::strong_button(&label(TextKey::ButtonLetAnswer), Action::Moderate(arm)),
        Control::button(&label(TextKey::ButtonDropWatched), Action::Moderate(drop)),
    ]
}

fn page_buttons(words: &Words, page: usize, last: usize) -> Vec<Control> {
    let button = |key, page: usize| {
        let page = u16::try_from(page).unwrap_or(u16::MAX);
        Control::button(words.get(key), Action::Moderate(Moderation::Watched(page)))
    };
    let earlier = page.checked_sub(1).map(|page| button(TextKey::ButtonEarlier, page));
    let further = (page < last).then(|| button(TextKey::ButtonFurther, page + 1));
    earlier.into_iter().chain(further).collect()
}

/// What the log channel is told once a week.
pub fn watch_log(library: &Library, locale: &Locale, watches: &[Watch], days: i64) -> Reply {
    let words = &library.content(locale).words;
    let line = |watch: &Watch| {
        let (count, days) = (watch.messages.len().to_string(), days.to_string());
        words.fill(TextKey::WatchLog, &[("response", watch.response.as_str()), ("count", &count), ("days", &days)])
    };
    let mut lines: Vec<String> = watches.iter().take(MOST_LINES).map(line).collect();
    lines.push(words.get(TextKey::WatchLogWhere).to_owned());
    Reply { visibility: Visibility::Public, ..Reply::private_line(lines.join("\n")) }
}

/// Where a message stands. Source: Discord's client, *Copy Message Link*.
fn message_link(guild: GuildId, message: &WatchedMessage) -> String {
    format!("https://discord.com/channels/{guild}/{}/{}", message.channel, message.message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::guild::testing::library;
    use crate::domain::{ChannelId, MessageId, Timestamp};

    fn watch(response: &str, messages: u64) -> Watch {
        let response = TopicId::parse(response).unwrap();
        let message = |number| WatchedMessage {
            response: response.clone(),
            channel: ChannelId::new(u64::MAX),
            message: MessageId::new(u64::MAX - number),
            at: Timestamp::from_millis(0),
        };
        Watch { messages: (0..messages).map(message).collect(), response }
    }

    fn digest(watches: &[Watch], page: u16) -> Reply {
        watch_digest(library(), &Locale::unknown(), GuildId::new(u64::MAX), watches, page)
    }

    #[test]
    fn a_digest_links_the_latest_messages_within_what_a_card_holds() {
        let reply = digest(&[watch(&"x".repeat(TopicId::LONGEST), 500)], 0);
        let text = &reply.card.unwrap().sections[0].text;
        assert!(text.starts_with("Would have answered in 7 days: 500."), "{text}");
        assert!(text.contains("[1](https://discord.com/channels/18446744073709551615/18446744073709551615/"), "{text}");
        assert!(text.contains("[8](") && !text.contains("[9](") && text.chars().count() <= 1024, "{text}");
    }

    #[test]
    fn every_watched_response_is_on_some_page_with_its_buttons() {
        let watches: Vec<Watch> = (0..9).map(|number| watch(&format!("toast-{number}"), 0)).collect();
        let on = |page| digest(&watches, page);
        let labels = |reply: &Reply| -> Vec<String> {
            let buttons = reply.controls.iter().flatten();
            buttons
                .filter_map(|button| match button {
                    Control::Button { label, .. } => Some(label.clone()),
                    _ => None,
                })
                .collect()
        };
        assert_eq!(on(0).controls.len(), 5, "as many rows as Discord takes");
        assert_eq!(labels(&on(0))[6..], ["Let it answer: toast-3", "Discard: toast-3", "Next"]);
        assert_eq!(labels(&on(2)), ["Let it answer: toast-8", "Discard: toast-8", "Back"]);
        assert_eq!(on(99), on(2), "a page that is not there any more");
        assert!(labels(&digest(&[watch(&"x".repeat(TopicId::LONGEST), 1)], 0)).iter().all(|label| label.len() <= 80));
    }

    #[test]
    fn the_log_gets_a_line_for_each_response() {
        let reply = watch_log(library(), &Locale::unknown(), &[watch("toast", 14), watch("cooked", 0)], 7);
        let expected = "**toast** (only watched) would have answered in 7 days: 14.\n\
                        **cooked** (only watched) would have answered in 7 days: 0.\n\
                        `/responses watched` shows where, and lets it answer.";
        assert_eq!(reply.lead.as_deref(), Some(expected));
    }
}
