//! `/walk start in: repeat: where:`: a reminder to get up and walk.

use std::time::Duration;

use async_trait::async_trait;

use super::{Command, Invocation, Kind, OptionShape, Shape, ValueShape};
use crate::bot::press::Wish;
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::reminders::{Destination, Repeat};
use crate::domain::reply::Reply;
use crate::domain::topics::TextKey;
use crate::domain::{Timestamp, answers};

/// `/walk start`
#[derive(Debug)]
pub struct WalkStart;

const IN: &str = "in";
const REPEAT: &str = "repeat";
const WHERE: &str = "where";
const HERE: &str = "here";

/// When nothing else is said: the first wave has usually passed by then.
const AN_HOUR: Duration = Duration::from_secs(60 * 60);

#[async_trait]
impl Command for WalkStart {
    fn shape(&self) -> Shape {
        const OPTIONS: &[OptionShape] = &[
            OptionShape { name: IN, value: ValueShape::Text(100), required: false },
            OptionShape { name: REPEAT, value: ValueShape::Text(100), required: false },
            OptionShape { name: WHERE, value: ValueShape::OneOf(&["dm", HERE]), required: false },
        ];
        Shape { path: "walk start", kind: Kind::Slash, options: OPTIONS }
    }

    async fn run(
        &self,
        bot: &Bot,
        visitor: &Visitor,
        invocation: &Invocation,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        match wish(bot, visitor, invocation) {
            Ok(wish) => bot.remind(visitor, wish, now).await,
            Err(refusal) => Ok(*refusal),
        }
    }
}

/// What is wished for, or what to say about it.
fn wish(bot: &Bot, visitor: &Visitor, invocation: &Invocation) -> Result<Wish, Box<Reply>> {
    let library = bot.library();
    let durations = &library.content(&visitor.locale).durations;
    let repeat = invocation.text(REPEAT).map(|text| durations.parse_repeat(text)).transpose();
    let repeat = repeat.map_err(|fault| Box::new(answers::repeat_problem(&bot.library(), &visitor.locale, fault)))?;
    // "every 2 hours" without a start begins in 2 hours.
    let unsaid = repeat.map_or(AN_HOUR, |Repeat { every, .. }| every);
    let after = invocation.text(IN).map_or(Ok(unsaid), |text| durations.parse(text));
    let after = after.map_err(|fault| Box::new(answers::reminder_problem(&bot.library(), &visitor.locale, fault)))?;
    Ok(Wish { after, destination: destination(bot, visitor, invocation)?, repeat, phrase: None })
}

fn destination(bot: &Bot, visitor: &Visitor, invocation: &Invocation) -> Result<Destination, Box<Reply>> {
    if invocation.text(WHERE) != Some(HERE) || visitor.guild.is_none() {
        return Ok(Destination::Direct);
    }
    let refusal = || Box::new(answers::line(&bot.library(), &visitor.locale, TextKey::WalkCannotHere));
    visitor.channel_for_later().map(Destination::Channel).ok_or_else(refusal)
}
