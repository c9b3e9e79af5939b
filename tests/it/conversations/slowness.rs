//! The bot's own store is slow, or fails.

use super::{TRIGGER, lumbar_on, somewhere};
use crate::conversations::ailing_store::AilingStore;
use crate::fake_discord::bot_reply;

const CALLBACK: &str = "/interactions/{id}/{token}/callback";

#[tokio::test]
async fn a_command_that_takes_long_is_promised_an_answer_and_gets_it() {
    let (discord, channel, ann) = somewhere().await;
    let store = AilingStore::new();
    let _bot = lumbar_on(&discord, &store).await;

    store.stalls();
    let until_promised = async {
        discord.rest().wait_for("POST", CALLBACK, 1).await;
        store.recovers();
    };
    let (answer, ()) = tokio::join!(ann.runs("/walk list").in_channel(&channel), until_promised);

    assert!(answer.was_deferred());
    answer.assert_private();
    assert!(answer.text().starts_with("You have no reminders"), "{}", answer.text());
    discord.finish().await;
}

#[tokio::test]
async fn a_button_that_takes_long_is_promised_an_answer_and_gets_it() {
    let (discord, channel, ann) = somewhere().await;
    let store = AilingStore::new();
    let _bot = lumbar_on(&discord, &store).await;
    ann.says(&channel, TRIGGER).await;
    let reply = bot_reply(&channel).await;

    store.stalls();
    let until_promised = async {
        discord.rest().wait_for("POST", CALLBACK, 1).await;
        store.recovers();
    };
    let (answer, ()) = tokio::join!(ann.presses(&reply, "Remind me to walk in 1 h"), until_promised);

    assert!(answer.was_deferred());
    answer.assert_private();
    assert_eq!(answer.buttons(), ["Stop this reminder"]);
    assert!(reply.text().contains("Your back didn't go out"), "the public answer stays as it is");
    discord.finish().await;
}

#[tokio::test]
async fn a_promise_is_kept_with_an_apology_if_it_must() {
    let (discord, channel, ann) = somewhere().await;
    let store = AilingStore::new();
    let _bot = lumbar_on(&discord, &store).await;
    discord.expects("an interaction failed");

    store.stalls();
    let until_promised = async {
        discord.rest().wait_for("POST", CALLBACK, 1).await;
        store.breaks();
        store.hurries();
    };
    let (answer, ()) = tokio::join!(ann.runs("/walk list").in_channel(&channel), until_promised);

    assert!(answer.was_deferred());
    assert!(answer.text().starts_with("Sorry, that went wrong on my side"), "{}", answer.text());
    store.recovers();
    discord.finish().await;
}

#[tokio::test]
async fn a_failure_is_apologised_for_in_private() {
    let (discord, channel, ann) = somewhere().await;
    let store = AilingStore::new();
    let _bot = lumbar_on(&discord, &store).await;
    discord.expects("an interaction failed");

    store.breaks();
    let answer = ann.runs("/walk list").in_channel(&channel).await;

    answer.assert_private();
    assert!(answer.text().starts_with("Sorry, that went wrong on my side"), "{}", answer.text());
    assert!(!answer.text().contains("ailing"), "what failed is nobody's business");
    store.recovers();
    discord.finish().await;
}

#[tokio::test]
async fn while_somebody_types_a_slow_store_offers_nothing_rather_than_too_late() {
    let (discord, channel, ann) = somewhere().await;
    let store = AilingStore::new();
    let _bot = lumbar_on(&discord, &store).await;

    store.stalls();
    let offered = ann.runs("/walk stop").typing("which", "a").suggestions_in(&channel).await;

    assert_eq!(offered, []);
    store.recovers();
    discord.finish().await;
}

#[tokio::test]
async fn a_message_is_answered_as_soon_as_the_store_is_back() {
    let (discord, channel, ann) = somewhere().await;
    let store = AilingStore::new();
    let _bot = lumbar_on(&discord, &store).await;

    store.stalls();
    let said = ann.says(&channel, TRIGGER).await;
    ann.runs("/back ask").typing("topic", "ice").suggestions_in(&channel).await;
    store.recovers();

    bot_reply(&channel).await.assert_refers_to(&said);
    discord.finish().await;
}

#[tokio::test]
async fn without_a_store_a_message_is_not_answered_and_the_log_says_so() {
    let (discord, channel, ann) = somewhere().await;
    let store = AilingStore::new();
    let _bot = lumbar_on(&discord, &store).await;
    discord.expects("a message was not answered");

    store.breaks();
    ann.says(&channel, TRIGGER).await;
    ann.runs("/back ask").typing("topic", "ice").suggestions_in(&channel).await;
    store.recovers();

    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_warning_sign_is_answered_even_without_a_store() {
    let (discord, channel, ann) = somewhere().await;
    let store = AilingStore::new();
    let _bot = lumbar_on(&discord, &store).await;
    discord.expects("answering an urgent message without the store");

    store.breaks();
    let said = ann.says(&channel, "my back went out and both my legs are numb").await;

    bot_reply(&channel).await.assert_refers_to(&said);
    store.recovers();
    discord.finish().await;
}
