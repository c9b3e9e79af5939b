//! `/responses export`: what the server wrote or changed, as a file.

use async_trait::async_trait;

use crate::bot::commands::{Audience, Command, Invocation, Kind, Shape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::Timestamp;
use crate::domain::reply::Reply;

/// `/responses export`
#[derive(Debug)]
pub struct Export;

#[async_trait]
impl Command for Export {
    fn shape(&self) -> Shape {
        Shape { path: "responses export", kind: Kind::Slash, options: &[] }
    }

    fn audience(&self) -> Audience {
        Audience::Moderators
    }

    async fn run(&self, bot: &Bot, visitor: &Visitor, _: &Invocation, _: Timestamp) -> Result<Reply, BotError> {
        let Some(guild) = visitor.guild else { return Ok(bot.not_allowed(visitor)) };
        bot.export(visitor, guild).await
    }
}
