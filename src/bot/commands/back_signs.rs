//! `/back signs`: the warning signs, to go through.

use async_trait::async_trait;

use super::{Command, Invocation, Kind, Shape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::reply::Reply;
use crate::domain::{Timestamp, answers};

/// `/back signs`
#[derive(Debug)]
pub struct BackSigns;

#[async_trait]
impl Command for BackSigns {
    fn shape(&self) -> Shape {
        Shape { path: "back signs", kind: Kind::Slash, options: &[] }
    }

    async fn run(&self, bot: &Bot, visitor: &Visitor, _: &Invocation, _: Timestamp) -> Result<Reply, BotError> {
        Ok(answers::signs(&*bot.library_for(visitor).await, &visitor.locale))
    }
}
