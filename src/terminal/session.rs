//! A conversation in one channel: a line in, and what people then see. All input and output is elsewhere.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;

use super::clock::VirtualClock;
use super::complete::{self, Completion, Wanted};
use super::filling::{self, Filling};
use super::input::{Line, menu_command, read_line};
use super::known_commands::{KnownCommand, known_commands};
use super::platform::TerminalPlatform;
use super::pressing::Pressable;
use super::{BOT, CHANNEL, DIRECT_CHANNEL, PERSON, SERVER, words};
use crate::bot::commands::{Invocation, Target, Typing};
use crate::bot::reminders::{Clock, Courier, Delivery};
use crate::bot::{Bot, Hearing, Surroundings, Visitor, Voice};
use crate::domain::breathing::guide::{Guide, Next};
use crate::domain::guild::speaking::Place;
use crate::domain::hearing::{Attention, Author, Heard};
use crate::domain::reminders::delivery::DeliveryFailure;
use crate::domain::reply::{Reply, Visibility};
use crate::domain::{Locale, MessageId, Timestamp, breathing};

/// Something that people see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A reply of the bot.
    Reply {
        /// What it says.
        reply: Reply,
        /// Where it says so.
        place: Where,
        /// When.
        now: Timestamp,
    },
    /// What the terminal itself answers to a line.
    Line {
        /// In Markdown.
        text: String,
        /// When.
        now: Timestamp,
    },
    /// A note beside the conversation.
    Aside {
        /// In Markdown.
        text: String,
        /// When.
        now: Timestamp,
    },
}

/// Where a reply stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// In the server's channel.
    Channel,
    /// In the direct conversation with the bot.
    Direct,
    /// Wherever the bot says something of its own accord.
    Elsewhere,
}

/// Where a button stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// In which conversation.
    pub place: Where,
    /// Whether on a message that nobody else sees.
    pub private: bool,
    /// On which message, if others see it too.
    pub message: Option<MessageId>,
}

impl Default for Standing {
    /// On nothing: a command is typed in the channel.
    fn default() -> Self {
        Self { place: Where::Channel, private: false, message: None }
    }
}

/// What came of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// What people see, in this order.
    pub shown: Vec<Shown>,
    /// Whether the conversation is over.
    pub ends: bool,
}

/// A conversation of one person with the bot.
#[derive(Debug)]
pub struct Session {
    pub(super) bot: Arc<Bot>,
    pub(super) platform: Arc<TerminalPlatform>,
    clock: VirtualClock,
    pub(super) locale: Locale,
    commands: Vec<KnownCommand>,
    pub(super) messages: u16,
    last_message: Option<(MessageId, String)>,
    /// The latest reply that had something to press.
    pub(super) pressable: Option<Pressable>,
    /// The form that is being filled in.
    pub(super) filling: Option<Filling>,
    /// How its fields are typed.
    pub(super) typing: filling::Typing,
    /// Who breathes in words.
    breathing: Option<Breathing>,
}

/// A breathing session on its way.
#[derive(Debug)]
struct Breathing {
    session: breathing::session::Session,
    guide: Guide,
    place: Where,
}

/// How long to wait before reminders are tried again after the store failed.
const RETRY: Duration = Duration::from_secs(30);

impl Session {
    /// A conversation that begins now, with a reader of this language.
    pub fn new(bot: Arc<Bot>, clock: Arc<dyn Clock>, locale: Locale) -> Self {
        let commands = known_commands(&bot.library(), &locale);
        let (clock, platform) = (VirtualClock::new(clock), Arc::new(TerminalPlatform::default()));
        bot.attach(Arc::<TerminalPlatform>::clone(&platform));
        Self {
            bot,
            platform,
            clock,
            locale,
            commands,
            messages: 0,
            last_message: None,
            pressable: None,
            filling: None,
            typing: filling::Typing::default(),
            breathing: None,
        }
    }

    /// From now on each field of a form is one line, with `\n` where a line of it ends.
    pub(super) fn takes_fields_in_one_line(&mut self) {
        self.typing = filling::Typing::InOneLine;
    }

    /// The present moment of this conversation.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Somebody typed this and pressed Enter.
    pub async fn line(&mut self, typed: &str) -> Turn {
        let now = self.clock.now();
        if let Some(filling) = self.filling.take() {
            let mut shown = Vec::from_iter(self.fill(filling, typed, now).await);
            shown.extend(self.happenings(now));
            return Turn { shown, ends: false };
        }
        let line = read_line(typed, &self.commands);
        let mut shown = match line {
            Line::Quit => return Turn { shown: Vec::new(), ends: true },
            Line::Empty => Vec::new(),
            Line::Wrong(text) => vec![Shown::Line { text, now }],
            Line::Message(text) => self.hear(text, now).await.into_iter().collect(),
            Line::Command(invocation) => vec![self.run(&invocation, now).await],
            Line::Menu(name) => vec![self.menu(name, now).await],
            Line::Number(number) => vec![self.press(number, now).await],
            Line::Time(span) => self.pass(span).await,
        };
        shown.extend(self.happenings(now));
        Turn { shown, ends: false }
    }

    /// Delivers what is due by now. Also says how long it is until something is due again.
    pub async fn deliver_due(&mut self) -> (Vec<Shown>, Option<Duration>) {
        let now = self.clock.now();
        let mut shown = Vec::new();
        let next = [self.deliver(now, &mut shown).await, self.breathe(now, &mut shown)].into_iter().flatten().min();
        (shown, next.map(|next| next.since(self.clock.now())))
    }

    /// What may be typed where the cursor stands.
    pub async fn complete(&self, before_cursor: &str) -> Completion {
        match complete::wanted(before_cursor, &self.commands) {
            Wanted::Ready(completion) => completion,
            Wanted::Values { path, option, typed, start } => {
                let typing = Typing { option, typed };
                let visitor = self.visitor(Standing::default());
                // Without values on offer, people can still type them.
                let choices = self.bot.complete(&visitor, path, &typing, self.clock.now()).await.unwrap_or_default();
                Completion::of_choices(start, &choices)
            }
        }
    }

    async fn hear(&mut self, text: &str, now: Timestamp) -> Option<Shown> {
        let (attention, text) = addressed(text);
        let message = self.new_message(now);
        let heard = Heard {
            message,
            channel: CHANNEL,
            guild: Some(SERVER),
            person: PERSON,
            author: Author::Person,
            attention,
            edited: None,
            text: &text,
        };
        let surroundings = Surroundings { place: Place::channel(CHANNEL), roles: Vec::new() };
        let hearing = self.bot.hear(heard, &surroundings, now).await;
        let shown = match hearing {
            Ok(Hearing::Nothing) => None,
            Ok(Hearing::HeldBack(held)) => words::held_back(&held, now).map(|text| Shown::Aside { text, now }),
            Ok(Hearing::Silenced(silence)) => Some(Shown::Aside { text: words::silenced(silence).to_owned(), now }),
            Ok(Hearing::TooMany) => Some(Shown::Aside { text: words::TOO_MANY.to_owned(), now }),
            Ok(Hearing::Answer(answer)) => {
                let locale = self.bot.public_locale(SERVER, self.locale.clone());
                let voice = self.bot.voice(&heard, &answer, &locale).await;
                self.bot.answered(&heard, &answer, now).await;
                Some(match voice {
                    Voice::Say { reply, .. } => self.show(reply, Where::Channel, now),
                    Voice::React(emoji) => Shown::Aside { text: words::reacted(&emoji), now },
                })
            }
            Err(error) => Some(self.apologise(&error, now)),
        };
        self.last_message = Some((message, text));
        shown
    }

    async fn run(&mut self, invocation: &Invocation, now: Timestamp) -> Shown {
        let standing = Standing::default();
        let visitor = self.visitor(standing);
        match self.bot.command_form(&visitor, invocation).await {
            Ok(Some(form)) => return self.open(form, standing, now),
            Ok(None) => {}
            Err(error) => return self.apologise(&error, now),
        }
        let response = self.bot.command(&visitor, invocation, now).await;
        self.respond(response, Where::Channel, now)
    }

    async fn menu(&mut self, name: &str, now: Timestamp) -> Shown {
        let path = match menu_command(name, &self.commands) {
            Ok(command) => command.path.to_owned(),
            Err(text) => return Shown::Line { text, now },
        };
        let Some((message, text)) = self.last_message.clone() else {
            return Shown::Line { text: words::NO_MESSAGE.to_owned(), now };
        };
        let target = Some(Target { message, channel: CHANNEL, author: PERSON, text });
        self.run(&Invocation { path, target, ..Invocation::default() }, now).await
    }

    /// Lets time pass, stopping wherever a reminder is due. A breathing session shows only where it has got to.
    async fn pass(&mut self, span: &str) -> Vec<Shown> {
        let span = span.strip_prefix('+').unwrap_or(span);
        let target = match self.bot.library().fallback().durations.parse(span) {
            Ok(span) => self.clock.now().after(span),
            Err(fault) => {
                return vec![Shown::Line { text: words::time_fault(fault).to_owned(), now: self.clock.now() }];
            }
        };
        let mut shown = Vec::new();
        loop {
            let now = self.clock.now().min(target);
            let next = self.deliver(now, &mut shown).await;
            match next.filter(|next| *next > now && *next <= target) {
                Some(next) => self.clock.skip_to(next),
                None => break,
            }
        }
        self.clock.skip_to(target);
        let now = self.clock.now();
        self.breathe(now, &mut shown);
        shown.push(Shown::Aside { text: words::time_passed(now), now });
        shown
    }

    async fn deliver(&mut self, now: Timestamp, shown: &mut Vec<Shown>) -> Option<Timestamp> {
        let basket = Basket::default();
        let next = self.bot.deliver_due(&basket, now).await;
        for delivery in basket.into_deliveries() {
            let place = match delivery.destination {
                crate::domain::reminders::Destination::Direct => Where::Direct,
                crate::domain::reminders::Destination::Channel(_) => Where::Channel,
            };
            shown.push(self.show(delivery.reply, place, now));
        }
        next.unwrap_or_else(|error| {
            tracing::error!(%error, "reminders wait: the store failed");
            Some(now.after(RETRY))
        })
    }

    /// Goes on with the breathing session, if there is one. Returns when it next has something to say. In Discord it
    /// changes its message; here each change is a line.
    fn breathe(&mut self, now: Timestamp, shown: &mut Vec<Shown>) -> Option<Timestamp> {
        let mut breathing = self.breathing.take().filter(|it| self.bot.session_goes_on(&it.session))?;
        loop {
            match breathing.guide.next(now) {
                Next::Show(stage) => {
                    breathing.guide.note(stage, breathing::guide::Shown::Yes, now);
                    let page = self.bot.session_page(&breathing.session, stage);
                    shown.extend(page.lead.map(|text| Shown::Line { text, now }));
                }
                Next::Wait(pause) => {
                    self.breathing = Some(breathing);
                    return Some(now.after(pause));
                }
                Next::Over(ending) => {
                    let over = self.bot.session_over(&breathing.session, ending);
                    shown.push(self.show(over, breathing.place, now));
                    return None;
                }
            }
        }
    }

    pub(super) fn show(&mut self, reply: Reply, place: Where, now: Timestamp) -> Shown {
        let private = reply.visibility == Visibility::Private;
        let message = (!private).then(|| self.new_message(now));
        message.into_iter().for_each(|message| self.platform.shows(message));
        if let Some(pressable) = Pressable::of(&reply, Standing { place, private, message }) {
            self.pressable = Some(pressable);
        }
        if let Some(session) = reply.session.as_deref().cloned() {
            let guide = self.bot.guide_through(&session, now);
            self.breathing = guide.map(|guide| Breathing { session, guide, place });
        }
        Shown::Reply { reply, place, now }
    }

    pub(super) fn visitor(&self, standing: Standing) -> Visitor {
        let in_server = standing.place != Where::Direct;
        Visitor {
            person: PERSON,
            locale: self.locale.clone(),
            guild_locale: in_server.then(|| self.locale.clone()),
            guild: in_server.then_some(SERVER),
            channel: Some(if in_server { CHANNEL } else { DIRECT_CHANNEL }),
            is_direct: !in_server,
            bot_is_present: true,
            files_are_allowed: true,
            on_private_message: standing.private,
            message: standing.message,
            roles: Vec::new(),
            manages_guild: in_server,
        }
    }
}

/// A message that begins with the bot's name is written to it, as a mention would be in Discord.
fn addressed(text: &str) -> (Attention, String) {
    const NAME: &str = "@lumbar";
    match text.get(..NAME.len()).filter(|head| head.eq_ignore_ascii_case(NAME)) {
        Some(_) => (Attention::Addressed, format!("<@{BOT}>{}", &text[NAME.len()..])),
        None => (Attention::Overheard, text.to_owned()),
    }
}

/// Takes reminders in, to be shown when all that is due has come.
#[derive(Debug, Default)]
struct Basket(Mutex<Vec<Delivery>>);

impl Basket {
    fn into_deliveries(self) -> Vec<Delivery> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Courier for Basket {
    async fn deliver(&self, delivery: &Delivery) -> Result<(), DeliveryFailure> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(delivery.clone());
        Ok(())
    }
}
