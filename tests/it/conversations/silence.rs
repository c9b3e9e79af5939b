//! Whom and what the bot never answers.

use super::{TRIGGER, lumbar, somewhere};
use crate::fake_discord::bot_reply;

#[tokio::test]
async fn other_bots_are_not_answered() {
    let (discord, channel, _) = somewhere().await;
    let robot = discord.person("Robot").bot();
    let _bot = lumbar(&discord).await;

    robot.says(&channel, TRIGGER).await;
    robot.says(&channel, &format!("{} {TRIGGER}", discord.mention_of_the_bot())).await;

    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn webhooks_are_not_answered() {
    let (discord, channel, _) = somewhere().await;
    let _bot = lumbar(&discord).await;

    channel.hears_from_a_webhook(TRIGGER);

    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn what_discord_itself_posts_is_not_answered() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    for joined_pinned_or_renamed in [7, 6, 4] {
        channel.hears_from_discord(joined_pinned_or_renamed, &ann, TRIGGER);
    }

    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn the_bot_does_not_answer_itself() {
    let (discord, channel, _) = somewhere().await;
    let _bot = lumbar(&discord).await;

    discord.the_bot().says(&channel, TRIGGER).await;
    assert_eq!(bot_reply(&channel).await.text(), TRIGGER, "its own words");

    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn commands_meant_for_other_bots_are_not_answered() {
    let (discord, channel, ann) = somewhere().await;
    let dj = discord.person("DJ").bot();
    let _bot = lumbar(&discord).await;

    for command in
        ["!note my back went out", "/remind my back went out", "?tag my back went out", "$rank my back went out"]
    {
        ann.says(&channel, command).await;
    }
    ann.says(&channel, &format!("{} my back went out", dj.mention())).await;

    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn chatter_is_not_answered() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    for chatter in
        ["good morning", "I'll be back in an hour", "my back garden is lovely", "the power went out", "", "😀"]
    {
        ann.says(&channel, chatter).await;
    }

    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn thanks_to_the_bot_need_no_answer() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    ann.says(&channel, TRIGGER).await;
    let reply = bot_reply(&channel).await;
    ann.replies_to(&reply, "thanks!").await;

    channel.stays_silent().await;
    discord.finish().await;
}
