//! Sessions: begun, refused, lost, resumed, ended, flooded.

use serenity::all::GatewayIntents;

use super::{sample_bot, somewhere};
use crate::fake_discord::gateway::dispatch_frame;
use crate::fake_discord::{BotUnderTest, Exit, FakeDiscord, bot_reply};

#[tokio::test]
async fn a_refused_intent_closes_with_4014_and_ends_the_bot() {
    let discord = FakeDiscord::start().await;
    discord.grants_no_privileged_intents();
    discord.expects("DisallowedGatewayIntents");
    discord.expects("Disallowed gateway intents");
    let mut bot = BotUnderTest::in_process_unconnected(&discord, sample_bot::run);
    assert!(matches!(bot.ends().await, Exit::Returned(Err(error)) if error.contains("Disallowed")));
    discord.finish().await;
}

#[tokio::test]
async fn a_wrong_token_closes_with_4004() {
    let discord = FakeDiscord::start().await;
    discord.expects("InvalidAuthentication");
    discord.expects("invalid authentication");
    let mut bot = BotUnderTest::in_process_unconnected(&discord, |mut address| {
        address.token = "Bot wrong.token.here".to_owned();
        sample_bot::run(address)
    });
    assert!(matches!(bot.ends().await, Exit::Returned(Err(_))));
    discord.finish().await;
}

#[tokio::test]
async fn without_the_content_intent_only_mentions_and_direct_messages_are_readable() {
    let discord = FakeDiscord::start().await;
    discord.grants_no_privileged_intents();
    let channel = discord.guild("Climbing").channel("general");
    let ann = discord.person("Ann");
    let intents = GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    let _bot = BotUnderTest::in_process(&discord, move |address| sample_bot::run_with(address, intents)).await;
    ann.says(&channel, "ping").await;
    channel.stays_silent().await;
    ann.says(&ann.direct_messages(), "ping").await;
    let reply = bot_reply(&ann.direct_messages()).await;
    ann.replies_to(&reply, "ping").await;
    bot_reply(&ann.direct_messages()).await;
    discord.finish().await;
}

#[tokio::test]
async fn a_lost_connection_is_resumed_and_what_was_missed_is_replayed() {
    let (discord, _bot, channel, ann) = somewhere().await;
    discord.settles().await;
    discord.gateway().breaks_off();
    ann.says(&channel, "ping").await;
    discord.gateway().wait_for_resume(1).await;
    bot_reply(&channel).await;
    assert_eq!(discord.gateway().identifies().len(), 1);
    discord.finish().await;
}

#[tokio::test]
async fn a_request_to_reconnect_is_followed_by_a_resume() {
    let (discord, _bot, channel, ann) = somewhere().await;
    discord.gateway().asks_to_reconnect();
    discord.gateway().wait_for_resume(1).await;
    ann.says(&channel, "ping").await;
    bot_reply(&channel).await;
    discord.finish().await;
}

#[tokio::test]
async fn a_bot_that_stops_closes_its_connection() {
    let (discord, mut bot, _channel, _ann) = somewhere().await;
    discord.settles().await;
    assert_eq!(bot.stops().await, Exit::Returned(Ok(())));
    assert_eq!(discord.gateway().closed_by_bot()[0].code, Some(1000));
    discord.finish().await;
}

#[tokio::test]
async fn a_killed_bot_leaves_nothing_running_and_can_start_again() {
    let (discord, mut bot, channel, ann) = somewhere().await;
    discord.settles().await;
    bot.is_killed().await;
    ann.says(&channel, "ping").await;
    bot.starts_again().await;
    channel.stays_silent().await;
    ann.says(&channel, "ping").await;
    bot_reply(&channel).await;
    assert_eq!(discord.gateway().identifies().len(), 2);
    discord.finish().await;
}

#[tokio::test]
async fn a_flood_passes_and_the_bot_answers_after_it() {
    let (discord, _bot, channel, ann) = somewhere().await;
    discord.settles().await;
    let said = ann.says(&channel, "chatter").await;
    let chatter = discord.wire_of(&said);
    let first = discord.gateway().reserve_sequence_numbers(2000);
    let frames = (first..first + 2000).map(|number| dispatch_frame(number, "MESSAGE_CREATE", &chatter));
    discord.gateway().flood(frames).await;
    ann.says(&channel, "ping").await;
    bot_reply(&channel).await;
    discord.finish().await;
}
