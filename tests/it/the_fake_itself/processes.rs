//! Bots as processes of their own, with a shell in the bot's place.

use super::has;
use crate::fake_discord::{BotUnderTest, FakeDiscord};

async fn shell(discord: &FakeDiscord, script: &str) -> BotUnderTest {
    BotUnderTest::binary(discord).program("sh").argument("-c").argument(script).start_unconnected()
}

#[tokio::test]
async fn exit_code_and_standard_error_are_told() {
    let discord = FakeDiscord::start().await;
    let mut bot = shell(&discord, "echo \"$DISCORD_API_URL\" >&2; exit 78").await;
    let exit = bot.ends().await;
    assert_eq!((exit.code(), exit.says().trim()), (Some(78), discord.api_url().as_str()));
    discord.finish().await;
}

#[tokio::test]
async fn errors_on_standard_error_are_noticed() {
    let discord = FakeDiscord::start().await;
    shell(&discord, "echo '2026-01-01 ERROR lumbar: it broke' >&2").await.ends().await;
    assert!(has(&discord.faults().await, "it broke"));
    discord.abandon();
}

#[tokio::test]
async fn signals_arrive_and_data_outlives_a_restart() {
    let discord = FakeDiscord::start().await;
    let script = "trap 'exit 7' TERM; touch log; echo started >&2; while :; do sleep 0.01; done";
    let mut bot = shell(&discord, script).await;
    bot.writes("started").await;
    assert_eq!(bot.stops().await.code(), Some(7));
    assert!(bot.data_folder().join("log").exists());
    bot.starts_again_unconnected();
    bot.is_killed().await;
    discord.finish().await;
}
