//! What people and the bot say to each other.

mod answers;

use std::sync::Arc;

use lumbar::bot::Bot;
use lumbar::discord::{self, Connection};
use lumbar::domain::settings::Settings;
use lumbar::domain::topics::Library;
use lumbar::operations::SystemClock;
use lumbar::responses;
use lumbar::store::{self, DatabaseAddress};

use crate::fake_discord::{BotAddress, BotUnderTest, FakeDiscord};

/// The bot as it comes out of the box, on the fake Discord.
async fn lumbar(discord: &FakeDiscord) -> BotUnderTest {
    lumbar_with(discord, Settings::default()).await
}

/// The bot with settings of its own.
async fn lumbar_with(discord: &FakeDiscord, settings: Settings) -> BotUnderTest {
    BotUnderTest::in_process(discord, move |address| run(address, settings.clone())).await
}

async fn run(address: BotAddress, settings: Settings) -> Result<(), String> {
    let library = Library::read(&responses::built_in()).map_err(|problems| format!("{problems:?}"))?;
    let file = format!("sqlite://{}", address.data_folder.join("lumbar.db").display());
    let database = DatabaseAddress::parse(&file).map_err(|error| error.to_string())?;
    let store = store::open(&database).await.map_err(|error| error.to_string())?;
    let bot = Arc::new(Bot::new(Arc::new(library), store, settings));
    let connection = Connection { token: address.token.into(), api_url: Some(address.api_url) };
    discord::run(bot, &connection, Arc::new(SystemClock), address.stop).await.map_err(|error| error.to_string())
}
