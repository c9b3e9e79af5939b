//! `/breathe`: breathing with the bot.

use std::time::Duration;

use async_trait::async_trait;

use super::{Command, Invocation, Kind, OptionShape, Shape, ValueShape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::reply::{Reply, Visibility};
use crate::domain::{Timestamp, answers};

/// `/breathe`
#[derive(Debug)]
pub struct Breathe;

const PATTERN: &str = "pattern";
const MINUTES: &str = "minutes";
const VISIBLE: &str = "visible";

#[async_trait]
impl Command for Breathe {
    fn shape(&self) -> Shape {
        const OPTIONS: &[OptionShape] = &[
            OptionShape { name: PATTERN, value: ValueShape::Pattern, required: false },
            OptionShape { name: MINUTES, value: ValueShape::Whole(1, 10), required: false },
            OptionShape { name: VISIBLE, value: ValueShape::Truth, required: false },
        ];
        Shape { path: "breathe", kind: Kind::Slash, options: OPTIONS }
    }

    fn is_public(&self, invocation: &Invocation) -> bool {
        invocation.truth(VISIBLE)
    }

    async fn run(
        &self,
        bot: &Bot,
        visitor: &Visitor,
        invocation: &Invocation,
        _: Timestamp,
    ) -> Result<Reply, BotError> {
        let minutes = invocation.whole(MINUTES).and_then(|minutes| u64::try_from(minutes.clamp(1, 10)).ok());
        let session = minutes.map(|minutes| Duration::from_secs(60 * minutes));
        let visible = invocation.truth(VISIBLE);
        let locale = if visible { bot.public_locale_of(visitor).await } else { visitor.locale.clone() };
        let reply = answers::breathe(&bot.library, &locale, invocation.text(PATTERN), session);
        Ok(if visible { Reply { visibility: Visibility::Public, ..reply } } else { reply })
    }
}
