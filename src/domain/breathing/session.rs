//! What people ask for when they want to breathe: a pattern, how long, and in which form.

use std::fmt;
use std::time::Duration;

use super::course::Course;
use super::picture::{PictureError, picture};
use super::sound::{SoundError, sound};
use super::{Pattern, PatternId};
use crate::domain::{Locale, Timestamp, UserId};

/// In which form somebody breathes along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Style {
    /// A picture that moves.
    #[default]
    Picture,
    /// Words that change.
    Text,
    /// A sound, for eyes shut.
    Sound,
}

impl Style {
    /// All of them, the default first.
    pub const ALL: [Self; 3] = [Self::Picture, Self::Text, Self::Sound];

    /// Its name in commands and buttons.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Text => "text",
            Self::Sound => "sound",
        }
    }

    /// The style of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.name() == name)
    }
}

/// How many minutes somebody wants to breathe: 1 to 10.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Minutes(u8);

impl Minutes {
    /// If nobody says: three.
    pub const DEFAULT: Self = Self(3);

    /// The fewest and the most.
    pub const BOUNDS: (i64, i64) = (1, 10);

    /// The nearest number of minutes that may be.
    pub fn nearest(wanted: i64) -> Self {
        let (fewest, most) = Self::BOUNDS;
        Self(u8::try_from(wanted.clamp(fewest, most)).unwrap_or(Self::DEFAULT.0))
    }

    /// As a span of time.
    pub fn span(self) -> Duration {
        Duration::from_secs(60 * u64::from(self.0))
    }
}

impl fmt::Display for Minutes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// What somebody wants. It is all that a button has to carry to begin again.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Plan {
    /// Which pattern; the default one if it is not given, or not known (any more).
    pub pattern: Option<PatternId>,
    /// How long.
    pub minutes: Minutes,
    /// In which form.
    pub style: Style,
}

impl Plan {
    /// The default: a picture of the default pattern.
    pub const DEFAULT: Self = Self { pattern: None, minutes: Minutes::DEFAULT, style: Style::Picture };

    /// The pattern among `patterns`; nothing only if there are none.
    pub fn pattern_among<'p>(&self, patterns: &'p [Pattern]) -> Option<&'p Pattern> {
        let wanted = patterns.iter().find(|known| Some(&known.id) == self.pattern.as_ref());
        wanted.or_else(|| patterns.first())
    }

    /// The same with this pattern, by name. Whatever stood there before may be any text.
    #[must_use]
    pub fn with(&self, pattern: &Pattern) -> Self {
        Self { pattern: Some(pattern.id.clone()), ..self.clone() }
    }

    /// The course of it with this pattern, no longer than the pattern allows; `None` if a breath takes no time.
    pub fn course_of(&self, pattern: &Pattern) -> Option<Course> {
        Course::of(pattern, pattern.within_limit(self.minutes.span()))
    }
}

/// A picture or a sound.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Media {
    /// The picture of a pattern.
    Picture(PatternId),
    /// The sound of a session of this length.
    Sound(PatternId, Duration),
}

/// Why there is no picture or sound.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// There is no such pattern.
    #[error("there is no breathing pattern {0}")]
    UnknownPattern(PatternId),
    /// The picture failed.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The sound failed.
    #[error(transparent)]
    Sound(#[from] SoundError),
    /// Whoever was making it was stopped.
    #[error("the making of it was broken off")]
    BrokenOff,
}

impl Media {
    /// Makes it: the bytes of a file. This takes up to a second; keep the result.
    ///
    /// # Errors
    /// If there is no such pattern, or it cannot be drawn or encoded.
    pub fn make(&self, patterns: &[Pattern]) -> Result<Vec<u8>, MediaError> {
        let known = |id: &PatternId| {
            patterns.iter().find(|known| known.id == *id).ok_or_else(|| MediaError::UnknownPattern(id.clone()))
        };
        Ok(match self {
            Self::Picture(pattern) => picture(known(pattern)?)?,
            Self::Sound(pattern, session) => sound(known(pattern)?, *session)?.bytes,
        })
    }

    /// What its file is called. The last part says how to show it.
    pub fn file_name(&self) -> String {
        match self {
            Self::Picture(pattern) => format!("breathing-{pattern}.gif"),
            Self::Sound(pattern, _) => format!("breathing-{pattern}.flac"),
        }
    }
}

/// Tells a person's sessions apart, also after a restart: when it was begun, in Unix milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionId(i64);

impl SessionId {
    /// Before all others.
    pub const FIRST: Self = Self(i64::MIN);

    /// After all others.
    pub const LAST: Self = Self(i64::MAX);

    /// The session begun at this moment.
    pub const fn begun(moment: Timestamp) -> Self {
        Self(moment.as_millis())
    }

    /// When it was begun.
    pub const fn moment(self) -> Timestamp {
        Timestamp::from_millis(self.0)
    }
}

/// A session in words: its message changes until it is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Which.
    pub id: SessionId,
    /// Whose.
    pub person: UserId,
    /// In which language.
    pub locale: Locale,
    /// What was asked for.
    pub plan: Plan,
}
