//! A server's own settings.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::tally::fnv1a;
use crate::domain::settings::Listening;
use crate::domain::{ChannelId, Locale, RoleId};

/// The longest cooldown that a server may choose.
pub const LONGEST_COOLDOWN: Duration = Duration::from_secs(24 * 60 * 60);

/// The time in which a server's burst cap counts its answers.
pub const BURST_WINDOW: Duration = Duration::from_secs(10 * 60);

/// The burst cap of a server that wants none.
pub const NO_BURST_CAP: u32 = u32::MAX;

/// How many channels or roles one setting may name: as many as Discord lets people choose in one list.
pub const MOST_NAMED: usize = 25;

/// In how many channels the bot may speak in a way of their own.
pub const MOST_MANNERS: usize = 50;

/// Where and how the bot speaks in a server. What is not set follows the bot's own configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GuildSettings {
    /// In which channels it speaks.
    pub places: Places,
    /// Whether it speaks in threads.
    pub threads: bool,
    /// Whether it speaks in the posts of forums.
    pub forums: bool,
    /// Whom it leaves alone: whoever has one of these roles.
    pub left_alone: BTreeSet<RoleId>,
    /// How long it keeps quiet after an answer.
    pub cooldowns: GuildCooldowns,
    /// How it speaks.
    pub manner: Manner,
    /// How it speaks in single channels, where that differs.
    pub manners: BTreeMap<ChannelId, Manner>,
    /// The language of what everybody sees; the server's own if it is not set.
    pub language: Option<Locale>,
    /// The channel that is told of every change.
    pub log: Option<ChannelId>,
    /// How the bot comes to hear messages.
    pub listening: Option<Listening>,
    /// The role whose members may shape the bot, besides those with the permission Manage Server.
    pub moderators: Option<RoleId>,
}

impl Default for GuildSettings {
    fn default() -> Self {
        Self {
            places: Places::default(),
            threads: true,
            forums: true,
            left_alone: BTreeSet::new(),
            cooldowns: GuildCooldowns::default(),
            manner: Manner::Full,
            manners: BTreeMap::new(),
            language: None,
            log: None,
            listening: None,
            moderators: None,
        }
    }
}

/// In which channels the bot speaks. A channel stands for its threads and posts, a category for its channels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Places {
    /// In all but these.
    AllBut(BTreeSet<ChannelId>),
    /// In these alone.
    OnlyIn(BTreeSet<ChannelId>),
}

impl Default for Places {
    fn default() -> Self {
        Self::AllBut(BTreeSet::new())
    }
}

impl Places {
    /// The channels that are named.
    pub fn named(&self) -> &BTreeSet<ChannelId> {
        match self {
            Self::AllBut(channels) | Self::OnlyIn(channels) => channels,
        }
    }
}

/// How long the bot keeps quiet after an answer, where that differs from the bot's own configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GuildCooldowns {
    /// Towards the same person, about the same topic.
    pub person: Option<Duration>,
    /// In the same channel.
    pub channel: Option<Duration>,
    /// About the same topic, in the whole server.
    pub topic: Option<Duration>,
    /// How many answers it gives within [`BURST_WINDOW`] in the whole server.
    pub burst: Option<u32>,
}

/// How the bot speaks up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// With the whole answer.
    #[default]
    Full,
    /// With the whole answer, which notifies nobody.
    Quiet,
    /// With a single button: "Need help with your back?"
    Button,
    /// With a reaction to the message.
    Reaction,
}

/// One setting with its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// [`GuildSettings::places`].
    Places(Places),
    /// [`GuildSettings::threads`].
    Threads(bool),
    /// [`GuildSettings::forums`].
    Forums(bool),
    /// [`GuildSettings::left_alone`].
    LeftAlone(BTreeSet<RoleId>),
    /// [`GuildCooldowns::person`].
    PersonCooldown(Option<Duration>),
    /// [`GuildCooldowns::channel`].
    ChannelCooldown(Option<Duration>),
    /// [`GuildCooldowns::topic`].
    TopicCooldown(Option<Duration>),
    /// [`GuildCooldowns::burst`].
    Burst(Option<u32>),
    /// [`GuildSettings::manner`].
    Manner(Manner),
    /// How it speaks in one channel; nothing if as everywhere.
    MannerIn(ChannelId, Option<Manner>),
    /// [`GuildSettings::language`].
    Language(Option<Locale>),
    /// [`GuildSettings::log`].
    Log(Option<ChannelId>),
    /// [`GuildSettings::listening`].
    Listening(Option<Listening>),
    /// [`GuildSettings::moderators`].
    Moderators(Option<RoleId>),
}

/// Which setting is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SettingKey {
    /// [`Setting::Places`].
    Places,
    /// [`Setting::Threads`].
    Threads,
    /// [`Setting::Forums`].
    Forums,
    /// [`Setting::LeftAlone`].
    LeftAlone,
    /// [`Setting::PersonCooldown`].
    PersonCooldown,
    /// [`Setting::ChannelCooldown`].
    ChannelCooldown,
    /// [`Setting::TopicCooldown`].
    TopicCooldown,
    /// [`Setting::Burst`].
    Burst,
    /// [`Setting::Manner`].
    Manner,
    /// [`Setting::MannerIn`].
    MannerIn(ChannelId),
    /// [`Setting::Language`].
    Language,
    /// [`Setting::Log`].
    Log,
    /// [`Setting::Listening`].
    Listening,
    /// [`Setting::Moderators`].
    Moderators,
}

/// A value of a setting in short: a control keeps it, and so can tell later whether what it showed still holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SettingMark(u32);

impl SettingMark {
    /// Wraps a number that [`SettingMark::get`] gave.
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// Its number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl Setting {
    /// The mark of this value: of the form in which a store keeps it, which does not change with the program.
    pub fn mark(&self) -> SettingMark {
        SettingMark(fnv1a(&serde_json::to_string(self).unwrap_or_default()))
    }

    /// Which setting this is a value of.
    pub fn key(&self) -> SettingKey {
        match self {
            Self::Places(_) => SettingKey::Places,
            Self::Threads(_) => SettingKey::Threads,
            Self::Forums(_) => SettingKey::Forums,
            Self::LeftAlone(_) => SettingKey::LeftAlone,
            Self::PersonCooldown(_) => SettingKey::PersonCooldown,
            Self::ChannelCooldown(_) => SettingKey::ChannelCooldown,
            Self::TopicCooldown(_) => SettingKey::TopicCooldown,
            Self::Burst(_) => SettingKey::Burst,
            Self::Manner(_) => SettingKey::Manner,
            Self::MannerIn(channel, _) => SettingKey::MannerIn(*channel),
            Self::Language(_) => SettingKey::Language,
            Self::Log(_) => SettingKey::Log,
            Self::Listening(_) => SettingKey::Listening,
            Self::Moderators(_) => SettingKey::Moderators,
        }
    }
}

impl GuildSettings {
    /// The language of what everybody sees, where the server itself has `own`. If both are the same language, `own`
    /// tells the region too, which matters for the number to call in an emergency.
    pub fn locale(&self, own: Locale) -> Locale {
        match &self.language {
            Some(chosen) if chosen.as_str() != own.language() => chosen.clone(),
            _ => own,
        }
    }

    /// The present value of a setting.
    pub fn get(&self, key: SettingKey) -> Setting {
        match key {
            SettingKey::Places => Setting::Places(self.places.clone()),
            SettingKey::Threads => Setting::Threads(self.threads),
            SettingKey::Forums => Setting::Forums(self.forums),
            SettingKey::LeftAlone => Setting::LeftAlone(self.left_alone.clone()),
            SettingKey::PersonCooldown => Setting::PersonCooldown(self.cooldowns.person),
            SettingKey::ChannelCooldown => Setting::ChannelCooldown(self.cooldowns.channel),
            SettingKey::TopicCooldown => Setting::TopicCooldown(self.cooldowns.topic),
            SettingKey::Burst => Setting::Burst(self.cooldowns.burst),
            SettingKey::Manner => Setting::Manner(self.manner),
            SettingKey::MannerIn(channel) => Setting::MannerIn(channel, self.manners.get(&channel).copied()),
            SettingKey::Language => Setting::Language(self.language.clone()),
            SettingKey::Log => Setting::Log(self.log),
            SettingKey::Listening => Setting::Listening(self.listening),
            SettingKey::Moderators => Setting::Moderators(self.moderators),
        }
    }

    /// Gives a setting another value.
    pub fn set(&mut self, setting: &Setting) {
        match setting.clone() {
            Setting::Places(places) => self.places = places,
            Setting::Threads(threads) => self.threads = threads,
            Setting::Forums(forums) => self.forums = forums,
            Setting::LeftAlone(roles) => self.left_alone = roles,
            Setting::PersonCooldown(span) => self.cooldowns.person = span,
            Setting::ChannelCooldown(span) => self.cooldowns.channel = span,
            Setting::TopicCooldown(span) => self.cooldowns.topic = span,
            Setting::Burst(cap) => self.cooldowns.burst = cap,
            Setting::Manner(manner) => self.manner = manner,
            Setting::MannerIn(channel, Some(manner)) => drop(self.manners.insert(channel, manner)),
            Setting::MannerIn(channel, None) => drop(self.manners.remove(&channel)),
            Setting::Language(language) => self.language = language,
            Setting::Log(channel) => self.log = channel,
            Setting::Listening(listening) => self.listening = listening,
            Setting::Moderators(role) => self.moderators = role,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_language_keeps_the_region_of_the_server() {
        let locale = |text| Locale::parse(text).unwrap();
        let chosen = |text| GuildSettings { language: Some(locale(text)), ..GuildSettings::default() };
        assert_eq!(GuildSettings::default().locale(locale("en-GB")), locale("en-GB"));
        assert_eq!(chosen("en").locale(locale("en-GB")), locale("en-GB"));
        assert_eq!(chosen("de").locale(locale("en-GB")), locale("de"));
        assert_eq!(chosen("pt-BR").locale(locale("pt-BR")), locale("pt-BR"));
    }

    #[test]
    fn a_mark_is_always_the_same() {
        assert_eq!(Setting::Threads(true).mark(), SettingMark::new(fnv1a(r#"{"threads":true}"#)));
    }

    #[test]
    fn what_is_set_can_be_read_back_and_nothing_else_changes() {
        let channel = ChannelId::new(5);
        let settings = [
            Setting::Places(Places::OnlyIn([channel].into())),
            Setting::Threads(false),
            Setting::Forums(false),
            Setting::LeftAlone([RoleId::new(3)].into()),
            Setting::PersonCooldown(Some(Duration::from_secs(60))),
            Setting::ChannelCooldown(Some(Duration::ZERO)),
            Setting::TopicCooldown(Some(Duration::from_secs(5))),
            Setting::Burst(Some(3)),
            Setting::Manner(Manner::Quiet),
            Setting::MannerIn(channel, Some(Manner::Reaction)),
            Setting::Language(Locale::parse("de")),
            Setting::Log(Some(channel)),
            Setting::Listening(Some(Listening::Mentions)),
            Setting::Moderators(Some(RoleId::new(9))),
        ];
        let fresh = GuildSettings::default();
        for setting in &settings {
            let mut changed = fresh.clone();
            changed.set(setting);
            assert_eq!(changed.get(setting.key()), *setting);
            assert_ne!(setting.mark(), fresh.get(setting.key()).mark(), "{setting:?} can be told from what was");
            changed.set(&fresh.get(setting.key()));
            assert_eq!(changed, fresh, "{setting:?} is undone");
        }
    }
}
