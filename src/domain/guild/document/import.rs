//! Reading the file: all of it is checked before any of it is used, and a hostile one costs little.

use std::collections::BTreeMap;

use crate::domain::document::{Located, Place, Problem, Problems, Section, alike, read_document};
use crate::domain::guild::capacity;
use crate::domain::guild::phrases::phrase_faults;
use crate::domain::guild::wording::{self, Fault};
use crate::domain::guild::{Book, Edit, Item, Phrase, Response, ResponseState, limits};
use crate::domain::topics::{Library, TopicId};

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: usize = 256 * 1024;

/// How many problems are told one by one.
pub const MOST_PROBLEMS: usize = 25;

/// How much of each part of a problem is told, in characters: it may repeat what the file says.
const LONGEST_PART: usize = 250;

/// The responses that a file holds.
///
/// # Errors
/// Everything that is wrong with it, with the lines; past [`MOST_PROBLEMS`] only how many more there are.
pub fn import(text: &str, file: &str, library: &Library) -> Result<BTreeMap<TopicId, Response>, Vec<Problem>> {
    let problems = Problems::default();
    let nowhere = Place { file: file.to_owned(), line: None };
    let responses = if text.len() > LARGEST_FILE {
        let excess = text.len() - LARGEST_FILE;
        let what = format!("the file has {} bytes, {excess} too many", text.len());
        problems.add(&nowhere, what, format!("keep it within {LARGEST_FILE} bytes (256 KiB)"));
        None
    } else {
        read_document(file, text, &problems, |section| Some(read_topics(section, library)))
    };
    match responses {
        Some(responses) if problems.is_empty() => {
            let book = Book { responses, ..Book::default() };
            let faults = capacity::faults(&book, library.matcher()).into_iter();
            faults.for_each(|fault| add(&problems, &nowhere, fault));
            if problems.is_empty() { Ok(book.responses) } else { Err(told(problems, &nowhere)) }
        }
        _ => Err(told(problems, &nowhere)),
    }
}

/// The edit that sets every response that a file names, and leaves those that it does not name as they are; nothing if
/// all of them are so already. The warning signs are never off.
pub fn import_edit(book: &Book, imported: BTreeMap<TopicId, Response>) -> Option<Edit> {
    let items = imported.into_iter().map(|(name, mut response)| {
        if name.as_str() == TopicId::RED_FLAGS {
            response.state = ResponseState::On;
        }
        Item::Response { before: book.responses.get(&name).cloned(), after: Some(response), name }
    });
    Edit::new(items.collect())
}

fn read_topics(mut document: Section<'_>, library: &Library) -> BTreeMap<TopicId, Response> {
    let mut responses = BTreeMap::new();
    let topics = document.sections("topics");
    if topics.len() > limits::RESPONSES {
        let fault = wording::too_many(topics.len(), limits::RESPONSES, "responses");
        add(document.problems(), &topics[0].place(), fault);
        return responses;
    }
    if topics.is_empty() && document.problems().is_empty() {
        document.complain(
            &document.place(),
            "no response in this file",
            "add a section [[topics]], as an export has it",
        );
    }
    for mut topic in topics {
        let place = topic.place();
        let id = read_id(&mut topic);
        let response = read_response(&mut topic, id.as_ref(), library);
        topic.finish();
        let (Some(id), Some(response)) = (id, response) else { continue };
        if responses.contains_key(&id) {
            document.complain(&place, format!("`{id}` is there twice"), "give each response an id of its own");
        }
        responses.insert(id, response);
    }
    document.finish();
    responses
}

fn read_id(topic: &mut Section<'_>) -> Option<TopicId> {
    let written = topic.required_text("id")?;
    let id = TopicId::parse(&written.value);
    if id.is_none() {
        let instead = "write lower-case words joined by hyphens, at most 48 letters: back-is-toast";
        topic.complain(&written.place, format!("`{}` is no id", written.value), instead);
    }
    id
}

fn read_response(topic: &mut Section<'_>, id: Option<&TopicId>, library: &Library) -> Option<Response> {
    let state = read_state(topic, id);
    let title = topic.text("title").map(|title| cleaned(topic, title, wording::line));
    let answer = topic.text("truth").map(|answer| cleaned(topic, answer, wording::tidy));
    let tips = read_list(topic, "tips", limits::TIPS)?;
    let phrases = read_list(topic, "phrases", limits::PHRASES)?;
    let watched = read_list(topic, "watched", limits::PHRASES)?;
    if id.is_some_and(|id| !library.fallback().topics.contains_key(id)) {
        require_whole(topic, title.as_ref(), answer.as_ref(), &phrases);
    }
    let problems = topic.problems();
    let fault = |text: &Option<Located<String>>, fault: fn(&str) -> Option<Fault>| {
        text.as_ref().and_then(|text| Some((text.place.clone(), fault(&text.value)?)))
    };
    let mut faults: Vec<(Place, Fault)> = Vec::new();
    faults.extend(fault(&title, wording::title_fault));
    faults.extend(fault(&answer, wording::answer_fault));
    faults.extend(tips.iter().filter_map(|tip| Some((tip.place.clone(), wording::tip_fault(&tip.value)?))));
    let all_tips = wording::tips_fault(tips.iter().map(|tip| tip.value.as_str()));
    faults.extend(all_tips.map(|fault| (topic.place(), fault)));
    let wrong = phrase_faults(&phrases, library.matcher()).into_iter();
    faults.extend(wrong.map(|(place, fault)| (place.unwrap_or_else(|| topic.place()), fault)));
    faults.into_iter().for_each(|(place, fault)| add(problems, &place, fault));
    Some(Response {
        state,
        title: title.map(|title| title.value).filter(|title| !title.is_empty()),
        answer: answer.map(|answer| answer.value).filter(|answer| !answer.is_empty()),
        tips: tips.into_iter().map(|tip| tip.value).collect(),
        phrases: marked(phrases, &watched, problems),
    })
}

fn read_state(topic: &mut Section<'_>, id: Option<&TopicId>) -> ResponseState {
    let Some(written) = topic.text("state") else { return ResponseState::On };
    let red_flags = id.is_some_and(|id| id.as_str() == TopicId::RED_FLAGS);
    match written.value.as_str() {
        "on" => ResponseState::On,
        "off" if red_flags => {
            topic.complain(&written.place, "the warning signs cannot be switched off", "write state = \"on\"");
            ResponseState::On
        }
        "off" => ResponseState::Off,
        other => {
            topic.complain(&written.place, format!("`{other}` is no state"), "write \"on\" or \"off\"");
            ResponseState::On
        }
    }
}

fn require_whole(
    topic: &Section<'_>,
    title: Option<&Located<String>>,
    answer: Option<&Located<String>>,
    phrases: &[Located<String>],
) {
    let missing = |text: Option<&Located<String>>| text.is_none_or(|text| text.value.is_empty());
    if missing(title) {
        topic.complain(&topic.place(), "`title` is missing", "add title = \"…\"");
    }
    if missing(answer) {
        topic.complain(&topic.place(), "`truth` is missing", "add truth = \"…\": the answer");
    }
    if phrases.is_empty() {
        topic.complain(&topic.place(), "`phrases` is empty", "add phrases = [\"…\"]: what people type");
    }
}

/// The texts of a list that say something; nothing if there are too many to look at.
fn read_list(topic: &mut Section<'_>, key: &'static str, most: usize) -> Option<Vec<Located<String>>> {
    let texts = topic.texts(key);
    if let Some(first) = texts.first().filter(|_| texts.len() > most) {
        let kind = if key == "tips" { "tips" } else { "phrases" };
        add(topic.problems(), &first.place, wording::too_many(texts.len(), most, kind));
        return None;
    }
    let cleaned = texts.into_iter().map(|text| cleaned(topic, text, wording::line));
    Some(cleaned.filter(|text| !text.value.is_empty()).collect())
}

fn cleaned(topic: &Section<'_>, text: Located<String>, clean: fn(&str) -> String) -> Located<String> {
    if let Some(mark) = text.value.chars().find(|letter| wording::turns_direction(*letter)) {
        let what = format!("an invisible mark (U+{:04X}) turns the text around", u32::from(mark));
        topic.complain(&text.place, what, "type the text again, without copying it");
    }
    Located { value: clean(&text.value), place: text.place }
}

/// The phrases, each of them once, with those marked that are only watched.
fn marked(phrases: Vec<Located<String>>, watched: &[Located<String>], problems: &Problems) -> Vec<Phrase> {
    for stray in watched.iter().filter(|text| phrases.iter().all(|phrase| phrase.value != text.value)) {
        let what = format!("`{}` is not among the phrases", stray.value);
        problems.add(&stray.place, what, "add it to phrases = […], too: watched names those that only count");
    }
    let mut marked: Vec<Phrase> = Vec::new();
    for Located { value: text, .. } in phrases {
        if marked.iter().all(|phrase| phrase.text != text) {
            let watched = watched.iter().any(|phrase| phrase.value == text);
            marked.push(Phrase { text, watched });
        }
    }
    marked
}

fn add(problems: &Problems, place: &Place, fault: Fault) {
    problems.add(place, fault.what, fault.instead);
}

/// The first problems, each short enough to be shown and those that are alike as one, and how many more there are.
fn told(problems: Problems, nowhere: &Place) -> Vec<Problem> {
    let problems = problems.into_sorted();
    let alike = alike(&problems);
    let more: usize = alike.iter().skip(MOST_PROBLEMS).map(|(_, more)| 1 + more).sum();
    let mut told: Vec<Problem> =
        alike.into_iter().take(MOST_PROBLEMS).map(|(first, more)| shown(first, more)).collect();
    if more > 0 {
        let what = format!("and {more} more problems");
        told.push(Problem { place: nowhere.clone(), what, instead: "mend these first".to_owned() });
    }
    told
}

fn shown(problem: &Problem, more: usize) -> Problem {
    let instead = shortened(&problem.instead);
    let instead = if more == 0 { instead } else { format!("{instead} (and the same {more} more times)") };
    Problem { what: shortened(&problem.what), instead, ..problem.clone() }
}

fn shortened(text: &str) -> String {
    let text = wording::line(text);
    match text.char_indices().nth(LONGEST_PART) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}
