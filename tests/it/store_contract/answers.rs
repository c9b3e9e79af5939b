//! The right to answer.

use std::sync::Arc;

use lumbar::domain::{ChannelId, MessageId};
use lumbar::store::{AnswerClaim, AnswerClaimed, CooldownKey, Store};

use super::{ANNA, BERT, LOBBY, about, at, claim, hold};

fn held(key: CooldownKey, until: i64) -> AnswerClaimed {
    AnswerClaimed::Held { key, until: at(until) }
}

pub async fn a_message_is_answered_once(store: Arc<dyn Store>) {
    assert_eq!(store.claim_answer(&claim(1, 0)).await.unwrap(), AnswerClaimed::Granted);
    assert_eq!(store.claim_answer(&claim(1, 0)).await.unwrap(), AnswerClaimed::AlreadyAnswered);
    assert_eq!(store.claim_answer(&claim(1, 5_000)).await.unwrap(), AnswerClaimed::AlreadyAnswered);
}

pub async fn a_running_cooldown_holds_back_and_nothing_is_set(store: Arc<dyn Store>) {
    store.claim_answer(&claim(1, 0)).await.unwrap();
    let elsewhere = CooldownKey::Channel(ChannelId::new(99));
    let second = AnswerClaim {
        holds: vec![hold(elsewhere.clone(), 900), hold(about(ANNA, "back-went-out"), 900)],
        ..claim(2, 10)
    };
    let expected = held(about(ANNA, "back-went-out"), 600);
    assert_eq!(store.claim_answer(&second).await.unwrap(), expected);
    assert_eq!(store.cooldown_until(&[elsewhere], at(10)).await.unwrap(), None);
    // The message is still free: an edit may ask again.
    let other_topic = AnswerClaim { holds: vec![hold(about(ANNA, "sleep"), 900)], ..claim(2, 20) };
    assert_eq!(store.claim_answer(&other_topic).await.unwrap(), AnswerClaimed::Granted);
}

pub async fn a_cooldown_is_over_at_its_end(store: Arc<dyn Store>) {
    store.claim_answer(&claim(1, 0)).await.unwrap();
    let holds = vec![hold(CooldownKey::Channel(LOBBY), 200)];
    let early = AnswerClaim { holds: holds.clone(), ..claim(2, 59) };
    assert_eq!(store.claim_answer(&early).await.unwrap(), held(CooldownKey::Channel(LOBBY), 60));
    let on_time = AnswerClaim { holds: holds.clone(), ..claim(2, 60) };
    assert_eq!(store.claim_answer(&on_time).await.unwrap(), AnswerClaimed::Granted);
    let next = AnswerClaim { holds, ..claim(3, 61) };
    assert_eq!(store.claim_answer(&next).await.unwrap(), held(CooldownKey::Channel(LOBBY), 200));
}

pub async fn of_several_cooldowns_the_longest_is_named(store: Arc<dyn Store>) {
    store.claim_answer(&claim(1, 0)).await.unwrap();
    let mut second = claim(2, 10);
    assert_eq!(store.claim_answer(&second).await.unwrap(), held(about(ANNA, "back-went-out"), 600));
    second.holds.reverse();
    assert_eq!(store.claim_answer(&second).await.unwrap(), held(about(ANNA, "back-went-out"), 600));
}

pub async fn a_key_named_twice_does_not_hold_itself_back(store: Arc<dyn Store>) {
    let lobby = CooldownKey::Channel(LOBBY);
    let twice = AnswerClaim { holds: vec![hold(lobby.clone(), 90), hold(lobby.clone(), 30)], ..claim(1, 0) };
    assert_eq!(store.claim_answer(&twice).await.unwrap(), AnswerClaimed::Granted);
    let longer = store.cooldown_until(std::slice::from_ref(&lobby), at(0)).await.unwrap();
    assert_eq!(longer, Some(hold(lobby, 90)));
}

pub async fn an_urgent_answer_passes_every_cooldown(store: Arc<dyn Store>) {
    store.claim_answer(&claim(1, 0)).await.unwrap();
    let urgent = AnswerClaim { holds: Vec::new(), urgent: true, ..claim(2, 2) };
    assert_eq!(store.claim_answer(&urgent).await.unwrap(), AnswerClaimed::Granted);
    assert_eq!(store.claim_answer(&urgent).await.unwrap(), AnswerClaimed::AlreadyAnswered);
}

pub async fn an_answered_message_may_become_urgent_and_not_the_other_way_round(store: Arc<dyn Store>) {
    let ordinary = AnswerClaim { holds: Vec::new(), ..claim(1, 0) };
    let urgent = AnswerClaim { urgent: true, ..ordinary.clone() };
    assert_eq!(store.claim_answer(&ordinary).await.unwrap(), AnswerClaimed::Granted);
    assert_eq!(store.claim_answer(&urgent).await.unwrap(), AnswerClaimed::Granted);
    assert_eq!(store.claim_answer(&urgent).await.unwrap(), AnswerClaimed::AlreadyAnswered);

    let another = AnswerClaim { message: MessageId::new(2), ..urgent };
    assert_eq!(store.claim_answer(&another).await.unwrap(), AnswerClaimed::Granted);
    let calmed = AnswerClaim { urgent: false, ..another };
    assert_eq!(store.claim_answer(&calmed).await.unwrap(), AnswerClaimed::AlreadyAnswered);
}

pub async fn whoever_opted_out_is_not_answered(store: Arc<dyn Store>) {
    store.opt_out(ANNA, at(0)).await.unwrap();
    assert_eq!(store.claim_answer(&claim(1, 1)).await.unwrap(), AnswerClaimed::OptedOut);
    let of_bert = AnswerClaim { person: BERT, message: MessageId::new(2), ..claim(2, 1) };
    assert_eq!(store.claim_answer(&of_bert).await.unwrap(), AnswerClaimed::Granted);
    store.opt_in(ANNA).await.unwrap();
    assert_eq!(store.claim_answer(&claim(1, 700)).await.unwrap(), AnswerClaimed::Granted);
}

pub async fn cooldowns_can_be_looked_up_without_being_set(store: Arc<dyn Store>) {
    let keys = [about(ANNA, "back-went-out"), CooldownKey::Channel(LOBBY)];
    assert_eq!(store.cooldown_until(&keys, at(0)).await.unwrap(), None);
    store.claim_answer(&claim(1, 0)).await.unwrap();
    let personal = Some(hold(about(ANNA, "back-went-out"), 600));
    assert_eq!(store.cooldown_until(&keys, at(59)).await.unwrap(), personal);
    assert_eq!(store.cooldown_until(&keys[1..], at(60)).await.unwrap(), None);
    assert_eq!(store.cooldown_until(&[], at(0)).await.unwrap(), None);
}
