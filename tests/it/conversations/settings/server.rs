//! Language and listening.

use super::super::{ANSWER, lumbar_that_says, lumbar_without_content, minutes, tireless};
use super::{Scene, TRIGGER, URGENT, scene};
use crate::fake_discord::{FakeDiscord, bot_reply};

/// A bot that knows a few words of German, in a British server.
async fn with_german() -> Scene {
    let discord = FakeDiscord::start().await;
    let server = discord.guild("Climbing").locale("en-GB");
    let general = server.channel("general");
    let mona = discord.person("Mona").moderates(&server);
    let ann = discord.person("Ann");
    let words = "[settings]\nlanguage_name = \"Deutsch\"\n\n[button]\nbreathe = \"Atme mit mir\"\n";
    let bot = lumbar_that_says(&discord, tireless(), &[("de/_words.toml", words)]).await;
    Scene { discord, server, general, mona, ann, bot }
}

#[tokio::test]
async fn what_everybody_sees_is_in_the_language_that_was_chosen() {
    let it = with_german().await;

    let panel = it.chooses("Server", "Language of what everybody sees: Deutsch (de)").await;

    it.ann.says(&it.general, TRIGGER).await;
    assert!(bot_reply(&it.general).await.buttons().contains(&"Atme mit mir".to_owned()));
    it.ann.says(&it.general, URGENT).await;
    assert!(bot_reply(&it.general).await.text().contains("Call 112 now (Germany)"));
    let shared = it.ann.menu("First aid for this", &it.ann.says(&it.general, "well, my back went out").await).await;
    bot_reply(&it.general).await;
    assert!(!shared.text().is_empty());

    it.mona.chooses(&panel, "Language of what everybody sees: English (en)").await;
    it.discord.passes(minutes(1));
    it.ann.says(&it.general, URGENT).await;
    assert!(bot_reply(&it.general).await.text().contains("999 or 112"), "English, and still British");
    it.discord.finish().await;
}

#[tokio::test]
async fn a_server_can_be_heard_only_when_it_speaks_to_the_bot() {
    let it = scene().await;

    let panel = it.chooses("Server", "Listening: only when mentioned").await;

    it.is_silent_in(&it.general).await;
    it.ann.says(&it.general, &format!("{} {TRIGGER}", it.discord.mention_of_the_bot())).await;
    assert!(bot_reply(&it.general).await.text().contains(ANSWER));
    let help = it.ann.runs("/help").in_channel(&it.general).await;
    assert!(help.text().contains("I see a message when you mention me"), "{}", help.text());
    let elsewhere = it.discord.guild("Running").channel("general");
    it.is_answered_in(&elsewhere).await;

    it.mona.chooses(&panel, "Listening: to all messages").await;
    it.is_answered_in(&it.general).await;
    it.discord.finish().await;
}

#[tokio::test]
async fn a_server_cannot_widen_what_the_bot_may_hear() {
    let discord = FakeDiscord::start().await;
    let server = discord.guild("Climbing");
    let general = server.channel("general");
    let (mona, ann) = (discord.person("Mona").moderates(&server), discord.person("Ann"));
    let bot = lumbar_without_content(&discord).await;
    let it = Scene { discord, server, general, mona, ann, bot };

    let panel = it.page("Server").await;
    assert!(panel.text().contains("has switched off reading messages"), "{}", panel.text());
    it.mona.chooses(&panel, "Listening: to all messages").await;

    it.is_silent_in(&it.general).await;
    it.discord.finish().await;
}
