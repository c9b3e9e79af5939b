//! What the pictures show.

use lumbar::discord::render;
use lumbar::domain::answers;
use lumbar::domain::reminders::{Destination, NewReminder, Reminder, ReminderId, ReminderState};
use lumbar::domain::reply::Reply;
use lumbar::domain::settings::Settings;
use lumbar::domain::topics::{Library, TopicId};
use lumbar::domain::{Locale, Timestamp, UserId};
use lumbar::responses;
use serde_json::{Value, json};

/// What happened: somebody said something, ran a command, or wanted to be reminded, and the bot replied.
#[derive(Clone, Debug)]
pub struct Scene {
    /// What the person said, or the command that they ran.
    pub cause: Cause,
    /// The reply's embed, as Discord is sent it.
    pub embed: Value,
    /// The reply's rows of buttons, as Discord is sent them.
    pub rows: Value,
}

/// What the bot replied to.
#[derive(Clone, Debug)]
pub enum Cause {
    /// A message.
    Said(String),
    /// A command.
    Ran(String),
    /// Nothing: it was time for what they had asked for.
    Reminded,
}

/// The answer that the bot is for.
pub fn answer() -> Result<Scene, String> {
    to_message("my back went out")
}

/// The answer to an emergency.
pub fn urgent() -> Result<Scene, String> {
    to_message("my back went out and now my legs are numb")
}

/// A reminder to walk, at its time, in the direct conversation.
pub fn reminder() -> Result<Scene, String> {
    let due = Timestamp::from_millis(0);
    let asked = NewReminder {
        person: UserId::new(1),
        destination: Destination::Direct,
        set_in: None,
        guild: None,
        direct_channel: None,
        locale: locale().to_string(),
        public_locale: None,
        due,
        repeat: None,
    };
    let reminder =
        Reminder { id: ReminderId::new(1), asked, occurrence: 0, attempts: 1, state: ReminderState::Sending };
    let reply = answers::due_reminder(&library()?, &Settings::default(), &reminder, None, due);
    scene(Cause::Reminded, &reply)
}

/// The answer about a topic, as `/back ask` gives it.
pub fn about(topic: &str) -> Result<Scene, String> {
    let library = library()?;
    let known = || library.fallback().topics.keys().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let id = library.fallback().topics.keys().find(|id| id.to_string() == topic);
    let id: &TopicId = id.ok_or_else(|| format!("no such topic; there are: urgent, reminder, {}", known()))?;
    scene(Cause::Ran("/back ask".to_owned()), &answers::about(&library, id, &locale()))
}

fn to_message(text: &str) -> Result<Scene, String> {
    let library = library()?;
    let trigger = library.find(text).ok_or_else(|| format!("the bot has no answer to \"{text}\""))?;
    let reply = match trigger.urgency {
        Some(urgency) => answers::urgent(&library, urgency, &locale()),
        None => answers::about(&library, &trigger.topic, &locale()),
    };
    scene(Cause::Said(text.to_owned()), &reply)
}

fn scene(cause: Cause, reply: &Reply) -> Result<Scene, String> {
    let card = reply.card.as_ref().ok_or("this answer has no card to draw")?;
    Ok(Scene { cause, embed: json!(render::embed(card)), rows: json!(render::rows(reply)) })
}

fn library() -> Result<Library, String> {
    Library::read(&responses::built_in()).map_err(|problems| format!("the texts are not sound: {problems:?}"))
}

fn locale() -> Locale {
    Locale::unknown()
}
