//! A bot as a future, on a runtime and a thread of its own: dropping the runtime kills it with everything that it has
//! spawned, as SIGKILL would, and its log and its panics still reach the test.

use std::fmt;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::super::FakeDiscord;
use super::super::logs::Listener;
use super::super::state::Core;
use super::{BotAddress, Exit};

type Outcome = Result<(), String>;
type Factory = dyn Fn(BotAddress) -> Pin<Box<dyn Future<Output = Outcome>>> + Send + Sync;

/// A running future, and how to make it once more.
pub struct Task {
    core: Arc<Core>,
    factory: Arc<Factory>,
    address: BotAddress,
    listener: Listener,
    killed: CancellationToken,
}

impl fmt::Debug for Task {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Task").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Task {
    pub fn start<R, F, E>(discord: &FakeDiscord, data_folder: &Path, run: R) -> Self
    where
        R: Fn(BotAddress) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), E>> + 'static,
        E: fmt::Display,
    {
        let address = BotAddress {
            api_url: discord.api_url(),
            token: discord.token(),
            data_folder: data_folder.to_owned(),
            stop: CancellationToken::new(),
        };
        let factory: Arc<Factory> = Arc::new(move |address| {
            let bot = run(address);
            Box::pin(async move { bot.await.map_err(|error| error.to_string()) })
        });
        let (core, listener) = (Arc::clone(discord.core()), discord.log_listener());
        let mut task = Self { core, factory, address, listener, killed: CancellationToken::new() };
        task.start_again();
        task
    }

    pub fn stop(&self) {
        self.address.stop.cancel();
    }

    pub fn kill(&self) {
        self.killed.cancel();
    }

    pub fn start_again(&mut self) {
        self.address.stop = CancellationToken::new();
        self.killed = CancellationToken::new();
        let (core, factory, address) = (Arc::clone(&self.core), Arc::clone(&self.factory), self.address.clone());
        let (listener, killed) = (self.listener.clone(), self.killed.clone());
        std::thread::spawn(move || {
            let _listening = listener.attach();
            let exit = std::panic::catch_unwind(AssertUnwindSafe(|| live(&*factory, address, &killed)));
            let exit = exit.unwrap_or_else(|_| Exit::Panicked("see above".to_owned()));
            core.change(|state| state.exit = Some(exit));
        });
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The bot's whole life. When this returns its runtime is gone, and every task and connection in it.
fn live(factory: &Factory, address: BotAddress, killed: &CancellationToken) -> Exit {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let outcome = runtime.block_on(async {
        tokio::select! {
            outcome = factory(address) => outcome,
            () = killed.cancelled() => Err("killed".to_owned()),
        }
    });
    // A bot that blocks a thread for good must not hold the test.
    runtime.shutdown_background();
    Exit::Returned(outcome)
}
