//! Who may change the settings.

use super::{assert_changed, scene};

const WHO: &str = "Who may change me";
const REFUSAL: &str = "This is for moderators";

#[tokio::test]
async fn a_role_can_be_given_the_settings() {
    let it = scene().await;
    let staff = it.server.role("Staff");
    let ben = it.discord.person("Ben").has_role(&staff);
    it.server.opens_command("/settings", &staff);
    let refused = ben.runs("/settings").in_channel(&it.general).await;
    assert!(refused.text().contains(REFUSAL), "{}", refused.text());

    let panel = it.page("Server").await;
    let after = it.mona.selects(&panel, WHO).roles([&staff]).await;

    assert_changed(&after);
    assert_eq!(after.select(WHO).values(), ["@Staff"]);
    assert!(after.text().contains("Server Settings, Integrations"), "{}", after.text());
    let panel = ben.runs("/settings").in_channel(&it.general).await;
    let rest = ben.presses(&panel, "Rest").await;
    assert_changed(&ben.chooses(&rest, "Same channel: 1 h").await);
    it.discord.finish().await;
}

#[tokio::test]
async fn who_may_not_is_refused_whatever_the_server_shows_them() {
    let it = scene().await;
    let curious = it.server.role("Curious");
    it.server.opens_command("/settings", &curious);

    let ben = it.discord.person("Ben").has_role(&curious);
    let refused = ben.runs("/settings").in_channel(&it.general).await;

    refused.assert_private();
    assert!(refused.text().contains(REFUSAL), "{}", refused.text());
    assert!(refused.buttons().is_empty());
    it.discord.finish().await;
}

#[tokio::test]
async fn who_may_no_longer_is_refused_at_every_button_and_list() {
    let it = scene().await;
    let staff = it.server.role("Staff").permits(crate::fake_discord::Permission::ManageGuild);
    let ben = it.discord.person("Ben").has_role(&staff);
    let opened = |page: &'static str| {
        let (ben, general) = (ben.clone(), it.general.clone());
        async move {
            let panel = ben.runs("/settings").in_channel(&general).await;
            ben.presses(&panel, page).await
        }
    };
    let (places, rest) = (opened("Where").await, opened("Rest").await);

    ben.loses_role(&staff);

    let at_button = ben.presses(&places, "Threads: on").await;
    assert!(at_button.text().contains(REFUSAL), "{}", at_button.text());
    let at_list = ben.chooses(&rest, "Same channel: 1 h").await;
    assert!(at_list.text().contains(REFUSAL), "{}", at_list.text());
    it.is_answered_in(&it.general.thread("a talk")).await;
    it.discord.finish().await;
}
