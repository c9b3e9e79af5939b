//! `/walk stop which:`: stops one reminder, or all.

use async_trait::async_trait;

use super::{Choice, Command, Invocation, Kind, OptionShape, Shape, Typing, ValueShape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::reminders::ReminderId;
use crate::domain::reply::Reply;
use crate::domain::topics::TextKey;
use crate::domain::{Timestamp, answers};

/// `/walk stop`
#[derive(Debug)]
pub struct WalkStop;

const WHICH: &str = "which";
const EVERY: &str = "all";
/// Before the store's number of a reminder that was chosen from what is offered. A number alone, which somebody typed,
/// is its place in `/walk list`.
const CHOSEN: &str = "#";

async fn meant(bot: &Bot, visitor: &Visitor, which: &str, now: Timestamp) -> Result<Option<ReminderId>, BotError> {
    if let Some(chosen) = which.strip_prefix(CHOSEN) {
        return Ok(chosen.parse().ok().map(ReminderId::new));
    }
    let Some(place) = which.parse::<usize>().ok().and_then(|number| number.checked_sub(1)) else { return Ok(None) };
    Ok(bot.listed(visitor, now).await?.get(place).map(|reminder| reminder.id))
}

#[async_trait]
impl Command for WalkStop {
    fn shape(&self) -> Shape {
        const OPTIONS: &[OptionShape] = &[OptionShape { name: WHICH, value: ValueShape::Completed, required: false }];
        Shape { path: "walk stop", kind: Kind::Slash, options: OPTIONS }
    }

    async fn run(
        &self,
        bot: &Bot,
        visitor: &Visitor,
        invocation: &Invocation,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let which = invocation.text(WHICH).unwrap_or(EVERY).trim();
        let stopped = if which.eq_ignore_ascii_case(EVERY) {
            bot.store.stop_all_reminders(visitor.person, now).await?
        } else {
            match meant(bot, visitor, which, now).await? {
                Some(id) => u32::from(bot.store.stop_reminder(visitor.person, id, now).await?),
                None => 0,
            }
        };
        Ok(answers::stopped(&bot.library(), &visitor.locale, stopped))
    }

    async fn complete(
        &self,
        bot: &Bot,
        visitor: &Visitor,
        typing: &Typing<'_>,
        now: Timestamp,
    ) -> Result<Vec<Choice>, BotError> {
        let library = bot.library();
        let words = &library.content(&visitor.locale).words;
        let all = Choice { label: words.get(TextKey::WalkStopAllChoice).to_owned(), value: EVERY.to_owned() };
        let listed = bot.listed(visitor, now).await?;
        let live = listed.iter().enumerate().filter(|(_, reminder)| reminder.state.is_live());
        let each = live.map(|(index, reminder)| Choice {
            label: answers::reminder_choice(&bot.library(), &visitor.locale, index + 1, reminder, now),
            value: format!("{CHOSEN}{}", reminder.id.get()),
        });
        // Discord shows 25 at the most, and with *all* there may be 26: typing finds the rest.
        let typed = typing.typed.trim().to_lowercase();
        Ok(std::iter::once(all).chain(each).filter(|choice| choice.label.to_lowercase().contains(&typed)).collect())
    }
}
