//! What people and the bot say to each other.

mod after_the_walk;
mod ailing_store;
mod answers;
mod breathing;
mod breathing_in_words;
mod buttons;
mod clock;
mod commands;
mod cooldowns;
mod edits;
mod feedback;
mod hearing;
mod installation;
mod listening;
mod menu;
mod outages;
mod pace;
mod privacy;
mod refusals;
mod reminder_places;
mod reminders;
mod reminders_in_trouble;
mod responses;
mod servers;
mod settings;
mod silence;
mod slowness;
mod urgent;
mod walk;
mod watching;
mod what_is_kept;

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use lumbar::bot::reminders::Clock;
use lumbar::bot::{Bot, MediaCache};
use lumbar::discord::{self, Connection};
use lumbar::domain::settings::{Cooldowns, Listening, Settings};
use lumbar::domain::topics::{Library, SourceFile};
use lumbar::responses as texts;
use lumbar::store::{self, DatabaseAddress, Store};

use crate::fake_discord::{BotAddress, BotUnderTest, Channel, FakeDiscord, Person};
use ailing_store::AilingStore;
use clock::WorldClock;

/// What is sent to make the bot answer, and a piece of its answer.
const TRIGGER: &str = "my back went out";
const ANSWER: &str = "Your back didn't go out. It locked up.";

/// A Discord with one server, one channel in it, and Ann.
async fn somewhere() -> (FakeDiscord, Channel, Person) {
    let discord = FakeDiscord::start().await;
    let channel = discord.guild("Climbing").channel("general");
    let ann = discord.person("Ann");
    (discord, channel, ann)
}

/// Settings under which the bot answers as often as it is asked.
fn tireless() -> Settings {
    let standard = Settings::default().cooldowns;
    let cooldowns = Cooldowns { person: Duration::ZERO, channel: Duration::ZERO, burst: 1000, ..standard };
    Settings { cooldowns, ..Settings::default() }
}

const fn minutes(count: u64) -> Duration {
    Duration::from_secs(60 * count)
}

/// The bot as it comes out of the box, on the fake Discord.
async fn lumbar(discord: &FakeDiscord) -> BotUnderTest {
    lumbar_with(discord, Settings::default()).await
}

/// The bot with settings of its own.
async fn lumbar_with(discord: &FakeDiscord, settings: Settings) -> BotUnderTest {
    lumbar_of(discord, settings, built_in()).await
}

/// The bot with more texts: paths below `responses/`, and what stands there.
async fn lumbar_that_says(discord: &FakeDiscord, settings: Settings, more: &[(&str, &str)]) -> BotUnderTest {
    let more = more.iter().map(|(path, text)| SourceFile { path: (*path).to_owned(), text: (*text).to_owned() });
    let texts: Vec<_> = texts::built_in().into_iter().chain(more).collect();
    let library = Library::read(&texts).expect("sound texts");
    lumbar_of(discord, settings, Arc::new(library)).await
}

/// The texts that come with the program, read once for all tests: that takes longer than many of them.
fn built_in() -> Arc<Library> {
    static BUILT_IN: LazyLock<Arc<Library>> =
        LazyLock::new(|| Arc::new(Library::read(&texts::built_in()).expect("sound texts")));
    Arc::clone(&BUILT_IN)
}

async fn lumbar_of(discord: &FakeDiscord, settings: Settings, library: Arc<Library>) -> BotUnderTest {
    let clock = WorldClock::of(discord);
    let run = move |address: BotAddress| {
        let (settings, clock, library) = (settings.clone(), Arc::clone(&clock), Arc::clone(&library));
        async move {
            let file = format!("sqlite://{}", address.data_folder.join("lumbar.db").display());
            let database = DatabaseAddress::parse(&file).map_err(|error| error.to_string())?;
            let store = store::open(&database).await.map_err(|error| error.to_string())?;
            run(address, library, settings, store, clock).await
        }
    };
    BotUnderTest::in_process(discord, run).await
}

/// The bot that hears only what is addressed to it.
async fn lumbar_without_content(discord: &FakeDiscord) -> BotUnderTest {
    lumbar_with(discord, Settings { listening: Listening::Mentions, ..Settings::default() }).await
}

/// The bot on a store that the test can make ill.
async fn lumbar_on(discord: &FakeDiscord, store: &Arc<AilingStore>) -> BotUnderTest {
    let (store, clock) = (Arc::clone(store), WorldClock::of(discord));
    let run = move |address| {
        let store: Arc<dyn Store> = Arc::<AilingStore>::clone(&store);
        let clock = Arc::clone(&clock);
        run(address, built_in(), Settings::default(), store, clock)
    };
    BotUnderTest::in_process(discord, run).await
}

async fn run(
    address: BotAddress,
    library: Arc<Library>,
    settings: Settings,
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
) -> Result<(), String> {
    // Drawn once for all tests: without optimisation it takes a second.
    static MEDIA: LazyLock<Arc<MediaCache>> = LazyLock::new(Arc::default);
    let bot = Arc::new(Bot::new(library, store, settings).keeping_media_in(Arc::clone(&MEDIA)));
    bot.prepare().await.map_err(|error| error.to_string())?;
    let connection = Connection { token: address.token.into(), api_url: Some(address.api_url) };
    discord::run(bot, &connection, clock, address.stop).await.map_err(|error| error.to_string())
}
