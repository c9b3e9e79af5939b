//! `/responses …`: moderators shape what the bot says in their server.

mod add;
mod edit;
mod export;
mod history;
mod import;
mod list;
mod named;
mod stats;
mod test;
mod undo;
mod watched;

pub use add::Add;
pub use edit::Edit;
pub use export::Export;
pub use history::History;
pub use import::Import;
pub use list::List;
pub use named::{OFF, ON, REMOVE, RESET, SHOW};
pub use stats::Stats;
pub use test::Test;
pub use undo::Undo;
pub use watched::Watched;

use super::{Choice, Invocation, OptionShape, ValueShape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::answers::responses;
use crate::domain::topics::TopicId;

const NAME: &str = "name";

/// The option that names a response.
const NAMED: OptionShape = OptionShape { name: NAME, value: ValueShape::Completed, required: true };

/// How much of a title stands in a line of what is offered. Discord takes 100 characters.
const LONGEST_LABEL: usize = 45;

/// The response that was named: by its name, or by words that fit one alone.
async fn named(bot: &Bot, visitor: &Visitor, invocation: &Invocation) -> Result<Option<TopicId>, BotError> {
    let typed = invocation.text(NAME).unwrap_or_default().trim();
    let Some(guild) = visitor.guild else { return Ok(None) };
    let entries = responses::entries(&bot.library(), &visitor.locale, &bot.guild(guild).await?.book);
    if let Some(entry) = entries.iter().find(|entry| entry.name.as_str() == typed) {
        return Ok(Some(entry.name.clone()));
    }
    let mut fitting = responses::matching(entries, typed).into_iter();
    Ok(fitting.next().filter(|_| fitting.next().is_none()).map(|entry| entry.name))
}

/// The responses to offer while somebody types.
async fn offered(bot: &Bot, visitor: &Visitor, typed: &str) -> Result<Vec<Choice>, BotError> {
    let Some(guild) = visitor.guild else { return Ok(Vec::new()) };
    let entries = responses::entries(&bot.library(), &visitor.locale, &bot.guild(guild).await?.book);
    let choice = |entry: responses::Entry| {
        let label: String = entry.label.chars().take(LONGEST_LABEL).collect();
        Choice { label: format!("{label} ({})", entry.name), value: entry.name.to_string() }
    };
    Ok(responses::matching(entries, typed).into_iter().map(choice).collect())
}
