//! The page that tells how long the bot keeps quiet after an answer.

use std::time::Duration;

use super::{Content, Line, Panel};
use crate::domain::answers::short_span;
use crate::domain::guild::choice::AS_USUAL;
use crate::domain::guild::{BURST_WINDOW, NO_BURST_CAP, Setting, SettingKey};
use crate::domain::topics::TextKey;

/// How long it may keep quiet, in seconds. 0 is not at all.
const PERSON_STEPS: [u64; 8] = [0, 60, 300, 600, 1_800, 3_600, 21_600, 86_400];
const CHANNEL_STEPS: [u64; 8] = [0, 30, 60, 120, 300, 600, 1_800, 3_600];
const TOPIC_STEPS: [u64; 8] = [0, 60, 300, 600, 1_800, 3_600, 21_600, 86_400];

/// How many answers there may be within [`BURST_WINDOW`].
const BURST_STEPS: [u32; 8] = [1, 2, 3, 5, 10, 20, 50, 100];

impl Panel<'_> {
    pub(super) fn quiet(&self) -> Content {
        let usual = &self.view.usual.cooldowns;
        let own = &self.view.settings.cooldowns;
        let rests = [
            (TextKey::SettingsPersonRest, SettingKey::PersonCooldown, own.person, usual.person, PERSON_STEPS),
            (TextKey::SettingsChannelRest, SettingKey::ChannelCooldown, own.channel, usual.channel, CHANNEL_STEPS),
            (TextKey::SettingsTopicRest, SettingKey::TopicCooldown, own.topic, usual.topic, TOPIC_STEPS),
        ];
        let mut content = Content::default();
        for (name, key, own, usual, steps) in rests {
            content
                .lines
                .push(self.line(name, &self.chosen_or_usual(own.map(|span| self.span(span)), &self.span(usual))));
            let mut steps: Vec<Duration> = steps.map(Duration::from_secs).into();
            steps.extend(own.filter(|own| !steps.contains(own)));
            steps.sort_unstable();
            let line = |step: Duration| (self.span(step), step.as_secs().to_string(), own == Some(step));
            content.rows.push(self.steps(name, key, &self.span(usual), steps.into_iter().map(line)));
        }
        let (own, usual) = (own.burst, usual.burst);
        content.lines.push(
            self.line(TextKey::SettingsBurst, &self.chosen_or_usual(own.map(|cap| self.cap(cap)), &self.cap(usual))),
        );
        let mut caps: Vec<u32> = BURST_STEPS.into_iter().chain([NO_BURST_CAP]).collect();
        caps.extend(own.filter(|own| !caps.contains(own)));
        caps.sort_unstable();
        let line = |cap: u32| (self.cap(cap), cap.to_string(), own == Some(cap));
        content.rows.push(self.steps(
            TextKey::SettingsBurst,
            SettingKey::Burst,
            &self.cap(usual),
            caps.into_iter().map(line),
        ));
        content.lines.push(self.text(TextKey::SettingsQuietNote));
        content
    }

    /// A list of steps, each with its label, its value and whether it is the present one; before them what is usual.
    fn steps(
        &self,
        name: TextKey,
        key: SettingKey,
        usual: &str,
        steps: impl Iterator<Item = (String, String, bool)>,
    ) -> Vec<super::Control> {
        let line = |(label, value, chosen)| Line { label, description: None, value, chosen };
        let usual = Line {
            label: self.chosen_or_usual(None, usual),
            description: None,
            value: AS_USUAL.to_owned(),
            chosen: matches!(
                self.present(key),
                Setting::PersonCooldown(None)
                    | Setting::ChannelCooldown(None)
                    | Setting::TopicCooldown(None)
                    | Setting::Burst(None)
            ),
        };
        self.options(name, key, std::iter::once(usual).chain(steps.map(line)).collect())
    }

    /// What a server chose, or what holds because it chose nothing.
    pub(super) fn chosen_or_usual(&self, own: Option<String>, usual: &str) -> String {
        own.unwrap_or_else(|| self.words.fill(TextKey::SettingsAsUsual, &[("value", usual)]))
    }

    fn span(&self, span: Duration) -> String {
        if span.is_zero() { self.text(TextKey::SettingsOff) } else { short_span(span) }
    }

    fn cap(&self, cap: u32) -> String {
        let values = [("count", &*cap.to_string()), ("span", &*short_span(BURST_WINDOW))];
        if cap == NO_BURST_CAP {
            self.text(TextKey::SettingsOff)
        } else {
            self.words.fill(TextKey::SettingBurstValue, &values)
        }
    }
}
