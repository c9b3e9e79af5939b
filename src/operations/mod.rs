//! What whoever hosts the bot needs: the clock, the log, texts that follow their files, a clean stop.

mod clock;
pub mod log;
pub mod reload;
pub mod shutdown;

pub use clock::SystemClock;
