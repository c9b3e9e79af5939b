//! Reminders as people set, list and stop them.

use super::buttons::relabel;
use super::{TRIGGER, lumbar, minutes, somewhere};
use crate::fake_discord::{Channel, Person, bot_reply};

async fn sets(person: &Person, channel: &Channel, span: &str) -> String {
    let answer = person.runs("/walk start").option("in", span).in_channel(channel).await;
    answer.assert_private();
    answer.text()
}

async fn list(person: &Person, channel: &Channel) -> Vec<String> {
    let answer = person.runs("/walk list").in_channel(channel).await;
    answer.assert_private();
    answer.text().lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn a_time_may_be_written_as_people_write_it() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    for span in ["1h", "45 min", "an hour and a half", "10s", "2 days", "in 20 minutes", "7 days"] {
        assert!(sets(&ann, &channel, span).await.starts_with("I will remind you at <t:"), "{span}");
    }
    assert!(ann.runs("/walk start").in_channel(&channel).await.text().starts_with("I will remind you at <t:"));
    discord.finish().await;
}

#[tokio::test]
async fn a_time_that_cannot_be_says_what_to_write() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    for (span, told) in [
        ("soon", "I didn't get that time."),
        ("@everyone", "I didn't get that time."),
        ("-1h", "I didn't get that time."),
        ("9s", "That is too soon."),
        ("0 min", "That is too soon."),
        ("8 days", "That is too far away."),
        ("99999999999999999999 h", "That is too far away."),
    ] {
        let answer = sets(&ann, &channel, span).await;
        assert!(answer.starts_with(told), "{span}: {answer}");
    }
    assert_eq!(list(&ann, &channel).await, ["You have no reminders. Set one with `/walk start`."]);
    discord.finish().await;
}

#[tokio::test]
async fn the_twenty_sixth_reminder_is_refused_until_one_is_stopped() {
    let (discord, channel, ann) = somewhere().await;
    let ben = discord.person("Ben");
    let _bot = lumbar(&discord).await;

    for _ in 0..25 {
        sets(&ann, &channel, "1 h").await;
    }
    assert!(sets(&ann, &channel, "1 h").await.starts_with("You already have 25 reminders"));
    assert!(sets(&ben, &channel, "1 h").await.starts_with("I will remind you"), "that is Ann's limit alone");
    ann.runs("/walk stop").option("which", "1").in_channel(&channel).await;

    assert!(sets(&ann, &channel, "1 h").await.starts_with("I will remind you"));
    discord.finish().await;
}

#[tokio::test]
async fn the_list_shows_a_persons_own_reminders_with_the_next_one_first() {
    let (discord, channel, ann) = somewhere().await;
    let ben = discord.person("Ben");
    let _bot = lumbar(&discord).await;

    let later = sets(&ann, &channel, "2 h").await;
    let sooner = sets(&ann, &channel, "1 h").await;
    sets(&ben, &channel, "30 min").await;

    let mark = |text: &str| text.split_whitespace().find(|word| word.starts_with("<t:")).map(str::to_owned);
    let shown: Vec<_> = list(&ann, &channel).await.iter().filter_map(|line| mark(line)).collect();
    assert_eq!(shown, [mark(&sooner), mark(&later)].map(|it| it.expect("a time")));
    discord.finish().await;
}

#[tokio::test]
async fn one_is_stopped_by_choosing_it_and_all_by_choosing_all() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    for span in ["1 h", "2 h", "3 h"] {
        sets(&ann, &channel, span).await;
    }

    let offered = ann.runs("/walk stop").typing("which", "").suggestions_in(&channel).await;
    let names: Vec<&str> = offered.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names.len(), 4);
    assert_eq!(names[0], "All reminders");
    let one = ann.runs("/walk stop").option("which", &offered[1].value).in_channel(&channel).await;
    assert_eq!(one.text(), "Stopped. This reminder won't come.");
    let rest = ann.runs("/walk stop").option("which", "all").in_channel(&channel).await;
    assert_eq!(rest.text(), "All stopped. Reminders stopped: 2.");
    let none = ann.runs("/walk stop").in_channel(&channel).await;
    assert_eq!(none.text(), "You have no reminder to stop.");

    discord.passes(minutes(200));
    ann.direct_messages().stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn the_button_under_the_confirmation_stops_it() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    let set = ann.runs("/walk start").option("in", "1 h").in_channel(&channel).await;
    let stopped = ann.presses(&set, "Stop this reminder").await;

    assert_eq!(stopped.text(), "Stopped. This reminder won't come.");
    assert!(stopped.changed_the_message());
    discord.passes(minutes(61));
    ann.direct_messages().stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn nobody_stops_the_reminder_of_somebody_else() {
    let (discord, channel, ann) = somewhere().await;
    let ben = discord.person("Ben");
    let _bot = lumbar(&discord).await;
    sets(&ann, &channel, "1 h").await;
    ann.says(&channel, TRIGGER).await;
    let reply = bot_reply(&channel).await;

    relabel(&discord, &reply, "lumbar:1:stop-reminder:1");
    let forged = ben.presses(&reply, "Breathe with me").await;
    let typed = ben.runs("/walk stop").option("which", "1").in_channel(&channel).await;

    assert_eq!(forged.text(), "You have no reminder to stop.");
    assert_eq!(typed.text(), "You have no reminder to stop.");
    discord.passes(minutes(61));
    bot_reply(&ann.direct_messages()).await;
    discord.finish().await;
}
