//! Menus and forms.

use serde_json::{Value, json};

use super::{has, with_a_panel};
use crate::fake_discord::{Answer, BotUnderTest, Channel, FakeDiscord, Person, Server, check_body};

/// A moderator before an open panel.
async fn before_a_panel() -> (FakeDiscord, BotUnderTest, Server, Channel, Person, Answer) {
    let (discord, bot, server, channel) = with_a_panel().await;
    let ann = discord.person("Ann").moderates(&server);
    let panel = ann.runs("/panel").in_channel(&channel).await;
    (discord, bot, server, channel, ann, panel)
}

#[tokio::test]
async fn a_panel_reads_with_its_present_values() {
    let (discord, _bot, _server, _channel, _ann, panel) = before_a_panel().await;
    let lines =
        "Ready\n[Colours ▾ ✓Red | Green | Blue]\n[Places ▾ channels]\n[Roles ▾ roles]\n[People ▾ people]\n[Rename]";
    assert_eq!(panel.text(), lines);
    let colours = panel.select("Colours");
    assert_eq!((colours.options().len(), colours.values(), colours.takes()), (3, vec!["Red".to_owned()], (1, 2)));
    assert!(panel.select("Roles").values().is_empty());
    discord.finish().await;
}

#[tokio::test]
async fn several_options_roles_channels_and_people_are_chosen() {
    let (discord, _bot, server, channel, ann, panel) = before_a_panel().await;
    let (staff, second) = (server.role("Staff"), server.channel("second"));
    let first_line = |answer: &Answer| answer.text().lines().next().map(str::to_owned).unwrap_or_default();

    let answer = ann.selects(&panel, "Colours").options(["Green", "Blue"]).await;
    assert!(answer.changed_the_message());
    assert_eq!(first_line(&answer), "green, blue");
    let answer = ann.selects(&panel, "Places").channels([&channel, &second]).await;
    assert_eq!(first_line(&answer), "general, second");
    assert_eq!(first_line(&ann.selects(&panel, "Places").nothing().await), "nowhere");
    assert_eq!(first_line(&ann.selects(&panel, "Roles").roles([&staff]).await), "Staff");
    assert_eq!(panel.select("Roles").values(), ["@Staff"]);
    assert!(panel.text().contains("[Roles ▾ roles: @Staff]"), "{}", panel.text());
    assert_eq!(first_line(&ann.selects(&panel, "People").people([&ann]).await), "ann 1");
    assert_eq!(first_line(&ann.chooses(&panel, "Blue").await), "blue");
    discord.finish().await;
}

#[tokio::test]
#[should_panic(expected = r#""Colours" offers ["Red", "Green", "Blue"], not "Pink""#)]
async fn an_option_that_is_not_there_cannot_be_chosen() {
    let (_discord, _bot, _server, _channel, ann, panel) = before_a_panel().await;
    ann.selects(&panel, "Colours").options(["Pink"]).await;
}

#[tokio::test]
#[should_panic(expected = r#""Colours" takes 1 to 2 values, not 3"#)]
async fn more_options_than_allowed_cannot_be_chosen() {
    let (_discord, _bot, _server, _channel, ann, panel) = before_a_panel().await;
    ann.selects(&panel, "Colours").options(["Red", "Green", "Blue"]).await;
}

#[tokio::test]
#[should_panic(expected = r#""Places" does not offer channels like #questions"#)]
async fn a_channel_of_another_kind_cannot_be_chosen() {
    let (_discord, _bot, server, _channel, ann, panel) = before_a_panel().await;
    ann.selects(&panel, "Places").channels([&server.forum("questions")]).await;
}

#[tokio::test]
#[should_panic(expected = r#"no menu "Pets""#)]
async fn a_menu_that_is_not_there_cannot_be_read() {
    let (_discord, _bot, _server, _channel, _ann, panel) = before_a_panel().await;
    panel.select("Pets");
}

#[tokio::test]
async fn a_form_from_a_button_comes_filled_in_and_changes_the_message() {
    let (discord, _bot, _server, _channel, ann, panel) = before_a_panel().await;
    let form = ann.presses(&panel, "Rename").await.form();
    assert_eq!((form.title(), form.value("Title")), ("Rename", "Old".to_owned()));
    let answer = ann.submits(&form, &[("Title", "New"), ("Tips", "one\ntwo")]).await;
    assert!(answer.changed_the_message());
    assert!(panel.text().starts_with("New / one\ntwo"), "{}", panel.text());
    discord.finish().await;
}

#[tokio::test]
#[should_panic(expected = r#""Title" takes 1 to 10 characters"#)]
async fn a_field_takes_no_more_than_it_says() {
    let (_discord, _bot, _server, _channel, ann, panel) = before_a_panel().await;
    let form = ann.presses(&panel, "Rename").await.form();
    ann.submits(&form, &[("Title", "much too long")]).await;
}

#[tokio::test]
#[should_panic(expected = r#""Title" is a field of one line"#)]
async fn a_field_of_one_line_takes_one_line() {
    let (_discord, _bot, _server, _channel, ann, panel) = before_a_panel().await;
    let form = ann.presses(&panel, "Rename").await.form();
    ann.submits(&form, &[("Title", "a\nb")]).await;
}

/// What is wrong with a message with these rows.
fn problems(rows: &Value) -> Vec<String> {
    let body = json!({ "content": "x", "allowed_mentions": { "parse": [] }, "components": rows });
    check_body("POST", "/channels/{channel_id}/messages", &body)
}

fn menu(change: impl FnOnce(&mut Value)) -> Value {
    let option = |name: &str| json!({ "label": name, "value": name });
    let mut menu = json!({ "type": 3, "custom_id": "m", "placeholder": "m", "options": [option("a"), option("b")] });
    change(&mut menu);
    json!([{ "type": 1, "components": [menu] }])
}

#[test]
fn menus_over_a_limit_are_faults() {
    let long = "x".repeat(151);
    let options =
        |count: usize| (0..count).map(|it| json!({ "label": "a", "value": it.to_string() })).collect::<Value>();
    assert_eq!(problems(&menu(|_| {})), [""; 0]);
    assert_eq!(problems(&menu(|it| it["options"] = options(25))), [""; 0]);
    assert!(has(&problems(&menu(|it| it["options"] = options(26))), "select options: 26"));
    assert!(has(&problems(&menu(|it| it["placeholder"] = json!(long))), "select placeholder: 151"));
    assert!(has(&problems(&menu(|it| it["max_values"] = json!(3))), "max_values of the options: 3"));
    assert!(has(&problems(&menu(|it| it["options"][1]["value"] = json!("a"))), "there twice"));
    assert!(has(&problems(&menu(|it| it["options"][0]["label"] = json!("x".repeat(101)))), "option label: 101"));
    assert!(has(&problems(&menu(|it| it["custom_id"] = json!("x".repeat(101)))), "custom_id: 101"));
    let roles = |kind: &str| json!({ "type": 6, "custom_id": "r", "default_values": [{ "id": "1", "type": kind }] });
    assert_eq!(problems(&json!([{ "type": 1, "components": [roles("role")] }])), [""; 0]);
    assert!(has(&problems(&json!([{ "type": 1, "components": [roles("channel")] }])), "cannot show"));
    let button = |id: usize| json!({ "type": 2, "style": 1, "label": "b", "custom_id": id.to_string() });
    let rows = (0..6).map(|it| json!({ "type": 1, "components": [button(it)] })).collect::<Value>();
    assert!(has(&problems(&rows), "action rows: 6"));
    assert!(has(&problems(&json!([{ "type": 1, "components": [] }])), "components in a row: 0"));
}

#[test]
fn forms_over_a_limit_are_faults() {
    let problems = |title: &str, input: Value| {
        let row = json!({ "type": 1, "components": [input] });
        let data = json!({ "custom_id": "form", "title": title, "components": [row] });
        let body = json!({ "type": 9, "data": data });
        check_body("POST", "/interactions/{interaction_id}/{interaction_token}/callback", &body)
    };
    let input = |label: &str, value: &str, most: u64| json!({ "type": 4, "custom_id": "i", "style": 2, "label": label, "value": value, "max_length": most });
    assert_eq!(problems("Form", input("Why", "so", 4000)), [""; 0]);
    assert!(has(&problems(&"x".repeat(46), input("Why", "so", 10)), "modal title: 46"));
    assert!(has(&problems("Form", input(&"x".repeat(46), "so", 10)), "field label: 46"));
    assert!(has(&problems("Form", input("Why", "much too long", 10)), "field value: 13"));
    assert!(has(&problems("Form", input("Why", "so", 4001)), "max_length: 4001"));
}
