//! Events in, answers out. Nothing is decided here: an event becomes plain data, the bot says what to do with it.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use async_trait::async_trait;
use serenity::client::{Context, RawEventHandler};
use serenity::model::application::{CommandInteraction, ComponentInteraction, Interaction, ModalInteraction};
use serenity::model::event::Event;
use serenity::model::gateway::Ready;
use serenity::model::id as model;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument;

use super::guild_locales::GuildLocales;
use super::interactions::{self, Promise, Waiting};
use super::messages::{self, Haste, Outgoing};
use super::page::AnsweredPage;
use super::places::Places;
use super::registrar::Registrar;
use super::requests::{RequestError, Requests};
use super::upload::Upload;
use super::{custom_id, heard, invocation};
use crate::bot::commands::Typing;
use crate::bot::reminders::Clock;
use crate::bot::{self, Bot, BotError, Consideration, Hearing, Matter, Response, Surroundings, Visitor, Voice};
use crate::domain::breathing::session::Session;
use crate::domain::guild::speaking::Place;
use crate::domain::hearing::{Heard, Subject};
use crate::domain::reply::Form;
use crate::domain::{Locale, RoleId, UserId};

/// How long to wait before an answer is sent again.
const PAUSES: [Duration; 5] = [
    Duration::from_secs(2),
    Duration::from_secs(5),
    Duration::from_secs(10),
    Duration::from_secs(20),
    Duration::from_secs(40),
];

/// How long an answer is sent again and again at the most. Discord remembers a nonce for "the past few minutes" (API
/// reference, "Create Message"): later, a second copy would not be told from the first.
const LONGEST_SENDING: Duration = Duration::from_secs(2 * 60);

/// How long a form may take to be made. What is said instead has to be there, or promised, within the same three seconds.
const FORM_PATIENCE: Duration = Duration::from_millis(700);

/// The kinds of events that the bot acts on.
const HEARD: [&str; 4] = ["MESSAGE_CREATE", "MESSAGE_UPDATE", "INTERACTION_CREATE", "READY"];

/// Handles what the gateway sends.
pub struct Events {
    bot: Arc<Bot>,
    requests: Arc<Requests>,
    clock: Arc<dyn Clock>,
    locales: GuildLocales,
    places: Arc<Places>,
    /// The bot's own user, known from the first READY on.
    me: Arc<OnceLock<UserId>>,
    registrar: Arc<Registrar>,
    /// What is still being answered, so that a stop can wait for it.
    tasks: TaskTracker,
    /// Cancelled when the bot is to stop.
    stop: CancellationToken,
}

impl std::fmt::Debug for Events {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Events").field("me", &self.me).finish_non_exhaustive()
    }
}

impl Events {
    /// A handler for `bot` that answers through `requests`.
    pub fn new(
        bot: Arc<Bot>,
        requests: Arc<Requests>,
        clock: Arc<dyn Clock>,
        tasks: TaskTracker,
        stop: CancellationToken,
        (places, me): (Arc<Places>, Arc<OnceLock<UserId>>),
        registrar: Arc<Registrar>,
    ) -> Self {
        let locales = GuildLocales::default();
        Self { bot, requests, clock, locales, places, me, registrar, tasks, stop }
    }

    /// Runs one handler where a stop can wait for it, and a trace can see where it begins and ends.
    async fn handle<T>(&self, handler: impl Future<Output = T>) -> T {
        self.tasks.track_future(handler.instrument(tracing::debug_span!("handling"))).await
    }

    /// Hears a message, new or edited. Nearly all are chatter and end here: only for the others is the future of an
    /// answer made, which is many times the size of a message.
    async fn hear(&self, heard: Heard<'_>, roles: &[model::RoleId]) {
        match self.bot.consider(&heard, self.clock.now()) {
            Consideration::Nothing => {}
            Consideration::Matter(matter) => Box::pin(self.handle(self.hear_about(heard, roles, matter))).await,
            Consideration::UnknownGuild => Box::pin(self.handle(self.hear_patiently(heard, roles))).await,
        }
    }

    async fn hear_patiently(&self, heard: Heard<'_>, roles: &[model::RoleId]) {
        if let Some(matter) = self.bot.consider_patiently(&heard, self.clock.now()).await {
            self.hear_about(heard, roles, matter).await;
        }
    }

    async fn hear_about(&self, heard: Heard<'_>, roles: &[model::RoleId], matter: Matter) {
        let surroundings = self.surroundings(&heard, roles, &matter).await;
        match self.bot.hear_about(heard, matter, &surroundings, self.clock.now()).await {
            Ok(Hearing::Answer(answer)) => self.answer(heard, &answer).await,
            Ok(Hearing::Nothing) => {}
            Ok(held) => tracing::debug!(message.id = heard.message.get(), ?held, "held back"),
            Err(error) => tracing::error!(message.id = heard.message.get(), %error, "a message was not answered"),
        }
    }

    async fn surroundings(&self, heard: &Heard<'_>, roles: &[model::RoleId], matter: &Matter) -> Surroundings {
        if !matter.needs_surroundings() {
            return Surroundings { place: Place::channel(heard.channel), roles: Vec::new() };
        }
        let place = self.places.of(heard.channel, &self.requests).await;
        Surroundings { place, roles: roles.iter().map(|role| RoleId::new(role.get())).collect() }
    }

    async fn answer(&self, heard: Heard<'_>, answer: &bot::Answer) {
        let locale = self.locale(&heard, answer).await;
        let (message, channel) = (heard.message.get(), heard.channel.get());
        let sent = match self.bot.voice(&heard, answer, &locale).await {
            Voice::Say { reply, quiet } => {
                // An urgent answer is no copy of the ordinary one that the same message may have had before an edit.
                let mark = if matches!(answer.subject, Subject::Urgent(_)) { "u" } else { "" };
                let nonce = format!("{}{mark}", heard.message);
                let (channel, answers, haste) = (heard.channel, Some(heard.message), Haste::AtOnce);
                self.send_patiently(&Outgoing { channel, reply: &reply, answers, nonce: &nonce, quiet, haste }).await
            }
            Voice::React(emoji) => messages::react(&self.requests, heard.channel, heard.message, &emoji).await,
        };
        // What an answer was about is a matter of somebody's health, and has no place beside an id.
        match sent {
            Ok(()) => {
                self.bot.answered(&heard, answer, self.clock.now()).await;
                tracing::info!(message.id = message, channel.id = channel, "answered");
            }
            Err(error) => tracing::warn!(message.id = message, channel.id = channel, %error, "not answered"),
        }
    }

    async fn locale(&self, heard: &Heard<'_>, answer: &bot::Answer) -> Locale {
        let Some(guild) = heard.guild.filter(|_| self.bot.needs_locale(&answer.subject)) else {
            return Locale::unknown();
        };
        self.bot.public_locale(guild, self.locales.of(guild, &self.requests).await)
    }

    /// Sends an answer, again and again while Discord is out of reach, for as long as the nonce keeps a second copy away.
    async fn send_patiently(&self, outgoing: &Outgoing<'_>) -> Result<(), RequestError> {
        let rounds = async {
            for pause in PAUSES {
                match messages::send(&self.requests, outgoing).await {
                    Err(RequestError::Unreachable(_)) => self.clock.passes(pause).await,
                    outcome => return outcome,
                }
            }
            messages::send(&self.requests, outgoing).await
        };
        tokio::select! {
            biased;
            () = self.clock.passes(LONGEST_SENDING) => Err(RequestError::Unreachable("it took too long".to_owned())),
            outcome = rounds => outcome,
        }
    }

    async fn command(&self, command: &CommandInteraction) -> Result<(), RequestError> {
        let visitor = invocation::command_visitor(command);
        self.learn_locale(&visitor);
        let invocation = invocation::invocation(&command.data);
        let waiting = Waiting { id: command.id, token: command.token.clone(), application: command.application_id };
        if let Some(form) = self.form(&waiting, self.bot.command_form(&visitor, &invocation)).await {
            return interactions::open_form(&self.requests, &waiting, &form).await;
        }
        let work = self.bot.command(&visitor, &invocation, self.clock.now());
        let promise = if invocation.is_public() { Promise::Public } else { Promise::Private };
        self.respond(waiting, promise, work, &visitor).await
    }

    async fn press(&self, component: &ComponentInteraction) -> Result<(), RequestError> {
        let visitor = invocation::component_visitor(component);
        self.learn_locale(&visitor);
        let action = invocation::action(component);
        let chosen = invocation::chosen(component);
        let waiting =
            Waiting { id: component.id, token: component.token.clone(), application: component.application_id };
        if let (Some(action), None) = (&action, &chosen)
            && let Some(form) = self.form(&waiting, self.bot.press_form(&visitor, action)).await
        {
            return interactions::open_form(&self.requests, &waiting, &form).await;
        }
        let work = async {
            match (&action, &chosen) {
                (Some(action), None) => self.bot.press(&visitor, action, self.clock.now()).await,
                (Some(action), Some(chosen)) => self.bot.choose(&visitor, action, chosen, self.clock.now()).await,
                (None, _) => {
                    Ok::<_, BotError>(Response { reply: self.bot.old_button(&visitor.locale), replaces: false })
                }
            }
        };
        let changes = action.as_ref().is_some_and(|action| bot::replaces(&visitor, action));
        let promise = if changes { Promise::Change } else { Promise::Private };
        self.respond(waiting, promise, work, &visitor).await
    }

    /// Answers an interaction with what `work` comes to, its file included, and leads on from there.
    async fn respond(
        &self,
        waiting: Waiting,
        promise: Promise,
        work: impl Future<Output = Result<Response, BotError>>,
        visitor: &Visitor,
    ) -> Result<(), RequestError> {
        let work = async {
            let response = work.await?;
            let upload = match &response.reply.attachment {
                Some(attachment) => Upload::of(&self.bot, attachment).await,
                None => None,
            };
            Ok(interactions::Answer { response, upload })
        };
        let apology = || self.bot.apology(&visitor.locale);
        let said = interactions::answer(&self.requests, &waiting, promise, work, apology).await?;
        if let Some(session) = said.session {
            self.lead(*session, waiting);
        }
        Ok(())
    }

    /// Leads somebody through a session, beside everything else.
    fn lead(&self, session: Session, answered: Waiting) {
        let page = AnsweredPage::new(Arc::clone(&self.requests), answered);
        let (bot, clock, stop) = (Arc::clone(&self.bot), Arc::clone(&self.clock), self.stop.clone());
        let started = clock.now();
        self.tasks.spawn(async move { bot.lead(&session, started, &page, &*clock, &stop).await });
    }

    async fn submit(&self, modal: &ModalInteraction) -> Result<(), RequestError> {
        let visitor = invocation::modal_visitor(modal);
        self.learn_locale(&visitor);
        let action = custom_id::decode(&modal.data.custom_id);
        let fields = invocation::fields(modal);
        let work = async {
            match &action {
                Some(action) => self.bot.submit(&visitor, action, &fields, self.clock.now()).await,
                None => Ok::<_, BotError>(Response { reply: self.bot.old_button(&visitor.locale), replaces: false }),
            }
        };
        let waiting = Waiting { id: modal.id, token: modal.token.clone(), application: modal.application_id };
        let promise = if visitor.on_private_message { Promise::Change } else { Promise::Private };
        self.respond(waiting, promise, work, &visitor).await
    }

    /// The form that something opens, if it opens one. What fails is answered by what would have been said instead.
    async fn form(
        &self,
        waiting: &Waiting,
        work: impl Future<Output = Result<Option<Form>, BotError>>,
    ) -> Option<Form> {
        match timeout(FORM_PATIENCE, work).await {
            Ok(Ok(form)) => form,
            Ok(Err(error)) => {
                tracing::error!(interaction.id = waiting.id.get(), %error, "a form could not be opened");
                None
            }
            Err(_) => None,
        }
    }

    async fn complete(&self, command: &CommandInteraction) -> Result<(), RequestError> {
        let visitor = invocation::command_visitor(command);
        let waiting = Waiting { id: command.id, token: command.token.clone(), application: command.application_id };
        let work = async {
            let Some((path, option, typed)) = invocation::typing(&command.data) else { return Ok(Vec::new()) };
            let typing = Typing { option: &option, typed: &typed };
            self.bot.complete(&visitor, &path, &typing, self.clock.now()).await
        };
        interactions::offer(&self.requests, &waiting, work).await
    }

    async fn interact(&self, interaction: &Interaction) {
        let id = interaction.id().get();
        let outcome = match interaction {
            Interaction::Command(command) => self.handle(self.command(command)).await,
            Interaction::Component(component) => self.handle(self.press(component)).await,
            Interaction::Modal(modal) => self.handle(self.submit(modal)).await,
            Interaction::Autocomplete(command) => self.handle(self.complete(command)).await,
            _ => Ok(()),
        };
        if let Err(error) = outcome {
            tracing::warn!(interaction.id = id, %error, "an interaction was not answered");
        }
    }

    async fn connected(&self, ready: &Ready) {
        let _known_already = self.me.set(UserId::new(ready.user.id.get()));
        tracing::info!(bot.id = ready.user.id.get(), guilds = ready.guilds.len(), "connected to Discord");
        self.handle(self.registrar.connected(ready.application.id)).await;
        if let Err(error) = self.handle(self.bot.call_the_roll(&heard::roll_call(ready), self.clock.now())).await {
            tracing::warn!(%error, "which servers removed the bot is noted at the next login");
        }
    }

    fn learn_locale(&self, visitor: &Visitor) {
        if let (Some(guild), Some(locale)) = (visitor.guild, &visitor.guild_locale) {
            self.locales.learn(guild, locale.clone());
        }
    }
}

/// The raw handler: for the other one serenity moves each event about once more, in a future large enough for any event
/// that there is (measured: `benches/flood`).
#[async_trait]
impl RawEventHandler for Events {
    async fn raw_event(&self, _: Context, event: Event) {
        match event {
            Event::MessageCreate(event) => {
                let Some(me) = self.me.get() else { return };
                self.hear(heard::new_message(&event.message, *me), heard::roles(event.message.member.as_deref())).await;
            }
            Event::MessageUpdate(event) => {
                let Some(me) = self.me.get() else { return };
                if let Some(heard) = heard::edited_message(&event, *me) {
                    self.hear(heard, heard::roles_of_edited(&event)).await;
                }
            }
            Event::InteractionCreate(event) => Box::pin(self.interact(&event.interaction)).await,
            Event::Ready(event) => Box::pin(self.connected(&event.ready)).await,
            Event::Resumed(_) => tracing::info!("connection to Discord resumed"),
            // What serenity cannot read arrives as unknown. Its content may be somebody's words: only its kind is told.
            Event::Unknown(event) if HEARD.contains(&event.kind.as_str()) => {
                tracing::warn!(kind = event.kind, "an event of Discord could not be read");
            }
            _ => {}
        }
    }
}
