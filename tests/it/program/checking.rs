//! `lumbar check`: everything that is wrong, at once.

use std::path::Path;

use super::Tool;

#[test]
fn a_folder_without_a_configuration_is_well() {
    let checked = Tool::new().runs(&["check"], "");

    assert_eq!(checked.code, Some(0), "{}", checked.err);
    assert!(checked.out.starts_with("All is well."), "{}", checked.out);
    assert_eq!(checked.err, "");
}

#[test]
fn every_fault_of_the_configuration_and_of_the_texts_is_told_with_its_line() {
    let tool = Tool::new()
        .file("config.toml", "[discord]\nlistening = \"all\"\ntoken = \"secret\"\n\n[cooldowns]\nperson = \"soon\"\n")
        .variable("LUMBAR_LOG__LEVEL", "loud");
    let tool = with_faulty_texts(tool, "responses");

    let checked = tool.runs(&["check"], "");

    assert_eq!(checked.code, Some(1), "{}", checked.err);
    assert_eq!(checked.out, "");
    assert_tells_of_the_texts(&checked.err);
    for fault in
        ["config.toml:2: `all`", "config.toml:3: the token", "config.toml:6: `soon`", "LUMBAR_LOG__LEVEL: `loud`"]
    {
        assert!(checked.err.contains(fault), "{fault} in\n{}", checked.err);
    }
    assert!(!checked.err.contains("secret"), "{}", checked.err);
}

#[test]
fn texts_in_a_folder_of_their_own_are_checked_even_if_the_configuration_is_faulty() {
    let config = "[responses]\nfolder = \"texts\"\n\n[cooldowns]\nperson = \"soon\"\n";
    let tool = with_faulty_texts(Tool::new().file("config.toml", config), "texts");

    let checked = tool.runs(&["check"], "");

    assert_eq!(checked.code, Some(1), "{}", checked.err);
    assert_tells_of_the_texts(&checked.err);
    assert!(checked.err.contains("config.toml:5: `soon`"), "{}", checked.err);
}

#[test]
fn an_ordinary_message_that_is_answered_is_told_with_its_phrase() {
    let tool = with_texts(Tool::new(), "responses", |name, text| match name {
        "_ordinary.txt" => format!("my back went out\n{text}"),
        _ => text,
    });

    let checked = tool.runs(&["check"], "");

    assert_eq!(checked.code, Some(1), "{}", checked.err);
    let told = "_ordinary.txt:1: the ordinary message \"my back went out\" is answered with back-went-out";
    assert!(checked.err.contains(told), "{}", checked.err);
}

#[test]
fn two_topics_of_one_label_are_told() {
    let tool = with_texts(Tool::new(), "responses", |name, text| match name {
        "sleep.toml" => text.replace("label = \"Sleeping with a sore back\"", "label = \"WHEN to get help\""),
        _ => text,
    });

    let checked = tool.runs(&["check"], "");

    assert_eq!(checked.code, Some(1), "{}", checked.err);
    let told = "en/sleep.toml:1: the label \"WHEN to get help\" is that of red-flags as well (";
    assert!(checked.err.contains(told), "{}", checked.err);
}

#[test]
fn a_folder_that_is_no_language_of_discords_is_told_once() {
    let tool = with_texts(Tool::new(), "responses", |_, text| text);
    let tool = tool.file("responses/german/sleep.toml", "").file("responses/german/scan.toml", "");

    let checked = tool.runs(&["check"], "");

    assert_eq!(checked.code, Some(1), "{}", checked.err);
    assert_eq!(checked.err.matches("Discord has no language `german`").count(), 1, "{}", checked.err);
    assert!(!checked.err.contains("german/sleep.toml"), "{}", checked.err);
}

#[test]
fn warning_signs_that_say_nothing_to_who_despairs_are_told() {
    let tool = with_texts(Tool::new(), "responses", |name, text| match name {
        "red-flags.toml" => {
            let (before, dangers) = text.split_once("# Dangers that").expect("dangers");
            let (_, today) = dangers.split_once("\n[today]").expect("the other level");
            format!("{before}[today]{today}")
        }
        _ => text,
    });

    let checked = tool.runs(&["check"], "");

    assert_eq!(checked.code, Some(1), "{}", checked.err);
    assert!(checked.err.contains("red-flags.toml:1: nothing is said to who despairs"), "{}", checked.err);
}

#[test]
fn a_file_that_is_no_text_hides_no_other_fault() {
    let tool = Tool::new().file("config.toml", "[cooldowns]\nperson = \"soon\"\n");
    std::fs::create_dir_all(tool.folder().join("responses/en")).expect("a folder");
    std::fs::write(tool.folder().join("responses/en/sleep.toml"), [0xff, 0xfe]).expect("a file");

    let checked = tool.runs(&["check"], "");

    assert_eq!(checked.code, Some(1), "{}", checked.err);
    assert!(checked.err.contains("sleep.toml") && checked.err.contains("config.toml:2: `soon`"), "{}", checked.err);
}

#[test]
fn a_configuration_that_is_named_and_not_there_is_told() {
    let checked = Tool::new().runs(&["check", "--config", "nowhere.toml"], "");

    assert_eq!(checked.code, Some(1));
    assert!(checked.err.contains("nowhere.toml: the file cannot be read"), "{}", checked.err);
}

#[test]
fn the_bot_does_not_start_on_a_faulty_configuration() {
    let tool = Tool::new().file("config.toml", "[discord]\nlistening = \"all\"\n").variable("DISCORD_TOKEN", "x.y.z");

    let ran = tool.runs(&[], "");

    assert_eq!(ran.code, Some(78));
    assert!(ran.err.contains("config.toml:2: `all` is no way of listening"), "{}", ran.err);
}

/// The project's own texts in this folder, with two faults in them.
fn with_faulty_texts(tool: Tool, folder: &str) -> Tool {
    with_texts(tool, folder, damaged)
}

fn with_texts(tool: Tool, folder: &str, changed: fn(&str, String) -> String) -> Tool {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("responses");
    let mut tool = tool;
    for (place, files) in [("", &own), ("en/", &own.join("en"))] {
        for file in std::fs::read_dir(files).expect("texts").map(|file| file.expect("a file").path()) {
            let name = file.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
            if file.is_file() {
                let text = std::fs::read_to_string(&file).expect("text");
                tool = tool.file(&format!("{folder}/{place}{name}"), &changed(&name, text));
            }
        }
    }
    tool
}

fn damaged(name: &str, text: String) -> String {
    match name {
        "sleep.toml" => text.replacen("id = \"sleep\"", "id = \"scan\"", 1),
        "medicine.toml" => format!("colour = \"red\"\n{text}"),
        _ => text,
    }
}

fn assert_tells_of_the_texts(told: &str) {
    assert!(told.contains("medicine.toml:1: ") && told.contains("colour"), "{told}");
    assert!(told.contains("sleep.toml:") && told.contains("scan"), "{told}");
}
