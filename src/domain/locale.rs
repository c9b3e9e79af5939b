//! Languages and regions, as Discord names them.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

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
    fn what_is_no_locale_is_taken_as_unknown() {
        for wrong in ["", "en--GB", "../en", "a-very-long-locale-indeed"] {
            assert_eq!(Locale::or_unknown(Some(wrong)), Locale::unknown(), "{wrong}");
        }
    }
}
