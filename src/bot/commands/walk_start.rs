//! `/walk start in:`: a reminder to get up and walk.

use async_trait::async_trait;

use super::{Command, Invocation, Kind, OptionShape, Shape, ValueShape};
use crate::bot::press::AN_HOUR;
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::reply::Reply;
use crate::domain::{Timestamp, answers};

/// `/walk start`
#[derive(Debug)]
pub struct WalkStart;

const IN: &str = "in";

#[async_trait]
impl Command for WalkStart {
    fn shape(&self) -> Shape {
        const OPTIONS: &[OptionShape] = &[OptionShape { name: IN, value: ValueShape::Text(100), required: false }];
        Shape { path: "walk start", kind: Kind::Slash, options: OPTIONS }
    }

    async fn run(
        &self,
        bot: &Bot,
        visitor: &Visitor,
        invocation: &Invocation,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let durations = &bot.library.content(&visitor.locale).durations;
        match invocation.text(IN).map_or(Ok(AN_HOUR), |text| durations.parse(text)) {
            Ok(after) => bot.remind(visitor, after, None, now).await,
            Err(fault) => Ok(answers::reminder_problem(&bot.library, &visitor.locale, fault)),
        }
    }
}
