//! `/settings`: the panel in which moderators choose where and how the bot speaks.

use async_trait::async_trait;

use super::{Audience, Command, Invocation, Kind, Shape};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::Timestamp;
use crate::domain::guild::SettingsPage;
use crate::domain::reply::Reply;

/// `/settings`
#[derive(Debug)]
pub struct Settings;

#[async_trait]
impl Command for Settings {
    fn shape(&self) -> Shape {
        Shape { path: "settings", kind: Kind::Slash, options: &[] }
    }

    fn audience(&self) -> Audience {
        Audience::Moderators
    }

    async fn run(&self, bot: &Bot, visitor: &Visitor, _: &Invocation, _: Timestamp) -> Result<Reply, BotError> {
        bot.open_settings(visitor, SettingsPage::default()).await
    }
}
