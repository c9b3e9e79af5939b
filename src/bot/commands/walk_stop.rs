//! `/walk stop which:`: stops one reminder, or all.

use async_trait::async_trait;

use super::{Choice, Command, Invocation, Kind, OptionShape, Shape, Typing, ValueShape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::reminders::{ReminderId, ReminderState};
use crate::domain::reply::Reply;
use crate::domain::topics::TextKey;
use crate::domain::{Timestamp, answers};

/// `/walk stop`
#[derive(Debug)]
pub struct WalkStop;

const WHICH: &str = "which";
const EVERY: &str = "all";

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
            match which.parse().map(ReminderId::new) {
                Ok(id) => u32::from(bot.store.stop_reminder(visitor.person, id, now).await?),
                Err(_) => 0,
            }
        };
        Ok(answers::stopped(&bot.library, &visitor.locale, stopped))
    }

    async fn complete(
        &self,
        bot: &Bot,
        visitor: &Visitor,
        _: &Typing<'_>,
        now: Timestamp,
    ) -> Result<Vec<Choice>, BotError> {
        let words = &bot.library.content(&visitor.locale).words;
        let all = Choice { label: words.get(TextKey::WalkStopAllChoice).to_owned(), value: EVERY.to_owned() };
        let reminders = bot.store.reminders_of(visitor.person).await?;
        let live = reminders.iter().filter(|reminder| reminder.state == ReminderState::Pending);
        let each = live.map(|reminder| Choice {
            label: answers::reminder_choice(&bot.library, &visitor.locale, reminder, now),
            value: reminder.id.get().to_string(),
        });
        Ok(std::iter::once(all).chain(each).collect())
    }
}
