//! What ships with the bot is reworded, extended, switched off, brought back.

use super::{TOAST, drafts, lumbar, lumbar_with, moderated, publishes, runs, tireless};
use crate::conversations::{ANSWER, TRIGGER};
use crate::fake_discord::bot_reply;

#[tokio::test]
async fn a_response_that_ships_can_be_reworded_and_brought_back() {
    let (discord, channel, ann, mia) = moderated().await;
    let _bot = lumbar_with(&discord, tireless()).await;

    let form = runs(&mia, &channel, "/responses edit", "back-went-out").await.form();
    assert_eq!(form.value("Title"), ANSWER);
    let preview = mia.submits(&form, &[("Title", "It locked up, friend.")]).await;
    mia.presses(&preview, "Publish").await;
    ann.says(&channel, TRIGGER).await;
    assert!(bot_reply(&channel).await.text().contains("It locked up, friend."));
    let private = ann.runs("/back help").in_channel(&channel).await;
    assert!(private.text().contains("It locked up, friend."), "commands say the same: {}", private.text());

    runs(&mia, &channel, "/responses reset", "back-went-out").await;
    ann.says(&channel, TRIGGER).await;
    assert!(bot_reply(&channel).await.text().contains(ANSWER));
    discord.finish().await;
}

#[tokio::test]
async fn a_response_that_ships_takes_more_phrases() {
    let (discord, channel, ann, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    let form = runs(&mia, &channel, "/responses edit", "back-went-out").await.form();
    assert_eq!(form.value("Phrases"), "", "those that ship are not listed");
    let preview = mia.submits(&form, &[("Phrases", "croissant mode")]).await;
    mia.presses(&preview, "Publish").await;
    ann.says(&channel, "croissant mode").await;
    assert!(bot_reply(&channel).await.text().contains(ANSWER));
    discord.finish().await;
}

#[tokio::test]
async fn a_response_that_is_off_stays_silent() {
    let (discord, channel, ann, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    let done = runs(&mia, &channel, "/responses off", "back-went-out").await;
    ann.says(&channel, TRIGGER).await;
    channel.stays_silent().await;
    assert!(ann.runs("/back help").in_channel(&channel).await.text().contains(ANSWER), "commands still work");

    mia.presses(&done, "Undo").await;
    ann.says(&channel, TRIGGER).await;
    bot_reply(&channel).await;
    discord.finish().await;
}

#[tokio::test]
async fn the_warning_signs_are_never_off_and_never_lose_whom_to_call() {
    let (discord, channel, ann, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    let refused = runs(&mia, &channel, "/responses off", "red-flags").await;
    assert!(refused.text().contains("never switched off"), "{}", refused.text());
    let form = runs(&mia, &channel, "/responses edit", "red-flags").await.form();
    let fields = [("Answer", "Our nurses are in the first-aid channel."), ("Phrases", "cauda equina")];
    let preview = mia.submits(&form, &fields).await;
    mia.presses(&preview, "Publish").await;

    ann.says(&channel, "my back went out and I can't feel my legs").await;
    let reply = bot_reply(&channel).await;
    assert!(reply.text().contains("Call 911 now"), "{}", reply.text());
    assert!(reply.text().contains("Our nurses"), "{}", reply.text());
    discord.finish().await;
}

#[tokio::test]
async fn a_response_of_the_servers_own_can_be_removed() {
    let (discord, channel, ann, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    publishes(&mia, &channel, &TOAST).await;
    let kept = runs(&mia, &channel, "/responses remove", "sleep").await;
    assert!(kept.text().contains("ships with Lumbar"), "{}", kept.text());
    let removed = runs(&mia, &channel, "/responses remove", "toast-is-it").await;
    ann.says(&channel, "croissant mode").await;
    channel.stays_silent().await;

    mia.presses(&removed, "Undo").await;
    ann.says(&channel, "croissant mode").await;
    bot_reply(&channel).await;
    discord.finish().await;
}

#[tokio::test]
async fn of_two_who_edit_the_same_response_the_second_is_told() {
    let (discord, channel, ann, mia) = moderated().await;
    let noa = discord.person("Noa").moderator();
    let _bot = lumbar(&discord).await;

    publishes(&mia, &channel, &TOAST).await;
    let of_mia = runs(&mia, &channel, "/responses edit", "toast-is-it").await.form();
    let of_noa = runs(&noa, &channel, "/responses edit", "toast-is-it").await.form();
    let preview = mia.submits(&of_mia, &[("Answer", "From Mia.")]).await;
    mia.presses(&preview, "Publish").await;
    let told = noa.submits(&of_noa, &[("Answer", "From Noa.")]).await;
    assert!(told.text().contains("Somebody else changed this"), "{}", told.text());

    ann.says(&channel, "croissant mode").await;
    assert!(bot_reply(&channel).await.text().contains("From Mia."), "nothing was overwritten");
    let again = noa.presses(&told, "Edit again").await.form();
    assert_eq!(again.value("Answer"), "From Noa.", "and nothing that was typed is lost");
    let preview = noa.submits(&again, &[]).await;
    assert!(noa.presses(&preview, "Publish").await.text().contains("Done."));
    discord.finish().await;
}

#[tokio::test]
async fn of_two_previews_of_the_same_response_the_second_is_told() {
    let (discord, channel, _, mia) = moderated().await;
    let noa = discord.person("Noa").moderator();
    let _bot = lumbar(&discord).await;

    publishes(&mia, &channel, &TOAST).await;
    let of_mia = runs(&mia, &channel, "/responses edit", "toast-is-it").await.form();
    let of_noa = runs(&noa, &channel, "/responses edit", "toast-is-it").await.form();
    let first = mia.submits(&of_mia, &[("Answer", "From Mia.")]).await;
    let second = noa.submits(&of_noa, &[("Answer", "From Noa.")]).await;
    mia.presses(&first, "Publish").await;
    let told = noa.presses(&second, "Publish").await;
    assert!(told.text().contains("Somebody else changed this"), "{}", told.text());
    discord.finish().await;
}

#[tokio::test]
async fn a_form_that_changes_nothing_says_so() {
    let (discord, channel, _, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    let form = runs(&mia, &channel, "/responses edit", "sleep").await.form();
    let told = mia.submits(&form, &[]).await;
    assert!(told.text().contains("like that already"), "{}", told.text());
    let unknown = runs(&mia, &channel, "/responses edit", "no-such-thing").await;
    assert!(unknown.text().contains("no response of that name"), "{}", unknown.text());
    drafts(&mia, &channel, &TOAST).await;
    discord.finish().await;
}
