//! `/back ask topic:`: the answer about one topic.

use async_trait::async_trait;

use super::{Choice, Command, Invocation, Kind, OptionShape, Shape, Typing, ValueShape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::reply::Reply;
use crate::domain::topics::Topic;
use crate::domain::{Timestamp, answers};

/// `/back ask`
#[derive(Debug)]
pub struct BackAsk;

const TOPIC: &str = "topic";

#[async_trait]
impl Command for BackAsk {
    fn shape(&self) -> Shape {
        const OPTIONS: &[OptionShape] = &[OptionShape { name: TOPIC, value: ValueShape::Completed, required: true }];
        Shape { path: "back ask", kind: Kind::Slash, options: OPTIONS }
    }

    async fn run(
        &self,
        bot: &Bot,
        visitor: &Visitor,
        invocation: &Invocation,
        _: Timestamp,
    ) -> Result<Reply, BotError> {
        let asked = invocation.text(TOPIC).unwrap_or_default().trim();
        // Discord does not hold people to the values on offer: a label, or part of one, will do as well.
        let by_id = bot.library.content(&visitor.locale).topic(asked).map(|topic| topic.id.as_str());
        let id = by_id.or_else(|| matching(bot, visitor, asked).next().map(|topic| topic.id.as_str()));
        // Somebody may type an emergency where a topic belongs.
        match bot.library.find(asked).and_then(|trigger| trigger.urgency) {
            Some(urgency) if id.is_none() => Ok(answers::urgent(&bot.library, urgency, &visitor.locale).in_private()),
            _ => Ok(bot.explain(visitor, id.unwrap_or(asked))),
        }
    }

    async fn complete(
        &self,
        bot: &Bot,
        visitor: &Visitor,
        typing: &Typing<'_>,
        _: Timestamp,
    ) -> Result<Vec<Choice>, BotError> {
        let choice = |topic: &Topic| Choice { label: topic.label.clone(), value: topic.id.to_string() };
        Ok(matching(bot, visitor, typing.typed.trim()).map(choice).collect())
    }
}

/// The topics in whose id, label or summary every typed word occurs.
fn matching<'b>(bot: &'b Bot, visitor: &Visitor, typed: &str) -> impl Iterator<Item = &'b Topic> {
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let topics = bot.library.content(&visitor.locale).topics.values();
    topics.filter(move |topic| {
        let searched = format!("{} {} {}", topic.id, topic.label, topic.summary).to_lowercase();
        words.iter().all(|word| searched.contains(word))
    })
}
