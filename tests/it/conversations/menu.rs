//! *First aid for this*: a bystander helps somebody else.

use super::{ANSWER, TRIGGER, lumbar, lumbar_without_content, minutes, somewhere};
use crate::fake_discord::bot_reply;

const MENU: &str = "First aid for this";
const RED_FLAG: &str = "my back went out and I can't feel my legs";

#[tokio::test]
async fn on_a_trigger_everybody_sees_the_answer_once() {
    let (discord, channel, ann) = somewhere().await;
    let (ben, cem) = (discord.person("Ben"), discord.person("Cem"));
    let _bot = lumbar_without_content(&discord).await;

    let said = ann.says(&channel, TRIGGER).await;
    let first = ben.menu(MENU, &said).await;
    first.assert_public();
    first.message().assert_pings_nobody();
    assert!(first.text().contains(ANSWER));

    let second = cem.menu(MENU, &said).await;
    second.assert_private();
    assert!(second.text().contains(ANSWER));
    discord.finish().await;
}

#[tokio::test]
async fn on_a_message_that_was_answered_the_answer_is_private() {
    let (discord, channel, ann) = somewhere().await;
    let ben = discord.person("Ben");
    let _bot = lumbar(&discord).await;

    let said = ann.says(&channel, TRIGGER).await;
    bot_reply(&channel).await;

    ben.menu(MENU, &said).await.assert_private();
    discord.finish().await;
}

#[tokio::test]
async fn on_a_warning_sign_the_answer_is_the_urgent_one() {
    let (discord, _, ann) = somewhere().await;
    let channel = discord.guild("Hill walkers").locale("en-GB").channel("general");
    let ben = discord.person("Ben").locale("de");
    let _bot = lumbar_without_content(&discord).await;

    let said = ann.says(&channel, RED_FLAG).await;
    let answer = ben.menu(MENU, &said).await;

    answer.assert_public();
    assert!(answer.text().contains("Call 999 or 112 now (the UK)"), "{}", answer.text());
    assert_eq!(answer.buttons(), ["When to get help"]);
    discord.finish().await;
}

#[tokio::test]
async fn whoever_points_at_despair_is_told_whom_to_call_and_nothing_about_backs() {
    let (discord, channel, ann) = somewhere().await;
    let ben = discord.person("Ben");
    let _bot = lumbar(&discord).await;

    let said = ann.says(&channel, "I want to die").await;
    channel.stays_silent().await;
    let answer = ben.menu(MENU, &said).await;

    answer.assert_public();
    assert!(answer.text().contains("988"), "{}", answer.text());
    assert!(!answer.text().contains("back went out"), "{}", answer.text());
    discord.finish().await;
}

#[tokio::test]
async fn a_warning_sign_that_a_bystander_points_at_stops_no_reminder_of_its_author() {
    let (discord, channel, ann) = somewhere().await;
    let ben = discord.person("Ben");
    let _bot = lumbar_without_content(&discord).await;

    let said = ann.says(&channel, RED_FLAG).await;
    discord.passes(minutes(24 * 60));
    ann.runs("/walk start").option("in", "20 min").in_channel(&channel).await;
    let answer = ben.menu(MENU, &said).await;
    answer.assert_public();
    assert!(!answer.text().contains("Reminders to walk are off"), "{}", answer.text());
    discord.passes(minutes(20));

    bot_reply(&ann.direct_messages()).await;
    discord.finish().await;
}

#[tokio::test]
async fn whoever_points_at_their_own_warning_sign_is_not_reminded_to_walk() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar_without_content(&discord).await;

    let said = ann.says(&channel, RED_FLAG).await;
    ann.runs("/walk start").option("in", "20 min").in_channel(&channel).await;
    let answer = ann.menu(MENU, &said).await;
    answer.assert_public();
    assert!(answer.text().contains("Reminders to walk are off now."), "{}", answer.text());
    discord.passes(minutes(20));

    ann.direct_messages().stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn on_anything_else_first_aid_is_offered_in_private() {
    let (discord, channel, ann) = somewhere().await;
    let ben = discord.person("Ben");
    let _bot = lumbar(&discord).await;

    let said = ann.says(&channel, "good morning").await;
    let answer = ben.menu(MENU, &said).await;

    answer.assert_private();
    assert!(answer.text().starts_with("I found nothing about a sore back"), "{}", answer.text());
    assert!(answer.text().contains(ANSWER));
    discord.finish().await;
}

#[tokio::test]
async fn who_wants_to_be_left_alone_is_not_answered_in_public_for_a_bystander() {
    let (discord, channel, ann) = somewhere().await;
    let ben = discord.person("Ben");
    let _bot = lumbar_without_content(&discord).await;

    let help = ann.runs("/help").in_channel(&channel).await;
    let more = ann.presses(&help, "More").await;
    ann.presses(&more, "Leave me alone").await;
    let said = ann.says(&channel, TRIGGER).await;

    ben.menu(MENU, &said).await.assert_private();
    discord.finish().await;
}

#[tokio::test]
async fn it_works_where_the_bot_is_no_member() {
    let (discord, _, ann) = somewhere().await;
    let channel = discord.guild("Strangers").without_the_bot().channel("general");
    let ben = discord.person("Ben");
    let _bot = lumbar(&discord).await;

    let said = ann.says(&channel, TRIGGER).await;
    let answer = ben.menu(MENU, &said).await;

    assert!(answer.text().contains(ANSWER));
    discord.finish().await;
}
