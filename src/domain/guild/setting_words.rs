//! A setting in words: what it is called, and its value.

use std::time::Duration;

use super::settings::{BURST_WINDOW, Manner, NO_BURST_CAP, Places, Setting, SettingKey};
use crate::domain::answers::short_span;
use crate::domain::settings::Listening;
use crate::domain::topics::{TextKey, Words};

/// How many channels or roles are named one by one.
const MOST_NAMED: usize = 5;

/// What a setting is called.
pub fn setting_name(key: SettingKey, words: &Words) -> String {
    let name = match key {
        SettingKey::MannerIn(channel) => {
            return words.fill(TextKey::SettingMannerIn, &[("channel", &format!("<#{channel}>"))]);
        }
        SettingKey::Places => TextKey::SettingPlaces,
        SettingKey::Threads => TextKey::SettingThreads,
        SettingKey::Forums => TextKey::SettingForums,
        SettingKey::LeftAlone => TextKey::SettingLeftAlone,
        SettingKey::PersonCooldown => TextKey::SettingPersonCooldown,
        SettingKey::ChannelCooldown => TextKey::SettingChannelCooldown,
        SettingKey::TopicCooldown => TextKey::SettingTopicCooldown,
        SettingKey::Burst => TextKey::SettingBurst,
        SettingKey::Manner => TextKey::SettingManner,
        SettingKey::Language => TextKey::SettingLanguage,
        SettingKey::Log => TextKey::SettingLog,
        SettingKey::Listening => TextKey::SettingListening,
        SettingKey::Moderators => TextKey::SettingModerators,
    };
    words.get(name).to_owned()
}

/// A setting's value. Channels and roles are mentioned, so that each reader sees their names.
pub fn setting_value(setting: &Setting, words: &Words) -> String {
    let text = |key| words.get(key).to_owned();
    match setting {
        Setting::Places(places) => places_in_words(places, words),
        Setting::Threads(yes) | Setting::Forums(yes) => {
            text(if *yes { TextKey::SettingYes } else { TextKey::SettingNo })
        }
        Setting::LeftAlone(roles) if roles.is_empty() => text(TextKey::SettingNobody),
        Setting::LeftAlone(roles) => named(roles.iter().map(|role| format!("<@&{role}>")), words),
        Setting::PersonCooldown(span) | Setting::ChannelCooldown(span) | Setting::TopicCooldown(span) => {
            span.map_or_else(|| text(TextKey::SettingAsUsual), |span| cooldown(span, words))
        }
        Setting::Burst(None) | Setting::Listening(None) => text(TextKey::SettingAsUsual),
        Setting::Burst(Some(NO_BURST_CAP)) => text(TextKey::SettingNone),
        Setting::Burst(Some(most)) => {
            let values = [("count", &*most.to_string()), ("span", &*short_span(BURST_WINDOW))];
            words.fill(TextKey::SettingBurstValue, &values)
        }
        Setting::Manner(manner) | Setting::MannerIn(_, Some(manner)) => text(manner_in_words(*manner)),
        Setting::MannerIn(_, None) => text(TextKey::SettingAsEverywhere),
        Setting::Language(language) => {
            language.as_ref().map_or_else(|| text(TextKey::SettingServerLanguage), |language| format!("`{language}`"))
        }
        Setting::Log(channel) => channel.map_or_else(|| text(TextKey::SettingNone), |channel| format!("<#{channel}>")),
        Setting::Listening(Some(Listening::Content)) => text(TextKey::SettingListeningContent),
        Setting::Listening(Some(Listening::Mentions)) => text(TextKey::SettingListeningMentions),
        Setting::Moderators(None) => text(TextKey::SettingManageServer),
        Setting::Moderators(Some(role)) => {
            words.fill(TextKey::SettingModeratorsValue, &[("role", &format!("<@&{role}>"))])
        }
    }
}

fn manner_in_words(manner: Manner) -> TextKey {
    match manner {
        Manner::Full => TextKey::SettingMannerFull,
        Manner::Quiet => TextKey::SettingMannerQuiet,
        Manner::Button => TextKey::SettingMannerButton,
        Manner::Reaction => TextKey::SettingMannerReaction,
    }
}

fn places_in_words(places: &Places, words: &Words) -> String {
    let channels = named(places.named().iter().map(|channel| format!("<#{channel}>")), words);
    match places {
        Places::AllBut(none) if none.is_empty() => words.get(TextKey::SettingPlacesAll).to_owned(),
        Places::AllBut(_) => words.fill(TextKey::SettingPlacesAllBut, &[("channels", &channels)]),
        Places::OnlyIn(none) if none.is_empty() => words.get(TextKey::SettingPlacesNone).to_owned(),
        Places::OnlyIn(_) => words.fill(TextKey::SettingPlacesOnlyIn, &[("channels", &channels)]),
    }
}

fn cooldown(span: Duration, words: &Words) -> String {
    if span.is_zero() { words.get(TextKey::SettingNone).to_owned() } else { short_span(span) }
}

fn named(names: impl Iterator<Item = String>, words: &Words) -> String {
    let names: Vec<String> = names.collect();
    let shown = names.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST_NAMED) {
        0 => shown,
        more => format!("{shown} {}", words.fill(TextKey::ChangesMore, &[("count", &more.to_string())])),
    }
}
