//! Every change is kept, with who, when and what, and can be undone.

use super::{TOAST, lumbar, moderated, publishes, runs};
use crate::fake_discord::bot_reply;

#[tokio::test]
async fn every_change_is_listed_and_any_can_be_undone() {
    let (discord, channel, ann, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    publishes(&mia, &channel, &TOAST).await;
    runs(&mia, &channel, "/responses off", "sleep").await;
    runs(&mia, &channel, "/responses off", "medicine").await;
    let history = mia.runs("/responses history").in_channel(&channel).await;
    history.assert_private();
    assert!(history.text().contains(&mia.mention()), "{}", history.text());
    for name in ["toast-is-it", "sleep", "medicine"] {
        assert!(history.text().contains(name), "{}", history.text());
    }

    let undone = mia.chooses(&history, "Undo change 1").await;
    assert!(undone.text().contains("change 4"), "{}", undone.text());
    ann.says(&channel, "croissant mode").await;
    channel.stays_silent().await;
    mia.presses(&undone, "Undo").await;
    ann.says(&channel, "croissant mode").await;
    bot_reply(&channel).await;
    discord.finish().await;
}

#[tokio::test]
async fn the_last_change_is_undone_if_none_is_named() {
    let (discord, channel, _, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    let nothing = mia.runs("/responses undo").in_channel(&channel).await;
    assert!(nothing.text().contains("nothing left to undo"), "{}", nothing.text());
    runs(&mia, &channel, "/responses off", "sleep").await;
    let offered = mia.runs("/responses undo").typing("change", "sle").suggestions_in(&channel).await;
    assert_eq!(offered.len(), 1, "{offered:?}");
    mia.runs("/responses undo").in_channel(&channel).await;
    let shown = runs(&mia, &channel, "/responses show", "sleep").await;
    assert!(shown.text().contains("it answers"), "{}", shown.text());
    let again = mia.runs("/responses undo").option("change", "1").in_channel(&channel).await;
    assert!(again.text().contains("Nothing to undo"), "{}", again.text());
    let unknown = mia.runs("/responses undo").option("change", "99").in_channel(&channel).await;
    assert!(unknown.text().contains("no such change"), "{}", unknown.text());
    discord.finish().await;
}
