//! Sessions in words: a message that changes with each phase.

use std::time::Duration;

use crate::fake_discord::{Answer, BotUnderTest, Channel, Failure, FakeDiscord, Person, Reply, codes};

use super::{lumbar, minutes, somewhere};

const CALLBACK: &str = "/interactions/{id}/{token}/callback";
const ORIGINAL: &str = "/webhooks/{id}/{token}/messages/@original";

/// How long people get before the first breath.
const SETTLING: Duration = Duration::from_secs(6);

const fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

async fn breathes(person: &Person, channel: &Channel, options: &[(&str, &str)]) -> Reply {
    let run = person.runs("/breathe").option("style", "text");
    let run = options.iter().fold(run, |run, (name, value)| run.option(name, value));
    run.in_channel(channel).await.message()
}

/// Ann breathes in words, and is at the first breath.
async fn breathing() -> (FakeDiscord, Channel, Person, BotUnderTest, Reply) {
    let (discord, channel, ann) = somewhere().await;
    let bot = lumbar(&discord).await;
    let message = breathes(&ann, &channel, &[]).await;
    is_led(&discord).await;
    discord.passes(SETTLING);
    message.is_edited(1).await;
    (discord, channel, ann, bot, message)
}

/// The session has been taken up: its message is there, and the bot knows that it is.
async fn is_led(discord: &FakeDiscord) {
    discord.settles().await;
}

/// The first line of a message.
fn says(message: &Reply) -> String {
    message.text().lines().next().unwrap_or_default().to_owned()
}

async fn becomes(discord: &FakeDiscord, message: &Reply, text: &str) {
    let id = message.id;
    let there = |state: &mut crate::fake_discord::state::State| {
        let body = &state.world.messages[&id].body;
        let embeds = serde_json::Value::from(body.embeds.clone()).to_string();
        (body.content.contains(text) || embeds.contains(text)).then_some(())
    };
    discord.core().wait_for(&format!("{text:?} instead of {:?}", message.text()), there).await;
}

#[tokio::test]
async fn the_message_follows_the_breath_to_its_end() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    let message = breathes(&ann, &channel, &[("pattern", "sigh"), ("minutes", "1")]).await;
    assert!(message.is_private());
    let mut told = vec![message.text()];
    is_led(&discord).await;
    for (edit, pause) in [6, 3, 1, 7, 3].into_iter().enumerate() {
        discord.passes(seconds(pause));
        message.is_edited(edit + 1).await;
        told.push(message.message().body.content);
        // The bot knows that, too, before time goes on.
        discord.settles().await;
    }
    discord.passes(minutes(1));
    becomes(&discord, &message, "Well done").await;
    told.push(message.text());

    let text = told.join("\n\n");
    let dated = text.lines().map(|line| if line.contains("<t:") { "> -# Ends <…>. …" } else { line });
    insta::assert_snapshot!(dated.collect::<Vec<_>>().join("\n"));
    assert_eq!(
        message.buttons(),
        ["Again", "Remind me to walk in 1 h", "When to get help", "As a picture", "As a sound"]
    );
    assert_eq!(message.edits(), 6);
    discord.finish().await;
}

#[tokio::test]
async fn whoever_looks_away_finds_the_phase_that_holds_and_nothing_is_caught_up() {
    let (discord, _, _, _bot, message) = breathing().await;

    discord.passes(seconds(55));
    message.is_edited(2).await;

    assert_eq!(says(&message), "**Breathe out slowly** · 6 s · round 6 of 18");
    discord.settles().await;
    assert_eq!(message.edits(), 2);
    discord.finish().await;
}

#[tokio::test]
async fn stop_ends_it_at_once() {
    let (discord, _, ann, _bot, message) = breathing().await;

    let stopped = ann.presses(&message, "Stop").await;

    assert!(stopped.changed_the_message());
    stopped.assert_private();
    assert!(stopped.text().contains("Stopped."), "{}", stopped.text());
    assert_eq!(stopped.message().id, message.id);
    let edits = message.edits();
    discord.passes(minutes(2));
    discord.settles().await;
    assert_eq!(message.edits(), edits, "{}", message.text());
    discord.finish().await;
}

#[tokio::test]
async fn stop_has_the_last_word_even_if_a_change_is_on_its_way() {
    let (discord, _, ann, _bot, message) = breathing().await;

    let gate = discord.rest().next("PATCH", ORIGINAL).waits_for_a_gate();
    discord.passes(seconds(4));
    discord.rest_is_asked("PATCH", ORIGINAL, 2).await;
    let answered = discord.rest().requests_to("POST", CALLBACK).len();
    let until_promised = async {
        discord.rest().wait_for("POST", CALLBACK, answered + 1).await;
        gate.opens();
    };
    let (stopped, ()) = tokio::join!(ann.presses(&message, "Stop"), until_promised);

    becomes(&discord, &message, "Stopped.").await;
    assert!(stopped.was_deferred());
    discord.passes(minutes(1));
    discord.settles().await;
    assert!(message.text().contains("Stopped."), "{}", message.text());
    discord.finish().await;
}

#[tokio::test]
async fn only_its_owner_stops_a_session_that_all_can_see() {
    let (discord, channel, ann) = somewhere().await;
    let ben = discord.person("Ben");
    let _bot = lumbar(&discord).await;
    let message = breathes(&ann, &channel, &[("visible", "true")]).await;
    is_led(&discord).await;

    let refused = ben.presses(&message, "Stop").await;
    refused.assert_private();
    assert!(refused.text().starts_with("This is not yours"), "{}", refused.text());
    discord.passes(SETTLING);
    becomes(&discord, &message, "Breathe in").await;

    let his = ben.presses(&message, "Again").await;
    his.assert_private();
    discord.passes(seconds(4));
    becomes(&discord, &message, "Breathe out").await;

    let stopped = ann.presses(&message, "Stop").await;
    stopped.assert_public();
    stopped.message().assert_pings_nobody();
    assert!(message.text().contains("Stopped."), "{}", message.text());
    discord.finish().await;
}

#[tokio::test]
async fn a_new_session_ends_the_one_before() {
    let (discord, channel, ann, _bot, first) = breathing().await;

    let second = breathes(&ann, &channel, &[("pattern", "even")]).await;
    becomes(&discord, &first, "This one is over").await;
    is_led(&discord).await;
    let edits = first.edits();
    discord.passes(SETTLING);

    becomes(&discord, &second, "Breathe in").await;
    discord.settles().await;
    assert_eq!(first.edits(), edits);
    discord.finish().await;
}

#[tokio::test]
async fn again_starts_over_in_the_same_message() {
    let (discord, _, ann, _bot, message) = breathing().await;
    discord.passes(seconds(44));
    becomes(&discord, &message, "round 5").await;

    let again = ann.presses(&message, "Again").await;
    assert_eq!(again.message().id, message.id);
    assert!(says(&message).starts_with("**Get comfortable.**"), "{}", message.text());
    is_led(&discord).await;
    discord.passes(SETTLING);

    becomes(&discord, &message, "round 1 of 18").await;
    let edits = message.edits();
    discord.settles().await;
    assert_eq!(message.edits(), edits, "nothing is left of the session before");
    discord.finish().await;
}

#[tokio::test]
async fn after_a_slow_change_the_phase_that_holds_comes_next() {
    let (discord, _, _, _bot, message) = breathing().await;

    let gate = discord.rest().next("PATCH", ORIGINAL).waits_for_a_gate();
    discord.passes(seconds(4));
    discord.rest_is_asked("PATCH", ORIGINAL, 2).await;
    discord.passes(seconds(21));
    gate.opens();

    becomes(&discord, &message, "**Breathe out slowly** · 6 s · round 3 of 18").await;
    discord.settles().await;
    assert_eq!(message.edits(), 3, "one for the change that was slow, one for what holds now");
    discord.finish().await;
}

#[tokio::test]
async fn a_change_that_discord_puts_off_is_not_made_later_but_replaced() {
    let (discord, _, _, _bot, message) = breathing().await;

    discord.rest().next("PATCH", ORIGINAL).fails_with(Failure::rate_limited(0.3));
    discord.passes(seconds(4));
    discord.rest().wait_for("PATCH", ORIGINAL, 2).await;
    discord.passes(seconds(6));

    becomes(&discord, &message, "**Breathe in** · 4 s · round 2 of 18").await;
    assert_eq!(message.edits(), 2);
    let asked: Vec<_> = discord.rest().requests_to("PATCH", ORIGINAL).into_iter().map(|it| it.arrived).collect();
    assert!(asked[2] - asked[1] >= Duration::from_millis(300), "it knocked again after {:?}", asked[2] - asked[1]);
    discord.finish().await;
}

#[tokio::test]
async fn a_discord_that_fails_now_and_then_does_not_end_it() {
    let (discord, _, _, _bot, message) = breathing().await;

    for failure in [Failure::server_error(502), Failure::DroppedBefore] {
        discord.rest().next("PATCH", ORIGINAL).fails_with(failure);
    }
    discord.passes(seconds(4));

    becomes(&discord, &message, "**Breathe out slowly** · 6 s · round 1 of 18").await;
    discord.finish().await;
}

#[tokio::test]
async fn what_fails_again_and_again_is_given_up_kindly() {
    let (discord, _, _, _bot, message) = breathing().await;

    for _ in 0..4 {
        discord.rest().next("PATCH", ORIGINAL).fails_with(Failure::server_error(500));
    }
    discord.passes(seconds(4));
    becomes(&discord, &message, "I could not keep up with you").await;

    assert!(message.buttons().contains(&"Again".to_owned()));
    discord.finish().await;
}

#[tokio::test]
async fn a_message_that_is_gone_is_left_alone() {
    let (discord, _, ann, _bot, message) = breathing().await;

    for _ in 0..2 {
        discord.rest().next("PATCH", ORIGINAL).fails_with(Failure::refused(codes::UNKNOWN_MESSAGE));
    }
    discord.passes(seconds(4));
    discord.rest().wait_for("PATCH", ORIGINAL, 3).await;
    let asked = discord.rest().requests_to("PATCH", ORIGINAL).len();
    discord.passes(minutes(2));
    discord.settles().await;

    assert_eq!(discord.rest().requests_to("PATCH", ORIGINAL).len(), asked);
    assert!(ann.presses(&message, "Stop").await.changed_the_message());
    discord.finish().await;
}

#[tokio::test]
async fn people_in_one_channel_do_not_wait_for_one_another() {
    let (discord, channel, _, _bot, hers) = breathing().await;
    let ben = discord.person("Ben");
    let his = breathes(&ben, &channel, &[("pattern", "even")]).await;
    is_led(&discord).await;

    // Two seconds later her breath turns; six seconds later his begins.
    let gate = discord.rest().next("PATCH", ORIGINAL).waits_for_a_gate();
    discord.passes(seconds(4));
    discord.rest_is_asked("PATCH", ORIGINAL, 2).await;
    discord.passes(seconds(2));
    becomes(&discord, &his, "Breathe in").await;
    assert!(says(&hers).contains("Breathe in"), "hers is still on its way: {}", hers.text());
    gate.opens();

    becomes(&discord, &hers, "Breathe out slowly").await;
    discord.finish().await;
}

#[tokio::test]
async fn the_longest_session_ends_while_its_message_can_still_be_changed() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    let message = breathes(&ann, &channel, &[("minutes", "10")]).await;
    is_led(&discord).await;

    discord.passes(SETTLING + minutes(10) - seconds(1));
    becomes(&discord, &message, "round 60 of 60").await;
    discord.passes(seconds(1));

    becomes(&discord, &message, "Well done").await;
    discord.finish().await;
}

#[tokio::test]
async fn a_bot_that_is_stopped_says_so_in_every_session() {
    let (discord, channel, _, mut bot, hers) = breathing().await;
    let ben = discord.person("Ben");
    let his = breathes(&ben, &channel, &[("visible", "true")]).await;
    is_led(&discord).await;

    bot.stops().await;

    for message in [hers, his] {
        assert!(message.text().contains("I am being restarted"), "{}", message.text());
        assert!(message.buttons().contains(&"Again".to_owned()));
    }
    discord.abandon();
}

#[tokio::test]
async fn after_a_crash_stop_says_what_happened_and_again_begins_anew() {
    let (discord, _, ann, mut bot, message) = breathing().await;

    bot.is_killed().await;
    bot.starts_again().await;
    assert!(message.text().contains("Does this stand still? Press *Stop* or *Again*."), "{}", message.text());
    let stopped: Answer = ann.presses(&message, "Stop").await;
    assert!(stopped.changed_the_message());
    assert!(stopped.text().contains("This one was interrupted"), "{}", stopped.text());

    let again = ann.presses(&stopped, "Again").await;
    assert_eq!(again.message().id, message.id);
    is_led(&discord).await;
    discord.passes(SETTLING);
    becomes(&discord, &message, "round 1 of 18").await;
    discord.finish().await;
}

#[tokio::test]
async fn after_a_crash_again_works_in_the_message_that_stands_still() {
    let (discord, _, ann, mut bot, message) = breathing().await;

    bot.is_killed().await;
    bot.starts_again().await;
    ann.presses(&message, "Again").await;
    is_led(&discord).await;
    discord.passes(SETTLING + seconds(4));

    becomes(&discord, &message, "**Breathe out slowly** · 6 s · round 1 of 18").await;
    discord.finish().await;
}

#[tokio::test]
async fn no_news_of_reminders_stands_in_a_message_that_changes() {
    let (discord, channel, ann) = somewhere().await;
    let ann = ann.refuses_direct_messages();
    let _bot = lumbar(&discord).await;
    ann.runs("/walk start").option("in", "10s").in_direct_messages().await;
    discord.passes(seconds(11));
    discord.rest().wait_for("POST", "/channels/{id}/messages", 1).await;
    discord.settles().await;

    let message = breathes(&ann, &channel, &[]).await;
    assert!(says(&message).starts_with("**Get comfortable.**"), "{}", message.text());

    let next = ann.runs("/walk list").in_channel(&channel).await;
    assert!(next.text().contains("could not reach you"), "{}", next.text());
    discord.finish().await;
}
