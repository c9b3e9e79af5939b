//! The second edge: the whole bot in a terminal, without a token, and the commands that show how it reads messages.
//!
//! [`session`](Session) turns a typed line into what people see, with `pressing` and `filling` for buttons and forms; `layout` and `markup` turn that into text; `piped` and
//! `interactive` read and write. What the bot does is decided elsewhere, the same as for Discord.

mod arguments;
mod clock;
mod complete;
mod controls;
mod conversation;
mod evaluate;
mod explain;
mod filling;
mod input;
mod interactive;
mod known_commands;
mod layout;
mod lines;
mod markup;
mod match_lines;
mod piped;
mod platform;
mod pressing;
mod session;
mod surroundings;
#[cfg(test)]
mod testing;
mod time_words;
mod words;

use std::io;
use std::sync::Arc;

pub use evaluate::{EvaluateError, evaluate};
pub use explain::explain;
pub use layout::{Look, render};
pub use match_lines::match_lines;
pub use piped::talk as talk_through;
pub use session::{Session, Shown, Turn, Where};

use crate::bot::Bot;
use crate::bot::reminders::Clock;
use crate::domain::{ChannelId, GuildId, UserId};

/// Whoever sits at the terminal, and where they write: made up, since there is no Discord here.
const PERSON: UserId = UserId::new(1001);
const BOT: UserId = UserId::new(1002);
const SERVER: GuildId = GuildId::new(1003);
const CHANNEL: ChannelId = ChannelId::new(1004);
const DIRECT_CHANNEL: ChannelId = ChannelId::new(1005);

/// `lumbar try`: talks with whoever sits at the terminal, or reads one message a line from a pipe, until the end of
/// the input. Needs a runtime with time; a `current_thread` one will do.
///
/// # Errors
/// If the input cannot be read or the output cannot be written. An output that nobody reads any more ends it quietly.
pub async fn try_out(bot: Arc<Bot>, clock: Arc<dyn Clock>) -> io::Result<()> {
    let mut session = Session::new(bot, clock, surroundings::locale());
    if surroundings::is_interactive() {
        interactive::talk(&mut session).await
    } else {
        piped::talk(&mut session, io::stdin(), io::stdout(), io::stderr(), surroundings::look()).await
    }
}

/// That nobody reads any more (`lumbar try | head`) is no fault.
fn quietly(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}
