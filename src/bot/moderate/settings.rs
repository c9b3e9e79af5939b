//! The panel of `/settings`: shown, and changed by one choice at a time.

use std::time::Duration;

use tokio::time::timeout;

use super::Input;
use crate::bot::guild_log::LogFailure;
use crate::bot::{Bot, BotError, Visitor};
use crate::domain::answers::{self, PanelView};
use crate::domain::guild::choice::{self, ChoiceFault, Offered};
use crate::domain::guild::{Edit, GuildMap, GuildSettings, Item, Setting, SettingKey, SettingMark, SettingsPage};
use crate::domain::reply::Reply;
use crate::domain::topics::TextKey;
use crate::domain::{ChannelId, GuildId, Timestamp};
use crate::store::{ChangeBook, NewChange};

/// How long a moderator waits for what Discord tells about the channels. Without it the panel works all the same.
const PATIENCE_WITH_MAP: Duration = Duration::from_secs(3);

/// What came of a choice.
enum Outcome {
    Changed(Edit, Result<(), LogFailure>),
    Unchanged,
    Conflict,
    Refused(ChoiceFault),
}

impl Bot {
    /// The panel for somebody who may shape the bot.
    pub(in crate::bot) async fn open_settings(&self, visitor: &Visitor, page: SettingsPage) -> Result<Reply, BotError> {
        match visitor.guild {
            Some(guild) => self.settings_panel(visitor, guild, page).await,
            None => Ok(self.not_allowed(visitor)),
        }
    }

    pub(super) async fn settings_panel(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        page: SettingsPage,
    ) -> Result<Reply, BotError> {
        let map = self.map_for(page, guild).await;
        self.panel(visitor, guild, page, map.as_ref(), None).await
    }

    /// The page of how the bot speaks, for the channel that was chosen.
    pub(super) async fn manner_of(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        input: &Input<'_>,
    ) -> Result<Reply, BotError> {
        let channel = match input {
            Input::Chosen(values) => choice::one_channel(values),
            Input::None | Input::Form(_) => None,
        };
        let map = self.map_for(SettingsPage::Manner, guild).await;
        self.panel(visitor, guild, SettingsPage::Manner, map.as_ref(), channel).await
    }

    /// Gives a setting the value that was chosen, if it still is what the panel showed, and shows the panel anew.
    pub(super) async fn set(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        (key, seen): (SettingKey, SettingMark),
        input: &Input<'_>,
        now: Timestamp,
    ) -> Result<Reply, BotError> {
        let page = SettingsPage::of(key);
        let map = self.map_for(page, guild).await;
        let settings = self.guild(guild).await?.book.settings.clone();
        let outcome = if settings.get(key).mark() == seen {
            match self.wanted(&settings, guild, map.as_ref(), key, input) {
                Ok(after) => self.change_setting(visitor, guild, settings.get(key), after, now).await?,
                Err(fault) => Outcome::Refused(fault),
            }
        } else {
            Outcome::Conflict
        };
        let channel = match key {
            SettingKey::MannerIn(channel) => Some(channel),
            _ => None,
        };
        let panel = self.panel(visitor, guild, page, map.as_ref(), channel).await?;
        Ok(self.told(visitor, panel, outcome))
    }

    fn wanted(
        &self,
        settings: &GuildSettings,
        guild: GuildId,
        map: Option<&GuildMap>,
        key: SettingKey,
        input: &Input<'_>,
    ) -> Result<Setting, ChoiceFault> {
        let library = self.library();
        let languages: Vec<&str> = library.languages().map(|(code, _)| code).collect();
        match input {
            Input::Chosen(values) => {
                choice::chosen(key, values, &Offered { guild, settings, map, languages: &languages })
            }
            Input::None => choice::switched(&settings.get(key)).ok_or(ChoiceFault::NotOffered),
            Input::Form(_) => Err(ChoiceFault::NotOffered),
        }
    }

    async fn change_setting(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        before: Setting,
        after: Setting,
        now: Timestamp,
    ) -> Result<Outcome, BotError> {
        let Some(edit) = Edit::new(vec![Item::Setting { before, after }]) else { return Ok(Outcome::Unchanged) };
        let change = NewChange { guild, by: visitor.person, at: now, edit, undoes: None };
        Ok(match self.change_and_log(&change).await? {
            (ChangeBook::Changed { .. }, told) => Outcome::Changed(change.edit, told),
            (ChangeBook::Conflict(_), _) => Outcome::Conflict,
        })
    }

    fn told(&self, visitor: &Visitor, panel: Reply, outcome: Outcome) -> Reply {
        let (library, locale) = (&self.library(), &visitor.locale);
        match outcome {
            Outcome::Changed(edit, told) => {
                let panel = answers::setting_changed(library, locale, panel, &edit);
                match told {
                    Ok(()) => panel,
                    Err(failure) => {
                        let note = match failure {
                            LogFailure::Forbidden => TextKey::SettingsLogFailed,
                            LogFailure::Unreachable => TextKey::SettingsLogUnreachable,
                        };
                        answers::setting_note(library, locale, panel, note)
                    }
                }
            }
            Outcome::Unchanged => answers::setting_note(library, locale, panel, TextKey::SettingsUnchanged),
            Outcome::Conflict => answers::setting_note(library, locale, panel, TextKey::SettingsConflict),
            Outcome::Refused(fault) => answers::setting_refused(library, locale, panel, fault),
        }
    }

    async fn panel(
        &self,
        visitor: &Visitor,
        guild: GuildId,
        page: SettingsPage,
        map: Option<&GuildMap>,
        channel: Option<ChannelId>,
    ) -> Result<Reply, BotError> {
        let here = self.guild(guild).await?;
        let view = PanelView { settings: &here.book.settings, usual: &self.settings, map, channel };
        Ok(answers::settings_panel(&self.library(), &visitor.locale, page, &view))
    }

    /// The server's channels, for the pages that show or check some.
    async fn map_for(&self, page: SettingsPage, guild: GuildId) -> Option<GuildMap> {
        if page == SettingsPage::Quiet {
            return None;
        }
        match timeout(PATIENCE_WITH_MAP, self.platform().map_of(guild)).await {
            Ok(Ok(map)) => Some(map),
            Ok(Err(error)) => {
                tracing::warn!(guild.id = guild.get(), %error, "the channels of a server are not known");
                None
            }
            Err(_) => {
                tracing::warn!(guild.id = guild.get(), "the channels of a server are not known in time");
                None
            }
        }
    }
}
