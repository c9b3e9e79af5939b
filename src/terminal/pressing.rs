//! What somebody does with what stands under a reply: presses it, chooses from it, fills in the form that it opens.

use super::controls::{Numbered, numbered};
use super::filling::{Filling, Step};
use super::platform::Happening;
use super::session::{Session, Shown, Standing, Where};
use super::words;
use crate::bot::{BotError, Response};
use crate::domain::reply::{Action, Form, Reply};
use crate::domain::{MessageId, Timestamp};

/// The latest reply that had something to press.
#[derive(Debug)]
pub(super) struct Pressable {
    numbered: Vec<Numbered>,
    standing: Standing,
}

impl Pressable {
    /// What can be pressed in a reply, if anything can.
    pub(super) fn of(reply: &Reply, standing: Standing) -> Option<Self> {
        let numbered = numbered(reply);
        (!numbered.is_empty()).then_some(Self { numbered, standing })
    }
}

impl Session {
    /// Presses what has this number.
    pub(super) async fn press(&mut self, number: usize, now: Timestamp) -> Shown {
        let Some(Pressable { numbered, standing }) = &self.pressable else {
            return Shown::Line { text: words::NOTHING_TO_PRESS.to_owned(), now };
        };
        let Some(wanted) = number.checked_sub(1).and_then(|index| numbered.get(index)) else {
            return Shown::Line { text: words::no_such_number(numbered.len()), now };
        };
        let (wanted, standing) = (wanted.clone(), *standing);
        match wanted {
            Numbered::Press(action) => self.press_button(&action, standing, now).await,
            Numbered::Choose(choice) => {
                let Some(chosen) = choice.pressed() else {
                    return Shown::Line { text: words::NOT_SO_MANY.to_owned(), now };
                };
                let response = self.bot.choose(&self.visitor(standing), &choice.action, &chosen, now).await;
                self.respond(response, standing.place, now)
            }
        }
    }

    async fn press_button(&mut self, action: &Action, standing: Standing, now: Timestamp) -> Shown {
        let visitor = self.visitor(standing);
        match self.bot.press_form(&visitor, action).await {
            Ok(Some(form)) => return self.open(form, standing, now),
            Ok(None) => {}
            Err(error) => return self.apologise(&error, now),
        }
        let response = self.bot.press(&visitor, action, now).await;
        self.respond(response, standing.place, now)
    }

    /// Opens a form: from here on lines are its fields.
    pub(super) fn open(&mut self, form: Form, standing: Standing, now: Timestamp) -> Shown {
        let filling = Filling::new(form, standing, self.typing);
        let text = filling.opening();
        self.filling = Some(filling);
        Shown::Aside { text, now }
    }

    /// Takes a line into the form that is open.
    pub(super) async fn fill(&mut self, mut filling: Filling, typed: &str, now: Timestamp) -> Option<Shown> {
        match filling.line(typed) {
            Step::GoesOn => {
                self.filling = Some(filling);
                None
            }
            Step::Ask(text) => {
                self.filling = Some(filling);
                Some(Shown::Aside { text, now })
            }
            Step::GivenUp => Some(Shown::Aside { text: words::FORM_GIVEN_UP.to_owned(), now }),
            Step::Done(action, fields) => {
                let standing = filling.standing;
                let response = self.bot.submit(&self.visitor(standing), &action, &fields, now).await;
                Some(self.respond(response, standing.place, now))
            }
        }
    }

    pub(super) fn respond(&mut self, response: Result<Response, BotError>, place: Where, now: Timestamp) -> Shown {
        match response {
            Ok(response) => self.show(response.reply, place, now),
            Err(error) => self.apologise(&error, now),
        }
    }

    pub(super) fn apologise(&mut self, error: &BotError, now: Timestamp) -> Shown {
        tracing::error!(%error, "the bot failed");
        self.show(self.bot.apology(&self.locale), Where::Channel, now)
    }

    /// What the bot did besides answering.
    pub(super) fn happenings(&self, now: Timestamp) -> Vec<Shown> {
        let shown = |happening| match happening {
            Happening::Said(reply) => Shown::Reply { reply, place: Where::Elsewhere, now },
            Happening::Deleted => Shown::Aside { text: words::DELETED.to_owned(), now },
        };
        self.platform.take_unseen().into_iter().map(shown).collect()
    }

    /// A number for a message that nobody had before.
    pub(super) fn new_message(&mut self, now: Timestamp) -> MessageId {
        let message = MessageId::at(now, self.messages);
        self.messages = self.messages.wrapping_add(1);
        message
    }
}
