//! Lumbar: a Discord bot for the moment a back locks up.
pub mod domain;
pub mod store;
