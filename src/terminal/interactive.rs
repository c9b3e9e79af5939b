//! A conversation with a person at a keyboard. What was typed is kept for the arrow keys as long as the program runs,
//! and never in a file: it is about somebody's health.

use std::io::{self, Write};
use std::sync::mpsc as blocking;
use std::thread;

use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::MemHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Context, Editor, ExternalPrinter, Helper};
use tokio::sync::mpsc;

use super::conversation::{Event, Screen, converse};
use super::layout::render;
use super::session::{Session, Shown};
use super::{quietly, surroundings, words};

const PROMPT: &str = "> ";

/// Writes above the line that is being typed.
type Print = Box<dyn FnMut(String) -> io::Result<()> + Send>;

/// Holds a conversation on the terminal of the program.
///
/// # Errors
/// If the terminal cannot be read or written.
pub async fn talk(session: &mut Session) -> io::Result<()> {
    let (sender, events) = mpsc::channel(1);
    let (printer, printers) = blocking::channel();
    let (go, may_go) = blocking::channel();
    // A thread of its own, since reading cannot be given up: the program ends without waiting for it.
    thread::Builder::new().name("input".to_owned()).spawn(move || read(&sender, &printer, &may_go))?;
    let Ok(print) = printers.recv() else { return Err(io::Error::other("the terminal cannot be read")) };
    let mut screen = LiveScreen { print, go };
    let now = session.now();
    quietly(
        async {
            screen.show(&[Shown::Line { text: words::GREETING.to_owned(), now }])?;
            converse(session, events, &mut screen).await
        }
        .await,
    )
}

struct LiveScreen {
    print: Print,
    go: blocking::Sender<()>,
}

impl Screen for LiveScreen {
    fn show(&mut self, shown: &[Shown]) -> io::Result<()> {
        if shown.is_empty() {
            return Ok(());
        }
        let look = surroundings::look();
        let texts: Vec<String> = shown.iter().map(|shown| render(shown, look)).collect();
        // In one piece: rustyline takes a second one only after it has shown the first.
        (self.print)(format!("\n{}\n\n", texts.join("\n\n")))
    }

    fn ready(&mut self) {
        // If the reader is gone, the end of its events tells so.
        let _ = self.go.send(());
    }
}

fn read(events: &mpsc::Sender<Event>, printer: &blocking::Sender<Print>, may_go: &blocking::Receiver<()>) {
    if let Err(error) = edit_lines(events, printer, may_go) {
        // Nobody is left to tell if this fails too.
        let _ = events.blocking_send(Event::Failed(io::Error::other(error)));
    }
}

fn edit_lines(
    events: &mpsc::Sender<Event>,
    printer: &blocking::Sender<Print>,
    may_go: &blocking::Receiver<()>,
) -> rustyline::Result<()> {
    let config = Config::builder().completion_type(CompletionType::List).auto_add_history(true).build();
    let history = MemHistory::with_config(&config);
    let mut editor: Editor<Completing, MemHistory> = Editor::with_history(config, history)?;
    editor.set_helper(Some(Completing { events: events.clone() }));
    let print = printer_of(&mut editor);
    if printer.send(print).is_err() {
        return Ok(());
    }
    while may_go.recv().is_ok() {
        let Some(line) = next_line(&mut editor)? else { return Ok(()) };
        if events.blocking_send(Event::Line(line)).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

/// The next line, or nothing at the end: Ctrl-D, or Ctrl-C twice. The first Ctrl-C drops what was being typed.
fn next_line(editor: &mut Editor<Completing, MemHistory>) -> rustyline::Result<Option<String>> {
    let mut was_interrupted = false;
    loop {
        match editor.readline(PROMPT) {
            Ok(line) => return Ok(Some(line)),
            Err(ReadlineError::Eof) => return Ok(None),
            Err(ReadlineError::Interrupted) if was_interrupted => return Ok(None),
            Err(ReadlineError::Interrupted) => was_interrupted = true,
            Err(ReadlineError::Signal(_)) => {}
            // Bytes that are no text: the rest of the line is as good as lost, but not the conversation.
            Err(ReadlineError::Io(error)) if error.kind() == io::ErrorKind::InvalidData => {}
            Err(error) => return Err(error),
        }
    }
}

/// Terminals that cannot move the cursor cannot print above a line either: there, things are printed as they come.
fn printer_of(editor: &mut Editor<Completing, MemHistory>) -> Print {
    match editor.create_external_printer() {
        Ok(mut printer) => Box::new(move |text| printer.print(text).map_err(io::Error::other)),
        Err(_) => Box::new(|text| {
            let mut output = io::stdout().lock();
            output.write_all(text.as_bytes())?;
            output.flush()
        }),
    }
}

/// Asks the conversation what may be typed.
struct Completing {
    events: mpsc::Sender<Event>,
}

impl Completer for Completing {
    type Candidate = Pair;

    fn complete(&self, line: &str, cursor: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let before_cursor = line.get(..cursor).unwrap_or(line).to_owned();
        let (answer, answers) = blocking::channel();
        let asked = self.events.blocking_send(Event::Complete(before_cursor, answer));
        let completion = asked.ok().and_then(|()| answers.recv().ok()).unwrap_or_default();
        let pair =
            |candidate: super::complete::Candidate| Pair { display: candidate.shown, replacement: candidate.inserted };
        Ok((completion.start, completion.candidates.into_iter().map(pair).collect()))
    }
}

impl Hinter for Completing {
    type Hint = String;
}

impl Highlighter for Completing {}

impl Validator for Completing {}

impl Helper for Completing {}
