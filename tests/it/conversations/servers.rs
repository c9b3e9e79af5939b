//! Servers that have something of their own already when the bot starts.

use std::time::Duration;

use lumbar::domain::guild::{Edit, GuildCooldowns, GuildSettings, Item, Phrase, Response, SettingKey};
use lumbar::domain::topics::TopicId;
use lumbar::domain::{ChannelId, GuildId, Timestamp, UserId};
use lumbar::store::{ChangeBook, GuildStore, NewChange};

use crate::fake_discord::{Channel, Server};

/// Settings under which the bot answers as often as it is asked, and tells `log` what happens.
pub fn tireless(log: Option<&Channel>) -> GuildSettings {
    let none = Some(Duration::ZERO);
    let cooldowns = GuildCooldowns { person: none, channel: none, topic: none, burst: None };
    GuildSettings { cooldowns, log: log.map(|log| ChannelId::new(log.id)), ..GuildSettings::default() }
}

/// The server has these settings.
pub async fn has_settings(store: &impl GuildStore, server: &Server, settings: GuildSettings) {
    let plain = GuildSettings::default();
    let keys = [SettingKey::PersonCooldown, SettingKey::ChannelCooldown, SettingKey::TopicCooldown];
    let keys = keys.into_iter().chain([SettingKey::Log, SettingKey::Manner]);
    let items = keys.map(|key| Item::Setting { before: plain.get(key), after: settings.get(key) });
    changes(store, server, items.collect()).await;
}

/// The server has a response of its own, with phrases of which the bot only watches some.
pub async fn has_response(store: &impl GuildStore, server: &Server, name: &str, phrases: &[(&str, bool)]) {
    let phrase = |(text, watched): &(&str, bool)| Phrase { text: (*text).to_owned(), watched: *watched };
    let response = Response {
        title: Some(name.to_owned()),
        answer: Some(format!("All about {name}.")),
        phrases: phrases.iter().map(phrase).collect(),
        ..Response::default()
    };
    let name = TopicId::parse(name).expect("a name");
    changes(store, server, vec![Item::Response { name, before: None, after: Some(response) }]).await;
}

async fn changes(store: &impl GuildStore, server: &Server, items: Vec<Item>) {
    let edit = Edit::new(items).expect("something that changes");
    let (guild, by, at) = (GuildId::new(server.id), UserId::new(1), Timestamp::from_millis(0));
    let changed = store.change_book(&NewChange { guild, by, at, edit, undoes: None }).await.expect("a store");
    assert!(matches!(changed, ChangeBook::Changed { .. }), "{changed:?}");
}
