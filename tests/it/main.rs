//! The tests of the whole bot.

mod fake_discord;
mod the_fake_itself;
