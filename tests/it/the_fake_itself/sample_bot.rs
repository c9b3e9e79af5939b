//! A small serenity bot to try the fake on: it answers "ping", has three commands and a button, and is wrong on request.

use std::time::Duration;

use serenity::all::*;
use tracing::Instrument as _;

use crate::fake_discord::BotAddress;

/// With all that it needs to hear.
pub async fn run(address: BotAddress) -> Result<(), Error> {
    run_with(
        address,
        GatewayIntents::GUILDS
            | GatewayIntents::GUILD_MESSAGES
            | GatewayIntents::DIRECT_MESSAGES
            | GatewayIntents::MESSAGE_CONTENT,
    )
    .await
}

/// With these intents.
pub async fn run_with(address: BotAddress, intents: GatewayIntents) -> Result<(), Error> {
    start(address, intents, SampleBot).await
}

/// What speaks to the REST API.
pub fn http(token: &str, api_url: String) -> Http {
    let quiet = CreateAllowedMentions::new();
    HttpBuilder::new(token).proxy(api_url).ratelimiter_disabled(true).default_allowed_mentions(quiet).build()
}

/// A bot with this behaviour, until it is stopped.
pub async fn start(
    address: BotAddress,
    intents: GatewayIntents,
    handler: impl EventHandler + 'static,
) -> Result<(), Error> {
    let http = http(&address.token, address.api_url);
    let mut client = ClientBuilder::new_with_http(http, intents).event_handler(handler).await?;
    let shards = client.shard_manager.clone();
    let watch = tokio::spawn(async move {
        address.stop.cancelled().await;
        shards.shutdown_all().await;
    });
    let outcome = client.start().await;
    watch.abort();
    outcome
}

struct SampleBot;

#[async_trait::async_trait]
impl EventHandler for SampleBot {
    async fn ready(&self, ctx: Context, ready: Ready) {
        ctx.http.set_application_id(ready.application.id);
        let describe = |name: &str| {
            CreateCommand::new(name)
                .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
                .integration_types(vec![InstallationContext::Guild, InstallationContext::User])
        };
        let topic = CreateCommandOption::new(CommandOptionType::String, "topic", "What about")
            .required(true)
            .set_autocomplete(true);
        let ask = CreateCommandOption::new(CommandOptionType::SubCommand, "ask", "Ask").add_sub_option(topic);
        let commands = vec![
            describe("help").description("Help"),
            describe("back").description("Backs").add_option(ask),
            describe("slow").description("Takes its time"),
            describe("First aid").kind(CommandType::Message),
        ];
        Command::set_global_commands(&ctx.http, commands).await.expect("commands to be registered");
    }

    async fn message(&self, ctx: Context, message: Message) {
        // The span tells the fake when this is done.
        answer(ctx, message).instrument(tracing::info_span!("handling")).await;
    }

    async fn interaction_create(&self, ctx: Context, interaction: Interaction) {
        let (id, token) = (interaction.id(), interaction.token().to_owned());
        let say = |text: &str| {
            let message = CreateInteractionResponseMessage::new().content(text).ephemeral(true);
            CreateInteractionResponse::Message(message)
        };
        let response = match &interaction {
            Interaction::Command(command) if command.data.name == "slow" => {
                tokio::time::sleep(Duration::from_millis(150)).await;
                say("at last")
            }
            Interaction::Command(command) if command.data.name == "First aid" => {
                defer_and_edit(&ctx, command).await;
                return;
            }
            Interaction::Command(command) => {
                let modal = CreateModal::new("form", "A form").components(vec![CreateActionRow::InputText(
                    CreateInputText::new(InputTextStyle::Short, "Why", "why"),
                )]);
                if command.data.name == "back" { CreateInteractionResponse::Modal(modal) } else { say("help") }
            }
            Interaction::Autocomplete(_) => CreateInteractionResponse::Autocomplete(
                CreateAutocompleteResponse::new().add_string_choice("Ice or heat", "ice-or-heat"),
            ),
            Interaction::Modal(_) => say("thank you"),
            _ => say("more"),
        };
        drop(response.execute(&ctx.http, (id, &token)).await);
    }
}

async fn answer(ctx: Context, message: Message) {
    if message.author.bot {
        return;
    }
    let button = CreateButton::new("more").label("More");
    let reply = CreateMessage::new().reference_message(MessageReference::from(&message).fail_if_not_exists(false));
    let reply = match message.content.as_str() {
        "ping" => reply.content("pong").button(button),
        "long" => reply.embed(CreateEmbed::new().title("x".repeat(300))),
        "twice" => reply.content("once").nonce(Nonce::Number(message.id.get())).enforce_nonce(true),
        "unknown" => return drop(message.pin(&ctx.http).await),
        "later" => {
            tokio::time::sleep(Duration::from_millis(150)).await;
            reply.content("at last")
        }
        "error" => return tracing::error!("something broke"),
        "panic" => panic!("a handler panicked"),
        "edit" | "flicker" => reply.content("before"),
        "file" => reply
            .add_file(CreateAttachment::bytes(*b"no picture", "breath.gif"))
            .embed(CreateEmbed::new().title("x").image("attachment://other.gif")),
        _ => return,
    };
    let sent = message.channel_id.send_message(&ctx.http, reply.clone()).await;
    let again = || message.channel_id.send_message(&ctx.http, reply.clone());
    match (message.content.as_str(), sent) {
        ("flicker", Ok(mut sent)) => {
            for count in 0..6 {
                let _ = sent.edit(&ctx.http, EditMessage::new().content(format!("after {count}"))).await;
            }
        }
        ("edit", Ok(mut sent)) => drop(sent.edit(&ctx.http, EditMessage::new().content("after")).await),
        // "ping": once more after a failure, as if it could pass.
        ("twice", Ok(_)) | ("ping", Err(_)) => drop(again().await),
        _ => {}
    }
}

async fn defer_and_edit(ctx: &Context, command: &CommandInteraction) {
    let private = CreateInteractionResponseMessage::new().ephemeral(true);
    command.create_response(&ctx.http, CreateInteractionResponse::Defer(private)).await.expect("a deferral");
    let target = command.data.resolved.messages.values().next().map(|it| it.content.clone()).unwrap_or_default();
    let text = EditInteractionResponse::new().content(format!("about: {target}"));
    command.edit_response(&ctx.http, text).await.expect("an edit");
    let more = CreateInteractionResponseFollowup::new().content("and more").ephemeral(true);
    command.create_followup(&ctx.http, more).await.expect("a follow-up");
}
