//! Writing the file.

use std::fmt;

use toml_writer::{TomlStringBuilder, TomlWrite};

use crate::domain::guild::wording;
use crate::domain::guild::{Book, Response, ResponseState};
use crate::domain::topics::{TextKey, TopicId, Words};

/// All responses of a server as a TOML file, with a comment at its head that says what it is and how to import it.
pub fn export(book: &Book, server: &str, words: &Words) -> String {
    let mut file = String::new();
    let head = words.fill(TextKey::ExportHead, &[("server", &wording::line(server))]);
    for line in wording::tidy(&head).lines() {
        file.push_str(format!("# {line}").trim_end());
        file.push('\n');
    }
    for (id, response) in &book.responses {
        #[expect(clippy::expect_used, reason = "writing to a String cannot fail")]
        topic(&mut file, id, response).expect("a String takes everything");
    }
    file
}

fn topic(file: &mut String, id: &TopicId, response: &Response) -> fmt::Result {
    file.push_str("\n[[topics]]\n");
    text(file, "id", id.as_str())?;
    let off = response.state == ResponseState::Off && id.as_str() != TopicId::RED_FLAGS;
    text(file, "state", if off { "off" } else { "on" })?;
    for (key, value) in [("title", &response.title), ("truth", &response.answer)] {
        if let Some(value) = value {
            text(file, key, value)?;
        }
    }
    list(file, "tips", response.tips.iter().map(String::as_str))?;
    list(file, "phrases", response.phrases.iter().map(|phrase| phrase.text.as_str()))?;
    let watched = response.phrases.iter().filter(|phrase| phrase.watched);
    list(file, "watched", watched.map(|phrase| phrase.text.as_str()))
}

fn text(file: &mut String, key: &str, value: &str) -> fmt::Result {
    file.push_str(key);
    file.push_str(" = ");
    file.value(TomlStringBuilder::new(value).as_default())?;
    file.push('\n');
    Ok(())
}

/// A list, one text a line; nothing if it is empty.
fn list<'t>(file: &mut String, key: &str, values: impl Iterator<Item = &'t str>) -> fmt::Result {
    let mut values = values.peekable();
    if values.peek().is_none() {
        return Ok(());
    }
    file.push_str(key);
    file.push_str(" = [\n");
    for value in values {
        file.push_str("  ");
        file.value(TomlStringBuilder::new(value).as_default())?;
        file.push_str(",\n");
    }
    file.push_str("]\n");
    Ok(())
}
