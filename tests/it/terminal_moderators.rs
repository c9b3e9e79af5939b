//! Moderators at work in the terminal, where whoever sits at it is one.

use std::fs;
use std::io::Cursor;

use lumbar::terminal::talk_through;

use crate::terminal::{Chat, PLAIN, assert_in_order, session};

/// Types these lines, and gives what is seen after the last.
async fn type_in(chat: &mut Chat, lines: &[&str]) -> String {
    let mut seen = String::new();
    for line in lines {
        seen = chat.say(line).await;
    }
    seen
}

/// The number of the button, behind those of the answer that is shown.
const PUBLISH: &str = "5";

/// A response, field by field.
const BANANA: [&str; 11] = [
    "/responses add",
    "Banana backs",
    "banana mode engaged",
    "noodle mode engaged",
    ".",
    "It bends.",
    "It does not break.",
    ".",
    "Rest.",
    "Walk.",
    ".",
];

#[tokio::test]
async fn a_response_is_added_field_by_field_and_answers() {
    let mut chat = Chat::new();
    assert_in_order(&chat.say("/responses add").await, &["A new response", "field by field", "Title?"]);
    let preview = type_in(&mut chat, &BANANA[1..]).await;
    assert_in_order(&preview, &["(only you see this)", "Banana backs", "It bends.", "1. Rest.", "[5] Publish"]);

    chat.say(PUBLISH).await;

    let answer = chat.say("ouch, banana mode engaged").await;
    assert_in_order(&answer, &["Banana backs", "It bends.", "It does not break.", "1. Rest.", "2. Walk."]);
}

#[tokio::test]
async fn a_form_that_is_given_up_sends_nothing() {
    let mut chat = Chat::new();
    type_in(&mut chat, &BANANA[..4]).await;
    assert_eq!(chat.say("/cancel").await, "{(Given up. Nothing was sent.)}");
    assert!(chat.say("my back went out").await.starts_with("Your back didn't go out."), "lines are messages again");
}

#[tokio::test]
async fn what_stands_in_a_form_is_kept_by_empty_lines() {
    let mut chat = Chat::new();
    type_in(&mut chat, &BANANA).await;
    chat.say(PUBLISH).await;

    assert_in_order(&chat.say("/responses edit banana-backs").await, &["Title?", "Banana backs"]);
    let preview = type_in(&mut chat, &["Spaghetti backs", "", "", ""]).await;

    assert_in_order(&preview, &["Spaghetti backs", "It bends.", "1. Rest."]);
}

#[tokio::test]
async fn through_a_pipe_each_field_is_one_line() {
    let lines = [
        "/responses add",
        "Banana backs",
        r"banana mode engaged\nnoodle mode engaged",
        "It bends.",
        r"Rest.\nWalk.",
        PUBLISH,
        "help, noodle mode engaged",
    ];
    let (mut output, mut notes) = (Vec::new(), Vec::new());
    talk_through(&mut session(), Cursor::new(lines.join("\n")), &mut output, &mut notes, PLAIN).await.unwrap();
    let (output, notes) = (String::from_utf8(output).unwrap(), String::from_utf8(notes).unwrap());
    let answer = output.split("\n\n").last().unwrap();
    assert_in_order(answer, &["Banana backs", "It bends.", "1. Rest.", "2. Walk."]);
    assert_in_order(&notes, &["Title?", "Phrases?", "Answer?", "Tips?"]);
}

#[tokio::test]
async fn what_a_server_wrote_goes_out_as_a_file_and_comes_back() {
    let mut chat = Chat::new();
    type_in(&mut chat, &BANANA).await;
    chat.say(PUBLISH).await;
    let exported = chat.say("/responses export").await;
    assert_in_order(&exported, &["It bends.", "banana mode engaged"]);

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("responses.toml");
    let toml = exported.lines().skip_while(|line| !line.starts_with('#')).take_while(|line| !line.starts_with("[1]"));
    fs::write(&file, toml.collect::<Vec<_>>().join("\n")).unwrap();
    let mut other = Chat::new();
    let preview = other.say(&format!("/responses import {}", file.display())).await;
    assert!(preview.contains("This is what the file would change."), "{preview}");
    other.say("1").await;
    assert!(other.say("banana mode engaged").await.contains("It bends."));
    let missing = other.say("/responses import nowhere.toml").await;
    assert!(missing.contains("I could not read that file."), "{missing}");
}

#[tokio::test]
async fn an_answer_is_taken_back_once() {
    let mut chat = Chat::new();
    chat.say("my back went out").await;
    let more = chat.say("4").await;
    let number = more.rsplit_once('[').unwrap().1.split_once(']').unwrap().0.to_owned();
    assert_in_order(&chat.say(&number).await, &["Thanks. I took my answer back", "{(Lumbar deletes its answer.)}"]);
    assert!(chat.say(&number).await.contains("That answer is gone already."));
    assert!(chat.say("/responses stats").await.contains("    1     1      0      0      0"));
}
