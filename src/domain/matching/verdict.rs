//! The verdict: what a judged message is answered with.
//!
//! Where a language has a network, the network decides whether to speak, whether it is urgent, and which topic is asked
//! about; the phrases that fired tell why. Its urgent answer goes before anything else. What a server added is the
//! server's word: such a phrase leads else, whatever the network says, and so does one that was written since the network
//! was learnt; beside one that is about a back the bot's signs count as found. Where there is no network, or nothing for it
//! to read, phrases and clues decide alone.

use std::cmp::Reverse;
use std::ops::Range;

use crate::domain::matching::compile::Duty;
use crate::domain::matching::judge::{Fired, Judgement};
use crate::domain::matching::network::{Scores, input};
use crate::domain::matching::vocabulary::QUESTION;
use crate::domain::matching::{Cause, Matcher, PhraseRole, Trigger, Urgency};
use crate::domain::topics::TopicId;

/// How many words are named as what tipped the network.
const TELLING: usize = 3;

/// Which part of the share of an urgent answer is enough where no sign was found, where one was found and denied, where one
/// of despair or of an overdose was, where another one was, and where that says a good deal: from so many words on.
const WITHOUT_A_SIGN: f32 = 1.4;
const BESIDE_A_DENIAL: f32 = 2.0;
const BESIDE_A_DANGER: f32 = 0.8;
const BESIDE_A_SIGN: f32 = 0.25;
const BESIDE_A_LONG_SIGN: f32 = 0.1;
const LONG_SIGN: u32 = 3;

/// From which share on what is urgent is an emergency: in doubt the ambulance.
const EMERGENCY: f32 = 0.4;

impl<'m> Judgement<'m> {
    /// What the message is answered with.
    pub fn trigger(&self, matcher: &Matcher, text: &str) -> Option<Trigger> {
        let free = || self.usable(matcher).any(|fired| fired.is_free(matcher));
        let learnt = self.scores.as_ref();
        let learnt = learnt.filter(|scores| self.is_urgent(matcher, scores) || (scores.speaks() && !free()));
        let learnt = learnt.and_then(|scores| self.learnt(matcher, scores, text));
        // Where the topics that the network asks for are off, another one that was named may be on.
        let trigger = learnt.or_else(|| match self.deciding(matcher) {
            Some(fired) => self.by_phrase(fired),
            None => self.by_clues(matcher),
        })?;
        let signs = trigger.urgency.map(|_| self.signs(matcher)).unwrap_or_default();
        Some(Trigger { signs, ..trigger })
    }

    /// What a sign of despair or of an overdose leads to, whatever else is said.
    pub fn danger(&self, matcher: &Matcher) -> Option<Trigger> {
        let trigger = self.by_phrase(self.usable(matcher).find(|fired| fired.role() == Some(PhraseRole::Danger))?)?;
        Some(Trigger { signs: self.signs(matcher), ..trigger })
    }

    /// The signs that were found, as their phrases are written.
    fn signs(&self, matcher: &Matcher) -> Vec<String> {
        let signs = self.usable(matcher).filter(|fired| fired.urgency().is_some());
        signs.filter_map(|fired| fired.source()).map(|source| source.text.clone()).collect()
    }

    /// What follows from the network's scores.
    fn learnt(&self, matcher: &Matcher, scores: &Scores, text: &str) -> Option<Trigger> {
        let urgent = TopicId::parse(TopicId::RED_FLAGS).filter(|_| self.is_urgent(matcher, scores));
        if let Some(topic) = urgent {
            let signs = self.usable(matcher).filter(|fired| fired.urgency().is_some());
            let sign = signs.max_by_key(|fired| weight_of_sign(fired));
            let level = if scores.emergency >= EMERGENCY { Urgency::Emergency } else { Urgency::Today };
            return match sign {
                Some(sign) => self.by_phrase(sign),
                None => self.by_words(matcher, topic, Some(level), text),
            };
        }
        let (asked, _) = scores.topics.iter().find(|(topic, _)| matcher.leads_to(topic))?;
        let general = || matcher.shared.clues.lead.as_ref().map(|(topic, _)| topic);
        let topic = [Some(asked), general()].into_iter().flatten().find(|topic| !matcher.is_off(topic))?;
        let phrases = self.usable(matcher).filter(|fired| fired.urgency().is_none());
        let named = phrases.filter(|fired| fired.source().is_some_and(|source| source.topic == *topic));
        match named.max_by_key(|fired| (fired.weight, Reverse(fired.tokens))) {
            Some(fired) => self.by_phrase(fired),
            None => self.by_words(matcher, topic.clone(), None, text),
        }
    }

    /// Whether the urgent answer is due.
    fn is_urgent(&self, matcher: &Matcher, scores: &Scores) -> bool {
        let off = TopicId::parse(TopicId::RED_FLAGS).is_none_or(|topic| matcher.is_off(&topic));
        !off && scores.is_urgent(self.urgent_part(matcher))
    }

    /// Which part of the share of an urgent answer is enough. Where a sign was found the network is believed sooner: what is
    /// not answered could be an emergency.
    pub fn urgent_part(&self, matcher: &Matcher) -> f32 {
        let part = |sign: &Fired<'_>| match (sign.role(), sign.weight) {
            // What people say in jest as well.
            (Some(PhraseRole::Danger), _) => BESIDE_A_DANGER,
            (_, ..LONG_SIGN) => BESIDE_A_SIGN,
            _ => BESIDE_A_LONG_SIGN,
        };
        let signs = self.usable(matcher).filter(|fired| fired.urgency().is_some());
        signs.map(part).reduce(f32::min).unwrap_or(if self.denies_a_sign() { BESIDE_A_DENIAL } else { WITHOUT_A_SIGN })
    }

    /// Whether a sign was found where the message denies it.
    fn denies_a_sign(&self) -> bool {
        let sources = self.denied.iter().filter_map(|(rule, _)| rule.source());
        sources.map(|source| source.role).any(|role| role.urgency().is_some())
    }

    /// A trigger by a phrase that fired.
    fn by_phrase(&self, fired: &Fired<'_>) -> Option<Trigger> {
        let source = fired.source()?;
        Some(Trigger {
            topic: source.topic.clone(),
            urgency: fired.urgency(),
            signs: Vec::new(),
            phrase: source.text.clone(),
            cause: if fired.own { Cause::Own } else { Cause::Shipped },
            place: source.place.clone(),
            span: self.span(fired.tokens),
        })
    }

    /// A trigger by no phrase: the words taken together.
    fn by_words(&self, matcher: &Matcher, topic: TopicId, urgency: Option<Urgency>, text: &str) -> Option<Trigger> {
        let network = matcher.shared.network.as_ref()?;
        let around = input(matcher, self)?.around_the_back();
        let span = self.span((*around.first()?, *around.last()?));
        Some(Trigger {
            topic,
            urgency,
            signs: Vec::new(),
            phrase: WORDS_TOGETHER.to_owned(),
            cause: Cause::Together,
            place: network.place.clone(),
            // The edges of a message are tokens as well, at its first and last byte.
            span: span.start..span.end.max(span.start).min(text.len()),
        })
    }

    /// What clues alone lead to.
    fn by_clues(&self, matcher: &Matcher) -> Option<Trigger> {
        let clues = &matcher.shared.clues;
        let (topic, place) = clues.lead.as_ref().filter(|(topic, _)| !matcher.is_off(topic))?;
        if self.scores.is_some() || !self.clues_suffice(matcher) {
            return None;
        }
        let names: Vec<&str> = self.weighed.kinds.iter().map(|kind| &*clues.kinds[*kind].name).collect();
        Some(Trigger {
            topic: topic.clone(),
            urgency: None,
            signs: Vec::new(),
            phrase: names.join(" + "),
            cause: Cause::Together,
            place: place.clone(),
            span: self.span(self.weighed.tokens),
        })
    }

    fn span(&self, (first, last): (usize, usize)) -> Range<usize> {
        self.tokens[first].start as usize..self.tokens[last].end as usize
    }

    /// The words that tell the network most, for answering or against it, the weightiest first.
    pub fn telling(&self, matcher: &Matcher) -> Vec<(usize, f32)> {
        let Some(network) = &matcher.shared.network else { return Vec::new() };
        let speaks = self.scores.as_ref().is_some_and(Scores::speaks);
        let Some(input) = input(matcher, self) else { return Vec::new() };
        let mut words = network.weights(&input);
        words.retain(|(token, weight)| !self.is_mark(*token) && (*weight > 0.0) == speaks);
        words.sort_by(|(_, one), (_, other)| other.abs().total_cmp(&one.abs()));
        words.truncate(TELLING);
        words
    }

    /// Whether a token is no word but a mark or an edge.
    fn is_mark(&self, token: usize) -> bool {
        let token = &self.tokens[token];
        token.is_stop() || token.start == token.end || token.word == crate::domain::matching::vocabulary::PAUSE
    }

    /// The phrases that fired and whose topic is not switched off.
    fn usable<'j>(&'j self, matcher: &'j Matcher) -> impl Iterator<Item = &'j Fired<'m>> {
        self.fired.iter().filter(|fired| fired.source().is_some_and(|source| !matcher.is_off(&source.topic)))
    }

    /// The phrases that lead whatever the network says.
    fn free_phrases<'j>(&'j self, matcher: &'j Matcher) -> impl Iterator<Item = &'j Fired<'m>> {
        let phrases = self.usable(matcher).filter(|fired| fired.role() == Some(PhraseRole::Phrase));
        phrases.filter(|fired| fired.is_free(matcher))
    }

    /// The phrase that decides where the network does not: a sign where there is back trouble, then a question or a
    /// phrase where a back went out, the most specific first.
    fn deciding<'j>(&'j self, matcher: &'j Matcher) -> Option<&'j Fired<'m>> {
        if self.has_trouble(matcher) {
            // Where the network speaks it has weighed the bot's own signs, and found none.
            let weighed = self.scores.as_ref().is_some_and(Scores::speaks);
            let signs = self.usable(matcher).filter(|fired| fired.urgency().is_some());
            let sign = signs.filter(|fired| !weighed || fired.is_free(matcher));
            if let Some(sign) = sign.max_by_key(|fired| weight_of_sign(fired)) {
                return Some(sign);
            }
        }
        if !self.has_episode(matcher) {
            return None;
        }
        let allowed = self.allows_phrases(matcher);
        let is_told = self.is_told_of_a_back(matcher);
        let asks = self.asks();
        let unasked = |topic: &TopicId| !asks && matcher.shared.only_when_asked.contains(topic);
        let asked = self.usable(matcher).filter(|fired| fired.urgency().is_none());
        let asked = asked.filter(|fired| fired.own || fired.question().is_none_or(|source| !unasked(&source.topic)));
        let counts = |fired: &Fired<'_>| if fired.question().is_some() { is_told } else { allowed };
        let asked = asked.filter(|fired| fired.is_free(matcher) || counts(fired));
        asked.max_by_key(|fired| {
            let concrete = fired.question().map(|source| matcher.shared.concreteness(&source.topic));
            // A question written since the network was learnt is what somebody wants to be asked about.
            let new = !fired.own && fired.question().is_some() && fired.is_free(matcher);
            (new, concrete, fired.weight, Reverse(fired.tokens))
        })
    }

    /// Whether somebody's back went out, is going out, or is asked about.
    pub fn has_episode(&self, matcher: &Matcher) -> bool {
        let phrase = |fired: &Fired<'_>| fired.role() == Some(PhraseRole::Phrase);
        self.free_phrases(matcher).next().is_some()
            || match &self.scores {
                Some(scores) => scores.speaks(),
                None => (self.fired.iter().any(phrase) && self.allows_phrases(matcher)) || self.clues_suffice(matcher),
            }
    }

    /// Whether the episode is one of a back, and not what a new phrase for something else tells of: beside that, the bot's own
    /// questions mean nothing.
    fn is_told_of_a_back(&self, matcher: &Matcher) -> bool {
        let mut free = self.free_phrases(matcher).peekable();
        let speaks = self.scores.as_ref().is_some_and(Scores::speaks);
        speaks || free.peek().is_none() || free.any(|fired| self.is_of_a_back(matcher, fired))
    }

    /// Whether a phrase that leads by itself is one for a back: by its topic, or by its words. A server answers to other
    /// things as well, and "minecraft, and my legs are stiff" is no emergency.
    fn is_of_a_back(&self, matcher: &Matcher, fired: &Fired<'_>) -> bool {
        let lead = matcher.shared.clues.lead.as_ref().map(|(topic, _)| topic);
        fired.source().is_some_and(|source| Some(&source.topic) == lead)
            || self.tokens[fired.tokens.0..=fired.tokens.1].iter().any(|token| matcher.is_back(token))
    }

    /// Whether back trouble and a sign of despair or the like were both found, in whatever words they stand.
    pub fn is_in_danger(&self, matcher: &Matcher) -> bool {
        let leads = |fired: &Fired<'_>| fired.role() == Some(PhraseRole::Phrase) && self.is_of_a_back(matcher, fired);
        let told = |fired: &Fired<'_>| fired.rule.duty == Duty::Trouble || leads(fired);
        self.fired.iter().any(told) && self.fired.iter().any(|fired| fired.role() == Some(PhraseRole::Danger))
    }

    /// Whether there is back trouble of any kind.
    pub fn has_trouble(&self, matcher: &Matcher) -> bool {
        if self.free_phrases(matcher).any(|fired| self.is_of_a_back(matcher, fired)) {
            return true;
        }
        let clues = &matcher.shared.clues;
        let leads = |fired: &Fired<'_>| fired.role() == Some(PhraseRole::Phrase) && !fired.is_free(matcher);
        let told = |fired: &Fired<'_>| fired.rule.duty == Duty::Trouble || leads(fired);
        let sum = self.weighed.points + self.weighed.against;
        // A back that is said to be well is in no trouble, unless more speaks for it.
        self.scores.as_ref().map_or_else(
            || {
                (self.fired.iter().any(told) && (self.weighed.against == 0 || sum >= clues.trouble))
                    || (clues.lead.is_some() && sum >= clues.trouble)
            },
            Scores::speaks,
        )
    }

    /// Whether something is asked.
    fn asks(&self) -> bool {
        self.fired.iter().any(|fired| fired.rule.duty == Duty::Ask)
            || self.tokens.iter().any(|token| token.word == QUESTION)
    }

    /// Whether the clues tell of a back that went out, without any phrase.
    fn clues_suffice(&self, matcher: &Matcher) -> bool {
        let clues = &matcher.shared.clues;
        clues.lead.is_some() && self.weighed.points + self.weighed.against >= clues.needed
    }

    /// Whether what speaks against it leaves the bot's own phrases their effect.
    fn allows_phrases(&self, matcher: &Matcher) -> bool {
        let needed = matcher.shared.clues.needed;
        self.scores.as_ref().map_or(self.weighed.points.max(needed) + self.weighed.against >= needed, Scores::speaks)
    }
}

/// How much a sign weighs among those of a message: which of them is told as the reason.
fn weight_of_sign(sign: &Fired<'_>) -> (Option<Urgency>, bool, u32) {
    (sign.urgency(), sign.role() == Some(PhraseRole::Danger), sign.weight)
}

/// What stands for a phrase where none decided.
pub(super) const WORDS_TOGETHER: &str = "the words taken together";
