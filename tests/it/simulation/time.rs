//! Time that passes when everybody waits, and the tasks that wait.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use async_trait::async_trait;
use lumbar::bot::reminders::Clock;
use lumbar::domain::Timestamp;

use super::world::{Shared, lock};

/// When a run begins, on the wall: 2026-11-22 14:00:00 UTC.
const START: i64 = 1_795_356_000_000;

/// The time of a run.
#[derive(Debug, Default)]
pub struct Time {
    /// Milliseconds since the start, as Discord and the sleepers count them.
    pub passed: i64,
    /// How far the clock of the bot's machine was set off.
    pub set_off: i64,
    sleepers: BTreeMap<(i64, u64), Waker>,
    slept: u64,
}

impl Time {
    /// What the clock of the bot's machine shows.
    pub fn wall(&self) -> Timestamp {
        Timestamp::from_millis(START + self.passed + self.set_off)
    }

    /// When the first sleeper wants to be woken.
    pub fn next(&self) -> Option<i64> {
        self.sleepers.keys().next().map(|(at, _)| *at)
    }

    /// Lets time pass until `at`, and gives those whose time has come, in their order.
    pub fn pass_until(&mut self, at: i64) -> Vec<Waker> {
        self.passed = self.passed.max(at);
        let later = self.sleepers.split_off(&(self.passed + 1, 0));
        std::mem::replace(&mut self.sleepers, later).into_values().collect()
    }
}

/// The clock of the bot's machine.
pub struct MachineClock(pub Shared);

#[async_trait]
impl Clock for MachineClock {
    fn now(&self) -> Timestamp {
        lock(&self.0).time.wall()
    }

    async fn passes(&self, span: Duration) {
        sleep(&self.0, i64::try_from(span.as_millis()).unwrap_or(i64::MAX)).await;
    }
}

/// Returns when so many milliseconds have passed.
pub fn sleep(world: &Shared, milliseconds: i64) -> Sleep {
    let until = lock(world).time.passed.saturating_add(milliseconds);
    Sleep { world: Arc::clone(world), until, key: None }
}

/// Somebody who sleeps.
pub struct Sleep {
    world: Shared,
    until: i64,
    key: Option<(i64, u64)>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let world = Arc::clone(&self.world);
        let time = &mut lock(&world).time;
        if time.passed >= self.until {
            return Poll::Ready(());
        }
        let key = self.key.unwrap_or_else(|| {
            time.slept += 1;
            (self.until, time.slept)
        });
        time.sleepers.insert(key, context.waker().clone());
        self.key = Some(key);
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(key) = self.key {
            lock(&self.world).time.sleepers.remove(&key);
        }
    }
}

/// Whether a task has something to do.
#[derive(Default)]
struct Bell {
    rung: AtomicBool,
    /// Whoever waits for a database of its own thread.
    outside: Mutex<Option<Waker>>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.rung.store(true, Ordering::SeqCst);
        if let Some(outside) = &*self.outside.lock().unwrap() {
            outside.wake_by_ref();
        }
    }
}

/// Something that a process does.
pub struct Task {
    /// The process that it dies with.
    pub process: usize,
    future: Pin<Box<dyn Future<Output = ()> + Send>>,
    bell: Arc<Bell>,
}

impl Task {
    /// A task that is about to begin.
    pub fn new(process: usize, future: impl Future<Output = ()> + Send + 'static) -> Self {
        let bell = Arc::new(Bell { rung: AtomicBool::new(true), outside: Mutex::default() });
        Self { process, future: Box::pin(future), bell }
    }

    /// Lets it go on if it has something to do. Whether it did, and whether it is over.
    pub fn go_on(&mut self, outside: &Waker) -> Option<Poll<()>> {
        *self.bell.outside.lock().unwrap() = Some(outside.clone());
        if !self.bell.rung.swap(false, Ordering::SeqCst) {
            return None;
        }
        let waker = Waker::from(Arc::clone(&self.bell));
        Some(self.future.as_mut().poll(&mut Context::from_waker(&waker)))
    }
}
