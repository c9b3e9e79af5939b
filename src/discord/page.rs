//! The message of a breathing session on Discord: the answer to the interaction that began it.

use std::sync::Arc;

use async_trait::async_trait;

use super::interactions::{self, Waiting};
use super::requests::{Prompt, RequestError, Requests};
use crate::bot::Page;
use crate::domain::breathing::guide::Shown;
use crate::domain::reply::Reply;

/// An answered interaction, which stays open to changes for 15 minutes (API reference, "Interaction Responses").
#[derive(Debug)]
pub struct AnsweredPage {
    requests: Arc<Requests>,
    answered: Waiting,
}

impl AnsweredPage {
    /// The answer to this interaction.
    pub fn new(requests: Arc<Requests>, answered: Waiting) -> Self {
        Self { requests, answered }
    }

    fn note(&self, error: &RequestError) {
        tracing::warn!(interaction.id = self.answered.id.get(), %error, "a message was not changed");
    }
}

#[async_trait]
impl Page for AnsweredPage {
    async fn turn(&self, reply: &Reply) -> Shown {
        match interactions::change_promptly(&self.requests, &self.answered, reply).await {
            Prompt::Done => Shown::Yes,
            Prompt::NotBefore(pause) => Shown::NotBefore(pause),
            Prompt::Failed(error) => {
                self.note(&error);
                match error {
                    RequestError::Refused { .. } => Shown::Never,
                    RequestError::Unreachable(_) => Shown::No,
                }
            }
        }
    }

    async fn close(&self, reply: &Reply) {
        if let Err(error) = interactions::keep_promise(&self.requests, &self.answered, reply, None).await {
            self.note(&error);
        }
    }
}
