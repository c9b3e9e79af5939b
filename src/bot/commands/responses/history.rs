//! `/responses history`: what was changed, by whom, and when.

use async_trait::async_trait;

use crate::bot::commands::{Audience, Command, Invocation, Kind, Shape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::Timestamp;
use crate::domain::reply::Reply;

/// `/responses history`
#[derive(Debug)]
pub struct History;

#[async_trait]
impl Command for History {
    fn shape(&self) -> Shape {
        Shape { path: "responses history", kind: Kind::Slash, options: &[] }
    }

    fn audience(&self) -> Audience {
        Audience::Moderators
    }

    async fn run(&self, bot: &Bot, visitor: &Visitor, _: &Invocation, _: Timestamp) -> Result<Reply, BotError> {
        let Some(guild) = visitor.guild else { return Ok(bot.not_allowed(visitor)) };
        bot.history(visitor, guild, 0).await
    }
}
