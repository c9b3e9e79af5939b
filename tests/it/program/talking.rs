//! `lumbar try` through a pipe: plain text, one block a reply.

use super::Tool;

fn says(lines: &str) -> String {
    let talked = Tool::new().runs(&["try"], lines);
    assert_eq!(talked.code, Some(0), "{}", talked.err);
    assert!(!talked.out.contains('\u{1b}'), "no colours in a pipe");
    talked.out
}

#[test]
fn the_first_sentence_is_answered_with_the_myth_and_three_tips() {
    insta::assert_snapshot!(says("my back went out\n"));
}

#[test]
fn silence_prints_nothing() {
    assert_eq!(says("good morning\n!play my back went out\n\n"), "");
    assert_eq!(says(""), "");
}

#[test]
fn the_last_line_needs_no_end() {
    assert!(says("my back went out").contains("It locked up"));
}

#[test]
fn commands_work() {
    assert!(says("/back help\n").contains("It locked up"));
    assert!(says("/back ask topic:ice-or-heat\n").to_lowercase().contains("heat"));
    assert!(says("/breathe pattern:box\n").contains("Pause for 4"));
    assert!(says("/help\n").contains("How I listen"));
    assert!(says("/walk list\n").contains("You have no reminders"));
}

#[test]
fn buttons_are_pressed_by_their_number() {
    assert!(says("my back went out\n1\n").contains("Breathe out slowly for 6"));
}

#[test]
fn a_reminder_fires_when_time_passes() {
    let told = says("my back went out\n2\n/time +1h\n/walk list\n");

    assert!(told.contains("Time for a few steps"), "{told}");
    assert!(told.trim_end().ends_with("`/walk start`.") || told.contains("You have no reminders"), "{told}");
}

#[test]
fn a_warning_sign_is_told_first() {
    let told = says("my back went out and I can't feel my legs\n");

    assert!(told.contains("This may be an emergency") && !told.contains("The myth"), "{told}");
}
