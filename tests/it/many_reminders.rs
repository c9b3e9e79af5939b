//! Ten thousand reminders due in the same minute: all of them go out, the oldest first, at the pace that there is, and
//! whoever asks for something meanwhile is not kept waiting.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use lumbar::bot::commands::Invocation;
use lumbar::bot::reminders::{Clock, Courier, Delivery};
use lumbar::bot::{Bot, Visitor};
use lumbar::domain::reminders::delivery::DeliveryFailure;
use lumbar::domain::settings::Settings;
use lumbar::domain::topics::Library;
use lumbar::domain::{Locale, Timestamp, UserId};
use lumbar::responses;
use lumbar::store::{self, DatabaseAddress, Store};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection as _, Executor as _};
use tokio_util::sync::CancellationToken;

use crate::memory_folder::memory_folder;
use crate::store_contract::at;

const MANY: usize = 10_000;

/// Half an hour after the first of them is due.
struct HalfAnHourLater;

impl Clock for HalfAnHourLater {
    fn now(&self) -> Timestamp {
        at(1_800)
    }
}

/// Takes each after a moment, and keeps the order in which they set out.
#[derive(Default)]
struct Postman {
    set_out: Mutex<Vec<UserId>>,
    taken: AtomicUsize,
    all: tokio::sync::Notify,
}

impl Postman {
    fn set_out(&self) -> usize {
        self.set_out.lock().unwrap().len()
    }
}

#[async_trait]
impl Courier for Postman {
    async fn deliver(&self, delivery: &Delivery) -> Result<(), DeliveryFailure> {
        self.set_out.lock().unwrap().push(delivery.person);
        tokio::task::yield_now().await;
        if self.taken.fetch_add(1, Ordering::SeqCst) + 1 == MANY {
            self.all.notify_one();
        }
        Ok(())
    }
}

/// Rows at once, each person's a few milliseconds after the one's before: adding them one by one takes its time.
async fn many_rows(path: &std::path::Path) {
    let mut database = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(path)).await.unwrap();
    let rows = sqlx::query(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
         INSERT INTO reminders (id, person, locale, due, occurrence, attempts, state, wake)
         SELECT i, i, 'en-US', $2 + i * 6, 0, 0, 'pending', $2 + i * 6 FROM n",
    );
    let rows = rows.bind(i64::try_from(MANY).unwrap()).bind(at(0).as_millis());
    assert_eq!(database.execute(rows).await.unwrap().rows_affected(), MANY as u64);
    database.close().await.unwrap();
}

#[tokio::test]
async fn ten_thousand_in_a_minute_all_go_out_in_order_and_commands_are_answered_meanwhile() {
    let folder = memory_folder();
    let path = folder.path().join("lumbar.db");
    let store: Arc<dyn Store> = store::open(&DatabaseAddress::Sqlite { path: path.clone() }).await.unwrap();
    many_rows(&path).await;
    let library = Arc::new(Library::read(&responses::built_in()).unwrap());
    let bot = Bot::new(library, Arc::clone(&store), Settings::default());
    let (postman, clock, stop) = (Postman::default(), HalfAnHourLater, CancellationToken::new());

    let asks = async {
        for _ in 0..20 {
            let before = postman.set_out();
            let list = Invocation { path: "walk list".to_owned(), ..Invocation::default() };
            bot.command(&visitor(), &list, clock.now()).await.unwrap();
            let overtaken = postman.set_out() - before;
            assert!(overtaken < 200, "{overtaken} reminders went out while somebody waited for a list");
        }
        postman.all.notified().await;
        // The last are written down before it stops.
        while store.next_wake().await.unwrap().is_some() {
            tokio::task::yield_now().await;
        }
        stop.cancel();
    };
    tokio::join!(bot.watch_reminders(&postman, &clock, &stop), asks);

    let set_out = postman.set_out.lock().unwrap();
    assert_eq!(set_out.len(), MANY);
    assert!(set_out.is_sorted(), "not the oldest first");
}

fn visitor() -> Visitor {
    Visitor {
        person: UserId::new(1),
        locale: Locale::unknown(),
        guild_locale: None,
        guild: None,
        channel: None,
        is_direct: false,
        bot_is_present: false,
        on_private_message: false,
        files_are_allowed: true,
        message: None,
        roles: Vec::new(),
        manages_guild: false,
    }
}
