//! `/walk list`: the reminders that are waiting, and those that could not be delivered.

use std::time::Duration;

use async_trait::async_trait;

use super::{Command, Invocation, Kind, Shape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::reminders::Reminder;
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

    async fn run(&self, bot: &Bot, visitor: &Visitor, _: &Invocation, now: Timestamp) -> Result<Reply, BotError> {
        let reminders = bot.listed(visitor, now).await?;
        Ok(answers::reminder_list(&bot.library(), &visitor.locale, &reminders))
    }
}

/// How long a reminder that went wrong stays in the list after the person was told of it.
const SHOW_LOST: Duration = Duration::from_secs(7 * 24 * 60 * 60);

impl Bot {
    /// What stands in a person's list, in its order.
    pub(super) async fn listed(&self, visitor: &Visitor, now: Timestamp) -> Result<Vec<Reminder>, BotError> {
        Ok(self.store.reminders_of(visitor.person, now.before(SHOW_LOST)).await?)
    }
}
