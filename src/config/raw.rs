//! What was written, before it is checked: one text for each key, and where it stands.

use std::collections::BTreeMap;

use super::{Environment, Fault, RawValue};
use crate::domain::document::{Place, Problems, Section, nearest, read_document};

/// Every key there is.
pub(super) const KEYS: [&str; 11] = [
    "discord.listening",
    "discord.api_url",
    "database.url",
    "cooldowns.person",
    "cooldowns.channel",
    "cooldowns.topic",
    "cooldowns.burst",
    "reminders.per_person",
    "responses.folder",
    "log.level",
    "log.format",
];

/// Keys that have a variable of their own, because others set them by that name.
const OWN_VARIABLES: [(&str, &str); 2] = [("DISCORD_API_URL", "discord.api_url"), ("DATABASE_URL", "database.url")];

/// The values by key, the environment over the file.
#[derive(Debug, Default)]
pub(super) struct RawConfig(BTreeMap<&'static str, RawValue>);

impl RawConfig {
    /// Collects what was written, and notes keys that do not exist.
    pub(super) fn read(file: Option<(&str, &str)>, environment: &Environment, problems: &Problems) -> Self {
        let mut raw = Self::default();
        if let Some((file, text)) = file {
            read_document(file, text, problems, |section| {
                raw.accept_file(section, problems);
                Some(())
            });
        }
        for (variable, value) in environment.iter().filter(|(_, value)| !value.is_empty()) {
            let place = Place { file: variable.clone(), line: None };
            if let Some(meant) = with_one_underscore(variable) {
                let instead = format!("write LUMBAR_{}", meant.to_uppercase().replacen('.', "__", 1));
                problems.add(&place, "this variable sets nothing", instead);
            } else if let Some(key) = key_of(variable) {
                raw.accept(&key, RawValue { value: value.clone(), place }, problems);
            }
        }
        raw
    }

    /// The checked value of `key`, if it was written and is right. Notes what is wrong.
    pub(super) fn take<T>(
        &mut self,
        key: &'static str,
        check: impl FnOnce(&str) -> Result<T, Fault>,
        problems: &Problems,
    ) -> Option<T> {
        let written = self.0.remove(key)?;
        match check(&written.value) {
            Ok(value) => Some(value),
            Err((what, instead)) => {
                problems.add(&written.place, what, instead);
                None
            }
        }
    }

    fn accept_file(&mut self, section: Section<'_>, problems: &Problems) {
        for (name, inner) in section.all_sections() {
            for (key, value) in inner.all_scalars() {
                self.accept(&format!("{}.{key}", name.value), value, problems);
            }
        }
    }

    fn accept(&mut self, key: &str, value: RawValue, problems: &Problems) {
        match KEYS.iter().find(|known| **known == key) {
            Some(known) => {
                self.0.insert(known, value);
            }
            None if key == "discord.token" => {
                let instead = "remove it, and put the token into the environment variable DISCORD_TOKEN";
                problems.add(&value.place, "the token does not belong into a file that is shared", instead);
            }
            None => {
                let known = nearest(key, &KEYS).map(|known| format!("did you mean `{known}`?"));
                let instead = known.unwrap_or_else(|| format!("known: {}", KEYS.join(", ")));
                problems.add(&value.place, format!("unknown key `{key}`"), instead);
            }
        }
    }
}

/// The key that a variable means which has one underscore where two belong, and so would set nothing.
fn with_one_underscore(variable: &str) -> Option<&'static str> {
    let rest = variable.strip_prefix("LUMBAR_")?.to_lowercase();
    KEYS.into_iter().find(|key| key.replacen('.', "_", 1) == rest)
}

/// The key that an environment variable sets: `log.level` for `LUMBAR_LOG__LEVEL`.
fn key_of(variable: &str) -> Option<String> {
    let own = OWN_VARIABLES.iter().find(|(name, _)| *name == variable);
    let general = || variable.strip_prefix("LUMBAR_").filter(|rest| rest.contains("__"));
    own.map(|(_, key)| (*key).to_owned()).or_else(|| general().map(|rest| rest.to_lowercase().replacen("__", ".", 1)))
}
