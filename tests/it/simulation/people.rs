//! What people do meanwhile: they set reminders, put them off, stop them, and have everything forgotten.

use std::collections::BTreeMap;
use std::sync::Arc;

use lumbar::bot::commands::{Invocation, Value};
use lumbar::bot::{Bot, BotError, Response, Visitor};
use lumbar::domain::reminders::ReminderId;
use lumbar::domain::reply::{Action, Control, Deed};
use lumbar::domain::{ChannelId, GuildId, Locale, UserId};

use super::world::{Shared, lock};
use crate::random::Random;

/// Something that somebody does.
#[derive(Clone, Debug)]
pub enum Wish {
    /// `/walk start`
    Start { seconds: i64, times: i64, here: bool, member: bool, in_direct: bool },
    /// *Later (15 min)* under a reminder that has come.
    Later,
    /// *Stop this reminder*
    StopOne,
    /// `/walk stop`
    StopAll,
    /// `/privacy forget`
    Forget,
}

impl Wish {
    pub fn drawn(random: &mut Random) -> Self {
        match random.below(20) {
            0..=12 => Self::Start {
                seconds: match random.below(8) {
                    0..=4 => random.between(10, 300),
                    5 | 6 => random.between(300, 1_800),
                    _ => random.between(1_800, 7_200),
                },
                times: if random.chance(200) { random.between(2, 4) } else { 1 },
                here: random.chance(300),
                member: random.chance(800),
                in_direct: random.chance(200),
            },
            13 | 14 => Self::Later,
            15..=17 => Self::StopOne,
            18 => Self::StopAll,
            _ => Self::Forget,
        }
    }
}

fn visitor(person: UserId, member: bool, in_direct: bool) -> Visitor {
    Visitor {
        person,
        locale: Locale::unknown(),
        guild_locale: None,
        guild: (!in_direct).then(|| GuildId::new(5)),
        channel: Some(ChannelId::new(if in_direct { 1_000 + person.get() } else { 100 + person.get() % 2 })),
        is_direct: in_direct,
        bot_is_present: member && !in_direct,
        on_private_message: false,
        files_are_allowed: true,
        message: None,
        roles: Vec::new(),
        manages_guild: false,
    }
}

/// A person does it, through the bot of a process that is up.
pub async fn do_it(world: Shared, bot: Arc<Bot>, person: UserId, wish: Wish) {
    lock(&world).tell(|| format!("{person} wishes: {wish:?}"));
    let (live, come) = lock(&world).account.of(person);
    let now = lock(&world).time.wall();
    let here = visitor(person, true, false);
    let _answer: Result<Response, BotError> = match wish {
        Wish::Start { seconds, times, here, member, in_direct } => {
            let mut options = BTreeMap::from([("in".to_owned(), Value::Text(format!("{seconds} s")))]);
            if times > 1 {
                options.insert("repeat".to_owned(), Value::Text(format!("every 10 min, {times} times")));
            }
            if here {
                options.insert("where".to_owned(), Value::Text("here".to_owned()));
            }
            let invocation = Invocation { path: "walk start".to_owned(), options, target: None };
            let answer = bot.command(&visitor(person, member, in_direct), &invocation, now).await;
            if let Some(id) = answer.as_ref().ok().and_then(promised) {
                lock(&world).account.promised(id);
            }
            answer
        }
        Wish::Later => match come.last() {
            Some(id) => {
                let later = Action::Reminded { person, reminder: ReminderId::new(*id), deed: Deed::Later };
                bot.press(&here, &later, now).await
            }
            None => return,
        },
        Wish::StopOne => match live.first() {
            Some(id) => bot.press(&here, &Action::StopReminder(ReminderId::new(*id)), now).await,
            None => return,
        },
        Wish::StopAll => {
            let invocation = Invocation { path: "walk stop".to_owned(), ..Invocation::default() };
            bot.command(&here, &invocation, now).await
        }
        Wish::Forget => {
            let invocation = Invocation { path: "privacy forget".to_owned(), ..Invocation::default() };
            bot.command(&here, &invocation, now).await
        }
    };
}

/// The number of the reminder that an answer promises.
fn promised(response: &Response) -> Option<i64> {
    response.reply.controls.iter().flatten().find_map(|control| match control {
        Control::Button { action: Action::StopReminder(id), .. } => Some(id.get()),
        _ => None,
    })
}
