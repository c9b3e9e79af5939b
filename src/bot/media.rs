//! Pictures and sounds, made once and kept. Making one takes up to a second of computing, so it happens on another
//! thread, two at a time at the most; whoever asks meanwhile for the same one waits for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OnceCell, Semaphore};

use super::Bot;
use crate::domain::breathing::session::{Media, MediaError};

/// How many bytes are kept. All pictures together are 1 MB; ten minutes of sound are 4.
const MOST_KEPT: usize = 12 * 1024 * 1024;

/// How many are made at once: small machines have other things to do as well.
const MOST_AT_ONCE: usize = 2;

/// A file that several may hold.
pub type Bytes = Arc<[u8]>;

/// What was made and is still kept. Bots with the same patterns may share one.
#[derive(Debug)]
pub struct MediaCache {
    slots: Mutex<Slots>,
    makers: Semaphore,
}

#[derive(Debug, Default)]
struct Slots {
    by_media: HashMap<Media, Slot>,
    /// Counts the questions.
    asked: u64,
}

#[derive(Debug)]
struct Slot {
    file: Arc<OnceCell<Bytes>>,
    last_asked: u64,
}

impl Default for MediaCache {
    fn default() -> Self {
        Self { slots: Mutex::default(), makers: Semaphore::new(MOST_AT_ONCE) }
    }
}

impl MediaCache {
    /// The file, which `make` makes if it is not there.
    async fn get(
        &self,
        media: &Media,
        make: impl FnOnce() -> Result<Vec<u8>, MediaError> + Send + 'static,
    ) -> Result<Bytes, MediaError> {
        let file = self.slots().ask(media);
        let made = file.get_or_try_init(|| async {
            let _permit = self.makers.acquire().await.map_err(|_| MediaError::BrokenOff)?;
            let bytes = tokio::task::spawn_blocking(make).await.map_err(|_| MediaError::BrokenOff)??;
            Ok::<Bytes, MediaError>(bytes.into())
        });
        let made = Arc::clone(made.await?);
        self.slots().keep_within(MOST_KEPT);
        Ok(made)
    }

    /// Forgets what was made of texts that were replaced.
    pub(super) fn forget_all(&self) {
        self.slots().by_media.clear();
    }

    fn slots(&self) -> std::sync::MutexGuard<'_, Slots> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slots {
    fn ask(&mut self, media: &Media) -> Arc<OnceCell<Bytes>> {
        self.asked += 1;
        let asked = self.asked;
        let slot = self.by_media.entry(media.clone());
        let slot = slot.or_insert_with(|| Slot { file: Arc::default(), last_asked: asked });
        slot.last_asked = asked;
        Arc::clone(&slot.file)
    }

    /// Forgets those that nobody has asked for the longest, until the rest has at most so many bytes.
    fn keep_within(&mut self, most: usize) {
        while self.by_media.values().map(Slot::size).sum::<usize>() > most {
            let made = self.by_media.iter().filter(|(_, slot)| slot.size() > 0);
            let Some(oldest) = made.min_by_key(|(_, slot)| slot.last_asked).map(|(media, _)| media.clone()) else {
                return;
            };
            self.by_media.remove(&oldest);
        }
    }
}

impl Slot {
    fn size(&self) -> usize {
        self.file.get().map_or(0, |bytes| bytes.len())
    }
}

impl Bot {
    /// The file of a picture or a sound.
    ///
    /// # Errors
    /// If it cannot be made.
    pub async fn media(&self, media: &Media) -> Result<Bytes, MediaError> {
        let (library, wanted) = (self.library(), media.clone());
        self.media.get(media, move || wanted.make(&library.patterns)).await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn picture(name: &str) -> Media {
        Media::Picture(name.to_owned())
    }

    #[tokio::test]
    async fn whoever_asks_at_the_same_time_gets_the_same_file_made_once() {
        let (cache, media, made) = (MediaCache::default(), picture("exhale"), Arc::new(AtomicUsize::new(0)));
        let ask = || {
            let made = Arc::clone(&made);
            cache.get(&media, move || Ok(vec![0; made.fetch_add(1, Ordering::Relaxed) + 1]))
        };
        let (first, second) = tokio::join!(ask(), ask());
        assert!(Arc::ptr_eq(&first.expect("a file"), &second.expect("a file")));
        assert_eq!(made.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn what_failed_is_tried_again() {
        let cache = MediaCache::default();
        let media = picture("exhale");
        assert!(cache.get(&media, || Err(MediaError::BrokenOff)).await.is_err());
        assert_eq!(&*cache.get(&media, || Ok(vec![7])).await.expect("a file"), [7]);
    }

    #[tokio::test]
    async fn the_longest_unasked_goes_first_when_there_is_too_much() {
        let cache = MediaCache::default();
        let large = MOST_KEPT / 2;
        for name in ["a", "b", "a", "c"] {
            cache.get(&picture(name), move || Ok(vec![0; large])).await.expect("a file");
        }
        let mut kept: Vec<Media> = cache.slots().by_media.keys().cloned().collect();
        kept.sort_by_key(Media::file_name);
        assert_eq!(kept, [picture("a"), picture("c")]);
        cache.get(&picture("huge"), move || Ok(vec![0; MOST_KEPT + 1])).await.expect("a file");
        assert!(cache.slots().by_media.is_empty(), "what is larger than all that may be kept is not kept");
    }
}
