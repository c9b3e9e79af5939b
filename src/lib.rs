//! Lumbar: a Discord bot for the moment a back locks up.
pub mod bot;
pub mod config;
pub mod discord;
pub mod domain;
pub mod operations;
pub mod program;
pub mod responses;
pub mod store;
pub mod terminal;
