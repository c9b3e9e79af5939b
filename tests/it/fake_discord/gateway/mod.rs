//! Discord's gateway: sessions that outlive their connections, and what each of them may hear.

pub mod connection;
pub mod control;
mod events;
mod handshake;
mod hearing;

use std::time::{Duration, Instant};

use axum::extract::ws::Utf8Bytes;
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};

use super::world::Id;
pub use control::GatewayControl;
pub use events::Event;

/// All sessions, and what the bot did to them.
#[derive(Debug)]
pub struct Gateway {
    pub sessions: Vec<Session>,
    /// Every IDENTIFY that arrived, accepted or not.
    pub identifies: Vec<Identify>,
    /// How often a session was resumed.
    pub resumed: usize,
    /// Every close frame that came from the bot.
    pub closed_by_bot: Vec<ClosedByBot>,
    /// The sequence number that came with the newest heartbeat: the last event that the bot has received.
    pub beat_at: Option<u64>,
    /// Presence updates from the bot.
    pub presences: Vec<Value>,
    pub recommended_shards: u64,
    pub heartbeat_interval: Duration,
    pub acknowledges_heartbeats: bool,
}

impl Default for Gateway {
    fn default() -> Self {
        Self {
            sessions: Vec::new(),
            identifies: Vec::new(),
            resumed: 0,
            closed_by_bot: Vec::new(),
            beat_at: None,
            presences: Vec::new(),
            recommended_shards: 1,
            heartbeat_interval: Duration::from_millis(41_250),
            acknowledges_heartbeats: true,
        }
    }
}

impl Gateway {
    /// How many sessions have a connection now.
    pub fn connected(&self) -> usize {
        self.sessions.iter().filter(|it| it.is_connected()).count()
    }
}

/// What the bot said of itself.
#[derive(Clone, Debug)]
pub struct Identify {
    pub intents: u64,
    /// This shard, and how many there are.
    pub shard: (u64, u64),
    pub raw: Value,
}

/// The bot closed its connection.
#[derive(Clone, Copy, Debug)]
pub struct ClosedByBot {
    /// `None`: a close frame without a code.
    pub code: Option<u16>,
    pub at: Instant,
}

/// What a session started with and got since.
#[derive(Debug)]
pub struct Session {
    pub id: String,
    pub shard: (u64, u64),
    pub intents: u64,
    pub sequence: u64,
    /// Everything sent, by sequence number, for a replay.
    history: Vec<(u64, Utf8Bytes)>,
    outgoing: Option<mpsc::UnboundedSender<Outgoing>>,
    resumable: bool,
}

/// What goes to a connection.
#[derive(Debug)]
pub enum Outgoing {
    Frame(Utf8Bytes),
    /// Many frames at once, and a word when they are written.
    Flood(Vec<Utf8Bytes>, oneshot::Sender<()>),
    /// A close frame with this code.
    Close(u16),
    /// The end, without a close frame.
    Break,
}

impl Session {
    /// Is there a connection?
    pub fn is_connected(&self) -> bool {
        self.outgoing.as_ref().is_some_and(|it| !it.is_closed())
    }

    /// Sends an event, or keeps it for when the bot comes back.
    pub fn send(&mut self, name: &str, data: &Value) {
        self.sequence += 1;
        let frame = Utf8Bytes::from(dispatch_frame(self.sequence, name, &data.to_string()));
        self.history.push((self.sequence, frame.clone()));
        self.push(Outgoing::Frame(frame));
    }

    /// Sends something that is not an event; lost without a connection.
    pub fn send_control(&self, operation: u8, data: &Value) {
        self.push(Outgoing::Frame(Utf8Bytes::from(json!({ "op": operation, "d": data }).to_string())));
    }

    fn push(&self, outgoing: Outgoing) {
        if let Some(connection) = &self.outgoing {
            // A connection that just ended takes nothing; the history has it.
            let _ = connection.send(outgoing);
        }
    }

    /// Does what happens in this guild, or in direct messages, come to this shard?
    fn covers(&self, guild: Option<Id>) -> bool {
        let (shard, count) = self.shard;
        guild.map_or(0, |guild| (guild >> 22) % count) == shard
    }
}

/// An event as it goes over the wire, around data that is JSON already.
pub fn dispatch_frame(sequence: u64, name: &str, data: &str) -> String {
    format!(r#"{{"op":0,"s":{sequence},"t":"{name}","d":{data}}}"#)
}
