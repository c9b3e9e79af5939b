//! `/privacy forget`: deletes at once all that is held about whoever asks.

use async_trait::async_trait;

use super::{Command, Invocation, Kind, Shape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::reply::Reply;
use crate::domain::{Timestamp, answers};

/// `/privacy forget`
#[derive(Debug)]
pub struct PrivacyForget;

#[async_trait]
impl Command for PrivacyForget {
    fn shape(&self) -> Shape {
        Shape { path: "privacy forget", kind: Kind::Slash, options: &[] }
    }

    async fn run(&self, bot: &Bot, visitor: &Visitor, _: &Invocation, _: Timestamp) -> Result<Reply, BotError> {
        let record = bot.store.forget_person(visitor.person).await?;
        Ok(answers::forgotten(&bot.library(), &visitor.locale, &record))
    }
}
