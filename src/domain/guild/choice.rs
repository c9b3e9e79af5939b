//! What somebody chose in the settings, read as a setting. What comes in is whatever the platform sent: it may name
//! channels of another server, be no number, or be far too much.

use std::collections::BTreeSet;
use std::time::Duration;

use super::map::GuildMap;
use super::settings::{
    GuildSettings, LONGEST_COOLDOWN, MOST_MANNERS, MOST_NAMED, Manner, NO_BURST_CAP, Places, Setting, SettingKey,
};
use crate::domain::settings::Listening;
use crate::domain::{ChannelId, GuildId, Locale, RoleId};

/// The value of a list's line that stands for "nothing of its own".
pub const AS_USUAL: &str = "usual";

/// The largest burst cap, other than none.
const LARGEST_BURST: u32 = 1000;

/// What there is to choose from.
#[derive(Clone, Debug)]
pub struct Offered<'a> {
    /// The server.
    pub guild: GuildId,
    /// Its settings as they are.
    pub settings: &'a GuildSettings,
    /// Its channels, if they are known.
    pub map: Option<&'a GuildMap>,
    /// The languages that the bot speaks.
    pub languages: &'a [&'a str],
}

/// Why a choice cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChoiceFault {
    /// More than [`MOST_NAMED`] were chosen.
    #[error("too many were chosen")]
    TooMany,
    /// More than [`MOST_MANNERS`] channels would have a manner of their own.
    #[error("too many channels have a manner of their own")]
    TooManyManners,
    /// A channel that the server does not have.
    #[error("there is no such channel")]
    UnknownChannel,
    /// A forum, where a line without a post cannot be written.
    #[error("a forum takes no line")]
    Forum,
    /// The role that everybody has.
    #[error("everybody has that role")]
    Everybody,
    /// Something that is not on offer.
    #[error("that is not on offer")]
    NotOffered,
}

/// The value that a setting gets by what was chosen.
///
/// # Errors
/// Why the choice cannot be taken.
pub fn chosen(key: SettingKey, values: &[String], offered: &Offered<'_>) -> Result<Setting, ChoiceFault> {
    Ok(match offered.settings.get(key) {
        Setting::Places(Places::AllBut(_)) => Setting::Places(Places::AllBut(offered.channels(values)?)),
        Setting::Places(Places::OnlyIn(_)) => Setting::Places(Places::OnlyIn(offered.channels(values)?)),
        Setting::LeftAlone(_) => Setting::LeftAlone(offered.roles(values)?),
        Setting::PersonCooldown(_) => Setting::PersonCooldown(cooldown(values)?),
        Setting::ChannelCooldown(_) => Setting::ChannelCooldown(cooldown(values)?),
        Setting::TopicCooldown(_) => Setting::TopicCooldown(cooldown(values)?),
        Setting::Burst(_) => Setting::Burst(own(values, burst)?),
        Setting::Manner(_) => Setting::Manner(own(values, manner)?.ok_or(ChoiceFault::NotOffered)?),
        Setting::MannerIn(channel, _) => Setting::MannerIn(channel, offered.manner_in(channel, values)?),
        Setting::Language(_) => Setting::Language(own(values, |value| offered.language(value))?),
        Setting::Log(_) => Setting::Log(offered.log(values)?),
        Setting::Listening(_) => Setting::Listening(own(values, listening)?),
        Setting::Moderators(_) => Setting::Moderators(at_most_one(offered.roles(values)?)?),
        Setting::Threads(_) | Setting::Forums(_) => return Err(ChoiceFault::NotOffered),
    })
}

/// The other of two values, where a setting has two; for the places, the other way of reading the same channels.
pub fn switched(present: &Setting) -> Option<Setting> {
    Some(match present {
        Setting::Places(Places::AllBut(channels)) => Setting::Places(Places::OnlyIn(channels.clone())),
        Setting::Places(Places::OnlyIn(channels)) => Setting::Places(Places::AllBut(channels.clone())),
        Setting::Threads(on) => Setting::Threads(!on),
        Setting::Forums(on) => Setting::Forums(!on),
        _ => return None,
    })
}

/// The one channel that was chosen to be looked at; nothing if none was, or it is none.
pub fn one_channel(values: &[String]) -> Option<ChannelId> {
    match values {
        [value] => id(value).map(ChannelId::new),
        _ => None,
    }
}

impl Offered<'_> {
    fn channels(&self, values: &[String]) -> Result<BTreeSet<ChannelId>, ChoiceFault> {
        let channels: BTreeSet<_> = ids(values)?.into_iter().map(ChannelId::new).collect();
        let known = |channel: &ChannelId| self.map.is_none_or(|map| map.knows(*channel));
        if channels.iter().all(known) { Ok(channels) } else { Err(ChoiceFault::UnknownChannel) }
    }

    /// What was set for a channel that is gone can still be taken back.
    fn manner_in(&self, channel: ChannelId, values: &[String]) -> Result<Option<Manner>, ChoiceFault> {
        let manners = &self.settings.manners;
        match own(values, manner)? {
            Some(_) if self.map.is_some_and(|map| !map.knows(channel)) => Err(ChoiceFault::UnknownChannel),
            Some(_) if manners.len() >= MOST_MANNERS && !manners.contains_key(&channel) => {
                Err(ChoiceFault::TooManyManners)
            }
            manner => Ok(manner),
        }
    }

    fn log(&self, values: &[String]) -> Result<Option<ChannelId>, ChoiceFault> {
        let Some(channel) = at_most_one(self.channels(values)?)? else { return Ok(None) };
        match self.map.map(|map| map.channel(channel)) {
            Some(None) => Err(ChoiceFault::UnknownChannel),
            Some(Some(known)) if known.is_forum => Err(ChoiceFault::Forum),
            _ => Ok(Some(channel)),
        }
    }

    fn roles(&self, values: &[String]) -> Result<BTreeSet<RoleId>, ChoiceFault> {
        let roles = ids(values)?;
        // The role that everybody has is named like the server, and stands in nobody's list of roles.
        if roles.contains(&self.guild.get()) {
            return Err(ChoiceFault::Everybody);
        }
        Ok(roles.into_iter().map(RoleId::new).collect())
    }

    fn language(&self, value: &str) -> Option<Locale> {
        Locale::parse(value).filter(|_| self.languages.contains(&value))
    }
}

fn id(value: &str) -> Option<u64> {
    value.parse().ok().filter(|id| *id > 0)
}

fn ids(values: &[String]) -> Result<BTreeSet<u64>, ChoiceFault> {
    if values.len() > MOST_NAMED {
        return Err(ChoiceFault::TooMany);
    }
    values.iter().map(|value| id(value).ok_or(ChoiceFault::NotOffered)).collect()
}

fn at_most_one<T: Ord>(mut values: BTreeSet<T>) -> Result<Option<T>, ChoiceFault> {
    let first = values.pop_first();
    if values.is_empty() { Ok(first) } else { Err(ChoiceFault::TooMany) }
}

/// The one value that was chosen, or nothing of its own.
fn own<T>(values: &[String], read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ChoiceFault> {
    match values {
        [value] if value == AS_USUAL => Ok(None),
        [value] => read(value).map(Some).ok_or(ChoiceFault::NotOffered),
        [] => Err(ChoiceFault::NotOffered),
        _ => Err(ChoiceFault::TooMany),
    }
}

fn cooldown(values: &[String]) -> Result<Option<Duration>, ChoiceFault> {
    own(values, |value| value.parse().ok().map(Duration::from_secs).filter(|span| *span <= LONGEST_COOLDOWN))
}

fn burst(value: &str) -> Option<u32> {
    value.parse().ok().filter(|cap| (1..=LARGEST_BURST).contains(cap) || *cap == NO_BURST_CAP)
}

const MANNERS: [(&str, Manner); 4] =
    [("full", Manner::Full), ("quiet", Manner::Quiet), ("button", Manner::Button), ("reaction", Manner::Reaction)];

fn manner(value: &str) -> Option<Manner> {
    MANNERS.iter().find(|(name, _)| *name == value).map(|(_, manner)| *manner)
}

/// The value that stands for a manner.
pub fn manner_value(manner: Manner) -> &'static str {
    MANNERS.iter().find(|(_, known)| *known == manner).map_or(AS_USUAL, |(name, _)| name)
}

fn listening(value: &str) -> Option<Listening> {
    [Listening::Content, Listening::Mentions].into_iter().find(|listening| listening_value(*listening) == value)
}

/// The value that stands for a way of listening.
pub fn listening_value(listening: Listening) -> &'static str {
    match listening {
        Listening::Content => "content",
        Listening::Mentions => "mentions",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::guild::MappedChannel;

    const GUILD: GuildId = GuildId::new(7);

    fn map() -> GuildMap {
        let channel = |id, is_forum| MappedChannel {
            id: ChannelId::new(id),
            name: String::new(),
            category: None,
            is_forum,
            lacking: Vec::new(),
        };
        GuildMap {
            name: String::new(),
            channels: vec![channel(1, false), channel(2, true)],
            categories: vec![ChannelId::new(3)],
        }
    }

    fn choose(key: SettingKey, values: &[&str]) -> Result<Setting, ChoiceFault> {
        choose_in(&GuildSettings::default(), key, values)
    }

    fn choose_in(settings: &GuildSettings, key: SettingKey, values: &[&str]) -> Result<Setting, ChoiceFault> {
        let map = map();
        let offered = Offered { guild: GUILD, settings, map: Some(&map), languages: &["en", "de"] };
        chosen(key, &values.iter().map(ToString::to_string).collect::<Vec<_>>(), &offered)
    }

    #[test]
    fn what_is_on_offer_can_be_chosen() {
        let minute = Some(Duration::from_secs(60));
        for (key, values, setting) in [
            (SettingKey::Places, &["1", "3"][..], Setting::Places(Places::AllBut([1, 3].map(ChannelId::new).into()))),
            (SettingKey::Places, &[], Setting::Places(Places::default())),
            (SettingKey::LeftAlone, &["5"], Setting::LeftAlone([RoleId::new(5)].into())),
            (SettingKey::PersonCooldown, &["60"], Setting::PersonCooldown(minute)),
            (SettingKey::ChannelCooldown, &["0"], Setting::ChannelCooldown(Some(Duration::ZERO))),
            (SettingKey::TopicCooldown, &["usual"], Setting::TopicCooldown(None)),
            (SettingKey::Burst, &["5"], Setting::Burst(Some(5))),
            (SettingKey::Burst, &["4294967295"], Setting::Burst(Some(NO_BURST_CAP))),
            (SettingKey::Manner, &["reaction"], Setting::Manner(Manner::Reaction)),
            (
                SettingKey::MannerIn(ChannelId::new(1)),
                &["quiet"],
                Setting::MannerIn(ChannelId::new(1), Some(Manner::Quiet)),
            ),
            (SettingKey::Language, &["de"], Setting::Language(Locale::parse("de"))),
            (SettingKey::Log, &["1"], Setting::Log(Some(ChannelId::new(1)))),
            (SettingKey::Log, &[], Setting::Log(None)),
            (SettingKey::Listening, &["mentions"], Setting::Listening(Some(Listening::Mentions))),
            (SettingKey::Moderators, &["5"], Setting::Moderators(Some(RoleId::new(5)))),
        ] {
            assert_eq!(choose(key, values), Ok(setting), "{key:?} {values:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_refused() {
        let many: Vec<String> = (1..=26).map(|id| id.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        for (key, values, fault) in [
            (SettingKey::Places, &["4"][..], ChoiceFault::UnknownChannel),
            (SettingKey::Places, &["0"], ChoiceFault::NotOffered),
            (SettingKey::Places, &["1", "x"], ChoiceFault::NotOffered),
            (SettingKey::Places, &many, ChoiceFault::TooMany),
            (SettingKey::LeftAlone, &many, ChoiceFault::TooMany),
            (SettingKey::LeftAlone, &["7"], ChoiceFault::Everybody),
            (SettingKey::Moderators, &["7"], ChoiceFault::Everybody),
            (SettingKey::Moderators, &["5", "6"], ChoiceFault::TooMany),
            (SettingKey::PersonCooldown, &["86401"], ChoiceFault::NotOffered),
            (SettingKey::PersonCooldown, &["-1"], ChoiceFault::NotOffered),
            (SettingKey::PersonCooldown, &["99999999999999999999999"], ChoiceFault::NotOffered),
            (SettingKey::PersonCooldown, &[], ChoiceFault::NotOffered),
            (SettingKey::PersonCooldown, &["1", "2"], ChoiceFault::TooMany),
            (SettingKey::Burst, &["0"], ChoiceFault::NotOffered),
            (SettingKey::Burst, &["1001"], ChoiceFault::NotOffered),
            (SettingKey::Manner, &["usual"], ChoiceFault::NotOffered),
            (SettingKey::Manner, &["loud"], ChoiceFault::NotOffered),
            (SettingKey::MannerIn(ChannelId::new(4)), &["quiet"], ChoiceFault::UnknownChannel),
            (SettingKey::Language, &["tlh"], ChoiceFault::NotOffered),
            (SettingKey::Log, &["2"], ChoiceFault::Forum),
            (SettingKey::Log, &["3"], ChoiceFault::UnknownChannel),
            (SettingKey::Log, &["1", "2"], ChoiceFault::TooMany),
            (SettingKey::Listening, &["x"], ChoiceFault::NotOffered),
            (SettingKey::Threads, &["true"], ChoiceFault::NotOffered),
        ] {
            assert_eq!(choose(key, values), Err(fault), "{key:?} {values:?}");
        }
    }

    #[test]
    fn the_manner_of_a_channel_that_is_gone_can_be_taken_back() {
        let gone = ChannelId::new(4);
        assert_eq!(choose(SettingKey::MannerIn(gone), &[AS_USUAL]), Ok(Setting::MannerIn(gone, None)));
    }

    #[test]
    fn only_so_many_channels_have_a_manner_of_their_own() {
        let manners = (0..50).map(|id| (ChannelId::new(100 + id), Manner::Quiet)).collect();
        let settings = GuildSettings { manners, ..GuildSettings::default() };
        let key = SettingKey::MannerIn(ChannelId::new(1));
        assert_eq!(choose_in(&settings, key, &["quiet"]), Err(ChoiceFault::TooManyManners));
        assert_eq!(choose_in(&settings, key, &[AS_USUAL]), Ok(Setting::MannerIn(ChannelId::new(1), None)));
    }

    #[test]
    fn switching_the_places_keeps_the_channels() {
        let channels: BTreeSet<_> = [ChannelId::new(1)].into();
        let all_but = Setting::Places(Places::AllBut(channels.clone()));
        let only_in = Setting::Places(Places::OnlyIn(channels));
        assert_eq!(switched(&all_but), Some(only_in.clone()));
        assert_eq!(switched(&only_in), Some(all_but));
        assert_eq!(switched(&Setting::Threads(true)), Some(Setting::Threads(false)));
        assert_eq!(switched(&Setting::Log(None)), None);
    }
}
