//! What the tests of this edge share.

use std::io::{self, Write};
use std::sync::LazyLock;

use super::input::{Line, read_line};
use super::known_commands::{KnownCommand, known_commands};
use crate::bot::commands::Invocation;
use crate::domain::Locale;
use crate::domain::topics::Library;
use crate::responses;

/// The library that the program carries.
pub fn library() -> Library {
    static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::read(&responses::built_in()).unwrap());
    LIBRARY.clone()
}

/// The commands in English.
pub fn commands() -> Vec<KnownCommand> {
    known_commands(&library(), &Locale::unknown())
}

/// The command that a line runs.
pub fn invocation(typed: &str) -> Invocation {
    match read_line(typed, &commands()) {
        Line::Command(invocation) => invocation,
        other => panic!("{typed} is no command: {other:?}"),
    }
}

/// What is wrong with a line.
pub fn fault(typed: &str) -> String {
    match read_line(typed, &commands()) {
        Line::Wrong(fault) => fault,
        other => panic!("{typed} is not wrong: {other:?}"),
    }
}

/// An output that nobody reads any more.
#[derive(Debug)]
pub struct BrokenPipe;

impl Write for BrokenPipe {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(io::ErrorKind::BrokenPipe.into())
    }
}
