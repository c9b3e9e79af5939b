//! Opt-outs, privacy and housekeeping.

use std::sync::Arc;

use lumbar::domain::reminders::{Destination, NewReminder};
use lumbar::domain::{ChannelId, MessageId, UserId};
use lumbar::store::{AnswerClaim, AnswerClaimed, CooldownKey, PersonRecord, Purged, Settlement, Store};

use super::{ANNA, BERT, LOBBY, add, at, claim, hold, listed, reminder};

pub async fn an_opt_out_lasts_until_it_is_undone(store: Arc<dyn Store>) {
    assert!(!store.has_opted_out(ANNA).await.unwrap());
    assert!(store.opt_out(ANNA, at(0)).await.unwrap());
    assert!(!store.opt_out(ANNA, at(1)).await.unwrap(), "known already");
    assert!(store.has_opted_out(ANNA).await.unwrap());
    assert!(!store.has_opted_out(BERT).await.unwrap());
    assert!(store.opt_in(ANNA).await.unwrap());
    assert!(!store.opt_in(ANNA).await.unwrap());
    assert!(!store.has_opted_out(ANNA).await.unwrap());
}

pub async fn all_that_is_held_is_counted_then_deleted(store: Arc<dyn Store>) {
    assert!(store.held_about(ANNA).await.unwrap().is_empty());
    store.claim_answer(&claim(1, 0)).await.unwrap();
    store.opt_out(ANNA, at(0)).await.unwrap();
    let stopped = add(&*store, &reminder(ANNA, 100)).await;
    store.stop_reminder(ANNA, stopped, at(1)).await.unwrap();
    add(&*store, &reminder(ANNA, 200)).await;
    let of_bert = add(&*store, &reminder(BERT, 300)).await;

    let record = PersonRecord { reminders: 2, opted_out: true, cooldowns: 1, answered_messages: 1, changes: 0 };
    assert_eq!(store.held_about(ANNA).await.unwrap(), record);
    assert_eq!(store.forget_person(ANNA).await.unwrap(), record);
    assert!(store.held_about(ANNA).await.unwrap().is_empty());
    assert!(store.forget_person(ANNA).await.unwrap().is_empty());
    assert!(listed(&*store, ANNA).await.is_empty());
    assert_eq!(listed(&*store, BERT).await[0].id, of_bert, "nobody else's is touched");
    assert_eq!(store.next_wake().await.unwrap(), Some(at(300)));
}

pub async fn a_purge_drops_what_has_run_out_and_nothing_else(store: Arc<dyn Store>) {
    store.claim_answer(&claim(1, 0)).await.unwrap();
    let old = add(&*store, &reminder(ANNA, 10)).await;
    let recent = add(&*store, &reminder(ANNA, 20)).await;
    add(&*store, &reminder(ANNA, 30)).await;
    store.stop_reminder(ANNA, old, at(100)).await.unwrap();
    store.stop_reminder(ANNA, recent, at(101)).await.unwrap();

    assert_eq!(store.purge(at(59), at(99)).await.unwrap(), Purged::default());
    let purged = Purged { cooldowns: 1, answered_messages: 0, reminders: 1, ..Purged::default() };
    assert_eq!(store.purge(at(60), at(100)).await.unwrap(), purged);
    let purged = Purged { cooldowns: 1, answered_messages: 1, ..Purged::default() };
    assert_eq!(store.purge(at(900), at(100)).await.unwrap(), purged);
    assert_eq!(store.held_about(ANNA).await.unwrap().reminders, 2);
    assert_eq!(listed(&*store, ANNA).await.len(), 1, "a live one is never purged");
    assert_eq!(store.claim_answer(&claim(1, 900)).await.unwrap(), AnswerClaimed::Granted);
}

pub async fn ids_keep_all_their_bits(store: Arc<dyn Store>) {
    let person = UserId::new(u64::MAX);
    let channel = ChannelId::new(u64::MAX - 1);
    let asked = NewReminder {
        destination: Destination::Direct,
        set_in: Some(channel),
        guild: None,
        direct_channel: Some(ChannelId::new(1 << 63)),
        ..reminder(person, 5)
    };
    add(&*store, &asked).await;
    assert_eq!(listed(&*store, person).await[0].asked, asked);

    let holds = vec![hold(CooldownKey::Channel(channel), 50), hold(CooldownKey::Channel(LOBBY), 50)];
    let message = MessageId::new(u64::MAX);
    let strange = AnswerClaim { message, person, holds, ..claim(1, 0) };
    assert_eq!(store.claim_answer(&strange).await.unwrap(), AnswerClaimed::Granted);
    assert_eq!(store.claim_answer(&strange).await.unwrap(), AnswerClaimed::AlreadyAnswered);

    let due = store.claim_due(at(5), at(65), 10).await.unwrap();
    assert!(store.settle(&due[0], Settlement::Sent, at(6)).await.unwrap());
}
