//! The slash commands, wherever they are offered.

use super::{ANSWER, lumbar, somewhere};
use crate::fake_discord::Suggestion;

#[tokio::test]
async fn back_help_gives_first_aid_in_private() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    let answer = ann.runs("/back help").in_channel(&channel).await;

    answer.assert_private();
    assert!(answer.text().contains(ANSWER));
    assert_eq!(answer.buttons(), ["Breathe with me", "Remind me to walk in 1 h", "When to get help", "More"]);
    discord.finish().await;
}

#[tokio::test]
async fn back_ask_explains_every_topic_it_suggests() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    let offered = ann.runs("/back ask").typing("topic", "").suggestions_in(&channel).await;
    let mut ids: Vec<&str> = offered.iter().map(|it| it.value.as_str()).collect();
    ids.sort_unstable();
    insta::assert_snapshot!(ids.join("\n"));

    for Suggestion { name, value } in &offered {
        let answer = ann.runs("/back ask").option("topic", value).in_channel(&channel).await;
        answer.assert_private();
        assert!(answer.text().contains("Sources"), "{name}: {}", answer.text());
    }
    discord.finish().await;
}

#[tokio::test]
async fn topics_are_found_by_the_words_of_their_label() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    for (typed, found) in [("heat", "ice-or-heat"), ("SLIP", "slipped-disc"), ("floor up", "getting-up"), ("zzz", "")] {
        let offered = ann.runs("/back ask").typing("topic", typed).suggestions_in(&channel).await;
        let has_it = offered.iter().any(|it| it.value == found);
        assert!(has_it || (found.is_empty() && offered.is_empty()), "{typed}: {offered:?}");
    }
    discord.finish().await;
}

#[tokio::test]
async fn a_typed_label_will_do_and_an_unknown_topic_is_told_kindly() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    let by_label = ann.runs("/back ask").option("topic", "ice or heat").in_channel(&channel).await;
    assert!(by_label.text().to_lowercase().contains("heat"), "{}", by_label.text());

    let unknown = ann.runs("/back ask").option("topic", "leeches @everyone").in_channel(&channel).await;
    unknown.assert_private();
    assert!(unknown.text().starts_with("I don't know that topic"), "{}", unknown.text());
    discord.finish().await;
}

#[tokio::test]
async fn breathe_is_private_unless_it_is_to_be_seen() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    ann.runs("/breathe").in_channel(&channel).await.assert_private();
    ann.runs("/breathe").option("visible", "false").in_channel(&channel).await.assert_private();
    let shown = ann.runs("/breathe").option("visible", "true").in_channel(&channel).await;

    shown.assert_public();
    shown.message().assert_pings_nobody();
    discord.finish().await;
}

#[tokio::test]
async fn each_way_of_breathing_is_shown_with_its_count() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    let mut shown = Vec::new();
    for pattern in ["exhale", "even", "box", "4-7-8", "sigh"] {
        shown.push(ann.runs("/breathe").option("pattern", pattern).in_channel(&channel).await.text());
    }

    let counts = |text: &String| {
        text.lines()
            .filter(|line| line.contains('#') || line.contains(" · "))
            .map(str::to_owned)
            .collect::<Vec<_>>()
            .join("\n")
    };
    insta::assert_snapshot!(shown.iter().map(counts).collect::<Vec<_>>().join("\n\n"));
    discord.finish().await;
}

#[tokio::test]
async fn a_session_is_as_long_as_asked_within_what_is_safe() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    for (pattern, asked, shown) in [
        ("exhale", "2", "about 2 min"),
        ("exhale", "9", "about 9 min"),
        ("exhale", "99", "about 10 min"),
        ("exhale", "-3", "about 1 min"),
        ("box", "9", "kept to 5 min"),
    ] {
        let run = ann.runs("/breathe").option("pattern", pattern).option("minutes", asked);
        let answer = run.in_channel(&channel).await;
        assert!(answer.text().contains(shown), "{asked}: {}", answer.text());
    }
    discord.finish().await;
}

#[tokio::test]
async fn help_says_what_it_does_and_how_it_listens() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;

    let answer = ann.runs("/help").in_channel(&channel).await;

    answer.assert_private();
    insta::assert_snapshot!(answer.text());
    discord.finish().await;
}

#[tokio::test]
async fn commands_work_in_direct_messages_group_chats_and_servers_without_the_bot() {
    let (discord, _, ann) = somewhere().await;
    let without = discord.guild("Strangers").without_the_bot().channel("general");
    let _bot = lumbar(&discord).await;

    for place in [ann.direct_messages(), ann.group_chat(), without] {
        for command in ["/back help", "/breathe", "/walk start", "/walk list", "/walk stop", "/help"] {
            ann.runs(command).in_channel(&place).await.assert_private();
        }
        let topic = ann.runs("/back ask").option("topic", "scan").in_channel(&place).await;
        assert!(topic.text().contains("Sources"));
    }
    discord.finish().await;
}
