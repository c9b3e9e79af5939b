//! The course of a conversation: lines come in, reminders come due, and both lead to something on the screen.

use std::io;
use std::sync::mpsc;
use std::time::Duration;

use tokio::sync::mpsc::Receiver;

use super::complete::Completion;
use super::session::{Session, Shown};

/// What whoever reads the keyboard, or the pipe, reports.
#[derive(Debug)]
pub enum Event {
    /// A line.
    Line(String),
    /// TAB was pressed behind this.
    Complete(String, mpsc::Sender<Completion>),
    /// Nothing more can be read, for this reason.
    Failed(io::Error),
}

/// What people look at.
pub trait Screen {
    /// Shows what there is to see, in this order.
    fn show(&mut self, shown: &[Shown]) -> io::Result<()>;

    /// Everything about the last line is shown: the next one may come.
    fn ready(&mut self) {}
}

/// How long to wait when no reminder is waiting.
const LONG: Duration = Duration::from_secs(60 * 60);

/// Holds the conversation until its end: `/quit`, or no more events.
///
/// # Errors
/// If the screen cannot be written to, or no more can be read.
pub async fn converse(session: &mut Session, mut events: Receiver<Event>, screen: &mut dyn Screen) -> io::Result<()> {
    screen.ready();
    loop {
        let (delivered, next) = session.deliver_due().await;
        screen.show(&delivered)?;
        let event = tokio::select! {
            event = events.recv() => event,
            () = tokio::time::sleep(next.unwrap_or(LONG).min(LONG)) => continue,
        };
        match event {
            None => return Ok(()),
            Some(Event::Failed(error)) => return Err(error),
            Some(Event::Complete(before_cursor, answer)) => {
                // Whoever asked may be gone, and nothing is lost then.
                let _ = answer.send(session.complete(&before_cursor).await);
            }
            Some(Event::Line(line)) => {
                let turn = session.line(&line).await;
                screen.show(&turn.shown)?;
                if turn.ends {
                    return Ok(());
                }
                screen.ready();
            }
        }
    }
}
