//! Moderators shape the bot in their server. Every action is checked again here: what Discord shows to whom is a
//! convenience, not a lock.

mod drafts;
mod history;
mod log;
mod probe;
mod responses;
mod settings;
mod transfer;
mod watched;

use std::collections::BTreeMap;

use super::{Bot, BotError, Visitor};
use crate::domain::guild::{Edit, Moderation};
use crate::domain::reply::{Form, Reply};
use crate::domain::topics::TextKey;
use crate::domain::{GuildId, Timestamp, answers};
use crate::store::{ChangeBook, NewChange};

/// What came with an action.
#[derive(Clone, Copy, Debug)]
pub(super) enum Input<'a> {
    /// Nothing: a button was pressed.
    None,
    /// What was filled into a form, by the names of its fields.
    Form(&'a BTreeMap<String, String>),
    /// What was chosen in a list.
    Chosen(&'a [String]),
}

impl Bot {
    /// Does something that only those may do who may shape the bot in their server.
    pub(super) async fn moderate(
        &self,
        visitor: &Visitor,
        moderation: &Moderation,
        input: &Input<'_>,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let Some(guild) = visitor.guild else { return Ok(self.not_allowed(visitor)) };
        if !self.may_moderate(visitor).await? {
            return Ok(self.not_allowed(visitor));
        }
        match moderation {
            Moderation::NewResponse
            | Moderation::EditResponse(..)
            | Moderation::EditDraft(..)
            | Moderation::Publish(_)
            | Moderation::WatchFirst(_)
            | Moderation::Discard(_)
            | Moderation::Show(_)
            | Moderation::Switch(..)
            | Moderation::Arm(_)
            | Moderation::List(..) => self.shape_responses(visitor, guild, moderation, input, now).await,
            Moderation::Watched(page) => self.watched(visitor, guild, *page, now).await,
            Moderation::DropWatched(name) => self.drop_watched(visitor, guild, name, now).await,
            Moderation::History(page) => self.history(visitor, guild, *page).await,
            Moderation::Undo(number) => self.undo(visitor, guild, *number, now).await,
            Moderation::Settings(page) => self.settings_panel(visitor, guild, *page).await,
            Moderation::MannerOf => self.manner_of(visitor, guild, input).await,
            Moderation::Set(key, seen) | Moderation::Toggle(key, seen) => {
                self.set(visitor, guild, (*key, *seen), input, now).await
            }
        }
    }

    /// The form that a button opens.
    pub(super) async fn moderation_form(
        &self,
        visitor: &Visitor,
        moderation: &Moderation,
    ) -> Result<Option<Form>, BotError> {
        match visitor.guild {
            Some(guild) => self.response_form(visitor, guild, moderation).await,
            None => Ok(None),
        }
    }

    pub(super) fn not_allowed(&self, visitor: &Visitor) -> Reply {
        answers::line(&self.library(), &visitor.locale, TextKey::ModerateNotAllowed)
    }

    /// Makes a change in somebody's name.
    async fn make_change(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        edit: Edit,
        now: Timestamp,
    ) -> Result<ChangeBook, BotError> {
        let change = NewChange { guild, by: visitor.person, at: now, edit, undoes: None };
        let (changed, _told_to_the_operator) = self.change_and_log(&change).await?;
        Ok(changed)
    }
}
