//! Discord is busy, unwell or gone for a moment: one message arrives, and only one.

use std::time::Duration;

use super::{ANSWER, TRIGGER, lumbar, somewhere};
use crate::fake_discord::{Channel, Failure, FakeDiscord, Person, bot_reply};

const MESSAGES: &str = "/channels/{id}/messages";
const CALLBACK: &str = "/interactions/{id}/{token}/callback";

fn statuses(discord: &FakeDiscord, path: &str) -> Vec<u16> {
    discord.rest().requests_to("POST", path).iter().filter_map(|it| it.status).collect()
}

/// Somebody is to be answered by a Discord that is unwell; all tries in a row have failed.
async fn is_answered_in_vain(discord: &FakeDiscord, channel: &Channel, person: &Person) {
    for _ in 0..4 {
        discord.rest().next("POST", MESSAGES).fails_with(Failure::server_error(503));
    }
    person.says(channel, TRIGGER).await;
    discord.rest().wait_for("POST", MESSAGES, 4).await;
}

#[tokio::test]
async fn a_rate_limit_is_waited_out_for_as_long_as_it_says() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    discord.rest().next("POST", MESSAGES).fails_with(Failure::rate_limited(0.4));
    ann.says(&channel, TRIGGER).await;

    assert!(bot_reply(&channel).await.text().contains(ANSWER));
    channel.stays_silent().await;
    let tries = discord.rest().requests_to("POST", MESSAGES);
    assert_eq!(statuses(&discord, MESSAGES), [429, 200]);
    assert!(tries[1].arrived - tries[0].arrived >= Duration::from_millis(400));
    discord.finish().await;
}

#[tokio::test]
async fn a_rate_limit_of_one_channel_does_not_hold_up_another() {
    let (discord, channel, ann) = somewhere().await;
    let (elsewhere, ben) = (discord.guild("Running").channel("general"), discord.person("Ben"));
    let _bot = lumbar(&discord).await;

    discord.rest().next("POST", MESSAGES).fails_with(Failure::rate_limited(1.0));
    ann.says(&channel, TRIGGER).await;
    discord.rest().wait_for("POST", MESSAGES, 1).await;
    ben.says(&elsewhere, TRIGGER).await;
    bot_reply(&elsewhere).await;

    assert_eq!(statuses(&discord, MESSAGES), [429, 200]);
    bot_reply(&channel).await;
    discord.finish().await;
}

#[tokio::test]
async fn a_global_rate_limit_holds_up_messages_but_no_interaction() {
    let (discord, channel, ann) = somewhere().await;
    let (elsewhere, ben) = (discord.guild("Running").channel("general"), discord.person("Ben"));
    let _bot = lumbar(&discord).await;

    discord.rest().next("POST", MESSAGES).fails_with(Failure::globally_rate_limited(1.5));
    ann.says(&channel, TRIGGER).await;
    let limited = discord.rest().wait_for("POST", MESSAGES, 1).await;
    ben.says(&elsewhere, TRIGGER).await;
    ben.runs("/back help").in_channel(&elsewhere).await;
    assert_eq!(statuses(&discord, MESSAGES), [429], "Discord does not count interactions into its global limit");

    bot_reply(&channel).await;
    bot_reply(&elsewhere).await;
    let tries = discord.rest().requests_to("POST", MESSAGES);
    assert!(tries[1..].iter().all(|it| it.arrived - limited.arrived >= Duration::from_millis(1500)));
    discord.finish().await;
}

#[tokio::test]
async fn an_unwell_discord_is_asked_again() {
    for status in [500, 502, 503] {
        let (discord, channel, ann) = somewhere().await;
        let _bot = lumbar(&discord).await;

        discord.rest().next("POST", MESSAGES).fails_with(Failure::server_error(status));
        ann.says(&channel, TRIGGER).await;

        bot_reply(&channel).await;
        channel.stays_silent().await;
        assert_eq!(statuses(&discord, MESSAGES), [status, 200]);
        discord.finish().await;
    }
}

#[tokio::test]
async fn a_discord_that_stays_unwell_gets_the_answer_when_it_is_well_again() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    discord.time_stands_still();
    is_answered_in_vain(&discord, &channel, &ann).await;

    discord.passes(Duration::from_secs(2));
    bot_reply(&channel).await;
    channel.stays_silent().await;
    assert_eq!(statuses(&discord, MESSAGES), [503, 503, 503, 503, 200]);
    discord.finish().await;
}

#[tokio::test]
async fn an_answer_is_not_sent_any_more_once_discord_may_have_forgotten_its_nonce() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    discord.time_stands_still();
    is_answered_in_vain(&discord, &channel, &ann).await;
    discord.passes(Duration::from_secs(2 * 60));

    channel.stays_silent().await;
    assert_eq!(statuses(&discord, MESSAGES), [503, 503, 503, 503]);
    discord.finish().await;
}

#[tokio::test]
async fn a_connection_that_breaks_before_the_message_is_there_is_tried_again() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    discord.rest().next("POST", MESSAGES).fails_with(Failure::DroppedBefore);
    ann.says(&channel, TRIGGER).await;

    bot_reply(&channel).await;
    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_message_is_there_does_not_double_it() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    discord.rest().next("POST", MESSAGES).fails_with(Failure::DroppedAfter);
    ann.says(&channel, TRIGGER).await;
    bot_reply(&channel).await;
    discord.rest().wait_for("POST", MESSAGES, 2).await;

    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn an_answer_to_a_command_that_did_not_get_through_is_sent_again() {
    for trouble in [Failure::DroppedBefore, Failure::server_error(502), Failure::rate_limited(0.1)] {
        let (discord, channel, ann) = somewhere().await;
        let _bot = lumbar(&discord).await;

        discord.rest().next("POST", CALLBACK).fails_with(trouble);
        ann.runs("/back help").in_channel(&channel).await.assert_private();

        assert_eq!(discord.rest().requests_to("POST", CALLBACK).len(), 2);
        discord.finish().await;
    }
}

#[tokio::test]
async fn an_answer_to_a_command_whose_receipt_was_lost_counts_as_given() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    // The fake holds a second answer against the bot, which could not know better.
    discord.expects("answered /back help twice");

    discord.rest().next("POST", CALLBACK).fails_with(Failure::DroppedAfter);
    ann.runs("/back help").in_channel(&channel).await.assert_private();
    discord.rest().wait_for("POST", CALLBACK, 2).await;
    discord.settles().await;

    let complaints: Vec<String> = discord.log().into_iter().filter(|line| line.starts_with("WARN")).collect();
    assert_eq!(complaints, [""; 0]);
    discord.finish().await;
}

#[tokio::test]
async fn whatever_ends_a_connection_to_the_gateway_the_bot_comes_back() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    discord.gateway().closes_with(4000);
    discord.gateway().wait_for_resume(1).await;
    discord.gateway().asks_to_reconnect();
    discord.gateway().wait_for_resume(2).await;
    ann.says(&channel, TRIGGER).await;

    bot_reply(&channel).await;
    discord.finish().await;
}
