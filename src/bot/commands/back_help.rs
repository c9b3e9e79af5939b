//! `/back help`: first aid, right now.

use async_trait::async_trait;

use super::{Command, Invocation, Kind, Shape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::Timestamp;
use crate::domain::reply::Reply;

/// `/back help`
#[derive(Debug)]
pub struct BackHelp;

#[async_trait]
impl Command for BackHelp {
    fn shape(&self) -> Shape {
        Shape { path: "back help", kind: Kind::Slash, options: &[] }
    }

    async fn run(&self, bot: &Bot, visitor: &Visitor, _: &Invocation, _: Timestamp) -> Result<Reply, BotError> {
        Ok(bot.first_aid(visitor).await)
    }
}
