//! What every store must do, whatever keeps its rows: each claim below runs on each backend.
//!
//! A new backend is one line at the end, with a function that opens an empty store.

mod answers;
mod concurrency;
mod guilds;
mod people;
mod reminders;

use std::sync::Arc;
use std::time::Duration;

use lumbar::domain::reminders::{Destination, NewReminder, Reminder, ReminderId};
use lumbar::domain::topics::TopicId;
use lumbar::domain::{ChannelId, MessageId, Timestamp, UserId};
use lumbar::store::{self, AddReminder, AnswerClaim, Cooldown, CooldownKey, DatabaseAddress, MemoryStore, Store};
use tempfile::TempDir;

/// An empty store, and what has to outlive it.
type Opened = (Arc<dyn Store>, Option<TempDir>);

async fn memory() -> Opened {
    (Arc::new(MemoryStore::new()), None)
}

async fn sqlite() -> Opened {
    let folder = TempDir::new().unwrap();
    let address = DatabaseAddress::Sqlite { path: folder.path().join("lumbar.db") };
    (store::open(&address).await.unwrap(), Some(folder))
}

macro_rules! stamp {
    ($open:path; $($group:ident: $($claim:ident)*;)*) => {
        $(mod $group {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $claim() {
                let (store, _folder) = $open().await;
                crate::store_contract::$group::$claim(store).await;
            })*
        })*
    };
}

/// A claim that is missing from this list is dead code, and the compiler says so.
macro_rules! contract {
    ($backend:ident, $open:path) => {
        mod $backend {
            stamp! { $open;
                answers:
                    a_message_is_answered_once
                    a_running_cooldown_holds_back_and_nothing_is_set
                    a_cooldown_is_over_at_its_end
                    of_several_cooldowns_the_longest_is_named
                    a_key_named_twice_does_not_hold_itself_back
                    an_urgent_answer_passes_every_cooldown
                    an_answered_message_may_become_urgent_and_not_the_other_way_round
                    whoever_opted_out_is_not_answered
                    cooldowns_can_be_looked_up_without_being_set;
                concurrency:
                    of_a_hundred_claims_one_is_granted
                    of_a_hundred_messages_in_a_channel_one_is_answered
                    claims_whose_cooldowns_cross_do_not_wait_for_each_other
                    no_reminder_is_handed_out_twice
                    the_limit_holds_against_many_at_once
                    of_many_who_settle_one_does;
                guilds:
                    a_server_starts_with_nothing_of_its_own
                    a_change_is_kept_with_who_and_when
                    a_change_of_what_has_moved_on_is_refused
                    of_many_who_change_the_same_one_does
                    the_latest_changes_are_kept
                    a_draft_waits_until_it_is_dropped
                    what_happens_is_counted_by_week_and_phrase
                    a_watched_message_is_noted_once
                    of_very_many_watched_messages_the_latest_are_handed_out
                    a_moderator_can_be_forgotten_and_the_change_stays
                    a_server_that_is_missing_is_noted_once_until_it_is_back
                    a_server_can_be_forgotten
                    what_has_run_out_is_purged;
                people:
                    an_opt_out_lasts_until_it_is_undone
                    all_that_is_held_is_counted_then_deleted
                    a_purge_drops_what_has_run_out_and_nothing_else
                    ids_keep_all_their_bits;
                reminders:
                    a_reminder_comes_back_as_it_was_asked_for
                    where_a_reminder_was_set_is_known_while_it_is_kept
                    nobody_has_more_than_the_limit
                    a_number_is_never_given_twice
                    a_locale_that_does_not_fit_is_refused
                    due_reminders_come_oldest_first_and_only_when_due
                    the_limit_of_a_claim_takes_those_that_waited_longest
                    a_lease_keeps_others_away_until_it_is_over
                    a_sent_reminder_is_over
                    a_repeat_waits_for_its_next_time
                    a_retry_keeps_its_time_and_counts_its_attempts
                    a_retry_does_not_push_aside_those_that_wait_longer
                    a_stop_wins_over_whoever_is_sending
                    old_news_of_a_delivery_counts_and_old_news_of_a_failure_does_not
                    what_was_lost_is_listed_until_told_and_for_a_while_after
                    only_its_owner_stops_a_reminder
                    all_of_a_persons_reminders_stop_at_once
                    the_next_wake_is_the_earliest_of_all;
            }
        }
    };
}

contract!(on_memory, crate::store_contract::memory);
contract!(on_sqlite, crate::store_contract::sqlite);

// What the claims speak of.

pub const ANNA: UserId = UserId::new(11);
pub const BERT: UserId = UserId::new(12);
pub const LOBBY: ChannelId = ChannelId::new(21);

pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_700_000_000_000 + seconds * 1_000)
}

pub fn about(person: UserId, topic: &str) -> CooldownKey {
    CooldownKey::PersonTopic(person, TopicId::parse(topic).unwrap())
}

pub fn hold(key: CooldownKey, until: i64) -> Cooldown {
    Cooldown { key, until: at(until) }
}

/// Anna's message, a minute of cooldown for the lobby, ten for her and the topic.
pub fn claim(message: u64, now: i64) -> AnswerClaim {
    AnswerClaim {
        message: MessageId::new(message),
        person: ANNA,
        now: at(now),
        holds: vec![hold(about(ANNA, "back-went-out"), now + 600), hold(CooldownKey::Channel(LOBBY), now + 60)],
        urgent: false,
        keep_message_until: at(now + 900),
    }
}

pub fn reminder(person: UserId, due: i64) -> NewReminder {
    NewReminder {
        person,
        destination: Destination::Channel(LOBBY),
        set_in: Some(LOBBY),
        guild: None,
        direct_channel: Some(ChannelId::new(41)),
        locale: "en-GB".into(),
        public_locale: Some("de".into()),
        due: at(due),
        repeat: None,
    }
}

pub async fn add(store: &dyn Store, reminder: &NewReminder) -> ReminderId {
    match store.add_reminder(reminder, 25).await.unwrap() {
        AddReminder::Added(id) => id,
        AddReminder::TooMany => panic!("there was room for {reminder:?}"),
    }
}

/// What a person's list holds if it shows nothing that they were told of before.
pub async fn listed(store: &dyn Store, person: UserId) -> Vec<Reminder> {
    store.reminders_of(person, at(1_000_000)).await.unwrap()
}

pub const HOUR: Duration = Duration::from_secs(3_600);
