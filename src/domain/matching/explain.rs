//! Saying why a message was answered, or why not, to a moderator.

use std::fmt;

use crate::domain::document::Place;
use crate::domain::matching::judge::{Judgement, judge};
use crate::domain::matching::vocabulary::FIRST_NOTION;
use crate::domain::matching::{Matcher, Trigger};

/// Why a message was answered, or why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What the message is answered with, if it is.
    pub trigger: Option<Trigger>,
    /// The characters that the phrase fired on.
    pub words: Option<String>,
    /// Other phrases that fired, and those that were found but denied.
    pub heard: Vec<Heard>,
    /// What other senses were recognised, so that no phrase could use these words.
    pub guarded: Vec<String>,
    /// Ambiguous words, and whether they are taken in the sense that phrases ask for.
    pub senses: Vec<Sense>,
    /// Whether the message speaks of a back that went out.
    pub episode: bool,
    /// Whether the message speaks of back trouble of any kind.
    pub trouble: bool,
}

/// An ambiguous word of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sense {
    /// The word.
    pub word: String,
    /// The notion that phrases ask for.
    pub notion: String,
    /// Whether the word is taken as it.
    pub meant: bool,
}

/// A phrase that was found in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The phrase, as written.
    pub phrase: String,
    /// Where it was written.
    pub place: Place,
    /// The words of the message that it was found in.
    pub words: String,
    /// Whether the message denies it.
    pub denied: bool,
}

/// Explains what becomes of a message.
pub(super) fn explain(matcher: &Matcher, text: &str) -> Explanation {
    let judgement = judge(matcher, text);
    let trigger = if matcher.may_concern(text) { judgement.trigger(matcher) } else { None };
    let words = trigger.as_ref().and_then(|trigger| text.get(trigger.span.clone())).map(str::to_owned);
    let heard = heard(&judgement, text);
    let guarded = judgement.guarded.iter().map(|at| written(&judgement, text, *at, *at)).collect();
    let (episode, trouble) = (judgement.has_episode(), judgement.has_trouble());
    let senses = senses(matcher, &judgement, text);
    Explanation { trigger, words, heard, guarded, senses, episode, trouble }
}

fn senses(matcher: &Matcher, judgement: &Judgement<'_>, text: &str) -> Vec<Sense> {
    let known = &matcher.shared.senses;
    let mut senses = Vec::new();
    for (at, token) in judgement.tokens.iter().enumerate() {
        for ((notion, heads), name) in (FIRST_NOTION..).zip(&known.heads).zip(&known.names) {
            if heads.contains(&token.word) {
                let word = written(judgement, text, at, at);
                senses.push(Sense { word, notion: name.clone(), meant: token.also == notion });
            }
        }
    }
    senses
}

fn heard(judgement: &Judgement<'_>, text: &str) -> Vec<Heard> {
    let fired = judgement.fired.iter().map(|fired| (fired.rule, fired.tokens, false));
    let denied = judgement.denied.iter().map(|(rule, hit)| (*rule, (hit.first, hit.last), true));
    let told = fired.chain(denied).map(|(rule, (first, last), denied)| Heard {
        phrase: rule.text.to_string(),
        place: rule.place.clone(),
        words: written(judgement, text, first, last),
        denied,
    });
    told.collect()
}

fn written(judgement: &Judgement<'_>, text: &str, first: usize, last: usize) -> String {
    let span = judgement.tokens[first].start as usize..judgement.tokens[last].end as usize;
    text.get(span).unwrap_or_default().to_owned()
}

impl fmt::Display for Explanation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.trigger, &self.words) {
            (Some(trigger), Some(words)) => {
                writeln!(formatter, "answered with {}", trigger.topic)?;
                writeln!(formatter, "  because of “{words}” (bytes {}..{})", trigger.span.start, trigger.span.end)?;
                writeln!(formatter, "  by the phrase `{}` ({})", trigger.phrase, trigger.place)?;
            }
            _ => writeln!(formatter, "not answered")?,
        }
        for heard in &self.heard {
            let denied = if heard.denied { ", but it is denied" } else { "" };
            writeln!(formatter, "  found “{}” by `{}` ({}){denied}", heard.words, heard.phrase, heard.place)?;
        }
        for Sense { word, notion, meant } in &self.senses {
            let is = if *meant { "is" } else { "is not" };
            writeln!(formatter, "  “{word}” {is} taken as {{{notion}}}")?;
        }
        for word in &self.guarded {
            writeln!(formatter, "  “{word}” means something else here")?;
        }
        Ok(())
    }
}
