//! Answering interactions: within three seconds, or with a promise to answer that is kept later.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use serenity::builder::{
    AutocompleteChoice, CreateAutocompleteResponse, CreateInteractionResponse, CreateInteractionResponseMessage,
    EditInteractionResponse,
};
use serenity::http::{LightMethod, Request, Route};
use serenity::model::id::{ApplicationId, InteractionId};
use tokio::time::timeout;

use super::render;
use super::requests::{RequestError, Requests};
use crate::bot::commands::Choice;
use crate::bot::{BotError, Response};
use crate::domain::reply::{Form, Reply, Visibility};

/// Discord drops an interaction after 3 s (API reference, "Responding to an interaction"). Whatever takes longer than
/// this is promised first, which leaves the rest for the way there.
pub const PATIENCE: Duration = Duration::from_millis(1500);

/// Already acknowledged: an earlier try arrived, and only its answer was lost.
const ALREADY_ACKNOWLEDGED: i64 = 40060;

/// An interaction that waits for its answer.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Which.
    pub id: InteractionId,
    /// The key to answering it.
    pub token: String,
    /// The application that it was sent to.
    pub application: ApplicationId,
}

/// What is promised when the answer takes longer: Discord wants to know beforehand who will see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// A change of the message that the button stands on.
    Change,
    /// A message for the person alone.
    Private,
    /// A message for everybody.
    Public,
}

/// Answers with what `work` comes to; `apology` is said if it fails.
pub async fn answer(
    requests: &Requests,
    waiting: &Waiting,
    promise: Promise,
    work: impl Future<Output = Result<Response, BotError>>,
    apology: impl FnOnce() -> Reply,
) -> Result<(), RequestError> {
    let mut work = pin!(work);
    if let Ok(done) = timeout(PATIENCE, work.as_mut()).await {
        let response = or_apology(done, waiting, apology);
        return callback(requests, waiting, &first_answer(&response)).await;
    }
    let empty = CreateInteractionResponseMessage::new();
    let promised = match promise {
        Promise::Change => CreateInteractionResponse::Acknowledge,
        Promise::Private => CreateInteractionResponse::Defer(empty.ephemeral(true)),
        Promise::Public => CreateInteractionResponse::Defer(empty),
    };
    callback(requests, waiting, &promised).await?;
    let response = or_apology(work.await, waiting, apology);
    keep_promise(requests, waiting, &response.reply).await
}

fn or_apology(done: Result<Response, BotError>, waiting: &Waiting, apology: impl FnOnce() -> Reply) -> Response {
    done.unwrap_or_else(|error| {
        tracing::error!(interaction.id = waiting.id.get(), %error, "an interaction failed");
        Response { reply: apology(), replaces: false }
    })
}

/// Opens a form. It cannot be promised: it has to be the first answer.
pub async fn open_form(requests: &Requests, waiting: &Waiting, form: &Form) -> Result<(), RequestError> {
    callback(requests, waiting, &CreateInteractionResponse::Modal(render::modal(form))).await
}

/// Offers what `work` comes to while somebody types. An offer cannot be promised: what takes too long or fails offers
/// nothing.
pub async fn offer(
    requests: &Requests,
    waiting: &Waiting,
    work: impl Future<Output = Result<Vec<Choice>, BotError>>,
) -> Result<(), RequestError> {
    let choices = match timeout(PATIENCE, work).await {
        Ok(Ok(choices)) => choices,
        Ok(Err(error)) => {
            tracing::error!(interaction.id = waiting.id.get(), %error, "nothing to offer");
            Vec::new()
        }
        Err(_) => Vec::new(),
    };
    let choices = choices.into_iter().map(|choice| AutocompleteChoice::new(choice.label, choice.value)).collect();
    let offer = CreateAutocompleteResponse::new().set_choices(choices);
    callback(requests, waiting, &CreateInteractionResponse::Autocomplete(offer)).await
}

fn first_answer(response: &Response) -> CreateInteractionResponse {
    let message = message(&response.reply);
    if response.replaces {
        CreateInteractionResponse::UpdateMessage(message)
    } else {
        CreateInteractionResponse::Message(message)
    }
}

/// A whole message: what is empty is said to be empty, so that an update leaves nothing of the old one.
fn message(reply: &Reply) -> CreateInteractionResponseMessage {
    CreateInteractionResponseMessage::new()
        .content(render::content(reply).unwrap_or_default())
        .embeds(reply.card.iter().map(render::embed).collect())
        .components(render::rows(reply))
        .allowed_mentions(render::allowed_mentions(reply))
        .ephemeral(reply.visibility == Visibility::Private)
}

async fn callback(
    requests: &Requests,
    waiting: &Waiting,
    response: &CreateInteractionResponse,
) -> Result<(), RequestError> {
    let route = Route::InteractionResponse { interaction_id: waiting.id, token: &waiting.token };
    let body = render::body(response);
    match requests.send(Request::new(route, LightMethod::Post).body(Some(body))).await {
        Err(error) if error.code() == Some(ALREADY_ACKNOWLEDGED) => Ok(()),
        outcome => outcome.map(drop),
    }
}

async fn keep_promise(requests: &Requests, waiting: &Waiting, reply: &Reply) -> Result<(), RequestError> {
    let route =
        Route::WebhookOriginalInteractionResponse { application_id: waiting.application, token: &waiting.token };
    let edit = EditInteractionResponse::new()
        .content(render::content(reply).unwrap_or_default())
        .embeds(reply.card.iter().map(render::embed).collect())
        .components(render::rows(reply))
        .allowed_mentions(render::allowed_mentions(reply));
    let body = render::body(&edit);
    requests.send(Request::new(route, LightMethod::Patch).body(Some(body))).await.map(drop)
}
