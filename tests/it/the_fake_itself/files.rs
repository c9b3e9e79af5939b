//! Files that people give to commands, and files that the bot sends.

use serenity::all::{ChannelId, CreateAttachment};

use super::sample_panel::with_file;
use super::{by_hand, with_a_panel};
use crate::fake_discord::{Failure, Upload, bot_reply};

const FILES: &str = "/ephemeral-attachments/{application_id}/{attachment_id}/{filename}";

#[tokio::test]
async fn a_file_given_to_a_command_is_fetched_and_a_copy_comes_back() {
    let (discord, _bot, _server, channel) = with_a_panel().await;
    let ann = discord.person("Ann");
    let answer = ann.runs("/import").file("file", "my topics.toml", "a = 1").in_channel(&channel).await;
    let words = r#"my_topics.toml 5 Some("application/toml; charset=utf-8")"#;
    assert!(answer.text().starts_with(&format!("{words}\n(copy.toml")), "{}", answer.text());
    assert_eq!(answer.file("copy.toml"), b"a = 1");
    discord.finish().await;
}

#[tokio::test]
async fn a_file_may_lie_about_its_size_and_never_end() {
    let (discord, _bot, _server, channel) = with_a_panel().await;
    let ann = discord.person("Ann");
    let endless = Upload::new("x.toml", "# more\n").claims_size(7).never_ends();
    let answer = ann.runs("/import").upload("file", endless).in_channel(&channel).await;
    assert_eq!(answer.text(), "x.toml is too long");
    let small = Upload::new("x.bin", "a").claims_size(9).of_type("image/png");
    let answer = ann.runs("/import").upload("file", small).in_channel(&channel).await;
    assert!(answer.text().starts_with(r#"x.bin 9 Some("image/png")"#), "{}", answer.text());
    discord.finish().await;
}

#[tokio::test]
async fn a_file_may_fail_to_arrive() {
    let (discord, _bot, _server, channel) = with_a_panel().await;
    discord.rest().next("GET", FILES).fails_with(Failure::server_error(503));
    let answer = discord.person("Ann").runs("/import").file("file", "x.toml", "a").in_channel(&channel).await;
    assert_eq!(answer.text(), "x.toml: 503 Service Unavailable");
    discord.finish().await;
}

#[tokio::test]
#[should_panic(expected = "Discord asks for the option \"file\" first")]
async fn a_required_file_is_asked_for() {
    let (discord, _bot, _server, channel) = with_a_panel().await;
    discord.person("Ann").runs("/import").in_channel(&channel).await;
}

#[tokio::test]
#[should_panic(expected = "\"name\" takes 0 to 5 characters")]
async fn an_option_takes_no_more_than_it_says() {
    let (discord, _bot, _server, channel) = with_a_panel().await;
    let run = discord.person("Ann").runs("/import").file("file", "x.toml", "a");
    run.option("name", "too long").in_channel(&channel).await;
}

#[tokio::test]
async fn the_token_must_not_go_to_the_cdn() {
    let (discord, http, _server, channel, _ann) = by_hand().await;
    let file = Some(CreateAttachment::bytes(b"x".to_vec(), "x.txt"));
    let message = with_file("see", &file);
    let sent = http.send_message(ChannelId::new(channel.id), file.into_iter().collect(), &message).await;
    let sent = sent.expect("a message");
    assert_eq!(bot_reply(&channel).await.file("x.txt"), b"x");
    assert_eq!(sent.attachments[0].download().await.expect("the file"), b"x");
    discord.expects("the token went along to the CDN");
    let with_token = reqwest::Client::new().get(&sent.attachments[0].url).header("Authorization", discord.token());
    assert!(with_token.send().await.expect("an answer").status().is_success());
    discord.finish().await;
}
