//! The form of a response.

use std::collections::BTreeMap;

use crate::domain::guild::{Fields, Moderation, limits};
use crate::domain::locale::Locale;
use crate::domain::reply::{Action, Field, Form};
use crate::domain::topics::{Library, TextKey};

/// The fields' names for the bot.
const TITLE: &str = "title";
const PHRASES: &str = "phrases";
const ANSWER: &str = "answer";
const TIPS: &str = "tips";

/// What Discord's fields take at most. Source: API reference, "Text Input".
const LONGEST_FIELD: usize = 4_000;

/// The form, with what stands in it; nothing if that is more than a form can hold.
pub fn form(library: &Library, locale: &Locale, filled: Fields, purpose: Moderation) -> Option<Form> {
    let words = &library.content(locale).words;
    let field = |name, label, hint, value: String, lines, most: usize| Field {
        name,
        label: words.get(label).to_owned(),
        placeholder: words.get(hint).to_owned(),
        value,
        lines,
        required: name == TITLE,
        most: u16::try_from(most).unwrap_or(u16::MAX),
    };
    let fields = vec![
        field(TITLE, TextKey::FormTitle, TextKey::FormTitleHint, filled.title, false, limits::TITLE),
        field(PHRASES, TextKey::FormPhrases, TextKey::FormPhrasesHint, filled.phrases, true, LONGEST_FIELD),
        field(ANSWER, TextKey::FormAnswer, TextKey::FormAnswerHint, filled.answer, true, limits::ANSWER),
        field(TIPS, TextKey::FormTips, TextKey::FormTipsHint, filled.tips, true, limits::ALL_TIPS),
    ];
    let fits = fields.iter().all(|field| field.value.chars().count() <= usize::from(field.most));
    let title = match purpose {
        Moderation::NewResponse => TextKey::FormNew,
        _ => TextKey::FormEdit,
    };
    let title = words.get(title).to_owned();
    fits.then_some(Form { title, fields, action: Action::Moderate(purpose) })
}

/// What was filled in.
pub fn filled_in(fields: &BTreeMap<String, String>) -> Fields {
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    Fields { title: field(TITLE), phrases: field(PHRASES), answer: field(ANSWER), tips: field(TIPS) }
}
