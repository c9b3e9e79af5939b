//! `/settings`: what moderators choose, and what the very next message then meets.

mod ailing;
mod log;
mod manner;
mod moderators;
mod places;
mod quiet;
mod server;
mod together;
mod trouble;

use super::{TRIGGER, lumbar_with, tireless};
use crate::fake_discord::{Answer, BotUnderTest, Channel, FakeDiscord, Person, Server, bot_reply};

/// A message with a warning sign.
const URGENT: &str = "I can't feel my legs since my back went out";

/// A server with a channel, Mona who moderates it, Ann who does not, and the bot, which answers as often as it is asked.
struct Scene {
    discord: FakeDiscord,
    server: Server,
    general: Channel,
    mona: Person,
    ann: Person,
    bot: BotUnderTest,
}

async fn scene() -> Scene {
    let discord = FakeDiscord::start().await;
    let server = discord.guild("Climbing");
    let general = server.channel("general");
    let mona = discord.person("Mona").moderates(&server);
    let ann = discord.person("Ann");
    let bot = lumbar_with(&discord, tireless()).await;
    Scene { discord, server, general, mona, ann, bot }
}

impl Scene {
    /// Mona opens the settings and turns to a page.
    async fn page(&self, button: &str) -> Answer {
        let panel = self.mona.runs("/settings").in_channel(&self.general).await;
        panel.assert_private();
        self.mona.presses(&panel, button).await
    }

    /// Mona chooses a line of a list.
    async fn chooses(&self, page: &str, line: &str) -> Answer {
        let panel = self.page(page).await;
        let after = self.mona.chooses(&panel, line).await;
        assert_changed(&after);
        after
    }

    /// Ann says something that the bot knows, and is answered.
    async fn is_answered_in(&self, channel: &Channel) {
        let said = self.ann.says(channel, TRIGGER).await;
        bot_reply(channel).await.assert_refers_to(&said);
    }

    /// Ann says something that the bot knows, and is not answered.
    async fn is_silent_in(&self, channel: &Channel) {
        self.ann.says(channel, TRIGGER).await;
        channel.stays_silent().await;
    }
}

/// The panel changed in its place, and tells what has changed and how it is undone.
fn assert_changed(panel: &Answer) {
    let text = panel.text();
    assert!(panel.changed_the_message() || panel.was_deferred(), "a new message:\n{text}");
    assert!(text.contains("Changed: ") && text.contains("/responses undo"), "{text}");
}

/// The panel says that nothing was changed, and why.
fn assert_refused(panel: &Answer, why: &str) {
    let text = panel.text();
    assert!(text.contains("Nothing was changed.") && text.contains(why), "{text}");
}
