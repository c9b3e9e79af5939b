//! How long the bot keeps quiet after an answer.

use std::time::Duration;

use super::super::{TRIGGER, lumbar, minutes};
use super::{Scene, URGENT, assert_changed, scene};
use crate::fake_discord::{FakeDiscord, bot_reply};

/// The scene with a bot that rests as it comes out of the box.
async fn at_rest() -> Scene {
    let discord = FakeDiscord::start().await;
    let server = discord.guild("Climbing");
    let general = server.channel("general");
    let mona = discord.person("Mona").moderates(&server);
    let ann = discord.person("Ann");
    let bot = lumbar(&discord).await;
    Scene { discord, server, general, mona, ann, bot }
}

#[tokio::test]
async fn the_rest_for_a_person_can_be_longer_or_none() {
    let it = at_rest().await;
    let other = it.server.channel("other");

    let panel = it.chooses("Rest", "Same person, same topic: 1 h").await;
    it.is_answered_in(&it.general).await;
    it.discord.passes(minutes(59));
    it.is_silent_in(&other).await;
    it.discord.passes(minutes(1));
    it.is_answered_in(&other).await;

    assert_changed(&it.mona.chooses(&panel, "Same person, same topic: off").await);
    it.discord.passes(minutes(60));
    it.is_answered_in(&it.general).await;
    it.is_answered_in(&other).await;
    it.discord.finish().await;
}

#[tokio::test]
async fn the_rest_of_a_channel_can_be_none_or_as_usual() {
    let it = at_rest().await;
    let (ben, cem) = (it.discord.person("Ben"), it.discord.person("Cem"));

    let panel = it.chooses("Rest", "Same channel: off").await;
    it.is_answered_in(&it.general).await;
    ben.says(&it.general, TRIGGER).await;
    bot_reply(&it.general).await;

    let panel = it.mona.chooses(&panel, "Same channel: as usual (30 s)").await;
    assert!(panel.text().contains("**Same channel:** as usual (30 s)"), "{}", panel.text());
    it.discord.passes(Duration::from_secs(30));
    it.discord.person("Dan").says(&it.general, TRIGGER).await;
    bot_reply(&it.general).await;
    cem.says(&it.general, TRIGGER).await;
    it.general.stays_silent().await;
    it.discord.finish().await;
}

#[tokio::test]
async fn a_topic_can_rest_in_the_whole_server() {
    let it = at_rest().await;
    let (other, ben) = (it.server.channel("other"), it.discord.person("Ben"));

    it.chooses("Rest", "Same topic, whole server: 5 min").await;

    it.is_answered_in(&it.general).await;
    ben.says(&other, TRIGGER).await;
    other.stays_silent().await;
    it.discord.passes(minutes(5));
    ben.says(&other, TRIGGER).await;
    bot_reply(&other).await;
    it.discord.finish().await;
}

#[tokio::test]
async fn a_server_gets_no_more_answers_than_it_wants_but_each_warning() {
    let it = scene().await;

    let panel = it.chooses("Rest", "Most answers, whole server: 2 in 10 min").await;

    it.is_answered_in(&it.general).await;
    it.is_answered_in(&it.general).await;
    it.is_silent_in(&it.general).await;
    it.ann.says(&it.general, URGENT).await;
    bot_reply(&it.general).await;
    it.discord.passes(minutes(10));
    it.is_answered_in(&it.general).await;

    assert_changed(&it.mona.chooses(&panel, "Most answers, whole server: off").await);
    for _ in 0..4 {
        it.is_answered_in(&it.general).await;
    }
    it.discord.finish().await;
}
