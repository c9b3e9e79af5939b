//! The texts of a folder follow their files while the program runs.

use std::fs;
use std::path::{Path, PathBuf};

use lumbar::responses;

use crate::fake_discord::{Answer, BotUnderTest, FakeDiscord, Person};

const SLEEP: &str = "en/sleep.toml";
const COMMANDS: &str = "en/_commands.toml";
const READ_AGAIN: &str = "the texts were read again";
const NOT_TAKEN: &str = "the texts were not taken";

/// A folder with the texts that ship with the bot.
struct Texts(tempfile::TempDir);

impl Texts {
    fn new() -> Self {
        let texts = Self(tempfile::tempdir().expect("a temporary folder"));
        for file in responses::built_in() {
            let path = texts.path(&file.path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, file.text).expect("a file");
        }
        texts
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("responses")
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder().join(file)
    }

    /// Saves a file as an editor does: beside the old one first, then in its place.
    fn change(&self, file: &str, old: &str, new: &str) {
        let path = self.path(file);
        let text = fs::read_to_string(&path).expect("a file");
        assert!(text.contains(old), "{file} has no {old}");
        let beside = path.with_extension("toml.tmp");
        fs::write(&beside, text.replacen(old, new, 1)).expect("a file");
        fs::rename(beside, path).expect("a file in its place");
    }

    /// The heading of the answer about sleep.
    fn title(&self, old: &str, new: &str) {
        self.change(SLEEP, &format!("title = \"{old}"), &format!("title = \"{new}"));
    }
}

async fn running(discord: &FakeDiscord, folder: &Path) -> BotUnderTest {
    let folder = folder.to_str().expect("a path in text");
    BotUnderTest::binary(discord).environment("LUMBAR_RESPONSES__FOLDER", folder).start().await
}

async fn asks(ann: &Person) -> Answer {
    ann.runs("/back ask").option("topic", "sleep").in_direct_messages().await
}

fn title_of_sleep() -> String {
    let file = responses::built_in().into_iter().find(|file| file.path == SLEEP).expect("the topic");
    let line = file.text.lines().find_map(|line| line.strip_prefix("title = \"")).expect("a title");
    line.trim_end_matches('"').to_owned()
}

#[tokio::test]
async fn a_changed_file_is_what_the_next_answer_says() {
    let (discord, texts) = (FakeDiscord::start().await, Texts::new());
    let ann = discord.person("Ann");
    let bot = running(&discord, &texts.folder()).await;

    texts.title(&title_of_sleep(), "Pillows at dawn. ");
    bot.writes(READ_AGAIN).await;

    let answer = asks(&ann).await;
    assert!(answer.text().contains("Pillows at dawn."), "{}", answer.text());
    assert_eq!(bot.stderr().matches(READ_AGAIN).count(), 1, "one change, one reading:\n{}", bot.stderr());
    discord.finish().await;
}

#[tokio::test]
async fn a_broken_file_is_told_line_by_line_and_the_old_texts_stay() {
    let (discord, texts) = (FakeDiscord::start().await, Texts::new());
    let ann = discord.person("Ann");
    let bot = running(&discord, &texts.folder()).await;
    let title = title_of_sleep();

    discord.expects("a problem in the texts");
    discord.expects(NOT_TAKEN);
    texts.change(SLEEP, "title =", "titel =");
    bot.writes(NOT_TAKEN).await;

    let log = bot.stderr();
    assert!(log.contains("responses/en/sleep.toml:") && log.contains("titel"), "{log}");
    let first: String = title.chars().take(12).collect();
    assert!(asks(&ann).await.text().contains(&first), "the old text stays");
    discord.finish().await;
}

#[tokio::test]
async fn a_folder_that_is_replaced_as_a_whole_is_read() {
    let (discord, texts, other) = (FakeDiscord::start().await, Texts::new(), Texts::new());
    let ann = discord.person("Ann");
    let bot = running(&discord, &texts.folder()).await;
    other.title(&title_of_sleep(), "From elsewhere. ");

    fs::rename(texts.folder(), texts.0.path().join("old")).expect("the old folder");
    fs::rename(other.folder(), texts.folder()).expect("the new folder");
    bot.writes(READ_AGAIN).await;

    assert!(asks(&ann).await.text().contains("From elsewhere."));
    texts.title("From elsewhere. ", "And again. ");
    bot.writes_often(READ_AGAIN, 2).await;
    assert!(asks(&ann).await.text().contains("And again."));
    discord.finish().await;
}

#[tokio::test]
async fn commands_are_registered_again_when_their_words_change() {
    let (discord, texts) = (FakeDiscord::start().await, Texts::new());
    let bot = running(&discord, &texts.folder()).await;

    texts.change(COMMANDS, "[\"back signs\"]\nname = \"signs\"", "[\"back signs\"]\nname = \"flags\"");
    bot.writes_often("commands registered", 2).await;

    let sent = discord.rest().requests_to("PUT", "/applications/{id}/commands");
    let names = sent.iter().map(|request| request.body.as_ref().expect("commands").to_string().contains("\"flags\""));
    assert_eq!(names.collect::<Vec<_>>(), [false, true]);
    discord.finish().await;
}

#[cfg(unix)]
#[tokio::test]
async fn sighup_reads_the_texts_again_and_says_what_came_of_it() {
    let (discord, texts) = (FakeDiscord::start().await, Texts::new());
    let bot = running(&discord, &texts.folder()).await;

    bot.is_sent("HUP");

    bot.writes("the texts have not changed").await;
    discord.finish().await;
}

#[cfg(unix)]
#[tokio::test]
async fn sighup_without_a_folder_says_that_there_is_none() {
    let discord = FakeDiscord::start().await;
    let bot = BotUnderTest::binary(&discord).start().await;

    bot.is_sent("HUP");

    bot.writes("nothing to read again").await;
    asks(&discord.person("Ann")).await.assert_private();
    discord.finish().await;
}
