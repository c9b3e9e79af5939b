//! What a session gets to hear: Discord's rules for the message-content intent.

use serde_json::{Value, json};

/// Blanks what a bot without the message-content intent may not read. It still reads its own messages, direct messages
/// and those that mention it; a reply that pings it counts as a mention.
pub fn without_content(message: &Value, bot: &str) -> Value {
    let mut message = message.clone();
    if message.get("guild_id").is_some() {
        blank(&mut message, bot);
    }
    message
}

fn blank(message: &mut Value, bot: &str) {
    if message["author"]["id"] != bot && !mentions(message, bot) {
        message["content"] = json!("");
        for list in ["embeds", "attachments", "components"] {
            message[list] = json!([]);
        }
    }
    // The message replied to has rights of its own.
    if let Some(replied_to) = message.get_mut("referenced_message").filter(|it| it.is_object()) {
        blank(replied_to, bot);
    }
}

fn mentions(message: &Value, bot: &str) -> bool {
    message["mentions"].as_array().is_some_and(|people| people.iter().any(|it| it["id"] == bot))
}
