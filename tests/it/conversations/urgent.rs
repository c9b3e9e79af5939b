//! A warning sign outranks everything.

use super::{TRIGGER, lumbar, lumbar_with, minutes, somewhere, tireless};
use crate::fake_discord::{Failure, Reply, bot_reply, codes};

const RED_FLAG: &str = "my back went out and I can't feel between my legs";

#[tokio::test]
async fn a_warning_sign_is_answered_with_what_to_do_now_and_the_number_of_the_place() {
    let (discord, _, ann) = somewhere().await;
    let channel = discord.guild("Hill walkers").locale("en-GB").channel("general");
    let ann = ann.locale("de");
    let _bot = lumbar(&discord).await;

    let said = ann.says(&channel, RED_FLAG).await;
    let reply = bot_reply(&channel).await;

    reply.assert_refers_to(&said);
    reply.assert_pings_nobody();
    assert!(reply.text().contains("Call 999 or 112 now (the UK), or your local emergency number."), "{}", reply.text());
    insta::assert_snapshot!(reply.text());
    discord.finish().await;
}

#[tokio::test]
async fn beside_it_stand_no_myth_no_breathing_and_no_reminder() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    ann.says(&channel, RED_FLAG).await;
    let reply = bot_reply(&channel).await;

    assert_eq!(reply.buttons(), ["When to get help"]);
    let text = reply.text().to_lowercase();
    for unwanted in ["the myth", "breathe with me", "remind me", "wrapped ice", "walk a little"] {
        assert!(!text.contains(unwanted), "{unwanted:?} in\n{text}");
    }
    discord.finish().await;
}

#[tokio::test]
async fn who_despairs_or_took_too_much_is_told_whom_to_call_and_nothing_about_backs() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    let ben = discord.person("Ben");
    let dangers = [(&ann, "my back went out again and I want to die"), (&ben, "back locked up, I took 20 ibuprofen")];

    let mut told = Vec::new();
    for (person, danger) in dangers {
        person.says(&channel, danger).await;
        told.push(bot_reply(&channel).await.text());
    }

    for text in &told {
        assert!(text.contains("988") && text.contains("Call 911 now"), "{text}");
        assert!(!text.contains("After a fall or crash"), "{text}");
    }
    insta::assert_snapshot!(told.join("\n\n"));
    discord.finish().await;
}

#[tokio::test]
async fn who_despairs_with_a_back_in_danger_is_told_of_both() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    ann.says(&channel, "my back went out, I can't pee and my legs are numb, I want to die").await;
    let reply = bot_reply(&channel).await;

    assert!(reply.text().contains("988"), "{}", reply.text());
    assert!(reply.text().contains("Can't start or hold pee or poo"), "{}", reply.text());
    discord.finish().await;
}

#[tokio::test]
async fn despair_that_is_told_to_the_bot_itself_needs_no_back() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    ann.says(&channel, "I want to die").await;
    channel.stays_silent().await;
    ann.says(&channel, &format!("{} I want to die", discord.mention_of_the_bot())).await;

    assert!(bot_reply(&channel).await.text().contains("988"));
    discord.finish().await;
}

#[tokio::test]
async fn where_it_stops_reminders_to_walk_it_says_so() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    ann.runs("/walk start").option("in", "20 min").in_channel(&channel).await;

    ann.says(&channel, RED_FLAG).await;
    let reply = bot_reply(&channel).await;

    assert!(reply.text().contains("Reminders to walk are off now."), "{}", reply.text());
    discord.passes(minutes(20));
    ann.direct_messages().stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn nobody_learns_from_it_whether_somebody_had_asked_for_reminders() {
    let (discord, channel, ann) = somewhere().await;
    let ben = discord.person("Ben");
    let _bot = lumbar_with(&discord, tireless()).await;
    ann.runs("/walk start").option("in", "20 min").in_channel(&channel).await;

    ann.says(&channel, RED_FLAG).await;
    let with = bot_reply(&channel).await;
    ben.says(&channel, RED_FLAG).await;
    let without = bot_reply(&channel).await;

    assert_eq!(with.text(), without.text());
    discord.finish().await;
}

#[tokio::test]
async fn in_private_the_number_is_that_of_the_person() {
    let (discord, _, ann) = somewhere().await;
    let channel = discord.guild("Hill walkers").locale("en-GB").channel("general");
    let ann = ann.locale("de");
    let _bot = lumbar(&discord).await;

    ann.says(&channel, RED_FLAG).await;
    let reply = bot_reply(&channel).await;
    let answer = ann.presses(&reply, "When to get help").await;

    answer.assert_private();
    assert!(answer.text().contains("Call 112 now (Germany)"), "{}", answer.text());
    discord.finish().await;
}

#[tokio::test]
async fn no_cooldown_holds_it_back() {
    let (discord, channel, ann) = somewhere().await;
    let ben = discord.person("Ben");
    let _bot = lumbar(&discord).await;

    ann.says(&channel, TRIGGER).await;
    bot_reply(&channel).await;
    for person in [&ann, &ben] {
        let said = person.says(&channel, RED_FLAG).await;
        bot_reply(&channel).await.assert_refers_to(&said);
    }
    discord.finish().await;
}

#[tokio::test]
async fn the_same_person_gets_it_once_a_minute_in_a_channel() {
    let (discord, channel, ann) = somewhere().await;
    let elsewhere = discord.guild("Running").channel("general");
    let _bot = lumbar(&discord).await;

    let first = ann.says(&channel, RED_FLAG).await;
    bot_reply(&channel).await.assert_refers_to(&first);
    for _ in 0..3 {
        ann.says(&channel, RED_FLAG).await;
    }
    channel.stays_silent().await;
    ann.says(&elsewhere, RED_FLAG).await;
    bot_reply(&elsewhere).await;

    discord.passes(minutes(1));
    let later = ann.says(&channel, RED_FLAG).await;
    bot_reply(&channel).await.assert_refers_to(&later);
    discord.finish().await;
}

#[tokio::test]
async fn another_danger_is_another_matter_within_that_minute() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    ann.says(&channel, RED_FLAG).await;
    bot_reply(&channel).await;
    ann.says(&channel, "my back hurts and i want to die").await;

    let despair = bot_reply(&channel).await;
    assert!(despair.text().contains("You are not alone with this."), "{}", despair.text());
    discord.finish().await;
}

#[tokio::test]
async fn it_does_not_silence_the_first_aid_that_follows() {
    let (discord, channel, ann) = somewhere().await;
    let ben = discord.person("Ben");
    let _bot = lumbar(&discord).await;

    ann.says(&channel, RED_FLAG).await;
    bot_reply(&channel).await;
    let said = ben.says(&channel, TRIGGER).await;

    bot_reply(&channel).await.assert_refers_to(&said);
    discord.finish().await;
}

#[tokio::test]
async fn a_server_whose_language_is_not_told_gets_the_numbers_of_the_world() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    discord.rest().next("GET", "/guilds/{id}").fails_with(Failure::refused(codes::UNKNOWN_GUILD));
    ann.says(&channel, RED_FLAG).await;

    assert_has_numbers_of_the_world(&bot_reply(&channel).await);
    discord.finish().await;
}

#[tokio::test]
async fn it_does_not_wait_for_a_discord_that_does_not_tell_the_language() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    let gate = discord.rest().next("GET", "/guilds/{id}").waits_for_a_gate();
    ann.says(&channel, RED_FLAG).await;

    assert_has_numbers_of_the_world(&bot_reply(&channel).await);
    gate.opens();
    discord.finish().await;
}

#[tokio::test]
async fn the_language_of_a_server_is_asked_for_once() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    for _ in 0..3 {
        ann.says(&channel, RED_FLAG).await;
        bot_reply(&channel).await;
        discord.passes(minutes(1));
    }

    assert_eq!(discord.rest().requests_to("GET", "/guilds/{id}").len(), 1);
    discord.finish().await;
}

fn assert_has_numbers_of_the_world(reply: &Reply) {
    let text = reply.text();
    assert!(text.contains("Elsewhere:") && text.contains("or your local emergency number"), "{text}");
}
