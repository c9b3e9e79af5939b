//! Responses: listed, shown, switched, removed, brought back.

use super::Input;
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::guild::{Book, Edit, Item, ListFilter, Moderation, Response, ResponseState};
use crate::domain::reply::Reply;
use crate::domain::topics::{TextKey, TopicId};
use crate::domain::{GuildId, Timestamp, answers};
use crate::store::ChangeBook;

impl Bot {
    pub(super) async fn shape_responses(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        moderation: &Moderation,
        input: &Input<'_>,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        match (moderation, input) {
            (Moderation::NewResponse, Input::Form(fields)) => self.wrote_new(visitor, guild, fields, now).await,
            (Moderation::EditResponse(name, Some(base)), Input::Form(fields)) => {
                self.wrote_again(visitor, guild, (name, *base), fields, now).await
            }
            (Moderation::EditDraft(draft, Some(base)), Input::Form(fields)) => {
                self.wrote_draft(visitor, guild, (*draft, *base), fields, now).await
            }
            (Moderation::Publish(draft), _) => self.publish(visitor, guild, *draft, false, now).await,
            (Moderation::WatchFirst(draft), _) => self.publish(visitor, guild, *draft, true, now).await,
            (Moderation::Discard(draft), _) => self.discard(visitor, guild, *draft).await,
            (Moderation::Switch(name, state), _) => self.switch(visitor, guild, name, *state, now).await,
            (Moderation::Arm(name), _) => self.arm(visitor, guild, name, now).await,
            (Moderation::List(filter, page), _) => self.list_responses(visitor, guild, *filter, *page).await,
            // A button whose form could not be opened shows the response itself.
            (Moderation::Show(name) | Moderation::EditResponse(name, _), _) => {
                self.show_response(visitor, guild, name).await
            }
            (Moderation::EditDraft(..), _) => Ok(answers::line(&self.library(), &visitor.locale, TextKey::DraftGone)),
            _ => Ok(self.old_button(&visitor.locale)),
        }
    }

    /// A page of the server's responses.
    pub(in crate::bot) async fn list_responses(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        filter: ListFilter,
        page: u16,
    ) -> Result<Reply, BotError> {
        let guild = self.guild(guild).await?;
        Ok(answers::responses::list(&self.library(), &visitor.locale, &guild.book, filter, page))
    }

    /// One response, as people see it.
    pub(in crate::bot) async fn show_response(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        name: &TopicId,
    ) -> Result<Reply, BotError> {
        let guild = self.guild(guild).await?;
        let shown = answers::responses::show(&self.library(), &visitor.locale, &guild.book, name);
        Ok(shown.unwrap_or_else(|| self.unknown_response(visitor)))
    }

    /// Switches a response on or off.
    pub(in crate::bot) async fn switch(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        name: &TopicId,
        state: ResponseState,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        if name.as_str() == TopicId::RED_FLAGS && state == ResponseState::Off {
            return Ok(answers::line(&self.library(), &visitor.locale, TextKey::ResponsesNeverOff));
        }
        self.rewrite(visitor, guild, name, now, |response| {
            let switched = Response { state, ..response.cloned().unwrap_or_default() };
            // What changes nothing about a topic that ships with the bot need not be kept.
            (!switched.is_empty()).then_some(switched)
        })
        .await
    }

    /// Lets every phrase of a response answer.
    pub(in crate::bot) async fn arm(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        name: &TopicId,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        self.rewrite(visitor, guild, name, now, |response| response.cloned().map(Response::armed)).await
    }

    /// Removes a response that the server wrote.
    pub(in crate::bot) async fn remove(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        name: &TopicId,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        if self.ships(visitor, name) {
            return Ok(answers::line(&self.library(), &visitor.locale, TextKey::ResponsesShipped));
        }
        self.rewrite(visitor, guild, name, now, |_| None).await
    }

    /// Brings back the text that a response ships with.
    pub(in crate::bot) async fn reset(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        name: &TopicId,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let known = self.guild(guild).await?.book.responses.contains_key(name);
        if known && !self.ships(visitor, name) {
            return Ok(answers::line(&self.library(), &visitor.locale, TextKey::ResponsesNotShipped));
        }
        self.rewrite(visitor, guild, name, now, |_| None).await
    }

    /// Changes one response at once.
    pub(super) async fn rewrite(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        name: &TopicId,
        now: Timestamp,
        rewritten: impl FnOnce(Option<&Response>) -> Option<Response> + Send,
    ) -> Result<Reply, BotError> {
        let known = self.guild(guild).await?;
        if !self.ships(visitor, name) && !known.book.responses.contains_key(name) {
            return Ok(self.unknown_response(visitor));
        }
        let before = known.book.responses.get(name);
        let item = Item::Response { name: name.clone(), before: before.cloned(), after: rewritten(before) };
        let Some(edit) = Edit::new(vec![item]) else {
            return Ok(answers::line(&self.library(), &visitor.locale, TextKey::ResponsesNoChange));
        };
        self.apply(visitor, guild, edit, now).await
    }

    /// Makes an edit and says so, with a button that undoes it.
    pub(super) async fn apply(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        edit: Edit,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        Ok(match self.make_change(visitor, guild, edit.clone(), now).await? {
            ChangeBook::Changed { number, .. } => {
                answers::responses::done(&self.library(), &visitor.locale, &edit, number)
            }
            ChangeBook::Conflict(_) => answers::responses::conflict(&self.library(), &visitor.locale, None),
        })
    }

    /// What is too much about a book, if anything is.
    pub(super) fn too_much(&self, visitor: &Visitor, book: &Book) -> Option<Reply> {
        let faults = crate::domain::guild::capacity::faults(book, self.library().matcher());
        let told: Vec<String> = faults.iter().map(|fault| format!("- {}. {}.", fault.what, fault.instead)).collect();
        let library = self.library();
        let words = &library.content(&visitor.locale).words;
        (!told.is_empty())
            .then(|| Reply::private_line(words.fill(TextKey::ResponsesFull, &[("faults", &told.join("\n"))])))
    }

    fn ships(&self, visitor: &Visitor, name: &TopicId) -> bool {
        self.library().content(&visitor.locale).topics.contains_key(name)
    }

    pub(in crate::bot) fn unknown_response(&self, visitor: &Visitor) -> Reply {
        answers::line(&self.library(), &visitor.locale, TextKey::ResponsesUnknown)
    }
}
