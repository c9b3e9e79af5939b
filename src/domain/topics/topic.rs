//! One topic: a thing that the bot can explain, with the phrases that lead to it.

use super::TopicId;
use super::limits::{self, Limit};
use crate::domain::document::{Located, Place, Section};
use crate::domain::matching::{PhraseRole, PhraseSource, Urgency};

/// A topic in one language.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Its id.
    pub id: TopicId,
    /// Its short name in menus.
    pub label: String,
    /// What it is about, in one line.
    pub summary: String,
    /// The heading of its answer.
    pub title: String,
    /// Whose words these are, and what they rest on.
    pub origin: Origin,
    /// What it says.
    pub body: Body,
    /// Messages that have to lead to it.
    pub examples: Vec<Located<String>>,
    /// Messages that must not.
    pub counterexamples: Vec<Located<String>>,
    /// Where its file is.
    pub place: Place,
}

/// Whose words a topic's text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It ships with the bot, and rests on sources.
    Shipped {
        /// The day the text was last held against its sources, as `2026-11-22`.
        checked: String,
        /// Where its claims come from.
        sources: Vec<Source>,
    },
    /// The moderators of a server wrote it, or a part of it.
    Server,
}

/// Where a claim comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The source's name, as a reader knows it.
    pub name: String,
    /// Its address, if it has one.
    pub url: Option<String>,
}

/// What a topic says.
#[derive(Clone, Debug)]
pub enum Body {
    /// A myth, what really happens, and what to do.
    Explanation {
        /// The myth in one line; every topic that ships with the bot has one.
        myth: Option<String>,
        /// What really happens.
        truth: String,
        /// What to do, in order. Only a server's own text may do without.
        tips: Vec<String>,
    },
    /// The warning signs, in two levels.
    WarningSigns {
        /// Call an ambulance.
        emergency: Warning,
        /// See a doctor today.
        today: Warning,
        /// What else there is to be warned of, in the order in which it comes first.
        dangers: Vec<Danger>,
    },
}

/// A danger that has nothing to do with what a back can do to nerves: despair, too much medicine.
#[derive(Clone, Debug)]
pub struct Danger {
    /// What to do now, in one line.
    pub title: String,
    /// What to do, with placeholders for the number to call and where it holds.
    pub text: String,
    /// The steps, in order.
    pub steps: Vec<String>,
    /// Its signs, as phrases.
    pub signs: Vec<String>,
    /// The day its text was last held against its sources.
    pub checked: String,
    /// Where its claims come from.
    pub sources: Vec<Source>,
}

/// What to do about a warning sign.
#[derive(Clone, Debug)]
pub struct Warning {
    /// What to do now, in one line.
    pub title: String,
    /// What to do, with a placeholder for the number to call.
    pub text: String,
    /// The steps, in order.
    pub steps: Vec<String>,
    /// The signs, as a list to check.
    pub list: Vec<String>,
}

impl Topic {
    /// Reads a topic's file; its phrases go to `phrases`.
    pub fn read(mut section: Section<'_>, phrases: &mut Vec<PhraseSource>) -> Option<Self> {
        let place = section.place();
        let id = read_id(&mut section);
        let label = limited(&mut section, "label", limits::LABEL);
        let summary = limited(&mut section, "summary", limits::SUMMARY);
        let title = limited(&mut section, "title", limits::TITLE);
        let (checked, sources) = read_sources(&mut section);
        let body = read_body(&mut section, id.as_ref(), phrases);
        let examples = section.texts("examples");
        let counterexamples = section.texts("counterexamples");
        section.finish();
        Some(Self {
            id: id?,
            label: label?,
            summary: summary?,
            title: title?,
            origin: Origin::Shipped { checked: checked?, sources },
            body: body?,
            examples,
            counterexamples,
            place,
        })
    }
}

fn read_id(section: &mut Section<'_>) -> Option<TopicId> {
    let written = section.required_text("id")?;
    let id = TopicId::parse(&written.value);
    if id.is_none() {
        let instead = "write lower-case words joined by hyphens, as in back-went-out";
        section.complain(&written.place, format!("`{}` is no topic id", written.value), instead);
    }
    id
}

fn read_body(section: &mut Section<'_>, id: Option<&TopicId>, phrases: &mut Vec<PhraseSource>) -> Option<Body> {
    if id.is_some_and(|id| id.as_str() == TopicId::RED_FLAGS) {
        let emergency = read_warning(section, "emergency", Urgency::Emergency, id, phrases);
        let today = read_warning(section, "today", Urgency::Today, id, phrases);
        let dangers = section.sections("danger").into_iter();
        let dangers = dangers.filter_map(|danger| read_danger(danger, id, phrases)).collect();
        return Some(Body::WarningSigns { emergency: emergency?, today: today?, dangers });
    }
    collect(section.texts("phrases"), PhraseRole::Phrase, id, phrases);
    collect(section.texts("questions"), PhraseRole::Question, id, phrases);
    let myth = limited(section, "myth", limits::MYTH);
    let truth = limited(section, "truth", limits::TRUTH);
    let tips = limited_list(section, "tips");
    Some(Body::Explanation { myth: Some(myth?), truth: truth?, tips })
}

fn read_warning(
    section: &mut Section<'_>,
    key: &'static str,
    urgency: Urgency,
    id: Option<&TopicId>,
    phrases: &mut Vec<PhraseSource>,
) -> Option<Warning> {
    let Some(mut warning) = section.section(key) else {
        section.complain(&section.place(), format!("`{key}` is missing"), format!("add a section [{key}]"));
        return None;
    };
    collect(warning.texts("signs"), PhraseRole::Sign(urgency), id, phrases);
    let title = limited(&mut warning, "title", limits::TITLE);
    let text = limited(&mut warning, "text", limits::TRUTH);
    let steps = limited_list(&mut warning, "steps");
    let list = limited_list(&mut warning, "list");
    warning.finish();
    Some(Warning { title: title?, text: text?, steps, list })
}

fn read_danger(mut section: Section<'_>, id: Option<&TopicId>, phrases: &mut Vec<PhraseSource>) -> Option<Danger> {
    let signs = section.texts("signs");
    let texts = signs.iter().map(|sign| sign.value.clone()).collect();
    collect(signs, PhraseRole::Danger, id, phrases);
    let title = limited(&mut section, "title", limits::TITLE);
    let text = limited(&mut section, "text", limits::TRUTH);
    let steps = limited_list(&mut section, "steps");
    let (checked, sources) = read_sources(&mut section);
    section.finish();
    Some(Danger { title: title?, text: text?, steps, signs: texts, checked: checked?, sources })
}

/// What a text rests on, and when it was last held against it; it needs both.
fn read_sources(section: &mut Section<'_>) -> (Option<String>, Vec<Source>) {
    let place = section.place();
    let checked = section.date("checked");
    if checked.is_none() {
        section.complain(&place, "`checked` is missing", "add the day of the last source check: checked = 2026-11-22");
    }
    let sources = section.sections("sources").into_iter().filter_map(read_source).collect::<Vec<_>>();
    if sources.is_empty() {
        section.complain(&place, "no source", "add [[sources]] with name and url: every claim needs one");
    }
    (checked.map(|checked| checked.value), sources)
}

fn collect(texts: Vec<Located<String>>, role: PhraseRole, id: Option<&TopicId>, phrases: &mut Vec<PhraseSource>) {
    let Some(topic) = id else { return };
    phrases.extend(texts.into_iter().map(|text| PhraseSource {
        topic: topic.clone(),
        role,
        text: text.value,
        place: text.place,
    }));
}

fn read_source(mut section: Section<'_>) -> Option<Source> {
    let name = limited(&mut section, "name", limits::SOURCE_NAME);
    let url = section.text("url");
    if let Some(url) = url.as_ref().filter(|url| !url.value.starts_with("https://")) {
        section.complain(&url.place, "the address is not https", "write an address that begins with https://");
    }
    section.text("supports");
    section.finish();
    Some(Source { name: name?, url: url.map(|url| url.value) })
}

fn limited(section: &mut Section<'_>, key: &'static str, limit: Limit) -> Option<String> {
    let text = section.required_text(key)?;
    check_limit(section, &text, limit);
    Some(text.value.trim().to_owned())
}

fn limited_list(section: &mut Section<'_>, key: &'static str) -> Vec<String> {
    let texts = section.texts(key);
    if texts.is_empty() {
        section.complain(&section.place(), format!("`{key}` is empty"), format!("add {key} = [\"…\", \"…\"]"));
    }
    for text in &texts {
        check_limit(section, text, limits::TIP);
    }
    texts.into_iter().map(|text| text.value.trim().to_owned()).collect()
}

fn check_limit(section: &Section<'_>, text: &Located<String>, limit: Limit) {
    if let Some((what, instead)) = limit.fault(&text.value) {
        section.complain(&text.place, what, instead);
    }
}
