//! Where the bot speaks, and whom it leaves alone.

use super::{TRIGGER, URGENT, assert_changed, scene};
use crate::fake_discord::{Failure, bot_reply, codes};

const SILENT_IN: &str = "Channels and categories where I stay silent";
const SPEAKS_IN: &str = "Channels and categories where I speak";
const ROLES: &str = "Roles that I leave alone";

#[tokio::test]
async fn the_panel_shows_how_everything_is() {
    let it = scene().await;

    let panel = it.mona.runs("/settings").in_channel(&it.general).await;

    panel.assert_private();
    insta::assert_snapshot!(panel.text());
    it.discord.finish().await;
}

#[tokio::test]
async fn a_channel_that_is_left_out_gets_no_answer_from_the_next_message_on() {
    let it = scene().await;
    let other = it.server.channel("other");
    it.is_answered_in(&it.general).await;

    let panel = it.page("Where").await;
    let after = it.mona.selects(&panel, SILENT_IN).channels([&it.general]).await;

    assert_changed(&after);
    assert_eq!(after.select(SILENT_IN).values(), ["#general"]);
    it.is_silent_in(&it.general).await;
    it.is_silent_in(&it.general.thread("a talk")).await;
    it.is_answered_in(&other).await;

    let again = it.mona.selects(&after, SILENT_IN).nothing().await;
    assert_changed(&again);
    it.is_answered_in(&it.general).await;
    it.discord.finish().await;
}

#[tokio::test]
async fn a_category_stands_for_its_channels() {
    let it = scene().await;
    let category = it.server.category("Work");
    let (office, lounge) = (category.channel("office"), it.server.channel("lounge"));

    let panel = it.page("Where").await;
    assert_changed(&it.mona.selects(&panel, SILENT_IN).channels([&category]).await);

    it.is_silent_in(&office).await;
    it.is_silent_in(&office.thread("a talk")).await;
    it.is_answered_in(&lounge).await;
    it.discord.finish().await;
}

#[tokio::test]
async fn it_can_speak_only_where_it_is_told_to() {
    let it = scene().await;
    let help = it.server.channel("help");

    let panel = it.page("Where").await;
    let nowhere = it.mona.presses(&panel, "Channels: all but those below").await;
    assert!(nowhere.text().contains("I speak nowhere in this server"), "{}", nowhere.text());
    it.is_silent_in(&help).await;
    let somewhere = it.mona.selects(&nowhere, SPEAKS_IN).channels([&help]).await;

    assert!(!somewhere.text().contains("nowhere"));
    it.is_answered_in(&help).await;
    it.is_answered_in(&help.thread("a talk")).await;
    it.is_silent_in(&it.general).await;
    it.discord.finish().await;
}

#[tokio::test]
async fn threads_and_posts_can_be_left_out() {
    let it = scene().await;
    let (thread, forum) = (it.general.thread("a talk"), it.server.forum("questions"));
    let (post, _) = it.ann.posts(&forum, "Help", "hello").await;
    it.is_answered_in(&thread).await;
    it.is_answered_in(&post).await;

    let panel = it.page("Where").await;
    let panel = it.mona.presses(&panel, "Threads: on").await;
    assert!(panel.buttons().contains(&"Threads: off".to_owned()));
    it.is_silent_in(&thread).await;
    it.is_answered_in(&post).await;
    let panel = it.mona.presses(&panel, "Forum posts: on").await;
    it.is_silent_in(&post).await;
    let (another, _) = it.ann.posts(&forum, "More help", TRIGGER).await;
    another.stays_silent().await;
    it.is_answered_in(&it.general).await;

    it.mona.presses(&panel, "Threads: off").await;
    it.is_answered_in(&thread).await;
    it.discord.finish().await;
}

#[tokio::test]
async fn whoever_has_a_role_that_is_left_alone_gets_no_answer() {
    let it = scene().await;
    let quiet = it.server.role("Leave me be");
    let ben = it.discord.person("Ben").has_role(&quiet);

    let panel = it.page("Where").await;
    let after = it.mona.selects(&panel, ROLES).roles([&quiet]).await;

    assert_eq!(after.select(ROLES).values(), ["@Leave me be"]);
    ben.says(&it.general, TRIGGER).await;
    it.general.stays_silent().await;
    it.is_answered_in(&it.general).await;
    ben.loses_role(&quiet);
    ben.says(&it.general, TRIGGER).await;
    bot_reply(&it.general).await;
    it.discord.finish().await;
}

#[tokio::test]
async fn where_discord_does_not_tell_what_a_channel_is_only_a_warning_sign_is_answered() {
    let it = scene().await;
    let other = it.server.channel("other");
    let panel = it.page("Where").await;
    it.mona.selects(&panel, SILENT_IN).channels([&other]).await;

    it.discord.rest().next("GET", "/channels/{id}").fails_with(Failure::refused(codes::MISSING_ACCESS));
    it.is_silent_in(&it.general).await;
    it.discord.rest().next("GET", "/channels/{id}").fails_with(Failure::refused(codes::MISSING_ACCESS));
    it.ann.says(&it.general, URGENT).await;
    bot_reply(&it.general).await;

    it.is_answered_in(&it.general).await;
    it.discord.finish().await;
}
