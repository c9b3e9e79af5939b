//! Measuring a matcher against labelled messages.

use std::fmt;

use crate::domain::document::{Place, Problems};
use crate::domain::matching::{Matcher, Trigger};
use crate::domain::topics::TopicId;

/// What a message ought to be answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// A topic.
    Reply(TopicId),
    /// The urgent answer.
    Urgent(TopicId),
    /// Nothing.
    None,
}

/// A message and its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The label.
    pub label: Label,
    /// The message.
    pub text: String,
    /// Its line in the file, counted from 1.
    pub number: usize,
}

/// Reads labelled messages: a header, then `label<TAB>topic<TAB>text`, where backslash-n stands for a line break.
pub fn read_lines(file: &str, text: &str, problems: &Problems) -> Vec<Line> {
    let mut lines = Vec::new();
    if !text.starts_with("label\t") {
        let place = Place { file: file.to_owned(), line: Some(1) };
        problems.add(&place, "no header", "begin with the line label, a tab, topic, a tab, text");
    }
    for (number, line) in (1..).zip(text.lines()).skip(1).filter(|(_, line)| !line.is_empty()) {
        let place = Place { file: file.to_owned(), line: Some(number) };
        let mut columns = line.splitn(3, '\t');
        let (label, topic, message) = (columns.next(), columns.next(), columns.next());
        let topic = topic.and_then(TopicId::parse);
        let label = match (label, topic) {
            (Some("reply"), Some(topic)) => Label::Reply(topic),
            (Some("urgent"), Some(topic)) => Label::Urgent(topic),
            (Some("none"), None) => Label::None,
            _ => {
                problems.add(
                    &place,
                    "no labelled message",
                    "write reply, urgent or none, a tab, a topic or -, a tab, the text",
                );
                continue;
            }
        };
        match message {
            Some(message) => lines.push(Line { label, text: message.replace("\\n", "\n"), number }),
            None => problems.add(&place, "the text is missing", "add it as the third column"),
        }
    }
    lines
}

/// A share of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many it is true of.
    pub of: usize,
    /// How many there are.
    pub all: usize,
}

impl Share {
    /// In per cent; of no messages at all it is 0.
    pub fn per_cent(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "counts of messages are small")]
        let ratio = self.of as f64 / self.all.max(1) as f64;
        100.0 * ratio
    }

    fn count(&mut self, counted: bool) {
        self.all += 1;
        self.of += usize::from(counted);
    }
}

impl fmt::Display for Share {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:6.2} %  ({} of {})", self.per_cent(), self.of, self.all)
    }
}

/// A message that was not answered as labelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The message.
    pub line: Line,
    /// What it was answered with.
    pub answer: Option<Trigger>,
}

/// How well a matcher does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evaluation {
    /// Messages to be answered that were answered, with any topic.
    pub recall: Share,
    /// Messages to be answered that were answered with their topic.
    pub with_topic: Share,
    /// Urgent messages that were answered as urgent.
    pub urgent: Share,
    /// Messages to be left alone that were answered.
    pub false_replies: Share,
    /// Messages answered that were to be answered.
    pub precision: Share,
    /// Messages to be answered, not urgent, that were answered as urgent.
    pub false_alarms: Share,
    /// The lines that went wrong.
    pub wrong: Vec<Wrong>,
}

/// Answers each message and counts.
pub fn score(lines: &[Line], matcher: &Matcher) -> Evaluation {
    let mut evaluation = Evaluation::default();
    for line in lines {
        let answer = matcher.find(&line.text);
        if !evaluation.count(&line.label, answer.as_ref()) {
            evaluation.wrong.push(Wrong { line: line.clone(), answer });
        }
    }
    evaluation
}

impl Evaluation {
    /// Counts one message; answers whether it went right.
    fn count(&mut self, label: &Label, answer: Option<&Trigger>) -> bool {
        let urgent = answer.is_some_and(|answer| answer.urgency.is_some());
        if answer.is_some() {
            self.precision.count(*label != Label::None);
        }
        match label {
            Label::Reply(topic) => {
                let right = answer.is_some_and(|answer| answer.topic == *topic);
                self.recall.count(answer.is_some());
                self.with_topic.count(right);
                self.false_alarms.count(urgent);
                right
            }
            Label::Urgent(_) => {
                self.urgent.count(urgent);
                urgent
            }
            Label::None => {
                self.false_replies.count(answer.is_some());
                answer.is_none()
            }
        }
    }
}

impl fmt::Display for Evaluation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for wrong in &self.wrong {
            let wanted = match &wrong.line.label {
                Label::Reply(topic) => topic.to_string(),
                Label::Urgent(topic) => format!("!{topic}"),
                Label::None => "-".to_owned(),
            };
            let text = wrong.line.text.replace('\n', "\\n");
            writeln!(
                formatter,
                "line {}: wanted {wanted}, got {}: {text}",
                wrong.line.number,
                answer_id(wrong.answer.as_ref())
            )?;
        }
        writeln!(formatter, "answered with any topic     {}", self.recall)?;
        writeln!(formatter, "answered with the topic     {}", self.with_topic)?;
        writeln!(formatter, "urgent answered as urgent   {}", self.urgent)?;
        writeln!(formatter, "false replies               {}", self.false_replies)?;
        writeln!(formatter, "false alarms                {}", self.false_alarms)?;
        writeln!(formatter, "precision                   {}", self.precision)
    }
}

/// What a message was answered with, in one word: `-`, a topic's id, or an id with `!` before it where it is urgent.
pub fn answer_id(answer: Option<&Trigger>) -> String {
    match answer {
        None => "-".to_owned(),
        Some(Trigger { topic, urgency: Some(_), .. }) => format!("!{topic}"),
        Some(Trigger { topic, .. }) => topic.to_string(),
    }
}
