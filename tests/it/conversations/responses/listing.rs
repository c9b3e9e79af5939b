//! All responses, page by page.

use super::{TOAST, lumbar, moderated, publishes, runs};

#[tokio::test]
async fn the_list_shows_what_ships_and_what_was_written_here() {
    let (discord, channel, _, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    publishes(&mia, &channel, &TOAST).await;
    runs(&mia, &channel, "/responses off", "sleep").await;
    let list = mia.runs("/responses list").in_channel(&channel).await;
    list.assert_private();
    insta::assert_snapshot!(list.text());
    let second = mia.presses(&list, "More").await;
    assert!(second.text().contains("page 2 of 2"), "{}", second.text());

    let own = mia.runs("/responses list").option("state", "own").in_channel(&channel).await;
    let shown = mia.chooses(&own, "Toast, is it?").await;
    assert!(shown.text().contains("Butter it."), "{}", shown.text());
    discord.finish().await;
}

#[tokio::test]
async fn names_are_offered_while_they_are_typed() {
    let (discord, channel, _, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    publishes(&mia, &channel, &TOAST).await;
    let offered = mia.runs("/responses edit").typing("name", "toa").suggestions_in(&channel).await;
    assert_eq!(offered.iter().map(|offer| offer.value.as_str()).collect::<Vec<_>>(), ["toast-is-it"]);
    discord.finish().await;
}
