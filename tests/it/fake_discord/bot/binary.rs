//! The real binary, as whoever hosts it runs it.

use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStderr, Command};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::super::FakeDiscord;
use super::super::state::Core;
use super::{BotUnderTest, Exit, Running};

/// The binary before its start.
#[derive(Debug)]
pub struct Binary {
    core: Arc<Core>,
    data_folder: Arc<tempfile::TempDir>,
    plan: Plan,
}

/// How to start it, again and again.
#[derive(Clone, Debug)]
struct Plan {
    program: String,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
}

impl Binary {
    pub(super) fn new(discord: &FakeDiscord) -> Self {
        let environment = [("DISCORD_TOKEN", discord.token()), ("DISCORD_API_URL", discord.api_url())];
        let environment = environment.map(|(name, value)| (name.to_owned(), value)).to_vec();
        let data_folder = Arc::new(tempfile::tempdir().expect("a temporary folder"));
        let program = env!("CARGO_BIN_EXE_lumbar").to_owned();
        let plan = Plan { program, arguments: Vec::new(), environment };
        Self { core: Arc::clone(discord.core()), data_folder, plan }
    }

    /// Another program instead: a benchmark's bare bot, a stand-in.
    pub fn program(mut self, program: &str) -> Self {
        self.plan.program = program.to_owned();
        self
    }

    /// One more argument.
    pub fn argument(mut self, argument: &str) -> Self {
        self.plan.arguments.push(argument.to_owned());
        self
    }

    /// An environment variable, such as `LUMBAR_DISCORD__LISTENING`. The last one of a name counts.
    pub fn environment(mut self, name: &str, value: &str) -> Self {
        self.plan.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// A file in the bot's folder, such as `config.toml`.
    pub fn file(self, name: &str, content: &str) -> Self {
        std::fs::write(self.data_folder.path().join(name), content).expect("a file in the temporary folder");
        self
    }

    /// Starts it and waits until it is connected.
    pub async fn start(self) -> BotUnderTest {
        let bot = self.start_unconnected();
        bot.is_connected().await;
        bot
    }

    /// Starts it, expected not to get that far.
    pub fn start_unconnected(self) -> BotUnderTest {
        let process = Process::start(&self.core, self.data_folder.path(), self.plan);
        BotUnderTest { core: self.core, running: Running::Binary(process), data_folder: self.data_folder }
    }
}

/// The binary while it runs.
#[derive(Debug)]
pub struct Process {
    core: Arc<Core>,
    folder: std::path::PathBuf,
    plan: Plan,
    id: Option<u32>,
    stderr: Arc<Mutex<String>>,
    watch: Option<JoinHandle<()>>,
    /// Dropped with the process handle: then the watch kills the child.
    _alive: oneshot::Sender<()>,
}

impl Process {
    fn start(core: &Arc<Core>, folder: &Path, plan: Plan) -> Self {
        let mut child = spawn(folder, &plan);
        let id = child.id();
        let stderr = Arc::new(Mutex::new(String::new()));
        let reading = child.stderr.take().map(|pipe| tokio::spawn(read(pipe, Arc::clone(core), Arc::clone(&stderr))));
        let (alive, dropped) = oneshot::channel();
        let watch = tokio::spawn(watch(Arc::clone(core), child, reading, Arc::clone(&stderr), dropped));
        Self { core: Arc::clone(core), folder: folder.to_owned(), plan, id, stderr, watch: Some(watch), _alive: alive }
    }

    pub fn start_again(&mut self) {
        let before = self.stderr();
        let again = Self::start(&self.core, &self.folder, self.plan.clone());
        again.stderr.lock().unwrap_or_else(PoisonError::into_inner).insert_str(0, &before);
        *self = again;
    }

    /// Sends a signal by name. Through `kill`, since the standard library sends only SIGKILL.
    pub fn signal(&self, name: &str) {
        let id = self.id.expect("a process that runs").to_string();
        let status = std::process::Command::new("kill").args([format!("-{name}"), id]).status();
        assert!(status.is_ok_and(|it| it.success()), "SIG{name} could not be sent");
    }

    /// Waits for the process's watcher to end with it.
    pub async fn gather(&mut self) {
        if let Some(watch) = self.watch.take() {
            watch.await.expect("the watcher of the process to end well");
        }
    }

    pub fn stderr(&self) -> String {
        self.stderr.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn id(&self) -> Option<u32> {
        self.id
    }
}

fn spawn(folder: &Path, plan: &Plan) -> Child {
    let mut command = Command::new(&plan.program);
    command.args(&plan.arguments).current_dir(folder).kill_on_drop(true);
    // Nothing of whoever runs the tests may reach the bot.
    command.env_clear().envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
    command.envs(plan.environment.iter().map(|(name, value)| (name, value)));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().unwrap_or_else(|error| panic!("{} does not start: {error}", plan.program))
}

async fn watch(
    core: Arc<Core>,
    mut child: Child,
    reading: Option<JoinHandle<()>>,
    stderr: Arc<Mutex<String>>,
    dropped: oneshot::Receiver<()>,
) {
    let status = tokio::select! {
        status = child.wait() => status,
        _ = dropped => return,
    };
    if let Some(reading) = reading {
        // It ends when the pipe does.
        let _ = reading.await;
    }
    let stderr = stderr.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let code = status.ok().and_then(|it| it.code());
    core.change(|state| state.exit = Some(Exit::Exited { code, stderr }));
}

/// Collects standard error; a line with ERROR is a fault.
async fn read(pipe: ChildStderr, core: Arc<Core>, stderr: Arc<Mutex<String>>) {
    let mut lines = BufReader::new(pipe).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        if line.contains("ERROR") || line.contains("panicked at") {
            core.change(|state| state.fault(format!("ERROR in the log: {line}")));
        }
        stderr.lock().unwrap_or_else(PoisonError::into_inner).push_str(&format!("{line}\n"));
        // Somebody may be waiting for this line.
        core.change(|_| ());
    }
}
