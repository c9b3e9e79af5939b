//! What matching costs: `cargo bench --bench matching` prints every figure of the table in issue 3 that is about cost.
//!
//! Absolute figures drift with the machine, so each figure is set against another one taken in the same run. The lines
//! are those of chatter.txt where the shared folder is there (`LUMBAR_SHARED`, or `../shared` beside the repository);
//! without it, the labelled messages in `tests/data`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    dead_code,
    reason = "a program for developers: it may give up, and prints; the tests' helper holds more than it needs"
)]

mod as_regex;

#[path = "../tests/it/matching_data.rs"]
mod matching_data;

use std::collections::BTreeSet;
use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use lumbar::domain::Locale;
use lumbar::domain::document::Place;
use lumbar::domain::guild::{Book, Phrase, Response, preview};
use lumbar::domain::matching::{Limits, Matcher, PhraseRole, PhraseSource};
use lumbar::domain::topics::{Library, TopicId};
use lumbar::responses::built_in;

/// How often each thing is timed; the fastest time counts, as all others are the machine's doing.
const ROUNDS: usize = 15;

/// How many lines the set of expressions looks at again and again, and how many others it then sees once.
const SAMPLE: usize = 2_000;
const FRESH: usize = 400;

fn main() {
    let data = matching_data::english();
    let lines = lines();
    let matcher = &data.matcher;
    println!("phrases {}, shared memory {} KiB", data.phrases.len(), matcher.shared_bytes() / 1024);

    let added = server_phrases(200);
    preview(&added);
    let server = with(matcher, &added);
    let [ours, with_own] =
        per_line(&lines, ROUNDS, [&|line| matcher.find(line).is_some(), &|line| server.find(line).is_some()]);
    println!("mean cost per line                    {ours:8.1} ns");
    println!("server with 200 phrases of its own    {with_own:8.1} ns  {:6.2} times the cost without", with_own / ours);

    let twenty = &added[..20];
    let compile = fastest(|| {
        black_box(with(matcher, twenty));
    });
    println!("compile a server's 20 phrases         {compile:8.1?}");
    println!("memory of a server's 20 phrases       {:8.1} KiB", kibibytes(with(matcher, twenty).own_bytes()));
    println!("memory of a server's 200 phrases      {:8.1} KiB", kibibytes(server.own_bytes()));
    adversarial(&server);
    adversarial_expressions(matcher);
    against_regex_set(matcher, &data.phrases, &lines);
}

/// The same phrases as one set of expressions. It works out what it needs as it goes and forgets it when that becomes too
/// much, so that lines it has just seen cost it little, and those that people have yet to type a thousand times as much.
fn against_regex_set(matcher: &Matcher, phrases: &[PhraseSource], lines: &[String]) {
    let set = as_regex::regex_set(phrases);
    let step = lines.len().div_ceil(SAMPLE);
    let known: Vec<String> = lines.iter().step_by(step).cloned().collect();
    let fresh: Vec<String> = lines.iter().skip(1).step_by(step).take(FRESH).cloned().collect();
    for (name, lines, rounds) in [("seen before", known, ROUNDS), ("not seen yet", fresh, 1)] {
        let [ours, theirs, early] = per_line(
            &lines,
            rounds,
            [&|line| matcher.find(line).is_some(), &|line| set.matches(line).matched_any(), &|line| set.is_match(line)],
        );
        println!("on {} lines {name}", lines.len());
        println!("  ours                                 {ours:10.1} ns");
        println!("  RegexSet of the same phrases, matches{theirs:10.1} ns  {:6.1} times as much", theirs / ours);
        println!("  the same, is_match                   {early:10.1} ns  {:6.1} times as much", early / ours);
    }
}

/// What a moderator waits for: the warnings about a response with as many phrases as a server may have.
fn preview(added: &[PhraseSource]) {
    let library = Library::read(&built_in()).expect("sound texts");
    let read = fastest(|| {
        black_box(Library::read(&built_in()).is_ok());
    });
    println!("read and check all texts              {read:8.1?}");
    let toast = TopicId::parse("toast").expect("an id");
    let warn = |count: usize| {
        let phrases = added.iter().take(count).map(|source| Phrase::live(source.text.clone())).collect();
        let response = Response { phrases, ..Response::default() };
        let time = fastest(|| {
            black_box(preview::warnings(&library, &Locale::unknown(), &Book::default(), &toast, &response));
        });
        println!(
            "warnings about {count:3} phrases            {time:8.1?}  {:6.2} times as long as reading",
            ratio(time, read)
        );
    };
    warn(1);
    warn(200);
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

/// Messages made to be slow: every length should take its share of the longest one's time.
fn adversarial(matcher: &Matcher) {
    let patterns: [(&str, &str); 8] = [
        ("anchors only", "back "),
        ("what fills gaps", "my back is just really so totally "),
        ("every hit denied", "didnt throw my back out "),
        ("many hits", "my back went out and locked up in spasm "),
        ("run-together words", "mybackwentoutandlocked "),
        ("slips everywhere", "bakc wnet loced spazm nunb "),
        ("letters one by one", "b a c k "),
        ("unclosed markup", "back `` ` ``` <@ <:a || "),
    ];
    let told = told();
    println!("4,000 characters of                     1,000      2,000      4,000");
    for (name, pattern) in patterns.into_iter().chain([("what people told, all of it", told.as_str())]) {
        let times = [1_000, 2_000, 4_000].map(|length| {
            let text: String = pattern.chars().cycle().take(length).collect();
            fastest(|| {
                black_box(matcher.find(&text));
            })
        });
        println!("  {name:30} {:10.1?} {:10.1?} {:10.1?}", times[0], times[1], times[2]);
    }
}

/// Expressions made to be slow. Those that once were the slowest are refused; beside what that costs stands the worst of
/// what is taken.
fn adversarial_expressions(matcher: &Matcher) {
    let code = format!("{}{}", "`a`".repeat(33), digits(4_000));
    let sets = [
        ("restarts in code", "/a[0-8 a`]*(?:[0-8 `]{99}){6}[9xb]|a/", code),
        ("long counts", "/(?:[0-8 ]{99}){8}[9xa]/", digits(4_000)),
        ("counts as long as they may be", "/a[0-8 a]{47}x/", digits(4_000).replace(['1', '4', '6'], "a")),
        ("the same with other characters", "/a.{47}x/", digits(4_000).replace(['1', '4', '6'], "a")),
    ];
    println!("ten regular expressions on 4,000 characters");
    for (name, pattern, text) in sets {
        let phrases: Vec<PhraseSource> =
            server_phrases(10).into_iter().map(|phrase| PhraseSource { text: pattern.to_owned(), ..phrase }).collect();
        let text: String = text.chars().take(4_000).collect();
        match matcher.with_server_phrases(&phrases, &BTreeSet::new(), &Limits::default()) {
            Ok(server) => {
                let time = fastest(|| {
                    black_box(server.find(&text));
                });
                println!("  {name:30} {time:10.1?}");
            }
            Err(_) => println!("  {name:30} refused"),
        }
    }
}

/// Digits from 0 to 8 in no order.
fn digits(count: u32) -> String {
    let mixed = (1..=count).map(|number| number.wrapping_mul(number).wrapping_mul(0x9e37_79b9) >> 16);
    mixed.filter_map(|number| char::from_digit(number % 9, 10)).collect()
}

/// Messages about backs that went out, one after the other: the most that a message can hold to be found.
fn told() -> String {
    let labelled =
        fs::read_to_string(matching_data::repository().join("tests/data/dev.tsv")).expect("labelled messages");
    let told = labelled.lines().filter(|line| !line.starts_with("none")).filter_map(|line| line.split('\t').nth(2));
    told.skip(1).collect::<Vec<_>>().join(". ")
}

fn lines() -> Vec<String> {
    let shared = matching_data::shared("messages/chatter.txt");
    if shared.is_none() {
        println!(
            "chatter.txt is not there: measured on the labelled messages instead, where most lines concern a back"
        );
    }
    let path = shared.unwrap_or_else(|| matching_data::repository().join("tests/data/dev.tsv"));
    fs::read_to_string(path).expect("the lines to measure on").lines().map(str::to_owned).collect()
}

/// One way to look for phrases.
type Find<'a> = &'a dyn Fn(&str) -> bool;

/// The fastest of several rounds over all lines, in nanoseconds for each line. The ways take turns, so that a machine
/// that is busy for a while slows down all of them.
fn per_line<const WAYS: usize>(lines: &[String], rounds: usize, ways: [Find<'_>; WAYS]) -> [f64; WAYS] {
    let mut best = [Duration::MAX; WAYS];
    for _ in 0..rounds {
        for (best, find) in best.iter_mut().zip(ways) {
            let begin = Instant::now();
            black_box(lines.iter().filter(|line| find(line)).count());
            *best = begin.elapsed().min(*best);
        }
    }
    best.map(|best| best.as_secs_f64() * 1e9 / lines.len() as f64)
}

fn fastest(mut work: impl FnMut()) -> Duration {
    let time = |_| {
        let begin = Instant::now();
        work();
        begin.elapsed()
    };
    (0..ROUNDS).map(time).min().unwrap_or_default()
}

fn with(matcher: &Matcher, added: &[PhraseSource]) -> Matcher {
    matcher.with_server_phrases(added, &BTreeSet::new(), &Limits::default()).expect("sound phrases")
}

/// Phrases as moderators would add them: some about backs, some about anything else.
fn server_phrases(count: usize) -> Vec<PhraseSource> {
    let kinds = [
        "my {thing} is acting up",
        "{own} back ...2 {thing}",
        "(sore|achy) {thing} [again|today]",
        "help with {thing}",
        "{thing}",
    ];
    let things = [
        "trapezius",
        "psoas",
        "hamstring",
        "rucksack",
        "wheelbarrow",
        "allotment",
        "physio",
        "foam roller",
        "sacrum",
        "glute",
    ];
    let phrase = |number: usize| {
        let thing = things[number % things.len()];
        let thing = if number < 50 { thing.to_owned() } else { format!("{thing} number{number}x") };
        PhraseSource {
            topic: TopicId::parse("back-went-out").expect("an id"),
            role: PhraseRole::Phrase,
            text: kinds[number / things.len() % kinds.len()].replace("{thing}", &thing),
            place: Place { file: "server".to_owned(), line: Some(number + 1) },
        }
    };
    (0..count).map(phrase).collect()
}

fn kibibytes(bytes: usize) -> f64 {
    bytes as f64 / 1024.0
}
