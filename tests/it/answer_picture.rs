//! The README's pictures show what the bot answers now.

#[path = "../../examples/answer_picture/picture/mod.rs"]
mod picture;

use std::path::Path;

use picture::scene::{self, Scene};

#[test]
fn the_picture_of_an_answer_is_up_to_date() {
    assert_drawn("answer.svg", &scene::answer().unwrap(), "cargo run --example answer_picture");
}

#[test]
fn the_picture_of_an_urgent_answer_is_up_to_date() {
    assert_drawn("urgent.svg", &scene::urgent().unwrap(), "cargo run --example answer_picture -- urgent");
}

#[test]
fn the_picture_of_a_reminder_is_up_to_date() {
    assert_drawn("reminder.svg", &scene::reminder().unwrap(), "cargo run --example answer_picture -- reminder");
}

#[test]
fn the_pictures_for_moderators_are_up_to_date() {
    assert_drawn("preview.svg", &scene::preview().unwrap(), "cargo run --example answer_picture -- preview");
    assert_drawn("test.svg", &scene::test().unwrap(), "cargo run --example answer_picture -- test");
}

#[test]
fn every_topic_can_be_drawn() {
    for topic in ["ice-or-heat", "prevention", "red-flags"] {
        let drawn = picture::draw(&scene::about(topic).unwrap());
        assert!(drawn.contains("used /back ask"), "{topic}");
        assert!(!drawn.contains("**"), "{topic}: all Markdown is drawn");
    }
    assert!(scene::about("no-such-topic").unwrap_err().contains("ice-or-heat"), "the message names the topics");
}

fn assert_drawn(file: &str, scene: &Scene, command: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(file);
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(there == picture::draw(scene), "docs/{file} is out of date; bring it up to date with: {command}");
}
