//! How sessions begin, come back and end.

use axum::extract::ws::Utf8Bytes;
use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::super::state::State;
use super::super::wire;
use super::super::world::{Id, PRIVILEGED_INTENTS};
use super::{ClosedByBot, Gateway, Identify, Outgoing, Session};

/// Wrong token.
const AUTHENTICATION_FAILED: u16 = 4004;
/// A shard that cannot be.
const INVALID_SHARD: u16 = 4010;
/// Bits that are no intents.
const INVALID_INTENTS: u16 = 4013;
/// Privileged intents that the portal does not grant.
const DISALLOWED_INTENTS: u16 = 4014;
/// All intents there are.
const KNOWN_INTENTS: u64 = 0x1ffff | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25;

impl State {
    /// Starts a session, or says with which code to close.
    pub fn identify(&mut self, data: &Value, outgoing: UnboundedSender<Outgoing>) -> Result<String, u16> {
        let intents = data["intents"].as_u64().unwrap_or(0);
        let shard = (data["shard"][0].as_u64().unwrap_or(0), data["shard"][1].as_u64().unwrap_or(1));
        self.gateway.identifies.push(Identify { intents, shard, raw: data.clone() });
        self.check_token(data)?;
        if shard.0 >= shard.1 {
            return Err(INVALID_SHARD);
        }
        if intents & !KNOWN_INTENTS != 0 {
            return Err(INVALID_INTENTS);
        }
        if intents & PRIVILEGED_INTENTS & !self.world.bot.granted_intents != 0 {
            return Err(DISALLOWED_INTENTS);
        }
        let id = format!("session-{}", self.gateway.sessions.len() + 1);
        let outgoing = Some(outgoing);
        let history = Vec::new();
        let session = Session { id: id.clone(), shard, intents, sequence: 0, history, outgoing, resumable: true };
        self.welcome(session);
        Ok(id)
    }

    fn check_token(&self, data: &Value) -> Result<(), u16> {
        let token = data["token"].as_str().unwrap_or_default();
        match token.trim_start_matches("Bot ") == self.world.bot.token {
            true => Ok(()),
            false => Err(AUTHENTICATION_FAILED),
        }
    }

    fn welcome(&mut self, mut session: Session) {
        let mine = self.world.guilds.values().filter(|it| it.has_the_bot && session.covers(Some(it.id)));
        let guilds: Vec<Id> = mine.map(|it| it.id).collect();
        let unavailable = guilds.iter().map(|id| json!({ "id": id.to_string(), "unavailable": true }));
        let ready = json!({
            "v": 10,
            "user": wire::own_user(&self.world),
            "guilds": unavailable.collect::<Vec<_>>(),
            "session_id": session.id,
            "resume_gateway_url": format!("ws://{}", self.address),
            "shard": [session.shard.0, session.shard.1],
            "application": {
                "id": self.world.bot.application.to_string(), "flags": wire::application_flags(&self.world),
            },
        });
        session.send("READY", &ready);
        self.gateway.sessions.push(session);
        for guild in guilds {
            self.dispatch_guild("GUILD_CREATE", guild);
        }
    }

    /// Gives a session its connection back and replays what it missed.
    pub fn resume(&mut self, data: &Value, outgoing: UnboundedSender<Outgoing>) -> Result<String, ()> {
        self.check_token(data).map_err(|_| ())?;
        let (id, seen) = (data["session_id"].as_str().unwrap_or_default(), data["seq"].as_u64().unwrap_or(0));
        let session = self.gateway.sessions.iter_mut().find(|it| it.id == id && it.resumable).ok_or(())?;
        session.outgoing = Some(outgoing);
        let missed: Vec<Utf8Bytes> =
            session.history.iter().filter(|(sequence, _)| *sequence > seen).map(|(_, frame)| frame.clone()).collect();
        missed.into_iter().for_each(|frame| session.push(Outgoing::Frame(frame)));
        session.send("RESUMED", &json!({}));
        self.gateway.resumed += 1;
        Ok(id.to_owned())
    }
}

impl Gateway {
    /// The bot said goodbye. Codes 1000 and 1001 end the session, any other keeps it for a resume.
    pub fn closed_by_bot(&mut self, session: Option<&str>, closed: ClosedByBot) {
        self.closed_by_bot.push(closed);
        let ends = matches!(closed.code, Some(1000 | 1001));
        for session in self.sessions.iter_mut().filter(|it| ends && Some(it.id.as_str()) == session) {
            session.resumable = false;
        }
    }

    /// A connection is gone. If its session has a newer one, that stays.
    pub fn disconnected(&mut self, session: Option<&str>) {
        for session in self.sessions.iter_mut().filter(|it| Some(it.id.as_str()) == session) {
            session.outgoing = session.outgoing.take().filter(|it| !it.is_closed());
        }
    }
}
