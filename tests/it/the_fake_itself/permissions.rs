//! Roles, channels with permissions of their own, and what Discord refuses for lack of one.

use serenity::all::{ChannelId, CreateAttachment, CreateEmbed, CreateMessage, EditMessage, MessageReference};

use super::sample_panel::with_file;
use super::{by_hand, code, with_a_panel};
use crate::fake_discord::{Permission, bot_reply};

fn words() -> CreateMessage {
    CreateMessage::new().content("hello")
}

#[tokio::test]
async fn where_it_cannot_look_nothing_is_sent_seen_or_heard() {
    let (discord, http, _server, channel, ann) = by_hand().await;
    channel.denies_the_bot(Permission::ViewChannel);
    let said = ann.says(&channel, "secret").await;
    let id = ChannelId::new(channel.id);
    assert_eq!(code(id.send_message(&http, words()).await), 50001);
    assert_eq!(code(id.message(&http, said.id).await), 50001);
    assert_eq!(code(id.to_channel(&http).await), 50001);
    channel.allows_the_bot(Permission::ViewChannel);
    assert_eq!(id.message(&http, said.id).await.expect("the message").content, "secret");
    discord.finish().await;
}

#[tokio::test]
async fn talking_in_channels_and_in_threads_are_two_permissions() {
    let (discord, http, _server, channel, _ann) = by_hand().await;
    let thread = channel.thread("Pain");
    channel.denies_the_bot(Permission::SendMessages);
    assert_eq!(code(ChannelId::new(channel.id).send_message(&http, words()).await), 50013);
    ChannelId::new(thread.id).send_message(&http, words()).await.expect("a message in the thread");
    bot_reply(&thread).await;
    channel.allows_the_bot(Permission::SendMessages).denies_the_bot(Permission::SendMessagesInThreads);
    assert_eq!(code(ChannelId::new(thread.id).send_message(&http, words()).await), 50013);
    discord.finish().await;
}

#[tokio::test]
async fn embeds_files_and_replies_need_permissions_of_their_own() {
    let (discord, http, _server, channel, ann) = by_hand().await;
    let said = ann.says(&channel, "ow").await;
    let id = ChannelId::new(channel.id);
    channel.denies_the_bot(Permission::EmbedLinks).denies_the_bot(Permission::AttachFiles);
    assert_eq!(code(id.send_message(&http, words().embed(CreateEmbed::new().title("x"))).await), 50013);
    let file = Some(CreateAttachment::bytes(b"x".to_vec(), "x.txt"));
    let message = with_file("see", &file);
    assert_eq!(code(http.send_message(id, file.into_iter().collect(), &message).await), 50013);
    channel.denies_the_bot(Permission::ReadMessageHistory);
    let reply = words().reference_message(MessageReference::from((id, said.id.into())));
    assert_eq!(code(id.send_message(&http, reply).await), 160_002);
    assert_eq!(code(id.message(&http, said.id).await), 50013);
    id.send_message(&http, words()).await.expect("plain words");
    bot_reply(&channel).await;
    discord.finish().await;
}

#[tokio::test]
async fn messages_of_others_are_deleted_with_permission_and_never_edited() {
    let (discord, http, server, channel, ann) = by_hand().await;
    let said = ann.says(&channel, "ow").await;
    let id = ChannelId::new(channel.id);
    assert_eq!(code(id.delete_message(&http, said.id).await), 50013);
    assert_eq!(code(id.edit_message(&http, said.id, EditMessage::new().content("x")).await), 50005);
    let _role = server.role_of_the_bot().permits(Permission::ManageMessages);
    id.delete_message(&http, said.id).await.expect("a deletion");
    assert_eq!(code(id.message(&http, said.id).await), 10008);
    let private = ann.says(&ann.direct_messages(), "ow").await;
    let private_id = ChannelId::new(ann.direct_messages().id);
    assert_eq!(code(private_id.delete_message(&http, private.id).await), 50003);
    discord.finish().await;
}

#[tokio::test]
async fn overwrites_count_in_discords_order() {
    let (discord, _http, server, channel, _ann) = by_hand().await;
    let (staff, owner) = (server.role("Staff"), discord.core().look(|state| state.world.guilds[&server.id].owner));
    let ben = discord.person("Ben").has_role(&staff);
    let may = |who, permission| discord.core().look(|state| state.world.may(who, permission, channel.id));
    channel.denies(&server.everyone(), Permission::SendMessages);
    assert!(!may(ben.id, Permission::SendMessages) && may(ben.id, Permission::ViewChannel));
    assert!(!may(ben.id, Permission::EmbedLinks), "who cannot talk cannot embed");
    channel.allows(&staff, Permission::SendMessages);
    assert!(may(ben.id, Permission::SendMessages));
    channel.denies(&server.everyone(), Permission::ViewChannel);
    assert!(!may(ben.id, Permission::SendMessages), "who sees nothing can do nothing");
    assert!(may(owner, Permission::ManageGuild));
    let _staff = staff.clone().permits(Permission::Administrator);
    assert!(may(ben.id, Permission::ManageGuild) && may(ben.id, Permission::ViewChannel));
    ben.loses_role(&staff);
    assert!(!may(ben.id, Permission::ManageGuild));
    discord.finish().await;
}

#[tokio::test]
async fn interactions_tell_roles_permissions_and_the_place() {
    let (discord, _bot, server, channel) = with_a_panel().await;
    let staff = server.role("Staff").permits(Permission::ManageGuild);
    let (ann, ben) = (discord.person("Ann").has_role(&staff), discord.person("Ben"));
    let thread = channel.thread("Pain");
    channel.denies_the_bot(Permission::EmbedLinks);

    let told = ann.runs("/where").in_channel(&thread).await.text();
    let parent = channel.id;
    assert_eq!(told, format!("PublicThread under Some({parent}); I embed: false; you manage: true; roles: 1"));
    let told = ben.runs("/where").in_channel(&server.channel("second")).await.text();
    assert_eq!(told, "Text under None; I embed: true; you manage: false; roles: 0");
    discord.finish().await;
}

#[tokio::test]
async fn who_moderates_one_server_is_offered_its_commands_there() {
    let (discord, _bot, server, channel) = with_a_panel().await;
    let ann = discord.person("Ann").moderates(&server);
    assert!(ann.runs("/panel").in_channel(&channel).await.is_private());
    discord.finish().await;
}

#[tokio::test]
#[should_panic(expected = "is offered only to those with permissions 32")]
async fn who_moderates_one_server_is_not_offered_its_commands_in_another() {
    let (discord, _bot, server, _channel) = with_a_panel().await;
    let ann = discord.person("Ann").moderates(&server);
    ann.runs("/panel").in_channel(&discord.guild("Another").channel("general")).await;
}

#[tokio::test]
#[should_panic(expected = "is offered only to those with permissions 0")]
async fn a_command_for_nobody_is_for_administrators() {
    let (discord, _bot, server, channel) = with_a_panel().await;
    let boss = discord.person("Boss").has_role(&server.role("Boss").permits(Permission::Administrator));
    assert_eq!(boss.runs("/locked").in_channel(&channel).await.text(), "help");
    discord.person("Ann").moderator().runs("/locked").in_channel(&channel).await;
}

#[tokio::test]
async fn a_server_can_open_a_command_to_a_role() {
    let (discord, _bot, server, channel) = with_a_panel().await;
    let helpers = server.role("Helpers");
    server.opens_command("/panel", &helpers);
    let ann = discord.person("Ann").has_role(&helpers);
    assert!(ann.runs("/panel").in_channel(&channel).await.is_private());
    discord.finish().await;
}

#[tokio::test]
#[should_panic(expected = "they may not write there")]
async fn people_keep_to_their_permissions_too() {
    let (_discord, _http, server, channel, ann) = by_hand().await;
    channel.denies(&server.everyone(), Permission::SendMessages);
    ann.says(&channel, "let me").await;
}
