//! *First aid for this*, in the menu of a message: a bystander helps somebody else.

use async_trait::async_trait;

use super::{Command, Invocation, Kind, Shape, Target};
use crate::bot::{Asked, Bot, BotError, Visitor};
use crate::domain::Timestamp;
use crate::domain::hearing::{self, Attention, Author, Heard};
use crate::domain::reply::{Reply, Visibility};
use crate::domain::topics::TextKey;

/// *First aid for this*
#[derive(Debug)]
pub struct FirstAidForThis;

#[async_trait]
impl Command for FirstAidForThis {
    fn shape(&self) -> Shape {
        Shape { path: "First aid for this", kind: Kind::MessageMenu, options: &[] }
    }

    fn is_public(&self, _: &Invocation) -> bool {
        true
    }

    async fn run(
        &self,
        bot: &Bot,
        visitor: &Visitor,
        invocation: &Invocation,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let Some(target) = &invocation.target else { return Ok(bot.first_aid(visitor).await) };
        let heard = heard(visitor, target);
        let asked = Asked { person: target.author, ..visitor.asked() };
        let found = bot.find_or_danger(visitor, &target.text).await;
        let Some(subject) = hearing::subject(found, &heard) else {
            return Ok(nothing_found(bot, visitor).await);
        };
        // Everybody sees it, unless the message was answered already, or its author wants to be left alone.
        let settings = bot.settings_in(visitor.guild).await;
        let claimed = bot.claim(&heard, &subject, &settings, now).await?;
        if claimed.outcome.is_granted() {
            let locale = bot.public_locale_of(visitor).await;
            let public = bot.answer(&asked, &subject, &locale).await;
            let public = bot.telling_of_reminders(public, claimed.ended_reminders, &locale);
            return Ok(Reply { visibility: Visibility::Public, ..public });
        }
        Ok(bot.answer(&asked, &subject, &visitor.locale).await.in_private())
    }
}

fn heard<'t>(visitor: &Visitor, target: &'t Target) -> Heard<'t> {
    Heard {
        message: target.message,
        channel: target.channel,
        guild: visitor.guild,
        person: target.author,
        author: Author::Person,
        // Somebody points at the message: even one that looks like a command is meant.
        attention: if target.author == visitor.person { Attention::Reply } else { Attention::PointedAt },
        edited: None,
        text: &target.text,
    }
}

async fn nothing_found(bot: &Bot, visitor: &Visitor) -> Reply {
    let library = bot.library();
    let words = &library.content(&visitor.locale).words;
    let lead = words.get(TextKey::FirstAidNothing).to_owned();
    Reply { lead: Some(lead), ..bot.first_aid(visitor).await }
}
