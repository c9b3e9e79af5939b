//! `/responses stats`: how the bot does in a server, in numbers.

use async_trait::async_trait;

use crate::bot::commands::{Audience, Command, Invocation, Kind, Shape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::guild::stats::Stats as Numbers;
use crate::domain::guild::tally::Week;
use crate::domain::reply::Reply;
use crate::domain::{Timestamp, answers};

/// `/responses stats`
#[derive(Debug)]
pub struct Stats;

#[async_trait]
impl Command for Stats {
    fn shape(&self) -> Shape {
        Shape { path: "responses stats", kind: Kind::Slash, options: &[] }
    }

    fn audience(&self) -> Audience {
        Audience::Moderators
    }

    async fn run(&self, bot: &Bot, visitor: &Visitor, _: &Invocation, now: Timestamp) -> Result<Reply, BotError> {
        let Some(guild) = visitor.guild else { return Ok(bot.not_allowed(visitor)) };
        let week = Week::of(now);
        let tallies = bot.store.tallies_of(guild, Numbers::since(week)).await?;
        let names = bot.phrase_names(Some(&*bot.guild(guild).await?));
        Ok(answers::stats(&bot.library(), &visitor.locale, &Numbers::of(&tallies, week), &names))
    }
}
