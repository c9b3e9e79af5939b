//! Finding many sequences of words in a message at once.
//!
//! Sequences are packed side by side into machine words ("lanes"), one bit for each element. A step over one word of
//! the message is a shift and a mask for each lane that is under way already, or in which the word begins a sequence that
//! the next word may go on with; of a long message only the sequences begin whose words are all in it. The time is bounded
//! by the length of the message and the number of lanes, whatever is written.

mod automaton;
mod beginnings;
mod bytes;
mod gate;
mod keys;
mod packer;
mod rows;
mod sets;

pub use automaton::{Automaton, Builder, Hit};
pub use gate::{Gate, GateBuilder};
