//! From what a database says to what the person who runs Lumbar can do about it.

use sqlx::migrate::MigrateError;

use crate::store::StoreError;

/// The codes that SQLite gives (its page "Result and Error Codes"); the low byte is the kind.
mod sqlite {
    pub(super) const BUSY: i32 = 5;
    pub(super) const LOCKED: i32 = 6;
    pub(super) const READ_ONLY: i32 = 8;
    pub(super) const CORRUPT: i32 = 11;
    pub(super) const FULL: i32 = 13;
    pub(super) const CANNOT_OPEN: i32 = 14;
    pub(super) const NOT_A_DATABASE: i32 = 26;
}

/// Finds the line that helps.
pub(super) fn explain(database: &str, error: sqlx::Error) -> StoreError {
    let database = database.to_owned();
    if matches!(error, sqlx::Error::PoolTimedOut) {
        return StoreError::Overloaded { database };
    }
    let code = error.as_database_error().and_then(|error| error.code()).and_then(|code| code.parse::<i32>().ok());
    match code.map(|code| code & 0xff) {
        Some(sqlite::BUSY | sqlite::LOCKED) => StoreError::Locked { database },
        Some(sqlite::READ_ONLY) => StoreError::ReadOnly { database },
        Some(sqlite::FULL) => StoreError::DiskFull { database },
        Some(sqlite::CORRUPT | sqlite::NOT_A_DATABASE) => StoreError::Damaged { database },
        Some(sqlite::CANNOT_OPEN) => StoreError::CannotOpen { database, reason: one_line(&error) },
        _ => StoreError::Failed { database, reason: one_line(&error), source: error.into() },
    }
}

/// The same for what goes wrong while bringing the tables up to date.
pub(super) fn explain_migration(database: &str, error: MigrateError, known: i64) -> StoreError {
    let owned = database.to_owned();
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => match explain(database, error) {
            // Only a table that is in the way can make a statement of ours fail here.
            StoreError::Failed { database, reason, .. } => StoreError::ForeignTables { database, reason },
            other => other,
        },
        MigrateError::VersionMissing(found) if found > known => {
            StoreError::NewerTables { database: owned, found, known }
        }
        other => StoreError::ForeignTables { database: owned, reason: one_line(&other) },
    }
}

fn one_line(error: &dyn std::error::Error) -> String {
    error.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
    use sqlx::{Connection, Executor};

    use super::*;

    async fn failing(options: SqliteConnectOptions, statement: &'static str) -> StoreError {
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        explain("lumbar.db", connection.execute(statement).await.unwrap_err())
    }

    #[tokio::test]
    async fn what_sqlite_says_becomes_what_to_do() {
        let folder = tempfile::TempDir::new().unwrap();
        let options = SqliteConnectOptions::new().filename(folder.path().join("lumbar.db")).create_if_missing(true);
        let full = "PRAGMA max_page_count = 2; CREATE TABLE one (x TEXT); CREATE TABLE two (x TEXT);";
        let error = failing(options.clone(), full).await;
        assert!(matches!(error, StoreError::DiskFull { .. }), "{error:?}");
        let error = failing(options.clone().read_only(true), "CREATE TABLE three (x TEXT)").await;
        assert!(matches!(error, StoreError::ReadOnly { .. }), "{error:?}");
        let error = failing(options, "NONSENSE").await;
        assert!(matches!(error, StoreError::Failed { .. }) && error.to_string().contains("NONSENSE"), "{error:?}");
    }
}
