//! `/responses list`: all that the bot can say in this server.

use async_trait::async_trait;

use crate::bot::commands::{Audience, Command, Invocation, Kind, OptionShape, Shape, ValueShape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::Timestamp;
use crate::domain::guild::ListFilter;
use crate::domain::reply::Reply;

/// `/responses list`
#[derive(Debug)]
pub struct List;

const STATE: &str = "state";

const FILTERS: [(&str, ListFilter); 5] = [
    ("all", ListFilter::All),
    ("on", ListFilter::On),
    ("off", ListFilter::Off),
    ("watched", ListFilter::Watched),
    ("own", ListFilter::Own),
];

#[async_trait]
impl Command for List {
    fn shape(&self) -> Shape {
        const OPTIONS: &[OptionShape] = &[OptionShape {
            name: STATE,
            value: ValueShape::OneOf(&["all", "on", "off", "watched", "own"]),
            required: false,
        }];
        Shape { path: "responses list", kind: Kind::Slash, options: OPTIONS }
    }

    fn audience(&self) -> Audience {
        Audience::Moderators
    }

    async fn run(
        &self,
        bot: &Bot,
        visitor: &Visitor,
        invocation: &Invocation,
        _: Timestamp,
    ) -> Result<Reply, BotError> {
        let Some(guild) = visitor.guild else { return Ok(bot.not_allowed(visitor)) };
        let wanted = invocation.text(STATE).unwrap_or_default();
        let filter = FILTERS.iter().find(|(name, _)| *name == wanted).map_or(ListFilter::All, |(_, filter)| *filter);
        bot.list_responses(visitor, guild, filter, 0).await
    }
}
