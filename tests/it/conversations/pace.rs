//! How fast the bot answers, and whether what it sends is held against Discord's own description.

use std::time::{Duration, Instant};

use super::{TRIGGER, lumbar_with, somewhere, tireless};
use crate::fake_discord::{bot_reply, openapi_is_there};

#[tokio::test]
async fn the_median_time_from_a_message_to_its_answer_is_told() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar_with(&discord, tireless()).await;

    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..50 {
        let said_at = Instant::now();
        ann.says(&channel, TRIGGER).await;
        bot_reply(&channel).await;
        times.push(said_at.elapsed());
    }
    times.sort_unstable();

    println!("from a message to its answer, over loopback: {:?} at the median of {}", times[25], times.len());
    discord.finish().await;
}

#[tokio::test]
async fn every_body_is_held_against_discords_description_where_that_is_there() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar_with(&discord, tireless()).await;

    ann.says(&channel, TRIGGER).await;
    bot_reply(&channel).await;
    ann.runs("/help").in_channel(&channel).await;
    discord.settles().await;

    let bodies = discord.rest().requests().iter().filter(|it| it.body.is_some()).count();
    let validated = discord.core().look(|state| state.validated);
    if openapi_is_there() {
        assert_eq!(validated, bodies);
    }
    println!("validated {validated} of {bodies} bodies against Discord's OpenAPI description");
    discord.finish().await;
}
