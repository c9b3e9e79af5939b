//! What stands in the way of a start is told in one line, with a fitting exit code.

use lumbar::store::DatabaseAddress;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection as _, Executor as _};

use super::complaint;
use crate::fake_discord::{BotUnderTest, FakeDiscord, bot_reply};

#[tokio::test]
async fn without_a_token_it_says_how_to_give_one() {
    let discord = FakeDiscord::start().await;
    let mut bot = BotUnderTest::binary(&discord).environment("DISCORD_TOKEN", "").start_unconnected();

    let exit = bot.ends().await;

    assert_eq!(exit.code(), Some(78));
    insta::assert_snapshot!(complaint(&exit.says()));
    discord.finish().await;
}

#[tokio::test]
async fn what_cannot_be_a_token_is_refused_without_being_shown() {
    let discord = FakeDiscord::start().await;
    let mut bot = BotUnderTest::binary(&discord).environment("DISCORD_TOKEN", "my sécret").start_unconnected();

    let exit = bot.ends().await;

    assert_eq!(exit.code(), Some(78));
    assert!(complaint(&exit.says()).contains("developer portal") && !exit.says().contains("cret"), "{exit}");
    discord.finish().await;
}

#[tokio::test]
async fn a_token_that_discord_refuses_is_told_and_not_shown() {
    let discord = FakeDiscord::start().await;
    discord.expects("wrong token");
    let mut bot = BotUnderTest::binary(&discord).environment("DISCORD_TOKEN", "old.and.stale").start_unconnected();

    let exit = bot.ends().await;

    assert_eq!(exit.code(), Some(77));
    insta::assert_snapshot!(complaint(&exit.says()));
    discord.finish().await;
}

#[tokio::test]
async fn a_token_that_is_reset_while_the_bot_runs_ends_it() {
    let discord = FakeDiscord::start().await;
    let mut bot = BotUnderTest::binary(&discord).start().await;

    discord.gateway().closes_with(4004);
    let exit = bot.ends().await;

    assert_eq!(exit.code(), Some(77));
    assert!(complaint(&exit.says()).contains("refuses the token") && !exit.says().contains(&discord.token()), "{exit}");
    discord.finish().await;
}

#[tokio::test]
async fn a_token_may_lie_in_a_file() {
    let discord = FakeDiscord::start().await;
    let channel = discord.guild("Climbing").channel("general");
    let bot = BotUnderTest::binary(&discord)
        .file("token", &format!("{}\n", discord.token()))
        .environment("DISCORD_TOKEN", "")
        .environment("DISCORD_TOKEN_FILE", "token")
        .start()
        .await;

    discord.person("Ann").says(&channel, "my back went out").await;

    bot_reply(&channel).await;
    assert!(!bot.stderr().contains(&discord.token()));
    discord.finish().await;
}

#[tokio::test]
async fn a_refused_intent_is_told_with_where_to_switch_it_on() {
    let discord = FakeDiscord::start().await;
    discord.grants_no_privileged_intents();
    let mut bot = BotUnderTest::binary(&discord).start_unconnected();

    let exit = bot.ends().await;

    assert_eq!(exit.code(), Some(78));
    insta::assert_snapshot!(complaint(&exit.says()));
    discord.finish().await;
}

#[tokio::test]
async fn with_mentions_alone_it_runs_without_that_intent() {
    let discord = FakeDiscord::start().await;
    discord.grants_no_privileged_intents();
    let channel = discord.guild("Climbing").channel("general");
    let _bot = BotUnderTest::binary(&discord).environment("LUMBAR_DISCORD__LISTENING", "mentions").start().await;

    discord.person("Ann").says(&channel, &format!("{} my back went out", discord.mention_of_the_bot())).await;

    bot_reply(&channel).await;
    discord.finish().await;
}

#[tokio::test]
async fn an_api_that_cannot_be_reached_is_told() {
    let discord = FakeDiscord::start().await;
    let mut bot =
        BotUnderTest::binary(&discord).environment("DISCORD_API_URL", "http://127.0.0.1:9").start_unconnected();

    let exit = bot.ends().await;

    assert_eq!(exit.code(), Some(69));
    assert!(complaint(&exit.says()).contains("DISCORD_API_URL"), "{exit}");
    discord.finish().await;
}

#[tokio::test]
async fn a_database_that_somebody_else_holds_is_told() {
    let discord = FakeDiscord::start().await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("held.db");
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let mut holder = SqliteConnection::connect_with(&options).await.expect("a database");
    holder.execute("CREATE TABLE held (x TEXT); BEGIN EXCLUSIVE;").await.expect("the lock");
    let url = format!("sqlite://{}", path.display());
    assert!(DatabaseAddress::parse(&url).is_ok());
    let mut bot = BotUnderTest::binary(&discord).environment("DATABASE_URL", &url).start_unconnected();

    let exit = bot.ends().await;

    assert_eq!(exit.code(), Some(75));
    assert!(complaint(&exit.says()).contains("held by another program"), "{exit}");
    discord.finish().await;
}

#[tokio::test]
async fn a_database_that_cannot_be_written_is_told() {
    let discord = FakeDiscord::start().await;
    let mut bot = BotUnderTest::binary(&discord)
        .file("a file", "not a folder")
        .environment("DATABASE_URL", "sqlite://a file/lumbar.db")
        .start_unconnected();

    let exit = bot.ends().await;

    assert_eq!(exit.code(), Some(74));
    assert!(complaint(&exit.says()).contains("cannot be opened"), "{exit}");
    discord.finish().await;
}

#[tokio::test]
async fn at_its_most_talkative_the_log_holds_no_word_of_a_message_and_no_token() {
    let discord = FakeDiscord::start().await;
    let channel = discord.guild("Climbing").channel("general");
    let ann = discord.person("Ann");
    let mut bot = BotUnderTest::binary(&discord).environment("LUMBAR_LOG__LEVEL", "debug").start().await;

    ann.says(&channel, "my back went out, said Zaphodia").await;
    bot_reply(&channel).await;
    ann.runs("/walk start").option("in", "Zaphodia").in_channel(&channel).await;
    let exit = bot.stops().await;

    assert!(exit.says().contains("answered"), "{exit}");
    assert!(!exit.says().contains("Zaphodia") && !exit.says().contains(&discord.token()), "{exit}");
    discord.finish().await;
}
