//! Emergency numbers by locale.

use std::collections::BTreeMap;

use crate::domain::document::{Problems, Section, read_document};
use crate::domain::locale::Locale;

/// What to call, in the countries that most readers of a locale live in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmergencyNumber {
    /// The ambulance number or numbers: `999 or 112`.
    pub call: String,
    /// Where they hold, in words: `the UK`.
    pub place: String,
    /// The numbers of other places that use the language.
    pub elsewhere: Option<String>,
    /// An advice line for what is not an emergency.
    pub advice: Option<String>,
}

/// The table of `responses/emergency-numbers.toml`.
#[derive(Clone, Debug)]
pub struct EmergencyNumbers {
    by_locale: BTreeMap<String, EmergencyNumber>,
    fallback: EmergencyNumber,
}

impl EmergencyNumbers {
    /// Reads the table, and notes everything that is wrong with it.
    pub fn read(file: &str, text: &str, problems: &Problems) -> Option<Self> {
        read_document(file, text, problems, |mut section| {
            let mut by_locale = BTreeMap::new();
            for (locale, entry) in section.section("numbers").into_iter().flat_map(Section::all_sections) {
                if Locale::parse(&locale.value).is_none() {
                    problems.add(&locale.place, format!("`{}` is no locale", locale.value), "write one such as en-GB");
                }
                by_locale.extend(read_number(entry).map(|number| (locale.value, number)));
            }
            let fallback = section.section("fallback");
            if fallback.is_none() {
                problems.add(&section.place(), "`fallback` is missing", "add [fallback] with call and place");
            }
            section.finish();
            Some(Self { by_locale, fallback: read_number(fallback?)? })
        })
    }

    /// What readers of `locale` most likely have to call.
    pub fn of(&self, locale: &Locale) -> &EmergencyNumber {
        self.by_locale.get(locale.as_str()).or_else(|| self.by_locale.get(locale.language())).unwrap_or(&self.fallback)
    }
}

fn read_number(mut entry: Section<'_>) -> Option<EmergencyNumber> {
    let call = entry.required_text("call");
    let place = entry.required_text("place");
    let elsewhere = entry.text("elsewhere").map(|text| text.value);
    let advice = entry.text("advice").map(|text| text.value);
    entry.finish();
    Some(EmergencyNumber { call: call?.value, place: place?.value, elsewhere, advice })
}
