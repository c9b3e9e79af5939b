//! What can be done about a reminder that has come.

use std::collections::BTreeSet;

use super::{lumbar, minutes, somewhere};
use crate::fake_discord::{Channel, FakeDiscord, Person, Pinged, Reply, bot_reply};

/// A reminder that came to Ann by direct message.
async fn a_reminder(discord: &FakeDiscord, ann: &Person, channel: &Channel) -> Reply {
    ann.runs("/walk start").option("in", "20 min").in_channel(channel).await;
    discord.passes(minutes(20));
    bot_reply(&ann.direct_messages()).await
}

#[tokio::test]
async fn whoever_walked_is_asked_how_it_was_and_led_on() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    let reminder = a_reminder(&discord, &ann, &channel).await;

    let asked = ann.presses(&reminder, "I walked").await;
    asked.assert_private();
    assert_eq!(asked.buttons(), ["Easier", "Same", "Worse"]);

    let easier = ann.presses(&asked.message(), "Easier").await;
    assert_eq!(easier.buttons(), ["Remind me again in 1 h"]);
    let set = ann.presses(&easier.message(), "Remind me again in 1 h").await;
    assert!(set.text().contains("I will remind you"), "{}", set.text());
    discord.passes(minutes(60));
    bot_reply(&ann.direct_messages()).await;
    discord.finish().await;
}

#[tokio::test]
async fn who_feels_the_same_walks_once_more() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    let reminder = a_reminder(&discord, &ann, &channel).await;

    let asked = ann.presses(&reminder, "I walked").await;
    let same = ann.presses(&asked.message(), "Same").await;
    ann.presses(&same.message(), "Once more in 30 min").await;
    discord.passes(minutes(30));

    bot_reply(&ann.direct_messages()).await;
    discord.finish().await;
}

#[tokio::test]
async fn who_feels_worse_sees_the_warning_signs() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    let reminder = a_reminder(&discord, &ann, &channel).await;

    let asked = ann.presses(&reminder, "I walked").await;
    let worse = ann.presses(&asked.message(), "Worse").await;

    assert!(worse.text().contains("Can't start or hold pee or poo"), "{}", worse.text());
    assert!(!worse.buttons().iter().any(|label| label.contains("Remind")), "{:?}", worse.buttons());
    discord.finish().await;
}

#[tokio::test]
async fn a_reminder_put_off_loses_its_buttons_and_comes_again() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    let reminder = a_reminder(&discord, &ann, &channel).await;

    let later = ann.presses(&reminder, "Later (15 min)").await;
    assert!(later.changed_the_message());
    discord.passes(minutes(15));

    bot_reply(&ann.direct_messages()).await;
    discord.finish().await;
}

#[tokio::test]
async fn a_repeated_reminder_comes_as_often_as_was_asked_or_until_it_is_stopped() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    ann.runs("/walk start").option("repeat", "every 2 hours, 3 times").in_channel(&channel).await;
    discord.passes(minutes(120));
    bot_reply(&ann.direct_messages()).await;
    discord.settles().await;
    discord.passes(minutes(120));
    let second = bot_reply(&ann.direct_messages()).await;
    discord.settles().await;
    let stopped = ann.presses(&second, "Stop").await;
    assert!(stopped.changed_the_message());
    discord.passes(minutes(120));

    ann.direct_messages().stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_month_and_a_restart_later_the_buttons_still_work() {
    let (discord, channel, ann) = somewhere().await;
    let mut bot = lumbar(&discord).await;
    let reminder = a_reminder(&discord, &ann, &channel).await;

    discord.passes(minutes(31 * 24 * 60));
    bot.stops().await;
    bot.starts_again().await;
    ann.presses(&reminder, "Later (15 min)").await;
    discord.passes(minutes(15));

    bot_reply(&ann.direct_messages()).await;
    discord.finish().await;
}

#[tokio::test]
async fn in_a_channel_the_reminder_is_neutral_and_its_buttons_are_one_persons_alone() {
    let (discord, channel, ann) = somewhere().await;
    let ben = discord.person("Ben");
    let _bot = lumbar(&discord).await;

    ann.runs("/walk start").option("in", "20 min").option("where", "here").in_channel(&channel).await;
    discord.passes(minutes(20));
    let reminder = bot_reply(&channel).await;
    assert_eq!(reminder.pings(), BTreeSet::from([Pinged::Person(ann.id)]));
    for word in ["back", "walk", "pain"] {
        assert!(!reminder.message().body.content.to_lowercase().contains(word), "{}", reminder.text());
    }

    let refused = ben.presses(&reminder, "Later (15 min)").await;
    refused.assert_private();
    assert!(refused.text().contains("not yours"), "{}", refused.text());
    let details = ann.presses(&reminder, "Show details").await;
    details.assert_private();
    assert!(details.text().contains("Walk 2 to 5 minutes"), "{}", details.text());
    discord.finish().await;
}

#[tokio::test]
async fn a_reminder_half_a_day_late_is_shown_as_missed_and_not_sent() {
    let (discord, channel, ann) = somewhere().await;
    let mut bot = lumbar(&discord).await;
    ann.runs("/walk start").option("in", "20 min").in_channel(&channel).await;

    bot.stops().await;
    discord.passes(minutes(13 * 60));
    bot.starts_again().await;
    ann.direct_messages().stays_silent().await;
    // The reminders are looked through beside the commands, and may be a moment later.
    let mut list = ann.runs("/walk list").in_channel(&channel).await;
    for _ in 0..100 {
        if list.text().contains("missed") {
            break;
        }
        list = ann.runs("/walk list").in_channel(&channel).await;
    }

    assert!(list.text().contains("missed"), "{}", list.text());
    discord.finish().await;
}
