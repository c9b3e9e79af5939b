//! Reading a TOML document so that everything wrong with it is said at once.
//!
//! serde stops at the first fault. A person who fixes a file wants all of them, each with its line and with what to
//! write instead, so documents are walked here by hand: a [`Section`] hands out its keys one by one, notes what is
//! wrong with each, and at [`Section::finish`] names the keys that nobody asked for.

mod section;

use std::cell::RefCell;
use std::fmt;
use std::ops::Range;

use toml::de::DeTable;

pub use section::Section;

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

/// The first of all problems that are alike but for their place, and how many more of each there are.
pub fn alike(problems: &[Problem]) -> Vec<(&Problem, usize)> {
    let mut told: Vec<(&Problem, usize)> = Vec::new();
    for problem in problems {
        let is_like = |known: &Problem| (&known.what, &known.instead) == (&problem.what, &problem.instead);
        match told.iter_mut().find(|(known, _)| is_like(known)) {
            Some((_, more)) => *more += 1,
            None => told.push((problem, 0)),
        }
    }
    told
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
    let source = Source::new(file, text);
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
    /// Where the lines after the first one begin, in bytes.
    lines: Vec<usize>,
}

impl<'a> Source<'a> {
    fn new(file: &'a str, text: &str) -> Self {
        Self { file, lines: text.match_indices('\n').map(|(at, _)| at + 1).collect() }
    }

    fn place(&self, span: &Range<usize>) -> Place {
        let line = self.lines.partition_point(|begin| *begin <= span.start) + 1;
        Place { file: self.file.to_owned(), line: Some(line) }
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
