//! A message leads to an answer, or to none.

use serde_json::json;

use super::{ANSWER, TRIGGER, lumbar, somewhere};
use crate::fake_discord::{FakeDiscord, bot_reply};

#[tokio::test]
async fn a_locked_back_is_answered_with_what_really_happens() {
    let discord = FakeDiscord::start().await;
    let channel = discord.guild("Climbing").channel("general");
    let ann = discord.person("Ann");
    let _bot = lumbar(&discord).await;

    let said = ann.says(&channel, "so my back went out this morning").await;
    let reply = bot_reply(&channel).await;

    reply.assert_refers_to(&said);
    reply.assert_pings_nobody();
    insta::assert_snapshot!(reply.text());
    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn an_answer_survives_the_deletion_of_the_message_it_answers() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    let gate = discord.rest().next("POST", "/channels/{id}/messages").waits_for_a_gate();
    let said = ann.says(&channel, TRIGGER).await;
    ann.runs("/help").in_channel(&channel).await;
    ann.deletes(&said).await;
    gate.opens();

    let reply = bot_reply(&channel).await;
    assert!(reply.text().contains(ANSWER));
    assert_eq!(reply.message().reference, None);
    discord.finish().await;
}

#[tokio::test]
async fn an_answer_pings_nobody_whatever_the_message_says() {
    let (discord, channel, ann) = somewhere().await;
    let ben = discord.person("Ben");
    let _bot = lumbar(&discord).await;

    ann.says(&channel, &format!("@everyone @here {} <@&123> my back went out", ben.mention())).await;

    let reply = bot_reply(&channel).await;
    reply.assert_pings_nobody();
    let allowed = reply.message().body.allowed_mentions.expect("rules for mentions");
    assert_eq!((&allowed["parse"], &allowed["replied_user"]), (&json!([]), &json!(false)));
    discord.finish().await;
}

#[tokio::test]
async fn a_topic_other_than_the_first_gets_its_own_answer() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    ann.says(&channel, "can someone pop my back back into place?").await;

    let reply = bot_reply(&channel).await;
    assert!(reply.text().contains("Nothing needs to go back in"), "{}", reply.text());
    assert_eq!(reply.buttons(), ["Breathe with me", "Remind me to walk in 1 h", "When to get help", "More"]);
    discord.finish().await;
}
