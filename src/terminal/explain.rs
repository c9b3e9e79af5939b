//! `lumbar match --explain`: why a message would be answered, or why not.

use std::io::{self, Write};

use super::markup::visible_line;
use super::quietly;
use crate::domain::topics::Library;

/// Explains what becomes of `text`, to a moderator who wonders.
///
/// # Errors
/// If the output cannot be written.
pub fn explain(library: &Library, text: &str, mut output: impl Write) -> io::Result<()> {
    let told = library.matcher().map_or_else(String::new, |matcher| matcher.explain(text).to_string());
    let mut lines = told.lines();
    quietly(lines.try_for_each(|line| writeln!(output, "{}", visible_line(line))))
}
