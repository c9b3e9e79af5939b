//! Drafts: written in a form, looked at, published or thrown away. Whatever is wrong, what was typed is kept.

use std::collections::BTreeMap;

use crate::bot::{Bot, BotError, Visitor};
use crate::domain::answers::responses::{self, Preview};
use crate::domain::guild::{
    Base, Book, DraftId, Edit, Fields, FormFault, Item, Kind, Moderation, Response, name_for, overlay, preview, taken,
};
use crate::domain::reply::{Form, Reply};
use crate::domain::topics::{TextKey, TopicId};
use crate::domain::{GuildId, Timestamp, answers};
use crate::store::ChangeBook;

/// What was filled into a form.
type Filled<'f> = &'f BTreeMap<String, String>;

impl Bot {
    /// The form of a new response.
    pub(in crate::bot) fn new_form(&self, visitor: &Visitor) -> Option<Form> {
        responses::form(&self.library(), &visitor.locale, Fields::default(), Moderation::NewResponse)
    }

    /// The form that a button opens, if there still is what it is about, and it fits into a form.
    pub(in crate::bot) async fn response_form(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        moderation: &Moderation,
    ) -> Result<Option<Form>, BotError> {
        let book = &self.guild(guild).await?.book;
        match moderation {
            Moderation::EditResponse(name, _) => {
                let base = Base::of(book.responses.get(name));
                let purpose = Moderation::EditResponse(name.clone(), Some(base));
                Ok(self
                    .fields_of(visitor, name, book.responses.get(name))
                    .and_then(|fields| responses::form(&self.library(), &visitor.locale, fields, purpose)))
            }
            Moderation::EditDraft(id, _) => {
                let Some(draft) = self.store.draft(guild, *id).await? else { return Ok(None) };
                let Some((name, before, Some(after))) = draft.edit.only_response() else { return Ok(None) };
                // What the draft was made from: if the response has changed since, that is told.
                let base = Base::of(before);
                let purpose = Moderation::EditDraft(*id, Some(base));
                Ok(self
                    .fields_of(visitor, name, Some(after))
                    .and_then(|fields| responses::form(&self.library(), &visitor.locale, fields, purpose)))
            }
            _ => Ok(None),
        }
    }

    /// What stands in the form of a response; nothing if there is no response of that name.
    fn fields_of(&self, visitor: &Visitor, name: &TopicId, response: Option<&Response>) -> Option<Fields> {
        match self.library().content(&visitor.locale).topics.get(name) {
            Some(shipped) => Some(Fields::of(&overlay::with_what_ships(response, shipped))),
            None => response.map(Fields::of),
        }
    }

    /// Somebody wrote a new response.
    pub(super) async fn wrote_new(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        filled: Filled<'_>,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let book = &self.guild(guild).await?.book;
        let fields = responses::filled_in(filled);
        let name = name_for(&fields.title, &taken(&self.library(), book));
        self.look_at(visitor, guild, (&name, None), &fields, now).await
    }

    /// Somebody wrote a response anew, from what it was at `base`.
    pub(super) async fn wrote_again(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        (name, base): (&TopicId, Base),
        filled: Filled<'_>,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        self.look_at(visitor, guild, (name, Some(base)), &responses::filled_in(filled), now).await
    }

    /// Somebody went on writing a draft, while the response was what it was at `base`.
    pub(super) async fn wrote_draft(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        (id, base): (DraftId, Base),
        filled: Filled<'_>,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let draft = self.store.draft(guild, id).await?;
        let name = draft.as_ref().and_then(|draft| draft.edit.only_response()).map(|(name, ..)| name.clone());
        let Some(name) = name else { return Ok(answers::line(&self.library(), &visitor.locale, TextKey::DraftGone)) };
        let reply = self.look_at(visitor, guild, (&name, Some(base)), &responses::filled_in(filled), now).await?;
        self.store.drop_draft(guild, id).await?;
        Ok(reply)
    }

    /// Keeps what was typed as a draft, and shows what is wrong with it, or how it will look.
    async fn look_at(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        (name, base): (&TopicId, Option<Base>),
        fields: &Fields,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let book = &self.guild(guild).await?.book;
        let before = book.responses.get(name);
        let (after, faults) = self.written(visitor, name, before, fields);
        let item = Item::Response { name: name.clone(), before: before.cloned(), after };
        let Some(edit) = Edit::new(vec![item]) else {
            return Ok(answers::line(&self.library(), &visitor.locale, TextKey::ResponsesNoChange));
        };
        let draft = self.store.keep_draft(guild, visitor.person, &edit, now).await?;
        if !faults.is_empty() {
            return Ok(responses::faulty(&self.library(), &visitor.locale, draft, &faults));
        }
        if base.is_some_and(|base| base != Base::of(before)) {
            return Ok(responses::conflict(&self.library(), &visitor.locale, Some(draft)));
        }
        Ok(self.preview(visitor, book, draft, &edit).await)
    }

    /// What was typed, as a response: as it shall be, or, with the faults, just as it was typed.
    fn written(
        &self,
        visitor: &Visitor,
        name: &TopicId,
        before: Option<&Response>,
        fields: &Fields,
    ) -> (Option<Response>, Vec<FormFault>) {
        let library = self.library();
        let shipped = library.content(&visitor.locale).topics.get(name);
        let kind = if shipped.is_some() { Kind::Shipped } else { Kind::Own };
        match fields.read(kind, before, self.library().matcher()) {
            Ok(response) => match shipped {
                Some(shipped) => {
                    let response = overlay::without_what_ships(response, shipped);
                    ((!response.is_empty()).then_some(response), Vec::new())
                }
                None => (Some(response), Vec::new()),
            },
            Err(faults) => (Some(fields.as_typed()), faults),
        }
    }

    async fn preview(&self, visitor: &Visitor, book: &Book, draft: DraftId, edit: &Edit) -> Reply {
        let (Ok(book), Some((name, before, after))) = (book.edited(edit), edit.only_response()) else {
            return responses::conflict(&self.library(), &visitor.locale, Some(draft));
        };
        if let Some(too_much) = self.too_much(visitor, &book) {
            return responses::with_draft(&self.library(), &visitor.locale, too_much, draft);
        }
        let warnings = match after {
            Some(after) => self.warnings(visitor, &book, name, after).await,
            None => Vec::new(),
        };
        let preview = Preview {
            draft,
            name,
            book: &book,
            warnings: &warnings,
            has_new_phrases: after.is_some_and(|after| has_new_phrases(before, after)),
        };
        responses::preview(&self.library(), &visitor.locale, &preview)
    }

    /// What speaks against a response. Its phrases are tried on more than a thousand messages: beside the thread that
    /// answers people.
    async fn warnings(&self, visitor: &Visitor, book: &Book, name: &TopicId, response: &Response) -> Vec<String> {
        let (library, locale) = (self.library(), visitor.locale.clone());
        let (book, name, response) = (book.clone(), name.clone(), response.clone());
        let tried = move || {
            let warnings = preview::warnings(&library, &locale, &book, &name, &response);
            preview::told(&warnings, &library.content(&locale).words)
        };
        tokio::task::spawn_blocking(tried).await.unwrap_or_else(|error| {
            tracing::error!(%error, "a draft is shown without warnings");
            Vec::new()
        })
    }

    /// Publishes a draft; with its new phrases only watched, if that is wished.
    pub(super) async fn publish(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        id: DraftId,
        watched: bool,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let Some(draft) = self.store.draft(guild, id).await? else {
            return Ok(answers::line(&self.library(), &visitor.locale, TextKey::DraftGone));
        };
        let edit = if watched { draft.edit.watched_first() } else { draft.edit };
        let book = &self.guild(guild).await?.book;
        let edited = match book.edited(&edit) {
            Ok(edited) => edited,
            Err(_) => return Ok(responses::conflict(&self.library(), &visitor.locale, Some(id))),
        };
        if let Some(wrong) = self.unpublishable(visitor, id, &edit, &edited) {
            return Ok(wrong);
        }
        Ok(match self.make_change(visitor, guild, edit.clone(), now).await? {
            ChangeBook::Changed { number, .. } => {
                self.store.drop_draft(guild, id).await?;
                let done = responses::done(&self.library(), &visitor.locale, &edit, number);
                if watched { responses::watching(&self.library(), &visitor.locale, done) } else { done }
            }
            ChangeBook::Conflict(_) => responses::conflict(&self.library(), &visitor.locale, Some(id)),
        })
    }

    /// Why a draft cannot be published, if it cannot: it was kept as it was typed, or limits are reached since.
    fn unpublishable(&self, visitor: &Visitor, id: DraftId, edit: &Edit, edited: &Book) -> Option<Reply> {
        if let Some((name, before, Some(after))) = edit.only_response() {
            let fields = self.fields_of(visitor, name, Some(after)).unwrap_or_default();
            let (_, faults) = self.written(visitor, name, before, &fields);
            if !faults.is_empty() {
                return Some(responses::faulty(&self.library(), &visitor.locale, id, &faults));
            }
        }
        let too_much = self.too_much(visitor, edited)?;
        Some(responses::with_draft(&self.library(), &visitor.locale, too_much, id))
    }

    /// Throws a draft away.
    pub(super) async fn discard(&self, visitor: &Visitor, guild: GuildId, id: DraftId) -> Result<Reply, BotError> {
        let key = match self.store.drop_draft(guild, id).await? {
            true => TextKey::DraftDiscarded,
            false => TextKey::DraftGone,
        };
        Ok(answers::line(&self.library(), &visitor.locale, key))
    }
}

/// Whether a response has phrases that it did not have before.
pub(super) fn has_new_phrases(before: Option<&Response>, after: &Response) -> bool {
    let known = |text: &str| before.is_some_and(|before| before.phrases.iter().any(|phrase| phrase.text == text));
    after.live_phrases().any(|phrase| !known(phrase))
}
