//! What moderators do, written down: `publish:7`, `set:places`.

use crate::domain::ChannelId;
use crate::domain::guild::{
    Base, ChangeNumber, DraftId, ListFilter, Moderation, ResponseState, SettingKey, SettingMark, SettingsPage,
};
use crate::domain::topics::TopicId;

const FILTERS: [(&str, ListFilter); 5] = [
    ("all", ListFilter::All),
    ("on", ListFilter::On),
    ("off", ListFilter::Off),
    ("watched", ListFilter::Watched),
    ("own", ListFilter::Own),
];

const PAGES: [(&str, SettingsPage); 4] = [
    ("places", SettingsPage::Places),
    ("quiet", SettingsPage::Quiet),
    ("manner", SettingsPage::Manner),
    ("server", SettingsPage::Server),
];

const KEYS: [(&str, SettingKey); 13] = [
    ("places", SettingKey::Places),
    ("threads", SettingKey::Threads),
    ("forums", SettingKey::Forums),
    ("left-alone", SettingKey::LeftAlone),
    ("person-cooldown", SettingKey::PersonCooldown),
    ("channel-cooldown", SettingKey::ChannelCooldown),
    ("topic-cooldown", SettingKey::TopicCooldown),
    ("burst", SettingKey::Burst),
    ("manner", SettingKey::Manner),
    ("language", SettingKey::Language),
    ("log", SettingKey::Log),
    ("listening", SettingKey::Listening),
    ("moderators", SettingKey::Moderators),
];

pub(super) fn encode(moderation: &Moderation) -> String {
    match moderation {
        Moderation::NewResponse => "new".to_owned(),
        Moderation::EditResponse(name, base) => format!("edit:{name}{}", base_mark(*base)),
        Moderation::EditDraft(draft, base) => format!("draft:{}{}", draft.get(), base_mark(*base)),
        Moderation::Publish(draft) => format!("publish:{}", draft.get()),
        Moderation::WatchFirst(draft) => format!("watch:{}", draft.get()),
        Moderation::Discard(draft) => format!("discard:{}", draft.get()),
        Moderation::Show(name) => format!("show:{name}"),
        Moderation::Switch(name, ResponseState::On) => format!("on:{name}"),
        Moderation::Switch(name, ResponseState::Off) => format!("off:{name}"),
        Moderation::Arm(name) => format!("arm:{name}"),
        Moderation::List(filter, page) => format!("list:{}:{page}", name_of(&FILTERS, *filter)),
        Moderation::Watched(page) => format!("watched:{page}"),
        Moderation::DropWatched(name) => format!("drop-watched:{name}"),
        Moderation::History(page) => format!("history:{page}"),
        Moderation::Undo(change) => format!("undo:{}", change.0),
        Moderation::Settings(page) => format!("settings:{}", name_of(&PAGES, *page)),
        Moderation::MannerOf => "manner-of".to_owned(),
        Moderation::Set(key, seen) => format!("set:{}", setting(*key, *seen)),
        Moderation::Toggle(key, seen) => format!("toggle:{}", setting(*key, *seen)),
    }
}

fn setting(key: SettingKey, seen: SettingMark) -> String {
    let name = match key {
        SettingKey::MannerIn(channel) => format!("manner-in.{channel}"),
        key => name_of(&KEYS, key).to_owned(),
    };
    format!("{name}:{:08x}", seen.get())
}

pub(super) fn decode(written: &str) -> Option<Moderation> {
    let (name, detail) = written.split_once(':').unwrap_or((written, ""));
    let topic = || TopicId::parse(detail);
    let draft = || detail.parse().ok().map(DraftId::new);
    match name {
        "new" => Some(Moderation::NewResponse),
        "edit" => {
            let (name, base) = with_base(detail)?;
            TopicId::parse(name).map(|name| Moderation::EditResponse(name, base))
        }
        "draft" => {
            let (draft, base) = with_base(detail)?;
            draft.parse().ok().map(|draft| Moderation::EditDraft(DraftId::new(draft), base))
        }
        "publish" => draft().map(Moderation::Publish),
        "watch" => draft().map(Moderation::WatchFirst),
        "discard" => draft().map(Moderation::Discard),
        "show" => topic().map(Moderation::Show),
        "on" => topic().map(|name| Moderation::Switch(name, ResponseState::On)),
        "off" => topic().map(|name| Moderation::Switch(name, ResponseState::Off)),
        "arm" => topic().map(Moderation::Arm),
        "list" => {
            let (filter, page) = detail.split_once(':')?;
            Some(Moderation::List(called(&FILTERS, filter)?, page.parse().ok()?))
        }
        "watched" => detail.parse().ok().map(Moderation::Watched),
        "drop-watched" => topic().map(Moderation::DropWatched),
        "history" => detail.parse().ok().map(Moderation::History),
        "undo" => detail.parse().ok().map(|number| Moderation::Undo(ChangeNumber(number))),
        "settings" => called(&PAGES, detail).map(Moderation::Settings),
        "manner-of" => Some(Moderation::MannerOf),
        "set" => seen(detail).map(|(key, mark)| Moderation::Set(key, mark)),
        "toggle" => seen(detail).map(|(key, mark)| Moderation::Toggle(key, mark)),
        _ => None,
    }
}

fn seen(written: &str) -> Option<(SettingKey, SettingMark)> {
    let (name, mark) = written.split_once(':')?;
    let mark = u32::from_str_radix(mark, 16).ok().filter(|_| mark.len() == 8)?;
    Some((key(name)?, SettingMark::new(mark)))
}

fn base_mark(base: Option<Base>) -> String {
    base.map(|base| format!(":{}", base.get())).unwrap_or_default()
}

fn with_base(written: &str) -> Option<(&str, Option<Base>)> {
    match written.split_once(':') {
        Some((what, base)) => Some((what, Some(Base::new(base.parse().ok()?)))),
        None => Some((written, None)),
    }
}

fn key(written: &str) -> Option<SettingKey> {
    match written.strip_prefix("manner-in.") {
        Some(channel) => channel.parse().ok().filter(|id| *id > 0).map(|id| SettingKey::MannerIn(ChannelId::new(id))),
        None => called(&KEYS, written),
    }
}

fn name_of<T: Copy + PartialEq>(names: &[(&'static str, T)], wanted: T) -> &'static str {
    names.iter().find(|(_, known)| *known == wanted).map_or("", |(name, _)| name)
}

fn called<T: Copy>(names: &[(&str, T)], wanted: &str) -> Option<T> {
    names.iter().find(|(name, _)| *name == wanted).map(|(_, known)| *known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::custom_id::{self, LONGEST};
    use crate::domain::reply::Action;

    #[test]
    fn everything_survives_being_written_down_and_fits() {
        let name = TopicId::parse(&"x".repeat(TopicId::LONGEST)).unwrap();
        let draft = DraftId::new(i64::MAX);
        let mut all = vec![
            Moderation::NewResponse,
            Moderation::MannerOf,
            Moderation::EditResponse(name.clone(), None),
            Moderation::EditResponse(name.clone(), Some(Base::new(u32::MAX))),
            Moderation::EditDraft(draft, None),
            Moderation::EditDraft(draft, Some(Base::new(u32::MAX))),
            Moderation::Switch(name.clone(), ResponseState::On),
            Moderation::Switch(name.clone(), ResponseState::Off),
            Moderation::Publish(draft),
            Moderation::WatchFirst(draft),
            Moderation::Discard(draft),
            Moderation::Show(name.clone()),
            Moderation::Arm(name.clone()),
            Moderation::Watched(u16::MAX),
            Moderation::DropWatched(name),
            Moderation::History(u16::MAX),
            Moderation::Undo(ChangeNumber(u32::MAX)),
            Moderation::Set(SettingKey::MannerIn(ChannelId::new(u64::MAX)), SettingMark::new(u32::MAX)),
        ];
        all.extend(FILTERS.map(|(_, filter)| Moderation::List(filter, u16::MAX)));
        all.extend(PAGES.map(|(_, page)| Moderation::Settings(page)));
        all.extend(KEYS.map(|(_, key)| Moderation::Set(key, SettingMark::new(0))));
        all.extend(KEYS.map(|(_, key)| Moderation::Toggle(key, SettingMark::new(7))));
        for moderation in all {
            let action = Action::Moderate(moderation);
            let written = custom_id::encode(&action);
            assert!(written.len() <= LONGEST, "{written}");
            assert_eq!(custom_id::decode(&written), Some(action), "{written}");
        }
    }

    #[test]
    fn what_is_not_known_is_nothing() {
        for wrong in [
            "",
            "publish:",
            "publish:x",
            "set:",
            "set:places",
            "set:places:7",
            "set:manner-in.x:00000000",
            "list:all",
            "settings:x",
            "edit:A b",
        ] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
