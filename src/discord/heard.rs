//! Discord's messages as the domain knows them.

use std::num::NonZeroU32;

use serenity::model::channel::{Message, MessageType};
use serenity::model::event::MessageUpdateEvent;
use serenity::model::gateway::Ready;
use serenity::model::guild::PartialMember;
use serenity::model::id::RoleId;
use serenity::model::user::User;

use crate::domain::guild::removal::RollCall;
use crate::domain::hearing::{Attention, Author, Heard};
use crate::domain::{ChannelId, GuildId, MessageId, Timestamp, UserId};

/// The servers that Discord named when the bot logged in.
pub fn roll_call(ready: &Ready) -> RollCall {
    let shard = ready.shard.as_ref();
    RollCall {
        present: ready.guilds.iter().map(|guild| GuildId::new(guild.id.get())).collect(),
        shard: shard.map_or(0, |shard| shard.id.0),
        shards: shard.and_then(|shard| NonZeroU32::new(shard.total)).unwrap_or(NonZeroU32::MIN),
    }
}

/// A new message.
pub fn new_message(message: &Message, me: UserId) -> Heard<'_> {
    let ordinary = is_ordinary(message.kind) && message.webhook_id.is_none() && !message.author.bot;
    Heard {
        message: MessageId::new(message.id.get()),
        channel: ChannelId::new(message.channel_id.get()),
        guild: message.guild_id.map(|guild| GuildId::new(guild.get())),
        person: UserId::new(message.author.id.get()),
        author: author(ordinary),
        attention: attention(message, me),
        edited: None,
        text: &message.content,
    }
}

/// An edited message. Discord sends the event also when only a link's preview was added: then nothing was edited.
pub fn edited_message(event: &MessageUpdateEvent, me: UserId) -> Option<Heard<'_>> {
    let person = event.author.as_ref()?;
    let edited = event.edited_timestamp.as_ref()?;
    let by_webhook = event.webhook_id.flatten().is_some();
    let ordinary = event.kind.is_none_or(is_ordinary) && !by_webhook && !person.bot;
    let text = event.content.as_deref()?;
    let replied_to = event.referenced_message.as_ref().and_then(|message| message.as_deref());
    let addressed = Addressed {
        direct: event.guild_id.is_none(),
        text,
        mentions: event.mentions.as_deref().unwrap_or_default(),
        reply_to_me: replied_to.is_some_and(|message| is(&message.author, me)),
    };
    Some(Heard {
        message: MessageId::new(event.id.get()),
        channel: ChannelId::new(event.channel_id.get()),
        guild: event.guild_id.map(|guild| GuildId::new(guild.get())),
        person: UserId::new(person.id.get()),
        author: author(ordinary),
        attention: addressed.attention(me),
        edited: Some(Timestamp::from_millis(edited.unix_timestamp().saturating_mul(1000))),
        text,
    })
}

/// The roles of a message's author.
pub fn roles(member: Option<&PartialMember>) -> &[RoleId] {
    member.map_or(&[], |member| &member.roles)
}

/// The roles of an edited message's author.
pub fn roles_of_edited(event: &MessageUpdateEvent) -> &[RoleId] {
    roles(event.member.as_ref().and_then(|member| member.as_deref()))
}

fn is_ordinary(kind: MessageType) -> bool {
    matches!(kind, MessageType::Regular | MessageType::InlineReply)
}

fn author(ordinary: bool) -> Author {
    if ordinary { Author::Person } else { Author::Machine }
}

fn is(user: &User, me: UserId) -> bool {
    user.id.get() == me.get()
}

fn attention(message: &Message, me: UserId) -> Attention {
    let reply_to_me = message.referenced_message.as_deref().is_some_and(|message| is(&message.author, me));
    let (text, mentions) = (message.content.as_str(), message.mentions.as_slice());
    Addressed { direct: message.guild_id.is_none(), text, mentions, reply_to_me }.attention(me)
}

/// What tells to whom a message is written.
struct Addressed<'a> {
    direct: bool,
    text: &'a str,
    mentions: &'a [User],
    reply_to_me: bool,
}

impl Addressed<'_> {
    fn attention(&self, me: UserId) -> Attention {
        let named = |user: &User| {
            let id = user.id.get();
            self.text.contains(&format!("<@{id}>")) || self.text.contains(&format!("<@!{id}>"))
        };
        let opens_with_bot = self.text.trim_start().starts_with("<@")
            && self.mentions.iter().any(|user| user.bot && !is(user, me) && opens_with(self.text, user));
        if opens_with_bot {
            Attention::OtherBot
        } else if self.direct || self.mentions.iter().any(|user| is(user, me) && named(user)) {
            Attention::Addressed
        } else if self.reply_to_me {
            Attention::Reply
        } else {
            Attention::Overheard
        }
    }
}

fn opens_with(text: &str, user: &User) -> bool {
    let id = user.id.get().to_string();
    let inside = text.trim_start().trim_start_matches("<@").trim_start_matches('!');
    inside.strip_prefix(&id).is_some_and(|rest| rest.starts_with('>'))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const ME: UserId = UserId::new(1);

    fn user(id: u64, bot: bool) -> Value {
        json!({"id": id.to_string(), "username": "u", "discriminator": "0", "avatar": null, "bot": bot})
    }

    fn message(changes: &Value) -> Message {
        let mut message = json!({
            "id": "10", "channel_id": "20", "guild_id": "30", "author": user(5, false), "content": "my back went out",
            "timestamp": "2026-01-01T00:00:00Z", "edited_timestamp": null, "tts": false, "mention_everyone": false,
            "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "pinned": false, "type": 0
        });
        for (key, value) in changes.as_object().expect("an object") {
            message[key] = value.clone();
        }
        serde_json::from_value(message).expect("a message")
    }

    fn attention_of(changes: &Value) -> Attention {
        new_message(&message(changes), ME).attention
    }

    #[test]
    fn bots_webhooks_and_the_system_are_machines() {
        assert_eq!(new_message(&message(&json!({})), ME).author, Author::Person);
        assert_eq!(new_message(&message(&json!({"type": 19})), ME).author, Author::Person);
        for machine in
            [json!({"author": user(6, true)}), json!({"webhook_id": "7"}), json!({"type": 7}), json!({"type": 21})]
        {
            assert_eq!(new_message(&message(&machine), ME).author, Author::Machine, "{machine}");
        }
    }

    #[test]
    fn a_message_tells_to_whom_it_is_written() {
        let mention_me = json!({"content": "<@1> my back went out", "mentions": [user(1, true)]});
        let other_bot = json!({"content": "<@9> play back", "mentions": [user(9, true)]});
        let friend = json!({"content": "<@8> my back went out", "mentions": [user(8, false)]});
        let reply = json!({"type": 19, "mentions": [user(1, true)], "referenced_message": message(&json!({"author": user(1, true)}))});
        assert_eq!(attention_of(&json!({})), Attention::Overheard);
        assert_eq!(attention_of(&mention_me), Attention::Addressed);
        assert_eq!(attention_of(&other_bot), Attention::OtherBot);
        assert_eq!(attention_of(&friend), Attention::Overheard);
        assert_eq!(attention_of(&reply), Attention::Reply);
        let mut direct = message(&json!({}));
        direct.guild_id = None;
        assert_eq!(new_message(&direct, ME).attention, Attention::Addressed);
    }

    #[test]
    fn a_preview_added_to_a_message_is_no_edit() {
        let event =
            json!({"id": "10", "channel_id": "20", "author": user(5, false), "content": "x", "edited_timestamp": null});
        let event: MessageUpdateEvent = serde_json::from_value(event).expect("an event");
        assert!(edited_message(&event, ME).is_none());
    }
}
