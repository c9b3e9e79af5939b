//! How the bot comes to hear: all messages, or only what is addressed to it.

use super::{ANSWER, TRIGGER, lumbar, lumbar_without_content, somewhere};
use crate::fake_discord::bot_reply;

const GUILD_MESSAGES: u64 = 1 << 9;
const DIRECT_MESSAGES: u64 = 1 << 12;
const MESSAGE_CONTENT: u64 = 1 << 15;

#[tokio::test]
async fn it_asks_for_messages_and_what_they_say_and_for_nothing_else() {
    let (discord, _, _) = somewhere().await;
    let _bot = lumbar(&discord).await;

    let asked: Vec<u64> = discord.gateway().identifies().iter().map(|it| it.intents).collect();

    assert_eq!(asked, [GUILD_MESSAGES | DIRECT_MESSAGES | MESSAGE_CONTENT]);
    discord.finish().await;
}

#[tokio::test]
async fn without_content_it_needs_no_privileged_intent() {
    let (discord, _, _) = somewhere().await;
    discord.grants_no_privileged_intents();
    let _bot = lumbar_without_content(&discord).await;

    let asked: Vec<u64> = discord.gateway().identifies().iter().map(|it| it.intents).collect();

    assert_eq!(asked, [GUILD_MESSAGES | DIRECT_MESSAGES]);
    discord.finish().await;
}

#[tokio::test]
async fn without_content_a_mention_is_answered() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar_without_content(&discord).await;

    let said = ann.says(&channel, &format!("{} {TRIGGER}", discord.mention_of_the_bot())).await;

    let reply = bot_reply(&channel).await;
    reply.assert_refers_to(&said);
    assert!(reply.text().contains(ANSWER));
    discord.finish().await;
}

#[tokio::test]
async fn without_content_a_reply_to_the_bot_is_answered() {
    let (discord, channel, ann) = somewhere().await;
    let ben = discord.person("Ben");
    let _bot = lumbar_without_content(&discord).await;

    ann.says(&channel, &discord.mention_of_the_bot()).await;
    let hello = bot_reply(&channel).await;
    discord.passes(super::minutes(1));
    let said = ben.replies_to(&hello, TRIGGER).await;

    bot_reply(&channel).await.assert_refers_to(&said);
    discord.finish().await;
}

#[tokio::test]
async fn without_content_direct_messages_and_commands_are_answered() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar_without_content(&discord).await;

    ann.says(&ann.direct_messages(), TRIGGER).await;
    assert!(bot_reply(&ann.direct_messages()).await.text().contains(ANSWER));
    let help = ann.runs("/help").in_channel(&channel).await;

    assert!(help.text().contains("I see a message when you mention me"), "{}", help.text());
    discord.finish().await;
}

#[tokio::test]
async fn without_content_what_is_said_to_others_stays_unheard() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar_without_content(&discord).await;

    ann.says(&channel, TRIGGER).await;

    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn who_speaks_to_the_bot_about_something_else_is_greeted_once() {
    let (discord, channel, ann) = somewhere().await;
    let other = discord.guild("Running").channel("general");
    let _bot = lumbar(&discord).await;

    let said = ann.says(&channel, &format!("{} what can you do?", discord.mention_of_the_bot())).await;
    let hello = bot_reply(&channel).await;
    hello.assert_refers_to(&said);
    hello.assert_pings_nobody();
    insta::assert_snapshot!(hello.text());

    ann.says(&other, &format!("{} and now?", discord.mention_of_the_bot())).await;
    other.stays_silent().await;
    discord.finish().await;
}
