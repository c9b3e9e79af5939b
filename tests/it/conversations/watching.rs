//! Phrases that are only watched: silent, counted, shown, and let loose by one press.

use std::time::Duration;

use super::ailing_store::AilingStore;
use super::servers::{has_response, has_settings, tireless};
use super::{lumbar_on, minutes};
use crate::fake_discord::{BotUnderTest, Channel, FakeDiscord, Person, Server, bot_reply};

const WATCHED: &str = "toast mode engaged";
const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// A server that watches a phrase, with Ann in it and Mia, who moderates it.
struct Scene {
    discord: FakeDiscord,
    server: Server,
    channel: Channel,
    log: Channel,
    ann: Person,
    mia: Person,
    _bot: BotUnderTest,
}

async fn watching(phrases: &[(&str, bool)]) -> Scene {
    let (discord, store) = (FakeDiscord::start().await, AilingStore::new());
    let server = discord.guild("Climbing");
    let (channel, log) = (server.channel("general"), server.channel("log"));
    let (ann, mia) = (discord.person("Ann"), discord.person("Mia").moderates(&server));
    has_settings(&*store, &server, tireless(Some(&log))).await;
    has_response(&*store, &server, "toast", phrases).await;
    let bot = lumbar_on(&discord, &store).await;
    Scene { discord, server, channel, log, ann, mia, _bot: bot }
}

#[tokio::test]
async fn a_watched_phrase_is_silent_counted_and_let_loose_by_one_press() {
    let scene = watching(&[(WATCHED, true)]).await;
    let Scene { discord, server, channel, log, ann, mia, .. } = &scene;
    let first = ann.says(channel, WATCHED).await;
    channel.stays_silent().await;
    discord.passes(minutes(1));
    let second = ann.says(channel, WATCHED).await;
    channel.stays_silent().await;

    let digest = mia.runs("/responses watched").in_channel(channel).await;

    digest.assert_private();
    let text = digest.text();
    assert!(text.contains("Would have answered in 7 days: 2."), "{text}");
    let link = |message: u64| format!("https://discord.com/channels/{}/{}/{message}", server.id, channel.id);
    let (newest, oldest) = (text.find(&link(second.id)), text.find(&link(first.id)));
    assert!(newest.is_some() && newest < oldest, "{text}");
    assert_eq!(digest.buttons(), ["Let it answer: toast", "Discard: toast"]);

    mia.presses(&digest, "Let it answer: toast").await;
    assert!(bot_reply(log).await.text().contains("now answers"));
    ann.says(channel, WATCHED).await;
    let reply = bot_reply(channel).await;
    assert!(reply.text().contains("All about toast."), "{}", reply.text());
    let nothing = mia.runs("/responses watched").in_channel(channel).await;
    assert!(nothing.text().starts_with("No phrase is only watched."), "{}", nothing.text());
    scene.discord.finish().await;
}

#[tokio::test]
async fn watched_phrases_are_discarded_and_what_answers_stays() {
    let scene = watching(&[(WATCHED, true), ("noodle mode engaged", false)]).await;
    let Scene { channel, log, ann, mia, .. } = &scene;

    let digest = mia.runs("/responses watched").in_channel(channel).await;
    mia.presses(&digest, "Discard: toast").await;
    bot_reply(log).await;

    ann.says(channel, WATCHED).await;
    channel.stays_silent().await;
    ann.says(channel, "noodle mode engaged").await;
    bot_reply(channel).await;
    let nothing = mia.runs("/responses watched").in_channel(channel).await;
    assert!(nothing.text().starts_with("No phrase is only watched."), "{}", nothing.text());
    scene.discord.finish().await;
}

#[tokio::test]
async fn the_log_gets_a_digest_once_a_week() {
    let scene = watching(&[(WATCHED, true)]).await;
    let Scene { discord, channel, log, ann, .. } = &scene;
    for _ in 0..3 {
        ann.says(channel, WATCHED).await;
        channel.stays_silent().await;
    }
    log.stays_silent().await;

    discord.passes(WEEK);
    ann.says(channel, WATCHED).await;
    let digest = bot_reply(log).await;

    digest.assert_pings_nobody();
    insta::assert_snapshot!(digest.text());
    ann.says(channel, WATCHED).await;
    channel.stays_silent().await;
    log.stays_silent().await;
    scene.discord.finish().await;
}

#[tokio::test]
async fn what_would_not_have_been_answered_is_not_counted() {
    let scene = watching(&[(WATCHED, true)]).await;
    let Scene { discord, channel, ann, mia, .. } = &scene;
    let help = ann.runs("/help").in_channel(channel).await;
    let more = ann.presses(&help, "More").await;
    ann.presses(&more, "Leave me alone").await;
    discord.passes(minutes(1));

    ann.says(channel, WATCHED).await;
    channel.stays_silent().await;

    let digest = mia.runs("/responses watched").in_channel(channel).await;
    assert!(digest.text().contains("Would have answered in 7 days: 0."), "{}", digest.text());
    scene.discord.finish().await;
}
