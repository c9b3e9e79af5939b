//! The texts, which can be replaced as a whole while the bot runs. Whoever has taken them in hand keeps what they have
//! until they are done.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::Notify;

use super::Bot;
use crate::domain::topics::Library;

/// Where the texts are.
#[derive(Debug)]
pub(super) struct Shelf {
    texts: RwLock<Texts>,
    /// Rings when the texts were replaced.
    replaced: Notify,
}

/// The texts as they are now.
#[derive(Clone, Debug)]
pub(super) struct Texts {
    /// All that the bot can say.
    pub library: Arc<Library>,
    /// How often the texts were replaced before.
    pub edition: u64,
}

impl Shelf {
    pub(super) fn new(library: Arc<Library>) -> Self {
        Self { texts: RwLock::new(Texts { library, edition: 0 }), replaced: Notify::new() }
    }

    /// The texts as they are now.
    pub(super) fn texts(&self) -> Texts {
        self.texts.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn replace(&self, library: Arc<Library>) {
        let mut texts = self.texts.write().unwrap_or_else(PoisonError::into_inner);
        *texts = Texts { library, edition: texts.edition + 1 };
        self.replaced.notify_one();
    }
}

impl Bot {
    /// All that it can say.
    pub fn library(&self) -> Arc<Library> {
        self.shelf.texts().library
    }

    /// Says from now on what `library` holds. What servers have of their own is put together with it when they are next
    /// heard.
    pub fn take_library(&self, library: Library) {
        self.shelf.replace(Arc::new(library));
        self.media.forget_all();
    }

    /// Waits until [`Bot::take_library`] was called; at once if it was since this was waited for last. For one at a time.
    pub async fn library_was_replaced(&self) {
        self.shelf.replaced.notified().await;
    }
}
