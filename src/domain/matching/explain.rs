//! Saying why a message was answered, or why not, to a moderator.

use std::fmt;

use crate::domain::document::Place;
use crate::domain::matching::compile::Duty;
use crate::domain::matching::judge::{Depth, Judgement, judge};
use crate::domain::matching::nearest::{NearMiss, nearest};
use crate::domain::matching::network::Scores;
use crate::domain::matching::vocabulary::FIRST_NOTION;
use crate::domain::matching::{Cause, Matcher, PhraseRole, Trigger};

/// Why a message was answered, or why not.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What the message is answered with, if it is.
    pub trigger: Option<Trigger>,
    /// Whether it was sent away before it was read, so that nothing of what follows had any effect.
    pub unread: bool,
    /// What the phrase fired on.
    pub words: Option<String>,
    /// How many characters stand before that.
    pub before: usize,
    /// Other phrases that fired, and those that were found but denied.
    pub heard: Vec<Heard>,
    /// What other senses were recognised, so that no phrase could use these words.
    pub guarded: Vec<String>,
    /// Ambiguous words, and whether they are taken in the sense that phrases ask for.
    pub senses: Vec<Sense>,
    /// The phrase that came nearest, if nothing was answered or denied. One that was found is never it.
    pub near_miss: Option<NearMiss>,
    /// Whether the message speaks of a back that went out.
    pub episode: bool,
    /// Whether the message speaks of back trouble of any kind.
    pub trouble: bool,
    /// What the clues amount to.
    pub clues: Tally,
    /// What the network makes of it, if the language has one.
    pub learnt: Option<Learnt>,
}

/// What the network makes of a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Learnt {
    /// The scores.
    pub scores: Scores,
    /// The share from which on an answer to this message is the urgent one.
    pub urgent_from: f32,
    /// The words that told it most: for answering where it speaks, else against it.
    pub words: Vec<String>,
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
    /// What it does.
    pub effect: Effect,
}

/// What a phrase does when it is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Leads to a topic.
    Leads,
    /// Chooses the topic where a back went out.
    Chooses,
    /// Makes it urgent where there is back trouble.
    MakesUrgent,
    /// Tells of back trouble.
    TellsOfTrouble,
    /// Makes the message ask something.
    Asks,
    /// Is a clue, which counts so much for or against a back that went out.
    Hints(i32),
}

/// What the clues of a message amount to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The points for a back that went out.
    pub points: i32,
    /// The points against it, as a negative number.
    pub against: i32,
    /// The points that are needed.
    pub needed: i32,
}

/// Explains what becomes of a message.
pub(super) fn explain(matcher: &Matcher, text: &str) -> Explanation {
    let judgement = judge(matcher, text, Depth::Explain);
    let unread = !matcher.may_concern(text);
    let trigger = if unread { None } else { judgement.trigger(matcher, text) };
    let words = trigger.as_ref().and_then(|trigger| text.get(trigger.span.clone())).map(str::to_owned);
    let before =
        trigger.as_ref().and_then(|trigger| text.get(..trigger.span.start)).map_or(0, |before| before.chars().count());
    let heard = heard(matcher, &judgement, text);
    let guarded = judgement.guarded.iter().map(|at| written(&judgement, text, *at, *at)).collect();
    let (episode, trouble) = (judgement.has_episode(matcher), judgement.has_trouble(matcher));
    let senses = senses(matcher, &judgement, text);
    let silent = trigger.is_none() && !heard.iter().any(|heard: &Heard| heard.denied);
    let near_miss = if silent { nearest(matcher, &judgement, text) } else { None };
    let (weighed, needed) = (&judgement.weighed, matcher.shared.clues.needed);
    let clues = Tally { points: weighed.points, against: weighed.against, needed };
    let learnt = learnt(matcher, &judgement, text);
    Explanation { trigger, unread, words, before, heard, guarded, senses, near_miss, episode, trouble, clues, learnt }
}

fn learnt(matcher: &Matcher, judgement: &Judgement<'_>, text: &str) -> Option<Learnt> {
    let scores = judgement.scores.clone()?;
    let words = judgement.telling(matcher).into_iter().map(|(token, _)| written(judgement, text, token, token));
    let urgent_from = scores.urgent_from(judgement.urgent_part(matcher));
    Some(Learnt { scores, urgent_from, words: words.collect() })
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

fn heard(matcher: &Matcher, judgement: &Judgement<'_>, text: &str) -> Vec<Heard> {
    let fired = judgement.fired.iter().map(|fired| (fired.rule, fired.tokens, false));
    let denied = judgement.denied.iter().map(|(rule, hit)| (*rule, (hit.first, hit.last), true));
    let told = fired.chain(denied).map(|(rule, (first, last), denied)| Heard {
        phrase: rule.text.to_string(),
        place: rule.place.clone(),
        words: written(judgement, text, first, last),
        denied,
        effect: effect(&rule.duty),
    });
    let mut told: Vec<Heard> = told.collect();
    told.sort_by_key(Heard::rank);
    told.extend(hints(matcher, judgement, text));
    told
}

impl Heard {
    /// What a reader wants to know first: signs, then what was denied, then what leads somewhere.
    fn rank(&self) -> u8 {
        match self.effect {
            Effect::MakesUrgent => 0,
            _ if self.denied => 1,
            Effect::Leads => 2,
            Effect::Chooses => 3,
            Effect::TellsOfTrouble | Effect::Asks | Effect::Hints(_) => 4,
        }
    }
}

/// One clue of each kind that was found, by the kind's name.
fn hints(matcher: &Matcher, judgement: &Judgement<'_>, text: &str) -> Vec<Heard> {
    let kinds = matcher.shared.clues.kinds.iter().enumerate();
    let found = kinds.filter_map(|(number, kind)| {
        let (rule, clue) = judgement.clues.iter().find(|(_, clue)| clue.kind == number)?;
        Some(Heard {
            phrase: kind.name.to_string(),
            place: rule.place.clone(),
            words: written(judgement, text, clue.first, clue.last),
            denied: false,
            effect: Effect::Hints(kind.points),
        })
    });
    found.collect()
}

fn effect(duty: &Duty) -> Effect {
    match duty {
        Duty::Clue(_) => Effect::Hints(0),
        Duty::Ask => Effect::Asks,
        Duty::Trouble => Effect::TellsOfTrouble,
        Duty::Lead(source) => match source.role {
            PhraseRole::Phrase => Effect::Leads,
            PhraseRole::Question => Effect::Chooses,
            PhraseRole::Sign(_) | PhraseRole::Danger => Effect::MakesUrgent,
        },
    }
}

fn written(judgement: &Judgement<'_>, text: &str, first: usize, last: usize) -> String {
    let span = judgement.tokens[first].start as usize..judgement.tokens[last].end as usize;
    text.get(span).unwrap_or_default().to_owned()
}

impl Explanation {
    /// Why a phrase that was found had no effect; nothing if it had one.
    fn idle(&self, heard: &Heard) -> Option<&'static str> {
        let silent = self.learnt.as_ref().is_some_and(|learnt| !learnt.scores.speaks());
        match heard.effect {
            _ if heard.denied => Some("but the message denies it"),
            Effect::Leads if silent && self.trigger.is_none() => Some("but the words around it tell of something else"),
            Effect::Asks => Some("which asks something"),
            Effect::Chooses if !self.episode => Some("but it counts only where a back went out"),
            Effect::MakesUrgent if !self.trouble => Some("but it counts only with back trouble in the same message"),
            _ => None,
        }
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.trigger, &self.words) {
            (Some(trigger), Some(words)) => {
                let urgent = if trigger.urgency.is_some() { " (urgent)" } else { "" };
                writeln!(formatter, "answered with {}{urgent}", trigger.topic)?;
                let (first, last) = (self.before + 1, self.before + words.chars().count());
                writeln!(formatter, "  because of “{words}” (characters {first} to {last})")?;
                if trigger.cause == Cause::Together {
                    writeln!(formatter, "  by no single phrase, but by {}", trigger.phrase)?;
                } else {
                    writeln!(formatter, "  by the phrase `{}` ({})", shortened(&trigger.phrase), trigger.place)?;
                }
            }
            _ => writeln!(formatter, "not answered")?,
        }
        if self.unread && (self.learnt.is_some() || !self.heard.is_empty()) {
            writeln!(formatter, "  it was sent away before it was read: no word in it is one that an answer needs")?;
        }
        if let Some(learnt) = &self.learnt {
            writeln!(formatter, "  {learnt}")?;
        }
        let (hints, found): (Vec<_>, Vec<_>) =
            self.heard.iter().partition(|heard| matches!(heard.effect, Effect::Hints(_)));
        for heard in found.iter().take(MOST_HEARD) {
            let idle = self.idle(heard).map(|why| format!(", {why}")).unwrap_or_default();
            let phrase = shortened(&heard.phrase);
            writeln!(formatter, "  found “{}” by `{phrase}` ({}){idle}", heard.words, heard.place)?;
        }
        if found.len() > MOST_HEARD {
            writeln!(formatter, "  and {} more", found.len() - MOST_HEARD)?;
        }
        for heard in &hints {
            if let Effect::Hints(points) = heard.effect {
                writeln!(formatter, "  “{}” is a clue: {}, {points:+}", heard.words, heard.phrase)?;
            }
        }
        let Tally { points, against, needed } = self.clues;
        if self.learnt.is_none() && (points > 0 || against < 0) {
            let sum = points + against;
            writeln!(formatter, "  the clues near each other come to {sum}; a back that went out takes {needed}")?;
        }
        for Sense { word, notion, meant } in &self.senses {
            let is = if *meant { "is" } else { "is not" };
            writeln!(formatter, "  “{word}” {is} taken as {{{notion}}}")?;
        }
        for word in &self.guarded {
            writeln!(formatter, "  “{word}” means something else here")?;
        }
        if let Some(NearMiss { phrase, place, lacked }) = &self.near_miss {
            let phrase = shortened(phrase);
            writeln!(formatter, "  nearest was `{phrase}` ({place}); it lacked {}", shortened(lacked))?;
        }
        if self.trigger.is_none() && self.heard.is_empty() && self.senses.is_empty() && self.near_miss.is_none() {
            writeln!(formatter, "  nothing in it comes near any phrase")?;
        }
        Ok(())
    }
}

impl fmt::Display for Learnt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "taken together: back trouble {}", per_cent(self.scores.speak))?;
        write!(formatter, " (it answers from {} on)", per_cent(self.scores.needed()))?;
        if self.scores.speaks() {
            write!(formatter, ", urgent {} (from {} on)", per_cent(self.scores.urgent), per_cent(self.urgent_from))?;
        }
        let told: Vec<String> = self.words.iter().map(|word| format!("“{word}”")).collect();
        match told.as_slice() {
            [] => Ok(()),
            told if self.scores.speaks() => write!(formatter, "; most for it: {}", told.join(", ")),
            told => write!(formatter, "; most against it: {}", told.join(", ")),
        }
    }
}

fn per_cent(share: f32) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// How many of the other phrases that were found are told one by one.
const MOST_HEARD: usize = 4;

/// How much of a phrase is shown, in characters: its place tells where the rest is.
const LONGEST_SHOWN: usize = 100;

fn shortened(phrase: &str) -> String {
    let mut shown: String = phrase.chars().take(LONGEST_SHOWN).collect();
    if shown.len() < phrase.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::Problems;
    use crate::domain::guild::testing::library;
    use crate::domain::matching::{Language, PhraseSource};
    use crate::domain::topics::TopicId;

    fn source(phrase: &str) -> PhraseSource {
        let place = Place { file: "t.toml".to_owned(), line: Some(1) };
        let topic = TopicId::parse("backs").unwrap();
        PhraseSource { topic, role: PhraseRole::Phrase, text: phrase.to_owned(), place }
    }

    fn matcher(phrase: &str) -> Matcher {
        Matcher::compile(&Language::unknown(), &[source(phrase)], None, &Problems::default())
    }

    #[test]
    fn what_fired_is_told_with_its_characters() {
        let told = matcher("back went out").explain("😭 Ow, my *back* went out!").to_string();
        let expected = "answered with backs\n  because of “back* went out” (characters 11 to 24)\n";
        assert!(told.starts_with(expected), "{told}");
    }

    #[test]
    fn a_message_that_was_never_read_is_told_to_be() {
        let told = library().matcher().unwrap().explain("ice or heat?").to_string();
        assert!(told.starts_with("not answered\n  it was sent away before it was read"), "{told}");
        let told = library().matcher().unwrap().explain("my back is fine").to_string();
        assert!(!told.contains("sent away"), "{told}");
    }

    #[test]
    fn what_a_near_miss_lacked_is_told() {
        let matcher = matcher("back went (out|away)");
        let told = matcher.explain("my back went numb").to_string();
        assert!(told.contains("it lacked one of the words “out”, “away”"), "{told}");
        let told = matcher.explain("my back never went out").to_string();
        assert!(told.contains("“never” stands between them"), "{told}");
    }

    #[test]
    fn a_phrase_that_was_found_is_never_the_nearest_one() {
        let language = r#"
            [clues]
            needed = 5
            trouble = 5
            topic = "backs"
            [[clues.kind]]
            name = "well"
            points = -4
            phrases = ["feeling great"]
        "#;
        let language = Language::read("_language.toml", language, &Problems::default()).unwrap();
        let phrases = [source("put my back out"), source("put my spine out")];
        let matcher = Matcher::compile(&language, &phrases, None, &Problems::default());
        let explanation = matcher.explain("put my back out once, feeling great");
        assert!(explanation.heard.iter().any(|heard| heard.effect == Effect::Leads), "{explanation}");
        assert_eq!((&explanation.trigger, &explanation.near_miss), (&None, &None), "{explanation}");
        // What was not found is told of as ever.
        let explanation = matcher.explain("put my spine up, feeling great");
        assert_eq!(explanation.near_miss.unwrap().lacked, "the word “out”");
    }

    #[test]
    fn of_a_phrase_in_parts_the_part_that_is_not_there_is_lacking() {
        let told = matcher("my back & totally locked").explain("my back is fine, but locked").to_string();
        assert!(told.contains("it lacked the word “totally”"), "{told}");
        let told = matcher("my back ~ locked").explain("It locked. My back is fine").to_string();
        assert!(told.contains("it lacked its parts in one sentence"), "{told}");
    }
}
