//! A moderator's form: what is typed becomes a response, and a response can be typed over.

use super::phrases::phrase_faults;
use super::response::{Phrase, Response};
use super::wording::{self, Fault};
use crate::domain::document::{Located, Place};
use crate::domain::matching::Matcher;
use crate::domain::topics::{TextKey, Words};

/// The fields of the form as they were typed: in the long ones, one phrase a line and one tip a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// The heading of the answer.
    pub title: String,
    /// The phrases.
    pub phrases: String,
    /// The answer.
    pub answer: String,
    /// The tips.
    pub tips: String,
}

/// Which field is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// [`Fields::title`].
    Title,
    /// [`Fields::phrases`].
    Phrases,
    /// [`Fields::answer`].
    Answer,
    /// [`Fields::tips`].
    Tips,
}

/// What a response stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A topic of the server's own: it needs a title, an answer and a phrase.
    Own,
    /// A topic that ships with the bot: what is left empty stays as it ships.
    Shipped,
}

/// One thing that is wrong with a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormFault {
    /// In which field.
    pub field: Field,
    /// In which of its lines, counted from 1; nothing where the whole field is meant.
    pub line: Option<usize>,
    /// What is wrong, and what to write instead.
    pub fault: Fault,
}

impl FormFault {
    /// The fault in one line, for the person who typed the form.
    pub fn told(&self, words: &Words) -> String {
        let field = words.get(match self.field {
            Field::Title => TextKey::FormTitle,
            Field::Phrases => TextKey::FormPhrases,
            Field::Answer => TextKey::FormAnswer,
            Field::Tips => TextKey::FormTips,
        });
        let Fault { what, instead } = &self.fault;
        match self.line {
            Some(line) => {
                let line = line.to_string();
                let values = [("field", field), ("line", &line), ("what", what), ("instead", instead)];
                words.fill(TextKey::FormFaultInLine, &values)
            }
            None => words.fill(TextKey::FormFault, &[("field", field), ("what", what), ("instead", instead)]),
        }
    }
}

impl Fields {
    /// The form filled in with a response.
    pub fn of(response: &Response) -> Self {
        let phrases: Vec<&str> = response.phrases.iter().map(|phrase| phrase.text.as_str()).collect();
        Self {
            title: response.title.clone().unwrap_or_default(),
            phrases: phrases.join("\n"),
            answer: response.answer.clone().unwrap_or_default(),
            tips: response.tips.join("\n"),
        }
    }

    /// The response that was typed. It keeps the state of `before`, and a phrase that `before` only watched and that
    /// comes back unchanged is still only watched. Without a matcher, word families in phrases are not checked.
    ///
    /// # Errors
    /// Everything that is wrong, field by field.
    pub fn read(
        &self,
        kind: Kind,
        before: Option<&Response>,
        matcher: Option<&Matcher>,
    ) -> Result<Response, Vec<FormFault>> {
        let title = wording::line(&self.title);
        let answer = wording::tidy(&self.answer);
        let tips = lines(&self.tips, Field::Tips, without_bullet);
        let phrases = lines(&self.phrases, Field::Phrases, phrase_as_typed);
        let mut faults = Vec::new();
        faults.extend(text_fault(Field::Title, &title, kind, wording::title_fault(&title)));
        faults.extend(phrases_faults(&phrases, kind, matcher));
        faults.extend(text_fault(Field::Answer, &answer, kind, wording::answer_fault(&answer)));
        faults.extend(tips_faults(&tips));
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Response {
            state: before.map(|before| before.state).unwrap_or_default(),
            title: Some(title).filter(|title| !title.is_empty()),
            answer: Some(answer).filter(|answer| !answer.is_empty()),
            tips: tips.into_iter().map(|tip| tip.value).collect(),
            phrases: marked(phrases, before),
        })
    }
}

impl Fields {
    /// What was typed, unchecked: kept in a draft, so that nothing is lost while its faults are mended.
    pub fn as_typed(&self) -> Response {
        let lines =
            |text: &str| text.lines().map(str::to_owned).filter(|line| !line.trim().is_empty()).collect::<Vec<_>>();
        let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        Response {
            title: text(&self.title),
            answer: text(&self.answer),
            tips: lines(&self.tips),
            phrases: lines(&self.phrases).into_iter().map(Phrase::live).collect(),
            ..Response::default()
        }
    }
}

fn text_fault(field: Field, text: &str, kind: Kind, fault: Option<Fault>) -> Option<FormFault> {
    let missing = kind == Kind::Own && text.is_empty();
    let fault = if missing { Some(Fault::new("nothing stands here", "write what people shall read")) } else { fault };
    fault.map(|fault| FormFault { field, line: None, fault })
}

fn tips_faults(tips: &[Located<String>]) -> Vec<FormFault> {
    let each = tips.iter().filter_map(|tip| {
        let fault = wording::tip_fault(&tip.value)?;
        Some(FormFault { field: Field::Tips, line: tip.place.line, fault })
    });
    let all = wording::tips_fault(tips.iter().map(|tip| tip.value.as_str()));
    each.chain(all.map(|fault| FormFault { field: Field::Tips, line: None, fault })).collect()
}

fn phrases_faults(phrases: &[Located<String>], kind: Kind, matcher: Option<&Matcher>) -> Vec<FormFault> {
    if kind == Kind::Own && phrases.is_empty() {
        let fault = Fault::new("no phrase", "write what people type, one phrase a line: my back is toast");
        return vec![FormFault { field: Field::Phrases, line: None, fault }];
    }
    let faults = phrase_faults(phrases, matcher).into_iter();
    faults.map(|(place, fault)| FormFault { field: Field::Phrases, line: place.and_then(|p| p.line), fault }).collect()
}

/// The phrases with the marks that they had before, each of them once.
fn marked(phrases: Vec<Located<String>>, before: Option<&Response>) -> Vec<Phrase> {
    let known = before.map(|before| before.phrases.as_slice()).unwrap_or_default();
    let mut marked: Vec<Phrase> = Vec::new();
    for Located { value: text, .. } in phrases {
        if marked.iter().all(|phrase| phrase.text != text) {
            let watched = known.iter().any(|phrase| phrase.text == text && phrase.watched);
            marked.push(Phrase { text, watched });
        }
    }
    marked
}

/// The lines of a field that say something, each with its number.
fn lines(text: &str, field: Field, cleaned: fn(&str) -> String) -> Vec<Located<String>> {
    let unix = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    let numbered = (1..).zip(unix.split('\n')).map(|(number, line)| Located {
        value: cleaned(&wording::line(line)),
        place: Place { file: format!("{field:?}").to_lowercase(), line: Some(number) },
    });
    numbered.filter(|line| !line.value.is_empty()).collect()
}

/// A tip without the bullet or number that people put in front: the answer numbers its tips itself.
fn without_bullet(line: &str) -> String {
    let text = unbulleted(line);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = (1..=2).contains(&digits).then(|| text[digits..].strip_prefix(['.', ')'])).flatten();
    match numbered {
        Some(rest) if rest.is_empty() || rest.starts_with(' ') => rest.trim_start().to_owned(),
        _ => text.to_owned(),
    }
}

/// A phrase without a bullet, and with the three dots that telephones make one character of.
fn phrase_as_typed(line: &str) -> String {
    unbulleted(line).replace('…', "...")
}

fn unbulleted(line: &str) -> &str {
    let rest = line.strip_prefix(['-', '*', '+', '•', '–', '—', '·']);
    match rest {
        Some(rest) if rest.is_empty() || rest.starts_with(' ') => rest.trim_start(),
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::guild::ResponseState;

    fn fields(title: &str, phrases: &str, answer: &str, tips: &str) -> Fields {
        let [title, phrases, answer, tips] = [title, phrases, answer, tips].map(str::to_owned);
        Fields { title, phrases, answer, tips }
    }

    fn told(fields: &Fields, kind: Kind) -> Vec<(Field, Option<usize>, String)> {
        let faults = fields.read(kind, None, None).unwrap_err();
        faults.into_iter().map(|fault| (fault.field, fault.line, fault.fault.what)).collect()
    }

    #[test]
    fn a_form_becomes_a_response() {
        let typed = fields(
            "  Toast\u{202e} ",
            "my back is toast\r\n\r\n- back is…cooked\nmy back is toast",
            "It will pass.\r\n\r\n\r\n\r\nBreathe. ",
            "1. Lie down.\n\n• Breathe out.\n2.5 minutes of walking\n-",
        );
        let response = typed.read(Kind::Own, None, None).unwrap();
        let expected = Response {
            title: Some("Toast".to_owned()),
            answer: Some("It will pass.\n\nBreathe.".to_owned()),
            tips: ["Lie down.", "Breathe out.", "2.5 minutes of walking"].map(str::to_owned).into(),
            phrases: vec![Phrase::live("my back is toast"), Phrase::live("back is...cooked")],
            ..Response::default()
        };
        assert_eq!(response, expected);
    }

    #[test]
    fn a_response_that_is_typed_over_unchanged_stays_as_it_is() {
        let watched = Phrase { text: "back is cooked".to_owned(), watched: true };
        let before = Response {
            state: ResponseState::Off,
            phrases: vec![Phrase::live("my back is toast"), watched],
            answer: Some("a\n\nb".to_owned()),
            ..Response::default()
        };
        assert_eq!(Fields::of(&before).read(Kind::Shipped, Some(&before), None), Ok(before));
    }

    #[test]
    fn a_response_of_its_own_needs_a_title_an_answer_and_a_phrase() {
        let missing = told(&fields("\u{200b}", "\n \n", " ", "a tip"), Kind::Own);
        assert_eq!(
            missing.iter().map(|(field, ..)| *field).collect::<Vec<_>>(),
            [Field::Title, Field::Phrases, Field::Answer]
        );
        let empty = Fields::default().read(Kind::Shipped, None, None).unwrap();
        assert!(empty.is_empty(), "for a topic that ships with the bot nothing stands for what ships");
    }

    #[test]
    fn every_fault_is_told_at_once_with_its_line() {
        let typed = fields(&"t".repeat(201), "fine\n\nmy (back", "a", &format!("ok\n{}", "x".repeat(301)));
        assert_eq!(
            told(&typed, Kind::Own),
            [
                (Field::Title, None, "201 characters, 1 too many".to_owned()),
                (Field::Phrases, Some(3), "phrase, character 4 (`my ` → `(back`): `(` is never closed".to_owned()),
                (Field::Tips, Some(2), "301 characters, 1 too many".to_owned()),
            ]
        );
    }
}
