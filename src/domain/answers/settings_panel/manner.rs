//! The page that tells how the bot speaks, everywhere and in single channels.

use super::{Content, Line, Panel};
use crate::domain::ChannelId;
use crate::domain::guild::choice::{AS_USUAL, manner_value};
use crate::domain::guild::{Manner, Moderation, Setting, SettingKey, setting_value};
use crate::domain::reply::{Action, Control, Selectable};
use crate::domain::topics::TextKey;

const MANNERS: [(Manner, TextKey); 4] = [
    (Manner::Full, TextKey::SettingsMannerFull),
    (Manner::Quiet, TextKey::SettingsMannerQuiet),
    (Manner::Button, TextKey::SettingsMannerButtonOnly),
    (Manner::Reaction, TextKey::SettingsMannerReaction),
];

impl Panel<'_> {
    pub(super) fn manner(&self) -> Content {
        let settings = self.view.settings;
        let mut lines = vec![self.line_of(TextKey::SettingsEverywhere, SettingKey::Manner)];
        let own = settings.manners.keys();
        lines.extend(own.map(|channel| self.words.fill(TextKey::SettingsMannerIn, &self.manner_of(*channel).pairs())));
        if let Some(channel) = self.view.channel.filter(|channel| !settings.manners.contains_key(channel)) {
            lines.push(self.words.fill(TextKey::SettingsMannerIn, &self.manner_of(channel).pairs()));
        }
        lines.push(self.text(TextKey::SettingsMannerNote));
        let everywhere = MANNERS.map(|(manner, about)| self.manner_line(manner, about, settings.manner == manner));
        let mut rows = vec![
            self.options(TextKey::SettingsEverywhere, SettingKey::Manner, everywhere.into()),
            vec![self.channel_chooser()],
        ];
        rows.extend(self.view.channel.map(|channel| self.manners_for(channel)));
        Content { lines, sections: self.trouble(), rows }
    }

    fn channel_chooser(&self) -> Control {
        Control::Select {
            placeholder: self.text(TextKey::SettingsChooseChannel),
            what: Selectable::Channels { chosen: self.view.channel.into_iter().collect(), categories: true },
            count: (0, 1),
            action: Action::Moderate(Moderation::MannerOf),
        }
    }

    fn manners_for(&self, channel: ChannelId) -> Vec<Control> {
        let own = self.view.settings.manners.get(&channel).copied();
        let as_everywhere = Line {
            label: self.text(TextKey::SettingAsEverywhere),
            description: None,
            value: AS_USUAL.to_owned(),
            chosen: own.is_none(),
        };
        let manners = MANNERS.map(|(manner, about)| self.manner_line(manner, about, own == Some(manner)));
        let lines = [as_everywhere].into_iter().chain(manners).collect();
        self.options(TextKey::SettingsInThisChannel, SettingKey::MannerIn(channel), lines)
    }

    fn manner_line(&self, manner: Manner, about: TextKey, chosen: bool) -> Line {
        let label = setting_value(&Setting::Manner(manner), self.words);
        Line { label, description: Some(self.text(about)), value: manner_value(manner).to_owned(), chosen }
    }

    fn manner_of(&self, channel: ChannelId) -> MannerOf {
        let value = setting_value(&self.present(SettingKey::MannerIn(channel)), self.words);
        MannerOf { channel: format!("<#{channel}>"), value }
    }
}

struct MannerOf {
    channel: String,
    value: String,
}

impl MannerOf {
    fn pairs(&self) -> [(&'static str, &str); 2] {
        [("channel", &self.channel), ("value", &self.value)]
    }
}
