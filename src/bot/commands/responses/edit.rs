//! `/responses edit`: the form of a response, filled in.

use async_trait::async_trait;

use super::{NAMED, named, offered};
use crate::bot::commands::{Audience, Choice, Command, Invocation, Kind, OptionShape, Shape, Typing};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::guild::Moderation;
use crate::domain::reply::{Form, Reply};
use crate::domain::topics::TextKey;
use crate::domain::{Timestamp, answers};

/// `/responses edit`
#[derive(Debug)]
pub struct Edit;

#[async_trait]
impl Command for Edit {
    fn shape(&self) -> Shape {
        const OPTIONS: &[OptionShape] = &[NAMED];
        Shape { path: "responses edit", kind: Kind::Slash, options: OPTIONS }
    }

    fn audience(&self) -> Audience {
        Audience::Moderators
    }

    async fn form(&self, bot: &Bot, visitor: &Visitor, invocation: &Invocation) -> Result<Option<Form>, BotError> {
        let (Some(guild), Some(name)) = (visitor.guild, named(bot, visitor, invocation).await?) else {
            return Ok(None);
        };
        bot.response_form(visitor, guild, &Moderation::EditResponse(name, None)).await
    }

    /// If there is no such response, or it does not fit into a form.
    async fn run(
        &self,
        bot: &Bot,
        visitor: &Visitor,
        invocation: &Invocation,
        _: Timestamp,
    ) -> Result<Reply, BotError> {
        Ok(match named(bot, visitor, invocation).await? {
            Some(_) => answers::line(&bot.library(), &visitor.locale, TextKey::FormTooLong),
            None => bot.unknown_response(visitor),
        })
    }

    async fn complete(
        &self,
        bot: &Bot,
        visitor: &Visitor,
        typing: &Typing<'_>,
        _: Timestamp,
    ) -> Result<Vec<Choice>, BotError> {
        offered(bot, visitor, typing.typed).await
    }
}
