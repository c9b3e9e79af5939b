//! Answers that were not about a back: who may take them back, what becomes of them, and what moderators hear of it.

use lumbar::domain::guild::{GuildSettings, Manner};

use super::ailing_store::AilingStore;
use super::servers::{has_settings, tireless};
use super::{TRIGGER, lumbar, lumbar_on, minutes, somewhere};
use crate::fake_discord::{Answer, Failure, FakeDiscord, Person, Reply, bot_reply, codes};

const NOT_ABOUT_BACK: &str = "Not about a back?";
const TAKEN_BACK: &str = "Thanks. I took my answer back, and I count that";

/// Presses *More*, then what stands there to take the answer back.
async fn takes_back(person: &Person, reply: &Reply) -> Answer {
    let more = person.presses(reply, "More").await;
    person.presses(&more, NOT_ABOUT_BACK).await
}

fn starts(answer: &Answer, text: &str) {
    assert!(answer.text().starts_with(text), "{}", answer.text());
}

#[tokio::test]
async fn its_author_takes_an_answer_back() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    ann.says(&channel, TRIGGER).await;
    let reply = bot_reply(&channel).await;

    let done = takes_back(&ann, &reply).await;

    done.assert_private();
    starts(&done, TAKEN_BACK);
    assert!(done.changed_the_message() && done.buttons().is_empty(), "{:?}", done.buttons());
    assert!(reply.is_deleted());
    discord.finish().await;
}

#[tokio::test]
async fn a_moderator_takes_an_answer_back_and_nobody_else() {
    let discord = FakeDiscord::start().await;
    let server = discord.guild("Climbing");
    let channel = server.channel("general");
    let (ann, ben) = (discord.person("Ann"), discord.person("Ben"));
    let mia = discord.person("Mia").moderates(&server);
    let _bot = lumbar(&discord).await;
    ann.says(&channel, TRIGGER).await;
    let reply = bot_reply(&channel).await;

    let bens = ben.presses(&reply, "More").await;
    assert!(!bens.buttons().contains(&NOT_ABOUT_BACK.to_owned()), "{:?}", bens.buttons());
    starts(&takes_back(&mia, &reply).await, TAKEN_BACK);

    assert!(reply.is_deleted());
    discord.finish().await;
}

#[tokio::test]
async fn whoever_comes_second_is_told_that_it_is_gone() {
    let discord = FakeDiscord::start().await;
    let server = discord.guild("Climbing");
    let channel = server.channel("general");
    let (ann, mia) = (discord.person("Ann"), discord.person("Mia").moderates(&server));
    let _bot = lumbar(&discord).await;
    ann.says(&channel, TRIGGER).await;
    let reply = bot_reply(&channel).await;

    let more = ann.presses(&reply, "More").await;
    takes_back(&mia, &reply).await;
    starts(&ann.presses(&more, NOT_ABOUT_BACK).await, "That answer is gone already.");

    let stats = mia.runs("/responses stats").in_channel(&channel).await;
    assert!(stats.text().lines().any(|line| line.ends_with("    1     1      0      0      0")), "{}", stats.text());
    discord.finish().await;
}

#[tokio::test]
async fn an_answer_in_a_thread_is_taken_back_there() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    let thread = channel.thread("backs");
    ann.says(&thread, TRIGGER).await;
    let reply = bot_reply(&thread).await;

    starts(&takes_back(&ann, &reply).await, TAKEN_BACK);

    assert!(reply.is_deleted());
    discord.finish().await;
}

#[tokio::test]
async fn an_answer_can_be_taken_back_after_a_restart() {
    let (discord, channel, ann) = somewhere().await;
    let mut bot = lumbar(&discord).await;
    ann.says(&channel, TRIGGER).await;
    let reply = bot_reply(&channel).await;
    let more = ann.presses(&reply, "More").await;

    bot.stops().await;
    bot.starts_again().await;
    starts(&ann.presses(&more, NOT_ABOUT_BACK).await, TAKEN_BACK);

    assert!(reply.is_deleted());
    discord.finish().await;
}

#[tokio::test]
async fn in_direct_messages_an_answer_is_taken_back_and_nothing_is_counted() {
    let (discord, _, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    let private = ann.direct_messages();
    ann.says(&private, TRIGGER).await;
    let reply = bot_reply(&private).await;

    let done = takes_back(&ann, &reply).await;

    assert_eq!(done.text(), "Thanks. I took my answer back.");
    assert!(reply.is_deleted());
    discord.finish().await;
}

#[tokio::test]
async fn an_answer_that_may_not_be_deleted_stays_and_says_what_helps() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    ann.says(&channel, TRIGGER).await;
    let reply = bot_reply(&channel).await;
    let more = ann.presses(&reply, "More").await;

    let refuses = discord.rest();
    refuses.next("DELETE", "/channels/{id}/messages/{id}").fails_with(Failure::refused(codes::MISSING_PERMISSIONS));
    starts(&ann.presses(&more, NOT_ABOUT_BACK).await, "Discord does not let me delete that answer");

    assert!(!reply.is_deleted());
    discord.finish().await;
}

/// An answer that was given in this manner is taken back.
async fn taken_back(manner: Manner) {
    let (discord, store) = (FakeDiscord::start().await, AilingStore::new());
    let server = discord.guild("Climbing");
    let (channel, ann) = (server.channel("general"), discord.person("Ann"));
    has_settings(&*store, &server, GuildSettings { manner, ..GuildSettings::default() }).await;
    let _bot = lumbar_on(&discord, &store).await;
    ann.says(&channel, TRIGGER).await;
    let reply = bot_reply(&channel).await;
    starts(&takes_back(&ann, &reply).await, TAKEN_BACK);
    assert!(reply.is_deleted(), "{manner:?}");
    discord.finish().await;
}

#[tokio::test]
async fn a_quiet_answer_and_one_of_a_single_button_are_taken_back_too() {
    for manner in [Manner::Quiet, Manner::Button] {
        taken_back(manner).await;
    }
}

#[tokio::test]
async fn the_log_hears_once_of_a_phrase_that_is_often_dismissed() {
    let (discord, store) = (FakeDiscord::start().await, AilingStore::new());
    let server = discord.guild("Climbing");
    let (channel, log, ann) = (server.channel("general"), server.channel("log"), discord.person("Ann"));
    has_settings(&*store, &server, tireless(Some(&log))).await;
    let _bot = lumbar_on(&discord, &store).await;

    for round in 1..=4 {
        ann.says(&channel, TRIGGER).await;
        let reply = bot_reply(&channel).await;
        takes_back(&ann, &reply).await;
        if round == 3 {
            let told = bot_reply(&log).await;
            told.assert_pings_nobody();
            insta::assert_snapshot!(told.text());
        }
        discord.passes(minutes(1));
    }

    log.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn what_people_do_is_counted_and_shown_in_numbers() {
    let (discord, store) = (FakeDiscord::start().await, AilingStore::new());
    let server = discord.guild("Climbing");
    let (channel, ann) = (server.channel("general"), discord.person("Ann"));
    let mia = discord.person("Mia").moderates(&server);
    has_settings(&*store, &server, tireless(None)).await;
    let _bot = lumbar_on(&discord, &store).await;

    let nothing = mia.runs("/responses stats").in_channel(&channel).await;
    assert_eq!(nothing.text(), "Nothing was counted in the last 8 weeks.");
    ann.says(&channel, TRIGGER).await;
    let reply = bot_reply(&channel).await;
    ann.presses(&reply, "Breathe with me").await;
    ann.presses(&reply, "Remind me to walk in 1 h").await;
    ann.runs("/breathe").in_channel(&channel).await;
    discord.passes(minutes(60));
    let reminder = bot_reply(&ann.direct_messages()).await;
    ann.presses(&reminder, "I walked").await;
    ann.presses(&reminder, "Later (15 min)").await;

    let stats = mia.runs("/responses stats").in_channel(&channel).await;

    stats.assert_private();
    insta::assert_snapshot!(undated(&stats.text()));
    assert!(stats.file("weeks.png").starts_with(b"\x89PNG"));
    discord.finish().await;
}

/// The text without the days on which weeks begin.
fn undated(text: &str) -> String {
    let undated = |line: &str| {
        let row = line.strip_prefix("> ").and_then(|row| row.split_once(' '));
        match row {
            Some((day, numbers)) if day.len() == 5 && day.as_bytes()[2] == b'-' => format!("> ##-## {numbers}"),
            _ => line.to_owned(),
        }
    };
    text.lines().map(undated).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn what_clues_led_to_together_counts_as_one() {
    let discord = FakeDiscord::start().await;
    let server = discord.guild("Climbing");
    let (channel, ann) = (server.channel("general"), discord.person("Ann"));
    let mia = discord.person("Mia").moderates(&server);
    let _bot = lumbar(&discord).await;
    ann.says(&channel, "my back is a banana").await;
    bot_reply(&channel).await;
    // It is counted once it was sent.
    discord.settles().await;

    let stats = mia.runs("/responses stats").in_channel(&channel).await;

    assert!(stats.text().contains("(clues that fit together)"), "{}", stats.text());
    discord.finish().await;
}

#[tokio::test]
async fn numbers_are_for_moderators() {
    let discord = FakeDiscord::start().await;
    let _bot = lumbar(&discord).await;
    let server = discord.guild("Chess");
    let (channel, helper) = (server.channel("general"), server.role("Helper"));
    let ben = discord.person("Ben").has_role(&helper);
    // The server shows the command to them: the bot has to look for itself.
    server.opens_command("responses", &helper);

    let refused = ben.runs("/responses stats").in_channel(&channel).await;

    starts(&refused, "This is for moderators");
    discord.finish().await;
}

#[tokio::test]
async fn what_is_not_counted_keeps_nothing_from_anybody() {
    let (discord, store) = (FakeDiscord::start().await, AilingStore::new());
    let channel = discord.guild("Climbing").channel("general");
    let ann = discord.person("Ann");
    let _bot = lumbar_on(&discord, &store).await;
    ann.says(&channel, TRIGGER).await;
    let reply = bot_reply(&channel).await;

    store.breaks();
    let breathing = ann.presses(&reply, "Breathe with me").await;

    assert!(breathing.text().contains("Breathe with me"), "{}", breathing.text());
    discord.expects("failed reminders were not told");
    discord.finish().await;
}
