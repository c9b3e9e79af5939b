//! Trying a message: what would happen here, and why.

use crate::bot::hear::manner_for;
use crate::bot::{Bot, BotError, Guild, Visitor};
use crate::domain::answers::responses::{self, Hindrance, Probe};
use crate::domain::guild::speaking::{self, Place, Silence};
use crate::domain::guild::{Manner, Permission};
use crate::domain::hearing::{self, Attention, Author, Heard, Subject};
use crate::domain::matching::Explanation;
use crate::domain::reply::Reply;
use crate::domain::{ChannelId, GuildId, MessageId, Timestamp};
use crate::store::CooldownKey;

impl Bot {
    /// Says what would happen to `text` in the visitor's channel, and why. The text is looked at and forgotten.
    pub(in crate::bot) async fn probe(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        text: &str,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let channel = visitor.channel.unwrap_or(ChannelId::new(0));
        let known = self.guild(guild).await?;
        let heard = Heard {
            message: MessageId::at(now, 0),
            channel,
            guild: Some(guild),
            person: visitor.person,
            author: Author::Person,
            attention: Attention::Overheard,
            edited: None,
            text,
        };
        let subject = hearing::subject(known.find(&self.library(), text), &heard);
        let watched = known.would_find(text).map(|found| (found.phrase, found.topic.to_string()));
        let explanation = self.explained(&known, text).await;
        let (manner, hindrances) = self.hindrances(visitor, &known, &heard, subject.as_ref(), now).await?;
        let probe = Probe { subject, manner, explanation, watched, hindrances };
        Ok(responses::probe(&self.library(), &visitor.locale, &probe))
    }

    /// Why the message is answered or not. That takes long enough to be done beside everything else.
    async fn explained(&self, known: &Guild, text: &str) -> Option<Explanation> {
        let (library, live, text) = (self.library(), known.live_matchers().cloned(), text.to_owned());
        let explained = move || match live {
            Some(matchers) => matchers.explain(&text),
            None => library.matcher().map(|matcher| matcher.explain(&text)),
        };
        tokio::task::spawn_blocking(explained).await.unwrap_or_else(|error| {
            tracing::error!(%error, "a message was not explained");
            None
        })
    }

    async fn hindrances(
        &self,
        visitor: &Visitor,
        known: &Guild,
        heard: &Heard<'_>,
        subject: Option<&Subject>,
        now: Timestamp,
    ) -> Result<(Manner, Vec<Hindrance>), BotError> {
        let place = self.platform().place(heard.channel).await.unwrap_or_else(|_| Place::unknown(heard.channel));
        let mut hindrances = Vec::new();
        if !hearing::may_be_answered(heard, &known.settings, now) {
            hindrances.push(Hindrance::NotListening);
        }
        let manner = match speaking::manner(&known.book.settings, &place, &visitor.roles) {
            Ok(manner) => subject.map_or(manner, |subject| manner_for(subject, heard, manner)),
            Err(Silence::UnknownPlace) if matches!(subject, Some(Subject::Urgent(_))) => Manner::Full,
            Err(silence) => {
                hindrances.push(Hindrance::Silence(silence));
                Manner::Full
            }
        };
        if self.store.has_opted_out(visitor.person).await? {
            hindrances.push(Hindrance::OptedOut);
        }
        if let Some(subject) = subject {
            let holds = self.holds(subject, heard, &known.settings, now);
            let keys: Vec<CooldownKey> = holds.into_iter().map(|hold| hold.key).collect();
            let running = self.store.cooldown_until(&keys, now).await?;
            hindrances.extend(running.map(|running| Hindrance::Cooldown(running.key, running.until)));
        }
        hindrances.extend(self.lacking(heard, &place).await);
        Ok((manner, hindrances))
    }

    /// The permissions that are missing where an answer would stand; only those without which there is none.
    async fn lacking(&self, heard: &Heard<'_>, place: &Place) -> Vec<Hindrance> {
        let Some(guild) = heard.guild else { return Vec::new() };
        let Ok(map) = self.platform().map_of(guild).await else { return vec![Hindrance::UnknownPermissions] };
        let is_thread = place.parent.is_some();
        let channel = place.parent.unwrap_or(place.channel);
        let found = map.channels.iter().find(|known| known.id == channel);
        let lacking = found.map(|channel| channel.lacking.as_slice()).unwrap_or_default();
        let needed = |permission: &&Permission| match permission {
            Permission::View => true,
            Permission::Send => !is_thread,
            Permission::SendInThreads => is_thread,
            _ => false,
        };
        lacking.iter().filter(needed).map(|permission| Hindrance::Lacks(*permission)).collect()
    }
}
