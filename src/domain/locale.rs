//! Languages and regions, as Discord names them.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The locales that Discord knows. Source: Discord API reference, "Locales".
pub const DISCORD_LOCALES: [&str; 32] = [
    "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "hi", "hr", "hu", "id", "it", "ja",
    "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
];

/// Discord's locales for which texts under this code are: itself, or every region of the language. None if Discord has no
/// such language.
pub fn discord_locales(code: &str) -> Vec<&'static str> {
    let language_of = |locale: &&str| locale.split('-').next() == Some(code);
    match DISCORD_LOCALES.iter().find(|locale| **locale == code) {
        Some(locale) => vec![locale],
        None => DISCORD_LOCALES.iter().copied().filter(language_of).collect(),
    }
}

/// A Discord locale such as `en-GB` or `de`: the language of a person or a server. It is not a country.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Locale(Arc<str>);

impl Locale {
    /// The longest locale that is taken seriously, in bytes.
    const LONGEST: usize = 16;

    /// Reads a locale; nothing if it is not letters and digits joined by single hyphens.
    pub fn parse(text: &str) -> Option<Self> {
        let well_formed = text.len() <= Self::LONGEST
            && text.split('-').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        well_formed.then(|| Self(Arc::from(text)))
    }

    /// The locale of those of whom nothing is known: Discord's own default.
    pub fn unknown() -> Self {
        Self(Arc::from("en-US"))
    }

    /// Reads a locale that somebody else wrote, and falls back to [`Locale::unknown`].
    pub fn or_unknown(text: Option<&str>) -> Self {
        text.and_then(Self::parse).unwrap_or_else(Self::unknown)
    }

    /// The locale as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language without its region: `en` of `en-GB`.
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}

impl From<Locale> for String {
    fn from(locale: Locale) -> Self {
        locale.as_str().to_owned()
    }
}

impl TryFrom<String> for Locale {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("no locale")
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_tells_its_language() {
        assert_eq!(Locale::parse("es-419").map(|locale| locale.language().to_owned()), Some("es".to_owned()));
    }

    #[test]
    fn a_language_stands_for_all_its_regions() {
        assert_eq!(discord_locales("de"), ["de"]);
        assert_eq!(discord_locales("en"), ["en-GB", "en-US"]);
        assert_eq!(discord_locales("pt-BR"), ["pt-BR"]);
        for unknown in ["german", "xx", "EN", "de-AT", ""] {
            assert!(discord_locales(unknown).is_empty(), "{unknown}");
        }
    }

    #[test]
    fn what_is_no_locale_is_taken_as_unknown() {
        for wrong in ["", "en--GB", "../en", "a-very-long-locale-indeed"] {
            assert_eq!(Locale::or_unknown(Some(wrong)), Locale::unknown(), "{wrong}");
        }
    }
}
