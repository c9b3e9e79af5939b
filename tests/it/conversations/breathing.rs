//! Breathing with a picture or a sound.

use crate::fake_discord::state::State;
use crate::fake_discord::{Answer, Channel, Failure, FakeDiscord, Permission, Person, bot_reply, codes};

use super::{TRIGGER, lumbar, somewhere};

const CALLBACK: &str = "/interactions/{id}/{token}/callback";
const ORIGINAL: &str = "/webhooks/{id}/{token}/messages/@original";

async fn breathes(ann: &Person, channel: &Channel, options: &[(&str, &str)]) -> Answer {
    let run = options.iter().fold(ann.runs("/breathe"), |run, (name, value)| run.option(name, value));
    run.in_channel(channel).await
}

/// The names of the files that are there now.
fn files(answer: &Answer) -> Vec<String> {
    answer.message().attachments().into_iter().map(|it| it.filename).collect()
}

/// Waits until these files are there: a button whose answer takes long is answered by a change later on.
async fn shows(discord: &FakeDiscord, answer: &Answer, names: &[&str]) {
    let id = answer.message().id;
    let there = |state: &mut State| {
        let files = &state.world.messages[&id].body.attachments;
        files.iter().map(|it| it.filename.as_str()).eq(names.iter().copied()).then_some(())
    };
    discord.core().wait_for(&format!("{names:?}"), there).await;
}

fn uploads(discord: &FakeDiscord) -> usize {
    discord.rest().requests().iter().map(|it| it.files).sum()
}

#[tokio::test]
async fn breathe_shows_a_picture_that_moves_and_says_the_same_in_words() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    let answer = breathes(&ann, &channel, &[]).await;

    answer.assert_private();
    insta::assert_snapshot!(answer.text());
    let message = answer.message().message();
    assert_eq!(message.body.embeds[0]["image"]["url"], "attachment://breathing-exhale.gif");
    assert!(message.body.attachments[0].bytes.len() < 400_000);
    discord.finish().await;
}

#[tokio::test]
async fn every_pattern_comes_as_a_picture_and_as_a_sound_each_with_its_alt_text() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    let mut told = Vec::new();
    for style in ["picture", "sound"] {
        for pattern in ["exhale", "even", "box", "4-7-8", "sigh"] {
            let answer = breathes(&ann, &channel, &[("pattern", pattern), ("minutes", "1"), ("style", style)]).await;
            let files = answer.message().attachments();
            assert_eq!(files.len(), 1, "{}", answer.text());
            told.push(format!("{}: {}", files[0].filename, files[0].description.as_deref().unwrap_or_default()));
        }
    }

    insta::assert_snapshot!(told.join("\n"));
    discord.finish().await;
}

#[tokio::test]
async fn a_sound_is_a_file_to_play_and_a_long_one_is_promised_first() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    let short = breathes(&ann, &channel, &[("style", "sound"), ("minutes", "1")]).await;
    insta::assert_snapshot!(short.text());

    let long = breathes(&ann, &channel, &[("style", "sound"), ("minutes", "5"), ("visible", "true")]).await;
    assert!(long.was_deferred());
    long.assert_public();
    let file = &long.message().attachments()[0];
    assert!((500_000..8_000_000).contains(&file.bytes.len()), "{} bytes", file.bytes.len());
    discord.finish().await;
}

#[tokio::test]
async fn what_others_see_comes_with_the_file_too_and_pings_nobody() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    let shown = breathes(&ann, &channel, &[("visible", "true")]).await;

    shown.assert_public();
    shown.message().assert_pings_nobody();
    assert_eq!(files(&shown), ["breathing-exhale.gif"]);
    discord.finish().await;
}

#[tokio::test]
async fn where_the_bot_may_attach_nothing_the_words_do() {
    let (discord, channel, ann) = somewhere().await;
    channel.denies_the_bot(Permission::AttachFiles);
    let _bot = lumbar(&discord).await;

    let shown = breathes(&ann, &channel, &[("visible", "true")]).await;
    assert_eq!(uploads(&discord), 0);
    assert!(shown.text().contains("Breathe in for 4: 1 · 2 · 3 · 4"), "{}", shown.text());
    assert!(!shown.text().contains("circle"), "no word of a picture that is not there: {}", shown.text());

    let private = breathes(&ann, &channel, &[]).await;
    assert_eq!(files(&private), ["breathing-exhale.gif"], "what only Ann sees is no matter of the channel");
    discord.finish().await;
}

#[tokio::test]
async fn a_file_that_discord_does_not_take_leaves_the_words() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    // Drawn before, so that it comes with the first answer.
    breathes(&ann, &channel, &[]).await;
    discord.rest().next("POST", CALLBACK).fails_with(Failure::refused(codes::MISSING_PERMISSIONS));
    let picture = breathes(&ann, &channel, &[]).await;
    discord.rest().next("PATCH", ORIGINAL).fails_with(Failure::refused(codes::MISSING_PERMISSIONS));
    let sound = breathes(&ann, &channel, &[("style", "sound"), ("minutes", "5")]).await;

    for answer in [&picture, &sound] {
        assert_eq!(files(answer), [] as [&str; 0]);
        let text = answer.text();
        assert!(text.contains("Breathe in for 4: 1 · 2 · 3 · 4"), "{text}");
        assert!(!text.contains("circle") && !text.contains("chime"), "{text}");
    }
    discord.finish().await;
}

#[tokio::test]
async fn one_form_leads_to_another_in_the_same_message_and_no_file_stays_behind() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    ann.says(&channel, TRIGGER).await;
    let first_aid = bot_reply(&channel).await;

    let picture = ann.presses(&first_aid, "Breathe with me").await;
    picture.assert_private();
    assert_eq!(files(&picture), ["breathing-exhale.gif"]);

    let again = ann.presses(&picture, "Again").await;
    shows(&discord, &again, &["breathing-exhale.gif"]).await;
    let sound = ann.presses(&again, "As a sound").await;
    shows(&discord, &sound, &["breathing-exhale.flac"]).await;
    assert!(!sound.text().contains("image:"), "{}", sound.text());
    let words = ann.presses(&sound, "In words").await;
    assert_eq!(files(&words), [] as [&str; 0]);
    let stopped = ann.presses(&words, "Stop").await;
    let back = ann.presses(&stopped, "As a picture").await;
    shows(&discord, &back, &["breathing-exhale.gif"]).await;
    for answer in [&again, &sound, &words, &stopped, &back] {
        assert_eq!(answer.message().id, picture.message().id);
    }
    discord.finish().await;
}

#[tokio::test]
async fn a_button_begins_again_with_what_was_asked_for_and_for_whoever_presses_it() {
    let (discord, channel, ann) = somewhere().await;
    let ben = discord.person("Ben");
    let mut bot = lumbar(&discord).await;

    let shown = breathes(&ann, &channel, &[("pattern", "sigh"), ("minutes", "2"), ("visible", "true")]).await;
    bot.is_killed().await;
    bot.starts_again().await;
    let his = ben.presses(&shown, "Again").await;

    his.assert_private();
    assert_ne!(his.message().id, shown.message().id);
    assert_eq!(files(&his), ["breathing-sigh.gif"]);
    assert!(his.text().contains("about 2 min"), "{}", his.text());
    discord.finish().await;
}

#[tokio::test]
async fn everybody_who_asks_at_once_gets_the_picture() {
    let (discord, channel, ann) = somewhere().await;
    let (ben, cem) = (discord.person("Ben"), discord.person("Cem"));
    let _bot = lumbar(&discord).await;

    let (first, second, third) = tokio::join!(
        breathes(&ann, &channel, &[]),
        breathes(&ben, &channel, &[]),
        breathes(&cem, &channel, &[("minutes", "1"), ("visible", "true")]),
    );

    let picture = &first.message().attachments()[0].bytes;
    for other in [second, third] {
        assert_eq!(&other.message().attachments()[0].bytes, picture);
    }
    discord.finish().await;
}

#[tokio::test]
async fn every_form_says_when_to_stop_and_a_pattern_with_holds_whom_it_is_not_for() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    for style in ["picture", "text", "sound"] {
        for (pattern, holds) in [("exhale", false), ("box", true), ("4-7-8", true)] {
            let answer = breathes(&ann, &channel, &[("pattern", pattern), ("minutes", "1"), ("style", style)]).await;
            let text = answer.text();
            assert!(text.contains("Dizzy, tingly or more scared? Stop."), "{style} {pattern}: {text}");
            assert_eq!(text.contains("This one has breath holds"), holds, "{style} {pattern}: {text}");
        }
    }
    discord.settles().await;
    discord.finish().await;
}
