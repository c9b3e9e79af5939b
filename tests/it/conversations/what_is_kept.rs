//! What is kept about a person is theirs to see and to delete; and the warning signs, which keep nothing.

use super::buttons::relabel;
use super::{lumbar, minutes, somewhere};
use crate::fake_discord::bot_reply;

#[tokio::test]
async fn whoever_asks_sees_what_is_kept_and_deletes_it_at_once() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    ann.says(&channel, "my back went out").await;
    let reply = bot_reply(&channel).await;
    ann.presses(&reply, "Remind me to walk in 1 h").await;

    let shown = ann.runs("/privacy show").in_channel(&channel).await;
    shown.assert_private();
    insta::assert_snapshot!(shown.text());
    let forgotten = ann.runs("/privacy forget").in_channel(&channel).await;
    assert!(forgotten.text().contains("Deleted"), "{}", forgotten.text());
    let nothing = ann.runs("/privacy show").in_channel(&channel).await;
    assert!(nothing.text().contains("Nothing at all."), "{}", nothing.text());

    discord.passes(minutes(60));
    ann.direct_messages().stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn deleting_touches_nobody_else() {
    let (discord, channel, ann) = somewhere().await;
    let ben = discord.person("Ben");
    let _bot = lumbar(&discord).await;
    ben.runs("/walk start").option("in", "20 min").in_channel(&channel).await;

    ann.runs("/privacy forget").in_channel(&channel).await;
    discord.passes(minutes(20));

    bot_reply(&ben.direct_messages()).await;
    discord.finish().await;
}

#[tokio::test]
async fn a_sign_of_either_level_leads_to_what_to_do_and_none_to_first_aid() {
    let (discord, channel, ann) = somewhere().await;
    let ann = ann.locale("en-GB");
    let _bot = lumbar(&discord).await;

    let signs = ann.runs("/back signs").in_channel(&channel).await;
    signs.assert_private();
    let (now, today) = ("One of these fits me: call now", "One of these fits me: doctor today");
    assert_eq!(signs.buttons(), [now, today, "None of these"]);
    let fits = ann.presses(&signs.message(), now).await;
    assert!(fits.text().contains("Call 999 or 112 now"), "{}", fits.text());
    assert_eq!(fits.buttons(), ["When to get help"]);

    let again = ann.runs("/back signs").in_channel(&channel).await;
    let fits = ann.presses(&again.message(), today).await;
    assert!(fits.text().contains("See a doctor today."), "{}", fits.text());
    assert!(
        fits.text().contains("If it gets worse, or an emergency sign shows up, call 999 or 112"),
        "{}",
        fits.text()
    );

    let again = ann.runs("/back signs").in_channel(&channel).await;
    let none = ann.presses(&again.message(), "None of these").await;
    assert!(none.text().contains("Breathe slowly") && none.text().contains("again tomorrow"), "{}", none.text());
    discord.finish().await;
}

#[tokio::test]
async fn an_emergency_stops_the_reminders_to_walk_and_says_so() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    ann.runs("/walk start").option("in", "20 min").in_channel(&channel).await;

    let signs = ann.runs("/back signs").in_channel(&channel).await;
    let fits = ann.presses(&signs.message(), "One of these fits me: call now").await;

    assert!(fits.text().contains("I stopped your reminders to walk."), "{}", fits.text());
    discord.passes(minutes(20));
    ann.direct_messages().stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_button_from_before_there_were_two_levels_still_means_an_emergency() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    ann.says(&channel, "my back went out").await;
    let reply = bot_reply(&channel).await;

    relabel(&discord, &reply, "lumbar:1:sign-fits");
    let fits = ann.presses(&reply, "Breathe with me").await;

    assert!(fits.text().contains("Call 911 now"), "{}", fits.text());
    discord.finish().await;
}

#[tokio::test]
async fn whoever_despairs_finds_somebody_to_talk_to() {
    let (discord, channel, ann) = somewhere().await;
    let ann = ann.locale("en-GB");
    let _bot = lumbar(&discord).await;

    let signs = ann.runs("/back signs").in_channel(&channel).await;

    let text = signs.text();
    assert!(text.contains("You are not alone with this.") && text.contains("findahelpline.com"), "{text}");
    assert!(text.contains("Something was taken, or you are in danger right now? Call 999 or 112"), "{text}");
    discord.finish().await;
}
