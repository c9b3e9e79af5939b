//! The commands: one file each, and one row in [`ALL`]. Registration, dispatch, autocompletion and the terminal's help
//! are all derived from that table; names and descriptions stand in `responses/<language>/_commands.toml`.

mod back_ask;
mod back_help;
mod back_signs;
mod breathe;
mod first_aid;
mod help;
mod privacy_forget;
mod privacy_show;
mod responses;
mod settings;
mod walk_list;
mod walk_start;
mod walk_stop;

use std::collections::BTreeMap;

use async_trait::async_trait;

use super::{Bot, BotError, Response, UploadedFile, Visitor};
use crate::domain::reply::{Form, Reply};
use crate::domain::topics::{Described, Library, TextKey};
use crate::domain::{ChannelId, Locale, MessageId, Timestamp, UserId, answers};

/// Every command.
pub const ALL: &[&dyn Command] = &[
    &back_help::BackHelp,
    &back_ask::BackAsk,
    &back_signs::BackSigns,
    &breathe::Breathe,
    &walk_start::WalkStart,
    &walk_list::WalkList,
    &walk_stop::WalkStop,
    &privacy_show::PrivacyShow,
    &privacy_forget::PrivacyForget,
    &responses::List,
    &responses::SHOW,
    &responses::Add,
    &responses::Edit,
    &responses::ON,
    &responses::OFF,
    &responses::REMOVE,
    &responses::RESET,
    &responses::Test,
    &responses::History,
    &responses::Undo,
    &responses::Export,
    &responses::Import,
    &responses::Stats,
    &responses::Watched,
    &help::Help,
    &settings::Settings,
    &first_aid::FirstAidForThis,
];

/// One command: what it looks like, and what it does.
#[async_trait]
pub trait Command: Send + Sync {
    /// What it looks like.
    fn shape(&self) -> Shape;

    /// Does it.
    async fn run(
        &self,
        bot: &Bot,
        visitor: &Visitor,
        invocation: &Invocation,
        now: Timestamp,
    ) -> Result<Reply, BotError>;

    /// For whom it is.
    fn audience(&self) -> Audience {
        Audience::Everybody
    }

    /// The form that it opens instead of answering at once, if it opens one.
    async fn form(&self, _bot: &Bot, _visitor: &Visitor, _invocation: &Invocation) -> Result<Option<Form>, BotError> {
        Ok(None)
    }

    /// Whether everybody is meant to see the answer.
    fn is_public(&self, _invocation: &Invocation) -> bool {
        false
    }

    /// The values to offer while somebody types into an option.
    async fn complete(
        &self,
        _bot: &Bot,
        _visitor: &Visitor,
        _typing: &Typing<'_>,
        _now: Timestamp,
    ) -> Result<Vec<Choice>, BotError> {
        Ok(Vec::new())
    }
}

/// What a command looks like.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Its name, with its group before it: `back ask`.
    pub path: &'static str,
    /// Where people find it.
    pub kind: Kind,
    /// What it takes.
    pub options: &'static [OptionShape],
}

/// For whom a command is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// For everybody, wherever the bot can be reached.
    Everybody,
    /// For those who may shape the bot in their server, there.
    Moderators,
}

/// Where people find a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Typed, with a slash.
    Slash,
    /// In the menu of a message, under Apps.
    MessageMenu,
}

/// What an option looks like.
#[derive(Clone, Copy, Debug)]
pub struct OptionShape {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub value: ValueShape,
    /// Whether it has to be given.
    pub required: bool,
}

/// What an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueShape {
    /// A text of up to this many characters.
    Text(u16),
    /// A text, with values offered while typing.
    Completed,
    /// A whole number in these bounds, both included.
    Whole(i64, i64),
    /// Yes or no.
    Truth,
    /// The name of a breathing pattern.
    Pattern,
    /// A file.
    File,
    /// One of these; what people read stands in `_commands.toml`.
    OneOf(&'static [&'static str]),
}

/// A value on offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What people read.
    pub label: String,
    /// What the command gets.
    pub value: String,
}

/// What somebody is typing into an option.
#[derive(Clone, Copy, Debug)]
pub struct Typing<'a> {
    /// The name of the option.
    pub option: &'a str,
    /// What stands there so far.
    pub typed: &'a str,
}

/// A command as somebody runs it.
#[derive(Clone, Debug, Default)]
pub struct Invocation {
    /// Its name, with its group before it.
    pub path: String,
    /// What was given, by the name of the option.
    pub options: BTreeMap<String, Value>,
    /// The message whose menu it was chosen from.
    pub target: Option<Target>,
}

/// What was given for an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// Yes or no.
    Truth(bool),
    /// A file.
    File(UploadedFile),
}

/// The message that a command is about.
#[derive(Clone, Debug)]
pub struct Target {
    /// The message.
    pub message: MessageId,
    /// Where it stands.
    pub channel: ChannelId,
    /// Who wrote it.
    pub author: UserId,
    /// What it says; looked at and forgotten.
    pub text: String,
}

impl Invocation {
    /// Whether everybody is meant to see the answer.
    pub fn is_public(&self) -> bool {
        find(&self.path).is_some_and(|command| command.is_public(self))
    }

    /// The text given for `option`.
    pub fn text(&self, option: &str) -> Option<&str> {
        match self.options.get(option) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The whole number given for `option`.
    pub fn whole(&self, option: &str) -> Option<i64> {
        match self.options.get(option) {
            Some(Value::Whole(number)) => Some(*number),
            _ => None,
        }
    }

    /// The file given for `option`.
    pub fn file(&self, option: &str) -> Option<&UploadedFile> {
        match self.options.get(option) {
            Some(Value::File(file)) => Some(file),
            _ => None,
        }
    }

    /// Whether `option` was given as true.
    pub fn truth(&self, option: &str) -> bool {
        matches!(self.options.get(option), Some(Value::Truth(true)))
    }
}

/// The command at `path`.
pub fn find(path: &str) -> Option<&'static dyn Command> {
    ALL.iter().copied().find(|command| command.shape().path == path)
}

/// The values to choose from that an option fixes beforehand, as people of this language read them. `path` is that of
/// the option, as in `breathe.pattern`.
pub fn fixed_choices(library: &Library, locale: &Locale, path: &str, value: ValueShape) -> Vec<Choice> {
    let values: Vec<&str> = match value {
        ValueShape::Pattern => library.patterns.iter().map(|pattern| pattern.id.as_str()).collect(),
        ValueShape::OneOf(values) => values.to_vec(),
        ValueShape::Text(_) | ValueShape::Completed | ValueShape::Whole(..) | ValueShape::Truth | ValueShape::File => {
            Vec::new()
        }
    };
    let label = |value: &str| described(library, locale, &format!("{path}.{value}")).map(|words| words.name.clone());
    let choice =
        |value: &str| Choice { label: label(value).unwrap_or_else(|| value.to_owned()), value: value.to_owned() };
    values.into_iter().map(choice).collect()
}

/// The name under which Discord sends a command or an option: the last part of its path. A menu's name is one part.
pub fn default_name(path: &str) -> &str {
    let is_menu = ALL.iter().any(|command| command.shape().kind == Kind::MessageMenu && command.shape().path == path);
    if is_menu { path } else { path.rsplit([' ', '.']).next().unwrap_or(path) }
}

/// The name and description of a command or, as `back ask.topic`, of an option.
pub fn described<'l>(library: &'l Library, locale: &Locale, path: &str) -> Option<&'l Described> {
    library.content(locale).commands.get(path)
}

impl Bot {
    /// Runs a command.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn command(
        &self,
        visitor: &Visitor,
        invocation: &Invocation,
        now: Timestamp,
    ) -> Result<Response, BotError> {
        let reply = match find(&invocation.path) {
            Some(command) if !self.may_run(command, visitor).await? => {
                answers::line(&self.library(), &visitor.locale, TextKey::ModerateNotAllowed)
            }
            Some(command) => command.run(self, visitor, invocation, now).await?,
            // Discord may still show a command of an older version for an hour.
            None => self.old_button(&visitor.locale),
        };
        Ok(self.with_news(visitor, Response { reply, replaces: false }).await)
    }

    /// The form that a command opens instead of answering, if it opens one for this person.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn command_form(&self, visitor: &Visitor, invocation: &Invocation) -> Result<Option<Form>, BotError> {
        match find(&invocation.path) {
            Some(command) if self.may_run(command, visitor).await? => command.form(self, visitor, invocation).await,
            _ => Ok(None),
        }
    }

    async fn may_run(&self, command: &dyn Command, visitor: &Visitor) -> Result<bool, BotError> {
        match command.audience() {
            Audience::Everybody => Ok(true),
            Audience::Moderators => self.may_moderate(visitor).await,
        }
    }

    /// The values to offer while somebody types into an option: 25 at the most, as Discord takes no more.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn complete(
        &self,
        visitor: &Visitor,
        path: &str,
        typing: &Typing<'_>,
        now: Timestamp,
    ) -> Result<Vec<Choice>, BotError> {
        let Some(command) = find(path) else { return Ok(Vec::new()) };
        if !self.may_run(command, visitor).await? {
            return Ok(Vec::new());
        }
        let mut choices = command.complete(self, visitor, typing, now).await?;
        choices.truncate(25);
        Ok(choices)
    }
}
