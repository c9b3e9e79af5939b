//! The bot's clock shows the time of the fake Discord's world, so that an hour passes without waiting.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use lumbar::bot::reminders::Clock;
use lumbar::domain::Timestamp;

use crate::fake_discord::FakeDiscord;
use crate::fake_discord::state::Core;

/// The world's clock, in the bot's hands: `discord.passes(..)` moves it.
pub struct WorldClock(Arc<Core>);

impl WorldClock {
    /// The clock of this world.
    pub fn of(discord: &FakeDiscord) -> Arc<dyn Clock> {
        Arc::new(Self(Arc::clone(discord.core())))
    }
}

#[async_trait]
impl Clock for WorldClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.look(|state| state.world.clock.now()))
    }

    async fn passes(&self, span: Duration) {
        let end = self.now().after(span);
        let mut changes = self.0.changes();
        loop {
            let left = end.since(self.now());
            if left.is_zero() {
                return;
            }
            tokio::select! {
                () = tokio::time::sleep(left) => {}
                _ = changes.changed() => {}
            }
        }
    }
}
