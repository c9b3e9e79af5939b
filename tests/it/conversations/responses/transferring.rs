//! Responses go out as a file, and come in from one, looked at before anything changes.

use super::{TOAST, lumbar, moderated, publishes, runs};
use crate::fake_discord::{Answer, Channel, Person, Upload, bot_reply};

const NAME: &str = "lumbar-responses.toml";

async fn exported(mia: &Person, channel: &Channel) -> Vec<u8> {
    mia.runs("/responses export").in_channel(channel).await.file(NAME)
}

async fn imports(mia: &Person, channel: &Channel, file: &[u8]) -> Answer {
    mia.runs("/responses import").file("file", NAME, file).in_channel(channel).await
}

#[tokio::test]
async fn a_file_from_one_server_works_in_another() {
    let (discord, channel, ann, mia) = moderated().await;
    let other = discord.guild("Rowing").channel("general");
    let _bot = lumbar(&discord).await;

    publishes(&mia, &channel, &TOAST).await;
    runs(&mia, &channel, "/responses off", "sleep").await;
    let file = exported(&mia, &channel).await;
    let text = String::from_utf8(file.clone()).unwrap();
    assert!(text.starts_with('#') && text.contains("croissant mode"), "{text}");

    let preview = imports(&mia, &other, &file).await;
    preview.assert_private();
    assert!(preview.text().contains("toast-is-it") && preview.text().contains("sleep"), "{}", preview.text());
    ann.says(&other, "croissant mode").await;
    other.stays_silent().await;

    mia.presses(&preview, "Publish").await;
    ann.says(&other, "croissant mode").await;
    assert!(bot_reply(&other).await.text().contains("Butter it."));
    let again = imports(&mia, &other, &file).await;
    assert!(again.text().contains("changes nothing"), "{}", again.text());
    discord.finish().await;
}

#[tokio::test]
async fn a_file_with_faults_changes_nothing_and_names_their_lines() {
    let (discord, channel, _, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    let wrong =
        "[[topics]]\nid = \"red-flags\"\nstate = \"off\"\n\n[[topics]]\nid = 5\ntruth = [\"a\"]\nphrase = \"x\"\n";
    let told = imports(&mia, &channel, wrong.as_bytes()).await;
    insta::assert_snapshot!(told.text());
    assert!(mia.runs("/responses history").in_channel(&channel).await.text().contains("Nothing was changed"));
    discord.finish().await;
}

#[tokio::test]
async fn of_many_faults_that_are_alike_the_first_is_told_and_how_many_more_there_are() {
    let (discord, channel, _, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    let response = |number: u32| format!("[[topics]]\nid = \"r{number}\"\ncolour = \"red\"\ntitle = 7\n");
    let file: String = (1..=24).map(response).collect();
    let told = imports(&mia, &channel, file.as_bytes()).await;
    assert!(told.text().contains("and the same 23 more times"), "{}", told.text());
    assert!(told.text().lines().count() < 12, "{}", told.text());
    discord.finish().await;
}

#[tokio::test]
async fn hostile_files_are_refused() {
    let (discord, channel, _, mia) = moderated().await;
    let _bot = lumbar(&discord).await;

    let huge = "x".repeat(300 * 1024);
    let deep = format!("a = {}{}", "[".repeat(50_000), "]".repeat(50_000));
    let turned = "[[topics]]\nid = \"a\"\ntitle = \"\u{202e}evil\"\ntruth = \"b\"\nphrases = [\"c d\"]\n";
    for (file, says) in [(&*huge, "too large"), (&*deep, "cannot be used"), (turned, "cannot be used")] {
        let told = imports(&mia, &channel, file.as_bytes()).await;
        assert!(told.text().contains(says), "{says}: {}", told.text());
    }
    let lying = Upload::new(NAME, huge.as_bytes()).claims_size(9);
    let told = mia.runs("/responses import").upload("file", lying).in_channel(&channel).await;
    assert!(told.text().contains("too large"), "what is said about a size need not be true: {}", told.text());
    discord.finish().await;
}
