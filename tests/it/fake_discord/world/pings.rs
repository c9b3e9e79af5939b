//! Whom a message makes a phone buzz for: the rules of `allowed_mentions`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::messages::Message;
use super::{Id, World};

/// Somebody who is pinged.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pinged {
    /// A person, by id.
    Person(Id),
    /// A role, by id.
    Role(Id),
    /// `@everyone` or `@here`.
    Everyone,
}

impl World {
    /// Everybody whom this message pings.
    pub fn pinged_by(&self, message: &Message) -> BTreeSet<Pinged> {
        let allowed = message.body.allowed_mentions.as_ref();
        let mut pinged: BTreeSet<Pinged> =
            written_mentions(&message.body.content).into_iter().filter(|it| is_allowed(it, allowed)).collect();
        let replied_user = allowed.is_none_or(|allowed| allowed["replied_user"] == Value::Bool(true));
        let replied_to = message.reference.and_then(|id| self.messages.get(&id));
        if let Some(replied_to) = replied_to.filter(|_| replied_user) {
            pinged.insert(Pinged::Person(replied_to.author));
        }
        pinged
    }
}

/// Every mention that the text spells out. Mentions in embeds never ping.
fn written_mentions(text: &str) -> Vec<Pinged> {
    let mut found = Vec::new();
    if text.contains("@everyone") || text.contains("@here") {
        found.push(Pinged::Everyone);
    }
    for piece in text.split("<@").skip(1) {
        let Some((inside, _)) = piece.split_once('>') else { continue };
        match inside.strip_prefix('&') {
            Some(role) => found.extend(role.parse().map(Pinged::Role)),
            None => found.extend(inside.trim_start_matches('!').parse().map(Pinged::Person)),
        }
    }
    found
}

/// Left out, `allowed_mentions` lets everything through; given, only what it names.
fn is_allowed(mention: &Pinged, allowed: Option<&Value>) -> bool {
    let Some(allowed) = allowed else { return true };
    let names = |list: &str, wanted: &str| {
        allowed[list].as_array().is_some_and(|list| list.iter().any(|it| it.as_str() == Some(wanted)))
    };
    match mention {
        Pinged::Person(id) => names("parse", "users") || names("users", &id.to_string()),
        Pinged::Role(id) => names("parse", "roles") || names("roles", &id.to_string()),
        Pinged::Everyone => names("parse", "everyone"),
    }
}
