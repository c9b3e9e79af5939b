//! What is SQLite's own: files, folders, crashes, locks, and tables of earlier versions.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lumbar::domain::GuildId;
use lumbar::domain::guild::DraftId;
use lumbar::domain::guild::tally::Week;
use lumbar::domain::reminders::ReminderState;
use lumbar::store::{self, AnswerClaimed, DatabaseAddress, Store, StoreError};
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection, Executor, Row};
use tempfile::TempDir;

use crate::store_contract::{ANNA, BERT, add, at, claim, listed, reminder};

async fn open(path: &Path) -> Result<Arc<dyn Store>, StoreError> {
    store::open(&DatabaseAddress::Sqlite { path: path.to_path_buf() }).await
}

async fn connect(path: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    SqliteConnection::connect_with(&options).await.unwrap()
}

/// One line, naming the file, is what the person at the terminal gets.
fn assert_helpful(error: &StoreError, path: &Path) {
    let line = error.to_string();
    assert!(line.contains(&path.display().to_string()) && !line.contains('\n'), "{line}");
}

#[tokio::test]
async fn the_folder_is_made_whatever_its_name() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a new one/100%20 #1 ü?&/lumbar.db");
    let store = open(&path).await.unwrap();
    add(&*store, &reminder(ANNA, 10)).await;
    assert!(path.is_file());
}

/// What is on the disk the moment after a reminder is confirmed is what a SIGKILL would leave behind.
#[tokio::test]
async fn a_kill_right_after_confirming_loses_nothing() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("lumbar.db");
    let store = open(&path).await.unwrap();
    let id = add(&*store, &reminder(ANNA, 10)).await;
    store.opt_out(BERT, at(0)).await.unwrap();
    store.claim_answer(&claim(1, 0)).await.unwrap();
    let sending = store.claim_due(at(10), at(70), 1).await.unwrap();

    let wreck = folder.path().join("wreck.db");
    std::fs::copy(&path, &wreck).unwrap();
    std::fs::copy(folder.path().join("lumbar.db-wal"), folder.path().join("wreck.db-wal")).unwrap();
    let reopened = open(&wreck).await.unwrap();
    assert_eq!(listed(&*reopened, ANNA).await, sending);
    assert_eq!(reopened.claim_due(at(70), at(130), 1).await.unwrap()[0].id, id, "the lease is over");
    assert!(reopened.has_opted_out(BERT).await.unwrap());
    assert_eq!(reopened.claim_answer(&claim(1, 0)).await.unwrap(), AnswerClaimed::AlreadyAnswered);
}

#[tokio::test]
async fn a_store_dropped_without_closing_opens_again() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("lumbar.db");
    for expected in 0..3 {
        let store = open(&path).await.unwrap();
        assert_eq!(listed(&*store, ANNA).await.len(), expected);
        add(&*store, &reminder(ANNA, 10)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_programs_share_one_file() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("lumbar.db");
    let opening: Vec<_> = (0..6)
        .map(|_| {
            tokio::spawn({
                let path = path.clone();
                async move { open(&path).await }
            })
        })
        .collect();
    let mut stores = Vec::new();
    for opened in opening {
        stores.push(opened.await.unwrap().unwrap());
    }
    for due in 0..60 {
        stores[0].add_reminder(&reminder(ANNA, due), 100).await.unwrap();
    }
    let racing: Vec<_> = stores.iter().cloned().map(|store| tokio::spawn(race(store))).collect();
    let (mut granted, mut claimed) = (0, Vec::new());
    for racer in racing {
        let (granted_here, claimed_here) = racer.await.unwrap();
        granted += granted_here;
        claimed.extend(claimed_here);
    }
    let distinct: HashSet<_> = claimed.iter().collect();
    assert_eq!((granted, claimed.len(), distinct.len()), (10, 60, 60));
}

async fn race(store: Arc<dyn Store>) -> (usize, Vec<i64>) {
    let (mut granted, mut claimed) = (0, Vec::new());
    for message in 0..10 {
        let urgent = store::AnswerClaim { holds: Vec::new(), ..claim(message, 0) };
        granted += usize::from(store.claim_answer(&urgent).await.unwrap() == AnswerClaimed::Granted);
        let due = store.claim_due(at(100), at(900), 7).await.unwrap();
        claimed.extend(due.into_iter().map(|reminder| reminder.id.get()));
    }
    (granted, claimed)
}

#[tokio::test]
async fn a_locked_database_is_named_at_start_and_at_work() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("lumbar.db");
    let store = open(&path).await.unwrap();
    let mut other = connect(&path).await;
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    let wish = reminder(ANNA, 10);
    let (starting, working) = tokio::join!(open(&path), store.add_reminder(&wish, 25));
    for error in [starting.map(drop).unwrap_err(), working.map(drop).unwrap_err()] {
        assert!(error.is_locked() && error.is_passing(), "{error}");
        assert_helpful(&error, &path);
    }
    other.execute("ROLLBACK").await.unwrap();
    add(&*store, &reminder(ANNA, 10)).await;
}

#[tokio::test]
async fn what_is_no_database_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("notes.txt");
    let text = "My shopping list, which is no database at all.\n".repeat(40);
    std::fs::write(&path, &text).unwrap();
    let error = open(&path).await.unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
    assert_helpful(&error, &path);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[tokio::test]
async fn a_path_that_cannot_be_opened_is_named() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    for path in [folder.path().to_path_buf(), file.join("below/lumbar.db")] {
        let error = open(&path).await.unwrap_err();
        assert!(matches!(error, StoreError::CannotOpen { .. }), "{error:?}");
        assert_helpful(&error, &path);
    }
}

#[tokio::test]
async fn tables_of_a_newer_version_are_left_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("lumbar.db");
    open(&path).await.unwrap();
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 VALUES (9000, 'from the future', TRUE, x'00', 0)";
    connect(&path).await.execute(newer).await.unwrap();
    let error = open(&path).await.unwrap_err();
    assert!(matches!(error, StoreError::NewerTables { found: 9000, .. }), "{error:?}");
    assert_helpful(&error, &path);
}

#[tokio::test]
async fn somebody_elses_tables_are_left_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("lumbar.db");
    connect(&path).await.execute("CREATE TABLE reminders (note TEXT)").await.unwrap();
    let error = open(&path).await.unwrap_err();
    assert!(matches!(error, StoreError::ForeignTables { .. }), "{error:?}");
    assert_helpful(&error, &path);
    let tables = connect(&path).await.fetch_all("SELECT name FROM sqlite_master").await.unwrap();
    assert_eq!(tables.len(), 1, "nothing was added half-way");
}

fn source(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

/// Each migration runs over rows such as the version before it wrote: one that would fail on them cannot ship.
#[tokio::test]
async fn migrations_keep_the_rows() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("lumbar.db");
    let mut connection = connect(&path).await;
    let all = Migrator::new(source("src/store/migrations")).await.unwrap();
    for (index, migration) in all.iter().enumerate() {
        let upto = Migrator { migrations: Cow::Owned(all.migrations[..=index].to_vec()), ..Migrator::DEFAULT };
        upto.run(&mut connection).await.unwrap();
        let rows = source("tests/it/store_rows").join(format!("{:04}.sql", migration.version));
        let rows = std::fs::read_to_string(&rows).unwrap_or_else(|error| panic!("{}: {error}", rows.display()));
        connection.execute(AssertSqlSafe(rows)).await.unwrap();
    }
    connection.close().await.unwrap();

    let store = open(&path).await.unwrap();
    let kept = listed(&*store, ANNA).await;
    let states: Vec<_> = kept.iter().map(|reminder| (reminder.id.get(), reminder.state)).collect();
    use ReminderState::{Failed, Pending, Sending};
    assert_eq!(states, [(1, Pending), (2, Sending), (3, Failed)]);
    assert_eq!(store.claim_answer(&claim(1, 0)).await.unwrap(), AnswerClaimed::AlreadyAnswered);
    assert!(matches!(store.claim_answer(&claim(2, 0)).await.unwrap(), AnswerClaimed::Held { .. }));
    assert!(store.has_opted_out(BERT).await.unwrap());
    assert_eq!(add(&*store, &reminder(ANNA, 10)).await.get(), 5);
    let guild = GuildId::new(31);
    let book = store.book(guild).await.unwrap();
    assert!(!book.settings.threads && book.responses.len() == 1);
    assert_eq!(store.changes_of(guild).await.unwrap().len(), 1);
    assert!(store.draft(guild, DraftId::new(4)).await.unwrap().is_some());
    assert_eq!(store.tallies_of(guild, Week::new(2810)).await.unwrap().len(), 2);
    assert_eq!(store.watched_messages(guild, at(0)).await.unwrap().len(), 1);
}

/// A column is added here only by somebody who has seen to it that it cannot hold what people write.
#[tokio::test]
async fn no_column_can_hold_message_text() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("lumbar.db");
    open(&path).await.unwrap();
    let mut connection = connect(&path).await;
    let columns = "SELECT t.name || '.' || c.name, c.type, t.sql FROM sqlite_master t, pragma_table_info(t.name) c
                   WHERE t.type = 'table' AND t.name <> '_sqlx_migrations' AND c.type <> 'BIGINT'";
    let mut found = Vec::new();
    for row in connection.fetch_all(columns).await.unwrap() {
        let (column, kind, table): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        assert_eq!(kind, "TEXT", "{column}");
        let name = column.split('.').next_back().unwrap();
        let bounded =
            table.contains(&format!("CHECK (length({name}) <= ")) || table.contains(&format!("CHECK ({name} IN ("));
        assert!(bounded, "{column} needs a CHECK that keeps it short");
        found.push(column);
    }
    found.sort();
    // What moderators wrote for their server (a book, its changes, drafts); a cooldown's name, a counter's name, Discord's
    // codes of two languages, one of six words; what is counted; the name of a response.
    let known = [
        "books.document",
        "changes.edit",
        "cooldowns.name",
        "counters.name",
        "drafts.edit",
        "reminders.locale",
        "reminders.public_locale",
        "reminders.state",
        "tallies.what",
        "watched.response",
    ];
    assert_eq!(found, known);
}

/// A hundred thousand reminders must not make the next one slow: the statements of the scheduler walk an index.
#[tokio::test]
async fn the_schedulers_statements_use_the_index() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("lumbar.db");
    open(&path).await.unwrap();
    let mut connection = connect(&path).await;
    for statement in [
        "SELECT id FROM reminders WHERE wake <= 5 ORDER BY wake, id LIMIT 3",
        "SELECT wake FROM reminders WHERE wake IS NOT NULL ORDER BY wake, id LIMIT 1",
    ] {
        let plan = connection.fetch_all(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"))).await.unwrap();
        let steps: Vec<String> = plan.iter().map(|row| row.get("detail")).collect();
        assert!(steps.iter().all(|step| step.contains("reminders_by_wake")), "{statement}: {steps:?}");
    }
}
