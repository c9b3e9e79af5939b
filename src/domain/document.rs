//! Reading a TOML document so that everything wrong with it is said at once.
//!
//! serde stops at the first fault. A person who fixes a file wants all of them, each with its line and with what to
//! write instead, so documents are walked here by hand: a [`Section`] hands out its keys one by one, notes what is
//! wrong with each, and at [`Section::finish`] names the keys that nobody asked for.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use std::time::Duration;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Where something stands: a file (or an environment variable) and, in a file, the line, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The file as the person knows it, or the variable's name.
    pub file: String,
    /// The line, counted from 1; none where the whole file is meant.
    pub line: Option<usize>,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "{}:{line}", self.file),
            None => formatter.write_str(&self.file),
        }
    }
}

/// One thing that is wrong, where, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where it stands.
    pub place: Place,
    /// What is wrong, in one line.
    pub what: String,
    /// What to write instead, in one line.
    pub instead: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}; {}", self.place, self.what, self.instead)
    }
}

/// Everything found wrong so far.
#[derive(Debug, Default)]
pub struct Problems(RefCell<Vec<Problem>>);

impl Problems {
    /// Notes one more.
    pub fn add(&self, place: &Place, what: impl Into<String>, instead: impl Into<String>) {
        self.0.borrow_mut().push(Problem { place: place.clone(), what: what.into(), instead: instead.into() });
    }

    /// All of them, in the order of file and line.
    pub fn into_sorted(self) -> Vec<Problem> {
        let mut problems = self.0.into_inner();
        problems.sort();
        problems.dedup();
        problems
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// Parses `text` and hands its top section to `read`, or notes every syntax error and returns nothing.
pub fn read_document<T>(
    file: &str,
    text: &str,
    problems: &Problems,
    read: impl FnOnce(Section<'_>) -> Option<T>,
) -> Option<T> {
    let source = Source { file, text };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let place = source.place(&error.span().unwrap_or(0..0));
        problems.add(&place, format!("not TOML: {}", first_line(error.message())), "mend the line (https://toml.io)");
    }
    if errors.is_empty() { read(Section::new(&source, problems, String::new(), 0..0, table.get_ref())) } else { None }
}

fn first_line(message: &str) -> &str {
    message.lines().next().unwrap_or_default()
}

#[derive(Debug)]
struct Source<'a> {
    file: &'a str,
    text: &'a str,
}

impl Source<'_> {
    fn place(&self, span: &Range<usize>) -> Place {
        let before = self.text.as_bytes().get(..span.start.min(self.text.len())).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Place { file: self.file.to_owned(), line: Some(line) }
    }
}

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
    fn new(
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

/// The known key that `key` is most likely a slip of.
pub fn nearest<'k>(key: &str, known: impl IntoIterator<Item = &'k &'k str>) -> Option<&'k str> {
    let ranked = known.into_iter().map(|candidate| (strsim::damerau_levenshtein(key, candidate), *candidate)).min();
    ranked.filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4).map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems_of(text: &str) -> Vec<String> {
        let problems = Problems::default();
        let _ = read_document("x.toml", text, &problems, |mut section| {
            section.required_text("title");
            section.texts("tips");
            section.integer("minutes");
            section.finish();
            Some(())
        });
        problems.into_sorted().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_sound_document_has_no_problem() {
        assert_eq!(problems_of("title = \"a\"\ntips = [\"b\"]\nminutes = 3\n"), Vec::<String>::new());
    }

    #[test]
    fn every_fault_is_told_at_once_with_its_line() {
        let told = problems_of("titel = \"a\"\n\ntips = \"b\"\nminutes = \"soon\"\n");
        assert_eq!(
            told,
            [
                "x.toml:1: `title` is missing; add title = \"…\"",
                "x.toml:1: unknown key `titel`; did you mean `title`?",
                "x.toml:3: `tips` is of the wrong kind; write a list of texts: [\"…\", \"…\"]",
                "x.toml:4: `minutes` is of the wrong kind; write a whole number",
            ]
        );
    }

    #[test]
    fn a_syntax_error_names_its_line() {
        let told = problems_of("title = \"a\"\ntips = [\n");
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("x.toml:2: not TOML"), "{told:?}");
    }
}
