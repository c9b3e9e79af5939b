//! The panel of `/settings`: four pages of controls, each of which shows its present value.

mod manner;
mod places;
mod quiet;
mod server;
#[cfg(test)]
mod tests;
mod trouble;

use super::section;
use crate::domain::guild::choice::ChoiceFault;
use crate::domain::guild::{
    Edit, GuildMap, GuildSettings, MOST_MANNERS, MOST_NAMED, Moderation, Setting, SettingKey, SettingsPage, diff,
    setting_value,
};
use crate::domain::locale::Locale;
use crate::domain::reply::{Action, Card, CardSection, Control, Emphasis, Reply, SelectOption, Selectable, Tone};
use crate::domain::settings::Settings;
use crate::domain::topics::{FALLBACK_LANGUAGE, Library, TextKey, Words};
use crate::domain::{ChannelId, UserId};

pub use trouble::log_trouble;

/// What the panel shows.
#[derive(Clone, Copy, Debug)]
pub struct PanelView<'a> {
    /// The server's settings.
    pub settings: &'a GuildSettings,
    /// The bot's own settings, which hold where a server chose nothing.
    pub usual: &'a Settings,
    /// The server's channels, if they are known.
    pub map: Option<&'a GuildMap>,
    /// The channel whose manner is being chosen.
    pub channel: Option<ChannelId>,
}

/// A page of the settings, in the reader's language.
pub fn settings_panel(library: &Library, locale: &Locale, page: SettingsPage, view: &PanelView<'_>) -> Reply {
    let panel = Panel { library, words: &library.content(locale).words, view };
    let content = match page {
        SettingsPage::Places => panel.places(),
        SettingsPage::Quiet => panel.quiet(),
        SettingsPage::Manner => panel.manner(),
        SettingsPage::Server => panel.server(),
    };
    let card = Card {
        tone: Tone::Neutral,
        title: panel.text(title(page)),
        body: content.lines.join("\n"),
        sections: content.sections,
        footer: panel.text(TextKey::SettingsFooter),
    };
    let reply = content.rows.into_iter().fold(Reply::private(card), Reply::with_row);
    reply.with_row(panel.pages(page))
}

/// Puts a line above the panel: what has changed, and how it is undone.
pub fn setting_changed(library: &Library, locale: &Locale, panel: Reply, edit: &Edit) -> Reply {
    let words = &library.content(locale).words;
    let told = words.fill(TextKey::SettingsChanged, &[("change", &diff::line(edit, words))]);
    with_line(panel, told)
}

/// Puts a line above the panel: why nothing has changed.
pub fn setting_refused(library: &Library, locale: &Locale, panel: Reply, fault: ChoiceFault) -> Reply {
    let words = &library.content(locale).words;
    let most = |count: usize| count.to_string();
    let told = match fault {
        ChoiceFault::TooMany => words.fill(TextKey::SettingsTooMany, &[("most", &most(MOST_NAMED))]),
        ChoiceFault::TooManyManners => words.fill(TextKey::SettingsTooManyManners, &[("most", &most(MOST_MANNERS))]),
        ChoiceFault::UnknownChannel => words.get(TextKey::SettingsUnknownChannel).to_owned(),
        ChoiceFault::Forum => words.get(TextKey::SettingsForum).to_owned(),
        ChoiceFault::Everybody => words.get(TextKey::SettingsEverybody).to_owned(),
        ChoiceFault::NotOffered => words.get(TextKey::SettingsNotOffered).to_owned(),
    };
    with_line(panel, told)
}

/// Puts a line above the panel.
pub fn setting_note(library: &Library, locale: &Locale, panel: Reply, note: TextKey) -> Reply {
    with_line(panel, library.content(locale).words.get(note).to_owned())
}

/// The line of a server's log about a change: who made it, and what changed.
pub fn change_line(library: &Library, locale: &Locale, by: UserId, edit: &Edit) -> Reply {
    let words = &library.content(locale).words;
    let values = [("who", &*format!("<@{by}>")), ("change", &*diff::line(edit, words))];
    Reply::private_line(words.fill(TextKey::SettingsLogLine, &values))
}

fn with_line(panel: Reply, line: String) -> Reply {
    let lead = panel.lead.iter().cloned().chain([line]).collect::<Vec<_>>().join("\n");
    Reply { lead: Some(lead), ..panel }
}

fn title(page: SettingsPage) -> TextKey {
    match page {
        SettingsPage::Places => TextKey::SettingsPlacesTitle,
        SettingsPage::Quiet => TextKey::SettingsQuietTitle,
        SettingsPage::Manner => TextKey::SettingsMannerTitle,
        SettingsPage::Server => TextKey::SettingsServerTitle,
    }
}

/// What is on a page, besides the way to the others.
#[derive(Default)]
struct Content {
    lines: Vec<String>,
    sections: Vec<CardSection>,
    rows: Vec<Vec<Control>>,
}

struct Panel<'a> {
    library: &'a Library,
    words: &'a Words,
    view: &'a PanelView<'a>,
}

impl Panel<'_> {
    fn text(&self, key: TextKey) -> String {
        self.words.get(key).to_owned()
    }

    /// The ways to all pages: that to the present one shows it anew.
    fn pages(&self, present: SettingsPage) -> Vec<Control> {
        let button = |page| Control::Button {
            label: self.text(match page {
                SettingsPage::Places => TextKey::SettingsPlacesButton,
                SettingsPage::Quiet => TextKey::SettingsQuietButton,
                SettingsPage::Manner => TextKey::SettingsMannerButton,
                SettingsPage::Server => TextKey::SettingsServerButton,
            }),
            action: Action::Moderate(Moderation::Settings(page)),
            emphasis: if page == present { Emphasis::Strong } else { Emphasis::Plain },
        };
        SettingsPage::ALL.map(button).to_vec()
    }

    fn present(&self, key: SettingKey) -> Setting {
        self.view.settings.get(key)
    }

    /// A line that tells a setting's value.
    fn line(&self, name: TextKey, value: &str) -> String {
        self.words.fill(TextKey::SettingsLine, &[("name", self.words.get(name)), ("value", value)])
    }

    /// A line that tells the present value of a setting in its own words.
    fn line_of(&self, name: TextKey, key: SettingKey) -> String {
        self.line(name, &setting_value(&self.present(key), self.words))
    }

    fn set(&self, key: SettingKey) -> Action {
        Action::Moderate(Moderation::Set(key, self.present(key).mark()))
    }

    /// A button that switches a setting and shows how it is.
    fn switch(&self, name: TextKey, key: SettingKey, value: TextKey) -> Control {
        let label = self
            .words
            .fill(TextKey::SettingsChoice, &[("name", self.words.get(name)), ("value", self.words.get(value))]);
        Control::button(&label, Action::Moderate(Moderation::Toggle(key, self.present(key).mark())))
    }

    fn select(&self, placeholder: TextKey, what: Selectable, count: (u8, u8), key: SettingKey) -> Vec<Control> {
        vec![Control::Select { placeholder: self.text(placeholder), what, count, action: self.set(key) }]
    }

    /// A list of lines, one of which holds at present. A line tells what it is about: Discord shows nothing else of a
    /// list in which something is chosen.
    fn options(&self, name: TextKey, key: SettingKey, lines: Vec<Line>) -> Vec<Control> {
        let option = |line: Line| SelectOption {
            label: shortened(
                &self.words.fill(TextKey::SettingsChoice, &[("name", self.words.get(name)), ("value", &line.label)]),
                LONGEST_LABEL,
            ),
            description: line.description,
            value: line.value,
            chosen: line.chosen,
        };
        let options = lines.into_iter().take(MOST_NAMED).map(option).collect();
        self.select(name, Selectable::Options(options), (1, 1), key)
    }
}

/// A line of a list.
struct Line {
    label: String,
    description: Option<String>,
    value: String,
    chosen: bool,
}

/// Discord's limit for the label of an option, in characters. Source: API reference, "Select Option Structure".
const LONGEST_LABEL: usize = 100;

fn shortened(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// What a language calls itself, and its code.
fn language_name(library: &Library, code: &str) -> String {
    let name = |code: &str| {
        let content = library.languages().find(|(known, _)| *known == code).map(|(_, content)| content);
        content.map(|content| content.words.get(TextKey::SettingsLanguageName).to_owned())
    };
    // A translation that does not name itself has the name of English.
    match name(code) {
        Some(own) if code == FALLBACK_LANGUAGE || name(FALLBACK_LANGUAGE).as_ref() != Some(&own) => {
            format!("{own} ({code})")
        }
        _ => code.to_owned(),
    }
}
