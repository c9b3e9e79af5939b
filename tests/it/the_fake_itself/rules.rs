//! Rules of the plain world, without a wire.

use serde_json::json;

use crate::fake_discord::world::World;
use crate::fake_discord::world::clock::iso8601;
use crate::fake_discord::world::messages::Body;

#[test]
fn an_enforced_nonce_is_forgotten_after_a_few_minutes() {
    let mut world = World::new();
    let guild = world.add_guild("Climbing");
    let (author, nonce) = (world.bot.user, json!("reminder-1"));
    let id = world.add_message(guild, author, Body::text("walk"), None);
    world.messages.get_mut(&id).into_iter().for_each(|it| it.nonce = Some(nonce.clone()));
    assert_eq!(world.already_sent(author, &nonce), Some(id));
    world.clock.advance(4 * 60 * 1000);
    assert_eq!(world.already_sent(author, &nonce), None);
}

#[test]
fn ids_carry_the_time_that_was_set_and_never_repeat() {
    let mut world = World::new();
    world.clock.set(1_700_000_000_000);
    let (first, second) = (world.clock.next_id(), world.clock.next_id());
    let seconds = |id: u64| ((id >> 22) + 1_420_070_400_000) / 1000;
    assert!(first != second && seconds(first) - 1_700_000_000 < 2, "{first} {second}");
}

#[test]
fn times_are_written_as_discord_writes_them() {
    assert_eq!(iso8601(951_782_400_123), "2000-02-29T00:00:00.123000+00:00");
    assert_eq!(iso8601(1_798_761_599_000), "2026-12-31T23:59:59.000000+00:00");
}
