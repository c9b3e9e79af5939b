//! Files that people give to commands. The bot fetches them, and what it gets need not be what it was told.

use super::{Id, World};

/// A file, as it is and as Discord tells of it.
#[derive(Clone, Debug)]
pub struct Upload {
    pub filename: String,
    pub bytes: Vec<u8>,
    pub content_type: Option<String>,
    /// The size that Discord names, where it is not the true one.
    pub claimed_size: Option<u64>,
    /// It never ends: its bytes come again and again.
    pub endless: bool,
}

impl Upload {
    /// A file of this name, of the type that Discord would guess from it.
    pub fn new(filename: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let content_type = content_type(filename).map(str::to_owned);
        Self { filename: filename.to_owned(), bytes: bytes.into(), content_type, claimed_size: None, endless: false }
    }

    /// Discord calls it this: `text/plain; charset=utf-8`.
    pub fn of_type(mut self, content_type: &str) -> Self {
        self.content_type = Some(content_type.to_owned());
        self
    }

    /// Discord says that it has this many bytes.
    pub fn claims_size(mut self, bytes: u64) -> Self {
        self.claimed_size = Some(bytes);
        self
    }

    /// Whoever fetches it gets its bytes over and over, without an end and without being told a length.
    pub fn never_ends(mut self) -> Self {
        assert!(!self.bytes.is_empty(), "nothing, over and over, is nothing");
        self.endless = true;
        self
    }

    /// The size that Discord names.
    pub fn size(&self) -> u64 {
        self.claimed_size.unwrap_or(self.bytes.len() as u64)
    }
}

/// What Discord makes of a name. Of one that it does not know it says nothing.
pub fn content_type(filename: &str) -> Option<&'static str> {
    match filename.rsplit_once('.')?.1 {
        "txt" | "md" => Some("text/plain; charset=utf-8"),
        "toml" => Some("application/toml; charset=utf-8"),
        "json" => Some("application/json; charset=utf-8"),
        "png" => Some("image/png"),
        "gif" => Some("image/gif"),
        "jpg" | "jpeg" => Some("image/jpeg"),
        "ogg" => Some("audio/ogg"),
        "wav" => Some("audio/wav"),
        _ => None,
    }
}

/// Discord keeps letters, digits, dots, hyphens and underscores of a name.
pub fn stored_name(filename: &str) -> String {
    let fits = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_');
    filename.chars().map(|it| if fits(it) { it } else { '_' }).collect()
}

impl World {
    /// Keeps a file for whoever fetches it.
    pub fn keep_upload(&mut self, upload: Upload) -> Id {
        let id = self.clock.next_id();
        self.uploads.insert(id, upload);
        id
    }
}
