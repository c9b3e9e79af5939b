//! `/responses test`: what would happen to a message here, and why.

use async_trait::async_trait;

use crate::bot::commands::{Audience, Command, Invocation, Kind, OptionShape, Shape, ValueShape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::Timestamp;
use crate::domain::reply::Reply;

/// `/responses test`
#[derive(Debug)]
pub struct Test;

const TEXT: &str = "text";

#[async_trait]
impl Command for Test {
    fn shape(&self) -> Shape {
        const OPTIONS: &[OptionShape] = &[OptionShape { name: TEXT, value: ValueShape::Text(4000), required: true }];
        Shape { path: "responses test", kind: Kind::Slash, options: OPTIONS }
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
        bot.probe(visitor, guild, invocation.text(TEXT).unwrap_or_default(), now).await
    }
}
