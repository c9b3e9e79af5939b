//! The list of responses.

use super::{LONGEST_BODY, PAGE, fitting, pager, plain};
use crate::domain::guild::{Book, ListFilter, Moderation, overlay};
use crate::domain::locale::Locale;
use crate::domain::reply::{Action, Control, MenuChoice, Reply};
use crate::domain::topics::{Library, TextKey, Topic, TopicId, Words};

/// A response as it stands in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: TopicId,
    /// What it is called.
    pub label: String,
    /// Whether the server wrote it.
    pub own: bool,
    /// Whether the server changed anything about it.
    pub changed: bool,
    /// Whether it is switched off.
    pub off: bool,
    /// How many phrases the server gave it, and how many of them are only watched.
    pub phrases: (usize, usize),
}

impl Entry {
    fn new(book: &Book, topic: &Topic, own: bool) -> Self {
        let response = book.responses.get(&topic.id);
        let phrases = response.map_or((0, 0), |response| {
            (response.phrases.len(), response.phrases.iter().filter(|phrase| phrase.watched).count())
        });
        let off = book.is_off(&topic.id);
        let changed = !own && response.is_some_and(|response| !response.is_empty());
        Self { name: topic.id.clone(), label: topic.label.clone(), own, changed, off, phrases }
    }

    fn is_listed(&self, filter: ListFilter) -> bool {
        match filter {
            ListFilter::All => true,
            ListFilter::On => !self.off,
            ListFilter::Off => self.off,
            ListFilter::Watched => self.phrases.1 > 0,
            ListFilter::Own => self.own || self.changed,
        }
    }

    fn marks(&self, words: &Words) -> String {
        let count = |key, count: usize| (count > 0).then(|| words.fill(key, &[("count", &count.to_string())]));
        let is = |holds: bool, key| holds.then(|| words.get(key).to_owned());
        let (phrases, watched) = self.phrases;
        let marks = [
            is(self.off, TextKey::ResponsesMarkOff),
            is(self.own, TextKey::ResponsesMarkOwn),
            is(self.changed, TextKey::ResponsesMarkChanged),
            count(TextKey::ResponsesMarkPhrases, phrases),
            count(TextKey::ResponsesMarkWatched, watched),
        ];
        marks.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

/// All responses of a server: those that ship with the bot, and its own.
pub fn entries(library: &Library, locale: &Locale, book: &Book) -> Vec<Entry> {
    let content = library.content(locale);
    let shipped = content.topics.keys();
    let own = book.responses.keys().filter(|name| !content.topics.contains_key(*name));
    let entry = |name: &TopicId| {
        let topic = overlay::topic(content, book, name)?;
        Some(Entry::new(book, &topic, !content.topics.contains_key(name)))
    };
    own.chain(shipped).filter_map(entry).collect()
}

/// The responses in whose name or title every typed word occurs.
pub fn matching(entries: Vec<Entry>, typed: &str) -> Vec<Entry> {
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let fits = |entry: &Entry| {
        let searched = format!("{} {}", entry.name, entry.label).to_lowercase();
        words.iter().all(|word| searched.contains(word))
    };
    entries.into_iter().filter(fits).collect()
}

/// A page of the list.
pub fn list(library: &Library, locale: &Locale, book: &Book, filter: ListFilter, page: u16) -> Reply {
    let words = &library.content(locale).words;
    let listed: Vec<Entry> =
        entries(library, locale, book).into_iter().filter(|entry| entry.is_listed(filter)).collect();
    if listed.is_empty() {
        return super::super::line(library, locale, TextKey::ResponsesListEmpty);
    }
    let pages = listed.len().div_ceil(PAGE);
    let page = usize::from(page).min(pages - 1);
    let shown = &listed[page * PAGE..listed.len().min((page + 1) * PAGE)];
    let lines = shown.iter().map(|entry| {
        let marks = entry.marks(words);
        let state = if entry.off { "○" } else { "●" };
        let small = if marks.is_empty() { String::new() } else { format!("\n-# {marks}") };
        format!("{state} **{}** `{}`{small}", entry.label, entry.name)
    });
    let numbers = [("page", (page + 1).to_string()), ("pages", pages.to_string())];
    let numbers: Vec<(&str, &str)> = numbers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let title = words.fill(TextKey::ResponsesListTitle, &numbers);
    let choices = shown.iter().map(|entry| MenuChoice {
        label: entry.label.clone(),
        description: entry.name.to_string(),
        action: Action::Moderate(Moderation::Show(entry.name.clone())),
    });
    let menu =
        Control::Menu { placeholder: words.get(TextKey::ResponsesListChoose).to_owned(), choices: choices.collect() };
    Reply::private(plain(title, fitting(lines, LONGEST_BODY))).with_row(vec![menu]).with_row(pager(
        words,
        page,
        pages,
        |page| Action::Moderate(Moderation::List(filter, page)),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::guild::{Phrase, Response, ResponseState};
    use crate::responses;

    fn library() -> Library {
        Library::read(&responses::built_in()).expect("sound texts")
    }

    fn book() -> Book {
        let mut book = Book::default();
        let own = Response {
            title: Some("Toast".to_owned()),
            answer: Some("It passes.".to_owned()),
            phrases: vec![Phrase { text: "my back is toast".to_owned(), watched: true }],
            ..Response::default()
        };
        book.responses.insert(TopicId::parse("toast").unwrap(), own);
        let off = Response { state: ResponseState::Off, ..Response::default() };
        book.responses.insert(TopicId::parse("sleep").unwrap(), off);
        book
    }

    fn names(filter: ListFilter) -> Vec<String> {
        let listed = entries(&library(), &Locale::unknown(), &book()).into_iter();
        listed.filter(|entry| entry.is_listed(filter)).map(|entry| entry.name.to_string()).collect()
    }

    #[test]
    fn the_list_can_be_narrowed() {
        assert_eq!(names(ListFilter::Off), ["sleep"]);
        assert_eq!(names(ListFilter::Watched), ["toast"]);
        assert_eq!(names(ListFilter::Own), ["toast", "sleep"]);
        assert!(names(ListFilter::All).contains(&"red-flags".to_owned()));
        assert!(!names(ListFilter::On).contains(&"sleep".to_owned()));
    }

    #[test]
    fn a_page_that_is_not_there_is_the_last_one() {
        let reply = list(&library(), &Locale::unknown(), &book(), ListFilter::All, 999);
        let card = reply.card.expect("a card");
        assert!(card.title.contains("2 of 2"), "{}", card.title);
    }

    #[test]
    fn a_response_is_found_by_parts_of_its_name_and_title() {
        let all = entries(&library(), &Locale::unknown(), &book());
        let found =
            |typed: &str| matching(all.clone(), typed).into_iter().map(|e| e.name.to_string()).collect::<Vec<_>>();
        assert_eq!(found("TOA"), ["toast"]);
        assert!(found("").len() > 10);
        assert!(found("no such thing").is_empty());
    }
}
