//! Opening a database.

use std::io;
use std::path::Path;
use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::migrate::Migrator;
use sqlx::{AnyConnection, Connection, Executor};

use super::{SqlStore, failure};
use crate::store::StoreError;

/// One file a change, never edited once it was released. Each has its rows in `tests/it/store_rows`, for the next one
/// to be tried on.
static MIGRATIONS: Migrator = sqlx::migrate!("src/store/migrations");

/// How long to wait for another program's lock, in milliseconds: an interaction has to be answered within three
/// seconds, so a longer wait would help nobody.
///
/// `synchronous=FULL` syncs the log at every commit, so that a reminder, once confirmed, survives a power cut and not
/// just a crash of the program. `secure_delete` overwrites what `/privacy forget` removes.
const SQLITE_SETTINGS: &str = "
    PRAGMA busy_timeout = 2000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA cache_size = -1024;
    PRAGMA journal_size_limit = 4194304;
";

/// SQLite lets one writer in at a time. With a single connection the callers queue in order in the pool; with several,
/// the losers sleep and poll inside SQLite. A thousand claims at once took as long with one as with two, four or eight,
/// and each is a thread with a cache of its own.
const SQLITE_CONNECTIONS: u32 = 1;

/// How long a caller waits in the queue.
const LONGEST_QUEUE: Duration = Duration::from_secs(10);

impl SqlStore {
    /// Opens an SQLite file.
    pub(in crate::store) async fn open_sqlite(path: &Path) -> Result<Self, StoreError> {
        let name = path.display().to_string();
        make_folder(path)
            .map_err(|error| StoreError::CannotOpen { database: name.clone(), reason: error.to_string() })?;
        sqlx::any::install_default_drivers();
        let url = sqlite_url(path);
        // A pool tries a failed connection again until its time is up; this one says at once what is wrong.
        let explain = |error| failure::explain(&name, error);
        let mut first = AnyConnection::connect(&url).await.map_err(explain)?;
        first.execute(SQLITE_SETTINGS).await.map_err(explain)?;
        migrate(&mut first, &name, "BEGIN IMMEDIATE").await?;
        first.close().await.map_err(explain)?;
        let pool = pool_options(SQLITE_CONNECTIONS)
            .after_connect(|connection, _| Box::pin(async move { connection.execute(SQLITE_SETTINGS).await.map(drop) }))
            .connect(&url)
            .await
            .map_err(explain)?;
        Ok(Self { pool, name })
    }
}

/// Connections stay for good and are not asked how they are: no task has to wake up to look after them.
fn pool_options(connections: u32) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(LONGEST_QUEUE)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

/// Brings the tables up to date in one transaction that begins with the writer's lock: two programs that start at once
/// take turns, and a database that cannot be written is noticed here instead of at the first reminder.
async fn migrate(connection: &mut AnyConnection, name: &str, begin: &'static str) -> Result<(), StoreError> {
    let known = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default();
    let explain = |error| failure::explain(name, error);
    let mut transaction = connection.begin_with(begin).await.map_err(explain)?;
    let within: &mut AnyConnection = &mut transaction;
    MIGRATIONS.run_direct(None, within, false).await.map_err(|error| failure::explain_migration(name, error, known))?;
    transaction.commit().await.map_err(explain)
}

fn make_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => std::fs::create_dir_all(folder),
        _ => Ok(()),
    }
}

/// sqlx takes its options as a URL only: whatever could mean something in one is escaped.
fn sqlite_url(path: &Path) -> String {
    let mut url = String::from("sqlite:");
    for &byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_') {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    url.push_str("?mode=rwc");
    url
}
