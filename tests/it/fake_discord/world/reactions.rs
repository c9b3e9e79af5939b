//! Emoji under messages.

use super::{Id, World};

/// One emoji under a message, and who put it there, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reaction {
    pub emoji: String,
    pub people: Vec<Id>,
}

impl World {
    /// Puts an emoji under a message. Was it not there by the same hand before?
    pub fn react(&mut self, message: Id, who: Id, emoji: &str) -> bool {
        let bot = self.bot.user;
        let Some(message) = self.messages.get_mut(&message) else { return false };
        let known = message.reactions.iter().position(|it| it.emoji == emoji);
        let position = known.unwrap_or_else(|| {
            message.reactions.push(Reaction { emoji: emoji.to_owned(), people: Vec::new() });
            message.reactions.len() - 1
        });
        let people = &mut message.reactions[position].people;
        let is_new = !people.contains(&who);
        if is_new {
            people.push(who);
        }
        if is_new && who == bot {
            message.unread_reactions.push(emoji.to_owned());
        }
        is_new
    }

    /// Takes an emoji back. Was it there?
    pub fn take_back_reaction(&mut self, message: Id, who: Id, emoji: &str) -> bool {
        let bot = self.bot.user;
        let Some(message) = self.messages.get_mut(&message) else { return false };
        let mut was_there = false;
        for reaction in message.reactions.iter_mut().filter(|it| it.emoji == emoji) {
            was_there = reaction.people.contains(&who);
            reaction.people.retain(|it| *it != who);
        }
        message.reactions.retain(|it| !it.people.is_empty());
        if who == bot {
            message.unread_reactions.retain(|it| it != emoji);
        }
        was_there
    }

    /// Emoji that the bot put under messages and no test has looked at yet, each with its message.
    pub fn unread_reactions(&self) -> impl Iterator<Item = (Id, &str)> {
        let messages = self.messages.values().filter(|it| !it.deleted);
        messages.flat_map(|it| it.unread_reactions.iter().map(|emoji| (it.id, emoji.as_str())))
    }
}
