//! Two moderators at once, presses that come twice, a restart in between.

use super::{Scene, TRIGGER, assert_changed, assert_refused, scene};
use crate::fake_discord::{Answer, Person};

const SILENT_IN: &str = "Channels and categories where I stay silent";

async fn opens(it: &Scene, moderator: &Person, page: &str) -> Answer {
    let panel = moderator.runs("/settings").in_channel(&it.general).await;
    moderator.presses(&panel, page).await
}

#[tokio::test]
async fn of_two_who_change_the_same_setting_the_second_is_told() {
    let it = scene().await;
    let other = it.server.channel("other");
    let max = it.discord.person("Max").moderates(&it.server);
    let (hers, his) = (opens(&it, &it.mona, "Where").await, opens(&it, &max, "Where").await);

    assert_changed(&it.mona.selects(&hers, SILENT_IN).channels([&it.general]).await);
    let told = max.selects(&his, SILENT_IN).channels([&other]).await;

    assert_refused(&told, "is not what it was when you opened the panel");
    assert_eq!(told.select(SILENT_IN).values(), ["#general"], "he sees how it is now");
    it.is_silent_in(&it.general).await;
    it.is_answered_in(&other).await;
    let both = max.selects(&told, SILENT_IN).channels([&it.general, &other]).await;
    assert_changed(&both);
    it.is_silent_in(&other).await;
    it.discord.finish().await;
}

#[tokio::test]
async fn two_who_change_different_settings_do_not_disturb_each_other() {
    let it = scene().await;
    let max = it.discord.person("Max").moderates(&it.server);
    let (hers, his) = (opens(&it, &it.mona, "Where").await, opens(&it, &max, "Where").await);

    assert_changed(&it.mona.selects(&hers, SILENT_IN).channels([&it.general]).await);
    assert_changed(&max.presses(&his, "Threads: on").await);

    it.is_silent_in(&it.general).await;
    it.is_silent_in(&it.server.channel("other").thread("a talk")).await;
    it.discord.finish().await;
}

#[tokio::test]
async fn a_press_that_comes_twice_switches_once() {
    let it = scene().await;
    let stale = it.page("Where").await;
    let fresh = opens(&it, &it.mona, "Where").await;

    assert_changed(&it.mona.presses(&stale, "Threads: on").await);
    let second = it.mona.presses(&fresh, "Threads: on").await;

    assert_refused(&second, "your press came twice");
    it.is_silent_in(&it.general.thread("a talk")).await;
    it.discord.finish().await;
}

#[tokio::test]
async fn choosing_what_holds_already_is_no_change() {
    let it = scene().await;

    let panel = it.page("Rest").await;
    let after = it.mona.chooses(&panel, "Same channel: as usual (off)").await;

    assert!(after.text().contains("It is like that already"), "{}", after.text());
    it.discord.finish().await;
}

#[tokio::test]
async fn after_a_restart_the_settings_hold_and_an_old_panel_still_works() {
    let mut it = scene().await;
    let panel = it.page("Where").await;
    let panel = it.mona.selects(&panel, SILENT_IN).channels([&it.general]).await;

    it.bot.stops().await;
    it.bot.starts_again().await;

    it.is_silent_in(&it.general).await;
    let panel = it.mona.presses(&panel, "Threads: on").await;
    assert_changed(&panel);
    let panel = it.mona.selects(&panel, SILENT_IN).nothing().await;
    assert_changed(&panel);
    it.is_answered_in(&it.general).await;
    it.ann.says(&it.general.thread("a talk"), TRIGGER).await;
    let rest = it.mona.presses(&panel, "Rest").await;
    assert!(rest.text().contains("how long I rest"), "{}", rest.text());
    it.discord.finish().await;
}
