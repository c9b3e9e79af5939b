//! `/responses undo`: what a change replaced holds again.

use async_trait::async_trait;

use crate::bot::commands::{Audience, Choice, Command, Invocation, Kind, OptionShape, Shape, Typing, ValueShape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::guild::{Change, ChangeNumber, diff};
use crate::domain::reply::Reply;
use crate::domain::topics::TextKey;
use crate::domain::{Timestamp, answers};

/// `/responses undo`
#[derive(Debug)]
pub struct Undo;

const CHANGE: &str = "change";

/// How much of a change stands in a line of what is offered. Discord takes 100 characters.
const LONGEST_LABEL: usize = 95;

/// The latest change that undid nothing and was not undone itself: so undoing again steps further back.
fn latest_to_undo(changes: &[Change]) -> Option<ChangeNumber> {
    let undone: Vec<ChangeNumber> = changes.iter().filter_map(|change| change.undoes).collect();
    let stands = |change: &&Change| change.undoes.is_none() && !undone.contains(&change.number);
    changes.iter().find(stands).map(|change| change.number)
}

#[async_trait]
impl Command for Undo {
    fn shape(&self) -> Shape {
        const OPTIONS: &[OptionShape] = &[OptionShape { name: CHANGE, value: ValueShape::Completed, required: false }];
        Shape { path: "responses undo", kind: Kind::Slash, options: OPTIONS }
    }

    fn audience(&self) -> Audience {
        Audience::Moderators
    }

    async fn run(
        &self,
        bot: &Bot,
        visitor: &Visitor,
        invocation: &Invocation,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let Some(guild) = visitor.guild else { return Ok(bot.not_allowed(visitor)) };
        let number = match invocation.text(CHANGE) {
            Some(typed) => typed.trim().trim_start_matches('#').parse().ok().map(ChangeNumber),
            None => latest_to_undo(&bot.changes(guild).await?),
        };
        match number {
            Some(number) => bot.undo(visitor, guild, number, now).await,
            None if invocation.text(CHANGE).is_some() => {
                Ok(answers::line(&bot.library(), &visitor.locale, TextKey::HistoryUnknown))
            }
            None => Ok(answers::line(&bot.library(), &visitor.locale, TextKey::HistoryNothingLeft)),
        }
    }

    async fn complete(
        &self,
        bot: &Bot,
        visitor: &Visitor,
        typing: &Typing<'_>,
        _: Timestamp,
    ) -> Result<Vec<Choice>, BotError> {
        let Some(guild) = visitor.guild else { return Ok(Vec::new()) };
        let library = bot.library();
        let words = &library.content(&visitor.locale).words;
        let choice = |change: &Change| {
            let label = format!("{}: {}", change.number.0, diff::line(&change.edit, words));
            Choice { label: label.chars().take(LONGEST_LABEL).collect(), value: change.number.0.to_string() }
        };
        let typed = typing.typed.to_lowercase();
        let choices = bot.changes(guild).await?.iter().map(choice).collect::<Vec<_>>();
        Ok(choices.into_iter().filter(|choice| choice.label.to_lowercase().contains(&typed)).collect())
    }
}
