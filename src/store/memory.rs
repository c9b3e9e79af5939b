//! The store in memory: the reference that the databases are compared with, and what `lumbar try` runs on.
//!
//! Written to be obviously right, not fast: one lock, plain scans.

mod guilds;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::answers::longest_running;
use super::{
    AddReminder, AnswerClaim, AnswerClaimed, Cooldown, CooldownKey, PersonRecord, Purged, Settlement, Store,
    StoreError, reminders,
};
use crate::domain::reminders::{NewReminder, Reminder, ReminderId, ReminderState};
use crate::domain::{GuildId, MessageId, Timestamp, UserId};

/// A store that lives as long as the program.
#[derive(Debug, Default)]
pub struct MemoryStore {
    tables: Mutex<Tables>,
}

#[derive(Debug, Default)]
struct Tables {
    answered: HashMap<(MessageId, bool), (UserId, Timestamp)>,
    cooldowns: HashMap<CooldownKey, Timestamp>,
    opt_outs: HashSet<UserId>,
    reminders: BTreeMap<ReminderId, Row>,
    last_number: i64,
    guilds: guilds::Guilds,
}

#[derive(Debug)]
struct Row {
    reminder: Reminder,
    /// When it next needs somebody; nothing once it is settled.
    wake: Option<Timestamp>,
    settled_at: Option<Timestamp>,
    told: bool,
}

impl Row {
    fn settle(&mut self, state: ReminderState, now: Timestamp) {
        self.reminder.state = state;
        self.wake = None;
        self.settled_at = Some(now);
    }

    fn wait_until(&mut self, wake: Timestamp) {
        self.reminder.state = ReminderState::Pending;
        self.wake = Some(wake);
    }

    fn is_live_of(&self, person: UserId) -> bool {
        self.wake.is_some() && self.reminder.asked.person == person
    }

    fn is_lost_of(&self, person: UserId) -> bool {
        let lost = matches!(self.reminder.state, ReminderState::Failed | ReminderState::Missed);
        lost && self.reminder.asked.person == person
    }

    fn is_untold_of(&self, person: UserId) -> bool {
        !self.told && self.is_lost_of(person)
    }

    fn accepts(&self, claimed: &Reminder, settlement: Settlement) -> bool {
        let held = &self.reminder;
        let same = self.wake.is_some() && held.occurrence == claimed.occurrence;
        match settlement {
            Settlement::Sent | Settlement::Again { .. } => same,
            Settlement::RetryAt(_) | Settlement::Failed | Settlement::Missed => {
                same && held.state == ReminderState::Sending && held.attempts == claimed.attempts
            }
        }
    }
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// A panic elsewhere leaves the tables whole, since no method can panic half-way.
    fn tables(&self) -> MutexGuard<'_, Tables> {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tables {
    fn running(&self, keys: impl Iterator<Item = CooldownKey>, now: Timestamp) -> Option<Cooldown> {
        let known = keys.filter_map(|key| self.cooldowns.get(&key).copied().map(|until| Cooldown { key, until }));
        longest_running(known, now)
    }

    fn sorted(&self, wanted: impl Fn(&Row) -> bool) -> Vec<Reminder> {
        let mut found: Vec<_> = self.reminders.values().filter(|row| wanted(row)).collect();
        found.sort_by_key(|row| (row.wake.is_none(), row.reminder.asked.due, row.reminder.id));
        found.into_iter().map(|row| row.reminder.clone()).collect()
    }

    fn record(&self, person: UserId) -> PersonRecord {
        PersonRecord {
            reminders: count(self.reminders.values().filter(|row| row.reminder.asked.person == person)),
            opted_out: self.opt_outs.contains(&person),
            cooldowns: count(self.cooldowns.keys().filter(|key| key.person() == Some(person))),
            answered_messages: count(self.answered.values().filter(|(author, _)| *author == person)),
            changes: self.guilds.changes_by(person),
        }
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn claim_answer(&self, claim: &AnswerClaim) -> Result<AnswerClaimed, StoreError> {
        let mut tables = self.tables();
        let urgently_answered = tables.answered.contains_key(&(claim.message, true));
        if urgently_answered || tables.answered.contains_key(&(claim.message, claim.urgent)) {
            return Ok(AnswerClaimed::AlreadyAnswered);
        }
        if tables.opt_outs.contains(&claim.person) {
            return Ok(AnswerClaimed::OptedOut);
        }
        if let Some(held) = tables.running(claim.holds.iter().map(|hold| hold.key.clone()), claim.now) {
            return Ok(held.into());
        }
        for hold in claim.holds_in_order().into_values() {
            tables.cooldowns.insert(hold.key.clone(), hold.until);
        }
        tables.answered.insert((claim.message, claim.urgent), (claim.person, claim.keep_message_until));
        Ok(AnswerClaimed::Granted)
    }

    async fn cooldown_until(&self, keys: &[CooldownKey], now: Timestamp) -> Result<Option<Cooldown>, StoreError> {
        Ok(self.tables().running(keys.iter().cloned(), now))
    }

    async fn opt_out(&self, person: UserId, _now: Timestamp) -> Result<bool, StoreError> {
        Ok(self.tables().opt_outs.insert(person))
    }

    async fn opt_in(&self, person: UserId) -> Result<bool, StoreError> {
        Ok(self.tables().opt_outs.remove(&person))
    }

    async fn has_opted_out(&self, person: UserId) -> Result<bool, StoreError> {
        Ok(self.tables().opt_outs.contains(&person))
    }

    async fn add_reminder(&self, reminder: &NewReminder, limit_per_person: u32) -> Result<AddReminder, StoreError> {
        reminders::check(reminder)?;
        let mut tables = self.tables();
        if count(tables.reminders.values().filter(|row| row.is_live_of(reminder.person))) >= limit_per_person {
            return Ok(AddReminder::TooMany);
        }
        tables.last_number += 1;
        let id = ReminderId::new(tables.last_number);
        let asked = reminder.clone();
        let kept = Reminder { id, asked, occurrence: 0, attempts: 0, state: ReminderState::Pending };
        tables.reminders.insert(id, Row { reminder: kept, wake: Some(reminder.due), settled_at: None, told: false });
        Ok(AddReminder::Added(id))
    }

    async fn reminders_of(&self, person: UserId, settled_after: Timestamp) -> Result<Vec<Reminder>, StoreError> {
        let lately = |row: &Row| row.settled_at.is_some_and(|at| at > settled_after);
        let shown = |row: &Row| row.is_live_of(person) || row.is_lost_of(person) && (!row.told || lately(row));
        Ok(self.tables().sorted(shown))
    }

    async fn guild_of_reminder(&self, person: UserId, id: ReminderId) -> Result<Option<GuildId>, StoreError> {
        let tables = self.tables();
        let kept = tables.reminders.get(&id).map(|row| &row.reminder.asked);
        Ok(kept.filter(|asked| asked.person == person).and_then(|asked| asked.guild))
    }

    async fn untold_for(&self, person: UserId) -> Result<Vec<Reminder>, StoreError> {
        Ok(self.tables().sorted(|row| row.is_untold_of(person)))
    }

    async fn mark_told(&self, person: UserId, reminders: &[ReminderId]) -> Result<(), StoreError> {
        let mut tables = self.tables();
        for id in reminders {
            if let Some(row) = tables.reminders.get_mut(id).filter(|row| row.is_untold_of(person)) {
                row.told = true;
            }
        }
        Ok(())
    }

    async fn stop_reminder(&self, person: UserId, id: ReminderId, now: Timestamp) -> Result<bool, StoreError> {
        let mut tables = self.tables();
        let live = tables.reminders.get_mut(&id).filter(|row| row.is_live_of(person));
        Ok(live.map(|row| row.settle(ReminderState::Stopped, now)).is_some())
    }

    async fn stop_all_reminders(&self, person: UserId, now: Timestamp) -> Result<u32, StoreError> {
        let mut tables = self.tables();
        let live = tables.reminders.values_mut().filter(|row| row.is_live_of(person));
        Ok(count(live.map(|row| row.settle(ReminderState::Stopped, now))))
    }

    async fn claim_due(&self, now: Timestamp, lease_until: Timestamp, limit: u32) -> Result<Vec<Reminder>, StoreError> {
        let mut tables = self.tables();
        let mut waiting: Vec<_> =
            tables.reminders.values_mut().filter(|row| row.wake.is_some_and(|w| w <= now)).collect();
        waiting.sort_by_key(|row| (row.wake, row.reminder.id));
        waiting.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        for row in &mut waiting {
            row.reminder.state = ReminderState::Sending;
            row.reminder.attempts += 1;
            row.wake = Some(lease_until);
        }
        let mut claimed: Vec<_> = waiting.into_iter().map(|row| row.reminder.clone()).collect();
        claimed.sort_by_key(|reminder| (reminder.asked.due, reminder.id));
        Ok(claimed)
    }

    async fn settle(&self, claimed: &Reminder, settlement: Settlement, now: Timestamp) -> Result<bool, StoreError> {
        let mut tables = self.tables();
        let held = tables.reminders.get_mut(&claimed.id).filter(|row| row.accepts(claimed, settlement));
        let Some(row) = held else { return Ok(false) };
        match settlement {
            Settlement::Sent => row.settle(ReminderState::Sent, now),
            Settlement::Failed => row.settle(ReminderState::Failed, now),
            Settlement::Missed => row.settle(ReminderState::Missed, now),
            Settlement::RetryAt(time) => row.wait_until(time),
            Settlement::Again { due, left } => {
                row.wait_until(due);
                row.reminder.asked.due = due;
                row.reminder.occurrence += 1;
                row.reminder.attempts = 0;
                if let Some(repeat) = &mut row.reminder.asked.repeat {
                    repeat.left = left;
                }
            }
        }
        Ok(true)
    }

    async fn next_wake(&self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.tables().reminders.values().filter_map(|row| row.wake).min())
    }

    async fn held_about(&self, person: UserId) -> Result<PersonRecord, StoreError> {
        Ok(self.tables().record(person))
    }

    async fn forget_person(&self, person: UserId) -> Result<PersonRecord, StoreError> {
        let mut tables = self.tables();
        let record = tables.record(person);
        tables.reminders.retain(|_, row| row.reminder.asked.person != person);
        tables.cooldowns.retain(|key, _| key.person() != Some(person));
        tables.answered.retain(|_, (author, _)| *author != person);
        tables.opt_outs.remove(&person);
        tables.guilds.forget_person(person);
        Ok(record)
    }

    async fn purge(&self, now: Timestamp, settled_before: Timestamp) -> Result<Purged, StoreError> {
        let mut tables = self.tables();
        let (drafts, counts) = tables.guilds.purge(now);
        Ok(Purged {
            drafts,
            counts,
            cooldowns: count(tables.cooldowns.extract_if(|_, until| *until <= now)),
            answered_messages: count(tables.answered.extract_if(|_, (_, until)| *until <= now)),
            reminders: count(
                tables.reminders.extract_if(.., |_, row| row.settled_at.is_some_and(|at| at <= settled_before)),
            ),
        })
    }
}

fn count<T>(found: impl Iterator<Item = T>) -> u32 {
    u32::try_from(found.count()).unwrap_or(u32::MAX)
}
