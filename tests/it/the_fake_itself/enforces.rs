//! What the fake refuses, breaks on request, and tells at the end.

use std::time::Duration;

use serde_json::json;

use super::{has, somewhere};
use crate::fake_discord::{Failure, bot_reply, check_body, codes, openapi_is_there};

const MESSAGES: &str = "/channels/{id}/messages";

#[tokio::test]
async fn a_nonce_sends_once() {
    let (discord, _bot, channel, ann) = somewhere().await;
    ann.says(&channel, "twice").await;
    bot_reply(&channel).await;
    discord.rest().wait_for("POST", MESSAGES, 2).await;
    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_scripted_429_meets_the_next_request_only() {
    let (discord, _bot, channel, ann) = somewhere().await;
    discord.rest().next("POST", MESSAGES).fails_with(Failure::rate_limited(0.1));
    ann.says(&channel, "ping").await;
    bot_reply(&channel).await;
    let statuses = discord.rest().requests_to("POST", MESSAGES).iter().map(|it| it.status).collect::<Vec<_>>();
    assert_eq!(statuses, [Some(429), Some(200)]);
    discord.finish().await;
}

#[tokio::test]
async fn a_connection_dropped_after_accepting_leaves_the_message_there() {
    let (discord, _bot, channel, ann) = somewhere().await;
    discord.rest().next("POST", MESSAGES).fails_with(Failure::DroppedAfter);
    ann.says(&channel, "ping").await;
    bot_reply(&channel).await;
    // The sample bot tries again, without a nonce: the people see it twice.
    bot_reply(&channel).await;
    discord.finish().await;
}

#[tokio::test]
async fn a_connection_dropped_before_accepting_leaves_nothing() {
    let (discord, _bot, channel, ann) = somewhere().await;
    discord.rest().next("POST", MESSAGES).fails_with(Failure::DroppedBefore);
    ann.says(&channel, "ping").await;
    bot_reply(&channel).await;
    discord.rest().wait_for("POST", MESSAGES, 2).await;
    channel.stays_silent().await;
    discord.finish().await;
}

#[tokio::test]
async fn a_held_request_is_answered_when_the_gate_opens() {
    let (discord, _bot, channel, ann) = somewhere().await;
    let gate = discord.rest().next("POST", MESSAGES).waits_for_a_gate();
    ann.says(&channel, "ping").await;
    ann.runs("/help").in_channel(&channel).await;
    assert!(discord.rest().requests_to("POST", MESSAGES).iter().all(|it| it.status.is_none()));
    gate.opens();
    bot_reply(&channel).await;
    discord.finish().await;
}

#[tokio::test]
async fn closed_direct_messages_and_missing_permissions_are_refused() {
    let (discord, _bot, channel, _ann) = somewhere().await;
    let shy = discord.person("Shy").refuses_direct_messages();
    shy.says(&shy.direct_messages(), "edit").await;
    assert_eq!(discord.rest().wait_for("POST", MESSAGES, 1).await.status, Some(403));
    discord.rest().next("POST", MESSAGES).fails_with(Failure::refused(codes::MISSING_PERMISSIONS));
    shy.says(&channel, "edit").await;
    assert_eq!(discord.rest().wait_for("POST", MESSAGES, 2).await.status, Some(403));
    discord.finish().await;
}

#[tokio::test]
async fn an_unknown_route_is_noticed() {
    let (discord, _bot, channel, ann) = somewhere().await;
    ann.says(&channel, "unknown").await;
    assert!(has(&discord.faults().await, "unknown route: PUT"));
    discord.abandon();
}

#[tokio::test]
async fn a_file_that_is_not_what_its_name_says_is_noticed() {
    let (discord, _bot, channel, ann) = somewhere().await;
    ann.says(&channel, "file").await;
    discord.rest().wait_for("POST", MESSAGES, 1).await;
    let faults = discord.faults().await;
    for fault in ["breath.gif: ", "breath.gif in the field files[0] is not named", "an embed shows other.gif"] {
        assert!(has(&faults, fault), "{fault}: {faults:?}");
    }
    discord.abandon();
}

#[tokio::test]
async fn a_message_edited_faster_than_discord_allows_is_noticed() {
    let (discord, _bot, channel, ann) = somewhere().await;
    ann.says(&channel, "flicker").await;
    bot_reply(&channel).await.is_edited(6).await;
    assert!(has(&discord.faults().await, "edited faster than Discord allows"));
    discord.abandon();
}

#[tokio::test]
async fn a_late_acknowledgement_is_noticed() {
    let (discord, _bot, channel, ann) = somewhere().await;
    discord.wants_acknowledgement_within(Duration::from_millis(100));
    ann.runs("/slow").without_waiting(&channel).await;
    discord.rest().wait_for("POST", "/interactions/{id}/{token}/callback", 1).await;
    assert!(has(&discord.faults().await, "late acknowledgement: /slow"));
    discord.abandon();
}

#[tokio::test]
async fn what_nobody_read_is_noticed() {
    let (discord, _bot, channel, ann) = somewhere().await;
    ann.says(&channel, "ping").await;
    discord.rest().wait_for("POST", MESSAGES, 1).await;
    discord.rest().next("POST", MESSAGES).fails_with(Failure::server_error(502));
    let faults = discord.faults().await;
    assert!(has(&faults, "unread: pong") && has(&faults, "never met"), "{faults:?}");
    discord.abandon();
}

#[tokio::test]
async fn errors_and_panics_of_the_bot_are_noticed() {
    let (discord, _bot, channel, ann) = somewhere().await;
    ann.says(&channel, "error").await;
    ann.says(&channel, "panic").await;
    let faults = discord.faults().await;
    assert!(has(&faults, "something broke") && has(&faults, "a handler panicked"), "{faults:?}");
    discord.abandon();
}

#[tokio::test]
async fn an_invalid_body_is_refused_and_noticed() {
    let (discord, _bot, channel, ann) = somewhere().await;
    ann.says(&channel, "long").await;
    assert_eq!(discord.rest().wait_for("POST", MESSAGES, 1).await.status, Some(400));
    assert!(has(&discord.faults().await, "embed title"));
    discord.abandon();
}

#[test]
fn invalid_bodies_are_told_from_valid_ones() {
    let quiet = json!({ "parse": [] });
    let button = |label: &str| json!({ "type": 2, "style": 1, "label": label, "custom_id": label });
    let row = |count: usize| json!({ "type": 1, "components": (0..count).map(|it| button(&it.to_string())).collect::<Vec<_>>() });
    let problems = |body| check_body("POST", "/channels/{channel_id}/messages", &body);
    let with = |key: &str, value: serde_json::Value| {
        problems(json!({ "content": "x", "allowed_mentions": quiet, key: value }))
    };

    assert_eq!(problems(json!({ "content": "x", "allowed_mentions": quiet })), [""; 0]);
    assert_eq!(with("components", json!([row(5)])), [""; 0]);
    assert!(has(&problems(json!({ "content": "x" })), "allowed_mentions is missing"));
    assert!(has(&with("content", json!("x".repeat(2001))), "content: 2001"));
    assert!(has(&with("embeds", json!([{ "title": "x".repeat(300) }])), "embed title"));
    assert!(has(
        &with("embeds", json!([{ "description": "x".repeat(4000) }, { "description": "x".repeat(2001) }])),
        "6000"
    ));
    assert!(has(&with("components", json!([row(6)])), "components in a row: 6"));
    assert!(has(&with("components", json!([{ "type": 1, "components": [button(&"x".repeat(81))] }])), "label: 81"));
    assert!(has(&with("components", json!([row(1), row(1)])), "used twice"));
}

#[test]
fn discords_description_is_asked_where_it_is_there() {
    if !openapi_is_there() {
        return;
    }
    let problems = |body| check_body("POST", "/channels/{channel_id}/messages", &body);
    let message = |key: &str, value: serde_json::Value| json!({ "content": "x", "allowed_mentions": { "parse": [] }, key: value });
    assert!(has(&problems(message("tts", json!("yes"))), "/tts"));
    assert!(has(&problems(message("embed", json!({}))), "unknown property /embed"));
    assert!(has(&problems(message("embeds", json!([{ "colour": 1 }]))), "unknown property /embeds/colour"));
    assert!(has(&problems(message("embeds", json!([{ "url": "not a url" }]))), "/embeds/0/url"));
    let callback = |body| check_body("POST", "/interactions/{interaction_id}/{interaction_token}/callback", &body);
    let found = callback(json!({ "type": 4, "data": { "content": 1, "allowed_mentions": {} } }));
    assert!(has(&found, "/data/content"), "{found:?}");
    assert_eq!(callback(json!({ "type": 6 })), [""; 0]);
}
