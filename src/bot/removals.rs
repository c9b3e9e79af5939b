//! Which servers removed the bot, and what then becomes of what is held about them.

use super::Bot;
use crate::domain::Timestamp;
use crate::domain::guild::removal::{Finding, RollCall};
use crate::store::StoreError;

impl Bot {
    /// Looks which servers removed the bot, and deletes what is held about those that did long ago.
    ///
    /// # Errors
    /// If the store fails. What was not noted is noted at the next login.
    pub async fn call_the_roll(&self, call: &RollCall, now: Timestamp) -> Result<(), StoreError> {
        for finding in call.findings(&self.store.held_guilds().await?, now) {
            match finding {
                Finding::Missing(guild) => {
                    self.store.note_missing(guild, now).await?;
                    tracing::info!(
                        guild.id = guild.get(),
                        "a server removed the bot: its settings are kept for 30 days"
                    );
                }
                Finding::Back(guild) => self.store.note_back(guild).await?,
                Finding::Gone(guild) => {
                    self.forget_guild(guild).await?;
                    tracing::info!(guild.id = guild.get(), "deleted what was held about a server that removed the bot");
                }
            }
        }
        Ok(())
    }
}
