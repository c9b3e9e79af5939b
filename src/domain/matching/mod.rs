//! Understanding a message: normalise, find phrases, decide what it is about, explain.
