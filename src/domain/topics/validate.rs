//! What must hold for the texts taken together: examples lead where they say, and every answer fits into a message.

use std::collections::BTreeMap;

use super::library::{Content, Library};
use super::limits;
use super::{Body, Danger, Topic, TopicId};
use crate::domain::answers;
use crate::domain::breathing::session::Plan;
use crate::domain::document::{Located, Place, Problems};
use crate::domain::locale::Locale;
use crate::domain::matching::{Alarm, Urgency};
use crate::domain::reply::Reply;

/// The topics that the bot cannot do without: buttons and answers lead to them.
const NEEDED: [&str; 2] = [TopicId::FIRST_AID, TopicId::RED_FLAGS];

/// Every example leads to its topic, and no counterexample does.
pub fn examples(content: &Content, problems: &Problems) {
    for topic in content.topics.values() {
        let leads_here = |text: &str| content.find(text).is_some_and(|trigger| trigger.topic == topic.id);
        for example in topic.examples.iter().filter(|example| !leads_here(&example.value)) {
            complain_about(example, "does not lead to this topic", problems);
        }
        for example in topic.counterexamples.iter().filter(|example| leads_here(&example.value)) {
            complain_about(example, "leads to this topic and must not", problems);
        }
    }
}

/// No ordinary message is answered.
pub fn ordinary(content: &Content, problems: &Problems) {
    for (place, message) in content.ordinary.located() {
        if let Some(trigger) = content.find(message) {
            let what = format!("the ordinary message \"{message}\" is answered with {}", trigger.topic);
            let instead = format!("change the phrase `{}` ({}), or the message", trigger.phrase, trigger.place);
            problems.add(&place, what, instead);
        }
    }
}

fn complain_about(example: &Located<String>, what: &str, problems: &Problems) {
    let what = format!("the example \"{}\" {what}", example.value);
    problems.add(&example.place, what, "change a phrase (docs/phrases.md), or the example");
}

/// What must hold for the library as a whole.
pub fn whole(library: &Library, problems: &Problems) {
    let place = Place { file: "responses/en".to_owned(), line: None };
    for needed in NEEDED.iter().filter(|id| library.fallback().topic(id).is_none()) {
        problems.add(&place, format!("the topic {needed} is missing"), format!("put {needed}.toml back"));
    }
    for (code, content) in library.languages() {
        told_apart(content, problems);
        let locale = Locale::or_unknown(Some(code));
        for topic in content.topics.values() {
            check_sizes(&topic.place, &answers::about(library, &topic.id, &locale), problems);
        }
        for pattern in library.patterns.iter() {
            let plan = Plan::DEFAULT.with(pattern);
            let place = Place { file: format!("responses/{code}/_words.toml"), line: None };
            check_sizes(&place, &answers::breathe(library, &locale, &plan, true), problems);
        }
        if let Some(topic) = content.topic(TopicId::RED_FLAGS) {
            has_every_danger(topic, dangers_in(library.fallback().topic(TopicId::RED_FLAGS)).len(), problems);
            says_whom_to_call(topic, problems);
            for alarm in alarms(topic) {
                check_sizes(&topic.place, &answers::urgent(library, &alarm, &locale), problems);
            }
        }
    }
}

/// The dangers that have an answer of their own.
fn dangers_in(signs: Option<&Topic>) -> &[Danger] {
    match signs.map(|topic| &topic.body) {
        Some(Body::WarningSigns { dangers, .. }) => dangers,
        _ => &[],
    }
}

/// One alarm for each answer that a warning sign can get.
fn alarms(signs: &Topic) -> Vec<Alarm> {
    let mut alarms = vec![Urgency::Emergency.into(), Urgency::Today.into()];
    let dangers = dangers_in(Some(signs)).iter().map(|danger| danger.signs.clone());
    alarms.extend(dangers.map(|signs| Alarm { urgency: Urgency::Emergency, signs }));
    alarms
}

/// No two topics are offered under the same name.
fn told_apart(content: &Content, problems: &Problems) {
    let mut known: BTreeMap<String, &Topic> = BTreeMap::new();
    for topic in content.topics.values() {
        if let Some(other) = known.insert(topic.label.to_lowercase(), topic) {
            let what = format!("the label \"{}\" is that of {} as well ({})", topic.label, other.id, other.place.file);
            problems.add(&topic.place, what, "write another one: people choose topics by their labels");
        }
    }
}

/// Every language has the dangers that English has.
fn has_every_danger(topic: &Topic, english: usize, problems: &Problems) {
    let dangers = dangers_in(Some(topic));
    if dangers.is_empty() {
        let instead = "add [[danger]] with title, text, steps and signs, as responses/en/red-flags.toml has";
        problems.add(&topic.place, "nothing is said to who despairs, or took too much medicine", instead);
    }
    if dangers.len() != english {
        let what = format!("{} of [[danger]], where English has {english}", dangers.len());
        let instead = "write the same ones in the same order: a sign in one language may be answered in another";
        problems.add(&topic.place, what, instead);
    }
}

fn says_whom_to_call(topic: &Topic, problems: &Problems) {
    let Body::WarningSigns { emergency, today, dangers } = &topic.body else { return };
    let levels = [("[emergency]", emergency, "{emergency_call}"), ("[today]", today, "{emergency_call_if_worse}")];
    let levels = levels.map(|(section, warning, mark)| (section, &warning.text, mark));
    let dangers = dangers.iter().map(|danger| ("[[danger]]", &danger.text, "{emergency_call}"));
    for (section, text, mark) in levels.into_iter().chain(dangers) {
        if !text.contains(mark) {
            let what = format!("the text of {section} does not say whom to call");
            problems.add(&topic.place, what, format!("write {mark} into it: it becomes the number to call"));
        }
    }
}

fn check_sizes(place: &Place, reply: &Reply, problems: &Problems) {
    let Some(card) = &reply.card else { return };
    for section in &card.sections {
        if let Some((what, instead)) = limits::CARD_SECTION.fault(&section.text) {
            problems.add(place, format!("the part \"{}\" of the answer: {what}", section.heading), instead);
        }
    }
    let whole = card.characters();
    if whole > limits::WHOLE_CARD.most() {
        problems.add(place, format!("the whole answer has {whole} characters"), "shorten it to 6000 at the most");
    }
}
