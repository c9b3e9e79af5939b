//! The texts follow their files: read again when the folder changes, and on SIGHUP. The new texts are taken as a whole,
//! or not at all.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::Duration;

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher, recommended_watcher};
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

use crate::bot::Bot;
use crate::domain::document::Problem;
use crate::domain::topics::{Library, SourceFile};
use crate::responses;

/// An editor that saves does several things at once: this long nothing may have happened before the files are read.
const SETTLED: Duration = Duration::from_millis(250);

/// But they are read after this long, even if it goes on and on.
const LATEST: Duration = Duration::from_secs(3);

/// Keeps the texts of `bot` as they are in `folder`, until `stop`. Without a folder, the texts are those that the program
/// carries, and nothing can change.
pub async fn follow(bot: &Bot, folder: Option<PathBuf>, stop: &CancellationToken) {
    let mut hangups = Hangups::new();
    let Some(folder) = folder else {
        while hangups.next(stop).await {
            tracing::info!("nothing to read again: the texts are those that the program carries, not a folder's");
        }
        return;
    };
    let mut texts = Texts { seen: responses::from_folder(&folder).ok().map(|files| mark(&files)), folder };
    let (changed, mut changes) = mpsc::channel(1);
    let mut watch = Watch::of(&texts.folder, &changed);
    loop {
        let asked = tokio::select! {
            asked = hangups.next(stop) => {
                if !asked {
                    return;
                }
                true
            }
            _ = changes.recv() => {
                settled(&mut changes).await;
                false
            }
        };
        // The folder itself may be another one now. It is watched before it is read, so that nothing is missed.
        watch.renew(&texts.folder);
        texts.read_again(bot, asked);
    }
}

/// Waits until nothing has changed for a moment.
async fn settled(changes: &mut mpsc::Receiver<()>) {
    let latest = Instant::now() + LATEST;
    loop {
        let quiet = (Instant::now() + SETTLED).min(latest);
        match timeout_at(quiet, changes.recv()).await {
            Ok(Some(())) if Instant::now() < latest => {}
            _ => return,
        }
    }
}

/// The texts of a folder.
struct Texts {
    folder: PathBuf,
    /// A mark of the files as they were read last, sound or not.
    seen: Option<u64>,
}

impl Texts {
    /// Reads the files again, and takes them if they are sound. Only whoever asked is told that nothing has changed.
    fn read_again(&mut self, bot: &Bot, asked: bool) {
        let files = match responses::from_folder(&self.folder) {
            Ok(files) => files,
            Err(error) => return self.refused(&[error.into()]),
        };
        let seen = Some(mark(&files));
        if seen == self.seen && !asked {
            return;
        }
        let is_new = seen != self.seen;
        self.seen = seen;
        match Library::read(&files) {
            Ok(_) if !is_new => tracing::info!(folder = %self.folder.display(), "the texts have not changed"),
            Ok(library) => {
                let (topics, languages) = (library.fallback().topics.len(), library.languages().count());
                bot.take_library(library);
                tracing::info!(folder = %self.folder.display(), topics, languages, "the texts were read again");
            }
            Err(problems) => self.refused(&problems),
        }
    }

    fn refused(&self, problems: &[Problem]) {
        for problem in problems {
            tracing::error!(%problem, "a problem in the texts");
        }
        let count = problems.len();
        tracing::error!(folder = %self.folder.display(), count, "the texts were not taken; the old ones stay");
    }
}

/// What tells files apart from other files.
fn mark(files: &[SourceFile]) -> u64 {
    let mut hasher = DefaultHasher::new();
    files.iter().for_each(|file| (&file.path, &file.text).hash(&mut hasher));
    hasher.finish()
}

/// Looks at a folder, and at the one that it is in: there it may be replaced as a whole. Costs nothing while nothing
/// happens.
struct Watch(Option<RecommendedWatcher>);

impl Watch {
    fn of(folder: &Path, changed: &mpsc::Sender<()>) -> Self {
        let (changed, watched) = (changed.clone(), absolute(folder));
        let tell = move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| concerns(&event, &watched)) {
                // If one change waits to be looked at already, that is enough.
                let _waiting = changed.try_send(());
            }
        };
        let mut watch = Self(recommended_watcher(tell).map_err(|error| unwatched(folder, &error)).ok());
        if let (Some(watcher), Some(parent)) = (&mut watch.0, absolute(folder).parent())
            && let Err(error) = watcher.watch(parent, RecursiveMode::NonRecursive)
        {
            unwatched(folder, &error);
        }
        watch.renew(folder);
        watch
    }

    /// Looks at the folder that has this name now.
    fn renew(&mut self, folder: &Path) {
        let Some(watcher) = &mut self.0 else { return };
        let path = absolute(folder);
        // There is nothing to end if the folder was taken away.
        let _ended = watcher.unwatch(&path);
        if let Err(error) = watcher.watch(&path, RecursiveMode::Recursive) {
            unwatched(folder, &error);
        }
    }
}

fn unwatched(folder: &Path, error: &notify::Error) {
    tracing::warn!(folder = %folder.display(), %error, "changes of the texts will not be noticed; send SIGHUP after one");
}

fn absolute(folder: &Path) -> PathBuf {
    std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned())
}

/// Whether something may have changed in the folder. That somebody reads there changes nothing: the bot does so itself.
fn concerns(event: &Event, folder: &Path) -> bool {
    !event.kind.is_access() && event.paths.iter().any(|path| path.starts_with(folder))
}

/// SIGHUP, the sign to read again what was read at the start. Windows has none.
struct Hangups {
    #[cfg(unix)]
    signal: Option<tokio::signal::unix::Signal>,
}

impl Hangups {
    #[cfg(unix)]
    fn new() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        let signal = signal(SignalKind::hangup());
        if let Err(error) = &signal {
            tracing::warn!(%error, "SIGHUP will not be noticed");
        }
        Self { signal: signal.ok() }
    }

    #[cfg(not(unix))]
    fn new() -> Self {
        Self {}
    }

    /// Waits for the next one; false once it is time to stop.
    async fn next(&mut self, stop: &CancellationToken) -> bool {
        #[cfg(unix)]
        if let Some(signal) = &mut self.signal {
            return tokio::select! {
                hangup = signal.recv() => hangup.is_some(),
                () = stop.cancelled() => false,
            };
        }
        stop.cancelled().await;
        false
    }
}

#[cfg(test)]
mod tests {
    use notify::event::{AccessKind, CreateKind, EventKind, ModifyKind};

    use super::*;

    fn event(kind: EventKind, path: &str) -> Event {
        Event::new(kind).add_path(PathBuf::from(path))
    }

    #[test]
    fn only_changes_of_the_folder_count() {
        let folder = Path::new("/bot/responses");
        let (written, created) = (EventKind::Modify(ModifyKind::Any), EventKind::Create(CreateKind::Any));
        assert!(concerns(&event(written, "/bot/responses/en/sleep.toml"), folder));
        assert!(concerns(&event(created, "/bot/responses"), folder), "the folder itself was put back");
        assert!(!concerns(&event(written, "/bot/data"), folder));
        assert!(!concerns(&event(EventKind::Access(AccessKind::Any), "/bot/responses/en/sleep.toml"), folder));
    }

    #[tokio::test(start_paused = true)]
    async fn many_changes_at_once_are_one() {
        let (changed, mut changes) = mpsc::channel(1);
        let saving = tokio::spawn(async move {
            for _ in 0..5 {
                let _waiting = changed.try_send(());
                tokio::time::sleep(SETTLED / 2).await;
            }
            changed
        });
        changes.recv().await;
        settled(&mut changes).await;
        let changed = saving.await.expect("it was saved");
        assert!(changes.try_recv().is_err(), "nothing is left to look at");
        drop(changed);
    }
}
