//! Sees to it that Discord has the commands as they are now.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serenity::model::id::ApplicationId;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::registration;
use super::requests::{RequestError, Requests};
use crate::bot::Bot;
use crate::bot::reminders::Clock;

/// The pauses between tries after a failure double from the first to the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(10 * 60);

/// Registers commands.
pub struct Registrar {
    bot: Arc<Bot>,
    requests: Arc<Requests>,
    clock: Arc<dyn Clock>,
    /// Known from the first READY on.
    application: OnceLock<ApplicationId>,
    registered: AtomicBool,
    /// Rings when registering at a READY failed.
    failed: Notify,
}

impl std::fmt::Debug for Registrar {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Registrar").field("registered", &self.registered).finish_non_exhaustive()
    }
}

impl Registrar {
    /// One that has yet to register anything.
    pub fn new(bot: Arc<Bot>, requests: Arc<Requests>, clock: Arc<dyn Clock>) -> Self {
        let (application, registered, failed) = (OnceLock::new(), AtomicBool::new(false), Notify::new());
        Self { bot, requests, clock, application, registered, failed }
    }

    /// Registers the commands at the first READY, and at a later one if that failed and was not mended since.
    pub async fn connected(&self, application: ApplicationId) {
        let _known_already = self.application.set(application);
        if !self.registered.load(Ordering::Relaxed) && !self.register(application).await {
            self.failed.notify_one();
        }
    }

    /// Registers the commands again whenever their words may have changed, and for as long as that fails, until `stop`.
    pub async fn follow(&self, stop: &CancellationToken) {
        let mut pause = None;
        loop {
            let is_retry = tokio::select! {
                () = stop.cancelled() => return,
                () = self.bot.library_was_replaced() => false,
                () = self.failed.notified(), if pause.is_none() => {
                    pause = Some(FIRST_PAUSE);
                    continue;
                }
                () = self.clock.passes(pause.unwrap_or_default()), if pause.is_some() => true,
            };
            let Some(application) = self.application.get() else { continue };
            // A later READY may have succeeded meanwhile.
            let is_done = is_retry && self.registered.load(Ordering::Relaxed);
            pause = if is_done || self.register(*application).await { None } else { Some(after(pause)) };
        }
    }

    /// Registers the commands; tells whether that is settled: Discord has them now, or refused them, as it would again until
    /// their words change.
    async fn register(&self, application: ApplicationId) -> bool {
        let outcome = registration::register(&self.requests, application, &self.bot.library()).await;
        self.registered.store(outcome.is_ok(), Ordering::Relaxed);
        match outcome {
            Ok(changed) => tracing::info!(changed, "commands registered"),
            Err(error @ RequestError::Refused { .. }) => {
                tracing::error!(%error, "the commands were refused; correct their words (_commands.toml)");
            }
            Err(error) => {
                tracing::error!(%error, "the commands could not be registered; it is tried again");
                return false;
            }
        }
        true
    }
}

/// The pause after a failure that came after this one.
fn after(pause: Option<Duration>) -> Duration {
    pause.map_or(FIRST_PAUSE, |pause| (pause * 2).min(LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_double_up_to_ten_minutes() {
        let pauses = std::iter::successors(Some(after(None)), |pause| Some(after(Some(*pause))));
        let seconds: Vec<u64> = pauses.take(9).map(|pause| pause.as_secs()).collect();
        assert_eq!(seconds, [5, 10, 20, 40, 80, 160, 320, 600, 600]);
    }
}
