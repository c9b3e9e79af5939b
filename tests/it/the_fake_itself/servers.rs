//! What a bot can look up about servers, and emoji under messages.

use serenity::all::{ChannelId, ChannelType, CreateMessage, GuildId, MessageFlags, ReactionType, UserId};

use super::{by_hand, code};
use crate::fake_discord::{Permission, bot_reaction, bot_reply, check_answer};

#[tokio::test]
async fn a_server_tells_its_channels_roles_members_and_threads() {
    let (discord, http, server, channel, ann) = by_hand().await;
    let staff = server.role("Staff").permits(Permission::ManageGuild);
    let ann = ann.has_role(&staff);
    let (inside, forum) = (server.category("Sports").channel("bouldering"), server.forum("questions"));
    let (post, question) = ann.posts(&forum, "Help", "my back").await;
    let guild = GuildId::new(server.id);

    assert_eq!(guild.to_partial_guild(&http).await.expect("the server").roles.len(), 3);
    let channels = guild.channels(&http).await.expect("channels");
    assert_eq!(channels[&ChannelId::new(inside.id)].parent_id, Some(channel_of(&channels, "Sports")));
    assert_eq!((channels.len(), channels.contains_key(&ChannelId::new(channel.id))), (4, true));
    let roles = guild.roles(&http).await.expect("roles");
    assert!(roles[&staff.id.into()].permissions.manage_guild());
    let member = guild.member(&http, UserId::new(ann.id)).await.expect("a member");
    assert_eq!(member.roles, [staff.id]);
    let own = guild.current_user_member(&http).await.expect("the bot as a member");
    assert_eq!(own.roles, [server.role_of_the_bot().id]);
    let threads = guild.get_active_threads(&http).await.expect("threads").threads;
    assert_eq!((threads.len(), threads[0].parent_id), (1, Some(ChannelId::new(forum.id))));
    let place = ChannelId::new(post.id).to_channel(&http).await.expect("the post").guild().expect("a thread");
    assert_eq!((place.kind, place.parent_id), (ChannelType::PublicThread, Some(ChannelId::new(forum.id))));
    assert_eq!(question.id, post.id, "a post's first message has the id of its thread");
    assert_eq!(code(ChannelId::new(forum.id).send_message(&http, CreateMessage::new().content("x")).await), 50008);
    assert_eq!(code(guild.member(&http, UserId::new(1)).await), 10013);
    assert_eq!(code(GuildId::new(1).roles(&http).await), 10004);
    discord.finish().await;
}

#[tokio::test]
async fn what_it_answers_is_what_discord_describes() {
    let (discord, http, server, channel, ann) = by_hand().await;
    channel.denies(&server.role("Staff"), Permission::SendMessages);
    let (forum, _category) = (server.forum("questions"), server.category("Sports"));
    let (post, _question) = ann.posts(&forum, "Help", "my back").await;
    let said = ann.says(&channel, "ow").await;
    ann.reacts(&said, "👍").await;
    let (guild, ids) = (server.id, [channel.id, forum.id, post.id]);
    let channels = ids.map(|id| ("/channels/{channel_id}", format!("/channels/{id}")));
    let of_the_server = ["", "/channels", "/roles", "/threads/active"]
        .map(|it| (["/guilds/{guild_id}", it].concat(), format!("/guilds/{guild}{it}")));
    let mut asked: Vec<(String, String)> = channels.map(|(route, path)| (route.to_owned(), path)).to_vec();
    asked.extend(of_the_server);
    asked.extend([
        ("/guilds/{guild_id}/members/{user_id}".to_owned(), format!("/guilds/{guild}/members/{}", ann.id)),
        ("/users/@me/guilds/{guild_id}/member".to_owned(), format!("/users/@me/guilds/{guild}/member")),
        (
            "/channels/{channel_id}/messages/{message_id}".to_owned(),
            format!("/channels/{}/messages/{}", channel.id, said.id),
        ),
    ]);
    for (route, path) in asked {
        let url = format!("{}/api/v10{path}", discord.api_url());
        let request = reqwest::Client::new().get(url).header("authorization", http.token());
        let request = request.header("user-agent", "DiscordBot (https://example.org, 1)");
        let answer = request.send().await.expect("an answer").text().await.expect("its text");
        let answer = serde_json::from_str(&answer).expect("JSON");
        assert_eq!(check_answer("GET", &route, &answer).unwrap_or_default(), [""; 0], "{path}: {answer}");
    }
    discord.finish().await;
}

fn channel_of(channels: &std::collections::HashMap<ChannelId, serenity::all::GuildChannel>, name: &str) -> ChannelId {
    channels.values().find(|it| it.name == name).expect("a channel of that name").id
}

#[tokio::test]
async fn threads_that_it_cannot_see_into_are_not_listed() {
    let (discord, http, server, channel, _ann) = by_hand().await;
    channel.thread("Pain");
    channel.denies_the_bot(Permission::ViewChannel);
    assert!(GuildId::new(server.id).get_active_threads(&http).await.expect("threads").threads.is_empty());
    discord.finish().await;
}

#[tokio::test]
async fn reactions_are_put_read_and_taken_back() {
    let (discord, http, _server, channel, ann) = by_hand().await;
    let (id, said) = (ChannelId::new(channel.id), ann.says(&channel, "ow").await);
    let heart = ReactionType::Unicode("❤️".to_owned());
    id.create_reaction(&http, said.id, heart.clone()).await.expect("a reaction");
    assert_eq!(bot_reaction(&said).await, "❤️");
    discord.person("Ben").reacts(&said, "👍").await;
    assert_eq!(said.reactions(), ["❤️", "👍"]);
    let told = id.message(&http, said.id).await.expect("the message").reactions;
    assert_eq!(told.iter().map(|it| it.me).collect::<Vec<_>>(), [true, false]);
    id.delete_reaction(&http, said.id, None, heart).await.expect("taken back");
    assert_eq!(said.reactions(), ["👍"]);
    discord.finish().await;
}

#[tokio::test]
async fn reactions_need_permissions_and_must_be_emoji() {
    let (discord, http, _server, channel, ann) = by_hand().await;
    let (id, said) = (ChannelId::new(channel.id), ann.says(&channel, "ow").await);
    let word = ReactionType::Unicode("back".to_owned());
    assert_eq!(code(id.create_reaction(&http, said.id, word).await), 10014);
    channel.denies_the_bot(Permission::AddReactions);
    assert_eq!(code(id.create_reaction(&http, said.id, '👍').await), 50013);
    ann.reacts(&said, "👍").await;
    id.create_reaction(&http, said.id, '👍').await.expect("one more of the same");
    assert_eq!(said.reactions(), ["👍"]);
    channel.denies_the_bot(Permission::ReadMessageHistory);
    assert_eq!(code(id.create_reaction(&http, said.id, '👍').await), 50013);
    discord.finish().await;
}

#[tokio::test]
async fn a_reaction_that_nobody_looked_at_is_noticed() {
    let (discord, http, _server, channel, ann) = by_hand().await;
    let said = ann.says(&channel, "ow").await;
    ChannelId::new(channel.id).create_reaction(&http, said.id, '👍').await.expect("a reaction");
    discord.expects("a reaction that nobody looked at: 👍");
    discord.finish().await;
}

#[tokio::test]
async fn a_message_may_come_quietly_and_to_another_channel() {
    let (discord, http, server, channel, _ann) = by_hand().await;
    let (log, staff) = (server.channel("log"), server.role("Staff"));
    let words = format!("{} in {}: changed", staff.mention(), channel.mention());
    let message = CreateMessage::new().content(words).flags(MessageFlags::SUPPRESS_NOTIFICATIONS);
    ChannelId::new(log.id).send_message(&http, message).await.expect("a message");
    let line = bot_reply(&log).await;
    assert!(line.is_quiet());
    line.assert_pings_nobody();
    assert_eq!(line.text(), "@Staff in #general: changed");
    discord.finish().await;
}
