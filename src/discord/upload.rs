//! A file on its way to Discord, and the request that carries it.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};
use serenity::builder::CreateAttachment;
use serenity::http::{LightMethod, Multipart, MultipartUpload, Request, Route};

use super::render;
use crate::bot::{Bot, Bytes};
use crate::domain::breathing::session::Media;
use crate::domain::reply::{AttachedFile, Attachment};

/// Discord's limit for the description of a file, in characters. Source: API reference, "Attachment structure".
const LONGEST_DESCRIPTION: usize = 1024;

/// A file to be sent.
#[derive(Debug)]
pub struct Upload {
    /// What it is called.
    pub name: String,
    /// It in words.
    pub alt: String,
    /// All of it.
    pub bytes: Bytes,
    /// Whether it is a picture, which is shown in the card. Of a sound the client shows a player beside the card.
    pub is_picture: bool,
}

impl Upload {
    /// The file that comes with a reply. If it cannot be made, the words have to do, and the log says why.
    pub async fn of(bot: &Bot, attachment: &Attachment) -> Option<Self> {
        let alt = attachment.alt.chars().take(LONGEST_DESCRIPTION).collect();
        let name = attachment.file.name();
        match &attachment.file {
            AttachedFile::Made { bytes, is_picture, .. } => {
                Some(Self { name, alt, bytes: Arc::clone(bytes), is_picture: *is_picture })
            }
            AttachedFile::Media(media) => match bot.media(media).await {
                Ok(bytes) => Some(Self { name, alt, bytes, is_picture: matches!(media, Media::Picture(_)) }),
                Err(error) => {
                    tracing::error!(%error, "a file could not be made; the words go without it");
                    None
                }
            },
        }
    }
}

/// A request with this body: as JSON, or with a file as a form. `message` points at the part of the body that is the
/// message. It names the file by hand: serenity writes the file's id as a number, and fields of an image that Discord's
/// description does not have.
pub fn request<'r>(
    route: Route<'r>,
    method: LightMethod,
    body: &impl Serialize,
    message: &str,
    upload: Option<&Upload>,
) -> Request<'r> {
    let request = Request::new(route, method);
    let mut body = serde_json::to_value(body).unwrap_or_default();
    render::write_chosen_as_text(&mut body);
    let Some(upload) = upload else { return request.body(Some(body.to_string().into_bytes())) };
    if let Some(Value::Object(message)) = body.pointer_mut(message) {
        let file = json!({ "id": "0", "filename": upload.name, "description": upload.alt });
        message.insert("attachments".to_owned(), json!([file]));
        let card = message.get_mut("embeds").and_then(|embeds| embeds.get_mut(0)).and_then(Value::as_object_mut);
        if let Some(card) = card.filter(|_| upload.is_picture) {
            // Source: API reference, "Using Attachments within Embeds".
            card.insert("image".to_owned(), json!({ "url": format!("attachment://{}", upload.name) }));
        }
    }
    let file = CreateAttachment::bytes(upload.bytes.to_vec(), &upload.name);
    request.multipart(Some(Multipart {
        upload: MultipartUpload::Attachments(vec![file]),
        fields: Vec::new(),
        payload_json: Some(body.to_string()),
    }))
}
