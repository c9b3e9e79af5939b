//! A conversation through pipes: one line a message, plain text out.

use std::io::{self, Read, Write};
use std::thread;

use tokio::sync::mpsc;

use super::conversation::{Event, Screen, converse};
use super::layout::{Look, render};
use super::lines::Lines;
use super::quietly;
use super::session::{Session, Shown};

/// Holds a conversation whose lines come from `input`. Replies go to `output`, one block each with an empty line
/// between them; what the terminal adds for its reader goes to `notes`.
///
/// # Errors
/// If the input cannot be read or the output cannot be written. An output that nobody reads any more ends it quietly.
pub async fn talk(
    session: &mut Session,
    input: impl Read + Send + 'static,
    output: impl Write,
    notes: impl Write,
    look: Look,
) -> io::Result<()> {
    let (sender, events) = mpsc::channel(1);
    // A thread of its own, since reading cannot be given up: the program ends without waiting for it.
    thread::Builder::new().name("input".to_owned()).spawn(move || read(input, &sender))?;
    session.takes_fields_in_one_line();
    let mut screen = PlainScreen { output, notes, look, is_first: true };
    quietly(converse(session, events, &mut screen).await)
}

fn read(input: impl Read, events: &mpsc::Sender<Event>) {
    let mut lines = Lines::new(input);
    loop {
        let event = match lines.next_line() {
            Ok(Some(line)) => Event::Line(line),
            Ok(None) => return,
            Err(error) => Event::Failed(error),
        };
        let is_last = matches!(event, Event::Failed(_));
        if events.blocking_send(event).is_err() || is_last {
            return;
        }
    }
}

struct PlainScreen<Output, Notes> {
    output: Output,
    notes: Notes,
    look: Look,
    is_first: bool,
}

impl<Output: Write, Notes: Write> Screen for PlainScreen<Output, Notes> {
    fn show(&mut self, shown: &[Shown]) -> io::Result<()> {
        shown.iter().try_for_each(|shown| self.show_one(shown))
    }
}

impl<Output: Write, Notes: Write> PlainScreen<Output, Notes> {
    fn show_one(&mut self, shown: &Shown) -> io::Result<()> {
        let text = render(shown, self.look);
        if matches!(shown, Shown::Aside { .. }) {
            // Notes are an extra: nobody may be there to read them.
            let _ = writeln!(self.notes, "{text}");
            return Ok(());
        }
        let separator = if std::mem::take(&mut self.is_first) { "" } else { "\n" };
        writeln!(self.output, "{separator}{text}")?;
        self.output.flush()
    }
}
