//! Hearing what a message is about: understand people, stay silent otherwise, cost nothing.
//!
//! A message goes through four steps, each cheaper for the next:
//! 1. The `engine` gate looks at the bytes and sends away what holds no anchor of any phrase.
//! 2. `normalise` and `reading` turn the text into numbered words, each with its place in the original.
//! 3. The senses decide what ambiguous words mean here (is "back" a body part?) and guards blank other senses.
//! 4. All phrases and clues are looked for at once; denied ones are struck out; where there is back trouble, questions
//!    and signs of an emergency are looked for as well; the most specific one left decides.
//!
//! What is known about a language is data: `responses/<language>/_language.toml` and the topics' phrases.

mod admission;
mod clues;
mod compile;
mod denial;
mod drafts;
mod engine;
pub mod evaluation;
mod explain;
mod expressions;
mod judge;
mod language;
mod lexicon;
mod nearest;
pub mod network;
mod normalise;
pub mod phrase;
mod reading;
mod server;
mod trial;
mod verdict;
mod vocabulary;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::domain::document::{Place, Problems};
use crate::domain::topics::TopicId;

pub use explain::{Effect, Explanation, Heard, Learnt, Sense};
pub use language::Language;
pub use nearest::NearMiss;
pub use normalise::{LONGEST_MESSAGE, normalise};
pub use phrase::PhraseError;
pub use server::{Limits, ServerFault};

use compile::Shared;
use judge::Depth;
use network::{Input, Network};
use reading::Token;
use server::Own;

/// A phrase, where it was written, and what it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseSource {
    /// The topic that it leads to.
    pub topic: TopicId,
    /// What it does.
    pub role: PhraseRole,
    /// The phrase, as written.
    pub text: String,
    /// Where it was written.
    pub place: Place,
}

/// What a phrase does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PhraseRole {
    /// Leads to the topic by itself.
    Phrase,
    /// Chooses the topic when the message is about a back that went out.
    Question,
    /// A sign of an emergency; counts only with back trouble in the same message.
    Sign(Urgency),
    /// A sign of a danger that has an answer of its own: despair, an overdose. An emergency, and the first of all signs.
    Danger,
}

impl PhraseRole {
    /// How soon help is needed where it is found, if it is a sign.
    pub const fn urgency(self) -> Option<Urgency> {
        match self {
            Self::Sign(urgency) => Some(urgency),
            Self::Danger => Some(Urgency::Emergency),
            Self::Phrase | Self::Question => None,
        }
    }
}

/// How soon help is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Urgency {
    /// A doctor, today.
    Today,
    /// The ambulance, now.
    Emergency,
}

/// What somebody has to be warned of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Alarm {
    /// How soon help is needed.
    pub urgency: Urgency,
    /// The signs that were found, as their phrases are written.
    pub signs: Vec<String>,
}

impl From<Urgency> for Alarm {
    fn from(urgency: Urgency) -> Self {
        Self { urgency, signs: Vec::new() }
    }
}

/// What makes a message be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A phrase that ships with the bot.
    Shipped,
    /// A phrase of the server's own.
    Own,
    /// No single phrase: the words taken together.
    Together,
}

/// A phrase that fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// The topic to answer with.
    pub topic: TopicId,
    /// How soon help is needed, if a sign of an emergency was seen.
    pub urgency: Option<Urgency>,
    /// Those signs, as their phrases are written; none where the words taken together tell of it.
    pub signs: Vec<String>,
    /// The phrase, as written; or the clues that led here together, by their names.
    pub phrase: String,
    /// Whose phrase it is, if it is one.
    pub cause: Cause,
    /// Where the phrase was written.
    pub place: Place,
    /// The bytes of the original text that it fired on; both ends are character boundaries.
    pub span: Range<usize>,
}

impl Trigger {
    /// What has to be warned of, if a sign of an emergency was seen.
    pub fn alarm(&self) -> Option<Alarm> {
        self.urgency.map(|urgency| Alarm { urgency, signs: self.signs.clone() })
    }
}

/// Finds out what messages are about. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Matcher {
    shared: Arc<Shared>,
    own: Option<Arc<Own>>,
}

impl Matcher {
    /// Compiles the phrases of all topics. Bad phrases are noted in `problems` and left out.
    pub fn compile(
        language: &Language,
        phrases: &[PhraseSource],
        network: Option<Network>,
        problems: &Problems,
    ) -> Self {
        Self { shared: Arc::new(Shared::compile(language, phrases, network, problems)), own: None }
    }

    /// What the message is about, if anything.
    pub fn find(&self, text: &str) -> Option<Trigger> {
        if self.may_concern(text) { judge::judge(self, text, Depth::Answer).trigger(self, text) } else { None }
    }

    /// A sign of despair or of an overdose, whether a back is named or not: for what is written to the bot itself.
    pub fn find_danger(&self, text: &str) -> Option<Trigger> {
        judge::judge(self, text, Depth::Explain).danger(self)
    }

    /// Why the message was answered, or why not.
    pub fn explain(&self, text: &str) -> Explanation {
        explain::explain(self, text)
    }

    /// This matcher with a server's own phrases, and without the topics that it switched off. What is common is shared.
    pub fn with_server_phrases(
        &self,
        added: &[PhraseSource],
        switched_off: &BTreeSet<TopicId>,
        limits: &Limits,
    ) -> Result<Self, Vec<ServerFault>> {
        let own = Own::compile(&self.shared, added, switched_off, limits)?;
        Ok(Self { shared: Arc::clone(&self.shared), own: Some(Arc::new(own)) })
    }

    /// Whether there were more phrases than it can hold, so that it does not know all of them.
    pub fn is_cut_short(&self) -> bool {
        self.shared.is_cut_short
    }

    /// The phrases that lead to topics and that all servers share.
    pub fn phrases(&self) -> impl Iterator<Item = &PhraseSource> {
        let rules = [&self.shared.rules, &self.shared.following];
        rules.into_iter().flat_map(|rules| &rules.phrases).filter_map(compile::Rule::source)
    }

    /// The bytes that is shared by all servers, roughly.
    pub fn shared_bytes(&self) -> usize {
        self.shared.bytes()
    }

    /// The bytes that a server's own phrases take, beyond what is shared.
    pub fn own_bytes(&self) -> usize {
        self.own.as_ref().map_or(0, |own| own.bytes())
    }

    /// What the network is given of a message; nothing where it names neither a back nor trouble with one.
    pub fn input(&self, text: &str) -> Option<Input> {
        network::input(self, &judge::judge(self, text, Depth::Explain))
    }

    /// Whether a word may name the back.
    fn is_back(&self, token: &Token) -> bool {
        self.shared.senses.ambiguous.contains(&token.word)
    }

    /// Whether any phrase leads to the topic.
    fn leads_to(&self, topic: &TopicId) -> bool {
        self.shared.topics.contains(topic)
    }

    fn is_off(&self, topic: &TopicId) -> bool {
        self.own.as_ref().is_some_and(|own| own.switched_off.contains(topic))
    }
}
