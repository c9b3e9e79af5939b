//! A message leads to an answer, or to none.

use super::lumbar;
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
