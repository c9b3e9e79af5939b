//! `/responses add`: a form, a look at it, and one press.

use async_trait::async_trait;

use crate::bot::commands::{Audience, Command, Invocation, Kind, Shape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::Timestamp;
use crate::domain::reply::{Form, Reply};

/// `/responses add`
#[derive(Debug)]
pub struct Add;

#[async_trait]
impl Command for Add {
    fn shape(&self) -> Shape {
        Shape { path: "responses add", kind: Kind::Slash, options: &[] }
    }

    fn audience(&self) -> Audience {
        Audience::Moderators
    }

    async fn form(&self, bot: &Bot, visitor: &Visitor, _: &Invocation) -> Result<Option<Form>, BotError> {
        Ok(bot.new_form(visitor))
    }

    /// If the form could not be opened in time.
    async fn run(&self, bot: &Bot, visitor: &Visitor, _: &Invocation, _: Timestamp) -> Result<Reply, BotError> {
        Ok(bot.apology(&visitor.locale))
    }
}
