//! `/responses watched`: what phrases would have answered that are only watched.

use async_trait::async_trait;

use crate::bot::commands::{Audience, Command, Invocation, Kind, Shape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::Timestamp;
use crate::domain::reply::Reply;

/// `/responses watched`
#[derive(Debug)]
pub struct Watched;

#[async_trait]
impl Command for Watched {
    fn shape(&self) -> Shape {
        Shape { path: "responses watched", kind: Kind::Slash, options: &[] }
    }

    fn audience(&self) -> Audience {
        Audience::Moderators
    }

    async fn run(&self, bot: &Bot, visitor: &Visitor, _: &Invocation, now: Timestamp) -> Result<Reply, BotError> {
        let Some(guild) = visitor.guild else { return Ok(bot.not_allowed(visitor)) };
        bot.watched(visitor, guild, 0, now).await
    }
}
