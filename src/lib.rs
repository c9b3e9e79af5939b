//! Lumbar: a Discord bot for the moment a back locks up.
//!
//! Read in this order:
//!
//! 1. [`domain`]: what the bot knows and decides. Plain functions over plain data; no clock, no waiting, no Discord, no
//!    database. `topics` is what it can say, `guild` what a server makes of it, `matching` how it understands, `hearing`
//!    when it speaks, `answers` how texts become a reply, `reminders` and `breathing` what their names say.
//! 2. [`bot`]: the use cases. A message is heard, a command run, a button pressed, a reminder delivered, somebody led
//!    through a breathing session: domain and store in, a reply out.
//! 3. [`store`]: what has to outlive a restart, behind two traits: people and reminders, and servers.
//! 4. [`discord`] and [`terminal`]: the two edges. They translate and carry; what works in one works in the other.
//! 5. [`config`], [`responses`], [`operations`] and [`program`]: files in, a clock, a log, a stop, and the commands of the
//!    program that put the parts together.
//!
//! Imports go one way: program → edges → bot → store → domain. `tests/it/tidy.rs` holds everybody to it.

pub mod bot;
pub mod config;
pub mod discord;
pub mod domain;
pub mod operations;
pub mod program;
pub mod responses;
pub mod store;
pub mod terminal;
