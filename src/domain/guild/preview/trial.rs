//! Trying the phrases of a response out, by themselves and among all that a server has.

use std::collections::BTreeSet;

use super::{Warning, Why};
use crate::domain::guild::breadth::breadths;
use crate::domain::guild::phrases::shown;
use crate::domain::guild::{Book, Fault, Phrase, Response, ResponseState, overlay};
use crate::domain::matching::{Cause, Limits, Matcher, PhraseRole, PhraseSource, Trigger, Urgency};
use crate::domain::topics::{Content, TopicId};

/// From how many of a thousand ordinary messages on a phrase is too broad.
const TOO_BROAD: usize = 1;

/// The same for the warning signs, which count only beside back trouble.
const TOO_BROAD_SIGN: usize = 10;

/// The phrases of a response, tried out.
pub(super) struct Trial<'a> {
    /// The phrases by themselves.
    alone: Matcher,
    /// The phrases among all that the server has.
    together: Matcher,
    content: &'a Content,
    id: &'a TopicId,
    phrases: &'a [Phrase],
}

impl<'a> Trial<'a> {
    /// Compiles the phrases; answers what is wrong with them if they cannot be used.
    pub fn new(
        matcher: &Matcher,
        content: &'a Content,
        book: &Book,
        id: &'a TopicId,
        response: &'a Response,
    ) -> Result<Self, Fault> {
        let with = |sources: &[PhraseSource], off: &BTreeSet<TopicId>| {
            let compiled = matcher.with_server_phrases(sources, off, &Limits::default());
            compiled.map_err(|faults| faults.first().map_or_else(|| Fault::new("", ""), |fault| shown(&fault.error)))
        };
        let numbered = (1..).zip(&response.phrases);
        // A sign counts only beside back trouble; here the question is what the phrase itself fires on.
        let own = numbered.map(|(number, phrase)| PhraseSource {
            role: PhraseRole::Phrase,
            ..overlay::phrase_source(id, number, phrase)
        });
        let alone = with(&own.collect::<Vec<_>>(), &BTreeSet::new())?;
        // What is only watched now shall answer later.
        let armed = Response { state: ResponseState::On, ..response.clone().armed() };
        let mut book = book.clone();
        book.responses.insert(id.clone(), armed);
        let all = overlay::phrase_sources(&book);
        let together = with(&all.live, &all.off)?;
        Ok(Self { alone, together, content, id, phrases: &response.phrases })
    }

    /// What to warn of.
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings: Vec<Warning> = Vec::new();
        for (number, phrase) in (1..).zip(self.phrases) {
            warnings.extend(self.reach(number, &phrase.text));
        }
        let most = if self.is_red_flags() { TOO_BROAD_SIGN } else { TOO_BROAD };
        let breadths = breadths(&self.alone, self.phrases.len(), &self.content.ordinary);
        let mut broad: Vec<_> =
            self.phrases.iter().zip(breadths).filter(|(_, breadth)| breadth.exceeds(most)).collect();
        broad.sort_by_key(|(_, breadth)| std::cmp::Reverse(breadth.hits));
        warnings.extend(broad.into_iter().map(|(phrase, breadth)| {
            let phrase = phrase.text.clone();
            Warning::TooBroad { phrase, breadth }
        }));
        warnings.extend(self.overlaps());
        warnings
    }

    /// Whether the phrase can fire at all, and whether it is ever heard beside the phrases of other topics.
    fn reach(&self, number: usize, phrase: &str) -> Option<Warning> {
        let samples = self.alone.samples(phrase);
        let fires =
            |sample: &&String| self.alone.own_phrases_in(sample).iter().any(|source| source.place.line == Some(number));
        let mut other = None;
        for sample in samples.iter().filter(fires) {
            match self.find(sample) {
                Some(trigger) if trigger.topic != *self.id => other = Some(trigger.topic),
                _ => return None,
            }
        }
        let phrase = phrase.to_owned();
        match other {
            Some(topic) => Some(Warning::Shadowed { phrase, topic }),
            None => {
                let first = samples.first()?;
                Some(Warning::NeverFires { phrase, why: self.why(first) })
            }
        }
    }

    fn find(&self, message: &str) -> Option<Trigger> {
        // Where the response is about signs, back trouble has to be there for it to be heard.
        if self.is_red_flags() {
            let source = *self.alone.own_phrases_in(message).first()?;
            let (topic, urgency) = (self.id.clone(), Some(Urgency::Emergency));
            return Some(Trigger {
                topic,
                urgency,
                signs: Vec::new(),
                phrase: source.text.clone(),
                cause: Cause::Own,
                place: source.place.clone(),
                span: 0..0,
            });
        }
        self.together.find(message)
    }

    fn is_red_flags(&self) -> bool {
        self.id.as_str() == TopicId::RED_FLAGS
    }

    fn why(&self, sample: &str) -> Why {
        let explanation = self.alone.explain(sample);
        let unmeant = explanation.senses.iter().find(|sense| !sense.meant);
        match (explanation.guarded.first(), unmeant) {
            _ if explanation.heard.iter().any(|heard| heard.denied) => Why::Denied,
            (Some(_), _) => Why::OtherSense(explanation.guarded.join(" ")),
            (None, Some(sense)) => Why::NotMeant(sense.word.clone()),
            (None, None) => Why::Unknown,
        }
    }

    /// The first example of each other topic that each phrase fires on.
    fn overlaps(&self) -> Vec<Warning> {
        let mut known = BTreeSet::new();
        let mut warnings = Vec::new();
        for topic in self.content.topics.values().filter(|topic| topic.id != *self.id) {
            for example in &topic.examples {
                for source in self.alone.own_phrases_in(&example.value) {
                    if known.insert((source.place.line, &topic.id)) {
                        let takes_over = self.find(&example.value).is_some_and(|trigger| trigger.topic == *self.id);
                        warnings.push(Warning::Overlaps {
                            phrase: source.text.clone(),
                            topic: topic.id.clone(),
                            example: example.value.clone(),
                            takes_over,
                        });
                    }
                }
            }
        }
        warnings
    }
}
