//! Reminders that Discord will not take, or takes twice.

use std::collections::BTreeSet;

use super::ailing_store::AilingStore;
use super::{lumbar, lumbar_on, minutes, somewhere};
use crate::fake_discord::{Channel, Exit, Failure, FakeDiscord, Person, Pinged, bot_reply, codes};

const MESSAGES: &str = "/channels/{id}/messages";

async fn sets_one(ann: &Person, channel: &Channel) {
    ann.runs("/walk start").option("in", "20 min").in_channel(channel).await;
}

fn is_refused(discord: &FakeDiscord, reason: codes::Reason) {
    discord.rest().next("POST", MESSAGES).fails_with(Failure::refused(reason));
}

#[tokio::test]
async fn closed_direct_messages_lead_to_the_channel_where_it_was_set_in_neutral_words() {
    let (discord, channel, ann) = somewhere().await;
    let ann = ann.refuses_direct_messages();
    let _bot = lumbar(&discord).await;

    sets_one(&ann, &channel).await;
    discord.passes(minutes(20));

    let reminder = bot_reply(&channel).await;
    assert_eq!(reminder.pings(), BTreeSet::from([Pinged::Person(ann.id)]));
    assert_eq!(reminder.message().body.content, format!("{} Your reminder is here.", ann.mention()));
    assert!(reminder.message().body.embeds.is_empty());
    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_reminder_in_a_channel_obeys_only_the_person_it_is_for() {
    let (discord, channel, ann) = somewhere().await;
    let (ann, ben) = (ann.refuses_direct_messages(), discord.person("Ben"));
    let _bot = lumbar(&discord).await;

    sets_one(&ann, &channel).await;
    discord.passes(minutes(20));
    let reminder = bot_reply(&channel).await;

    for label in reminder.buttons() {
        let answer = ben.presses(&reminder, &label).await;
        answer.assert_private();
        assert!(answer.text().starts_with("This is not yours"), "{label}: {}", answer.text());
    }
    ann.presses(&reminder, "Show details").await.assert_private();
    discord.finish().await;
}

#[tokio::test]
async fn what_arrives_nowhere_is_told_once_at_the_next_command() {
    let (discord, channel, ann) = somewhere().await;
    let ann = ann.refuses_direct_messages();
    let _bot = lumbar(&discord).await;

    sets_one(&ann, &channel).await;
    is_refused(&discord, codes::DIRECT_MESSAGES_CLOSED);
    is_refused(&discord, codes::MISSING_ACCESS);
    discord.passes(minutes(20));
    discord.rest().wait_for("POST", MESSAGES, 2).await;
    discord.settles().await;

    let told = ann.runs("/back help").in_channel(&channel).await;
    assert!(told.text().starts_with("A reminder due <t:"), "{}", told.text());
    assert!(told.text().contains("could not reach you"), "{}", told.text());
    let again = ann.runs("/back help").in_channel(&channel).await;
    assert!(!again.text().contains("could not reach you"), "{}", again.text());
    discord.finish().await;
}

#[tokio::test]
async fn the_list_shows_what_could_not_arrive() {
    let (discord, channel, ann) = somewhere().await;
    let ann = ann.refuses_direct_messages();
    let mut bot = lumbar(&discord).await;

    ann.runs("/walk start").option("in", "20 min").in_channel(&ann.group_chat()).await;
    discord.passes(minutes(20));
    discord.rest().wait_for("POST", MESSAGES, 1).await;
    discord.settles().await;
    bot.stops().await;
    bot.starts_again().await;

    let list = ann.runs("/walk list").in_channel(&channel).await;
    assert!(list.text().contains("could not reach you"), "{}", list.text());
    assert!(list.text().contains("> 1. <t:"), "{}", list.text());
    discord.finish().await;
}

#[tokio::test]
async fn where_the_bot_is_no_member_closed_direct_messages_are_the_end_of_it() {
    let (discord, _, ann) = somewhere().await;
    let channel = discord.guild("Strangers").without_the_bot().channel("general");
    let ann = ann.refuses_direct_messages();
    let _bot = lumbar(&discord).await;

    sets_one(&ann, &channel).await;
    discord.passes(minutes(20));
    discord.rest().wait_for("POST", MESSAGES, 1).await;
    discord.settles().await;

    assert_eq!(discord.rest().requests_to("POST", MESSAGES).len(), 1);
    let told = ann.runs("/help").in_channel(&channel).await;
    assert!(told.text().starts_with("A reminder due <t:"), "{}", told.text());
    discord.finish().await;
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_reminder_is_there_does_not_double_it() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    sets_one(&ann, &channel).await;
    discord.rest().next("POST", MESSAGES).fails_with(Failure::DroppedAfter);
    discord.passes(minutes(20));
    bot_reply(&ann.direct_messages()).await;
    discord.rest().wait_for("POST", MESSAGES, 2).await;

    ann.direct_messages().stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_bot_killed_while_it_sends_neither_loses_the_reminder_nor_doubles_it() {
    let (discord, channel, ann) = somewhere().await;
    let mut bot = lumbar(&discord).await;

    sets_one(&ann, &channel).await;
    let gate = discord.rest().next("POST", MESSAGES).waits_for_a_gate();
    discord.passes(minutes(20));
    discord.rest().wait_for("POST", "/users/@me/channels", 1).await;
    bot.is_killed().await;
    gate.opens();
    bot.starts_again().await;
    discord.passes(minutes(2));

    bot_reply(&ann.direct_messages()).await;
    ann.direct_messages().stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_discord_that_is_unwell_gets_the_reminder_later() {
    comes_later_after([503; 4].map(Failure::server_error)).await;
}

#[tokio::test]
async fn what_a_proxy_says_in_the_place_of_discord_loses_no_reminder() {
    comes_later_after([403, 404, 408, 425].map(Failure::of_a_proxy)).await;
}

/// A reminder that could not be sent, in as many tries in a row as there are, comes a minute later, and once.
async fn comes_later_after(failures: [Failure; 4]) {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    sets_one(&ann, &channel).await;
    for failure in failures {
        discord.rest().next("POST", MESSAGES).fails_with(failure);
    }
    discord.passes(minutes(20));
    discord.rest().wait_for("POST", MESSAGES, 4).await;
    discord.settles().await;
    discord.passes(minutes(1));

    bot_reply(&ann.direct_messages()).await;
    ann.direct_messages().stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_stop_does_not_wait_for_a_discord_that_will_not_take_the_reminder() {
    let (discord, channel, ann) = somewhere().await;
    let mut bot = lumbar(&discord).await;

    sets_one(&ann, &channel).await;
    let gate = discord.rest().next("POST", MESSAGES).waits_for_a_gate();
    discord.passes(minutes(20));
    discord.rest().wait_for("POST", "/users/@me/channels", 1).await;
    assert_eq!(bot.stops().await, Exit::Returned(Ok(())));
    gate.opens();
    bot.starts_again().await;
    discord.passes(minutes(2));

    bot_reply(&ann.direct_messages()).await;
    ann.direct_messages().stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_bot_whose_reminders_have_died_ends_so_that_it_is_started_again() {
    let (discord, channel, ann) = somewhere().await;
    let store = AilingStore::new();
    let mut bot = lumbar_on(&discord, &store).await;
    discord.expects("the end of whoever looks for reminders");
    sets_one(&ann, &channel).await;

    store.kills_whoever_looks_for_reminders();
    discord.passes(minutes(20));

    let exit = bot.ends().await;
    assert!(exit.says().contains("no reminder would be delivered any more"), "{exit}");
    assert_eq!(exit.says().lines().count(), 1, "{exit}");
    discord.finish().await;
}
