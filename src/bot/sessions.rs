//! Sessions of breathing in words: one a person at a time, each of which changes its own message until it is over.
//!
//! Only those of this process are known: to change a private message one needs a secret that belongs on no disk. So a
//! session does not outlive the program; its buttons do, and say what happened (ARCHITECTURE.md, "Decisions").

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use tokio_util::sync::CancellationToken;

use super::reminders::Clock;
use super::{Bot, Visitor};
use crate::domain::breathing::course::Stage;
use crate::domain::breathing::guide::{Ending, Guide, Next, Shown};
use crate::domain::breathing::session::{Plan, Session, SessionId};
use crate::domain::reply::Reply;
use crate::domain::{Timestamp, UserId, answers};

/// Every session is over after this. One whose message was never sent is forgotten then.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// The message of a session.
#[async_trait]
pub trait Page: Send + Sync {
    /// Changes what it says, in one try.
    async fn turn(&self, reply: &Reply) -> Shown;

    /// Changes what it says for the last time, trying again where that helps.
    async fn close(&self, reply: &Reply);
}

/// The sessions that go on, and those that were ended and have yet to notice.
#[derive(Debug, Default)]
pub(super) struct Sessions(Mutex<BTreeMap<(UserId, SessionId), Arc<Control>>>);

/// How a session is ended from outside.
#[derive(Debug, Default)]
struct Control {
    ending: OnceLock<Ending>,
    rings: CancellationToken,
    /// Held while the message is being changed, so that whoever ends the session can let a change on its way arrive first.
    pen: tokio::sync::Mutex<()>,
}

impl Control {
    /// Ends it, unless it has ended already; says how it did. When this returns, no change is on its way any more.
    async fn end(&self, ending: Ending) -> Ending {
        let ending = *self.ending.get_or_init(|| ending);
        self.rings.cancel();
        let _arrived = self.pen.lock().await;
        ending
    }
}

impl Sessions {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<(UserId, SessionId), Arc<Control>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes up a new session of this person; also gives those that they had.
    fn begin(&self, person: UserId, now: Timestamp) -> (SessionId, Vec<Arc<Control>>) {
        let mut all = self.lock();
        all.retain(|(_, id), _| now.since(id.moment()) < LONGEST);
        let before = all.range((person, SessionId::FIRST)..=(person, SessionId::LAST));
        let before: Vec<_> = before.map(|(_, control)| Arc::clone(control)).collect();
        let mut moment = now;
        while all.contains_key(&(person, SessionId::begun(moment))) {
            moment = moment.after(Duration::from_millis(1));
        }
        let id = SessionId::begun(moment);
        all.insert((person, id), Arc::default());
        (id, before)
    }

    fn find(&self, person: UserId, id: SessionId) -> Option<Arc<Control>> {
        self.lock().get(&(person, id)).map(Arc::clone)
    }

    fn forget(&self, session: &Session) {
        self.lock().remove(&(session.person, session.id));
    }
}

impl Bot {
    /// Begins a session for a visitor; the reply is its message. `instead_of` is the session that the message had before.
    pub(super) async fn begin_session(
        &self,
        visitor: &Visitor,
        plan: &Plan,
        is_public: bool,
        instead_of: Option<SessionId>,
        now: Timestamp,
    ) -> Reply {
        let locale = if is_public { self.public_locale_of(visitor).await } else { visitor.locale.clone() };
        if let Some(id) = instead_of.filter(|_| visitor.on_private_message) {
            // Its message is about to be this one's: no last word.
            self.stop_session(visitor.person, id).await;
        }
        let (id, before) = self.sessions.begin(visitor.person, now);
        for control in before {
            control.end(Ending::Replaced).await;
        }
        let plan =
            plan.pattern_among(&self.library().patterns).map_or_else(|| plan.clone(), |pattern| plan.with(pattern));
        answers::session_begins(&self.library(), Session { id, person: visitor.person, locale, plan })
    }

    /// Stops a session, and says how it ended: some other way, if it had ended before.
    pub(super) async fn stop_session(&self, person: UserId, id: SessionId) -> Ending {
        match self.sessions.find(person, id) {
            Some(control) => control.end(Ending::Stopped).await,
            None => Ending::Interrupted,
        }
    }

    /// Whether a session goes on.
    pub fn session_goes_on(&self, session: &Session) -> bool {
        let control = self.sessions.find(session.person, session.id);
        control.is_some_and(|control| control.ending.get().is_none())
    }

    /// A session that starts at this moment; nothing if it takes no time.
    pub fn guide_through(&self, session: &Session, now: Timestamp) -> Option<Guide> {
        let library = self.library();
        let pattern = session.plan.pattern_among(&library.patterns)?;
        Some(Guide::start(session.plan.course_of(pattern)?, now))
    }

    /// What the message says at this stage.
    pub fn session_page(&self, session: &Session, stage: Stage) -> Reply {
        answers::session_goes_on(&self.library(), session, stage)
    }

    /// What the message says when the session has come to its end.
    pub fn session_over(&self, session: &Session, ending: Ending) -> Reply {
        self.sessions.forget(session);
        answers::session_over(&self.library(), &session.locale, &session.plan, ending)
    }

    /// Leads a person through a session, which started when its message was sent, until it is over or `stop` is cancelled.
    pub async fn lead(
        &self,
        session: &Session,
        started: Timestamp,
        page: &dyn Page,
        clock: &dyn Clock,
        stop: &CancellationToken,
    ) {
        let Some(control) = self.sessions.find(session.person, session.id) else { return };
        let ending = match self.guide_through(session, started) {
            Some(guide) => self.turn_pages(session, guide, &control, page, clock, stop).await,
            None => Ending::Finished,
        };
        let ending = *control.ending.get_or_init(|| ending);
        let _pen = control.pen.lock().await;
        let over = self.session_over(session, ending);
        match ending {
            // Whoever stopped it has closed it with their own press.
            Ending::Stopped => {}
            // There is no time for more than one try.
            Ending::BotStops => drop(page.turn(&over).await),
            _ => page.close(&over).await,
        }
    }

    async fn turn_pages(
        &self,
        session: &Session,
        mut guide: Guide,
        control: &Control,
        page: &dyn Page,
        clock: &dyn Clock,
        stop: &CancellationToken,
    ) -> Ending {
        loop {
            let pause = match guide.next(clock.now()) {
                Next::Over(ending) => return ending,
                Next::Wait(pause) => pause,
                Next::Show(stage) => {
                    let _pen = control.pen.lock().await;
                    if let Some(ending) = control.ending.get() {
                        return *ending;
                    }
                    let shown = page.turn(&self.session_page(session, stage)).await;
                    guide.note(stage, shown, clock.now());
                    Duration::ZERO
                }
            };
            tokio::select! {
                biased;
                // Whoever rang has said how it ends.
                () = control.rings.cancelled() => return Ending::Stopped,
                () = stop.cancelled() => return Ending::BotStops,
                () = clock.passes(pause) => {}
            }
        }
    }
}
