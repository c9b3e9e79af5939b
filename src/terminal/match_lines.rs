//! `lumbar match --stdin`: what each line is about.

use std::io::{self, BufWriter, Read, Write};

use super::lines::Lines;
use super::quietly;
use crate::domain::matching::evaluation::answer_id;
use crate::domain::topics::Library;

/// Writes one line for each line of `input`: `-`, or the id of the topic, with `!` before it if it is urgent. A
/// backslash and an `n` in a line stand for a line break. Nobody waits for an answer: it is written before the next
/// line is asked for. If nobody reads on, it ends.
///
/// # Errors
/// If the input cannot be read or the output cannot be written.
pub fn match_lines(library: &Library, input: impl Read, output: impl Write) -> io::Result<()> {
    quietly(each_line(library, input, output))
}

fn each_line(library: &Library, input: impl Read, output: impl Write) -> io::Result<()> {
    let mut lines = Lines::new(input);
    let mut output = BufWriter::new(output);
    while let Some(line) = lines.next_line()? {
        let found = library.find(&line.replace("\\n", "\n"));
        writeln!(output, "{}", answer_id(found.as_ref()))?;
        if lines.would_wait() {
            output.flush()?;
        }
    }
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::testing::{BrokenPipe, library};

    #[test]
    fn each_line_gets_one_line() {
        let mut output = Vec::new();
        let input = b"my back went out\nhello\n\nmy back went out\\nand i can't pee\n\xff\xfe\0".as_slice();
        match_lines(&library(), input, &mut output).unwrap();
        assert_eq!(String::from_utf8(output).unwrap(), "back-went-out\n-\n-\n!red-flags\n-\n");
    }

    #[test]
    fn a_reader_who_leaves_ends_it_quietly() {
        match_lines(&library(), b"hello\n".as_slice(), BrokenPipe).unwrap();
    }
}
