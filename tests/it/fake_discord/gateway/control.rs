//! The test's hand on the gateway: look at sessions, break them, flood them.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};

use super::super::state::{Core, State};
use super::{ClosedByBot, Event, Identify, Outgoing};

/// How many frames a flood hands over at a time.
const BATCH: usize = 512;

/// `discord.gateway()`.
#[derive(Clone, Debug)]
pub struct GatewayControl {
    core: Arc<Core>,
}

impl GatewayControl {
    pub fn new(core: Arc<Core>) -> Self {
        Self { core }
    }

    /// Every IDENTIFY so far.
    pub fn identifies(&self) -> Vec<Identify> {
        self.core.look(|state| state.gateway.identifies.clone())
    }

    /// How often a session was resumed so far.
    pub fn resumed(&self) -> usize {
        self.core.look(|state| state.gateway.resumed)
    }

    /// Waits until a session was resumed for the `count`th time.
    pub async fn wait_for_resume(&self, count: usize) {
        let resumed = |resumed: usize| (resumed >= count).then_some(());
        self.core.wait_for("a resumed session", |state| resumed(state.gateway.resumed)).await;
    }

    /// Waits until the bot has identified `count` times in all.
    pub async fn wait_for_identify(&self, count: usize) -> Identify {
        let find = |list: &[Identify]| list.get(count - 1).cloned();
        self.core.wait_for("the bot to identify", |state| find(&state.gateway.identifies)).await
    }

    /// Close frames that the bot sent so far.
    pub fn closed_by_bot(&self) -> Vec<ClosedByBot> {
        self.core.look(|state| state.gateway.closed_by_bot.clone())
    }

    /// Says at every HELLO from now on how often to beat.
    pub fn heartbeats_every(&self, interval: Duration) {
        self.core.change(|state| state.gateway.heartbeat_interval = interval);
    }

    /// Leaves heartbeats unanswered: the connection looks alive and is not.
    pub fn stops_acknowledging_heartbeats(&self, stops: bool) {
        self.core.change(|state| state.gateway.acknowledges_heartbeats = !stops);
    }

    /// Recommends this many shards at `/gateway/bot`.
    pub fn recommends_shards(&self, count: u64) {
        self.core.change(|state| state.gateway.recommended_shards = count);
    }

    /// Closes every connection with this code.
    pub fn closes_with(&self, code: u16) {
        self.to_all(|| Outgoing::Close(code));
    }

    /// Breaks every connection without a word.
    pub fn breaks_off(&self) {
        self.to_all(|| Outgoing::Break);
    }

    /// Asks the bot to reconnect and resume.
    pub fn asks_to_reconnect(&self) {
        self.core.change(|state| state.gateway.sessions.iter().for_each(|it| it.send_control(7, &Value::Null)));
    }

    /// Declares every session invalid; the bot may resume it, or must identify anew.
    pub fn invalidates_sessions(&self, may_resume: bool) {
        self.core.change(|state| {
            for session in &mut state.gateway.sessions {
                session.send_control(9, &json!(may_resume));
                session.resumable = may_resume;
            }
        });
    }

    /// Sends any event at all.
    pub fn dispatches(&self, event: &Event) {
        self.core.change(|state| state.dispatch(event));
    }

    /// Sets aside `count` sequence numbers of the first session for frames that the caller makes; gives the first.
    pub fn reserve_sequence_numbers(&self, count: u64) -> u64 {
        self.core.change(|state| {
            let session = state.gateway.sessions.first_mut().expect("a session to reserve numbers in");
            session.sequence += count;
            session.sequence - count + 1
        })
    }

    /// Pours ready-made frames (see [`super::dispatch_frame`]) into the newest session, past the world and past the
    /// replay history. Returns when the last one is written to the socket.
    pub async fn flood(&self, frames: impl Iterator<Item = String>) {
        let connection = self.newest_connection();
        let mut frames = frames.map(Utf8Bytes::from).peekable();
        let mut before: Option<oneshot::Receiver<()>> = None;
        while frames.peek().is_some() {
            let batch = frames.by_ref().take(BATCH).collect();
            let (written, on_the_way) = oneshot::channel();
            connection.send(Outgoing::Flood(batch, written)).expect("a connection to flood");
            // One batch is prepared while the one before is written, and no more, whatever the bot's pace.
            if let Some(before) = before.replace(on_the_way) {
                before.await.expect("the connection to last for the whole flood");
            }
        }
        if let Some(last) = before {
            last.await.expect("the connection to last for the whole flood");
        }
    }

    /// Asks for a heartbeat, as Discord may at any time, and waits until one tells that the bot has received every event
    /// up to this sequence number. A client library answers by itself: this works on a bot that does nothing.
    pub async fn wait_for_heartbeat_at(&self, sequence: u64) {
        self.core.change(|state| state.gateway.sessions.iter().for_each(|it| it.send_control(1, &Value::Null)));
        let beat = |state: &mut State| state.gateway.beat_at.filter(|it| *it >= sequence).map(drop);
        self.core.wait_for("a heartbeat after the last event", beat).await;
    }

    fn newest_connection(&self) -> mpsc::UnboundedSender<Outgoing> {
        let newest = self.core.look(|state| state.gateway.sessions.iter().rev().find_map(|it| it.outgoing.clone()));
        newest.expect("a connected session")
    }

    fn to_all(&self, message: impl Fn() -> Outgoing) {
        self.core.change(|state| state.gateway.sessions.iter().for_each(|it| it.push(message())));
    }
}
