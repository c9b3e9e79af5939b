//! A reply as Discord's parts: an embed, rows of buttons, a menu.

use serenity::builder::{
    CreateActionRow, CreateAllowedMentions, CreateButton, CreateEmbed, CreateEmbedFooter, CreateSelectMenu,
    CreateSelectMenuKind, CreateSelectMenuOption,
};
use serenity::model::application::ButtonStyle;
use serenity::model::id::UserId;

use super::custom_id;
use crate::domain::reply::{Card, Control, Emphasis, MenuChoice, Reply, Tone};

/// The card of a reply as an embed. What explains its file is said only if that is `uploaded` with it.
pub fn embeds(reply: &Reply, uploaded: bool) -> Vec<CreateEmbed> {
    let caption = reply.attachment.as_ref().filter(|_| uploaded).map(|attachment| &attachment.caption);
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
            // A menu fills its row.
            Control::Menu { placeholder, choices } => {
                let options = choices.iter().map(menu_option).collect();
                let menu = CreateSelectMenu::new(custom_id::MENU, CreateSelectMenuKind::String { options });
                return CreateActionRow::SelectMenu(menu.placeholder(placeholder));
            }
        }
    }
    CreateActionRow::Buttons(buttons)
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
