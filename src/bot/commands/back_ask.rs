//! `/back ask topic:`: the answer about one topic.

use async_trait::async_trait;

use super::{Choice, Command, Invocation, Kind, OptionShape, Shape, Typing, ValueShape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::Timestamp;
use crate::domain::hearing::Subject;
use crate::domain::reply::Reply;
use crate::domain::topics::{Content, Topic};

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
        let library = bot.library_for(visitor).await;
        let content = library.content(&visitor.locale);
        let id = content.topic(asked).or_else(|| matching(content, asked).next()).map(|topic| topic.id.as_str());
        // Somebody may type an emergency where a topic belongs.
        let found = bot.find_or_danger(visitor, asked).await;
        match found.and_then(|trigger| trigger.alarm()) {
            Some(alarm) if id.is_none() => {
                Ok(bot.answer(&visitor.asked(), &Subject::Urgent(alarm), &visitor.locale).await.in_private())
            }
            _ => Ok(bot.explain(visitor, id.unwrap_or(asked)).await),
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
        let library = bot.library_for(visitor).await;
        Ok(matching(library.content(&visitor.locale), typing.typed.trim()).map(choice).collect())
    }
}

/// The topics in whose id, label or summary every typed word occurs.
fn matching<'c>(content: &'c Content, typed: &str) -> impl Iterator<Item = &'c Topic> {
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let topics = content.topics.values().map(|topic| &**topic);
    topics.filter(move |topic| {
        let searched = format!("{} {} {}", topic.id, topic.label, topic.summary).to_lowercase();
        words.iter().all(|word| searched.contains(word))
    })
}
