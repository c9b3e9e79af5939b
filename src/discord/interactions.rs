//! Answering interactions: within three seconds, or with a promise to answer that is kept later.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use serenity::builder::{
    AutocompleteChoice, CreateAutocompleteResponse, CreateInteractionResponse, CreateInteractionResponseMessage,
    EditAttachments, EditInteractionResponse,
};
use serenity::http::{LightMethod, Request, Route};
use serenity::model::id::{ApplicationId, InteractionId};
use tokio::time::timeout;

use super::render;
use super::requests::{Prompt, RequestError, Requests};
use super::upload::{self, Upload};
use crate::bot::commands::Choice;
use crate::bot::{BotError, Response};
use crate::domain::reply::{Form, Reply, Visibility};

/// Discord drops an interaction after 3 s (API reference, "Responding to an interaction"). Whatever takes longer than
/// this is promised first, which leaves the rest for the way there.
const PATIENCE: Duration = Duration::from_millis(1500);

/// The largest file that comes with the first answer: through a line of 2 Mbit/s it takes 2 s. A larger one is promised.
const LIGHT: usize = 512 * 1024;

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

/// An answer, ready to be sent.
#[derive(Debug)]
pub struct Answer {
    /// What to say.
    pub response: Response,
    /// The file that comes with it.
    pub upload: Option<Upload>,
}

impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        Self { response, upload: None }
    }
}

/// Answers with what `work` comes to; `apology` is said if it fails. Gives back what was said.
pub async fn answer(
    requests: &Requests,
    waiting: &Waiting,
    promise: Promise,
    work: impl Future<Output = Result<Answer, BotError>>,
    apology: impl FnOnce() -> Reply,
) -> Result<Reply, RequestError> {
    let mut work = pin!(work);
    let answer = match timeout(PATIENCE, work.as_mut()).await {
        Ok(done) => {
            let answer = or_apology(done, waiting, apology);
            if answer.upload.as_ref().is_none_or(|upload| upload.bytes.len() <= LIGHT) {
                answer_at_once(requests, waiting, &answer).await?;
                return Ok(answer.response.reply);
            }
            self::promise(requests, waiting, promise).await?;
            answer
        }
        Err(_) => {
            self::promise(requests, waiting, promise).await?;
            or_apology(work.await, waiting, apology)
        }
    };
    keep_promise(requests, waiting, &answer.response.reply, answer.upload.as_ref()).await?;
    Ok(answer.response.reply)
}

fn or_apology(done: Result<Answer, BotError>, waiting: &Waiting, apology: impl FnOnce() -> Reply) -> Answer {
    done.unwrap_or_else(|error| {
        tracing::error!(interaction.id = waiting.id.get(), %error, "an interaction failed");
        Response { reply: apology(), replaces: false }.into()
    })
}

/// Opens a form. It cannot be promised: it has to be the first answer.
pub async fn open_form(requests: &Requests, waiting: &Waiting, form: &Form) -> Result<(), RequestError> {
    callback(requests, waiting, &CreateInteractionResponse::Modal(render::modal(form)), None).await
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
    callback(requests, waiting, &CreateInteractionResponse::Autocomplete(offer), None).await
}

async fn promise(requests: &Requests, waiting: &Waiting, promise: Promise) -> Result<(), RequestError> {
    let empty = CreateInteractionResponseMessage::new();
    let promised = match promise {
        Promise::Change => CreateInteractionResponse::Acknowledge,
        Promise::Private => CreateInteractionResponse::Defer(empty.ephemeral(true)),
        Promise::Public => CreateInteractionResponse::Defer(empty),
    };
    callback(requests, waiting, &promised, None).await
}

/// The whole answer at once. If its file is refused, the words go without it.
async fn answer_at_once(requests: &Requests, waiting: &Waiting, answer: &Answer) -> Result<(), RequestError> {
    let Answer { response, upload } = answer;
    let with_file = callback(requests, waiting, &first_answer(response, upload.is_some()), upload.as_ref()).await;
    match with_file {
        Err(error) if upload.is_some() => {
            tracing::warn!(interaction.id = waiting.id.get(), %error, "a file was not taken; the words go without it");
            callback(requests, waiting, &first_answer(response, false), None).await
        }
        outcome => outcome,
    }
}

fn first_answer(response: &Response, uploaded: bool) -> CreateInteractionResponse {
    let message = message(&response.reply, uploaded);
    if response.replaces {
        CreateInteractionResponse::UpdateMessage(message)
    } else {
        CreateInteractionResponse::Message(message)
    }
}

/// A whole message: what is empty is said to be empty, so that an update leaves nothing of the old one.
fn message(reply: &Reply, uploaded: bool) -> CreateInteractionResponseMessage {
    CreateInteractionResponseMessage::new()
        .content(render::content(reply).unwrap_or_default())
        .embeds(render::embeds(reply, uploaded))
        .components(render::rows(reply))
        .allowed_mentions(render::allowed_mentions(reply))
        .ephemeral(reply.visibility == Visibility::Private)
}

async fn callback(
    requests: &Requests,
    waiting: &Waiting,
    response: &CreateInteractionResponse,
    upload: Option<&Upload>,
) -> Result<(), RequestError> {
    let route = Route::InteractionResponse { interaction_id: waiting.id, token: &waiting.token };
    let request = upload::request(route, LightMethod::Post, response, "/data", upload);
    match requests.send(request).await {
        Err(error) if error.code() == Some(ALREADY_ACKNOWLEDGED) => Ok(()),
        outcome => outcome.map(drop),
    }
}

/// Says what was promised, or something new in its place. If its file is not taken, the words go without it.
pub async fn keep_promise(
    requests: &Requests,
    waiting: &Waiting,
    reply: &Reply,
    upload: Option<&Upload>,
) -> Result<(), RequestError> {
    match requests.send(edit(waiting, reply, upload)).await {
        Err(error) if upload.is_some() => {
            tracing::warn!(interaction.id = waiting.id.get(), %error, "a file was not taken; the words go without it");
            requests.send(edit(waiting, reply, None)).await.map(drop)
        }
        outcome => outcome.map(drop),
    }
}

/// Changes what an interaction was answered with: at once, or not at all.
pub async fn change_promptly(requests: &Requests, waiting: &Waiting, reply: &Reply) -> Prompt {
    requests.send_promptly(edit(waiting, reply, None)).await
}

fn edit<'w>(waiting: &'w Waiting, reply: &Reply, upload: Option<&Upload>) -> Request<'w> {
    let route =
        Route::WebhookOriginalInteractionResponse { application_id: waiting.application, token: &waiting.token };
    let edit = EditInteractionResponse::new()
        .content(render::content(reply).unwrap_or_default())
        .embeds(render::embeds(reply, upload.is_some()))
        .components(render::rows(reply))
        .attachments(EditAttachments::new())
        .allowed_mentions(render::allowed_mentions(reply));
    upload::request(route, LightMethod::Patch, &edit, "", upload)
}
