//! Lines from anywhere: bytes that are no text, lines without an end and missing last line breaks are all taken.

use std::io::{self, BufRead, BufReader, Read};

/// What of a line is kept, in bytes. No message is that long; the rest of the line is read and forgotten.
const LONGEST_KEPT: usize = 64 * 1024;

/// Reads lines.
#[derive(Debug)]
pub struct Lines<R> {
    reader: BufReader<R>,
    at_start: bool,
}

impl<R: Read> Lines<R> {
    /// Reads lines from `input`.
    pub fn new(input: R) -> Self {
        Self { reader: BufReader::new(input), at_start: true }
    }

    /// The next line without its end; nothing at the end of the input.
    ///
    /// # Errors
    /// If the input cannot be read.
    pub fn next_line(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        let mut seen_any = false;
        loop {
            let chunk = match self.reader.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if chunk.is_empty() {
                return Ok(seen_any.then(|| self.text(&line)));
            }
            seen_any = true;
            let end = chunk.iter().position(|byte| *byte == b'\n');
            let part = &chunk[..end.unwrap_or(chunk.len())];
            line.extend_from_slice(&part[..part.len().min(LONGEST_KEPT - line.len())]);
            let used = part.len() + usize::from(end.is_some());
            self.reader.consume(used);
            if end.is_some() {
                return Ok(Some(self.text(&line)));
            }
        }
    }

    /// Whether reading on would have to wait for somebody: the moment to show what there is.
    pub fn would_wait(&self) -> bool {
        self.reader.buffer().is_empty()
    }

    fn text(&mut self, line: &[u8]) -> String {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        // Some shells put a byte order mark before what they pipe.
        let mark: &[u8] = if std::mem::take(&mut self.at_start) { b"\xEF\xBB\xBF" } else { b"" };
        String::from_utf8_lossy(line.strip_prefix(mark).unwrap_or(line)).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(input: &[u8]) -> Vec<String> {
        let mut lines = Lines::new(input);
        std::iter::from_fn(|| lines.next_line().unwrap()).collect()
    }

    #[test]
    fn every_kind_of_line_is_read() {
        assert_eq!(all(b"one\r\n\ntwo\xff\0\nlast"), ["one", "", "two\u{fffd}\0", "last"]);
        assert_eq!(all(b"\xEF\xBB\xBFone\n\xEF\xBB\xBFtwo\n"), ["one", "\u{feff}two"]);
        assert!(all(b"").is_empty());
    }

    #[test]
    fn a_line_without_end_fills_no_memory() {
        let mut endless = vec![b'x'; 1_000_000];
        endless.extend_from_slice(b"\nnext");
        let lines = all(&endless);
        assert_eq!((lines[0].len(), lines[1].as_str()), (LONGEST_KEPT, "next"));
    }
}
