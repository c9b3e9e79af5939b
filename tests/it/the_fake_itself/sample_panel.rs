//! A small serenity bot with what moderators use: a panel of menus, a form, files in and out; it tells what it was told.

use serde_json::{Value, json};
use serenity::all::*;

use super::sample_bot;
use crate::fake_discord::BotAddress;

/// Until it is stopped.
pub async fn run(address: BotAddress) -> Result<(), Error> {
    sample_bot::start(address, GatewayIntents::GUILDS, Panel).await
}

struct Panel;

#[async_trait]
impl EventHandler for Panel {
    async fn ready(&self, ctx: Context, ready: Ready) {
        ctx.http.set_application_id(ready.application.id);
        let describe = |name: &str| {
            CreateCommand::new(name)
                .description("For moderators")
                .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
                .integration_types(vec![InstallationContext::Guild])
        };
        let file = CreateCommandOption::new(CommandOptionType::Attachment, "file", "The file").required(true);
        let name = CreateCommandOption::new(CommandOptionType::String, "name", "A name").max_length(5);
        let commands = vec![
            describe("help"),
            describe("where"),
            describe("panel").default_member_permissions(Permissions::MANAGE_GUILD),
            describe("locked").default_member_permissions(Permissions::empty()),
            describe("import").add_option(file).add_option(name),
        ];
        let commands = commands.into_iter().map(with_numbers).collect::<Vec<_>>();
        ctx.http.create_global_commands(&commands).await.expect("commands to be registered");
    }

    async fn interaction_create(&self, ctx: Context, interaction: Interaction) {
        let (id, token) = (interaction.id(), interaction.token().to_owned());
        let response = match &interaction {
            Interaction::Command(command) if command.data.name == "import" => {
                let (text, copy) = import(command).await;
                let answer = json!({ "type": 4, "data": with_file(&text, &copy) });
                let sent = ctx.http.create_interaction_response(id, &token, &answer, copy.into_iter().collect());
                return sent.await.expect("an answer");
            }
            Interaction::Command(command) => match command.data.name.as_str() {
                "panel" => CreateInteractionResponse::Message(panel("Ready", None)),
                "where" => CreateInteractionResponse::Message(quiet(&whereabouts(command))),
                _ => CreateInteractionResponse::Message(quiet("help")),
            },
            Interaction::Component(pressed) if pressed.data.custom_id == "rename" => {
                let why = CreateInputText::new(InputTextStyle::Short, "Title", "title").value("Old").max_length(10);
                let tips = CreateInputText::new(InputTextStyle::Paragraph, "Tips", "tips").required(false);
                let rows = [why, tips].map(CreateActionRow::InputText).to_vec();
                CreateInteractionResponse::Modal(CreateModal::new("form", "Rename").components(rows))
            }
            Interaction::Component(used) => {
                let roles = match &used.data.kind {
                    ComponentInteractionDataKind::RoleSelect { values } => Some(values.clone()),
                    _ => None,
                };
                CreateInteractionResponse::UpdateMessage(panel(&told(&used.data), roles))
            }
            Interaction::Modal(sent) => CreateInteractionResponse::UpdateMessage(panel(&filled_in(&sent.data), None)),
            _ => return,
        };
        let mut response = serde_json::to_value(response).expect("an answer in JSON");
        let rows = response["data"]["components"].as_array_mut().into_iter().flatten();
        rows.for_each(with_text);
        ctx.http.create_interaction_response(id, &token, &response, Vec::new()).await.expect("an answer");
    }
}

/// Serenity writes the default permissions as text; Discord's description wants a number.
fn with_numbers(command: CreateCommand) -> Value {
    let mut command = serde_json::to_value(command).expect("a command in JSON");
    let permissions = command["default_member_permissions"].as_str().and_then(|it| it.parse::<u64>().ok());
    if let Some(permissions) = permissions {
        command["default_member_permissions"] = json!(permissions);
    }
    command
}

/// Serenity writes the ids of what is chosen as numbers; Discord's description wants text.
fn with_text(row: &mut Value) {
    let chosen = row.pointer_mut("/components/0/default_values").and_then(Value::as_array_mut);
    for value in chosen.into_iter().flatten() {
        value["id"] = json!(value["id"].to_string());
    }
}

fn quiet(text: &str) -> CreateInteractionResponseMessage {
    CreateInteractionResponseMessage::new().content(text).ephemeral(true).allowed_mentions(CreateAllowedMentions::new())
}

/// The panel with these words, and with these roles chosen.
fn panel(text: &str, default_roles: Option<Vec<RoleId>>) -> CreateInteractionResponseMessage {
    let option = |name: &str| CreateSelectMenuOption::new(name, name.to_lowercase());
    let options = vec![option("Red").default_selection(true), option("Green"), option("Blue")];
    let menu = |id: &str, kind| CreateSelectMenu::new(id, kind).placeholder(id);
    let text_channels =
        CreateSelectMenuKind::Channel { channel_types: Some(vec![ChannelType::Text]), default_channels: None };
    let rows = vec![
        CreateActionRow::SelectMenu(menu("Colours", CreateSelectMenuKind::String { options }).max_values(2)),
        CreateActionRow::SelectMenu(menu("Places", text_channels).min_values(0).max_values(25)),
        CreateActionRow::SelectMenu(menu("Roles", CreateSelectMenuKind::Role { default_roles })),
        CreateActionRow::SelectMenu(menu("People", CreateSelectMenuKind::User { default_users: None })),
        CreateActionRow::Buttons(vec![CreateButton::new("rename").label("Rename")]),
    ];
    quiet(text).components(rows)
}

/// What was chosen, by the names that came along.
fn told(data: &ComponentInteractionData) -> String {
    let resolved = &data.resolved;
    match &data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.join(", "),
        ComponentInteractionDataKind::RoleSelect { values } => {
            values.iter().map(|id| resolved.roles[id].name.clone()).collect()
        }
        ComponentInteractionDataKind::UserSelect { values } => {
            values.iter().map(|id| format!("{} {}", resolved.users[id].name, resolved.members.len())).collect()
        }
        ComponentInteractionDataKind::ChannelSelect { values } if values.is_empty() => "nowhere".to_owned(),
        ComponentInteractionDataKind::ChannelSelect { values } => {
            let names = values.iter().map(|id| resolved.channels[id].name.clone().unwrap_or_default());
            names.collect::<Vec<_>>().join(", ")
        }
        _ => "nothing".to_owned(),
    }
}

fn filled_in(data: &ModalInteractionData) -> String {
    let fields = data.components.iter().flat_map(|row| &row.components);
    let values =
        fields.filter_map(|it| if let ActionRowComponent::InputText(it) = it { it.value.clone() } else { None });
    values.collect::<Vec<_>>().join(" / ")
}

/// A message that names its file. Serenity numbers files; Discord's description wants text.
pub fn with_file(text: &str, file: &Option<CreateAttachment>) -> Value {
    let named = file.iter().map(|it| json!({ "id": "0", "filename": it.filename, "description": "a file" }));
    json!({ "content": text, "allowed_mentions": { "parse": [] }, "attachments": named.collect::<Vec<_>>() })
}

/// Fetches the file, 100 bytes of it at most, and gives back what came.
async fn import(command: &CommandInteraction) -> (String, Option<CreateAttachment>) {
    let file = command.data.resolved.attachments.values().next().expect("a file");
    let response = reqwest::get(&file.url).await.expect("an answer from the CDN");
    if !response.status().is_success() {
        return (format!("{}: {}", file.filename, response.status()), None);
    }
    let (mut response, mut bytes) = (response, Vec::new());
    while let Some(chunk) = response.chunk().await.expect("a piece") {
        bytes.extend(chunk);
        if bytes.len() > 100 {
            return (format!("{} is too long", file.filename), None);
        }
    }
    let text = format!("{} {} {:?}", file.filename, file.size, file.content_type);
    (text, Some(CreateAttachment::bytes(bytes, "copy.toml")))
}

/// What it is told about where it is.
fn whereabouts(command: &CommandInteraction) -> String {
    let channel = command.channel.as_ref().expect("a channel");
    let member = command.member.as_ref().expect("a member");
    let manages = |it: Option<Permissions>| it.is_some_and(Permissions::manage_guild);
    format!(
        "{:?} under {:?}; I embed: {}; you manage: {}; roles: {}",
        channel.kind,
        channel.parent_id.map(ChannelId::get),
        command.app_permissions.is_some_and(Permissions::embed_links),
        manages(member.permissions),
        member.roles.len(),
    )
}
