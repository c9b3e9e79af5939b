//! May the bot speak up here, and how?

use super::settings::{GuildSettings, Manner, Places};
use crate::domain::{ChannelId, RoleId};

/// A channel, as far as it matters for speaking there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The channel, or the thread.
    pub channel: ChannelId,
    /// What kind of channel it is.
    pub kind: PlaceKind,
    /// The channel that a thread or a post belongs to.
    pub parent: Option<ChannelId>,
    /// The category of the channel, or of the parent.
    pub category: Option<ChannelId>,
}

/// What kind of channel it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    /// A channel.
    Channel,
    /// A thread of a channel.
    Thread,
    /// A post of a forum.
    Post,
    /// It may be any of these: the platform did not tell.
    Unknown,
}

impl Place {
    /// A plain channel of which nothing else is known.
    pub fn channel(channel: ChannelId) -> Self {
        Self { channel, kind: PlaceKind::Channel, parent: None, category: None }
    }

    /// A place of which nothing but its name is known.
    pub fn unknown(channel: ChannelId) -> Self {
        Self { kind: PlaceKind::Unknown, ..Self::channel(channel) }
    }

    /// Its own name, then those that stand for it: its parent, its category.
    pub fn names(&self) -> impl Iterator<Item = ChannelId> {
        [Some(self.channel), self.parent, self.category].into_iter().flatten()
    }
}

/// Why the bot stays silent, by a server's own wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// It does not speak in this channel.
    Channel,
    /// It does not speak in threads.
    Threads,
    /// It does not speak in the posts of forums.
    Forums,
    /// It leaves people with this role alone.
    Role(RoleId),
    /// It is not known what kind of place this is, and in some it is not to speak.
    UnknownPlace,
}

/// Whether the settings name any place, or kind of place, in which the bot is to be silent or to speak in another way.
fn tell_places_apart(settings: &GuildSettings) -> bool {
    !(settings.threads && settings.forums && settings.places == Places::default() && settings.manners.is_empty())
}

/// How the bot speaks up at `place` to somebody with these roles.
///
/// # Errors
/// Why it does not.
pub fn manner(settings: &GuildSettings, place: &Place, roles: &[RoleId]) -> Result<Manner, Silence> {
    match place.kind {
        PlaceKind::Thread if !settings.threads => return Err(Silence::Threads),
        PlaceKind::Post if !settings.forums => return Err(Silence::Forums),
        PlaceKind::Unknown if tell_places_apart(settings) => return Err(Silence::UnknownPlace),
        _ => {}
    }
    let named = |channels: &std::collections::BTreeSet<ChannelId>| place.names().any(|name| channels.contains(&name));
    let speaks = match &settings.places {
        Places::AllBut(channels) => !named(channels),
        Places::OnlyIn(channels) => named(channels),
    };
    if !speaks {
        return Err(Silence::Channel);
    }
    if let Some(role) = roles.iter().find(|role| settings.left_alone.contains(role)) {
        return Err(Silence::Role(*role));
    }
    let here = place.names().find_map(|name| settings.manners.get(&name));
    Ok(here.copied().unwrap_or(settings.manner))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANNEL: ChannelId = ChannelId::new(1);
    const THREAD: ChannelId = ChannelId::new(2);
    const CATEGORY: ChannelId = ChannelId::new(3);

    fn thread() -> Place {
        Place { channel: THREAD, kind: PlaceKind::Thread, parent: Some(CHANNEL), category: Some(CATEGORY) }
    }

    #[test]
    fn a_server_without_wishes_is_answered_everywhere() {
        assert_eq!(manner(&GuildSettings::default(), &thread(), &[RoleId::new(1)]), Ok(Manner::Full));
    }

    #[test]
    fn a_channel_stands_for_its_threads_and_a_category_for_its_channels() {
        for excluded in [THREAD, CHANNEL, CATEGORY] {
            let places = Places::AllBut([excluded].into());
            let settings = GuildSettings { places, ..GuildSettings::default() };
            assert_eq!(manner(&settings, &thread(), &[]), Err(Silence::Channel));
            let settings = GuildSettings { places: Places::OnlyIn([excluded].into()), ..GuildSettings::default() };
            assert_eq!(manner(&settings, &thread(), &[]), Ok(Manner::Full));
        }
        let elsewhere = Places::OnlyIn([ChannelId::new(9)].into());
        let settings = GuildSettings { places: elsewhere, ..GuildSettings::default() };
        assert_eq!(manner(&settings, &thread(), &[]), Err(Silence::Channel));
    }

    #[test]
    fn threads_and_posts_can_be_left_out() {
        let settings = GuildSettings { threads: false, forums: false, ..GuildSettings::default() };
        assert_eq!(manner(&settings, &thread(), &[]), Err(Silence::Threads));
        let post = Place { kind: PlaceKind::Post, ..thread() };
        assert_eq!(manner(&settings, &post, &[]), Err(Silence::Forums));
        assert_eq!(manner(&settings, &Place::channel(CHANNEL), &[]), Ok(Manner::Full));
    }

    #[test]
    fn where_a_place_is_not_known_nothing_is_said_that_may_not_be_wished_for() {
        let unknown = Place::unknown(CHANNEL);
        assert_eq!(manner(&GuildSettings::default(), &unknown, &[]), Ok(Manner::Full));
        let elsewhere = GuildSettings { places: Places::AllBut([CATEGORY].into()), ..GuildSettings::default() };
        let no_threads = GuildSettings { threads: false, ..GuildSettings::default() };
        let softer = GuildSettings { manners: [(CATEGORY, Manner::Reaction)].into(), ..GuildSettings::default() };
        for settings in [elsewhere, no_threads, softer] {
            assert_eq!(manner(&settings, &unknown, &[]), Err(Silence::UnknownPlace));
        }
    }

    #[test]
    fn whoever_has_a_role_that_is_left_alone_is_left_alone() {
        let role = RoleId::new(7);
        let settings = GuildSettings { left_alone: [role].into(), ..GuildSettings::default() };
        assert_eq!(manner(&settings, &thread(), &[RoleId::new(6), role]), Err(Silence::Role(role)));
        assert_eq!(manner(&settings, &thread(), &[RoleId::new(6)]), Ok(Manner::Full));
    }

    #[test]
    fn the_nearest_channel_decides_how_it_speaks() {
        let manners = [(CATEGORY, Manner::Reaction), (CHANNEL, Manner::Button)].into();
        let settings = GuildSettings { manner: Manner::Quiet, manners, ..GuildSettings::default() };
        assert_eq!(manner(&settings, &thread(), &[]), Ok(Manner::Button));
        assert_eq!(manner(&settings, &Place::channel(ChannelId::new(9)), &[]), Ok(Manner::Quiet));
    }
}
