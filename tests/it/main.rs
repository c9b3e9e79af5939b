//! The tests of the whole bot.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "clippy.toml allows it in test functions, not in their helpers"
)]

mod matching;
mod matching_data;
mod matching_properties;
