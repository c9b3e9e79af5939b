//! What is kept about servers.

use std::sync::Arc;

use lumbar::domain::guild::removal::Held;
use lumbar::domain::guild::tally::{Counted, PhraseTag, Tally, Week};
use lumbar::domain::guild::{Book, ChangeNumber, Edit, Item, KEPT_CHANGES, Phrase, Response, Setting};
use lumbar::domain::topics::TopicId;
use lumbar::domain::{ChannelId, GuildId, MessageId};
use lumbar::store::{ChangeBook, MOST_WATCHED, NewChange, Store, Tallied, WatchedMessage};

use super::{ANNA, BERT, LOBBY, at};

const CLIMBING: GuildId = GuildId::new(u64::MAX - 1);
const CHESS: GuildId = GuildId::new(32);

fn name() -> TopicId {
    TopicId::parse("my-own").unwrap()
}

fn response(phrase: &str) -> Response {
    let title = Some("Ein Wörtchen \u{1f9d8} 'quoted'".to_owned());
    Response { title, phrases: vec![Phrase { text: phrase.to_owned(), watched: true }], ..Response::default() }
}

fn edit(before: Option<&str>, after: Option<&str>) -> Edit {
    let (before, after) = (before.map(response), after.map(response));
    Edit::new(vec![Item::Response { name: name(), before, after }]).unwrap()
}

fn threads(before: bool) -> Edit {
    let item = Item::Setting { before: Setting::Threads(before), after: Setting::Threads(!before) };
    Edit::new(vec![item]).unwrap()
}

fn change(edit: Edit) -> NewChange {
    NewChange { guild: CLIMBING, by: ANNA, at: at(5), edit, undoes: None }
}

async fn changed(store: &dyn Store, change: &NewChange) -> (Book, ChangeNumber) {
    match store.change_book(change).await.unwrap() {
        ChangeBook::Changed { book, number } => (*book, number),
        ChangeBook::Conflict(conflict) => panic!("{conflict}"),
    }
}

pub async fn a_server_starts_with_nothing_of_its_own(store: Arc<dyn Store>) {
    assert_eq!(store.book(CLIMBING).await.unwrap(), Book::default());
    assert!(store.guilds_with_books().await.unwrap().is_empty());
    assert!(store.changes_of(CLIMBING).await.unwrap().is_empty());
}

pub async fn a_change_is_kept_with_who_and_when(store: Arc<dyn Store>) {
    let undoing = NewChange { undoes: Some(ChangeNumber(1)), ..change(edit(Some("a"), None)) };
    let (book, first) = changed(&*store, &change(edit(None, Some("a")))).await;
    assert_eq!(book.responses[&name()], response("a"));
    assert_eq!(store.book(CLIMBING).await.unwrap(), book);
    assert_eq!(store.guilds_with_books().await.unwrap(), [CLIMBING]);
    let (book, second) = changed(&*store, &undoing).await;
    assert_eq!(book, Book::default());
    assert_eq!((first, second), (ChangeNumber(1), ChangeNumber(2)));
    let kept = store.changes_of(CLIMBING).await.unwrap();
    assert_eq!(kept.iter().map(|change| change.number).collect::<Vec<_>>(), [second, first], "the latest first");
    assert_eq!((kept[0].undoes, kept[1].undoes), (Some(first), None));
    assert_eq!((kept[1].by, kept[1].at, &kept[1].edit), (Some(ANNA), at(5), &edit(None, Some("a"))));
    assert!(store.changes_of(CHESS).await.unwrap().is_empty());
}

pub async fn a_change_of_what_has_moved_on_is_refused(store: Arc<dyn Store>) {
    changed(&*store, &change(edit(None, Some("a")))).await;
    let (book, _) = changed(&*store, &change(edit(Some("a"), Some("b")))).await;
    let late = store.change_book(&change(edit(Some("a"), Some("c")))).await.unwrap();
    assert!(matches!(late, ChangeBook::Conflict(_)), "{late:?}");
    assert_eq!(store.book(CLIMBING).await.unwrap(), book, "nothing was overwritten");
    assert_eq!(store.changes_of(CLIMBING).await.unwrap().len(), 2);
    let (_, number) = changed(&*store, &change(edit(Some("b"), Some("c")))).await;
    assert_eq!(number, ChangeNumber(3), "a refused change takes no number");
}

pub async fn of_many_who_change_the_same_one_does(store: Arc<dyn Store>) {
    let tries: Vec<_> = (0..20)
        .map(|number| {
            let (store, change) = (Arc::clone(&store), change(edit(None, Some(&number.to_string()))));
            tokio::spawn(async move { store.change_book(&change).await.unwrap() })
        })
        .collect();
    let mut made = 0;
    for outcome in tries {
        made += u32::from(matches!(outcome.await.unwrap(), ChangeBook::Changed { .. }));
    }
    assert_eq!(made, 1);
}

pub async fn the_latest_changes_are_kept(store: Arc<dyn Store>) {
    let mut before = true;
    for _ in 0..KEPT_CHANGES + 3 {
        changed(&*store, &change(threads(before))).await;
        before = !before;
    }
    let kept = store.changes_of(CLIMBING).await.unwrap();
    assert_eq!(kept.len(), KEPT_CHANGES as usize);
    assert_eq!(kept[0].number, ChangeNumber(KEPT_CHANGES + 3));
}

pub async fn a_draft_waits_until_it_is_dropped(store: Arc<dyn Store>) {
    let wanted = edit(None, Some("a"));
    let id = store.keep_draft(CLIMBING, ANNA, &wanted, at(0)).await.unwrap();
    let other = store.keep_draft(CLIMBING, BERT, &threads(true), at(0)).await.unwrap();
    assert_ne!(id, other);
    let draft = store.draft(CLIMBING, id).await.unwrap().expect("it is kept");
    assert_eq!((draft.id, draft.by, draft.guild, draft.edit), (id, ANNA, CLIMBING, wanted));
    assert_eq!(store.draft(CHESS, id).await.unwrap(), None, "another server's");
    assert!(!store.drop_draft(CHESS, id).await.unwrap());
    assert!(store.drop_draft(CLIMBING, id).await.unwrap());
    assert!(!store.drop_draft(CLIMBING, id).await.unwrap());
    assert_eq!(store.draft(CLIMBING, id).await.unwrap(), None);
    assert!(store.draft(CLIMBING, other).await.unwrap().is_some());
}

pub async fn what_happens_is_counted_by_week_and_phrase(store: Arc<dyn Store>) {
    let tally = |week, what, phrase: Option<&str>| Tally { week, what, phrase: phrase.map(PhraseTag::of) };
    let (now, then) = (Week::of(at(0)), Week::of(at(0)).before(3));
    for _ in 0..3 {
        store.count(CLIMBING, tally(now, Counted::Answered, Some("a"))).await.unwrap();
    }
    store.count(CLIMBING, tally(now, Counted::Walked, None)).await.unwrap();
    store.count(CLIMBING, tally(then, Counted::Answered, Some("a"))).await.unwrap();
    store.count(CHESS, tally(now, Counted::Answered, Some("a"))).await.unwrap();
    let lately = [
        Tallied { tally: tally(now, Counted::Answered, Some("a")), count: 3 },
        Tallied { tally: tally(now, Counted::Walked, None), count: 1 },
    ];
    assert_eq!(store.tallies_of(CLIMBING, now).await.unwrap(), lately);
    assert_eq!(store.tallies_of(CLIMBING, then).await.unwrap().len(), 3);
}

pub async fn a_watched_message_is_noted_once(store: Arc<dyn Store>) {
    let watched = |message, seconds| WatchedMessage {
        response: name(),
        channel: ChannelId::new(u64::MAX),
        message: MessageId::new(message),
        at: at(seconds),
    };
    for (message, seconds) in [(1, 10), (2, 20), (1, 30)] {
        store.note_watched(CLIMBING, &watched(message, seconds)).await.unwrap();
    }
    assert_eq!(store.watched_messages(CLIMBING, at(0)).await.unwrap(), [watched(2, 20), watched(1, 10)]);
    assert_eq!(store.watched_messages(CLIMBING, at(15)).await.unwrap(), [watched(2, 20)]);
    assert!(store.watched_messages(CHESS, at(0)).await.unwrap().is_empty());
}

pub async fn of_very_many_watched_messages_the_latest_are_handed_out(store: Arc<dyn Store>) {
    let many = MOST_WATCHED as u64 + 1;
    for number in 1..=many {
        let message = MessageId::new(number);
        let at = at(number.cast_signed());
        store.note_watched(CLIMBING, &WatchedMessage { response: name(), channel: LOBBY, message, at }).await.unwrap();
    }
    let found = store.watched_messages(CLIMBING, at(0)).await.unwrap();
    assert_eq!((found.len(), found[0].message), (MOST_WATCHED, MessageId::new(many)));
}

pub async fn a_moderator_can_be_forgotten_and_the_change_stays(store: Arc<dyn Store>) {
    changed(&*store, &change(edit(None, Some("a")))).await;
    store.keep_draft(CLIMBING, ANNA, &threads(true), at(0)).await.unwrap();
    assert_eq!(store.held_about(ANNA).await.unwrap().changes, 2);
    assert_eq!(store.forget_person(ANNA).await.unwrap().changes, 2);
    assert!(store.held_about(ANNA).await.unwrap().is_empty());
    let kept = store.changes_of(CLIMBING).await.unwrap();
    assert_eq!((kept.len(), kept[0].by), (1, None));
}

pub async fn a_server_can_be_forgotten(store: Arc<dyn Store>) {
    changed(&*store, &change(edit(None, Some("a")))).await;
    let draft = store.keep_draft(CLIMBING, ANNA, &threads(true), at(0)).await.unwrap();
    let tally = Tally { week: Week::of(at(0)), what: Counted::Answered, phrase: None };
    store.count(CLIMBING, tally).await.unwrap();
    store.count(CHESS, tally).await.unwrap();
    let message = WatchedMessage { response: name(), channel: LOBBY, message: MessageId::new(1), at: at(0) };
    store.note_watched(CLIMBING, &message).await.unwrap();
    store.note_missing(CLIMBING, at(0)).await.unwrap();
    store.forget_guild(CLIMBING).await.unwrap();
    assert_eq!(store.held_guilds().await.unwrap(), []);
    assert_eq!(store.book(CLIMBING).await.unwrap(), Book::default());
    assert!(store.guilds_with_books().await.unwrap().is_empty());
    assert!(store.changes_of(CLIMBING).await.unwrap().is_empty());
    assert_eq!(store.draft(CLIMBING, draft).await.unwrap(), None);
    assert!(store.tallies_of(CLIMBING, Week::of(at(0))).await.unwrap().is_empty());
    assert!(store.watched_messages(CLIMBING, at(0)).await.unwrap().is_empty());
    assert_eq!(store.tallies_of(CHESS, Week::of(at(0))).await.unwrap().len(), 1, "another server's stays");
}

pub async fn a_server_that_is_missing_is_noted_once_until_it_is_back(store: Arc<dyn Store>) {
    let held = |missing_since| Held { guild: CLIMBING, missing_since };
    changed(&*store, &change(edit(None, Some("a")))).await;
    assert_eq!(store.held_guilds().await.unwrap(), [held(None)]);
    store.note_missing(CLIMBING, at(1)).await.unwrap();
    store.note_missing(CLIMBING, at(2)).await.unwrap();
    assert_eq!(store.held_guilds().await.unwrap(), [held(Some(at(1)))]);
    store.note_back(CLIMBING).await.unwrap();
    assert_eq!(store.held_guilds().await.unwrap(), [held(None)]);
}

pub async fn what_has_run_out_is_purged(store: Arc<dyn Store>) {
    let month = 31 * 24 * 60 * 60;
    let draft = store.keep_draft(CLIMBING, ANNA, &threads(true), at(0)).await.unwrap();
    let message = WatchedMessage { response: name(), channel: LOBBY, message: MessageId::new(1), at: at(0) };
    store.note_watched(CLIMBING, &message).await.unwrap();
    let tally = Tally { week: Week::of(at(0)).before(27), what: Counted::Answered, phrase: None };
    store.count(CLIMBING, tally).await.unwrap();
    let early = store.purge(at(1), at(-1)).await.unwrap();
    assert_eq!((early.drafts, early.counts), (0, 1), "the count is half a year old");
    let late = store.purge(at(month), at(-1)).await.unwrap();
    assert_eq!((late.drafts, late.counts), (1, 1));
    assert_eq!(store.draft(CLIMBING, draft).await.unwrap(), None);
}
