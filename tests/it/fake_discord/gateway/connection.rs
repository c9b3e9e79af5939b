//! One WebSocket, from HELLO to its end.

use std::sync::Arc;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures_util::SinkExt;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::super::state::Core;
use super::{ClosedByBot, Outgoing};

/// The largest payload that a bot may send.
const LARGEST_PAYLOAD: usize = 4096;

/// Close codes.
mod close {
    pub const UNKNOWN_OPERATION: u16 = 4001;
    pub const UNDECODABLE: u16 = 4002;
    pub const NOT_IDENTIFIED: u16 = 4003;
    pub const ALREADY_IDENTIFIED: u16 = 4005;
    pub const UNKNOWN_VERSION: u16 = 4012;
}

/// Should the connection go on?
enum Next {
    Listen,
    Close(u16),
    Break,
}

/// One connection and, once it identified or resumed, its session.
struct Connection {
    core: Arc<Core>,
    socket: WebSocket,
    outgoing: mpsc::UnboundedSender<Outgoing>,
    session: Option<String>,
}

/// Talks to the bot until one of the two has enough.
pub async fn converse(core: Arc<Core>, socket: WebSocket, query: &str) {
    let (outgoing, mut queue) = mpsc::unbounded_channel();
    let mut connection = Connection { core, socket, outgoing, session: None };
    connection.run(query, &mut queue).await;
    // Senders must find the queue closed before anybody is told that the connection is gone.
    drop(queue);
    connection.core.change(|state| state.gateway.disconnected(connection.session.as_deref()));
}

impl Connection {
    async fn run(&mut self, query: &str, queue: &mut mpsc::UnboundedReceiver<Outgoing>) {
        if !query.split('&').any(|it| it == "v=10") {
            return self.close(close::UNKNOWN_VERSION).await;
        }
        let interval = self.core.look(|state| state.gateway.heartbeat_interval.as_millis());
        self.send(&json!({ "op": 10, "d": { "heartbeat_interval": interval as u64 } })).await;
        loop {
            let next = tokio::select! {
                incoming = self.socket.recv() => self.hear(incoming).await,
                Some(outgoing) = queue.recv() => self.say(outgoing, queue).await,
            };
            match next {
                Next::Listen => {}
                Next::Close(code) => return self.close(code).await,
                Next::Break => return,
            }
        }
    }

    async fn hear(&mut self, incoming: Option<Result<Message, axum::Error>>) -> Next {
        match incoming {
            Some(Ok(Message::Text(text))) => self.obey(&text).await,
            Some(Ok(Message::Close(frame))) => {
                let closed = ClosedByBot { code: frame.map(|it| it.code), at: std::time::Instant::now() };
                self.core.change(|state| state.gateway.closed_by_bot(self.session.as_deref(), closed));
                // The next read sends our half of the closing handshake and then finds the end.
                Next::Listen
            }
            Some(Ok(_)) => Next::Listen,
            Some(Err(_)) | None => Next::Break,
        }
    }

    async fn obey(&mut self, text: &str) -> Next {
        let payload: Value = match serde_json::from_str(text) {
            Ok(payload) if text.len() <= LARGEST_PAYLOAD => payload,
            _ => return Next::Close(close::UNDECODABLE),
        };
        let data = &payload["d"];
        match (payload["op"].as_u64(), &self.session) {
            (Some(1), _) => {
                self.core.change(|state| state.gateway.beat_at = data.as_u64());
                self.acknowledge_heartbeat().await;
                Next::Listen
            }
            (Some(2), None) => self.identify(data),
            (Some(6), None) => self.resume(data).await,
            (Some(2 | 6), Some(_)) => Next::Close(close::ALREADY_IDENTIFIED),
            (Some(_), None) => Next::Close(close::NOT_IDENTIFIED),
            (Some(3), Some(_)) => {
                self.core.change(|state| state.gateway.presences.push(data.clone()));
                Next::Listen
            }
            _ => Next::Close(close::UNKNOWN_OPERATION),
        }
    }

    async fn acknowledge_heartbeat(&mut self) {
        if self.core.look(|state| state.gateway.acknowledges_heartbeats) {
            self.send(&json!({ "op": 11 })).await;
        }
    }

    fn identify(&mut self, data: &Value) -> Next {
        match self.core.change(|state| state.identify(data, self.outgoing.clone())) {
            Ok(session) => {
                self.session = Some(session);
                Next::Listen
            }
            Err(code) => Next::Close(code),
        }
    }

    async fn resume(&mut self, data: &Value) -> Next {
        match self.core.change(|state| state.resume(data, self.outgoing.clone())) {
            Ok(session) => self.session = Some(session),
            Err(()) => self.send(&json!({ "op": 9, "d": false })).await,
        }
        Next::Listen
    }

    /// Writes this and whatever else is waiting, and only then flushes: a flood is mostly system calls otherwise.
    async fn say(&mut self, first: Outgoing, queue: &mut mpsc::UnboundedReceiver<Outgoing>) -> Next {
        let mut current = Some(first);
        while let Some(outgoing) = current {
            match outgoing {
                Outgoing::Frame(text) => self.feed(text).await,
                Outgoing::Flood(texts, written) => {
                    for text in texts {
                        self.feed(text).await;
                    }
                    // Nobody may be waiting for it.
                    let _ = written.send(());
                }
                Outgoing::Close(code) => return Next::Close(code),
                Outgoing::Break => return Next::Break,
            }
            current = queue.try_recv().ok();
        }
        match self.socket.flush().await {
            Ok(()) => Next::Listen,
            Err(_) => Next::Break,
        }
    }

    /// Errors show at the flush.
    async fn feed(&mut self, text: Utf8Bytes) {
        let _ = self.socket.feed(Message::Text(text)).await;
    }

    async fn send(&mut self, payload: &Value) {
        // A failed send is noticed at the next read.
        let _ = self.socket.send(Message::Text(payload.to_string().into())).await;
    }

    /// Says goodbye and waits for the bot to do the same.
    async fn close(&mut self, code: u16) {
        let frame = CloseFrame { code, reason: Utf8Bytes::from_static("closed by the fake") };
        if self.socket.send(Message::Close(Some(frame))).await.is_ok() {
            while let Some(Ok(_)) = self.socket.recv().await {}
        }
    }
}
