//! The bot under test, in this process or as the real binary, behind one interface.

mod binary;
mod in_process;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::FakeDiscord;
use super::state::{Core, State};
pub use binary::Binary;

/// What a bot needs to find the fake and to stop.
#[derive(Clone, Debug)]
pub struct BotAddress {
    /// `DISCORD_API_URL`: the base of the REST API, which also tells the gateway's address.
    pub api_url: String,
    /// `DISCORD_TOKEN`.
    pub token: String,
    /// Where it may keep its data. The same across restarts.
    pub data_folder: PathBuf,
    /// Cancelled when the bot should stop in order.
    pub stop: CancellationToken,
}

/// How a bot ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exit {
    /// In process: its future returned.
    Returned(Result<(), String>),
    /// In process: it panicked.
    Panicked(String),
    /// The real binary: its exit code (none when a signal killed it) and what it wrote to standard error.
    Exited { code: Option<i32>, stderr: String },
}

impl fmt::Display for Exit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Returned(Ok(())) => write!(out, "it returned"),
            Self::Returned(Err(error)) => write!(out, "it returned an error: {error}"),
            Self::Panicked(message) => write!(out, "it panicked: {message}"),
            Self::Exited { code, stderr } => write!(out, "exit code {code:?}, standard error:\n{stderr}"),
        }
    }
}

impl Exit {
    /// The exit code of the real binary.
    pub fn code(&self) -> Option<i32> {
        match self {
            Self::Exited { code, .. } => *code,
            _ => None,
        }
    }

    /// What the real binary wrote to standard error, or what the future returned.
    pub fn says(&self) -> String {
        match self {
            Self::Exited { stderr, .. } => stderr.clone(),
            other => other.to_string(),
        }
    }
}

/// A running bot.
#[derive(Debug)]
pub struct BotUnderTest {
    core: Arc<Core>,
    running: Running,
    data_folder: Arc<tempfile::TempDir>,
}

#[derive(Debug)]
enum Running {
    InProcess(in_process::Task),
    Binary(binary::Process),
}

impl BotUnderTest {
    /// Runs the future that `run` makes, here in this process, and waits until it is connected.
    pub async fn in_process<R, F, E>(discord: &FakeDiscord, run: R) -> Self
    where
        R: Fn(BotAddress) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), E>> + 'static,
        E: fmt::Display,
    {
        let bot = Self::in_process_unconnected(discord, run);
        bot.is_connected().await;
        bot
    }

    /// The same for a bot that is expected not to get that far.
    pub fn in_process_unconnected<R, F, E>(discord: &FakeDiscord, run: R) -> Self
    where
        R: Fn(BotAddress) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), E>> + 'static,
        E: fmt::Display,
    {
        let data_folder = Arc::new(tempfile::tempdir().expect("a temporary folder"));
        let task = in_process::Task::start(discord, data_folder.path(), run);
        Self { core: Arc::clone(discord.core()), running: Running::InProcess(task), data_folder }
    }

    /// The real binary, to be given settings and then started.
    pub fn binary(discord: &FakeDiscord) -> Binary {
        Binary::new(discord)
    }

    /// Where the bot keeps its data.
    pub fn data_folder(&self) -> &Path {
        self.data_folder.path()
    }

    /// Waits until the bot has a session and has been told READY.
    pub async fn is_connected(&self) {
        let connected = |count: usize| (count > 0).then_some(());
        self.core.wait_for("the bot to connect", |state| connected(state.gateway.connected())).await;
    }

    /// Asks the bot to stop in order (SIGTERM for the binary) and waits until it has.
    pub async fn stops(&mut self) -> Exit {
        match &mut self.running {
            Running::InProcess(task) => task.stop(),
            Running::Binary(process) => process.signal("TERM"),
        }
        self.ends().await
    }

    /// Ends the bot at once (SIGKILL for the binary), in the middle of whatever it is doing.
    pub async fn is_killed(&mut self) {
        match &mut self.running {
            Running::InProcess(task) => task.kill(),
            Running::Binary(process) => process.signal("KILL"),
        }
        self.ends().await;
        let gone = |count: usize| (count == 0).then_some(());
        self.core.change(|state| state.exit = None);
        self.core.wait_for("the connections to be gone", |state| gone(state.gateway.connected())).await;
    }

    /// Waits until the bot ends by itself.
    pub async fn ends(&mut self) -> Exit {
        let exit = self.core.wait_for("the bot to end", |state| state.exit.clone()).await;
        if let Running::Binary(process) = &mut self.running {
            process.gather().await;
        }
        exit
    }

    /// Starts the bot again over the same data, after it has ended, and waits until it is connected.
    pub async fn starts_again(&mut self) {
        self.starts_again_unconnected();
        self.is_connected().await;
    }

    /// The same for a bot that is expected not to get that far.
    pub fn starts_again_unconnected(&mut self) {
        self.core.change(|state| {
            state.exit = None;
            state.handling = 0;
        });
        match &mut self.running {
            Running::InProcess(task) => task.start_again(),
            Running::Binary(process) => process.start_again(),
        }
    }

    /// Waits until the binary has written this to standard error.
    pub async fn writes(&self, text: &str) {
        let written = |_: &mut State| self.stderr().contains(text).then_some(());
        self.core.wait_for(&format!("{text:?} on standard error"), written).await;
    }

    /// Waits until the binary has written this so many times.
    pub async fn writes_often(&self, text: &str, times: usize) {
        let written = |_: &mut State| (self.stderr().matches(text).count() >= times).then_some(());
        self.core.wait_for(&format!("{text:?} {times} times on standard error"), written).await;
    }

    /// Sends the binary a signal by name, such as `HUP`.
    pub fn is_sent(&self, signal: &str) {
        if let Running::Binary(process) = &self.running {
            process.signal(signal);
        }
    }

    /// Standard error of the binary so far; nothing for a bot in process.
    pub fn stderr(&self) -> String {
        match &self.running {
            Running::InProcess(_) => String::new(),
            Running::Binary(process) => process.stderr(),
        }
    }

    /// The binary's process id, for measurements.
    pub fn process_id(&self) -> Option<u32> {
        match &self.running {
            Running::InProcess(_) => None,
            Running::Binary(process) => process.id(),
        }
    }
}
