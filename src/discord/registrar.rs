//! Sees to it that Discord has the commands as they are now.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use serenity::model::id::ApplicationId;
use tokio_util::sync::CancellationToken;

use super::registration;
use super::requests::Requests;
use crate::bot::Bot;

/// Registers commands.
#[derive(Debug)]
pub struct Registrar {
    bot: Arc<Bot>,
    requests: Arc<Requests>,
    /// Known from the first READY on.
    application: OnceLock<ApplicationId>,
    registered: AtomicBool,
}

impl Registrar {
    /// One that has yet to register anything.
    pub fn new(bot: Arc<Bot>, requests: Arc<Requests>) -> Self {
        Self { bot, requests, application: OnceLock::new(), registered: AtomicBool::new(false) }
    }

    /// Registers the commands at the first READY, and at a later one if that failed.
    pub async fn connected(&self, application: ApplicationId) {
        let _known_already = self.application.set(application);
        if !self.registered.load(Ordering::Relaxed) {
            self.register(application).await;
        }
    }

    /// Registers the commands again whenever their words may have changed, until `stop`.
    pub async fn follow(&self, stop: &CancellationToken) {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.bot.library_was_replaced() => {}
            }
            if let Some(application) = self.application.get() {
                self.register(*application).await;
            }
        }
    }

    async fn register(&self, application: ApplicationId) {
        let outcome = registration::register(&self.requests, application, &self.bot.library()).await;
        self.registered.store(outcome.is_ok(), Ordering::Relaxed);
        match outcome {
            Ok(changed) => tracing::info!(changed, "commands registered"),
            Err(error) => tracing::error!(%error, "the commands could not be registered; the next session tries again"),
        }
    }
}
