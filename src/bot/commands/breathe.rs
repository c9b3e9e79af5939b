//! `/breathe`: breathing with the bot.

use async_trait::async_trait;

use super::{Command, Invocation, Kind, OptionShape, Shape, ValueShape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::breathing::session::{Minutes, Plan, Style};
use crate::domain::guild::tally::Counted;
use crate::domain::reply::{Reply, Visibility};
use crate::domain::{Timestamp, answers};

/// `/breathe`
#[derive(Debug)]
pub struct Breathe;

const PATTERN: &str = "pattern";
const MINUTES: &str = "minutes";
const STYLE: &str = "style";
const VISIBLE: &str = "visible";

/// The names of the styles.
const STYLES: [&str; Style::ALL.len()] = [Style::ALL[0].name(), Style::ALL[1].name(), Style::ALL[2].name()];

#[async_trait]
impl Command for Breathe {
    fn shape(&self) -> Shape {
        const OPTIONS: &[OptionShape] = &[
            OptionShape { name: PATTERN, value: ValueShape::Pattern, required: false },
            OptionShape {
                name: MINUTES,
                value: ValueShape::Whole(Minutes::BOUNDS.0, Minutes::BOUNDS.1),
                required: false,
            },
            OptionShape { name: STYLE, value: ValueShape::OneOf(&STYLES), required: false },
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
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        bot.count(visitor.guild, Counted::Breathed, None, now).await;
        let plan = plan(invocation);
        let visible = invocation.truth(VISIBLE);
        let reply = match plan.style {
            Style::Text => bot.begin_session(visitor, &plan, visible, None, now).await,
            Style::Picture | Style::Sound => {
                let locale = if visible { bot.public_locale_of(visitor).await } else { visitor.locale.clone() };
                answers::breathe(&bot.library(), &locale, &plan, visitor.files_are_allowed || !visible)
            }
        };
        Ok(if visible { Reply { visibility: Visibility::Public, ..reply } } else { reply })
    }
}

fn plan(invocation: &Invocation) -> Plan {
    Plan {
        pattern: invocation.text(PATTERN).map(str::to_owned),
        minutes: invocation.whole(MINUTES).map_or(Minutes::DEFAULT, Minutes::nearest),
        style: invocation.text(STYLE).and_then(Style::named).unwrap_or_default(),
    }
}
