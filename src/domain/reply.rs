//! What the bot says, as a value that no platform has shaped yet.
//!
//! Texts are in the subset of Markdown that Discord shows (`**bold**`, `-#` small print, lists, `<t:…>` time marks);
//! an edge that cannot show it translates.

mod controls;

use std::sync::Arc;

use super::breathing::PatternId;
use super::breathing::session::{Media, Plan, Session, SessionId};
use super::guild::Moderation;
use super::guild::tally::PhraseTag;
use super::matching::Urgency;
use super::reminders::ReminderId;
use super::topics::TopicId;
use super::{MessageId, Timestamp, UserId};

pub use controls::{Control, Emphasis, Field, Form, MenuChoice, SelectOption, Selectable};

/// An answer, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Who sees it.
    pub visibility: Visibility,
    /// The one person who is pinged, if anybody is.
    pub ping: Option<UserId>,
    /// A line above the card.
    pub lead: Option<String>,
    /// The card.
    pub card: Option<Card>,
    /// Buttons and menus, row by row.
    pub controls: Vec<Vec<Control>>,
    /// A picture or a sound. The rest says all that matters, for where it cannot be had. In a box, as most have none.
    pub attachment: Option<Box<Attachment>>,
    /// What changes this message until it is over.
    pub session: Option<Box<Session>>,
}

/// A file that comes with a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// What it is.
    pub file: AttachedFile,
    /// It in words, for whoever does not see or hear it.
    pub alt: String,
    /// A line under the card that explains it; without the file it would make no sense.
    pub caption: String,
}

/// A file: one that has yet to be made, or one that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttachedFile {
    /// A picture or a sound, made when it is first asked for.
    Media(Media),
    /// These bytes.
    Made {
        /// What it is called. The last part says how to show it.
        name: String,
        /// All of it.
        bytes: Arc<[u8]>,
        /// Whether it is a picture, which is shown in the card.
        is_picture: bool,
    },
}

impl AttachedFile {
    /// What it is called.
    pub fn name(&self) -> String {
        match self {
            Self::Media(media) => media.file_name(),
            Self::Made { name, .. } => name.clone(),
        }
    }
}

/// Who sees a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Everybody in the channel.
    Public,
    /// Only the person who asked.
    Private,
}

/// A heading, a text, and sections under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// How it is meant.
    pub tone: Tone,
    /// The heading.
    pub title: String,
    /// The text under the heading.
    pub body: String,
    /// Sections with headings of their own.
    pub sections: Vec<CardSection>,
    /// The small print at the end.
    pub footer: String,
}

/// A part of a card under a heading of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardSection {
    /// The heading.
    pub heading: String,
    /// The text.
    pub text: String,
}

/// How a card is meant; an edge turns it into a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Help.
    Calm,
    /// Act now.
    Urgent,
    /// See somebody today.
    Careful,
    /// About the bot itself.
    Neutral,
}

/// What a button or a choice does. It carries all the state that there is, so that it works after a restart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Show a breathing pattern.
    Breathe(Option<PatternId>),
    /// Breathe once more, or in another form.
    BreatheAgain {
        /// What is wanted.
        plan: Plan,
        /// The session whose message the button stands on, while it goes on.
        instead_of: Option<SessionId>,
    },
    /// End a session in words. Nobody else may.
    StopBreathing {
        /// Whose it is.
        person: UserId,
        /// Which.
        session: SessionId,
        /// What had been asked for.
        plan: Plan,
    },
    /// Remind me to walk in so many minutes.
    Walk(u16),
    /// Show the first-aid answer.
    FirstAid,
    /// Show when to get help, and whom to call.
    GetHelp,
    /// Show the other topics.
    More,
    /// Explain this topic.
    Ask(TopicId),
    /// Never answer me unasked again.
    LeaveMeAlone,
    /// Answer me again.
    AnswerMeAgain,
    /// Stop this reminder, whose number the person has just been told.
    StopReminder(ReminderId),
    /// What the person who was reminded does about it. Nobody else may.
    Reminded {
        /// Who was reminded.
        person: UserId,
        /// Of what.
        reminder: ReminderId,
        /// What they do.
        deed: Deed,
    },
    /// How it was after walking.
    Felt(Feeling),
    /// One of the warning signs of this level fits me.
    SignFits(Urgency),
    /// None of the warning signs fits me.
    NoSignFits,
    /// What a button under an answer does, with the phrase that the answer goes back to.
    Of(Origin, Box<Action>),
    /// The answer with this number was not about a back: delete it.
    NotAboutBack {
        /// The answer.
        answer: MessageId,
        /// The phrase that it goes back to.
        phrase: PhraseTag,
    },
    /// Something that moderators do.
    Moderate(Moderation),
}

/// Where an answer comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The phrase that fired.
    pub phrase: PhraseTag,
    /// Who wrote the message that was answered.
    pub author: UserId,
}

/// What somebody does about a reminder that has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    /// See what it says: in a channel it says nothing.
    Show,
    /// They walked.
    Walked,
    /// They want it again in a quarter of an hour.
    Later,
    /// They want no more of it.
    Stop,
}

/// How it was after walking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Feeling {
    /// Easier.
    Easier,
    /// The same.
    Same,
    /// Worse.
    Worse,
}

impl Action {
    /// Remind me to walk in an hour: the first wave has usually passed by then.
    pub const WALK_IN_AN_HOUR: Self = Self::Walk(60);

    /// The same action, which tells where the answer that its button stands under comes from. Only what is counted or
    /// asks for it is marked so.
    #[must_use]
    pub fn of(self, origin: Origin) -> Self {
        match self {
            Self::Breathe(_) | Self::Walk(_) | Self::More | Self::Ask(_) => Self::Of(origin, Box::new(self)),
            other => other,
        }
    }

    /// Whose button it is, if it is one person's alone.
    pub fn owner(&self) -> Option<UserId> {
        match self {
            Self::Reminded { person, .. } | Self::StopBreathing { person, .. } => Some(*person),
            _ => None,
        }
    }
}

impl Reply {
    /// A card for everybody.
    pub fn public(card: Card) -> Self {
        Self { lead: None, card: Some(card), visibility: Visibility::Public, ..Self::private_line("") }
    }

    /// A card for the person who asked.
    pub fn private(card: Card) -> Self {
        Self { visibility: Visibility::Private, ..Self::public(card) }
    }

    /// A line for the person who asked.
    pub fn private_line(text: impl Into<String>) -> Self {
        Self {
            visibility: Visibility::Private,
            ping: None,
            lead: Some(text.into()),
            card: None,
            controls: Vec::new(),
            attachment: None,
            session: None,
        }
    }

    /// The same reply, pinging one person and nobody else.
    #[must_use]
    pub fn pinging(mut self, person: UserId) -> Self {
        self.ping = Some(person);
        self
    }

    /// The same reply, seen only by the person who asked.
    #[must_use]
    pub fn in_private(mut self) -> Self {
        self.visibility = Visibility::Private;
        self
    }

    /// The same reply with a row of controls added, unless the row is empty.
    #[must_use]
    pub fn with_row(mut self, row: Vec<Control>) -> Self {
        if !row.is_empty() {
            self.controls.push(row);
        }
        self
    }
}

impl Card {
    /// How many characters all its parts have together.
    pub fn characters(&self) -> usize {
        let sections = self.sections.iter().flat_map(|part| [&part.heading, &part.text]);
        sections.chain([&self.title, &self.body, &self.footer]).map(|text| text.chars().count()).sum()
    }

    /// The card as plain text of at most `most` characters. Whole sections are left out from the end, where the small
    /// print stands, before anything is cut.
    pub fn as_text(&self, most: usize) -> String {
        let mut text = format!("**{}**\n{}", self.title, self.body);
        let sections = self.sections.iter().map(|part| format!("\n\n**{}**\n{}", part.heading, part.text));
        let footer = (!self.footer.is_empty()).then(|| format!("\n\n-# {}", self.footer));
        for part in sections.chain(footer) {
            if text.chars().count() + part.chars().count() <= most {
                text.push_str(&part);
            }
        }
        text.chars().take(most).collect()
    }
}

/// How long it is until a moment, as a mark that counts down by itself. Source as for [`time_mark`].
pub fn time_until(moment: Timestamp) -> String {
    format!("<t:{}:R>", moment.as_seconds())
}

/// A moment as a mark that each reader sees in a time zone of their own, with how long it is until then.
/// Source: Discord API reference, "Message formatting".
pub fn time_mark(moment: Timestamp) -> String {
    let seconds = moment.as_seconds();
    format!("<t:{seconds}:t> (<t:{seconds}:R>)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_leaves_out_whole_sections_before_it_cuts() {
        let section = |heading: &str, text: &str| CardSection { heading: heading.to_owned(), text: text.to_owned() };
        let card = Card {
            tone: Tone::Calm,
            title: "Title".to_owned(),
            body: "Body".to_owned(),
            sections: vec![section("Tips", "Breathe"), section("Sources", &"x".repeat(100))],
            footer: "A bot".to_owned(),
        };
        assert_eq!(card.as_text(60), "**Title**\nBody\n\n**Tips**\nBreathe\n\n-# A bot");
        assert_eq!(card.as_text(4), "**Ti");
    }
}
