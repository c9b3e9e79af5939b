//! The commands as Discord keeps them.

use std::time::Duration;

use serde_json::json;

use super::{lumbar, somewhere};
use crate::fake_discord::FakeDiscord;

const COMMANDS: &str = "/applications/{id}/commands";

fn overwrites(discord: &FakeDiscord) -> usize {
    discord.rest().requests_to("PUT", COMMANDS).len()
}

#[tokio::test]
async fn commands_are_registered_at_once_with_contexts_for_everywhere() {
    let (discord, channel, ann) = somewhere().await;
    let _bot = lumbar(&discord).await;
    ann.runs("/help").in_channel(&channel).await;

    let commands = discord.core().look(|state| state.world.commands[&None].clone());
    let names: Vec<&str> = commands.iter().filter_map(|it| it["name"].as_str()).collect();

    assert_eq!(names, ["back", "breathe", "walk", "privacy", "responses", "help", "settings", "First aid for this"]);
    for command in &commands {
        let for_moderators = ["responses", "settings"].iter().any(|name| command["name"] == *name);
        let (contexts, types) =
            if for_moderators { (json!([0]), json!([0])) } else { (json!([0, 1, 2]), json!([0, 1])) };
        assert_eq!(command["contexts"], contexts, "{command}");
        assert_eq!(command["integration_types"], types, "{command}");
        assert_eq!(command["default_member_permissions"] == "32", for_moderators, "{command}");
    }
    assert_eq!(overwrites(&discord), 1);
    discord.finish().await;
}

#[tokio::test]
async fn after_a_restart_and_a_new_session_nothing_is_registered_again() {
    let (discord, channel, ann) = somewhere().await;
    let mut bot = lumbar(&discord).await;
    ann.runs("/help").in_channel(&channel).await;

    bot.stops().await;
    bot.starts_again().await;
    discord.gateway().invalidates_sessions(false);
    discord.gateway().wait_for_identify(3).await;
    ann.runs("/help").in_channel(&channel).await;

    discord.settles().await;
    assert_eq!(overwrites(&discord), 1);
    discord.finish().await;
}

#[tokio::test]
async fn commands_that_differ_are_registered_again() {
    let (discord, channel, ann) = somewhere().await;
    let mut bot = lumbar(&discord).await;
    ann.runs("/help").in_channel(&channel).await;

    bot.stops().await;
    discord.core().change(|state| {
        let commands = state.world.commands.get_mut(&None).expect("the commands");
        commands[0]["description"] = json!("of an older version");
    });
    bot.starts_again().await;
    discord.rest().wait_for("PUT", COMMANDS, 2).await;

    let told = discord.core().look(|state| state.world.commands[&None][0]["description"].clone());
    assert_ne!(told, "of an older version");
    discord.finish().await;
}

#[tokio::test]
async fn a_bot_that_cannot_register_still_answers() {
    use crate::fake_discord::{Canary, Failure, bot_reply, codes};
    let (discord, channel, ann) = somewhere().await;
    discord.canary(Canary::None);
    discord.expects("the commands were refused");
    discord.rest().next("GET", COMMANDS).fails_with(Failure::refused(codes::MISSING_ACCESS));
    let _bot = lumbar(&discord).await;

    ann.says(&channel, super::TRIGGER).await;

    bot_reply(&channel).await;
    // Discord would refuse them again.
    discord.passes(Duration::from_secs(600));
    discord.settles().await;
    assert_eq!(overwrites(&discord), 0);
    discord.finish().await;
}

#[tokio::test]
async fn commands_that_could_not_be_registered_are_tried_again_in_the_same_session() {
    use crate::fake_discord::{Canary, Failure, bot_reply};
    /// How often one request is tried.
    const TRIES: usize = 4;
    let (discord, channel, ann) = somewhere().await;
    discord.canary(Canary::None);
    discord.expects("the commands could not be registered");
    for _ in 0..TRIES {
        discord.rest().next("GET", COMMANDS).fails_with(Failure::of_a_proxy(403));
    }
    let _bot = lumbar(&discord).await;

    discord.rest().wait_for("GET", COMMANDS, TRIES).await;
    discord.settles().await;
    ann.says(&channel, super::TRIGGER).await;
    bot_reply(&channel).await;
    assert_eq!(overwrites(&discord), 0);
    discord.passes(Duration::from_secs(5));
    discord.rest().wait_for("PUT", COMMANDS, 1).await;

    ann.runs("/help").in_channel(&channel).await.assert_private();
    discord.finish().await;
}
