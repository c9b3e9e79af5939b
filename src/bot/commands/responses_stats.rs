//! `/responses stats`: how the bot does in a server, in numbers.

use async_trait::async_trait;

use super::{Audience, Command, Invocation, Kind, Shape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::guild::stats::Stats;
use crate::domain::guild::tally::Week;
use crate::domain::reply::Reply;
use crate::domain::topics::TextKey;
use crate::domain::{Timestamp, answers};

/// `/responses stats`
#[derive(Debug)]
pub struct ResponsesStats;

#[async_trait]
impl Command for ResponsesStats {
    fn shape(&self) -> Shape {
        Shape { path: "responses stats", kind: Kind::Slash, options: &[] }
    }

    fn audience(&self) -> Audience {
        Audience::Moderators
    }

    async fn run(&self, bot: &Bot, visitor: &Visitor, _: &Invocation, now: Timestamp) -> Result<Reply, BotError> {
        let Some(guild) = visitor.guild else {
            return Ok(answers::line(&bot.library, &visitor.locale, TextKey::ModerateNotAllowed));
        };
        let week = Week::of(now);
        let tallies = bot.store.tallies_of(guild, Stats::since(week)).await?;
        let names = bot.phrase_names(Some(&*bot.guild(guild).await?));
        Ok(answers::stats(&bot.library, &visitor.locale, &Stats::of(&tallies, week), &names))
    }
}
