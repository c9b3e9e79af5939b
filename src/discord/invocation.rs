//! Discord's interactions as the use cases know them: who, where, which command with what.

use std::collections::BTreeMap;

use serenity::model::application::{
    ActionRowComponent, AuthorizingIntegrationOwner, AuthorizingIntegrationOwners, CommandData, CommandInteraction,
    ComponentInteraction, ComponentInteractionDataKind, InteractionContext, ModalInteraction, ResolvedOption,
    ResolvedTarget, ResolvedValue,
};
use serenity::model::channel::{Message, MessageFlags};
use serenity::model::guild::Member;
use serenity::model::permissions::Permissions;

use super::custom_id;
use crate::bot::commands::{Invocation, Target, Value};
use crate::bot::{UploadedFile, Visitor};
use crate::domain::reply::Action;
use crate::domain::{ChannelId, GuildId, Locale, MessageId, RoleId, UserId};

/// Who runs a command.
pub fn command_visitor(interaction: &CommandInteraction) -> Visitor {
    Visitor {
        files_are_allowed: files_are_allowed(interaction.app_permissions),
        person: UserId::new(interaction.user.id.get()),
        locale: Locale::or_unknown(Some(&interaction.locale)),
        guild_locale: interaction.guild_locale.as_deref().and_then(Locale::parse),
        guild: interaction.guild_id.map(|guild| GuildId::new(guild.get())),
        channel: Some(ChannelId::new(interaction.channel_id.get())),
        is_direct: interaction.context == Some(InteractionContext::BotDm),
        bot_is_present: is_present(&interaction.authorizing_integration_owners, interaction.app_permissions),
        on_private_message: false,
        message: None,
        roles: roles(interaction.member.as_deref()),
        manages_guild: manages_guild(interaction.member.as_deref()),
    }
}

/// Who presses a button.
pub fn component_visitor(interaction: &ComponentInteraction) -> Visitor {
    Visitor {
        files_are_allowed: files_are_allowed(interaction.app_permissions),
        person: UserId::new(interaction.user.id.get()),
        locale: Locale::or_unknown(Some(&interaction.locale)),
        guild_locale: interaction.guild_locale.as_deref().and_then(Locale::parse),
        guild: interaction.guild_id.map(|guild| GuildId::new(guild.get())),
        channel: Some(ChannelId::new(interaction.channel_id.get())),
        is_direct: interaction.context == Some(InteractionContext::BotDm),
        bot_is_present: is_present(&interaction.authorizing_integration_owners, interaction.app_permissions),
        on_private_message: is_private(&interaction.message),
        message: Some(MessageId::new(interaction.message.id.get())),
        roles: roles(interaction.member.as_ref()),
        manages_guild: manages_guild(interaction.member.as_ref()),
    }
}

/// Who sends a form.
pub fn modal_visitor(interaction: &ModalInteraction) -> Visitor {
    Visitor {
        is_direct: interaction.guild_id.is_none(),
        files_are_allowed: files_are_allowed(interaction.app_permissions),
        person: UserId::new(interaction.user.id.get()),
        locale: Locale::or_unknown(Some(&interaction.locale)),
        guild_locale: interaction.guild_locale.as_deref().and_then(Locale::parse),
        guild: interaction.guild_id.map(|guild| GuildId::new(guild.get())),
        channel: Some(ChannelId::new(interaction.channel_id.get())),
        bot_is_present: interaction.guild_id.is_some() && may_write(interaction.app_permissions),
        on_private_message: interaction.message.as_deref().is_some_and(is_private),
        message: interaction.message.as_ref().map(|message| MessageId::new(message.id.get())),
        roles: roles(interaction.member.as_ref()),
        manages_guild: manages_guild(interaction.member.as_ref()),
    }
}

/// What was filled into a form, by the names of its fields.
pub fn fields(interaction: &ModalInteraction) -> BTreeMap<String, String> {
    let parts = interaction.data.components.iter().flat_map(|row| &row.components);
    let inputs = parts.filter_map(|part| match part {
        ActionRowComponent::InputText(input) => {
            Some((input.custom_id.clone(), input.value.clone().unwrap_or_default()))
        }
        _ => None,
    });
    inputs.collect()
}

/// What was chosen in a list, if it was a list whose choice goes to one action.
pub fn chosen(interaction: &ComponentInteraction) -> Option<Vec<String>> {
    match &interaction.data.kind {
        ComponentInteractionDataKind::StringSelect { values } if interaction.data.custom_id != custom_id::MENU => {
            Some(values.clone())
        }
        ComponentInteractionDataKind::RoleSelect { values } => Some(values.iter().map(ToString::to_string).collect()),
        ComponentInteractionDataKind::ChannelSelect { values } => {
            Some(values.iter().map(ToString::to_string).collect())
        }
        _ => None,
    }
}

/// Whether the bot is a member of the server and may write there: installed by a person alone, it could not.
fn is_present(owners: &AuthorizingIntegrationOwners, permissions: Option<Permissions>) -> bool {
    let in_guild = owners.0.iter().any(|owner| matches!(owner, AuthorizingIntegrationOwner::GuildInstall(Some(_))));
    in_guild && may_write(permissions)
}

fn may_write(permissions: Option<Permissions>) -> bool {
    permissions.is_none_or(|permissions| permissions.send_messages())
}

fn roles(member: Option<&Member>) -> Vec<RoleId> {
    member.map(|member| member.roles.iter().map(|role| RoleId::new(role.get())).collect()).unwrap_or_default()
}

fn manages_guild(member: Option<&Member>) -> bool {
    member.and_then(|member| member.permissions).is_some_and(|permissions| permissions.manage_guild())
}

/// Whether the bot may attach files there, as far as Discord says.
fn files_are_allowed(permissions: Option<Permissions>) -> bool {
    permissions.is_none_or(|permissions| permissions.attach_files())
}

fn is_private(message: &Message) -> bool {
    message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL))
}

/// What a pressed button or a chosen line does; nothing if this version does not know it.
pub fn action(interaction: &ComponentInteraction) -> Option<Action> {
    match &interaction.data.kind {
        ComponentInteractionDataKind::StringSelect { values } if interaction.data.custom_id == custom_id::MENU => {
            values.first().and_then(|chosen| custom_id::decode(chosen))
        }
        _ => custom_id::decode(&interaction.data.custom_id),
    }
}

/// The command, with what was given.
pub fn invocation(data: &CommandData) -> Invocation {
    let mut invocation = Invocation { path: data.name.clone(), target: target(data), ..Invocation::default() };
    descend(&mut invocation, data.options());
    invocation
}

fn descend(invocation: &mut Invocation, options: Vec<ResolvedOption<'_>>) {
    for option in options {
        let value = match option.value {
            ResolvedValue::SubCommand(inner) | ResolvedValue::SubCommandGroup(inner) => {
                invocation.path = format!("{} {}", invocation.path, option.name);
                descend(invocation, inner);
                continue;
            }
            ResolvedValue::String(text) => Value::Text(text.to_owned()),
            ResolvedValue::Integer(number) => Value::Whole(number),
            ResolvedValue::Boolean(truth) => Value::Truth(truth),
            ResolvedValue::Attachment(file) => Value::File(UploadedFile {
                name: file.filename.clone(),
                size: u64::from(file.size),
                address: file.url.clone(),
            }),
            _ => continue,
        };
        invocation.options.insert(option.name.to_owned(), value);
    }
}

fn target(data: &CommandData) -> Option<Target> {
    match data.target()? {
        ResolvedTarget::Message(message) => Some(Target {
            message: MessageId::new(message.id.get()),
            channel: ChannelId::new(message.channel_id.get()),
            author: UserId::new(message.author.id.get()),
            text: message.content.clone(),
        }),
        _ => None,
    }
}

/// The option that somebody is typing into, and what stands there so far.
pub fn typing(data: &CommandData) -> Option<(String, String, String)> {
    let focused = data.autocomplete()?;
    let path = invocation(data).path;
    Some((path, focused.name.to_owned(), focused.value.to_owned()))
}
