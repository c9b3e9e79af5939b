//! A change as lines that people read: what was and what is.
//!
//! The lines are Markdown. What moderators wrote stands between backticks, where Discord shows it as it is: no mention,
//! no link, no format; a backtick in it becomes a letter that looks like one.

use super::response::{Phrase, Response, ResponseState};
use super::setting_words::{setting_name, setting_value};
use super::{Edit, Item};
use crate::domain::guild::wording;
use crate::domain::topics::{TextKey, TopicId, Words};

/// The most lines that a change is told in, the last of which may say how many more there are.
pub const MOST_LINES: usize = 20;

/// The most characters of all lines together, with room to spare in the 4,096 of a card.
pub const MOST_CHARACTERS: usize = 3000;

/// The most characters of a change in a single line.
const LONGEST_LINE: usize = 600;

/// How much of a text is shown, in characters.
const LONGEST_TEXT: usize = 80;

/// What a change changes, item by item; never more than [`MOST_LINES`] lines and [`MOST_CHARACTERS`] characters.
pub fn lines(edit: &Edit, words: &Words) -> Vec<String> {
    bounded(edit, MOST_LINES, MOST_CHARACTERS, words)
}

/// The same in a single line, for a log.
pub fn line(edit: &Edit, words: &Words) -> String {
    bounded(edit, MOST_LINES, LONGEST_LINE, words).join(" · ")
}

fn bounded(edit: &Edit, most_lines: usize, most_characters: usize, words: &Words) -> Vec<String> {
    let mut shown: Vec<String> = edit.items().iter().flat_map(|item| item_lines(item, words)).collect();
    let mut characters = 0;
    let mut fits = |line: &String| {
        characters += line.chars().count() + 1;
        characters <= most_characters
    };
    let fitting = shown.iter().take_while(|line| fits(line)).count();
    let kept = if shown.len() > most_lines { fitting.min(most_lines - 1) } else { fitting };
    let more = shown.len() - kept;
    if more > 0 {
        shown.truncate(kept);
        shown.push(words.fill(TextKey::ChangesMore, &[("count", &more.to_string())]));
    }
    shown
}

fn item_lines(item: &Item, words: &Words) -> Vec<String> {
    match item {
        Item::Setting { before, after } => {
            let name = setting_name(after.key(), words);
            vec![replaced(&name, &setting_value(before, words), &setting_value(after, words), words)]
        }
        Item::Response { name, before, after } => {
            let mut lines = vec![heading(name, before.as_ref(), after.as_ref(), words)];
            let nothing = Response::default();
            let (before, after) = (before.as_ref().unwrap_or(&nothing), after.as_ref().unwrap_or(&nothing));
            lines.extend(response_lines(before, after, words));
            lines
        }
    }
}

fn heading(name: &TopicId, before: Option<&Response>, after: Option<&Response>, words: &Words) -> String {
    let key = match (before, after) {
        (None, _) => TextKey::ChangesAdded,
        (_, None) => TextKey::ChangesRemoved,
        (Some(_), Some(_)) => TextKey::ChangesChanged,
    };
    words.fill(key, &[("name", name.as_str())])
}

fn response_lines(before: &Response, after: &Response, words: &Words) -> Vec<String> {
    let mut lines = Vec::new();
    if before.state != after.state {
        let (before, after) = (state(before.state, words), state(after.state, words));
        lines.push(replaced(words.get(TextKey::ChangesState), before, after, words));
    }
    for (key, before, after) in
        [(TextKey::ChangesTitle, &before.title, &after.title), (TextKey::ChangesAnswer, &before.answer, &after.answer)]
    {
        if before != after {
            lines.push(replaced(words.get(key), &text(before.as_ref(), words), &text(after.as_ref(), words), words));
        }
    }
    lines.extend(phrase_lines(&before.phrases, &after.phrases, words));
    lines.extend(tip_lines(&before.tips, &after.tips, words));
    lines
}

fn phrase_lines(before: &[Phrase], after: &[Phrase], words: &Words) -> Vec<String> {
    let known = |list: &[Phrase], text: &str| list.iter().find(|phrase| phrase.text == text).cloned();
    let told = |key, phrase: &Phrase| words.fill(key, &[("phrase", &code(&phrase.text))]);
    let mut lines: Vec<String> = Vec::new();
    for phrase in after {
        match known(before, &phrase.text) {
            None if phrase.watched => lines.push(told(TextKey::ChangesPhraseWatched, phrase)),
            None => lines.push(told(TextKey::ChangesPhraseAdded, phrase)),
            Some(was) if was.watched && !phrase.watched => lines.push(told(TextKey::ChangesPhraseArmed, phrase)),
            Some(was) if !was.watched && phrase.watched => lines.push(told(TextKey::ChangesPhraseSilenced, phrase)),
            Some(_) => {}
        }
    }
    let gone = before.iter().filter(|phrase| known(after, &phrase.text).is_none());
    lines.extend(gone.map(|phrase| told(TextKey::ChangesPhraseRemoved, phrase)));
    if lines.is_empty() && before != after {
        lines.push(words.get(TextKey::ChangesPhrasesMoved).to_owned());
    }
    lines
}

fn tip_lines(before: &[String], after: &[String], words: &Words) -> Vec<String> {
    let told = |key, tip: &String| words.fill(key, &[("tip", &code(tip))]);
    let added = after.iter().filter(|tip| !before.contains(tip)).map(|tip| told(TextKey::ChangesTipAdded, tip));
    let removed = before.iter().filter(|tip| !after.contains(tip)).map(|tip| told(TextKey::ChangesTipRemoved, tip));
    let mut lines: Vec<String> = added.chain(removed).collect();
    if lines.is_empty() && before != after {
        lines.push(words.get(TextKey::ChangesTipsMoved).to_owned());
    }
    lines
}

fn replaced(what: &str, before: &str, after: &str, words: &Words) -> String {
    words.fill(TextKey::ChangesReplaced, &[("what", what), ("before", before), ("after", after)])
}

fn state(state: ResponseState, words: &Words) -> &str {
    words.get(match state {
        ResponseState::On => TextKey::ChangesOn,
        ResponseState::Off => TextKey::ChangesOff,
    })
}

fn text(text: Option<&String>, words: &Words) -> String {
    text.map_or_else(|| words.get(TextKey::ChangesNothing).to_owned(), |text| code(text))
}

/// A text between backticks, shortened, on one line.
pub fn code(text: &str) -> String {
    let line = wording::line(text).replace('`', "ˋ");
    match line.char_indices().nth(LONGEST_TEXT) {
        Some((at, _)) => format!("`{}…`", &line[..at]),
        None => format!("`{line}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::guild::testing::{id, library};
    use crate::domain::guild::{GuildSettings, Manner, Places, Setting};
    use crate::domain::{ChannelId, RoleId};

    fn words() -> &'static Words {
        &library().fallback().words
    }

    fn edit(before: Option<Response>, after: Option<Response>) -> Edit {
        Edit::new(vec![Item::Response { name: id("toast"), before, after }]).expect("it changes something")
    }

    fn toast() -> Response {
        Response {
            title: Some("Toast".to_owned()),
            answer: Some("It passes.\nBreathe.".to_owned()),
            tips: vec!["Lie down.".to_owned(), "Get up.".to_owned()],
            phrases: vec![Phrase::live("back is toast"), Phrase { text: "back is cooked".to_owned(), watched: true }],
            ..Response::default()
        }
    }

    #[test]
    fn each_change_of_a_response_is_told() {
        let after = Response {
            state: ResponseState::Off,
            title: Some("Burnt toast".to_owned()),
            answer: None,
            tips: vec!["Get up.".to_owned(), "Sit.".to_owned()],
            phrases: vec![Phrase::live("back is cooked"), Phrase { text: "back is jam".to_owned(), watched: true }],
        };
        let moved = Response { tips: toast().tips.into_iter().rev().collect(), ..toast() };
        let told = [
            lines(&edit(None, Some(toast())), words()),
            lines(&edit(Some(toast()), Some(after)), words()),
            lines(&edit(Some(toast()), Some(moved)), words()),
            lines(&edit(Some(Response::default()), None), words()),
        ];
        insta::assert_snapshot!(told.map(|lines| lines.join("\n")).join("\n\n"));
    }

    #[test]
    fn every_setting_is_told_with_its_values_in_words() {
        let channels: std::collections::BTreeSet<_> = (1..=8).map(ChannelId::new).collect();
        let second = std::time::Duration::from_secs(1);
        let settings = [
            Setting::Places(Places::OnlyIn(channels)),
            Setting::Places(Places::AllBut([ChannelId::new(3)].into())),
            Setting::Threads(false),
            Setting::Forums(false),
            Setting::LeftAlone([RoleId::new(4)].into()),
            Setting::PersonCooldown(Some(90 * second)),
            Setting::ChannelCooldown(Some(std::time::Duration::ZERO)),
            Setting::TopicCooldown(Some(3600 * second)),
            Setting::Burst(Some(3)),
            Setting::Manner(Manner::Quiet),
            Setting::MannerIn(ChannelId::new(5), Some(Manner::Reaction)),
            Setting::Language(crate::domain::Locale::parse("de")),
            Setting::Log(Some(ChannelId::new(6))),
            Setting::Listening(Some(crate::domain::settings::Listening::Mentions)),
            Setting::Moderators(Some(RoleId::new(7))),
        ];
        let fresh = GuildSettings::default();
        let items = settings.map(|after| Item::Setting { before: fresh.get(after.key()), after });
        insta::assert_snapshot!(lines(&Edit::new(items.into()).unwrap(), words()).join("\n"));
    }

    #[test]
    fn what_moderators_wrote_cannot_leave_its_backticks() {
        let hostile = "```\n@everyone\u{202e} <@&1> **x** [y](https://z.example) `";
        let response = Response { title: Some(hostile.to_owned()), ..Response::default() };
        let told = lines(&edit(None, Some(response)), words()).join("\n");
        assert!(told.contains("`ˋˋˋ @everyone <@&1> **x** [y](https://z.example) ˋ`"), "{told}");
        assert_eq!(told.matches('`').count() % 2, 0);
    }

    #[test]
    fn a_large_change_is_told_in_few_lines() {
        let phrases = (0..200).map(|number| Phrase::live(format!("{number} {}", "long ".repeat(40)))).collect();
        let large = edit(None, Some(Response { phrases, ..Response::default() }));
        let told = lines(&large, words());
        assert_eq!(told.len(), MOST_LINES);
        assert_eq!(told.last().unwrap(), "and 182 more");
        assert!(told.join("\n").chars().count() <= MOST_CHARACTERS + 20);
        let single = line(&large, words());
        assert!(single.starts_with("New: **toast** · + phrase `0 long"), "{single}");
        assert!(single.ends_with(" more") && single.chars().count() < 700, "{single}");
    }
}
