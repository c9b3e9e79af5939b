//! How tests speak: people say and press things, the bot answers, and it reads like a conversation.

mod form;
mod person;
mod place;
mod reply;
mod role;
mod run;
mod select;
pub mod text;

use std::sync::Arc;

use super::discord::settle;
use super::state::Core;
use super::world::Id;
pub use form::Form;
pub use person::{Person, Said};
pub use place::{Channel, Server};
pub use reply::{Answer, Reply};
pub use role::Role;
pub use run::{Run, Suggestion};
pub use select::{Choosing, Select};

/// A message on the screen, whoever it is from.
pub trait Shown {
    fn core(&self) -> &Arc<Core>;
    fn message_id(&self) -> Id;
}

/// Waits for the oldest message from the bot in this channel that nobody has looked at. Answers to interactions are not
/// among them: those come from the interaction.
pub async fn bot_reply(channel: &Channel) -> Reply {
    let id = channel.id;
    let find = move |state: &mut super::state::State| {
        let found = state.world.unread().find(|it| it.channel == id && it.interaction.is_none()).map(|it| it.id);
        found.inspect(|found| state.world.messages.get_mut(found).into_iter().for_each(|it| it.read = true))
    };
    let message = channel.core.wait_for(&format!("a message from the bot in #{}", channel.name()), find).await;
    Reply::new(&channel.core, message)
}

/// Waits for the oldest emoji that the bot put under this message and that nobody has looked at.
pub async fn bot_reaction(message: &impl Shown) -> String {
    let id = message.message_id();
    let find = move |state: &mut super::state::State| {
        let unread = &mut state.world.messages.get_mut(&id)?.unread_reactions;
        (!unread.is_empty()).then(|| unread.remove(0))
    };
    message.core().wait_for("a reaction from the bot", find).await
}

/// The emoji under a message. Who looks at them has seen them.
fn reactions(core: &Core, id: Id) -> Vec<String> {
    core.change(|state| {
        let Some(message) = state.world.messages.get_mut(&id) else { return Vec::new() };
        message.unread_reactions.clear();
        message.reactions.iter().map(|it| it.emoji.clone()).collect()
    })
}
