//! Moderators shape what the bot says: tried before it is live, and undone with one press.

mod adding;
mod changing;
mod history;
mod listing;
mod removal;
mod transferring;
mod trying;

use super::{lumbar, lumbar_on, lumbar_with, somewhere, tireless};
use crate::fake_discord::{Answer, Channel, FakeDiscord, Person};

/// A Discord with a server, Ann, and Mia, who moderates.
async fn moderated() -> (FakeDiscord, Channel, Person, Person) {
    let (discord, channel, ann) = somewhere().await;
    let mia = discord.person("Mia").moderator();
    (discord, channel, ann, mia)
}

/// What Mia fills in: enough for a response.
const TOAST: [(&str, &str); 4] = [
    ("Title", "Toast, is it?"),
    ("Phrases", "croissant mode"),
    ("Answer", "Butter it. No: lie down, and breathe."),
    ("Tips", "Lie down.\nBreathe."),
];

/// Mia writes a response, and sees how it will look.
async fn drafts(mia: &Person, channel: &Channel, fields: &[(&str, &str)]) -> Answer {
    let form = mia.runs("/responses add").in_channel(channel).await.form();
    mia.submits(&form, fields).await
}

/// Mia writes a response and publishes it.
async fn publishes(mia: &Person, channel: &Channel, fields: &[(&str, &str)]) -> Answer {
    let preview = drafts(mia, channel, fields).await;
    mia.presses(&preview, "Publish").await
}

/// Mia runs a command about one response.
async fn runs(mia: &Person, channel: &Channel, command: &str, name: &str) -> Answer {
    mia.runs(command).option("name", name).in_channel(channel).await
}
