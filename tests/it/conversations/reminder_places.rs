//! Where a reminder arrives, in which language, and what is left of it there.

use lumbar::domain::settings::Settings;

use super::{TRIGGER, lumbar, lumbar_that_says, minutes, somewhere};
use crate::fake_discord::{Failure, FakeDiscord, bot_reply, codes};

const MESSAGES: &str = "/channels/{id}/messages";
const OPEN: &str = "/users/@me/channels";

/// A language of which the bot has no more than this.
const FINNISH: (&str, &str) = (
    "fi/_words.toml",
    "[walk]\ndue_channel = \"Muistutuksesi.\"\nset = \"Muistutan {when}.\"\nenough = \"Selvä.\"\ndue_title = \"Kävele hetki\"\n",
);

#[tokio::test]
async fn in_a_channel_everybody_reads_the_servers_language_and_in_private_the_persons_own() {
    let discord = FakeDiscord::start().await;
    let (there, here) = (discord.guild("Helsinki").locale("fi"), discord.guild("London").locale("en-GB"));
    let (there, here) = (there.channel("yleinen"), here.channel("general"));
    let (ann, aino) = (discord.person("Ann").locale("en-GB"), discord.person("Aino").locale("fi"));
    let _bot = lumbar_that_says(&discord, Settings::default(), &[FINNISH]).await;

    ann.runs("/walk start").option("in", "20 min").option("where", "here").in_channel(&there).await;
    aino.runs("/walk start").option("in", "20 min").option("where", "here").in_channel(&here).await;
    aino.runs("/walk start").option("in", "20 min").in_channel(&here).await;
    discord.passes(minutes(20));

    let for_ann = bot_reply(&there).await;
    assert!(for_ann.text().contains("Muistutuksesi."), "{}", for_ann.text());
    assert!(bot_reply(&here).await.text().contains("Your reminder is here."));
    assert!(bot_reply(&aino.direct_messages()).await.text().contains("Kävele hetki"));
    let details = ann.presses(&for_ann, "Show details").await;
    assert!(details.text().contains("Time for a few steps"), "{}", details.text());

    let put_off = ann.presses(&for_ann, "Later (15 min)").await;
    assert!(put_off.text().starts_with("Muistutan <t:"), "{}", put_off.text());
    discord.finish().await;
}

#[tokio::test]
async fn a_reminder_put_off_in_a_channel_stays_its_persons_own() {
    let (discord, channel, ann) = somewhere().await;
    let ben = discord.person("Ben");
    let _bot = lumbar(&discord).await;
    ann.runs("/walk start").option("in", "20 min").option("where", "here").in_channel(&channel).await;
    discord.passes(minutes(20));
    let reminder = bot_reply(&channel).await;

    let put_off = ann.presses(&reminder, "Later (15 min)").await;
    assert!(put_off.changed_the_message());
    for word in ["back", "walk", "pain", "health"] {
        assert!(!put_off.text().to_lowercase().contains(word), "{}", put_off.text());
    }
    let refused = ben.presses(&reminder, "Stop this reminder").await;
    refused.assert_private();
    assert!(refused.text().starts_with("This is not yours"), "{}", refused.text());
    let stopped = ann.presses(&reminder, "Stop this reminder").await;
    assert!(stopped.changed_the_message());

    discord.passes(minutes(15));
    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn whoever_has_too_many_reminders_to_put_one_off_keeps_its_buttons() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    ann.runs("/walk start").option("in", "20 min").in_channel(&channel).await;
    discord.passes(minutes(20));
    let reminder = bot_reply(&ann.direct_messages()).await;
    discord.settles().await;
    for _ in 0..25 {
        ann.runs("/walk start").option("in", "2 h").in_channel(&channel).await;
    }

    let refused = ann.presses(&reminder, "Later (15 min)").await;

    assert!(refused.text().starts_with("You already have 25 reminders"), "{}", refused.text());
    assert_eq!(refused.buttons(), ["I walked", "Later (15 min)", "Stop"]);
    ann.runs("/walk stop").option("which", "25").in_channel(&channel).await;
    ann.presses(&reminder, "Later (15 min)").await;
    discord.passes(minutes(15));
    bot_reply(&ann.direct_messages()).await;
    discord.finish().await;
}

#[tokio::test]
async fn all_three_ways_of_refusing_a_direct_message_lead_to_the_channel() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    for reason in [codes::DIRECT_MESSAGES_CLOSED, codes::NO_SHARED_SERVER, codes::MISSING_ACCESS] {
        ann.runs("/walk start").option("in", "20 min").in_channel(&channel).await;
        discord.rest().next("POST", MESSAGES).fails_with(Failure::refused(reason));
        discord.passes(minutes(20));
        assert!(bot_reply(&channel).await.text().contains("Your reminder is here."), "{reason:?}");
        discord.settles().await;
    }
    ann.direct_messages().stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_channel_that_is_forbidden_leads_to_a_direct_message() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    for reason in [codes::UNKNOWN_CHANNEL, codes::MISSING_ACCESS] {
        ann.runs("/walk start").option("in", "20 min").option("where", "here").in_channel(&channel).await;
        discord.rest().next("POST", MESSAGES).fails_with(Failure::refused(reason));
        discord.passes(minutes(20));
        assert!(bot_reply(&ann.direct_messages()).await.text().contains("Time for a few steps"), "{reason:?}");
        discord.settles().await;
    }
    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_conversation_that_is_known_is_not_opened_again_unless_it_is_outdated() {
    let (discord, _, ann) = somewhere().await;
    let direct = ann.direct_messages();
    let _bot = lumbar(&discord).await;

    ann.runs("/walk start").option("in", "20 min").in_channel(&direct).await;
    discord.passes(minutes(20));
    bot_reply(&direct).await;
    discord.settles().await;
    assert!(discord.rest().requests_to("POST", OPEN).is_empty());

    ann.runs("/walk start").option("in", "20 min").in_channel(&direct).await;
    discord.rest().next("POST", MESSAGES).fails_with(Failure::refused(codes::MISSING_ACCESS));
    discord.passes(minutes(20));
    bot_reply(&direct).await;
    assert_eq!(discord.rest().requests_to("POST", OPEN).len(), 1);
    discord.finish().await;
}

#[tokio::test]
async fn what_could_not_arrive_stays_in_the_list_for_a_week_after_it_was_told() {
    let (discord, _, ann) = somewhere().await;
    let ann = ann.refuses_direct_messages();
    let channel = discord.guild("Strangers").without_the_bot().channel("general");
    let _bot = lumbar(&discord).await;
    ann.runs("/walk start").option("in", "20 min").in_channel(&channel).await;
    discord.passes(minutes(20));
    discord.rest().wait_for("POST", MESSAGES, 1).await;
    discord.settles().await;

    assert!(ann.runs("/help").in_channel(&channel).await.text().starts_with("A reminder due <t:"));
    let list = ann.runs("/walk list").in_channel(&channel).await;
    assert!(list.text().contains("could not reach you"), "{}", list.text());
    discord.passes(minutes(8 * 24 * 60));
    let list = ann.runs("/walk list").in_channel(&channel).await;
    assert!(list.text().starts_with("You have no reminders."), "{}", list.text());
    assert_eq!(discord.rest().requests_to("POST", MESSAGES).len(), 1, "it is not tried for ever");
    discord.finish().await;
}

#[tokio::test]
async fn of_twenty_five_reminders_each_can_be_found_by_its_number() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    for number in 1..=25 {
        ann.runs("/walk start").option("in", &format!("{number} h")).in_channel(&channel).await;
    }

    let all = ann.runs("/walk stop").typing("which", "").suggestions_in(&channel).await;
    assert_eq!(all.len(), 25, "Discord takes no more");
    let last = ann.runs("/walk stop").typing("which", "25.").suggestions_in(&channel).await;
    assert_eq!(last.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["25. in 1 d"]);
    let stopped = ann.runs("/walk stop").option("which", &last[0].value).in_channel(&channel).await;
    assert_eq!(stopped.text(), "Stopped. This reminder won't come.");
    discord.finish().await;
}

#[tokio::test]
async fn a_clock_that_is_set_back_or_forward_repeats_nothing() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    let set = |seconds: i64| discord.core().change(|state| state.world.clock.advance(seconds * 1000));

    ann.runs("/walk start").option("in", "20 min").in_channel(&channel).await;
    ann.runs("/walk start").option("in", "40 min").in_channel(&channel).await;
    discord.passes(minutes(20));
    bot_reply(&ann.direct_messages()).await;
    discord.settles().await;
    set(-30 * 60);
    ann.direct_messages().stays_silent().await;
    discord.passes(minutes(30));
    ann.direct_messages().stays_silent().await;

    set(20 * 60);
    bot_reply(&ann.direct_messages()).await;
    discord.settles().await;
    set(-20 * 60);
    discord.passes(minutes(40));
    ann.direct_messages().stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn of_many_due_at_once_the_oldest_go_first_and_nobody_else_waits_for_them() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    let people: Vec<_> = (0..40).map(|number| discord.person(&format!("Person {number}"))).collect();
    for (number, person) in people.iter().enumerate() {
        person.runs("/walk start").option("in", &format!("{} s", 1200 + number)).in_channel(&channel).await;
    }

    discord.passes(minutes(21));
    bot_reply(&people[0].direct_messages()).await;
    ann.says(&channel, TRIGGER).await;
    bot_reply(&channel).await;
    ann.runs("/walk list").in_channel(&channel).await.assert_private();
    let by_then = discord.rest().requests_to("POST", MESSAGES).len();
    assert!(by_then < 40, "an answer came after all of the reminders, as number {by_then}");

    for person in &people[1..] {
        bot_reply(&person.direct_messages()).await;
    }
    let opened = discord.rest().requests_to("POST", OPEN);
    let opened: Vec<String> =
        opened.iter().filter_map(|it| Some(it.body.as_ref()?["recipient_id"].as_str()?.to_owned())).collect();
    assert_eq!(opened, people.iter().map(|person| person.id.to_string()).collect::<Vec<_>>());
    discord.finish().await;
}
