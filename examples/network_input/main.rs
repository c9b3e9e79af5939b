//! Writes down what the network is given of labelled messages, for `learn/learn.py`: first the keys of all phrases, then a
//! line for each message, with its label, topic, what the phrases alone say, whether it passes the gate, its signs and its
//! words.
//!
//!     cargo run --example network_input -- FILE.tsv … > input.tsv

use std::collections::BTreeSet;
use std::io::{self, Write};

use lumbar::domain::document::Problems;
use lumbar::domain::matching::evaluation::{Label, Line, read_lines};
use lumbar::domain::matching::network::{Names, phrase_key};
use lumbar::domain::matching::{Matcher, Trigger, Urgency};
use lumbar::domain::topics::Library;
use lumbar::responses;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The network must not learn from what an earlier one said.
    let mut files = responses::built_in();
    files.retain(|file| !file.path.ends_with("/_network.txt"));
    let library = Library::unchecked(&files).ok_or("responses/ cannot be read")?;
    let matcher = library.matcher().ok_or("English has no phrases")?;
    let mut names = Names::of(matcher);
    let mut out = io::BufWriter::new(io::stdout().lock());
    let phrases: BTreeSet<String> =
        matcher.phrases().map(|source| format!("{:08x}", phrase_key(&source.text))).collect();
    writeln!(out, "phrases {}", phrases.into_iter().collect::<Vec<_>>().join(" "))?;
    for file in std::env::args().skip(1) {
        let problems = Problems::default();
        for line in read_lines(&file, &std::fs::read_to_string(&file)?, &problems) {
            names.read(&line.text);
            writeln!(out, "{file}\t{}", described(matcher, &names, &line))?;
        }
        if let Some(problem) = problems.into_sorted().first() {
            return Err(problem.to_string().into());
        }
    }
    Ok(())
}

fn described(matcher: &Matcher, names: &Names, line: &Line) -> String {
    let (label, topic) = match &line.label {
        Label::Reply(topic) => ("reply", topic.as_str()),
        Label::Urgent(topic) => ("urgent", topic.as_str()),
        Label::None => ("none", "-"),
    };
    let phrases = matcher.find(&line.text).map_or_else(|| "-".to_owned(), |trigger| said(&trigger));
    let input = matcher.input(&line.text).unwrap_or_default();
    let signs: Vec<String> = input.signs().iter().map(ToString::to_string).collect();
    let name = |key| names.get(key).unwrap_or("-");
    let words = input.words.iter().map(|word| format!("{} {} {}", name(word.key), name(word.family), word.place));
    let words: Vec<String> = words.collect();
    let passes = matcher.may_concern(&line.text) && !input.words.is_empty();
    let text = line.text.replace('\n', "\\n");
    format!("{label}\t{topic}\t{text}\t{phrases}\t{passes}\t{}\t{}", signs.join(" "), words.join("|"))
}

fn said(trigger: &Trigger) -> String {
    match trigger.urgency {
        None => trigger.topic.to_string(),
        Some(Urgency::Today) => "!today".to_owned(),
        Some(Urgency::Emergency) => "!emergency".to_owned(),
    }
}
