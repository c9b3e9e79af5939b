//! `/walk list`: the reminders that are waiting, and those that could not be delivered.

use async_trait::async_trait;

use super::{Command, Invocation, Kind, Shape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::reply::Reply;
use crate::domain::{Timestamp, answers};

/// `/walk list`
#[derive(Debug)]
pub struct WalkList;

#[async_trait]
impl Command for WalkList {
    fn shape(&self) -> Shape {
        Shape { path: "walk list", kind: Kind::Slash, options: &[] }
    }

    async fn run(&self, bot: &Bot, visitor: &Visitor, _: &Invocation, _: Timestamp) -> Result<Reply, BotError> {
        let reminders = bot.store.reminders_of(visitor.person).await?;
        Ok(answers::reminder_list(&bot.library(), &visitor.locale, &reminders))
    }
}
