//! The tests of the whole bot.
