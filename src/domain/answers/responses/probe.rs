//! Why a message would be answered here, or why not.

use super::{LONGEST_BODY, fitting, plain};
use crate::domain::Timestamp;
use crate::domain::guild::diff::code;
use crate::domain::guild::speaking::Silence;
use crate::domain::guild::{Manner, Permission};
use crate::domain::hearing::{CooldownKey, Subject};
use crate::domain::locale::Locale;
use crate::domain::matching::{Cause, Explanation, Urgency};
use crate::domain::reply::Reply;
use crate::domain::topics::{Library, TextKey, Words};

/// What trying a message came to.
#[derive(Clone, Debug)]
pub struct Probe {
    /// What it would be answered about.
    pub subject: Option<Subject>,
    /// How the bot speaks up here.
    pub manner: Manner,
    /// Why it is understood so.
    pub explanation: Option<Explanation>,
    /// The phrase that is only watched and would answer, and the response that it leads to.
    pub watched: Option<(String, String)>,
    /// What keeps the answer back.
    pub hindrances: Vec<Hindrance>,
}

/// Something that keeps an answer back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// The server wants silence here.
    Silence(Silence),
    /// The bot only hears those who speak to it.
    NotListening,
    /// A cooldown still runs.
    Cooldown(CooldownKey, Timestamp),
    /// Whoever tries it asked to be left alone.
    OptedOut,
    /// The bot lacks a permission here.
    Lacks(Permission),
    /// The bot does not know what it may do here.
    UnknownPermissions,
}

/// What would happen to a message, and why. The message itself is not repeated but for the words that fired.
pub fn probe(library: &Library, locale: &Locale, probe: &Probe) -> Reply {
    let words = &library.content(locale).words;
    let mut lines = vec![verdict(words, probe)];
    if let Some(explanation) = &probe.explanation {
        lines.extend(reasons(words, explanation));
    }
    if let Some((phrase, response)) = &probe.watched {
        lines.push(words.fill(TextKey::ProbeWatched, &[("phrase", &code(phrase)), ("name", response)]));
    }
    if probe.subject.is_some() {
        lines.extend(probe.hindrances.iter().map(|hindrance| told(words, hindrance)));
        if probe.hindrances.is_empty() {
            lines.push(words.get(manner_key(probe.manner)).to_owned());
        }
    }
    Reply::private(plain(words.get(TextKey::ProbeTitle).to_owned(), fitting(lines, LONGEST_BODY)))
}

fn verdict(words: &Words, probe: &Probe) -> String {
    let about = match &probe.subject {
        None | Some(Subject::Hello) => return words.get(TextKey::ProbeSilent).to_owned(),
        Some(Subject::Urgent(alarm)) => match alarm.urgency {
            Urgency::Emergency => words.get(TextKey::ProbeEmergency).to_owned(),
            Urgency::Today => words.get(TextKey::ProbeToday).to_owned(),
        },
        Some(Subject::Topic(topic)) => words.fill(TextKey::ProbeTopic, &[("name", topic.as_str())]),
    };
    if probe.hindrances.is_empty() { about } else { format!("{about} {}", words.get(TextKey::ProbeHeldBack)) }
}

fn reasons(words: &Words, explanation: &Explanation) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(trigger) = &explanation.trigger {
        let span = explanation.words.as_deref().map(code).unwrap_or_default();
        let phrase = code(&trigger.phrase);
        let told = match trigger.cause {
            Cause::Shipped => words.fill(TextKey::ProbeFired, &[("phrase", &phrase), ("words", &span)]),
            Cause::Own => words.fill(TextKey::ProbeFiredOwn, &[("phrase", &phrase), ("words", &span)]),
            Cause::Together => words.fill(TextKey::ProbeTogether, &[("words", &span)]),
        };
        lines.push(told);
    }
    for heard in explanation.heard.iter().filter(|heard| heard.denied) {
        let values = [("phrase", code(&heard.phrase)), ("words", code(&heard.words))];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        lines.push(words.fill(TextKey::ProbeDenied, &values));
    }
    for guarded in &explanation.guarded {
        lines.push(words.fill(TextKey::ProbeGuarded, &[("words", &code(guarded))]));
    }
    if let Some(near) = &explanation.near_miss {
        lines.push(words.fill(TextKey::ProbeNearest, &[("phrase", &code(&near.phrase)), ("lacked", &near.lacked)]));
    }
    lines
}

fn told(words: &Words, hindrance: &Hindrance) -> String {
    match hindrance {
        Hindrance::Silence(Silence::Channel) => words.get(TextKey::ProbeChannel).to_owned(),
        Hindrance::Silence(Silence::Threads) => words.get(TextKey::ProbeThreads).to_owned(),
        Hindrance::Silence(Silence::Forums) => words.get(TextKey::ProbeForums).to_owned(),
        Hindrance::Silence(Silence::UnknownPlace) => words.get(TextKey::ProbeUnknownPlace).to_owned(),
        Hindrance::Silence(Silence::Role(role)) => words.fill(TextKey::ProbeRole, &[("role", &format!("<@&{role}>"))]),
        Hindrance::NotListening => words.get(TextKey::ProbeNotListening).to_owned(),
        Hindrance::OptedOut => words.get(TextKey::ProbeOptedOut).to_owned(),
        Hindrance::UnknownPermissions => words.get(TextKey::ProbeUnknownPermissions).to_owned(),
        Hindrance::Lacks(permission) => {
            words.fill(TextKey::ProbeLacks, &[("permission", words.get(permission_key(*permission)))])
        }
        Hindrance::Cooldown(key, until) => {
            let which = match key {
                CooldownKey::PersonTopic(..) | CooldownKey::Greeting(_) | CooldownKey::Urgent(..) => {
                    TextKey::ProbeCooldownPerson
                }
                CooldownKey::Channel(_) => TextKey::ProbeCooldownChannel,
                CooldownKey::Topic(..) => TextKey::ProbeCooldownTopic,
            };
            words.fill(which, &[("when", &format!("<t:{}:R>", until.as_seconds()))])
        }
    }
}

fn manner_key(manner: Manner) -> TextKey {
    match manner {
        Manner::Full => TextKey::ProbeFull,
        Manner::Quiet => TextKey::ProbeQuiet,
        Manner::Button => TextKey::ProbeButton,
        Manner::Reaction => TextKey::ProbeReaction,
    }
}

/// What a permission is called, as Discord's own settings call it.
pub fn permission_key(permission: Permission) -> TextKey {
    match permission {
        Permission::View => TextKey::PermissionView,
        Permission::Send => TextKey::PermissionSend,
        Permission::SendInThreads => TextKey::PermissionSendInThreads,
        Permission::Embed => TextKey::PermissionEmbed,
        Permission::Attach => TextKey::PermissionAttach,
        Permission::History => TextKey::PermissionHistory,
        Permission::React => TextKey::PermissionReact,
    }
}
