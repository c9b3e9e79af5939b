//! Where the bot hears people.

use super::{ANSWER, TRIGGER, lumbar, somewhere};
use crate::fake_discord::bot_reply;

#[tokio::test]
async fn a_thread_is_heard() {
    let (discord, channel, ann) = somewhere().await;
    let thread = channel.thread("Sore today");
    let _bot = lumbar(&discord).await;

    let said = ann.says(&thread, TRIGGER).await;

    let reply = bot_reply(&thread).await;
    reply.assert_refers_to(&said);
    assert!(reply.text().contains(ANSWER));
    discord.finish().await;
}

#[tokio::test]
async fn a_thread_that_begins_while_the_bot_runs_is_heard() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    let thread = channel.thread("Sore today");
    ann.says(&thread, TRIGGER).await;

    bot_reply(&thread).await;
    discord.finish().await;
}

#[tokio::test]
async fn a_post_in_a_forum_is_heard() {
    let (discord, _, ann) = somewhere().await;
    let forum = discord.guild("Running").forum("injuries");
    let _bot = lumbar(&discord).await;

    let (post, said) = ann.posts(&forum, "Help", TRIGGER).await;

    bot_reply(&post).await.assert_refers_to(&said);
    discord.finish().await;
}

#[tokio::test]
async fn a_direct_message_is_heard() {
    let (discord, _, ann) = somewhere().await;
    let private = ann.direct_messages();
    let _bot = lumbar(&discord).await;

    let said = ann.says(&private, TRIGGER).await;

    let reply = bot_reply(&private).await;
    reply.assert_refers_to(&said);
    assert!(reply.text().contains(ANSWER));
    discord.finish().await;
}

#[tokio::test]
async fn a_reply_to_somebody_else_is_heard() {
    let (discord, channel, ann) = somewhere().await;
    let ben = discord.person("Ben");
    let _bot = lumbar(&discord).await;

    let asked = ben.says(&channel, "how are you?").await;
    let said = ann.replies_to(&asked, TRIGGER).await;

    bot_reply(&channel).await.assert_refers_to(&said);
    discord.finish().await;
}

#[tokio::test]
async fn what_was_said_while_the_connection_was_gone_is_answered_once_it_is_back() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    discord.gateway().breaks_off();
    let said = ann.says(&channel, TRIGGER).await;
    discord.gateway().wait_for_resume(1).await;

    bot_reply(&channel).await.assert_refers_to(&said);
    channel.stays_silent().await;
    discord.finish().await;
}
