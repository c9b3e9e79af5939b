//! What the bot may not do where it is to speak.

use super::scene;
use crate::fake_discord::{Failure, Permission, codes};

#[tokio::test]
async fn a_missing_permission_is_shown_beside_its_channel_and_only_where_it_matters() {
    let it = scene().await;
    let other = it.server.channel("other");
    it.general.denies_the_bot(Permission::EmbedLinks);
    other.denies_the_bot(Permission::SendMessages).denies_the_bot(Permission::ReadMessageHistory);
    it.server.channel("hidden").denies_the_bot(Permission::ViewChannel);
    it.server.forum("questions").denies_the_bot(Permission::SendMessagesInThreads);

    let panel = it.page("Where").await;
    insta::assert_snapshot!(panel.text());

    let after = it.mona.selects(&panel, "Channels and categories where I stay silent").channels([&other]).await;
    assert!(!after.text().contains("Read Message History"), "{}", after.text());
    other.allows_the_bot(Permission::SendMessages);
    it.discord.finish().await;
}

#[tokio::test]
async fn reactions_are_missed_where_the_bot_is_to_react() {
    let it = scene().await;
    it.general.denies_the_bot(Permission::AddReactions);

    let before = it.page("How").await;
    assert!(!before.text().contains("Add Reactions"), "{}", before.text());
    let after = it.mona.chooses(&before, "Everywhere: only a reaction").await;

    assert!(after.text().contains("#general: *Add Reactions*"), "{}", after.text());
    it.discord.finish().await;
}

#[tokio::test]
async fn without_the_channels_the_panel_works_and_says_so() {
    let it = scene().await;

    it.discord.rest().next("GET", "/guilds/{id}").fails_with(Failure::refused(codes::MISSING_ACCESS));
    let panel = it.mona.runs("/settings").in_channel(&it.general).await;
    assert!(panel.text().contains("Discord did not tell me about the channels"), "{}", panel.text());
    it.discord.rest().next("GET", "/guilds/{id}/channels").fails_with(Failure::refused(codes::MISSING_ACCESS));
    super::assert_changed(&it.mona.presses(&panel, "Threads: on").await);

    it.is_silent_in(&it.general.thread("a talk")).await;
    it.discord.finish().await;
}

#[tokio::test]
async fn a_discord_that_dawdles_does_not_keep_the_panel_for_long() {
    let it = scene().await;

    let gate = it.discord.rest().next("GET", "/guilds/{id}").waits_for_a_gate();
    let panel = it.mona.runs("/settings").in_channel(&it.general).await;

    assert!(panel.was_deferred());
    assert!(panel.text().contains("Discord did not tell me about the channels"), "{}", panel.text());
    gate.opens();
    it.discord.finish().await;
}
