//! What the bot may not do where it is to speak, beside the channel concerned, with what to change.

use super::{Panel, section};
use crate::domain::answers::responses::permission_key;
use crate::domain::guild::{GuildMap, GuildSettings, Trouble};
use crate::domain::reply::CardSection;
use crate::domain::topics::{TextKey, Words};

/// Discord's limit for the text of a section is 1,024 characters; below it there is room for the last line.
/// Source: API reference, "Embed Limits".
const MOST_CHARACTERS: usize = 960;

impl Panel<'_> {
    /// Where the bot is to speak and lacks what it needs for that; nothing where all is well.
    pub(super) fn trouble(&self) -> Vec<CardSection> {
        let Some(map) = self.view.map else { return vec![self.not_known()] };
        let trouble = map.trouble(self.view.settings);
        if trouble.is_empty() {
            return Vec::new();
        }
        let lines: Vec<String> = trouble.iter().map(|trouble| line(self.words, trouble)).collect();
        vec![section(self.words.get(TextKey::SettingsTrouble), self.bounded(&lines))]
    }

    /// Whether the bot can write in the log channel.
    pub(super) fn log_section(&self) -> Vec<CardSection> {
        if self.view.settings.log.is_none() {
            return Vec::new();
        }
        let Some(map) = self.view.map else { return vec![self.not_known()] };
        let told = log_trouble(self.words, self.view.settings, map);
        told.into_iter().map(|told| section(self.words.get(TextKey::SettingsTrouble), told)).collect()
    }

    fn not_known(&self) -> CardSection {
        section(self.words.get(TextKey::SettingsTrouble), self.words.get(TextKey::SettingsMapMissing))
    }

    /// As many lines as there is room for, how many more there are, and what to do.
    fn bounded(&self, lines: &[String]) -> String {
        let how = self.words.get(TextKey::SettingsHowToAllow);
        let mut room = MOST_CHARACTERS.saturating_sub(how.chars().count());
        let fits = |line: &&String| {
            let length = line.chars().count() + 1;
            let fits = length <= room;
            room = room.saturating_sub(length);
            fits
        };
        let mut shown: Vec<String> = lines.iter().take_while(fits).cloned().collect();
        let more = lines.len() - shown.len();
        if more > 0 {
            shown.push(self.words.fill(TextKey::ChangesMore, &[("count", &more.to_string())]));
        }
        shown.push(how.to_owned());
        shown.join("\n")
    }
}

/// Why the bot cannot write in the log channel, if it cannot.
pub fn log_trouble(words: &Words, settings: &GuildSettings, map: &GuildMap) -> Option<String> {
    let log = settings.log?;
    let how = words.get(TextKey::SettingsHowToAllow);
    let Some(channel) = map.channel(log) else { return Some(words.get(TextKey::SettingsLogGone).to_owned()) };
    let lacking = channel.lacking_for_a_line();
    (!lacking.is_empty()).then(|| format!("{}\n{how}", line(words, &Trouble { channel: log, lacking })))
}

fn line(words: &Words, trouble: &Trouble) -> String {
    let names: Vec<&str> = trouble.lacking.iter().map(|permission| words.get(permission_key(*permission))).collect();
    let values = [("channel", &*format!("<#{}>", trouble.channel)), ("permissions", &*names.join(", "))];
    words.fill(TextKey::SettingsLacking, &values)
}
