//! The page of what concerns the server as a whole: language, log, listening, moderators.

use super::{Content, Line, Panel, language_name};
use crate::domain::guild::choice::{AS_USUAL, listening_value};
use crate::domain::guild::{MOST_NAMED, Setting, SettingKey, setting_value};
use crate::domain::reply::{Control, Selectable};
use crate::domain::settings::Listening;
use crate::domain::topics::TextKey;

impl Panel<'_> {
    pub(super) fn server(&self) -> Content {
        let settings = self.view.settings;
        let listening = settings.listening.map(|listening| self.listening_name(listening));
        let listening = self.chosen_or_usual(listening, &self.listening_name(self.view.usual.listening));
        let language = settings.language.as_ref().map(|language| language_name(self.library, language.as_str()));
        let language = language.unwrap_or_else(|| self.text(TextKey::SettingServerLanguage));
        let mut lines = vec![
            self.line(TextKey::SettingsLanguage, &language),
            self.line_of(TextKey::SettingsLog, SettingKey::Log),
            self.line(TextKey::SettingsListening, &listening),
        ];
        if self.view.usual.listening == Listening::Mentions {
            lines.push(self.text(TextKey::SettingsNoContent));
        }
        lines.push(self.line_of(TextKey::SettingsModerators, SettingKey::Moderators));
        lines.push(self.text(TextKey::SettingsModeratorsNote));
        let log = Selectable::Channels { chosen: settings.log.into_iter().collect(), categories: false };
        let role = Selectable::Roles { chosen: settings.moderators.into_iter().collect() };
        Content {
            lines,
            sections: self.log_section(),
            rows: vec![
                self.languages(),
                self.select(TextKey::SettingsLog, log, (0, 1), SettingKey::Log),
                self.ways_of_listening(),
                self.select(TextKey::SettingsModerators, role, (0, 1), SettingKey::Moderators),
            ],
        }
    }

    /// The server's own language and those that the bot speaks; where they are more than a list holds, the chosen one
    /// is among them all the same.
    fn languages(&self) -> Vec<Control> {
        let chosen = self.view.settings.language.as_ref().map(|language| language.as_str());
        let mut codes: Vec<&str> = self.library.languages().map(|(code, _)| code).collect();
        codes.sort_by_key(|code| (Some(*code) != chosen, *code));
        codes.truncate(MOST_NAMED - 1);
        codes.sort_unstable();
        let own = Line {
            label: self.text(TextKey::SettingServerLanguage),
            description: None,
            value: AS_USUAL.to_owned(),
            chosen: chosen.is_none(),
        };
        let line = |code: &str| Line {
            label: language_name(self.library, code),
            description: None,
            value: code.to_owned(),
            chosen: chosen == Some(code),
        };
        self.options(
            TextKey::SettingsLanguage,
            SettingKey::Language,
            [own].into_iter().chain(codes.into_iter().map(line)).collect(),
        )
    }

    fn ways_of_listening(&self) -> Vec<Control> {
        let chosen = self.view.settings.listening;
        let usual = Line {
            label: self.chosen_or_usual(None, &self.listening_name(self.view.usual.listening)),
            description: None,
            value: AS_USUAL.to_owned(),
            chosen: chosen.is_none(),
        };
        let line = |listening| Line {
            label: self.listening_name(listening),
            description: None,
            value: listening_value(listening).to_owned(),
            chosen: chosen == Some(listening),
        };
        let lines = [usual, line(Listening::Content), line(Listening::Mentions)].into();
        self.options(TextKey::SettingsListening, SettingKey::Listening, lines)
    }

    fn listening_name(&self, listening: Listening) -> String {
        setting_value(&Setting::Listening(Some(listening)), self.words)
    }
}
