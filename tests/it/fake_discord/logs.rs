//! What the bot logs in this test: an ERROR is a fault, and so is a panic in one of its tasks.

use std::cell::RefCell;
use std::fmt::{self, Debug, Write as _};
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::subscriber::DefaultGuard;
use tracing::{Dispatch, Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use super::state::Core;

type Lines = Arc<Mutex<Vec<String>>>;

thread_local! {
    /// Where the panics of this thread are noted: with the test that it works for.
    static PANICS: RefCell<Option<Lines>> = const { RefCell::new(None) };
}

/// Listens to the log of this thread, and of those that attach a [`Listener`], for as long as it lives.
pub struct LogWatch {
    errors: Lines,
    told: Lines,
    listener: Listener,
    _listening: DefaultGuard,
}

/// What a thread needs to be listened to.
#[derive(Clone)]
pub struct Listener {
    log: Dispatch,
    panics: Lines,
}

impl Listener {
    /// Has this thread listened to for as long as the guard lives.
    pub fn attach(&self) -> DefaultGuard {
        PANICS.set(Some(Arc::clone(&self.panics)));
        tracing::dispatcher::set_default(&self.log)
    }
}

impl LogWatch {
    /// Starts listening. With `TEST_LOG=1` everything is printed besides (`TEST_LOG=debug` and the like: from that level).
    pub fn start(core: &Arc<Core>) -> Self {
        note_panics();
        let (errors, told) = (Lines::default(), Lines::default());
        let printed = std::env::var("TEST_LOG").ok().map(|level| {
            let filter = level.parse().unwrap_or(tracing_subscriber::filter::LevelFilter::INFO);
            tracing_subscriber::fmt::layer().with_test_writer().with_filter(filter)
        });
        let subscriber = tracing_subscriber::registry()
            .with(Collector { errors: Arc::clone(&errors), told: Arc::clone(&told), core: Arc::clone(core) })
            .with(printed);
        let listener = Listener { log: Dispatch::new(subscriber), panics: Lines::default() };
        Self { errors, told, _listening: listener.attach(), listener }
    }

    /// Everything so far that the bot's own crate said, down to DEBUG, each line with its level.
    pub fn told(&self) -> Vec<String> {
        lock(&self.told).clone()
    }

    /// Every ERROR so far.
    pub fn errors(&self) -> Vec<String> {
        lock(&self.errors).clone()
    }

    /// Every panic so far.
    pub fn panics(&self) -> Vec<String> {
        lock(&self.listener.panics).clone()
    }

    /// For other threads that work for this test.
    pub fn listener(&self) -> Listener {
        self.listener.clone()
    }
}

impl Debug for LogWatch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("LogWatch").field("errors", &self.errors()).finish_non_exhaustive()
    }
}

fn note_panics() {
    static INSTALL: Once = Once::new();
    INSTALL.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            PANICS.with_borrow(|panics| panics.iter().for_each(|it| lock(it).push(panic.to_string())));
            usual(panic);
        }));
    });
}

fn lock(lines: &Lines) -> MutexGuard<'_, Vec<String>> {
    lines.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The span in which a bot handles one event. While one is open the bot is not done.
pub const HANDLING: &str = "handling";

/// Keeps every ERROR and all that the bot's own crate says, each as one line, and counts the events that are being handled.
struct Collector {
    errors: Lines,
    told: Lines,
    core: Arc<Core>,
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Collector {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let (level, target) = (*event.metadata().level(), event.metadata().target());
        let by_the_bot = level <= Level::DEBUG && target.starts_with("lumbar");
        if level > Level::ERROR && !by_the_bot {
            return;
        }
        let mut line = Line(format!("{target}:"));
        event.record(&mut line);
        if by_the_bot {
            lock(&self.told).push(format!("{level} {}", line.0));
        }
        if level == Level::ERROR {
            lock(&self.errors).push(line.0);
        }
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        if attributes.metadata().name() == HANDLING {
            self.core.change(|state| state.handling += 1);
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        if context.span(&id).is_some_and(|span| span.name() == HANDLING) {
            self.core.change(|state| state.handling = state.handling.saturating_sub(1));
        }
    }
}

/// An event, written out.
struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // Writing to a string does not fail.
        let _ = match field.name() {
            "message" => write!(self.0, " {value:?}"),
            name => write!(self.0, " {name}={value:?}"),
        };
    }
}
