//! The program itself, as whoever hosts it runs it: the real binary.

mod checking;
mod reading;
mod reloading;
mod restarting;
mod starting;
mod stopping;
mod talking;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// One of the program's commands, in a folder of its own.
struct Tool {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

/// What came of it.
struct Outcome {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Tool {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder"), variables: Vec::new() }
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn file(self, name: &str, content: &str) -> Self {
        let path = self.folder().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, content).expect("a file");
        self
    }

    fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Runs it, with this on standard input.
    fn runs(&self, arguments: &[&str], input: &str) -> Outcome {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lumbar"));
        command.args(arguments).current_dir(self.folder()).env_clear();
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary");
        let mut stdin = child.stdin.take().expect("a pipe");
        // Who refuses its arguments does not read.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        Outcome::from(child.wait_with_output().expect("an end"))
    }
}

impl From<Output> for Outcome {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// The one line that says what is wrong, without a backtrace anywhere.
fn complaint(stderr: &str) -> &str {
    assert!(!stderr.contains("panicked") && !stderr.contains("backtrace"), "{stderr}");
    let lines: Vec<&str> = stderr.lines().filter(|line| line.starts_with("lumbar: ")).collect();
    assert_eq!(lines.len(), 1, "{stderr}");
    lines[0]
}
