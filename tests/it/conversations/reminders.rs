//! A reminder arrives at its time, for the person who set it and nobody else.

use std::collections::BTreeSet;

use super::{TRIGGER, lumbar, minutes, somewhere};
use crate::fake_discord::{FakeDiscord, Person, Pinged, Reply, bot_reply};

/// The reminder in Ann's direct messages.
async fn reminder_of(ann: &Person) -> Reply {
    bot_reply(&ann.direct_messages()).await
}

/// The same, once the bot has written down that it arrived.
async fn settled_reminder_of(discord: &FakeDiscord, ann: &Person) -> Reply {
    let reminder = reminder_of(ann).await;
    discord.settles().await;
    reminder
}

#[tokio::test]
async fn a_reminder_set_by_the_button_arrives_after_an_hour() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    ann.says(&channel, TRIGGER).await;
    let reply = bot_reply(&channel).await;

    ann.presses(&reply, "Remind me to walk in 1 h").await;
    discord.passes(minutes(59));
    ann.direct_messages().stays_silent().await;
    discord.passes(minutes(1));

    let reminder = reminder_of(&ann).await;
    assert_eq!(reminder.pings(), BTreeSet::from([Pinged::Person(ann.id)]));
    insta::assert_snapshot!(reminder.text().replace(&ann.id.to_string(), "ANN"));
    ann.direct_messages().stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_reminder_set_by_command_arrives_at_the_time_asked_for() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    ann.runs("/walk start").option("in", "20 min").in_channel(&channel).await;
    discord.passes(minutes(19));
    ann.direct_messages().stays_silent().await;
    discord.passes(minutes(1));

    settled_reminder_of(&discord, &ann).await;
    let left = ann.runs("/walk list").in_channel(&channel).await;
    assert!(left.text().starts_with("You have no reminders"), "{}", left.text());
    discord.finish().await;
}

#[tokio::test]
async fn a_reminder_leads_on_to_the_next_one() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    ann.runs("/walk start").option("in", "20 min").in_channel(&channel).await;
    discord.passes(minutes(20));
    let reminder = reminder_of(&ann).await;
    let set = ann.presses(&reminder, "Later (15 min)").await;
    assert!(set.text().contains("I will remind you"), "{}", set.text());
    discord.passes(minutes(15));

    reminder_of(&ann).await;
    discord.finish().await;
}

#[tokio::test]
async fn several_reminders_arrive_each_for_its_person() {
    let (discord, channel, ann) = somewhere().await;
    let people = [ann, discord.person("Ben"), discord.person("Cem")];
    let _bot = lumbar(&discord).await;

    for person in &people {
        person.runs("/walk start").option("in", "20 min").in_channel(&channel).await;
    }
    discord.passes(minutes(20));

    for person in &people {
        assert_eq!(reminder_of(person).await.pings(), BTreeSet::from([Pinged::Person(person.id)]));
    }
    discord.finish().await;
}

#[tokio::test]
async fn a_reminder_survives_a_restart() {
    let (discord, channel, ann) = somewhere().await;
    let mut bot = lumbar(&discord).await;

    ann.runs("/walk start").option("in", "20 min").in_channel(&channel).await;
    bot.stops().await;
    bot.starts_again().await;
    ann.direct_messages().stays_silent().await;
    discord.passes(minutes(20));

    assert!(!reminder_of(&ann).await.text().contains("This is late"));
    discord.finish().await;
}

#[tokio::test]
async fn a_reminder_that_came_due_while_the_bot_was_gone_arrives_and_says_that_it_is_late() {
    let (discord, channel, ann) = somewhere().await;
    let mut bot = lumbar(&discord).await;

    ann.runs("/walk start").option("in", "20 min").in_channel(&channel).await;
    bot.is_killed().await;
    discord.passes(minutes(90));
    bot.starts_again().await;

    let text = reminder_of(&ann).await.text();
    assert!(text.contains("This is late: it was due <t:"), "{text}");
    ann.direct_messages().stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn who_is_left_alone_still_gets_what_they_asked_for() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    ann.runs("/walk start").option("in", "20 min").in_channel(&channel).await;
    let help = ann.runs("/help").in_channel(&channel).await;
    let more = ann.presses(&help, "More").await;
    ann.presses(&more, "Leave me alone").await;
    discord.passes(minutes(20));

    reminder_of(&ann).await;
    discord.finish().await;
}
