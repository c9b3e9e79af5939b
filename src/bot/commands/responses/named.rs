//! `/responses show`, `on`, `off`, `remove` and `reset`: what takes nothing but the name of a response.

use async_trait::async_trait;

use super::{NAMED, named, offered};
use crate::bot::commands::{Audience, Choice, Command, Invocation, Kind, OptionShape, Shape, Typing};
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::Timestamp;
use crate::domain::guild::ResponseState;
use crate::domain::reply::Reply;

/// One of them.
#[derive(Debug)]
pub struct Named {
    path: &'static str,
    deed: Deed,
}

#[derive(Clone, Copy, Debug)]
enum Deed {
    Show,
    Switch(ResponseState),
    Remove,
    Reset,
}

/// `/responses show`
pub const SHOW: Named = Named { path: "responses show", deed: Deed::Show };
/// `/responses on`
pub const ON: Named = Named { path: "responses on", deed: Deed::Switch(ResponseState::On) };
/// `/responses off`
pub const OFF: Named = Named { path: "responses off", deed: Deed::Switch(ResponseState::Off) };
/// `/responses remove`
pub const REMOVE: Named = Named { path: "responses remove", deed: Deed::Remove };
/// `/responses reset`
pub const RESET: Named = Named { path: "responses reset", deed: Deed::Reset };

#[async_trait]
impl Command for Named {
    fn shape(&self) -> Shape {
        const OPTIONS: &[OptionShape] = &[NAMED];
        Shape { path: self.path, kind: Kind::Slash, options: OPTIONS }
    }

    fn audience(&self) -> Audience {
        Audience::Moderators
    }

    async fn run(
        &self,
        bot: &Bot,
        visitor: &Visitor,
        invocation: &Invocation,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let (Some(guild), Some(name)) = (visitor.guild, named(bot, visitor, invocation).await?) else {
            return Ok(bot.unknown_response(visitor));
        };
        match self.deed {
            Deed::Show => bot.show_response(visitor, guild, &name).await,
            Deed::Switch(state) => bot.switch(visitor, guild, &name, state, now).await,
            Deed::Remove => bot.remove(visitor, guild, &name, now).await,
            Deed::Reset => bot.reset(visitor, guild, &name, now).await,
        }
    }

    async fn complete(
        &self,
        bot: &Bot,
        visitor: &Visitor,
        typing: &Typing<'_>,
        _: Timestamp,
    ) -> Result<Vec<Choice>, BotError> {
        offered(bot, visitor, typing.typed).await
    }
}
