//! The page that tells where the bot speaks, and whom it leaves alone.

use super::{Content, Panel};
use crate::domain::guild::{Places, SettingKey};
use crate::domain::reply::Selectable;
use crate::domain::topics::TextKey;

/// How many may be chosen in one list, as Discord counts.
const MOST: u8 = 25;

impl Panel<'_> {
    pub(super) fn places(&self) -> Content {
        let settings = self.view.settings;
        let (mode, placeholder) = match &settings.places {
            Places::AllBut(_) => (TextKey::SettingsAllBut, TextKey::SettingsAllButChannels),
            Places::OnlyIn(_) => (TextKey::SettingsOnlyIn, TextKey::SettingsOnlyInChannels),
        };
        let on_or_off = |on| if on { TextKey::SettingsOn } else { TextKey::SettingsOff };
        let channels =
            Selectable::Channels { chosen: settings.places.named().iter().copied().collect(), categories: true };
        let roles = Selectable::Roles { chosen: settings.left_alone.iter().copied().collect() };
        let mut lines = vec![
            self.line_of(TextKey::SettingsChannels, SettingKey::Places),
            self.line_of(TextKey::SettingsThreads, SettingKey::Threads),
            self.line_of(TextKey::SettingsForums, SettingKey::Forums),
            self.line_of(TextKey::SettingsLeftAlone, SettingKey::LeftAlone),
        ];
        if matches!(&settings.places, Places::OnlyIn(none) if none.is_empty()) {
            lines.push(self.text(TextKey::SettingsNowhere));
        }
        lines.push(self.text(TextKey::SettingsPlacesNote));
        Content {
            lines,
            sections: self.trouble(),
            rows: vec![
                vec![
                    self.switch(TextKey::SettingsChannels, SettingKey::Places, mode),
                    self.switch(TextKey::SettingsThreads, SettingKey::Threads, on_or_off(settings.threads)),
                    self.switch(TextKey::SettingsForums, SettingKey::Forums, on_or_off(settings.forums)),
                ],
                self.select(placeholder, channels, (0, MOST), SettingKey::Places),
                self.select(TextKey::SettingsLeftAlone, roles, (0, MOST), SettingKey::LeftAlone),
            ],
        }
    }
}
