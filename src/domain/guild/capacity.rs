//! Whether all that a server has fits into what a server may have.

use std::collections::BTreeSet;

use super::overlay::phrase_source;
use super::phrases::shown;
use super::wording::{Fault, too_many};
use super::{Book, limits};
use crate::domain::matching::{Limits, Matcher, PhraseSource};

/// What is too much: responses, phrases, or what the phrases stand for when they are put together. To be asked of a
/// book before it is kept; each response by itself was checked when it was written.
pub fn faults(book: &Book, matcher: Option<&Matcher>) -> Vec<Fault> {
    let count = |count: usize, most, what| (count > most).then(|| too_many(count, most, what));
    let mut faults: Vec<Fault> = Vec::new();
    faults.extend(count(book.responses.len(), limits::RESPONSES, "responses"));
    faults.extend(count(book.phrases(), limits::PHRASES, "phrases in all responses together"));
    if let (true, Some(matcher)) = (faults.is_empty(), matcher) {
        let compiled = matcher.with_server_phrases(&all_phrases(book), &BTreeSet::new(), &Limits::default());
        faults.extend(compiled.err().into_iter().flatten().map(|fault| shown(&fault.error)));
    }
    faults
}

fn all_phrases(book: &Book) -> Vec<PhraseSource> {
    let of = |(id, response): (_, &super::Response)| {
        let numbered = (1..).zip(&response.phrases);
        numbered.map(move |(number, phrase)| phrase_source(id, number, phrase)).collect::<Vec<_>>()
    };
    book.responses.iter().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::guild::testing::{id, library};
    use crate::domain::guild::{Phrase, Response};

    fn book(responses: usize, phrases: usize, phrase: &str) -> Book {
        let response = |name| Response {
            phrases: (0..phrases).map(|number| Phrase::live(format!("{phrase} n{name} p{number}"))).collect(),
            ..Response::default()
        };
        Book {
            responses: (0..responses).map(|name| (id(&format!("r{name}")), response(name))).collect(),
            ..Book::default()
        }
    }

    fn told(book: &Book) -> Vec<String> {
        faults(book, library().matcher()).into_iter().map(|fault| fault.what).collect()
    }

    #[test]
    fn a_server_may_be_full_and_no_fuller() {
        assert_eq!(told(&book(50, 4, "toast")), Vec::<String>::new());
        assert_eq!(told(&book(51, 1, "toast")), ["51 responses, 1 too many"]);
        assert_eq!(told(&book(50, 5, "toast")), ["250 phrases in all responses together, 50 too many"]);
    }

    #[test]
    fn phrases_that_stand_for_too_much_together_are_told() {
        let costly = "(a b|c d) (e f|g h) (i j|k l) (m n|o p) (q r|s t) (u v|w x)";
        assert_eq!(told(&book(1, 5, costly)), Vec::<String>::new());
        let told = told(&book(10, 5, costly));
        assert!(told[0].starts_with("the phrases stand for"), "{told:?}");
    }
}
