//! `/help`: what the bot does, and how it listens.

use async_trait::async_trait;

use super::{Command, Invocation, Kind, Shape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::reply::Reply;
use crate::domain::{Timestamp, answers};

/// `/help`
#[derive(Debug)]
pub struct Help;

#[async_trait]
impl Command for Help {
    fn shape(&self) -> Shape {
        Shape { path: "help", kind: Kind::Slash, options: &[] }
    }

    async fn run(&self, bot: &Bot, visitor: &Visitor, _: &Invocation, _: Timestamp) -> Result<Reply, BotError> {
        Ok(answers::help(&bot.library(), &visitor.locale, &bot.settings_in(visitor.guild).await))
    }
}
