//! Files that come with a message: named in it, described, and really what their names say.

use std::io::Cursor;

use serde_json::{Value, json};

use super::call::{Call, File};

/// Discord's limit for one file where nobody pays for more.
const LARGEST: usize = 10 * 1024 * 1024;

/// Everything wrong with the files of a request, in words.
pub fn check(call: &Call) -> Vec<String> {
    let mut problems: Vec<String> = call.files.iter().flat_map(|file| check_file(call, file)).collect();
    let named: Vec<&Value> = call.message()["attachments"].as_array().into_iter().flatten().collect();
    // An id of one digit stands for a file of this request; others are files that the message has already.
    let new = named.iter().filter_map(|it| it["id"].as_str()).filter(|id| id.len() == 1);
    let came = |id: &str| call.files.iter().any(|file| file.field == format!("files[{id}]"));
    problems.extend(new.filter(|id| !came(id)).map(|id| format!("the file {id} is named, but it did not come along")));
    for embed in call.message()["embeds"].as_array().into_iter().flatten() {
        let shown = embed["image"]["url"].as_str().and_then(|url| url.strip_prefix("attachment://"));
        let missing = shown.filter(|shown| !call.files.iter().any(|file| file.filename == *shown));
        problems.extend(missing.map(|name| format!("an embed shows {name}, which did not come along")));
    }
    problems
}

fn check_file(call: &Call, file: &File) -> Vec<String> {
    let mut problems = Vec::new();
    let index = file.field.strip_prefix("files[").and_then(|rest| rest.strip_suffix(']')).unwrap_or("none");
    let named = call.message()["attachments"].as_array().into_iter().flatten().find(|it| it["id"] == json!(index));
    match named {
        None => problems.push(format!("the file {} in the field {} is not named", file.filename, file.field)),
        Some(named) => {
            if named["filename"] != json!(file.filename) {
                problems.push(format!("{named} came as {}", file.filename));
            }
            // House rule: whoever does not see or hear it reads what it is.
            if named["description"].as_str().is_none_or(str::is_empty) {
                problems.push(format!("{} has no description", file.filename));
            }
        }
    }
    if file.bytes.len() > LARGEST {
        problems.push(format!("{} has {} bytes, at most {LARGEST}", file.filename, file.bytes.len()));
    }
    problems.extend(fault_inside(file).map(|fault| format!("{}: {fault}", file.filename)));
    problems
}

/// Reads the file from its first byte to its last, as whoever shows or plays it would.
fn fault_inside(file: &File) -> Option<String> {
    match file.filename.rsplit('.').next() {
        Some("gif") => {
            let mut reader = match gif::DecodeOptions::new().read_info(Cursor::new(&file.bytes)) {
                Ok(reader) => reader,
                Err(error) => return Some(error.to_string()),
            };
            loop {
                match reader.read_next_frame() {
                    Ok(Some(_)) => {}
                    Ok(None) => return None,
                    Err(error) => return Some(error.to_string()),
                }
            }
        }
        Some("flac") => match claxon::FlacReader::new(Cursor::new(&file.bytes)) {
            Ok(mut reader) => reader.samples().find_map(Result::err).map(|error| error.to_string()),
            Err(error) => Some(error.to_string()),
        },
        _ => None,
    }
}
