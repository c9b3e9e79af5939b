//! The account of a run: what was promised, what arrived, and what must never be.
//!
//! A second copy of an occurrence is allowed in one case: nobody had written down that the first arrived, since its
//! answer was lost or its process died; and either Discord had forgotten the nonce, or the second went to another place.

use std::collections::{BTreeMap, BTreeSet};

use lumbar::bot::reminders::Delivery;
use lumbar::domain::reminders::{Destination, NewReminder, Reminder};
use lumbar::domain::settings::Settings;
use lumbar::domain::{Timestamp, UserId};
use lumbar::store::Settlement;

use super::world::World;

/// How long a claim has to keep everybody else away.
const LEASE: i64 = 60_000;
/// From when on a reminder is too late to be sent.
const TOO_LATE: i64 = 12 * 60 * 60 * 1000;
/// The longest pause before another try.
const LONGEST_PAUSE: i64 = 300_000;

/// What is known of all reminders of a run.
#[derive(Debug, Default)]
pub struct Account {
    reminders: BTreeMap<i64, Known>,
    under_way: Vec<(usize, String, i64)>,
    /// Which processes were told that which occurrence arrived.
    told: BTreeSet<(usize, i64, u32)>,
    last_started: BTreeMap<usize, (u64, usize)>,
    moments: u64,
    /// When the clock was last set forward, and when it was last set at all.
    pub set_forward_at: i64,
    pub set_at: i64,
    pub violations: Vec<String>,
    pub counts: Counts,
}

/// What happened, to see that a run was worth it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub arrived: u64,
    pub second_copies: u64,
    pub failed: u64,
    pub missed: u64,
    pub stopped: u64,
    pub retried: u64,
    pub crashes: u64,
}

#[derive(Debug)]
struct Known {
    asked: NewReminder,
    occurrence: u32,
    live: bool,
    /// The moment from which on it must not be claimed.
    ended: Option<u64>,
    claims: BTreeMap<usize, Claim>,
    /// Until when, on the wall, nobody else may claim it, and since when that holds.
    leased: Option<(i64, i64)>,
    claimed_before: bool,
    posts: Vec<Post>,
    written: BTreeSet<u32>,
    refused: BTreeSet<char>,
}

#[derive(Clone, Copy, Debug)]
struct Claim {
    moment: u64,
    index: usize,
    occurrence: u32,
    attempts: u32,
    wall: i64,
    due: i64,
}

#[derive(Debug)]
struct Post {
    occurrence: u32,
    place: char,
    nonce: String,
}

/// What a nonce tells: number, occurrence, place.
fn read(nonce: &str) -> (i64, u32, char) {
    let plain = nonce.split('!').next().unwrap();
    let (number, rest) = plain.strip_prefix('r').unwrap().split_once('.').unwrap();
    let (occurrence, place) = rest.split_at(rest.len() - 1);
    (number.parse().unwrap(), occurrence.parse().unwrap(), place.chars().next().unwrap())
}

fn place(destination: Destination) -> char {
    if destination == Destination::Direct { 'd' } else { 'c' }
}

impl Known {
    fn places(&self) -> BTreeSet<char> {
        let second = match self.asked.destination {
            Destination::Direct => self.asked.set_in.map(|_| 'c'),
            Destination::Channel(_) => Some('d'),
        };
        std::iter::once(place(self.asked.destination)).chain(second).collect()
    }

    fn end(&mut self, moment: u64) {
        (self.live, self.ended, self.leased) = (false, Some(moment), None);
    }
}

impl Account {
    /// A delivery is over, whatever came of it.
    pub fn over(&mut self, process: usize, nonce: &str) {
        self.under_way.retain(|(by, known, _)| (*by, known.as_str()) != (process, nonce));
    }

    /// The numbers of a person's live reminders, and of those that have come to them.
    pub fn of(&self, person: UserId) -> (Vec<i64>, Vec<i64>) {
        let theirs = || self.reminders.iter().filter(move |(_, known)| known.asked.person == person);
        let live = theirs().filter(|(_, known)| known.live).map(|(id, _)| *id).collect();
        (live, theirs().filter(|(_, known)| !known.posts.is_empty()).map(|(id, _)| *id).collect())
    }

    /// Whether a reminder has yet to come, or to end.
    pub fn live(&self) -> Vec<i64> {
        self.reminders.iter().filter(|(_, known)| known.live).map(|(id, _)| *id).collect()
    }

    /// The first place of a reminder that is being sent.
    pub fn is_first_place(&self, nonce: &str) -> bool {
        let (id, _, mark) = read(nonce);
        self.reminders.get(&id).is_some_and(|known| place(known.asked.destination) == mark)
    }

    /// Somebody was promised this reminder.
    pub fn promised(&mut self, id: i64) {
        if !self.reminders.contains_key(&id) {
            self.violations.push(format!("{id} was promised and is not kept"));
        }
    }

    fn next_moment(&mut self) -> u64 {
        self.moments += 1;
        self.moments
    }
}

impl World {
    fn wall(&self) -> i64 {
        self.time.wall().as_millis()
    }

    fn wrong(&mut self, what: String) {
        self.tell(|| format!("WRONG: {what}"));
        self.account.violations.push(what);
    }

    /// The store took a new reminder.
    pub fn account_added(&mut self, id: i64, asked: &NewReminder, limit: u32) {
        self.tell(|| format!("{id} is kept for {}: due {:?}, {:?}", asked.person, asked.due, asked.repeat));
        let known = Known {
            asked: asked.clone(),
            occurrence: 0,
            live: true,
            ended: None,
            claims: BTreeMap::new(),
            leased: None,
            claimed_before: false,
            posts: Vec::new(),
            written: BTreeSet::new(),
            refused: BTreeSet::new(),
        };
        if self.account.reminders.insert(id, known).is_some() {
            self.wrong(format!("the number {id} was given twice"));
        }
        if self.account.of(asked.person).0.len() > limit as usize {
            self.wrong(format!("{} has more than {limit} reminders", asked.person));
        }
    }

    /// A person stopped a reminder, or all of theirs.
    pub fn account_stopped(&mut self, person: UserId, id: Option<i64>) {
        let moment = self.account.next_moment();
        self.tell(|| format!("{person} stops {id:?}"));
        let theirs = self.account.reminders.iter_mut().filter(|(_, known)| known.asked.person == person && known.live);
        let mut stopped = 0;
        for (_, known) in theirs.filter(|(number, _)| id.is_none_or(|id| id == **number)) {
            known.end(moment);
            stopped += 1;
        }
        self.account.counts.stopped += stopped;
    }

    /// The store handed these out.
    pub fn account_claimed(&mut self, process: usize, claimed: &[Reminder], now: Timestamp) {
        let (moment, wall, passed) = (self.account.next_moment(), self.wall(), self.time.passed);
        let forward = self.account.set_forward_at;
        let mut wrongs = Vec::new();
        let order: Vec<_> = claimed.iter().map(|reminder| (reminder.asked.due, reminder.id)).collect();
        if !order.is_sorted() {
            wrongs.push(format!("not the oldest first: {order:?}"));
        }
        for (index, reminder) in claimed.iter().enumerate() {
            let (id, due) = (reminder.id.get(), reminder.asked.due.as_millis());
            let Some(known) = self.account.reminders.get_mut(&id) else {
                wrongs.push(format!("{id} was claimed and nobody asked for it"));
                continue;
            };
            if known.ended.is_some() {
                wrongs.push(format!("{id} was claimed after it had ended"));
            }
            // A clock that was set back since the first try takes nothing back.
            if reminder.asked.due > now && reminder.attempts == 1 {
                wrongs.push(format!("{id} was claimed before its time"));
            }
            if known.leased.is_some_and(|(until, since)| now.as_millis() < until && since > forward) {
                wrongs.push(format!("{id} was handed out while somebody was sending it"));
            }
            let (occurrence, attempts) = (reminder.occurrence, reminder.attempts);
            known.claims.insert(process, Claim { moment, index, occurrence, attempts, wall, due });
            (known.leased, known.claimed_before) = (Some((now.as_millis() + LEASE, passed)), true);
            known.refused.clear();
        }
        let newest = claimed.iter().filter(|one| one.attempts == 1).map(|one| one.asked.due).max();
        let waits =
            |known: &Known| known.live && !known.claimed_before && newest.is_some_and(|due| known.asked.due < due);
        let overtaken: Vec<_> =
            self.account.reminders.iter().filter(|(_, known)| waits(known)).map(|(id, _)| *id).collect();
        if !overtaken.is_empty() {
            wrongs.push(format!("{overtaken:?} are older and still wait"));
        }
        self.tell(|| {
            format!("process {process} claims {:?}", claimed.iter().map(|it| it.id.get()).collect::<Vec<_>>())
        });
        wrongs.into_iter().for_each(|what| self.wrong(what));
    }

    /// A process begins to send.
    pub fn account_start(&mut self, process: usize, delivery: &Delivery) {
        let ((id, occurrence, mark), wall, passed) = (read(&delivery.nonce), self.wall(), self.time.passed);
        self.tell(|| format!("process {process} sends {}", delivery.nonce));
        let account = &self.account;
        let Some((known, claim)) = account.reminders.get(&id).and_then(|it| Some((it, *it.claims.get(&process)?)))
        else {
            return self.wrong(format!("{id} is sent by somebody who did not claim it"));
        };
        let (first_place, late) = (mark == place(known.asked.destination), wall - claim.due);
        let settings = Settings::default();
        let says_late = format!("{:?}", delivery.reply).contains("This is late");
        let others = |(_, nonce, since): &&(usize, String, i64)| read(nonce).0 == id && *since > account.set_forward_at;
        let own = account.under_way.iter().any(|(by, nonce, _)| *by == process && read(nonce).0 == id);
        let started = account.last_started.get(&process).is_some_and(|last| *last > (claim.moment, claim.index));
        let checks = [
            (known.ended.is_some_and(|ended| ended < claim.moment), "was stopped before it was claimed"),
            (claim.occurrence != occurrence, "is not the occurrence that was claimed"),
            (own || account.under_way.iter().any(|it| others(&it)), "is being sent already"),
            (account.told.contains(&(process, id, occurrence)), "is known to have arrived"),
            (first_place && late > TOO_LATE, "is half a day late"),
            (
                late >= 0 && says_late != (late.unsigned_abs() >= settings.late_after.as_millis() as u64),
                "says wrongly whether it is late",
            ),
            (first_place && claim.attempts == 1 && started, "is older than one that was sent before"),
        ];
        let wrongs: Vec<_> = checks.into_iter().filter(|(wrong, _)| *wrong).map(|(_, what)| what).collect();
        if first_place && claim.attempts == 1 {
            self.account.last_started.insert(process, (claim.moment, claim.index));
        }
        self.account.under_way.push((process, delivery.nonce.clone(), passed));
        wrongs.into_iter().for_each(|what| self.wrong(format!("{id} is sent, and {what}")));
    }

    /// A process hears what became of what it sent.
    pub fn account_told(&mut self, process: usize, delivery: &Delivery) {
        let (id, occurrence, _) = read(&delivery.nonce);
        self.account.told.insert((process, id, occurrence));
    }

    /// Discord refuses it.
    pub fn account_refused(&mut self, delivery: &Delivery) {
        let (id, _, mark) = read(&delivery.nonce);
        if let Some(known) = self.account.reminders.get_mut(&id) {
            known.refused.insert(mark);
        }
    }

    /// It stands in a channel, for everybody to see.
    pub fn account_post(&mut self, delivery: &Delivery) {
        let (id, occurrence, mark) = read(&delivery.nonce);
        self.tell(|| format!("{} arrives", delivery.nonce));
        let Some(known) = self.account.reminders.get_mut(&id) else { return };
        let written = known.written.contains(&occurrence);
        let mut before = known.posts.iter().filter(|post| post.occurrence == occurrence).peekable();
        let second = before.peek().is_some();
        let renamed = before.any(|post| post.place == mark && post.nonce != delivery.nonce);
        known.posts.push(Post { occurrence, place: mark, nonce: delivery.nonce.clone() });
        self.account.counts.arrived += u64::from(!second);
        self.account.counts.second_copies += u64::from(second);
        if second && written {
            self.wrong(format!("{id} comes again after its arrival was written down"));
        }
        if renamed {
            self.wrong(format!("{id} comes again under another nonce"));
        }
    }

    /// The store wrote down what became of it.
    pub fn account_settled(&mut self, claimed: &Reminder, settlement: Settlement) {
        let (id, occurrence, wall) = (claimed.id.get(), claimed.occurrence, self.wall());
        let moment = self.account.next_moment();
        let steady = self.time.passed - self.account.set_at > 1_000;
        self.tell(|| format!("{id} is settled: {settlement:?}"));
        let Some(known) = self.account.reminders.get_mut(&id) else { return };
        let arrived = known.posts.iter().any(|post| post.occurrence == occurrence);
        let claims = known.claims.values();
        let too_late = claims.filter(|it| it.occurrence == occurrence).any(|it| it.wall - it.due > TOO_LATE);
        let places = known.places();
        let wrong = match settlement {
            Settlement::Sent | Settlement::Again { .. } if !arrived && !too_late => {
                Some("counts as sent and never arrived")
            }
            Settlement::Failed if known.refused != places => Some("was given up with a place left to try"),
            Settlement::Missed if !too_late => Some("was missed though there was time"),
            Settlement::RetryAt(at) if steady && at.as_millis() > wall + LONGEST_PAUSE => {
                Some("waits too long for another try")
            }
            Settlement::Again { due, .. } if !keeps_rhythm(&known.asked, due) => Some("lost its rhythm"),
            _ => None,
        };
        if arrived && matches!(settlement, Settlement::Sent | Settlement::Again { .. }) {
            known.written.insert(occurrence);
        }
        known.leased = None;
        let counts = &mut self.account.counts;
        match settlement {
            Settlement::Sent => {}
            Settlement::Failed => counts.failed += 1,
            Settlement::Missed => counts.missed += 1,
            Settlement::RetryAt(_) => counts.retried += 1,
            Settlement::Again { due, .. } => {
                (known.asked.due, known.occurrence, known.claimed_before) = (due, occurrence + 1, false);
            }
        }
        if !matches!(settlement, Settlement::Again { .. } | Settlement::RetryAt(_)) {
            known.end(moment);
        }
        if let Some(what) = wrong {
            self.wrong(format!("{id} {what}"));
        }
    }
}

fn keeps_rhythm(asked: &NewReminder, next: Timestamp) -> bool {
    let Some(repeat) = asked.repeat else { return false };
    let ahead = next.as_millis() - asked.due.as_millis();
    ahead > 0 && ahead % i64::try_from(repeat.every.as_millis()).unwrap() == 0
}
