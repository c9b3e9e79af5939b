//! A new response: one command, one form, one press.

use super::{TOAST, drafts, lumbar, lumbar_on, moderated, publishes};
use crate::conversations::ailing_store::AilingStore;
use crate::fake_discord::{Permission, bot_reply};

#[tokio::test]
async fn a_moderator_adds_a_response_and_it_answers_the_very_next_message() {
    let (discord, channel, ann, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    let preview = drafts(&mia, &channel, &TOAST).await;
    preview.assert_private();
    insta::assert_snapshot!(preview.text());
    ann.says(&channel, "croissant mode").await;
    channel.stays_silent().await;

    let done = mia.presses(&preview, "Publish").await;
    assert!(done.changed_the_message());
    insta::assert_snapshot!(done.text());

    let said = ann.says(&channel, "ugh, croissant mode").await;
    let reply = bot_reply(&channel).await;
    reply.assert_refers_to(&said);
    assert!(reply.text().contains("Butter it."), "{}", reply.text());
    assert!(reply.text().contains("moderators of this server"), "{}", reply.text());
    discord.finish().await;
}

#[tokio::test]
async fn what_is_wrong_is_told_and_what_was_typed_is_kept() {
    let (discord, channel, ann, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    let long = "x".repeat(400);
    let wrong = [("Title", "Toast"), ("Phrases", "my back (is toast"), ("Answer", "It passes."), ("Tips", &*long)];
    let told = drafts(&mia, &channel, &wrong).await;
    insta::assert_snapshot!(told.text());

    let form = mia.presses(&told, "Edit again").await.form();
    assert_eq!(form.value("Phrases"), "my back (is toast");
    assert_eq!(form.value("Tips"), long);
    let preview = mia.submits(&form, &[("Phrases", "croissant mode"), ("Tips", "Rest.")]).await;
    mia.presses(&preview, "Publish").await;

    ann.says(&channel, "croissant mode").await;
    assert!(bot_reply(&channel).await.text().contains("It passes."));
    discord.finish().await;
}

#[tokio::test]
async fn a_discarded_draft_leaves_all_as_it_was() {
    let (discord, channel, ann, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    let preview = drafts(&mia, &channel, &TOAST).await;
    let gone = mia.presses(&preview, "Discard").await;
    assert!(gone.text().contains("Thrown away."), "{}", gone.text());

    ann.says(&channel, "croissant mode").await;
    channel.stays_silent().await;
    assert!(mia.runs("/responses history").in_channel(&channel).await.text().contains("Nothing was changed"));
    discord.finish().await;
}

#[tokio::test]
async fn a_phrase_that_is_watched_first_stays_silent_until_it_is_let_answer() {
    let (discord, channel, ann, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    let preview = drafts(&mia, &channel, &TOAST).await;
    mia.presses(&preview, "Watch first").await;
    ann.says(&channel, "croissant mode").await;
    channel.stays_silent().await;

    let shown = mia.runs("/responses show").option("name", "toast-is-it").in_channel(&channel).await;
    assert!(shown.text().contains("only watched"), "{}", shown.text());
    mia.presses(&shown, "Let it answer").await;
    ann.says(&channel, "croissant mode").await;
    assert!(bot_reply(&channel).await.text().contains("Butter it."));
    discord.finish().await;
}

#[tokio::test]
async fn a_draft_outlives_a_restart() {
    let (discord, channel, ann, mia) = moderated().await;
    let mut bot = lumbar(&discord).await;

    let preview = drafts(&mia, &channel, &TOAST).await;
    bot.is_killed().await;
    bot.starts_again().await;
    mia.presses(&preview, "Publish").await;

    ann.says(&channel, "croissant mode").await;
    assert!(bot_reply(&channel).await.text().contains("Butter it."));
    bot.is_killed().await;
    bot.starts_again().await;
    discord.passes(crate::conversations::minutes(60));
    ann.says(&channel, "croissant mode").await;
    assert!(bot_reply(&channel).await.text().contains("Butter it."), "and so does what was published");
    discord.finish().await;
}

#[tokio::test]
async fn a_draft_can_be_published_once() {
    let (discord, channel, _, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    let first = drafts(&mia, &channel, &TOAST).await;
    mia.presses(&first, "Publish").await;
    let second = drafts(&mia, &channel, &TOAST).await;
    let done = mia.presses(&second, "Publish").await;
    assert!(done.text().contains("toast-is-it-2"), "another one gets another name: {}", done.text());
    discord.finish().await;
}

#[tokio::test]
async fn a_phrase_that_is_too_broad_is_warned_of() {
    let (discord, channel, _, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    let broad = [("Title", "Back"), ("Phrases", "back"), ("Answer", "It passes.")];
    let preview = drafts(&mia, &channel, &broad).await;
    insta::assert_snapshot!(preview.text());
    discord.finish().await;
}

#[tokio::test]
async fn what_moderators_write_pings_nobody() {
    let (discord, channel, ann, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    let loud = [
        ("Title", "Toast @everyone"),
        ("Phrases", "croissant mode"),
        ("Answer", "@everyone <@&5> {user}, come to {channel} in {server}!"),
    ];
    publishes(&mia, &channel, &loud).await;
    ann.says(&channel, "croissant mode").await;
    let reply = bot_reply(&channel).await;
    reply.assert_pings_nobody();
    assert!(reply.text().contains("in Climbing!"), "{}", reply.text());
    assert!(reply.text().contains(&ann.mention()), "{}", reply.text());
    discord.finish().await;
}

#[tokio::test]
async fn only_moderators_may() {
    let (discord, _, ann, _) = moderated().await;
    let server = discord.guild("Rowing");
    let (channel, role) = (server.channel("general"), server.role("Staff").permits(Permission::ManageGuild));
    let mia = discord.person("Mia").has_role(&role);
    let _bot = lumbar(&discord).await;

    let preview = publishes(&mia, &channel, &TOAST).await;
    mia.loses_role(&role);
    let refused = mia.presses(&preview, "Undo").await;
    assert!(refused.text().contains("This is for moderators"), "{}", refused.text());
    ann.says(&channel, "croissant mode").await;
    bot_reply(&channel).await;
    discord.finish().await;
}

#[tokio::test]
async fn a_store_that_is_ill_loses_nothing_and_says_so() {
    let (discord, channel, _, mia) = moderated().await;
    let store = AilingStore::new();
    let _bot = lumbar_on(&discord, &store).await;

    let preview = drafts(&mia, &channel, &TOAST).await;
    discord.expects("an interaction failed");
    store.breaks();
    let sorry = mia.presses(&preview, "Publish").await;
    assert!(sorry.text().contains("Sorry"), "{}", sorry.text());
    store.recovers();
    let done = mia.presses(&preview, "Publish").await;
    assert!(done.text().contains("Done."), "{}", done.text());
    discord.finish().await;
}
