//! Reminders, from the wish to the end.

use std::sync::Arc;

use lumbar::domain::GuildId;
use lumbar::domain::reminders::{Destination, NewReminder, Reminder, ReminderId, ReminderState, Repeat};
use lumbar::store::{AddReminder, LONGEST_LOCALE, Settlement, Store, StoreError};

use super::{ANNA, BERT, HOUR, add, at, listed, reminder};

fn ids(reminders: &[Reminder]) -> Vec<ReminderId> {
    reminders.iter().map(|reminder| reminder.id).collect()
}

async fn claim_one(store: &dyn Store, now: i64) -> Reminder {
    let mut due = store.claim_due(at(now), at(now + 60), 1).await.unwrap();
    due.pop().expect("one is due")
}

pub async fn a_reminder_comes_back_as_it_was_asked_for(store: Arc<dyn Store>) {
    let plain =
        NewReminder { destination: Destination::Direct, set_in: None, direct_channel: None, ..reminder(ANNA, 10) };
    let full = NewReminder { repeat: Some(Repeat { every: 2 * HOUR, left: 4 }), ..reminder(ANNA, 20) };
    let first = add(&*store, &plain).await;
    let second = add(&*store, &full).await;
    let kept = |id, asked| Reminder { id, asked, occurrence: 0, attempts: 0, state: ReminderState::Pending };
    assert_eq!(listed(&*store, ANNA).await, [kept(first, plain), kept(second, full)]);
    assert!(listed(&*store, BERT).await.is_empty());
}

pub async fn where_a_reminder_was_set_is_known_while_it_is_kept(store: Arc<dyn Store>) {
    let guild = Some(GuildId::new(u64::MAX));
    let here = add(&*store, &NewReminder { guild, ..reminder(ANNA, 10) }).await;
    let nowhere = add(&*store, &NewReminder { guild: None, ..reminder(ANNA, 10) }).await;
    assert_eq!(store.guild_of_reminder(ANNA, here).await.unwrap(), guild);
    assert_eq!(store.guild_of_reminder(BERT, here).await.unwrap(), None, "it is not theirs");
    assert_eq!(store.guild_of_reminder(ANNA, nowhere).await.unwrap(), None);
    store.stop_reminder(ANNA, here, at(20)).await.unwrap();
    assert_eq!(store.guild_of_reminder(ANNA, here).await.unwrap(), guild, "it is over, and still kept");
    store.forget_person(ANNA).await.unwrap();
    assert_eq!(store.guild_of_reminder(ANNA, here).await.unwrap(), None);
}

pub async fn nobody_has_more_than_the_limit(store: Arc<dyn Store>) {
    let wish = reminder(ANNA, 10);
    let AddReminder::Added(first) = store.add_reminder(&wish, 2).await.unwrap() else { panic!("there was room") };
    store.add_reminder(&wish, 2).await.unwrap();
    assert_eq!(store.add_reminder(&wish, 2).await.unwrap(), AddReminder::TooMany);
    assert!(matches!(store.add_reminder(&reminder(BERT, 10), 2).await.unwrap(), AddReminder::Added(_)));
    // One that is being sent still counts, one that was stopped does not.
    store.claim_due(at(10), at(70), 10).await.unwrap();
    assert_eq!(store.add_reminder(&wish, 2).await.unwrap(), AddReminder::TooMany);
    store.stop_reminder(ANNA, first, at(11)).await.unwrap();
    assert!(matches!(store.add_reminder(&wish, 2).await.unwrap(), AddReminder::Added(_)));
}

pub async fn a_number_is_never_given_twice(store: Arc<dyn Store>) {
    let first = add(&*store, &reminder(ANNA, 10)).await;
    store.forget_person(ANNA).await.unwrap();
    assert!(add(&*store, &reminder(ANNA, 10)).await > first);
}

pub async fn a_locale_that_does_not_fit_is_refused(store: Arc<dyn Store>) {
    let wish = |length| NewReminder { locale: "ß".repeat(length), ..reminder(ANNA, 10) };
    let refused = store.add_reminder(&wish(LONGEST_LOCALE + 1), 25).await;
    assert!(matches!(refused, Err(StoreError::LocaleTooLong { .. })), "{refused:?}");
    add(&*store, &wish(LONGEST_LOCALE)).await;
}

pub async fn due_reminders_come_oldest_first_and_only_when_due(store: Arc<dyn Store>) {
    let last = add(&*store, &reminder(ANNA, 30)).await;
    let first = add(&*store, &reminder(BERT, 10)).await;
    let second = add(&*store, &reminder(ANNA, 10)).await;
    assert!(store.claim_due(at(9), at(70), 10).await.unwrap().is_empty());
    let due = store.claim_due(at(10), at(70), 10).await.unwrap();
    assert_eq!(ids(&due), [first, second]);
    assert!(due.iter().all(|reminder| (reminder.state, reminder.attempts) == (ReminderState::Sending, 1)));
    assert_eq!(ids(&store.claim_due(at(31), at(91), 10).await.unwrap()), [last]);
}

pub async fn the_limit_of_a_claim_takes_those_that_waited_longest(store: Arc<dyn Store>) {
    let mut expected = Vec::new();
    for due in [50, 40, 30, 20, 10] {
        expected.insert(0, add(&*store, &reminder(ANNA, due)).await);
    }
    let first = store.claim_due(at(100), at(160), 2).await.unwrap();
    assert!(store.claim_due(at(100), at(160), 0).await.unwrap().is_empty());
    let rest = store.claim_due(at(100), at(160), 10).await.unwrap();
    assert_eq!(ids(&[first, rest].concat()), expected);
}

pub async fn a_lease_keeps_others_away_until_it_is_over(store: Arc<dyn Store>) {
    add(&*store, &reminder(ANNA, 10)).await;
    let first = claim_one(&*store, 10).await;
    assert!(store.claim_due(at(69), at(129), 10).await.unwrap().is_empty());
    assert_eq!(store.next_wake().await.unwrap(), Some(at(70)));
    let second = claim_one(&*store, 70).await;
    assert_eq!((second.id, second.occurrence, second.attempts), (first.id, 0, 2));
}

pub async fn a_sent_reminder_is_over(store: Arc<dyn Store>) {
    add(&*store, &reminder(ANNA, 10)).await;
    let claimed = claim_one(&*store, 10).await;
    assert!(store.settle(&claimed, Settlement::Sent, at(11)).await.unwrap());
    assert!(!store.settle(&claimed, Settlement::Sent, at(12)).await.unwrap(), "settled already");
    assert!(listed(&*store, ANNA).await.is_empty());
    assert!(store.claim_due(at(9_999), at(10_059), 10).await.unwrap().is_empty());
    assert_eq!(store.next_wake().await.unwrap(), None);
    assert_eq!(store.held_about(ANNA).await.unwrap().reminders, 1, "kept for a while, with its state");
}

pub async fn a_repeat_waits_for_its_next_time(store: Arc<dyn Store>) {
    let wish = NewReminder { repeat: Some(Repeat { every: HOUR, left: 2 }), ..reminder(ANNA, 10) };
    add(&*store, &wish).await;
    let claimed = claim_one(&*store, 10).await;
    let again = Settlement::Again { due: at(3_610), left: 1 };
    assert!(store.settle(&claimed, again, at(11)).await.unwrap());
    assert!(!store.settle(&claimed, again, at(11)).await.unwrap(), "that occurrence is over");
    assert_eq!(store.next_wake().await.unwrap(), Some(at(3_610)));
    let asked = NewReminder { due: at(3_610), repeat: Some(Repeat { every: HOUR, left: 1 }), ..wish };
    let next = Reminder { asked, occurrence: 1, attempts: 0, state: ReminderState::Pending, ..claimed };
    assert_eq!(listed(&*store, ANNA).await, [next]);
    assert_eq!(claim_one(&*store, 3_610).await.attempts, 1);
}

pub async fn a_retry_keeps_its_time_and_counts_its_attempts(store: Arc<dyn Store>) {
    add(&*store, &reminder(ANNA, 10)).await;
    let claimed = claim_one(&*store, 10).await;
    assert!(store.settle(&claimed, Settlement::RetryAt(at(40)), at(11)).await.unwrap());
    assert!(store.claim_due(at(39), at(99), 10).await.unwrap().is_empty());
    let again = claim_one(&*store, 40).await;
    assert_eq!((again.asked.due, again.occurrence, again.attempts), (at(10), 0, 2));
}

pub async fn a_retry_does_not_push_aside_those_that_wait_longer(store: Arc<dyn Store>) {
    let unlucky = add(&*store, &reminder(ANNA, 10)).await;
    let claimed = claim_one(&*store, 10).await;
    store.settle(&claimed, Settlement::RetryAt(at(40)), at(11)).await.unwrap();
    let patient = add(&*store, &reminder(BERT, 20)).await;
    assert_eq!(claim_one(&*store, 50).await.id, patient);
    assert_eq!(claim_one(&*store, 50).await.id, unlucky);
}

pub async fn a_stop_wins_over_whoever_is_sending(store: Arc<dyn Store>) {
    let id = add(&*store, &reminder(ANNA, 10)).await;
    let claimed = claim_one(&*store, 10).await;
    assert!(store.stop_reminder(ANNA, id, at(11)).await.unwrap());
    for settlement in [
        Settlement::Again { due: at(100), left: 3 },
        Settlement::RetryAt(at(100)),
        Settlement::Failed,
        Settlement::Missed,
        Settlement::Sent,
    ] {
        assert!(!store.settle(&claimed, settlement, at(12)).await.unwrap(), "{settlement:?}");
    }
    assert_eq!(store.next_wake().await.unwrap(), None);
    assert!(listed(&*store, ANNA).await.is_empty());
}

pub async fn old_news_of_a_delivery_counts_and_old_news_of_a_failure_does_not(store: Arc<dyn Store>) {
    add(&*store, &reminder(ANNA, 10)).await;
    let slow = claim_one(&*store, 10).await;
    let quick = claim_one(&*store, 70).await;
    for settlement in [Settlement::RetryAt(at(100)), Settlement::Failed, Settlement::Missed] {
        assert!(!store.settle(&slow, settlement, at(71)).await.unwrap(), "{settlement:?}: another has it now");
    }
    assert!(store.settle(&slow, Settlement::Sent, at(72)).await.unwrap());
    assert!(!store.settle(&quick, Settlement::RetryAt(at(100)), at(73)).await.unwrap());
    assert_eq!(store.next_wake().await.unwrap(), None);
}

pub async fn what_was_lost_is_listed_until_told_and_for_a_while_after(store: Arc<dyn Store>) {
    let mut lost = Vec::new();
    for settlement in [Settlement::Missed, Settlement::Failed] {
        lost.push(add(&*store, &reminder(ANNA, 10)).await);
        let claimed = claim_one(&*store, 10).await;
        assert!(store.settle(&claimed, settlement, at(11)).await.unwrap());
    }
    let live = add(&*store, &reminder(ANNA, 500)).await;
    assert_eq!(ids(&listed(&*store, ANNA).await), [live, lost[0], lost[1]]);
    let untold = store.untold_for(ANNA).await.unwrap();
    assert_eq!(ids(&untold), lost);
    assert_eq!(untold[0].state, ReminderState::Missed);
    assert_eq!(untold[1].state, ReminderState::Failed);

    store.mark_told(BERT, &lost).await.unwrap();
    assert_eq!(store.untold_for(ANNA).await.unwrap().len(), 2, "nobody else can be told in her place");
    store.mark_told(ANNA, &[lost[0], live]).await.unwrap();
    assert_eq!(ids(&store.untold_for(ANNA).await.unwrap()), [lost[1]]);
    assert_eq!(ids(&listed(&*store, ANNA).await), [live, lost[1]]);
    let lately = store.reminders_of(ANNA, at(10)).await.unwrap();
    assert_eq!(ids(&lately), [live, lost[0], lost[1]]);
}

pub async fn only_its_owner_stops_a_reminder(store: Arc<dyn Store>) {
    let id = add(&*store, &reminder(ANNA, 10)).await;
    assert!(!store.stop_reminder(BERT, id, at(1)).await.unwrap());
    assert!(!store.stop_reminder(ANNA, ReminderId::new(id.get() + 1), at(1)).await.unwrap());
    assert!(store.stop_reminder(ANNA, id, at(1)).await.unwrap());
    assert!(!store.stop_reminder(ANNA, id, at(2)).await.unwrap());
    assert!(store.claim_due(at(10), at(70), 10).await.unwrap().is_empty());
}

pub async fn all_of_a_persons_reminders_stop_at_once(store: Arc<dyn Store>) {
    for due in [10, 20, 30] {
        add(&*store, &reminder(ANNA, due)).await;
    }
    add(&*store, &reminder(BERT, 40)).await;
    claim_one(&*store, 10).await;
    assert_eq!(store.stop_all_reminders(ANNA, at(11)).await.unwrap(), 3);
    assert_eq!(store.stop_all_reminders(ANNA, at(12)).await.unwrap(), 0);
    assert_eq!(store.next_wake().await.unwrap(), Some(at(40)));
}

pub async fn the_next_wake_is_the_earliest_of_all(store: Arc<dyn Store>) {
    assert_eq!(store.next_wake().await.unwrap(), None);
    add(&*store, &reminder(ANNA, 500)).await;
    add(&*store, &reminder(ANNA, 10)).await;
    assert_eq!(store.next_wake().await.unwrap(), Some(at(10)));
    let claimed = claim_one(&*store, 20).await;
    assert_eq!(store.next_wake().await.unwrap(), Some(at(80)), "the end of the lease");
    store.settle(&claimed, Settlement::RetryAt(at(50)), at(21)).await.unwrap();
    assert_eq!(store.next_wake().await.unwrap(), Some(at(50)));
}
