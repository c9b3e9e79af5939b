//! The tests of the whole bot.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "clippy.toml allows it in test functions, not in their helpers"
)]

mod answer_picture;
mod breathing_media;
mod conversations;
mod fake_discord;
mod many_reminders;
mod matching;
mod matching_data;
mod matching_plain;
mod matching_properties;
mod matching_server;
mod memory_folder;
mod program;
mod random;
mod simulation;
mod store_around;
mod store_contract;
mod store_model;
mod store_sqlite;
mod terminal;
mod terminal_moderators;
mod terminal_reminders;
mod the_fake_itself;
mod tidy;
