//! Discord says no.

use super::{ANSWER, TRIGGER, lumbar, somewhere};
use crate::fake_discord::{Failure, FakeDiscord, bot_reply, codes};

const MESSAGES: &str = "/channels/{id}/messages";

#[tokio::test]
async fn without_the_permission_for_embeds_the_answer_is_plain_text() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    discord.rest().next("POST", MESSAGES).fails_with(Failure::refused(codes::MISSING_PERMISSIONS));
    let said = ann.says(&channel, TRIGGER).await;

    let reply = bot_reply(&channel).await;
    reply.assert_refers_to(&said);
    reply.assert_pings_nobody();
    assert!(reply.message().body.embeds.is_empty());
    insta::assert_snapshot!(reply.text());
    discord.finish().await;
}

#[tokio::test]
async fn without_the_permission_to_read_the_history_the_answer_refers_to_nothing() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    discord.rest().next("POST", MESSAGES).fails_with(Failure::refused(codes::REPLY_WITHOUT_HISTORY));
    ann.says(&channel, TRIGGER).await;

    let reply = bot_reply(&channel).await;
    assert_eq!(reply.message().reference, None);
    assert!(reply.text().contains(ANSWER));
    discord.finish().await;
}

#[tokio::test]
async fn without_either_permission_the_answer_is_plain_text_that_refers_to_nothing() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    for refusal in [codes::MISSING_PERMISSIONS, codes::REPLY_WITHOUT_HISTORY] {
        discord.rest().next("POST", MESSAGES).fails_with(Failure::refused(refusal));
    }
    ann.says(&channel, TRIGGER).await;

    let reply = bot_reply(&channel).await;
    assert_eq!(reply.message().reference, None);
    assert!(reply.message().body.embeds.is_empty() && reply.text().contains(ANSWER));
    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn without_any_permission_it_gives_up_after_the_plainest_try() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    for _ in 0..2 {
        discord.rest().next("POST", MESSAGES).fails_with(Failure::refused(codes::MISSING_PERMISSIONS));
    }
    ann.says(&channel, TRIGGER).await;

    channel.stays_silent().await;
    assert_eq!(complaints(&discord), 1);
    discord.finish().await;
}

#[tokio::test]
async fn where_it_may_not_speak_it_says_so_once_in_its_log_and_does_not_insist() {
    for refusal in [codes::MISSING_ACCESS, codes::UNKNOWN_CHANNEL, codes::BLOCKED_BY_AUTOMOD] {
        let (discord, channel, ann) = somewhere().await;
        let _bot = lumbar(&discord).await;

        discord.rest().next("POST", MESSAGES).fails_with(Failure::refused(refusal));
        ann.says(&channel, TRIGGER).await;

        channel.stays_silent().await;
        assert_eq!(discord.rest().requests_to("POST", MESSAGES).len(), 1);
        assert_eq!(complaints(&discord), 1, "{:?}", discord.log());
        discord.finish().await;
    }
}

/// The warnings in the log.
fn complaints(discord: &FakeDiscord) -> usize {
    discord.log().iter().filter(|line| line.starts_with("WARN") && line.contains("not answered")).count()
}
