//! Responses as a file: brought in from one. What goes out is made by the command.

use crate::bot::{Bot, BotError, PlatformError, UploadedFile, Visitor};
use crate::domain::answers::responses;
use crate::domain::guild::document::{LARGEST_FILE, export, import, import_edit};
use crate::domain::guild::{Edit, Item};
use crate::domain::reply::Reply;
use crate::domain::topics::TextKey;
use crate::domain::{GuildId, Timestamp, answers};

impl Bot {
    /// All that a server wrote or changed, as a file.
    pub(in crate::bot) async fn export(&self, visitor: &Visitor, guild: GuildId) -> Result<Reply, BotError> {
        let book = &self.guild(guild).await?.book;
        let library = self.library();
        let words = &library.content(&visitor.locale).words;
        let server = self.platform().name_of(guild).await.unwrap_or_else(|_| guild.to_string());
        let file = export(book, &server, words);
        Ok(responses::exported(&self.library(), &visitor.locale, &file))
    }

    /// Reads a file, and shows what it would change. Nothing changes before somebody publishes that.
    pub(in crate::bot) async fn import(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        file: Option<&UploadedFile>,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let line = |key| answers::line(&self.library(), &visitor.locale, key);
        let Some(file) = file else { return Ok(line(TextKey::ImportNoFile)) };
        let bytes = match self.platform().read_file(file, LARGEST_FILE).await {
            Ok(bytes) => bytes,
            Err(PlatformError::TooLarge) => return Ok(line(TextKey::ImportTooLarge)),
            Err(error) => {
                tracing::warn!(guild.id = guild.get(), %error, "a file to import could not be read");
                return Ok(line(TextKey::ImportUnreadable));
            }
        };
        let text = String::from_utf8_lossy(&bytes);
        let imported = match import(&text, &file.name, &self.library()) {
            Ok(imported) => imported,
            Err(problems) => return Ok(responses::import_faults(&self.library(), &visitor.locale, &problems)),
        };
        let book = &self.guild(guild).await?.book;
        let Some(edit) = import_edit(book, imported) else { return Ok(line(TextKey::ImportNothing)) };
        if let Some(too_much) = book.edited(&edit).ok().and_then(|book| self.too_much(visitor, &book)) {
            return Ok(too_much);
        }
        let draft = self.store.keep_draft(guild, visitor.person, &edit, now).await?;
        Ok(responses::import_preview(&self.library(), &visitor.locale, draft, &edit, brings_phrases(&edit)))
    }
}

fn brings_phrases(edit: &Edit) -> bool {
    edit.items().iter().any(|item| match item {
        Item::Response { before, after: Some(after), .. } => super::drafts::has_new_phrases(before.as_ref(), after),
        _ => false,
    })
}
