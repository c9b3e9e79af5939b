//! Files to be fetched: Discord's CDN, on the fake's own address. It wants no token, and must get none.

use super::super::state::State;
use super::super::world::uploads::{Upload, content_type};
use super::answer::{Answer, Content};
use super::call::Call;

/// What came with messages.
pub const OF_MESSAGES: &str = "/attachments/{channel_id}/{attachment_id}/{filename}";
/// What people gave to commands.
pub const OF_COMMANDS: &str = "/ephemeral-attachments/{application_id}/{attachment_id}/{filename}";

/// Is this a path of the CDN, not of the API?
pub fn is_here(path: &str) -> bool {
    path.starts_with("/attachments/") || path.starts_with("/ephemeral-attachments/")
}

pub fn of_a_message(state: &mut State, call: &Call) -> Answer {
    let files = state.world.messages.values().filter(|it| !it.deleted).flat_map(|it| &it.body.attachments);
    let found = files.into_iter().find(|it| it.id == call.id(1));
    match found {
        Some(file) => Answer::file(content_type(&file.filename), Content::Bytes(file.bytes.clone())),
        None => Answer::no_such_file(),
    }
}

pub fn of_a_command(state: &mut State, call: &Call) -> Answer {
    match state.world.uploads.get(&call.id(1)) {
        Some(Upload { bytes, content_type, endless, .. }) => {
            let content = if *endless { Content::Endless(bytes.clone()) } else { Content::Bytes(bytes.clone()) };
            Answer::file(content_type.as_deref(), content)
        }
        None => Answer::no_such_file(),
    }
}
