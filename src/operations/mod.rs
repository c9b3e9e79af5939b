//! What whoever hosts the bot needs: the clock, the log, a clean stop.

mod clock;
pub mod log;
pub mod shutdown;

pub use clock::SystemClock;
