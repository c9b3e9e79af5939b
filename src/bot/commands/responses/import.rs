//! `/responses import`: responses from a file, looked at before anything changes.

use async_trait::async_trait;

use crate::bot::commands::{Audience, Command, Invocation, Kind, OptionShape, Shape, ValueShape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::Timestamp;
use crate::domain::reply::Reply;

/// `/responses import`
#[derive(Debug)]
pub struct Import;

const FILE: &str = "file";

#[async_trait]
impl Command for Import {
    fn shape(&self) -> Shape {
        const OPTIONS: &[OptionShape] = &[OptionShape { name: FILE, value: ValueShape::File, required: true }];
        Shape { path: "responses import", kind: Kind::Slash, options: OPTIONS }
    }

    fn audience(&self) -> Audience {
        Audience::Moderators
    }

    async fn run(
        &self,
        bot: &Bot,
        visitor: &Visitor,
        invocation: &Invocation,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let Some(guild) = visitor.guild else { return Ok(bot.not_allowed(visitor)) };
        bot.import(visitor, guild, invocation.file(FILE), now).await
    }
}
