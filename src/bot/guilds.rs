//! What servers have of their own, at hand: read from the store when a server is first heard, and compiled once.
//!
//! One process hears a server, so what is at hand here changes only through [`Bot::change_book`].

use std::collections::{HashMap, HashSet};
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use lru::LruCache;
use tokio::time::timeout;

use super::shelf::Texts;
use super::{Bot, BotError, Visitor};
use crate::domain::guild::tally::{Counted, PhraseTag, Tally, Week};
use crate::domain::guild::{Book, overlay};
use crate::domain::hearing::Burst;
use crate::domain::matching::Trigger;
use crate::domain::settings::Settings;
use crate::domain::topics::{Library, ServerMatchers, TopicId};
use crate::domain::{GuildId, Locale, Timestamp};
use crate::store::{ChangeBook, NewChange, StoreError};

/// How many servers are kept at hand: those heard last. One with a full book takes some 100 kB.
const AT_HAND: NonZeroUsize = NonZeroUsize::new(2048).expect("it is not zero");

/// How long somebody who asks for help waits for what their server has of its own.
const PATIENCE: Duration = Duration::from_secs(1);

/// The servers.
#[derive(Debug)]
pub(super) struct Guilds {
    /// The servers that have a book, once that was read. All others have none.
    with_books: Mutex<Option<HashSet<GuildId>>>,
    at_hand: Mutex<LruCache<GuildId, Arc<Guild>>>,
    bursts: Mutex<HashMap<GuildId, Burst>>,
    /// Held while a book is read or changed, so that what is at hand is never older than what was taken in last, and a
    /// server that many write in at once is read once.
    turn: tokio::sync::Mutex<()>,
}

impl Default for Guilds {
    fn default() -> Self {
        let (with_books, bursts) = (Mutex::default(), Mutex::default());
        Self { with_books, at_hand: Mutex::new(LruCache::new(AT_HAND)), bursts, turn: tokio::sync::Mutex::default() }
    }
}

/// A server as it is now.
#[derive(Debug)]
pub struct Guild {
    /// Its settings and responses.
    pub book: Book,
    /// The edition of the texts that it was put together with.
    edition: u64,
    /// The bot's settings, with what the server chose for itself.
    pub settings: Settings,
    /// What it says, if that differs from what all say.
    library: Option<Arc<Library>>,
    /// What it understands, if that differs from what all understand.
    matchers: Option<ServerMatchers>,
    /// The same with the phrases that are only watched, if there are any.
    watching: Option<ServerMatchers>,
    watched: HashSet<(TopicId, String)>,
}

impl Guild {
    /// Makes a server ready. Phrases that this version cannot compile any more are left out, and told to the operator: they
    /// were checked when they were written.
    fn new(id: GuildId, book: Book, settings: &Settings, texts: &Texts) -> Self {
        let Texts { library, edition } = texts;
        let rules = overlay::phrase_sources(&book);
        let locale = book.settings.language.clone().unwrap_or_else(Locale::unknown);
        let compile = |added: &[_]| match library.server_matchers(&locale, added, &rules.off) {
            Ok(matchers) => Some(matchers),
            Err(faults) => {
                let (count, first) = (faults.len(), faults.first().map(ToString::to_string));
                tracing::error!(
                    guild.id = id.get(),
                    faults = count,
                    first,
                    "a server's phrases cannot be used any more"
                );
                let usable = overlay::usable(added, &faults);
                let rest = library.server_matchers(&locale, &usable, &rules.off);
                rest.or_else(|_| library.server_matchers(&locale, &[], &rules.off)).ok()
            }
        };
        let differs = !rules.live.is_empty() || !rules.off.is_empty();
        let matchers = differs.then(|| compile(&rules.live)).flatten();
        let everything: Vec<_> = rules.live.iter().chain(&rules.watched).cloned().collect();
        let watching = (!rules.watched.is_empty()).then(|| compile(&everything)).flatten();
        let watched = rules.watched.into_iter().map(|source| (source.topic, source.text)).collect();
        let (settings, library) = (settings.of_guild(&book.settings), overlay::library(library, &book).map(Arc::new));
        Self { settings, library, book, edition: *edition, matchers, watching, watched }
    }

    /// What a message is about here.
    pub fn find(&self, library: &Library, text: &str) -> Option<Trigger> {
        match &self.matchers {
            Some(matchers) => matchers.find(text),
            None => library.find(text),
        }
    }

    /// What a phrase that is only watched would answer.
    pub fn would_find(&self, text: &str) -> Option<Trigger> {
        let found = self.watching.as_ref()?.find(text)?;
        self.watched.contains(&(found.topic.clone(), found.phrase.clone())).then_some(found)
    }

    /// What is understood here, if that differs from what all understand.
    pub fn live_matchers(&self) -> Option<&ServerMatchers> {
        self.matchers.as_ref()
    }
}

/// What is at hand about a server.
pub(super) enum AtHand {
    /// It has nothing of its own.
    Nothing,
    /// This.
    Guild(Arc<Guild>),
    /// It has to be read from the store first.
    Unknown,
}

impl Guilds {
    fn cache(&self) -> MutexGuard<'_, LruCache<GuildId, Arc<Guild>>> {
        self.at_hand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is at hand about a server.
    fn at_hand(&self, guild: GuildId) -> AtHand {
        if let Some(known) = self.cache().get(&guild) {
            return AtHand::Guild(Arc::clone(known));
        }
        match &*self.with_books.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(with_books) if !with_books.contains(&guild) => AtHand::Nothing,
            _ => AtHand::Unknown,
        }
    }

    /// Remembers that a server has a book, however long ago it was heard.
    fn has_a_book(&self, guild: GuildId) {
        if let Some(with_books) = &mut *self.with_books.lock().unwrap_or_else(PoisonError::into_inner) {
            with_books.insert(guild);
        }
    }

    /// What is at hand about a server may not be what the store holds: it is read again when it is next needed.
    fn forget(&self, guild: GuildId) {
        self.has_a_book(guild);
        self.cache().pop(&guild);
    }

    /// Nothing is held about a server any more.
    fn drop_book(&self, guild: GuildId) {
        if let Some(with_books) = &mut *self.with_books.lock().unwrap_or_else(PoisonError::into_inner) {
            with_books.remove(&guild);
        }
        self.cache().pop(&guild);
    }

    fn keep(&self, id: GuildId, guild: &Arc<Guild>) {
        self.cache().put(id, Arc::clone(guild));
    }

    /// Whether a server's burst cap has room for one more answer.
    pub(super) fn has_room(&self, guild: GuildId, now: Timestamp, most: u32) -> bool {
        let bursts = self.bursts.lock().unwrap_or_else(PoisonError::into_inner);
        bursts.get(&guild).is_none_or(|burst| burst.clone().allows(now, most))
    }

    /// Whether one more answer stays within a server's burst cap; then it counts.
    pub(super) fn allows(&self, guild: GuildId, now: Timestamp, most: u32) -> bool {
        let mut bursts = self.bursts.lock().unwrap_or_else(PoisonError::into_inner);
        if bursts.len() >= AT_HAND.get() {
            bursts.retain(|_, burst| !burst.is_over(now));
        }
        bursts.entry(guild).or_default().allows(now, most)
    }
}

impl Bot {
    /// Reads which servers have anything of their own, so that the others cost nothing.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn prepare(&self) -> Result<(), StoreError> {
        let with_books: HashSet<_> = self.store.guilds_with_books().await?.into_iter().collect();
        tracing::debug!(servers = with_books.len(), "servers with settings or responses of their own");
        *self.guilds.with_books.lock().unwrap_or_else(PoisonError::into_inner) = Some(with_books);
        Ok(())
    }

    /// Deletes all that is held about a server.
    pub(super) async fn forget_guild(&self, guild: GuildId) -> Result<(), StoreError> {
        let _turn = self.guilds.turn.lock().await;
        self.store.forget_guild(guild).await?;
        self.guilds.drop_book(guild);
        Ok(())
    }

    /// What is at hand about a server, put together with the texts as they are now.
    pub(super) fn at_hand(&self, id: GuildId) -> AtHand {
        match self.guilds.at_hand(id) {
            AtHand::Guild(guild) if guild.edition != self.shelf.texts().edition => {
                AtHand::Guild(self.take_in(id, guild.book.clone()))
            }
            known => known,
        }
    }

    /// A server as it is now.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn guild(&self, id: GuildId) -> Result<Arc<Guild>, BotError> {
        if let Some(known) = self.known(id) {
            return Ok(known);
        }
        let _turn = self.guilds.turn.lock().await;
        match self.known(id) {
            Some(known) => Ok(known),
            None => Ok(self.take_in(id, self.store.book(id).await?)),
        }
    }

    /// A server as it is now, unless that has to be read first. One that has nothing of its own is not kept: it would take
    /// the place of one that has.
    fn known(&self, id: GuildId) -> Option<Arc<Guild>> {
        match self.at_hand(id) {
            AtHand::Guild(guild) => Some(guild),
            AtHand::Nothing => Some(Arc::new(self.put_together(id, Book::default()))),
            AtHand::Unknown => None,
        }
    }

    fn put_together(&self, id: GuildId, book: Book) -> Guild {
        Guild::new(id, book, &self.settings, &self.shelf.texts())
    }

    /// How the bot behaves in a server, or anywhere else. What a server chose is left out if it cannot be read: this is
    /// for those who speak to the bot, and they are answered in any case.
    pub(super) async fn settings_in(&self, guild: Option<GuildId>) -> Settings {
        match guild {
            Some(id) => match self.guild(id).await {
                Ok(guild) => guild.settings.clone(),
                Err(error) => {
                    tracing::error!(guild.id = id.get(), %error, "a server's settings cannot be read");
                    self.settings.clone()
                }
            },
            None => self.settings.clone(),
        }
    }

    /// The language of what everybody sees where somebody runs a command.
    pub(super) async fn public_locale_of(&self, visitor: &Visitor) -> Locale {
        let own = visitor.guild_locale.clone().unwrap_or_else(|| visitor.locale.clone());
        let Some(id) = visitor.guild else { return own };
        match self.guild(id).await {
            Ok(guild) => guild.book.settings.locale(own),
            Err(error) => {
                tracing::error!(guild.id = id.get(), %error, "a server's settings cannot be read");
                own
            }
        }
    }

    /// Makes a change in a server, and uses what it has from then on.
    ///
    /// # Errors
    /// If the store fails.
    pub(super) async fn change_book(&self, change: &NewChange) -> Result<ChangeBook, BotError> {
        let _turn = self.guilds.turn.lock().await;
        let changed = self.store.change_book(change).await;
        match &changed {
            Ok(ChangeBook::Changed { book, .. }) => {
                self.guilds.has_a_book(change.guild);
                self.take_in(change.guild, (**book).clone());
            }
            // Nobody knows whether it was made, or the book is another than the one at hand.
            Ok(ChangeBook::Conflict(_)) | Err(_) => self.guilds.forget(change.guild),
        }
        Ok(changed?)
    }

    /// All that the bot can say in a server, as far as it is at hand.
    pub fn library_in(&self, guild: Option<GuildId>) -> Arc<Library> {
        let own = guild.and_then(|guild| match self.at_hand(guild) {
            AtHand::Guild(guild) => guild.library.clone(),
            AtHand::Nothing | AtHand::Unknown => None,
        });
        own.unwrap_or_else(|| self.library())
    }

    /// All that the bot can say to a visitor. If what their server has of its own cannot be read, what all have will do.
    pub(super) async fn library_for(&self, visitor: &Visitor) -> Arc<Library> {
        if let Some(guild) = visitor.guild {
            // Whoever asks for help gets it, in the words that all have if need be.
            match timeout(PATIENCE, self.guild(guild)).await {
                Ok(Ok(_)) => {}
                Ok(Err(error)) => {
                    tracing::error!(guild.id = guild.get(), %error, "a server's responses cannot be read");
                }
                Err(_) => tracing::error!(guild.id = guild.get(), "reading a server's responses takes too long"),
            }
        }
        self.library_in(visitor.guild)
    }

    /// What a text is about, as a visitor's server understands it.
    pub(super) async fn find(&self, visitor: &Visitor, text: &str) -> Option<Trigger> {
        let guild = match visitor.guild {
            Some(guild) => self.guild(guild).await.ok(),
            None => None,
        };
        guild.map_or_else(|| self.library().find(text), |guild| guild.find(&self.library(), text))
    }

    /// The same for what somebody asks about or points at: despair and overdoses are heard there whether a back is named or not.
    pub(super) async fn find_or_danger(&self, visitor: &Visitor, text: &str) -> Option<Trigger> {
        self.find(visitor, text).await.or_else(|| self.library().find_danger(text))
    }

    fn take_in(&self, id: GuildId, book: Book) -> Arc<Guild> {
        let guild = Arc::new(self.put_together(id, book));
        self.guilds.keep(id, &guild);
        guild
    }

    /// Counts something that happened in a server. A count that is lost is no reason to keep anything from anybody.
    pub(super) async fn count(&self, guild: Option<GuildId>, what: Counted, phrase: Option<PhraseTag>, now: Timestamp) {
        let Some(guild) = guild else { return };
        let tally = Tally { week: Week::of(now), what, phrase };
        if let Err(error) = self.store.count(guild, tally).await {
            tracing::warn!(guild.id = guild.get(), %error, "something was not counted");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bot::{Consideration, Hearing, Surroundings};
    use crate::domain::guild::speaking::{Place, Silence};
    use crate::domain::guild::{GuildSettings, Phrase, Places, Response};
    use crate::domain::hearing::{Attention, Author, Heard};
    use crate::domain::{ChannelId, MessageId, UserId};
    use crate::responses::built_in;
    use crate::store::MemoryStore;

    const CLIMBING: GuildId = GuildId::new(1);
    const GENERAL: ChannelId = ChannelId::new(2);
    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    async fn bot() -> Bot {
        let library = Library::read(&built_in()).expect("sound texts");
        let bot = Bot::new(Arc::new(library), Arc::new(MemoryStore::new()), Settings::default());
        bot.prepare().await.unwrap();
        bot
    }

    #[tokio::test]
    async fn a_server_that_has_nothing_of_its_own_takes_no_place_from_one_that_has() {
        let bot = bot().await;
        let known = bot.guild(CLIMBING).await.unwrap();
        assert_eq!(known.book, Book::default());
        assert!(bot.guilds.cache().is_empty());
        assert!(matches!(bot.at_hand(CLIMBING), AtHand::Nothing), "it costs nothing afterwards either");
    }

    #[tokio::test]
    async fn a_server_that_is_no_longer_at_hand_when_a_message_is_answered_keeps_its_silence() {
        let bot = bot().await;
        let settings = GuildSettings { places: Places::AllBut([GENERAL].into()), ..GuildSettings::default() };
        bot.take_in(CLIMBING, Book { settings, ..Book::default() });
        let heard = Heard {
            message: MessageId::at(NOW, 0),
            channel: GENERAL,
            guild: Some(CLIMBING),
            person: UserId::new(3),
            author: Author::Person,
            attention: Attention::Overheard,
            edited: None,
            text: "my back went out",
        };
        let Consideration::Matter(matter) = bot.consider(&heard, NOW) else { panic!("it is about a back") };

        bot.guilds.forget(CLIMBING);
        assert!(matter.needs_surroundings());
        let surroundings = Surroundings { place: Place::channel(GENERAL), roles: Vec::new() };
        let hearing = bot.hear_about(heard, matter, &surroundings, NOW).await.unwrap();
        assert_eq!(hearing, Hearing::Silenced(Silence::Channel));
    }

    #[test]
    fn a_server_whose_first_book_was_written_later_is_read_again_once_it_is_no_longer_at_hand() {
        let guilds = Guilds::default();
        *guilds.with_books.lock().unwrap() = Some(HashSet::new());
        assert!(matches!(guilds.at_hand(CLIMBING), AtHand::Nothing));
        guilds.has_a_book(CLIMBING);
        assert!(matches!(guilds.at_hand(CLIMBING), AtHand::Unknown));
    }

    #[test]
    fn a_stored_phrase_that_cannot_be_used_any_more_takes_no_other_down() {
        let phrases = ["spine of glass", "/[ab]{201}/", "my {nosuchfamily} hurts", "back* zz", "/lumbago lvl/"];
        let phrases = phrases.map(Phrase::live).into();
        let toast = TopicId::parse("toast").unwrap();
        let response = Response {
            title: Some("Toast".to_owned()),
            answer: Some("It passes.".to_owned()),
            phrases,
            ..Response::default()
        };
        let book = Book { responses: [(toast, response)].into(), ..Book::default() };
        let texts = Texts { library: Arc::new(Library::read(&built_in()).unwrap()), edition: 1 };
        let guild = Guild::new(CLIMBING, book, &Settings::default(), &texts);
        for text in ["a spine of glass", "lumbago lvl 9"] {
            assert_eq!(guild.find(&texts.library, text).unwrap().topic.as_str(), "toast", "{text}");
        }
        for text in ["what a nosuchfamily", "zz"] {
            assert!(guild.find(&texts.library, text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_full_cap_can_be_seen_without_counting() {
        let (guilds, now) = (Guilds::default(), Timestamp::from_millis(0));
        assert!(guilds.has_room(CLIMBING, now, 1) && guilds.has_room(CLIMBING, now, 1));
        assert!(guilds.allows(CLIMBING, now, 1));
        assert!(!guilds.has_room(CLIMBING, now, 1));
    }
}
