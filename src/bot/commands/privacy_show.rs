//! `/privacy show`: what is held about whoever asks.

use async_trait::async_trait;

use super::{Command, Invocation, Kind, Shape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::reply::Reply;
use crate::domain::{Timestamp, answers};

/// `/privacy show`
#[derive(Debug)]
pub struct PrivacyShow;

#[async_trait]
impl Command for PrivacyShow {
    fn shape(&self) -> Shape {
        Shape { path: "privacy show", kind: Kind::Slash, options: &[] }
    }

    async fn run(&self, bot: &Bot, visitor: &Visitor, _: &Invocation, _: Timestamp) -> Result<Reply, BotError> {
        let record = bot.store.held_about(visitor.person).await?;
        Ok(answers::held(&bot.library(), &visitor.locale, &record))
    }
}
