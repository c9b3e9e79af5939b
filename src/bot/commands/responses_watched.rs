//! `/responses watched`: what phrases would have answered that are only watched.

use async_trait::async_trait;

use super::{Audience, Command, Invocation, Kind, Shape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::reply::Reply;
use crate::domain::topics::TextKey;
use crate::domain::{Timestamp, answers};

/// `/responses watched`
#[derive(Debug)]
pub struct ResponsesWatched;

#[async_trait]
impl Command for ResponsesWatched {
    fn shape(&self) -> Shape {
        Shape { path: "responses watched", kind: Kind::Slash, options: &[] }
    }

    fn audience(&self) -> Audience {
        Audience::Moderators
    }

    async fn run(&self, bot: &Bot, visitor: &Visitor, _: &Invocation, now: Timestamp) -> Result<Reply, BotError> {
        match visitor.guild {
            Some(guild) => bot.watched(visitor, guild, 0, now).await,
            None => Ok(answers::line(&bot.library, &visitor.locale, TextKey::ModerateNotAllowed)),
        }
    }
}
