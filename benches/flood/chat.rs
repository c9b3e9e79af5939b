//! What the flood is made of: messages as Discord sends them, about 1.25 kB each, one in a thousand a trigger.

use std::path::PathBuf;

use serde_json::{Value, json};

/// One message in this many is one that the bot answers.
const TRIGGER_EVERY: usize = 1000;

/// What the triggers say.
const TRIGGER: &str = "so my back went out this morning";

/// How many people and channels the chatter comes from.
const PEOPLE: u64 = 5000;
const CHANNELS: u64 = 200;

/// The first ids of made-up people and channels, far from those that the fake Discord gives.
const FIRST_PERSON: u64 = 200_000_000_000_000_000;
const FIRST_CHANNEL: u64 = 300_000_000_000_000_000;

/// Ordinary lines, for a machine without the shared folder.
const ORDINARY: [&str; 12] = [
    "Did you watch the match last night?",
    "I'll be back in ten minutes, don't start without me",
    "lol",
    "That update broke my whole setup again, had to go back to the old version and reinstall everything from scratch",
    "anyone up for a round?",
    "Right. I always thought they changed the rules halfway through the season, but nobody ever told me why",
    "ok thanks",
    "My sister is learning the guitar and she is already better than me after three weeks of practice",
    "no way, who told you that",
    "The train was late, so I read the whole book. It is about a lighthouse keeper who collects clocks.",
    "can somebody send me the link from yesterday please",
    "Good morning everyone! Coffee first, then the rest of the world",
];

/// Lines of chat.
#[derive(Debug)]
pub struct Chat {
    lines: Vec<String>,
    found: bool,
}

/// Who says something where.
struct Voice {
    message: u64,
    channel: u64,
    person: u64,
}

impl Chat {
    /// The shared folder's chatter, or ordinary lines.
    pub fn find() -> Self {
        let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
        let folder = std::env::var_os("LUMBAR_SHARED").map_or_else(beside, PathBuf::from);
        match std::fs::read_to_string(folder.join("messages/chatter.txt")) {
            Ok(text) => Self { lines: text.lines().map(str::to_owned).collect(), found: true },
            Err(_) => Self { lines: ORDINARY.map(str::to_owned).to_vec(), found: false },
        }
    }

    /// What it is, in words.
    pub fn describe(&self) -> String {
        let source = if self.found { "messages/chatter.txt" } else { "lines of the benchmark's own" };
        let bytes: usize = (0..1000).map(|index| self.message(index, 0, FIRST_CHANNEL).len()).sum();
        format!("{} lines of chat from {source}, {} bytes an event on average", self.lines.len(), bytes / 1000)
    }

    /// The message of this number in a flood that began with message id `first`. `quiet` is where triggers are said.
    pub fn message(&self, index: usize, first: u64, quiet: u64) -> String {
        let (number, turn) = (index as u64, index as u64 + first);
        // A stride through people and channels that visits all of them, in no order.
        let (person, channel) = (FIRST_PERSON + turn * 7919 % PEOPLE, FIRST_CHANNEL + turn * 31 % CHANNELS);
        let voice = match is_trigger(index) {
            true => Voice { message: first + number, channel: quiet, person: FIRST_PERSON + PEOPLE + turn },
            false => Voice { message: first + number, channel, person },
        };
        let text = if is_trigger(index) { TRIGGER } else { &self.lines[index % self.lines.len()] };
        message(&voice, text).to_string()
    }
}

/// Whether the message of this number is a trigger.
pub fn is_trigger(index: usize) -> bool {
    index % TRIGGER_EVERY == TRIGGER_EVERY - 1
}

/// How many triggers are in a flood.
pub fn triggers(events: usize) -> usize {
    events / TRIGGER_EVERY
}

/// MESSAGE_CREATE as a server with roles, badges and avatars gives it.
fn message(voice: &Voice, text: &str) -> Value {
    let Voice { message, channel, person } = voice;
    let hash = format!("{:032x}", u128::from(*person) << 40 | u128::from(*person));
    json!({
        "id": message.to_string(), "channel_id": channel.to_string(), "guild_id": "81384788765712384",
        "channel_type": 0, "type": 0, "content": text, "nonce": message.to_string(), "flags": 0,
        "timestamp": "2026-11-22T10:15:30.123000+00:00", "edited_timestamp": null,
        "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
        "components": [], "pinned": false,
        "author": {
            "id": person.to_string(), "username": format!("somebody_{person}"), "global_name": "Somebody of Us",
            "discriminator": "0", "avatar": hash, "public_flags": 4_194_432, "banner": null, "accent_color": null,
            "collectibles": null, "display_name_styles": null,
            "avatar_decoration_data": { "asset": "a_3e1fc3c7ee2e34e8176f4737427e8f4f", "sku_id": "1144058844004233369" },
            "clan": { "identity_guild_id": "81384788765712384", "identity_enabled": true, "tag": "DAPI", "badge": hash },
            "primary_guild":
                { "identity_guild_id": "81384788765712384", "identity_enabled": true, "tag": "DAPI", "badge": hash },
        },
        "member": {
            "roles": ["110374777914417152", "318902553377538049", "593113723508441098"],
            "joined_at": "2020-04-12T08:01:22.518000+00:00", "premium_since": null, "nick": "some body", "pending": false,
            "mute": false, "deaf": false, "flags": 10, "avatar": null, "banner": null,
            "communication_disabled_until": null,
        },
    })
}
