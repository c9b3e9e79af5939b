//! A message and the bot's reply to it, drawn as Discord shows them. The reply is the JSON that Discord is sent.
//!
//! The same input gives the same bytes: no clock, no chance, no fonts of this machine.

mod canvas;
mod markdown;
mod message;
pub mod scene;
mod wrap;

pub use message::draw;
