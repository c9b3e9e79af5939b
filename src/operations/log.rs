//! The log: on standard error, without anybody's words in it.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::writer::MakeWriterExt;

use crate::config::{Log, LogFormat};

/// Starts the log. Calling it again changes nothing.
pub fn start(log: Log) {
    // Serenity writes whole gateway payloads into its warnings about them, and people's messages are in those.
    let directives = format!("off,lumbar={},serenity=warn,serenity::gateway=off,sqlx=warn", log.level);
    let builder = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(directives))
        .with_writer(std::io::stderr.with_max_level(tracing::Level::TRACE));
    let started = match log.format {
        LogFormat::Text => builder.with_target(false).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    if started.is_err() {
        tracing::debug!("the log was started before");
    }
}
