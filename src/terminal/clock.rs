//! Time in the terminal: the real one, and `/time` on top of it.

use std::sync::Arc;
use std::time::Duration;

use crate::bot::reminders::Clock;
use crate::domain::Timestamp;

/// A clock that runs like another one, ahead of it by all the time that was let pass.
pub struct VirtualClock {
    real: Arc<dyn Clock>,
    ahead: Duration,
}

impl VirtualClock {
    /// A clock that shows what `real` shows, until time is let pass.
    pub fn new(real: Arc<dyn Clock>) -> Self {
        Self { real, ahead: Duration::ZERO }
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.real.now().after(self.ahead)
    }

    /// Lets the time until `moment` pass at once; nothing if it is past already.
    pub fn skip_to(&mut self, moment: Timestamp) {
        self.ahead = self.ahead.saturating_add(moment.since(self.now()));
    }
}

impl std::fmt::Debug for VirtualClock {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("VirtualClock").field("ahead", &self.ahead).finish_non_exhaustive()
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A clock that stands still: 2026-11-22 14:00:00 UTC.
    pub struct StoppedClock;

    impl Clock for StoppedClock {
        fn now(&self) -> Timestamp {
            Timestamp::from_millis(1_795_356_000_000)
        }
    }

    #[test]
    fn time_passes_forwards_only() {
        let mut clock = VirtualClock::new(Arc::new(StoppedClock));
        let start = clock.now();
        let later = start.after(Duration::from_secs(60));
        clock.skip_to(later);
        assert_eq!(clock.now(), later);
        clock.skip_to(start);
        assert_eq!(clock.now(), later);
    }
}
