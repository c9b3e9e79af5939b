//! The log channel.

use super::{Scene, assert_changed, scene};
use crate::fake_discord::{Failure, Permission, bot_reply, codes};

const LOG: &str = "Log channel";

async fn with_log() -> (Scene, crate::fake_discord::Channel) {
    let it = scene().await;
    let log = it.server.channel("mod-log");
    let panel = it.page("Server").await;
    let after = it.mona.selects(&panel, LOG).channels([&log]).await;
    assert_changed(&after);
    assert_eq!(after.select(LOG).values(), ["#mod-log"]);
    let line = bot_reply(&log).await;
    assert!(line.text().starts_with(&it.mona.mention()), "{}", line.text());
    (it, log)
}

#[tokio::test]
async fn every_change_is_one_line_that_pings_nobody() {
    let (it, log) = with_log().await;
    let staff = it.server.role("Staff");

    it.chooses("Rest", "Same channel: 1 h").await;
    let first = bot_reply(&log).await;
    let panel = it.page("Where").await;
    it.mona.selects(&panel, "Roles that I leave alone").roles([&staff]).await;
    let second = bot_reply(&log).await;

    for line in [&first, &second] {
        line.assert_pings_nobody();
        assert!(line.is_quiet());
    }
    let lines = format!("{}\n{}", first.text(), second.text());
    insta::assert_snapshot!(lines.replace(&it.mona.mention(), "<@Mona>"));
    it.discord.finish().await;
}

#[tokio::test]
async fn a_log_that_is_switched_off_is_told_so_and_nothing_after() {
    let (it, log) = with_log().await;

    let panel = it.page("Server").await;
    it.mona.selects(&panel, LOG).nothing().await;

    assert!(bot_reply(&log).await.text().contains("none"));
    it.chooses("Rest", "Same channel: 1 h").await;
    log.stays_silent().await;
    it.discord.finish().await;
}

#[tokio::test]
async fn a_log_channel_where_it_may_not_write_is_told_at_once() {
    let it = scene().await;
    let log = it.server.channel("mod-log");
    log.denies_the_bot(Permission::SendMessages);

    let panel = it.page("Server").await;
    let after = it.mona.selects(&panel, LOG).channels([&log]).await;

    assert_changed(&after);
    let text = after.text();
    assert!(text.contains("The log channel was not told:** I may not write there"), "{text}");
    assert!(text.contains(": *Send Messages*"), "{text}");
    it.discord.finish().await;
}

#[tokio::test]
async fn a_line_that_discord_does_not_take_keeps_no_change_back() {
    let (it, log) = with_log().await;

    it.discord.rest().next("POST", "/channels/{id}/messages").fails_with(Failure::refused(codes::BLOCKED_BY_AUTOMOD));
    let after = it.chooses("Rest", "Same channel: 1 h").await;

    assert!(after.text().contains("The log channel was not told"), "{}", after.text());
    it.is_answered_in(&it.general).await;
    log.stays_silent().await;
    it.discord.finish().await;
}

#[tokio::test]
async fn a_forum_is_no_log() {
    let it = scene().await;
    let forum = it.server.forum("questions");

    let panel = it.page("Server").await;
    let after = it.mona.selects(&panel, LOG).channels([&forum]).await;

    super::assert_refused(&after, "A forum has only posts");
    it.discord.finish().await;
}
