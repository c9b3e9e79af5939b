//! The rules of the house, held by a test: who may know whom, and how large a file may grow.

use std::fs;
use std::path::{Path, PathBuf};

/// What may occur where. Each line: a folder or file under `src`, and what nothing in it may mention.
const MUST_NOT_KNOW: [(&str, &[&str]); 8] = [
    (
        "domain",
        &["crate::bot", "crate::store", "crate::discord", "crate::terminal", "crate::config", "crate::operations"],
    ),
    (
        "domain",
        &["serenity", "sqlx", "tokio", "async fn", "SystemTime", "Instant::now", "std::fs", "std::net", "std::env"],
    ),
    ("store", &["crate::bot", "crate::discord", "crate::terminal", "crate::config", "crate::operations", "serenity"]),
    (
        "bot",
        &["crate::discord", "crate::terminal", "crate::config", "crate::operations", "serenity", "sqlx", "SystemTime"],
    ),
    ("discord", &["crate::terminal", "crate::store", "crate::program", "crate::config", "sqlx", "SystemTime"]),
    ("terminal", &["crate::discord", "crate::program", "crate::config", "serenity", "sqlx"]),
    ("operations", &["crate::discord", "crate::terminal", "crate::store", "crate::program"]),
    (
        "config",
        &["crate::bot", "crate::discord", "crate::terminal", "crate::operations", "crate::program", "serenity", "sqlx"],
    ),
];

/// A file longer than this does more than one thing.
const LONGEST_FILE: usize = 450;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            files.extend(rust_files(&entry));
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            files.push(entry);
        }
    }
    files
}

/// The code of a file: without comments, and without the tests at its end.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).expect("a text file");
    let product = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    product.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn imports_go_one_way() {
    let mut broken = Vec::new();
    for (folder, forbidden) in MUST_NOT_KNOW {
        for file in rust_files(&root().join("src").join(folder)) {
            let code = code(&file);
            let known = forbidden.iter().filter(|word| code.contains(**word));
            broken.extend(known.map(|word| format!("{} knows {word}", file.display())));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_file_does_one_thing() {
    let folders = ["src", "tests", "benches", "examples"].map(|folder| root().join(folder));
    let files = folders.iter().filter(|folder| folder.is_dir()).flat_map(|folder| rust_files(folder));
    let lines = |file: &PathBuf| fs::read_to_string(file).expect("a text file").lines().count();
    let long: Vec<_> = files.map(|file| (lines(&file), file)).filter(|(lines, _)| *lines > LONGEST_FILE).collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn the_map_names_every_room() {
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let rooms = ["src", "src/domain"].map(|folder| root().join(folder));
    for room in rooms.iter().flat_map(|folder| fs::read_dir(folder).expect("a folder")) {
        let name = room.expect("an entry").file_name().to_string_lossy().trim_end_matches(".rs").to_owned();
        assert!(name == "mod" || architecture.contains(&name), "ARCHITECTURE.md does not name {name}");
    }
}
