//! Finding many sequences of words in a message at once.
//!
//! Sequences are packed side by side into machine words ("lanes"), one bit for each element. A step over one word of
//! the message is a shift and a mask for each lane, whatever the sequences are: the time depends on the length of the
//! message and on the number of lanes, never on what is written.

mod automaton;
mod bytes;
mod gate;
mod keys;

pub use automaton::{Automaton, Builder, Hit};
pub use gate::{Gate, GateBuilder};
