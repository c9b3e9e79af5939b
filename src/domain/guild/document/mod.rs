//! A server's responses as one TOML file, in the format of `responses/`: to keep, to edit, to take to another server.

mod export;
mod import;

pub use export::export;
pub use import::{LARGEST_FILE, MOST_PROBLEMS, import, import_edit};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::guild::testing::{id, library};
    use crate::domain::guild::{Book, Phrase, Response, ResponseState, limits};
    use crate::domain::topics::TopicId;

    /// Text that a form lets through, of letters that a writer of TOML may stumble over.
    fn text(most: usize) -> impl Strategy<Value = String> {
        let letter = prop_oneof![
            8 => proptest::char::range('a', 'z'),
            4 => proptest::sample::select(vec!['"', '\'', '\\', '#', '=', '[', ']', '{', '}', ' ', '🍞', 'é', '\u{200d}']),
        ];
        proptest::collection::vec(letter, 1..most)
            .prop_map(|letters| {
                letters.into_iter().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
            })
            .prop_filter("it says something", |text| !text.is_empty())
    }

    fn answer() -> impl Strategy<Value = String> {
        let quotes = proptest::sample::select(vec!["\"\"\"", "'''", "\\", "\n\n", "\n", "\"", "x"]);
        (text(40), proptest::collection::vec((quotes, text(30)), 0..4))
            .prop_map(|(first, rest)| rest.into_iter().fold(first, |all, (quote, text)| all + quote + &text))
    }

    fn response() -> impl Strategy<Value = Response> {
        let phrases = proptest::collection::btree_map("[a-z]{2,8}( [a-z]{2,8}){0,2}", any::<bool>(), 1..4);
        let tips = proptest::collection::vec(text(20), 0..4);
        (any::<bool>(), text(30), answer(), tips, phrases).prop_map(|(off, title, answer, tips, phrases)| Response {
            state: if off { ResponseState::Off } else { ResponseState::On },
            title: Some(title),
            answer: Some(answer),
            tips,
            phrases: phrases.into_iter().map(|(text, watched)| Phrase { text, watched }).collect(),
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_exported_can_be_imported(
            responses in proptest::collection::btree_map("[a-z]{1,6}(-[a-z0-9]{1,6})?", response(), 1..4),
            server in "\\PC{0,12}|\n\\PC{0,12}",
        ) {
            let responses = responses.into_iter().map(|(name, response)| (id(&name), response)).collect();
            let book = Book { responses, ..Book::default() };
            let file = export(&book, &server, &library().fallback().words);
            let imported = import(&file, "lumbar.toml", library());
            prop_assert_eq!(imported.as_ref(), Ok(&book.responses), "{}", file);
        }
    }

    #[test]
    fn the_file_of_a_full_server_can_be_imported() {
        let response = |name: usize| Response {
            title: Some("t".repeat(limits::TITLE)),
            answer: Some("a\"\\\n".repeat(limits::ANSWER / 4 - 1) + "end"),
            tips: vec!["\\".repeat(limits::ALL_TIPS / limits::TIPS); limits::TIPS],
            phrases: (0..4).map(|n| Phrase::live(format!("{} w{name}x{n}", "word ".repeat(34).trim()))).collect(),
            ..Response::default()
        };
        let responses = (0..limits::RESPONSES).map(|name| (id(&format!("r{name}")), response(name))).collect();
        let book = Book { responses, ..Book::default() };
        let file = export(&book, "Full", &library().fallback().words);
        assert!(file.len() <= LARGEST_FILE, "{}", file.len());
        assert_eq!(import(&file, "full.toml", library()), Ok(book.responses));
    }

    #[test]
    fn an_exported_file_tells_what_it_is() {
        let sleep = Response { tips: vec!["Say \"ah\".".to_owned()], ..Response::default() };
        let toast = Response {
            title: Some("Toast".to_owned()),
            answer: Some("It passes.\n\nBreathe.".to_owned()),
            phrases: vec![
                Phrase::live("back is toast"),
                Phrase { text: "back is (burnt|cooked)".to_owned(), watched: true },
            ],
            ..Response::default()
        };
        let responses = [(id("sleep"), sleep), (id("toast"), toast)].into();
        let book = Book { responses, ..Book::default() };
        insta::assert_snapshot!(export(&book, "The\nTavern\u{202e}", &library().fallback().words));
    }

    fn told(text: &str) -> Vec<String> {
        import(text, "x.toml", library()).unwrap_err().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_fault_is_told_at_once_with_its_line() {
        let file = r#"
[[topics]]
id = "Toast"
state = "maybe"
title = "a\u202Eb"
truth = 7
tips = ["fine", 3]
phrases = ["my (back", "my {bak} hurts"]
watched = ["my back"]
colour = "red"

[[topics]]
id = "sleep"
[[topics]]
id = "sleep"
[[topics]]
id = "red-flags"
state = "off"
"#;
        insta::assert_snapshot!(told(file).join("\n"));
    }

    #[test]
    fn a_response_of_its_own_has_to_be_whole() {
        assert_eq!(
            told("[[topics]]\nid = \"toast\"\n"),
            [
                "x.toml:1: `phrases` is empty; add phrases = [\"…\"]: what people type",
                "x.toml:1: `title` is missing; add title = \"…\"",
                "x.toml:1: `truth` is missing; add truth = \"…\": the answer",
            ]
        );
    }

    #[test]
    fn hostile_files_are_refused_soon_and_clearly() {
        let deep = format!("a = {}", "[".repeat(100_000));
        let dotted = format!("{} = 1", vec!["a"; 100_000].join("."));
        let tables = "[[topics]]\n".repeat(20_000);
        let phrases = |count| format!("[[topics]]\nid = \"sleep\"\nphrases = [{}]", "\"a\",".repeat(count));
        let keys: String = (0..15_000).map(|number| format!("k{number} = 1\n")).collect();
        let errors = "=\n".repeat(100_000);
        let unfinished = "[[topics]]\nid = \"sleep\"\ntips = [".to_owned() + &"3,".repeat(100_000) + "]";
        let cases = [deep, dotted, tables, phrases(60_000), phrases(1_000_000), keys, errors, unfinished];
        for (number, file) in cases.iter().enumerate() {
            let problems = told(file);
            assert!((1..=MOST_PROBLEMS + 1).contains(&problems.len()), "case {number}: {}", problems.len());
            assert!(problems.iter().all(|problem| problem.chars().count() < 600), "case {number}");
        }
        assert_eq!(told(&phrases(60_000)), ["x.toml:3: 60000 phrases, 59800 too many; keep it to 200 phrases"]);
        assert_eq!(
            told(&phrases(1_000_000)),
            ["x.toml: the file has 4000036 bytes, 3737892 too many; keep it within 262144 bytes (256 KiB)"]
        );
    }

    #[test]
    fn an_import_sets_what_it_names_and_leaves_the_rest() {
        let toast = Response { title: Some("Toast".to_owned()), ..Response::default() };
        let book =
            Book { responses: [(id("toast"), toast.clone()), (id("jam"), toast.clone())].into(), ..Book::default() };
        let jam = Response { title: Some("Jam".to_owned()), ..Response::default() };
        let red = id(TopicId::RED_FLAGS);
        let off = Response { state: ResponseState::Off, ..toast.clone() };
        let imported = [(id("jam"), jam.clone()), (red.clone(), off)].into();
        let edit = import_edit(&book, imported).expect("something changes");
        let after = book.edited(&edit).unwrap();
        assert_eq!(after.responses, [(id("toast"), toast.clone()), (id("jam"), jam), (red, toast)].into());
        assert_eq!(import_edit(&after, after.responses.clone()), None);
    }
}
