//! A form that is being filled in: field by field, as a terminal can.

use std::collections::BTreeMap;

use super::session::Standing;
use super::words;
use crate::domain::reply::{Action, Field, Form};

/// How the lines of a field are typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Typing {
    /// One by one, until a line that is a single full stop.
    #[default]
    LineByLine,
    /// All in one, with `\n` where a line ends.
    InOneLine,
}

/// A form on its way.
#[derive(Debug)]
pub struct Filling {
    form: Form,
    /// Where it was opened.
    pub standing: Standing,
    typing: Typing,
    filled: BTreeMap<String, String>,
    /// The field that is being asked for.
    at: usize,
    /// Its lines so far.
    lines: Vec<String>,
}

/// What follows from a line.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// The field goes on.
    GoesOn,
    /// This is asked next.
    Ask(String),
    /// Everything is filled in.
    Done(Action, BTreeMap<String, String>),
    /// Nothing is to be sent.
    GivenUp,
}

/// What gives a form up.
const CANCEL: &str = "/cancel";

/// What ends a field of several lines, and empties one that was not begun.
const END: &str = ".";

impl Filling {
    /// A form that was opened, still as it came.
    pub fn new(form: Form, standing: Standing, typing: Typing) -> Self {
        Self { form, standing, typing, filled: BTreeMap::new(), at: 0, lines: Vec::new() }
    }

    /// What is asked at the beginning.
    pub fn opening(&self) -> String {
        format!("{}\n{}", words::form_opens(&self.form.title), self.question())
    }

    /// Takes a line in.
    pub fn line(&mut self, typed: &str) -> Step {
        if typed.trim().eq_ignore_ascii_case(CANCEL) {
            return Step::GivenUp;
        }
        let Some(field) = self.form.fields.get(self.at) else { return self.done() };
        let Some(value) = value(field, typed, self.typing, &mut self.lines) else { return Step::GoesOn };
        if field.required && value.trim().is_empty() {
            return Step::Ask(format!("{}\n{}", words::FIELD_REQUIRED, self.question()));
        }
        if value.chars().count() > usize::from(field.most) {
            return Step::Ask(format!("{}\n{}", words::field_too_long(field.most), self.question()));
        }
        self.filled.insert(field.name.to_owned(), value);
        self.at += 1;
        if self.at < self.form.fields.len() { Step::Ask(self.question()) } else { self.done() }
    }

    fn done(&mut self) -> Step {
        Step::Done(self.form.action.clone(), std::mem::take(&mut self.filled))
    }

    fn question(&self) -> String {
        self.form.fields.get(self.at).map(|field| words::field_question(field, self.typing)).unwrap_or_default()
    }
}

/// The value of a field, once its last line is there.
fn value(field: &Field, typed: &str, typing: Typing, lines: &mut Vec<String>) -> Option<String> {
    let one_by_one = field.lines && typing == Typing::LineByLine;
    match typed.trim_end() {
        "" if lines.is_empty() => Some(field.value.clone()),
        END => Some(std::mem::take(lines).join("\n")),
        line if one_by_one => {
            lines.push(line.to_owned());
            // A field that is too long already ends here, and says so.
            let length: usize = lines.iter().map(|line| line.chars().count() + 1).sum();
            (length > usize::from(field.most) + 1).then(|| std::mem::take(lines).join("\n"))
        }
        line if field.lines => Some(line.replace("\\n", "\n")),
        line => Some(line.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &'static str, value: &str, lines: bool) -> Field {
        let (label, placeholder) = (name.to_uppercase(), String::new());
        Field { name, label, placeholder, value: value.to_owned(), lines, required: !lines, most: 20 }
    }

    fn filling(typing: Typing) -> Filling {
        let fields = vec![field("title", "", false), field("phrases", "my back\nspine", true)];
        let form = Form { title: "A response".to_owned(), fields, action: Action::More };
        Filling::new(form, Standing::default(), typing)
    }

    /// Types these lines, and gives back the two fields.
    fn filled(typing: Typing, lines: &[&str]) -> (String, String) {
        let mut filling = filling(typing);
        let steps: Vec<Step> = lines.iter().map(|line| filling.line(line)).collect();
        let Some(Step::Done(Action::More, fields)) = steps.last() else { panic!("{steps:?}") };
        (fields["title"].clone(), fields["phrases"].clone())
    }

    fn pair(title: &str, phrases: &str) -> (String, String) {
        (title.to_owned(), phrases.to_owned())
    }

    #[test]
    fn lines_come_one_by_one_until_a_full_stop_or_all_in_one() {
        assert_eq!(filled(Typing::LineByLine, &["Toast", "a", "", "b", "."]), pair("Toast", "a\n\nb"));
        assert_eq!(filled(Typing::InOneLine, &["Toast", r"a\nb"]), pair("Toast", "a\nb"));
    }

    #[test]
    fn an_empty_line_keeps_what_stands_there_and_a_full_stop_empties_it() {
        for typing in [Typing::LineByLine, Typing::InOneLine] {
            assert_eq!(filled(typing, &["Toast", ""]), pair("Toast", "my back\nspine"));
            assert_eq!(filled(typing, &["Toast", "."]), pair("Toast", ""));
        }
    }

    #[test]
    fn what_is_missing_or_too_long_is_asked_for_again() {
        let too_long = "x".repeat(21);
        let lines = ["", &too_long, "Toast", &too_long, "a", "."];
        assert_eq!(filled(Typing::LineByLine, &lines), pair("Toast", "a"));
    }

    #[test]
    fn a_form_can_be_given_up() {
        let mut filling = filling(Typing::LineByLine);
        filling.line("Toast");
        assert_eq!(filling.line(" /CANCEL "), Step::GivenUp);
    }
}
