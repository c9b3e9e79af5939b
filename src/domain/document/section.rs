//! One table of a document, key by key.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::time::Duration;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Located, Place, Problems, Source, nearest};

/// One table of a document. Ask for each key once, then call [`Section::finish`].
#[derive(Debug)]
pub struct Section<'a> {
    source: &'a Source<'a>,
    problems: &'a Problems,
    path: String,
    span: Range<usize>,
    entries: BTreeMap<&'a str, (Range<usize>, &'a Spanned<DeValue<'a>>)>,
    asked: BTreeSet<&'static str>,
}

impl<'a> Section<'a> {
    pub(super) fn new(
        source: &'a Source<'a>,
        problems: &'a Problems,
        path: String,
        span: Range<usize>,
        table: &'a DeTable<'a>,
    ) -> Self {
        let entries =
            table.iter().map(|(key, value)| (key.get_ref().as_ref(), (key.span(), value))).collect::<BTreeMap<_, _>>();
        Self { source, problems, path, span, entries, asked: BTreeSet::new() }
    }

    /// Where the section begins.
    pub fn place(&self) -> Place {
        self.source.place(&self.span)
    }

    /// Where the problems of this document are noted.
    pub fn problems(&self) -> &'a Problems {
        self.problems
    }

    /// Notes a problem with the value of this section that stands at `place`.
    pub fn complain(&self, place: &Place, what: impl Into<String>, instead: impl Into<String>) {
        self.problems.add(place, what, instead);
    }

    /// A text, if the key is there.
    pub fn text(&mut self, key: &'static str) -> Option<Located<String>> {
        self.value(key, "a text in quotes", |value| value.as_str().map(str::to_owned))
    }

    /// A text that has to be there.
    pub fn required_text(&mut self, key: &'static str) -> Option<Located<String>> {
        if !self.entries.contains_key(key) {
            self.missing(key, "\"…\"");
        }
        self.text(key)
    }

    /// Yes or no, if the key is there.
    pub fn boolean(&mut self, key: &'static str) -> Option<Located<bool>> {
        self.value(key, "true or false", DeValue::as_bool)
    }

    /// A whole number, if the key is there.
    pub fn integer(&mut self, key: &'static str) -> Option<Located<i64>> {
        self.value(key, "a whole number", |value| value.as_integer().and_then(|number| number.as_str().parse().ok()))
    }

    /// A span in seconds, whole or with a fraction, at most an hour; if the key is there.
    pub fn seconds(&mut self, key: &'static str) -> Option<Duration> {
        self.span(key, "seconds, such as 4 or 4.5", 1.0)
    }

    /// A span in minutes, whole or with a fraction, at most an hour; if the key is there.
    pub fn minutes(&mut self, key: &'static str) -> Option<Duration> {
        self.span(key, "minutes, such as 5 or 1.5", 60.0)
    }

    /// A date as TOML writes it (`2026-11-22`), if the key is there.
    pub fn date(&mut self, key: &'static str) -> Option<Located<String>> {
        self.value(key, "a date such as 2026-11-22", |value| {
            value.as_datetime().filter(|date| date.time.is_none()).map(ToString::to_string)
        })
    }

    /// A list of texts; empty if the key is not there.
    pub fn texts(&mut self, key: &'static str) -> Vec<Located<String>> {
        let Some((_, value)) = self.take(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(key, &value.span(), "a list of texts: [\"…\", \"…\"]");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref().as_str() {
                Some(text) => texts.push(self.located(text.to_owned(), &item.span())),
                None => self.wrong(key, &item.span(), "only texts in the list"),
            }
        }
        texts
    }

    /// A table under `key`, if it is there.
    pub fn section(&mut self, key: &'static str) -> Option<Section<'a>> {
        let (span, value) = self.take(key)?;
        let inner = self.table(key, span, value);
        if inner.is_none() {
            self.wrong(key, &value.span(), &format!("a section: [{}{key}]", self.path));
        }
        inner
    }

    /// The tables under `key`: `[[key]]`, each one; empty if there are none.
    pub fn sections(&mut self, key: &'static str) -> Vec<Section<'a>> {
        let Some((_, value)) = self.take(key) else { return Vec::new() };
        let tables = value.get_ref().as_array().into_iter().flatten();
        let sections: Option<Vec<_>> = tables.map(|item| self.table(key, item.span(), item)).collect();
        match sections {
            Some(sections) if value.get_ref().is_array() => sections,
            _ => {
                self.wrong(key, &value.span(), &format!("sections of their own: [[{}{key}]]", self.path));
                Vec::new()
            }
        }
    }

    /// Every key with its text, for sections whose keys are free.
    pub fn all_texts(mut self) -> Vec<(String, Located<String>)> {
        let entries = std::mem::take(&mut self.entries);
        let mut texts = Vec::new();
        for (key, (_, value)) in entries {
            match value.get_ref().as_str() {
                Some(text) => texts.push((key.to_owned(), self.located(text.to_owned(), &value.span()))),
                None => self.wrong(key, &value.span(), "a text in quotes"),
            }
        }
        texts
    }

    /// Every key with its text, number or truth value as text, for sections whose keys are free.
    pub fn all_scalars(mut self) -> Vec<(String, Located<String>)> {
        let entries = std::mem::take(&mut self.entries);
        let mut scalars = Vec::new();
        for (key, (_, value)) in entries {
            let text = match value.get_ref() {
                DeValue::String(text) => Some(text.to_string()),
                DeValue::Integer(number) => Some(number.as_str().to_owned()),
                DeValue::Float(number) => Some(number.as_str().to_owned()),
                DeValue::Boolean(truth) => Some(truth.to_string()),
                DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => None,
            };
            match text {
                Some(text) => scalars.push((key.to_owned(), self.located(text, &value.span()))),
                None => self.wrong(key, &value.span(), "a text in quotes"),
            }
        }
        scalars
    }

    /// Every key with its section, for sections whose keys are free.
    pub fn all_sections(mut self) -> Vec<(Located<String>, Section<'a>)> {
        let entries = std::mem::take(&mut self.entries);
        let mut sections = Vec::new();
        for (key, (span, value)) in entries {
            match self.table(key, span.clone(), value) {
                Some(inner) => sections.push((self.located(key.to_owned(), &span), inner)),
                None => self.wrong(key, &value.span(), &format!("a section: [{}{key}]", self.path)),
            }
        }
        sections
    }

    /// Every key with its list of texts, for sections whose keys are free.
    pub fn all_lists(mut self) -> Vec<(Located<String>, Vec<Located<String>>)> {
        let entries = std::mem::take(&mut self.entries);
        let mut lists = Vec::new();
        for (key, (span, value)) in entries {
            let texts = value.get_ref().as_array().map(|items| {
                items.iter().map(|item| item.get_ref().as_str().map(|text| self.located(text.to_owned(), &item.span())))
            });
            match texts.and_then(Iterator::collect::<Option<Vec<_>>>) {
                Some(texts) => lists.push((self.located(key.to_owned(), &span), texts)),
                None => self.wrong(key, &value.span(), "a list of texts: [\"…\", \"…\"]"),
            }
        }
        lists
    }

    /// Names every key that nobody asked for.
    pub fn finish(self) {
        for (key, (span, _)) in &self.entries {
            let instead = match nearest(key, &self.asked) {
                Some(known) => format!("did you mean `{known}`?"),
                None if self.asked.is_empty() => "remove it".to_owned(),
                None => format!("known here: {}", self.asked.iter().copied().collect::<Vec<_>>().join(", ")),
            };
            self.problems.add(&self.source.place(span), format!("unknown key `{}{key}`", self.path), instead);
        }
    }

    fn missing(&self, key: &str, example: &str) {
        self.problems.add(&self.place(), format!("`{}{key}` is missing", self.path), format!("add {key} = {example}"));
    }

    fn take(&mut self, key: &'static str) -> Option<(Range<usize>, &'a Spanned<DeValue<'a>>)> {
        self.asked.insert(key);
        self.entries.remove(key)
    }

    fn value<T>(
        &mut self,
        key: &'static str,
        kind: &str,
        convert: impl FnOnce(&DeValue<'a>) -> Option<T>,
    ) -> Option<Located<T>> {
        let (_, value) = self.take(key)?;
        let converted = convert(value.get_ref()).map(|converted| self.located(converted, &value.span()));
        if converted.is_none() {
            self.wrong(key, &value.span(), kind);
        }
        converted
    }

    fn span(&mut self, key: &'static str, kind: &str, unit: f64) -> Option<Duration> {
        let span = self.value(key, kind, |value| {
            let number = value.as_float().map(|number| number.as_str().to_owned());
            let number = number.or_else(|| value.as_integer().map(|number| number.as_str().to_owned()))?;
            let seconds = number.parse::<f64>().ok()? * unit;
            (0.0..=3600.0).contains(&seconds).then(|| Duration::try_from_secs_f64(seconds).ok())?
        });
        span.map(|span| span.value)
    }

    fn table(&self, key: &str, span: Range<usize>, value: &'a Spanned<DeValue<'a>>) -> Option<Section<'a>> {
        let path = format!("{}{key}.", self.path);
        value.get_ref().as_table().map(|table| Section::new(self.source, self.problems, path, span, table))
    }

    fn located<T>(&self, value: T, span: &Range<usize>) -> Located<T> {
        Located { value, place: self.source.place(span) }
    }

    fn wrong(&self, key: &str, span: &Range<usize>, kind: &str) {
        let place = self.source.place(span);
        self.problems.add(&place, format!("`{}{key}` is of the wrong kind", self.path), format!("write {kind}"));
    }
}
