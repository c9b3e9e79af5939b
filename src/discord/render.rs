//! A reply as Discord's parts: an embed, rows of buttons, a menu.

use serde_json::Value;
use serenity::builder::{
    CreateActionRow, CreateAllowedMentions, CreateButton, CreateEmbed, CreateEmbedFooter, CreateInputText, CreateModal,
    CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
};
use serenity::model::application::{ButtonStyle, InputTextStyle};
use serenity::model::channel::ChannelType;
use serenity::model::id::{self as model, UserId};

use super::custom_id;
use crate::domain::reply::{Card, Control, Emphasis, Field, Form, MenuChoice, Reply, SelectOption, Selectable, Tone};

/// The kinds of channels that the bot may speak in.
const SPOKEN_IN: [ChannelType; 5] =
    [ChannelType::Text, ChannelType::News, ChannelType::Voice, ChannelType::Stage, ChannelType::Forum];

/// Discord's limit for what may be chosen in a list. Source: API reference, "Select Menu Structure".
const MOST_CHOICES: usize = 25;

/// The card of a reply as an embed. What explains its file is said only if that is `uploaded` with it.
pub fn embeds(reply: &Reply, uploaded: bool) -> Vec<CreateEmbed> {
    let caption = reply.attachment.as_ref().filter(|_| uploaded).map(|attachment| &attachment.caption);
    let caption = caption.filter(|caption| !caption.is_empty());
    let with_caption = |card: &Card| match caption {
        Some(caption) => embed(&Card { body: format!("{}\n\n{caption}", card.body), ..card.clone() }),
        None => embed(card),
    };
    reply.card.iter().map(with_caption).collect()
}

/// A card as an embed.
pub fn embed(card: &Card) -> CreateEmbed {
    let embed = CreateEmbed::new().title(&card.title).description(&card.body).colour(colour(card.tone));
    let embed = card.sections.iter().fold(embed, |embed, part| embed.field(&part.heading, &part.text, false));
    if card.footer.is_empty() { embed } else { embed.footer(CreateEmbedFooter::new(&card.footer)) }
}

fn colour(tone: Tone) -> u32 {
    match tone {
        Tone::Calm => 0x4F_8A_8B,
        Tone::Urgent => 0xC0_39_2B,
        Tone::Careful => 0xD6_89_10,
        Tone::Neutral => 0x6B_72_80,
    }
}

/// Writes the ids of what is chosen in lists as text: serenity writes numbers. Source: API reference, "Select Default
/// Value Structure".
pub fn write_chosen_as_text(part: &mut Value) {
    match part {
        Value::Array(parts) => parts.iter_mut().for_each(write_chosen_as_text),
        Value::Object(fields) => {
            for (name, value) in fields {
                if name == "default_values" {
                    value.as_array_mut().into_iter().flatten().for_each(|chosen| {
                        let id = chosen["id"].as_u64();
                        chosen["id"] = id.map_or_else(|| chosen["id"].take(), |id| Value::String(id.to_string()));
                    });
                } else {
                    write_chosen_as_text(value);
                }
            }
        }
        _ => {}
    }
}

/// The controls as rows.
pub fn rows(reply: &Reply) -> Vec<CreateActionRow> {
    reply.controls.iter().map(|row| action_row(row)).collect()
}

fn action_row(row: &[Control]) -> CreateActionRow {
    let mut buttons = Vec::new();
    for control in row {
        match control {
            Control::Button { label, action, emphasis } => {
                buttons.push(CreateButton::new(custom_id::encode(action)).label(label).style(style(*emphasis)));
            }
            // A menu or a list fills its row.
            Control::Select { placeholder, what, count: (least, most), action } => {
                let list = CreateSelectMenu::new(custom_id::encode(action), selectable(what)).placeholder(placeholder);
                return CreateActionRow::SelectMenu(list.min_values(*least).max_values(*most));
            }
            Control::Menu { placeholder, choices } => {
                let options = choices.iter().map(menu_option).collect();
                let menu = CreateSelectMenu::new(custom_id::MENU, CreateSelectMenuKind::String { options });
                return CreateActionRow::SelectMenu(menu.placeholder(placeholder));
            }
        }
    }
    CreateActionRow::Buttons(buttons)
}

fn selectable(what: &Selectable) -> CreateSelectMenuKind {
    match what {
        Selectable::Options(options) => {
            CreateSelectMenuKind::String { options: options.iter().map(select_option).collect() }
        }
        Selectable::Channels { chosen, categories } => {
            let category = categories.then_some(ChannelType::Category);
            CreateSelectMenuKind::Channel {
                channel_types: Some(SPOKEN_IN.into_iter().chain(category).collect()),
                default_channels: defaults(chosen.iter().map(|channel| model::ChannelId::new(channel.get()))),
            }
        }
        Selectable::Roles { chosen } => CreateSelectMenuKind::Role {
            default_roles: defaults(chosen.iter().map(|role| model::RoleId::new(role.get()))),
        },
    }
}

fn defaults<T>(chosen: impl Iterator<Item = T>) -> Option<Vec<T>> {
    let chosen: Vec<T> = chosen.take(MOST_CHOICES).collect();
    (!chosen.is_empty()).then_some(chosen)
}

fn select_option(option: &SelectOption) -> CreateSelectMenuOption {
    let line = CreateSelectMenuOption::new(&option.label, &option.value).default_selection(option.chosen);
    option.description.iter().fold(line, |line, description| line.description(description))
}

/// A form as Discord's modal.
pub fn modal(form: &Form) -> CreateModal {
    let rows = form.fields.iter().map(|field| CreateActionRow::InputText(input(field))).collect();
    CreateModal::new(custom_id::encode(&form.action), &form.title).components(rows)
}

fn input(field: &Field) -> CreateInputText {
    let style = if field.lines { InputTextStyle::Paragraph } else { InputTextStyle::Short };
    let input = CreateInputText::new(style, &field.label, field.name)
        .placeholder(&field.placeholder)
        .required(field.required)
        .max_length(field.most);
    if field.value.is_empty() { input } else { input.value(&field.value) }
}

fn menu_option(choice: &MenuChoice) -> CreateSelectMenuOption {
    CreateSelectMenuOption::new(&choice.label, custom_id::encode(&choice.action)).description(&choice.description)
}

fn style(emphasis: Emphasis) -> ButtonStyle {
    match emphasis {
        Emphasis::Strong => ButtonStyle::Primary,
        Emphasis::Plain => ButtonStyle::Secondary,
        Emphasis::Alarming => ButtonStyle::Danger,
    }
}

/// The line above the card, with the mention of the one person who is pinged.
pub fn content(reply: &Reply) -> Option<String> {
    let mention = reply.ping.map(|person| format!("<@{person}>"));
    let parts: Vec<String> = mention.into_iter().chain(reply.lead.clone()).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Nobody is pinged by anything that the bot repeats: only the one person whom the reply is meant for.
pub fn allowed_mentions(reply: &Reply) -> CreateAllowedMentions {
    let nobody = CreateAllowedMentions::new().replied_user(false);
    match reply.ping {
        Some(person) => nobody.users(vec![UserId::new(person.get())]),
        None => nobody,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_already_is_written_as_text() {
        let list = CreateSelectMenu::new(
            "x",
            CreateSelectMenuKind::Role { default_roles: Some(vec![model::RoleId::new(u64::MAX)]) },
        );
        let mut written = serde_json::to_value([CreateActionRow::SelectMenu(list)]).expect("JSON");
        write_chosen_as_text(&mut written);
        assert_eq!(written[0]["components"][0]["default_values"][0]["id"], "18446744073709551615");
    }
}
