//! What people say leaves no trace.

use std::path::Path;

use super::{lumbar, minutes, somewhere};
use crate::fake_discord::bot_reply;

/// Words that stand nowhere in the bot's own texts.
const SECRET: &str = "Zaphodia";

#[tokio::test]
async fn no_word_of_a_message_is_in_the_database_or_in_the_log() {
    let (discord, channel, ann) = somewhere().await;
    let ben = discord.person("Ben");
    let mut bot = lumbar(&discord).await;

    let said = ann.says(&channel, &format!("my back went out, said {SECRET}")).await;
    let reply = bot_reply(&channel).await;
    ann.edits(&said, &format!("my back really went out, said {SECRET}")).await;
    ann.says(&channel, &format!("hello {SECRET}")).await;
    ben.says(&channel, &format!("my back went out and my legs are numb {SECRET}")).await;
    bot_reply(&channel).await;
    ben.menu("First aid for this", &said).await;
    ann.presses(&reply, "Remind me to walk in 1 h").await;
    ann.runs("/back ask").option("topic", SECRET).in_channel(&channel).await;
    ann.runs("/back ask").typing("topic", SECRET).suggestions_in(&channel).await;
    ann.runs("/walk start").option("in", SECRET).in_channel(&channel).await;
    discord.passes(minutes(60));
    bot_reply(&ann.direct_messages()).await;
    discord.settles().await;
    // While it runs the newest stands in the journal; once it has stopped, all of it is in the file itself.
    assert!(assert_untold(bot.data_folder(), "lumbar.db-wal") > 0, "there is a journal");
    bot.stops().await;

    let log = discord.log();
    assert!(log.iter().any(|line| line.contains("answered")), "a log was kept");
    let telling: Vec<&String> = log.iter().filter(|line| tells(line.as_bytes())).collect();
    assert!(telling.is_empty(), "{telling:?}");
    assert_untold(bot.data_folder(), "lumbar.db-wal");
    assert!(assert_untold(bot.data_folder(), "lumbar.db") > 0, "a database was kept");
    discord.finish().await;
}

/// Holds that a file tells nothing, and says how long it is.
fn assert_untold(folder: &Path, name: &str) -> usize {
    let bytes = std::fs::read(folder.join(name)).unwrap_or_default();
    assert!(!tells(&bytes), "{name}");
    bytes.len()
}

fn tells(bytes: &[u8]) -> bool {
    let words = [SECRET, "really went out", "legs are numb"];
    words.iter().any(|word| bytes.windows(word.len()).any(|window| window == word.as_bytes()))
}
