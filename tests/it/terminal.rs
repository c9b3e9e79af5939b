//! Conversations in the terminal: what people type, and what they then see.

use std::io::Cursor;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use lumbar::bot::Bot;
use lumbar::bot::reminders::Clock;
use lumbar::domain::settings::Settings;
use lumbar::domain::topics::Library;
use lumbar::domain::{Locale, Timestamp};
use lumbar::responses;
use lumbar::store::MemoryStore;
use lumbar::terminal::{Look, Session, Shown, render, talk_through};

pub const PLAIN: Look = Look { width: 72, styled: false, airy: false };

/// 2026-11-22 14:00:00 UTC, for ever.
struct StoppedClock;

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(1_795_356_000_000)
    }
}

pub fn session() -> Session {
    static LIBRARY: LazyLock<Arc<Library>> = LazyLock::new(|| Arc::new(Library::read(&responses::built_in()).unwrap()));
    let bot = Bot::new(Arc::clone(&LIBRARY), Arc::new(MemoryStore::new()), Settings::default());
    Session::new(Arc::new(bot), Arc::new(StoppedClock), Locale::unknown())
}

pub struct Chat(Session);

impl Chat {
    pub fn new() -> Self {
        Self(session())
    }

    /// Types a line and gives what is then seen, notes in braces.
    pub async fn say(&mut self, line: &str) -> String {
        let turn = self.0.line(line).await;
        let blocks = turn.shown.iter().map(|shown| match shown {
            Shown::Aside { .. } => format!("{{{}}}", render(shown, PLAIN)),
            _ => render(shown, PLAIN),
        });
        blocks.collect::<Vec<_>>().join("\n\n")
    }
}

/// Holds that each of `parts` stands in `text`, in this order.
#[track_caller]
pub fn assert_in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("“{part}” is missing, or out of order, in:\n{text}"));
        rest = &rest[at + part.len()..];
    }
}

#[tokio::test]
async fn a_back_that_went_out_is_answered_with_the_myth_and_three_tips() {
    let answer = Chat::new().say("ugh my back went out").await;
    assert_in_order(
        &answer,
        &[
            "Your back didn't go out. It locked up.\n",
            "The myth: Something slipped out of place.",
            "What to do now\n",
            "  1. Breathe",
            "  2. Lie down",
            "  3. Walk",
            "Get help now if",
            "Sources\n",
            "Lumbar is a bot, not a doctor.",
            "\n[1] Breathe with me   [2] Remind me to walk in 1 h",
            "[3] When to get help",
            "[4] More",
        ],
    );
    assert!(answer.lines().all(|line| !line.is_empty() && line.trim_end() == line), "{answer}");
}

#[tokio::test]
async fn silence_is_silence() {
    let mut chat = Chat::new();
    for line in ["", "   ", "good morning", "!play my back went out"] {
        assert_eq!(chat.say(line).await, "", "{line}");
    }
}

#[tokio::test]
async fn what_holds_an_answer_back_is_told_and_passes() {
    let mut chat = Chat::new();
    chat.say("my back went out").await;
    insta::assert_snapshot!(chat.say("my back went out").await, @r#"
    {(Held back for 10 min: you were answered about this a moment ago.
    /time +10m lets the time pass.)}
    "#);
    insta::assert_snapshot!(chat.say("did a disc slip? my back went out").await, @r#"
    {(Held back for 30 s: Lumbar spoke in this channel a moment ago.
    /time +1m lets the time pass.)}
    "#);
    insta::assert_snapshot!(chat.say("/time +30s").await, @"{(It is now 14:00 UTC.)}");
    assert!(chat.say("did a disc slip? my back went out").await.contains("disc"));
    chat.say("/time 10 min").await;
    assert!(chat.say("my back went out").await.starts_with("Your back didn't go out."));
}

#[tokio::test]
async fn an_emergency_waits_for_nothing_but_its_own_minute() {
    let mut chat = Chat::new();
    chat.say("my back went out").await;
    for _ in 0..3 {
        let answer = chat.say("my back went out and i can't pee").await;
        assert!(answer.starts_with("This may be an emergency.") && answer.contains("911"), "{answer}");
        let again = chat.say("my back went out and i can't pee").await;
        assert!(again.contains("you were told what to do about this a moment ago"), "{again}");
        chat.say("/time +1m").await;
    }
}

#[tokio::test]
async fn a_reminder_is_set_with_a_number_and_comes_when_time_has_passed() {
    let mut chat = Chat::new();
    chat.say("my back went out").await;
    insta::assert_snapshot!(chat.say("2").await, @r#"
    (only you see this)
    I will remind you at 15:00 UTC (in 1 h). The reminder comes as a direct
    message.
    [1] Stop this reminder
    "#);
    insta::assert_snapshot!(chat.say("/time +59 min").await, @"{(It is now 14:59 UTC.)}");
    assert_in_order(
        &chat.say("/time +1m").await,
        &[
            "(direct message, 15:00 UTC)\n@you\n",
            "Time for a few steps",
            "[1] I walked   [2] Later (15 min)   [3] Stop",
            "It is now 15:00 UTC",
        ],
    );
    insta::assert_snapshot!(chat.say("2").await, @r#"
    (direct message, 15:00 UTC)
    I will remind you at 15:15 UTC (in 15 min).
    [1] Stop this reminder
    "#);
}

#[tokio::test]
async fn reminders_come_in_order_each_at_its_own_time() {
    let mut chat = Chat::new();
    chat.say("/walk start in:2 hours").await;
    chat.say("/walk start 20 min").await;
    insta::assert_snapshot!(chat.say("/walk list").await, @r#"
    (only you see this)
    Your reminders
    1. 14:20 UTC (in 20 min)
    2. 16:00 UTC (in 2 h)
    "#);
    let day = chat.say("/time +1d").await;
    assert_in_order(&day, &["14:20 UTC", "Time for a few steps", "16:00 UTC", "Time for a few steps"]);
    // One that comes late says so; none of these was late.
    assert!(!day.contains("late"), "{day}");
    insta::assert_snapshot!(chat.say("/walk list").await, @r#"
    (only you see this)
    You have no reminders. Set one with /walk start.
    "#);
}

#[tokio::test]
async fn a_stopped_reminder_does_not_come() {
    let mut chat = Chat::new();
    chat.say("/walk start").await;
    insta::assert_snapshot!(chat.say("1").await, @r#"
    (only you see this)
    Stopped. This reminder won't come.
    "#);
    assert!(!chat.say("/time +2h").await.contains("steps"));
}

#[tokio::test]
async fn more_lists_the_topics_and_numbers_them() {
    let mut chat = Chat::new();
    chat.say("my back went out").await;
    let more = chat.say("4").await;
    assert_in_order(&more, &["(only you see this)\n", "[1] ", "\n[2] ", "Leave me alone"]);
    let number = more.lines().find_map(|line| line.strip_suffix(&line[line.find("] Ice or heat")?..])).unwrap();
    let answer = chat.say(&number[1..]).await;
    assert_in_order(&answer, &["(only you see this)\n", "What to do now", "[1] Breathe with me"]);
}

#[tokio::test]
async fn who_wants_to_be_left_alone_is() {
    let mut chat = Chat::new();
    chat.say("my back went out").await;
    let more = chat.say("4").await;
    let before = &more[..more.find("] Leave me alone").unwrap()];
    let number = before.rsplit_once('[').unwrap().1.to_owned();
    insta::assert_snapshot!(chat.say(&number).await, @r#"
    (only you see this)
    Okay. I won't answer your messages any more, in any server or direct
    message, not even about a warning sign.
    Commands and buttons still work, such as /back help. Reminders you set
    will still come.
    In an emergency, call your local emergency number.
    To undo this, press the button below.
    [1] Answer me again
    "#);
    chat.say("/time +1h").await;
    insta::assert_snapshot!(chat.say("my back went out").await, @r#"
    {(Held back: you asked to be left alone. /help, More, Answer me again
    undoes that.)}
    "#);
    chat.say("1").await;
    assert!(chat.say("my back went out").await.starts_with("Your back didn't go out."));
}

#[tokio::test]
async fn a_pattern_is_shown_with_its_count() {
    let answer = Chat::new().say("/breathe pattern:box minutes:2 visible:yes").await;
    assert_in_order(
        &answer,
        &["Breathe with me: Box breath (4-4-4-4)\n", "  Breathe in for 4: 1 · 2 · 3 · 4\n", "about 2 min."],
    );
    assert!(!answer.contains("only you"), "{answer}");
}

#[tokio::test]
async fn what_discord_shows_or_plays_is_told_in_words() {
    let mut chat = Chat::new();
    let picture = chat.say("/breathe").await;
    assert_in_order(&picture, &["The circle grows: breathe in.", "(In Discord the file breathing-exhale.gif is here."]);
    let sound = chat.say("5").await;
    assert_in_order(&sound, &["A chime says", "(In Discord the file breathing-exhale.flac is here.", "[5] In words"]);
}

#[tokio::test]
async fn breathing_in_words_goes_on_while_time_passes() {
    let mut chat = Chat::new();
    let begun = chat.say("/breathe style:text minutes:1").await;
    assert_in_order(&begun, &["Get comfortable.", "Dizzy, tingly or more scared? Stop.", "[1] Stop   [2] Again"]);
    assert_eq!(chat.0.deliver_due().await, (Vec::new(), Some(Duration::from_secs(6))));
    insta::assert_snapshot!(chat.say("/time +10s").await, @r#"
    Breathe out slowly · 6 s · round 1 of 6
    ██▇▇▆▅▄▃▂▂▁▁

    {(It is now 14:00 UTC.)}
    "#);
    insta::assert_snapshot!(chat.say("/time +46s").await, @r#"
    Breathe in · 4 s · round 6 of 6
    ▁▂▃▄▅▆▇█

    {(It is now 14:00 UTC.)}
    "#);
    assert_in_order(&chat.say("/time +1 min").await, &["Well done, that was all of it.", "[1] Again"]);
    assert_eq!(chat.0.deliver_due().await, (Vec::new(), None));
}

#[tokio::test]
async fn breathing_in_words_ends_when_it_is_stopped_or_begun_anew() {
    let mut chat = Chat::new();
    chat.say("/breathe style:text").await;
    chat.say("/time +30s").await;
    assert_in_order(&chat.say("2").await, &["Get comfortable.", "[1] Stop"]);
    assert!(chat.say("/time +11s").await.starts_with("Breathe out slowly · 6 s · round 1 of 18"));
    assert_in_order(&chat.say("1").await, &["Stopped.", "[1] Again"]);
    insta::assert_snapshot!(chat.say("/time +1h").await, @"{(It is now 15:00 UTC.)}");
}

#[tokio::test]
async fn the_menu_of_a_message_needs_a_message() {
    let mut chat = Chat::new();
    insta::assert_snapshot!(chat.say("/menu First aid for this").await, @"That is the menu of a message: write one first.");
    chat.say("hello").await;
    assert!(chat.say("/menu first aid for this").await.contains("I found nothing about a sore back"));
    insta::assert_snapshot!(chat.say("/menu").await, @r#"
    The menu of your last message has this:
    - /menu First aid for this
    "#);
}

#[tokio::test]
async fn numbers_belong_to_the_latest_reply_with_controls() {
    let mut chat = Chat::new();
    insta::assert_snapshot!(chat.say("1").await, @"There is nothing to press yet.");
    chat.say("my back went out").await;
    insta::assert_snapshot!(chat.say("5").await, @"Only [1] to [4] can be pressed: those of the last reply that had any.");
    insta::assert_snapshot!(chat.say("0").await, @"Only [1] to [4] can be pressed: those of the last reply that had any.");
    chat.say("/walk start").await;
    insta::assert_snapshot!(chat.say("2").await, @"There is only [1] to press.");
}

#[tokio::test]
async fn settings_can_be_tried_out() {
    let mut chat = Chat::new();
    let panel = chat.say("/settings").await;
    assert_in_order(&panel, &["Settings: where I speak", "[1] Channels: all but those below", "[4] this channel"]);

    let silent = chat.say("4").await;
    assert_in_order(&silent, &["Changed: channels", "[4] this channel ✓", "There are no roles"]);
    assert!(chat.say("my back went out").await.contains("leave this channel out"));

    chat.say("4").await;
    let rest = chat.say("6").await;
    assert_in_order(&rest, &["how long I rest", "[1] Same person, same topic: as usual (10 min) ✓", "[2]"]);
    chat.say("2").await;
    assert!(chat.say("my back went out").await.contains("It locked up"));
}

#[tokio::test]
async fn an_unknown_command_lists_the_commands() {
    insta::assert_snapshot!(Chat::new().say("/walc start").await, @r#"
    There is no /walc. Did you mean /walk start? These are the commands:
    - /back help – My back went out: what it is, and what to do now
    - /back ask topic: – Pick a topic, such as ice or heat, rest or move
    - /back signs – The warning signs: when to get help now, and when to see
      a doctor
    - /breathe [pattern:] [minutes:] [style:] [visible:] – Breathe slowly,
      with a guide. It may help you feel calmer
    - /walk start [in:] [repeat:] [where:] – Remind me to walk a little
    - /walk list – Show my reminders
    - /walk stop [which:] – Stop a reminder, or all of them
    - /privacy show – Show what Lumbar keeps about me
    - /privacy forget – Delete at once all that Lumbar keeps about me,
      reminders included
    - /responses list [state:] – All that I can say in this server
    - /responses show name: – One response, exactly as people see it
    - /responses add – A new response: fill in a form, look at it, publish
      it
    - /responses edit name: – Change a response: its text, its tips, its
      phrases
    - /responses on name: – Switch a response on
    - /responses off name: – Switch a response off: it stays silent until
      you switch it on
    - /responses remove name: – Remove a response that was written here
    - /responses reset name: – Bring back the original text of a response
    - /responses test text: – Try a message: what would I do here, and why?
    - /responses history – What was changed, by whom and when; undo any of
      it
    - /responses undo [change:] – Undo a change, the last one if you leave
      out which
    - /responses export – All that was written or changed here, as a file
    - /responses import file: – Responses from a file; you see what would
      change first
    - /responses stats – How I did here: answers, dismissals, breathing,
      reminders, walks, by week and by phrase
    - /responses watched – What phrases would have answered that I only
      watch; let them answer, or drop them
    - /help – What Lumbar does, its commands, how it listens, and your
      privacy
    - /settings – For moderators: where I speak, how, how often, in which
      language
    - /menu First aid for this
    "#);
}

#[tokio::test]
async fn who_speaks_to_the_bot_is_greeted() {
    let mut chat = Chat::new();
    assert!(chat.say("@Lumbar hi").await.starts_with("Hi, I'm Lumbar."));
}

#[tokio::test]
async fn odd_input_is_survived() {
    let mut chat = Chat::new();
    let long = "x".repeat(100_000);
    for line in [
        "\0",
        "\u{1b}[2J",
        "/",
        "//",
        "/ ",
        "/time -1h",
        "/time +999999999999999999999d",
        "/menu \u{1b}[31m",
        "@lumba",
        "@lümbar",
        "/breathe pattern:\u{202e}",
        "/breathe minutes:-9999999999999999999999",
        "/walk start in:",
        "/back ask **`[x](y)`**",
        &long,
        &format!("/{long}"),
        &format!("/walk start {long}"),
    ] {
        let seen = chat.say(line).await;
        assert!(seen.chars().all(|seen| seen == '\n' || !seen.is_control()), "{seen:?}");
        assert!(seen.len() < 5_000, "{seen}");
    }
}

#[tokio::test]
async fn completion_offers_the_topics_that_fit() {
    let completion = Chat::new().0.complete("/back ask topic:ice").await;
    assert_eq!(completion.start, "/back ask topic:".len());
    assert!(completion.candidates.iter().any(|candidate| candidate.inserted == "ice-or-heat"), "{completion:?}");
}

#[tokio::test]
async fn through_a_pipe_replies_are_blocks_and_notes_stay_beside_them() {
    let input = Cursor::new("hello\nmy back went out\r\nmy back went out\n/walk list\n\u{feff}\nlast line without end");
    let (mut output, mut notes) = (Vec::new(), Vec::new());
    talk_through(&mut session(), input, &mut output, &mut notes, PLAIN).await.unwrap();
    let (output, notes) = (String::from_utf8(output).unwrap(), String::from_utf8(notes).unwrap());
    let blocks: Vec<&str> = output.split("\n\n").collect();
    assert_eq!(blocks.len(), 2, "{output}");
    assert!(blocks[0].starts_with("Your back didn't go out."));
    insta::assert_snapshot!(blocks[1], @r#"
    (only you see this)
    You have no reminders. Set one with /walk start.
    "#);
    insta::assert_snapshot!(notes, @r#"
    (Held back for 10 min: you were answered about this a moment ago.
    /time +10m lets the time pass.)
    "#);
}

#[tokio::test]
async fn on_a_terminal_a_reply_has_weight_and_air() {
    let mut session = session();
    let turn = session.line("/walk start 45 min").await;
    let look = Look { width: 40, styled: true, airy: true };
    let shown = render(&turn.shown[0], look).replace('\u{1b}', "␛");
    insta::assert_snapshot!(shown, @r#"
    ␛[2m(only you see this)␛[0m

    I will remind you at 14:45 UTC (in 45
    min). The reminder comes as a direct
    message.

    ␛[1m␛[36m[1]␛[0m Stop this reminder
    "#);
}
