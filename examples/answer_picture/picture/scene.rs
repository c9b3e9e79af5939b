//! What the pictures show.

use lumbar::discord::render;
use lumbar::domain::answers;
use lumbar::domain::answers::responses::{self, Preview, Probe};
use lumbar::domain::guild::{Book, DraftId, Manner, Phrase, Response, preview};
use lumbar::domain::hearing::Subject;
use lumbar::domain::reminders::{Destination, NewReminder, Reminder, ReminderId, ReminderState};
use lumbar::domain::reply::Reply;
use lumbar::domain::settings::Settings;
use lumbar::domain::topics::{Library, TopicId};
use lumbar::domain::{Locale, Timestamp, UserId};
use lumbar::responses as texts;
use serde_json::{Value, json};

/// What happened: somebody said something, ran a command, or wanted to be reminded, and the bot replied.
#[derive(Clone, Debug)]
pub struct Scene {
    /// What the person said, or the command that they ran.
    pub cause: Cause,
    /// What stands above the embed.
    pub lead: Option<String>,
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

/// A moderator's draft, as `/responses add` shows it.
pub fn preview() -> Result<Scene, String> {
    let library = library()?;
    let name = TopicId::parse("banana-back").ok_or("no name")?;
    let response = Response {
        title: Some("A banana back?".to_owned()),
        answer: Some("Bent and stuck: the muscles have clamped down to guard your spine.".to_owned()),
        tips: vec!["Lie down with your feet up.".to_owned(), "Breathe slowly.".to_owned()],
        phrases: vec![Phrase::live("my back is a banana"), Phrase::live("back")],
        ..Response::default()
    };
    let warnings = preview::warnings(&library, &locale(), &Book::default(), &name, &response);
    let warnings = preview::told(&warnings, &library.fallback().words);
    let book = Book { responses: [(name.clone(), response)].into(), ..Book::default() };
    let draft =
        Preview { draft: DraftId::new(1), name: &name, book: &book, warnings: &warnings[..1], has_new_phrases: true };
    scene(Cause::Ran("/responses add".to_owned()), &responses::preview(&library, &locale(), &draft))
}

/// Why a message would be answered, as `/responses test` tells.
pub fn test() -> Result<Scene, String> {
    let library = library()?;
    let text = "ugh my back went out again";
    let trigger = library.find(text).ok_or("the bot has no answer")?;
    let probe = Probe {
        subject: Some(Subject::Topic(trigger.topic)),
        manner: Manner::Full,
        explanation: library.matcher().map(|matcher| matcher.explain(text)),
        watched: None,
        hindrances: Vec::new(),
    };
    scene(Cause::Ran("/responses test".to_owned()), &responses::probe(&library, &locale(), &probe))
}

/// The answer about a topic, as `/back ask` gives it.
pub fn about(topic: &str) -> Result<Scene, String> {
    let library = library()?;
    let known = || library.fallback().topics.keys().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let id = library.fallback().topics.keys().find(|id| id.to_string() == topic);
    let id: &TopicId =
        id.ok_or_else(|| format!("no such topic; there are: urgent, reminder, preview, test, {}", known()))?;
    scene(Cause::Ran("/back ask".to_owned()), &answers::about(&library, id, &locale()))
}

fn to_message(text: &str) -> Result<Scene, String> {
    let library = library()?;
    let trigger = library.find(text).ok_or_else(|| format!("the bot has no answer to \"{text}\""))?;
    let reply = match trigger.urgency {
        Some(urgency) => answers::urgent(&library, &urgency.into(), &locale()),
        None => answers::about(&library, &trigger.topic, &locale()),
    };
    scene(Cause::Said(text.to_owned()), &reply)
}

fn scene(cause: Cause, reply: &Reply) -> Result<Scene, String> {
    let card = reply.card.as_ref().ok_or("this answer has no card to draw")?;
    Ok(Scene { cause, lead: reply.lead.clone(), embed: json!(render::embed(card)), rows: json!(render::rows(reply)) })
}

fn library() -> Result<Library, String> {
    Library::read(&texts::built_in()).map_err(|problems| format!("the texts are not sound: {problems:?}"))
}

fn locale() -> Locale {
    Locale::unknown()
}
