//! Reminders put straight into the bot's database: asking for a hundred thousand takes its time.

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection as _, Executor as _};

/// Unix milliseconds.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970");
    i64::try_from(since.as_millis()).expect("a clock before the year 292 million")
}

/// Adds one reminder for each of these people, the first due at `first`, each after it `apart` later.
pub async fn add(folder: &Path, people: &[u64], first: i64, apart: Duration) {
    let options = SqliteConnectOptions::new().filename(folder.join("data/lumbar.db"));
    let mut database = SqliteConnection::connect_with(&options).await.expect("the bot's database");
    let mut step = database.begin().await.expect("a transaction");
    let apart = i64::try_from(apart.as_millis()).expect("a short time");
    for (index, person) in (0_i64..).zip(people) {
        let row = sqlx::query(
            "INSERT INTO reminders (id, person, locale, due, occurrence, attempts, state, wake)
             VALUES (?1, ?2, 'en-US', ?3, 0, 0, 'pending', ?3)",
        );
        let row = row.bind(index + 1).bind(person.cast_signed()).bind(first + index * apart);
        step.execute(row).await.expect("a row");
    }
    step.execute("UPDATE counters SET value = 1000000 WHERE name = 'reminder'").await.expect("a number");
    step.commit().await.expect("a commit");
    database.close().await.expect("a clean end");
}
