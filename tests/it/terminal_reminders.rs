//! Reminders, warning signs and privacy in the terminal: the same bot, the other edge.

use crate::terminal::{Chat, assert_in_order};

#[tokio::test]
async fn a_walk_is_followed_by_how_it_was_and_leads_on() {
    let mut chat = Chat::new();
    for (feeling, leads_to) in [("1", "Remind me again in 1 h"), ("2", "Once more in 30 min"), ("3", "warning signs")] {
        chat.say("/walk start 20 min").await;
        assert_in_order(&chat.say("/time +20m").await, &["Time for a few steps", "[1] I walked"]);
        assert_in_order(&chat.say("1").await, &["How was it?", "[1] Easier   [2] Same   [3] Worse"]);
        let led_on = chat.say(feeling).await;
        assert!(led_on.contains(leads_to), "{feeling}: {led_on}");
    }
}

#[tokio::test]
async fn a_repeated_reminder_comes_as_often_as_it_was_asked_for() {
    let mut chat = Chat::new();
    let set = chat.say("/walk start repeat:every hour, 3 times").await;
    assert!(set.contains("Times: 3. In between: 1 h."), "{set}");
    let day = chat.say("/time +1 day").await;
    assert_eq!(day.matches("Time for a few steps").count(), 3, "{day}");
}

#[tokio::test]
async fn in_the_channel_it_says_nothing_and_the_details_are_behind_the_button() {
    let mut chat = Chat::new();
    chat.say("/walk start in:20 min where:here").await;
    let came = chat.say("/time +20m").await;
    assert_in_order(&came, &["@you Your reminder is here.", "[1] Show details"]);
    assert!(!came.contains("steps"), "{came}");
    assert_in_order(&chat.say("1").await, &["(only you see this)", "Time for a few steps"]);
}

#[tokio::test]
async fn what_is_not_understood_gets_examples() {
    let mut chat = Chat::new();
    for (command, told) in [
        ("/walk start in:tomorrow", "I didn't get that time. Try one of these"),
        ("/walk start in:1,000 minutes", "I didn't get that time. Try one of these"),
        ("/walk start in:9s", "That is too soon."),
        ("/walk start in:8 days", "That is too far away."),
        ("/walk start repeat:sometimes", "I didn't get how often."),
        ("/walk start repeat:every 5 min, 3 times", "That is too often."),
        ("/walk start repeat:every 2 days, 9 times", "That is too much"),
        ("/walk stop which:7", "You have no reminder to stop."),
        ("/walk stop which:#1", "You have no reminder to stop."),
    ] {
        let answer = chat.say(command).await;
        assert!(answer.contains(told), "{command}: {answer}");
    }
}

#[tokio::test]
async fn one_reminder_is_stopped_by_its_number_and_the_twenty_sixth_is_refused() {
    let mut chat = Chat::new();
    for _ in 0..25 {
        chat.say("/walk start 1 h").await;
    }
    assert!(chat.say("/walk start 1 h").await.contains("You already have 25 reminders"));
    assert!(chat.say("/walk stop 1").await.contains("This reminder won't come."));
    assert!(chat.say("/walk start 1 h").await.contains("I will remind you"));
    assert!(chat.say("/walk stop all").await.contains("Reminders stopped: 25."));
}

#[tokio::test]
async fn the_warning_signs_lead_to_what_to_do_for_each_level() {
    let mut chat = Chat::new();
    for (button, leads_to) in [("1", "Call 911 now"), ("2", "See a doctor today."), ("3", "first aid")] {
        let signs = chat.say("/back signs").await;
        assert_in_order(
            &signs,
            &[
                "Emergency signs: call now",
                "See a doctor today",
                "You want to die",
                "[1] One of these fits me: call now",
                "[2] One of these fits me: doctor today",
                "[3] None of these",
            ],
        );
        let led_to = chat.say(button).await;
        assert!(led_to.contains(leads_to), "{button}: {led_to}");
    }
}

#[tokio::test]
async fn what_is_kept_is_shown_and_deleted() {
    let mut chat = Chat::new();
    assert!(chat.say("/privacy show").await.contains("Nothing at all."));
    chat.say("my back went out").await;
    chat.say("/walk start 20 min").await;
    assert!(chat.say("/privacy show").await.contains("Your reminders, old ones included (kept for 30 days): 1."));
    assert!(chat.say("/privacy forget").await.contains("Deleted"));
    assert!(chat.say("/privacy show").await.contains("Nothing at all."));
    assert!(!chat.say("/time +1h").await.contains("steps"));
}
