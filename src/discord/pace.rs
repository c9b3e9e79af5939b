//! Reminders go out at the pace that is left: ten thousand of them must not keep a reply waiting.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Room for one request. A bot may send 50 a second (API reference, "Global Rate Limit"); this is 45 of them, since
/// what is on its way does not arrive as evenly as it was sent.
const ROOM: Duration = Duration::from_micros(22_222);

/// The requests of the last moments, as the time until which they fill what the bot may send.
#[derive(Debug, Default)]
pub(super) struct Pace(Mutex<Option<Instant>>);

impl Pace {
    /// Takes the room of a request that does not wait: those that do wait a little longer for it.
    pub(super) fn take(&self) {
        let _at_once = self.next();
    }

    /// Takes the room of a request, and waits until it is there. Whoever asked first is first.
    pub(super) async fn wait(&self) {
        let turn = self.next();
        tokio::time::sleep_until(turn).await;
    }

    fn next(&self) -> Instant {
        let now = Instant::now();
        let mut full_until = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = full_until.map_or(now, |until| until.max(now));
        *full_until = Some(turn + ROOM);
        turn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_first_does_not_wait_and_fifty_take_more_than_a_second() {
        let (pace, start) = (Pace::default(), Instant::now());
        pace.wait().await;
        assert_eq!(start.elapsed(), Duration::ZERO);
        for _ in 0..50 {
            pace.wait().await;
        }
        assert!(start.elapsed() > Duration::from_secs(1), "{:?}", start.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn who_does_not_wait_is_made_room_for() {
        let (pace, start) = (Pace::default(), Instant::now());
        for _ in 0..45 {
            pace.take();
        }
        assert_eq!(start.elapsed(), Duration::ZERO);
        pace.wait().await;
        assert!(start.elapsed() > Duration::from_millis(990), "{:?}", start.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn after_a_pause_nobody_waits() {
        let pace = Pace::default();
        pace.take();
        tokio::time::advance(Duration::from_secs(1)).await;
        let start = Instant::now();
        pace.wait().await;
        assert_eq!(start.elapsed(), Duration::ZERO);
    }
}
