//! `lumbar eval FILE.tsv`: how well messages are understood.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::markup::visible_line;
use super::quietly;
use crate::domain::document::{Problem, Problems};
use crate::domain::matching::evaluation::{self, Evaluation};
use crate::domain::topics::Library;

/// Why nothing can be measured.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    /// The file cannot be opened.
    #[error("{path} cannot be read ({source}); check the path and its permissions", path = path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Lines of the file are no labelled messages.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Unsound(Vec<Problem>),
    /// There is no message in it.
    #[error("{path} holds no messages, so there is nothing to measure; write one a line: label, topic, text", path = .0.display())]
    Empty(PathBuf),
    /// There are no English phrases to measure.
    #[error("there are no English phrases to measure; put responses/en/_language.toml back")]
    NoPhrases,
    /// The outcome cannot be written.
    #[error("the outcome cannot be written ({0}); check where the output goes")]
    Output(#[from] io::Error),
}

/// Answers every message of `file`, and writes each line that went wrong and then the figures. Returns the figures, so
/// that whoever calls can hold them against what it wants.
///
/// # Errors
/// If the file cannot be read, holds something else, or the outcome cannot be written.
pub fn evaluate(library: &Library, file: &Path, mut output: impl Write) -> Result<Evaluation, EvaluateError> {
    let bytes = fs::read(file).map_err(|source| EvaluateError::Unreadable { path: file.to_owned(), source })?;
    let problems = Problems::default();
    let lines = evaluation::read_lines(&file.display().to_string(), &String::from_utf8_lossy(&bytes), &problems);
    if !problems.is_empty() {
        return Err(EvaluateError::Unsound(problems.into_sorted()));
    }
    if lines.is_empty() {
        return Err(EvaluateError::Empty(file.to_owned()));
    }
    let matcher = library.matcher().ok_or(EvaluateError::NoPhrases)?;
    let evaluation = evaluation::score(&lines, matcher);
    let told = evaluation.to_string();
    quietly(told.lines().try_for_each(|line| writeln!(output, "{}", visible_line(line))))?;
    Ok(evaluation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::testing::library;

    fn evaluated(text: &str) -> (Result<Evaluation, EvaluateError>, String) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("messages.tsv");
        fs::write(&file, text).unwrap();
        let mut output = Vec::new();
        let outcome = evaluate(&library(), &file, &mut output);
        (outcome, String::from_utf8(output).unwrap())
    }

    #[test]
    fn the_lines_that_went_wrong_stand_above_the_figures() {
        let (outcome, told) = evaluated(
            "label\ttopic\ttext\nreply\tback-went-out\tmy back went out\nreply\tback-went-out\tlovely \u{1b}[31mweather\n",
        );
        assert_eq!(outcome.unwrap().recall.per_cent(), 50.0);
        assert!(told.starts_with("line 3: wanted back-went-out, got -: lovely [31mweather\n"), "{told}");
        assert!(told.contains("50.00 %"), "{told}");
    }

    #[test]
    fn of_no_messages_nothing_is_measured() {
        let (outcome, told) = evaluated("label\ttopic\ttext\n");
        assert!(outcome.unwrap_err().to_string().contains("holds no messages"));
        assert_eq!(told, "");
    }

    #[test]
    fn a_file_of_something_else_is_told_line_by_line() {
        let (outcome, _) = evaluated("label\ttopic\ttext\nhello\nworld\n");
        let told = outcome.unwrap_err().to_string();
        assert_eq!(told.lines().count(), 2, "{told}");
    }
}
