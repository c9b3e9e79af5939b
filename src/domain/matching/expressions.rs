//! A server's phrases that are regular expressions: what they may ask for, and where they are looked for.
//!
//! An expression is followed at all of its places at once, at each character of a message. So what it costs at the worst is
//! its number of places times the length of the message, and both have a limit. It does not depend on the size of the
//! compiled expression: `\w` takes 50 KiB and is one place, `[ab]{99}` takes less and is 99.

use std::borrow::Cow;
use std::ops::Range;

use regex::{Error, Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Hir, HirKind};

use crate::domain::matching::PhraseSource;
use crate::domain::matching::compile::{Duty, Rule};
use crate::domain::matching::network::RuleSigns;
use crate::domain::matching::normalise::LONGEST_MESSAGE;
use crate::domain::matching::phrase::PhraseError;
use crate::domain::matching::reading::Token;
use crate::domain::matching::server::Limits;
use crate::domain::matching::vocabulary::{PAUSE, QUESTION, STOP};

/// How often an expression is looked for in one message: once more where the first place turns out to be nothing that
/// somebody says, such as the signs around code.
const MOST_SEARCHES: usize = 2;

/// How deep groups may stand within groups.
const DEEPEST: u32 = 20;

/// What stands for a piece of a message that nobody says: no letter, no digit, no space.
const LEFT_OUT: char = '\u{FFFC}';

/// Regular expressions.
#[derive(Debug, Default)]
pub(super) struct Expressions {
    compiled: Vec<(Rule, Regex)>,
    /// For how many characters they ask together.
    places: usize,
}

impl Expressions {
    /// The regular expression in `/…/`, if the phrase is one.
    pub fn pattern(phrase: &str) -> Option<&str> {
        phrase.trim().strip_prefix('/')?.strip_suffix('/')
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.compiled.is_empty()
    }

    /// Takes in a phrase that is the expression `pattern`.
    pub fn add(&mut self, source: &PhraseSource, pattern: &str, limits: &Limits) -> Result<(), PhraseError> {
        let fault = |what: String, instead: &str| Err(PhraseError::new(&source.text, 1, what, instead));
        if self.compiled.len() == limits.expressions {
            let what = format!("at most {} phrases may be regular expressions", limits.expressions);
            return Err(PhraseError::new(&source.text, 0, what, "write a plain phrase"));
        }
        let parsed = ParserBuilder::new().case_insensitive(true).nest_limit(DEEPEST).build().parse(pattern);
        let places = match parsed {
            Ok(parsed) => places(&parsed),
            Err(error) => return fault(last_line(&error), MEND),
        };
        if places > limits.expression_places {
            let what = format!("this asks for {places} characters, {} is the most", limits.expression_places);
            return fault(what, "write + or * for a count such as {99}, or fewer alternatives");
        }
        if self.places + places > limits.all_expression_places {
            let most = limits.all_expression_places;
            let what = format!("all regular expressions together ask for more than {most} characters");
            return fault(
                what,
                "write lists of words as plain phrases: (locked|seized), and + for a count such as {20}",
            );
        }
        let built = RegexBuilder::new(pattern)
            .case_insensitive(true)
            .size_limit(limits.expression_bytes)
            .dfa_size_limit(limits.expression_bytes)
            .nest_limit(DEEPEST)
            .build();
        let regex = match built {
            Ok(regex) => regex,
            Err(Error::CompiledTooBig(most)) => {
                let what = format!("once compiled this takes more than {} KiB", most / 1024);
                return fault(what, r"write [a-z0-9] for \w, [0-9] for \d, and + for a count such as {20}");
            }
            Err(error) => return fault(last_line(&error), MEND),
        };
        if regex.is_match("") {
            return fault("this matches nothing at all, so every message".to_owned(), "ask for at least one letter");
        }
        self.places += places;
        self.compiled.push((rule(source), regex));
        Ok(())
    }

    /// Those that are found in what is said in a message, each with the bytes of the original that it was found on.
    pub fn found_in(&self, text: &str, tokens: &[Token]) -> Vec<(&Rule, Range<usize>)> {
        let said = Said::of(text, tokens);
        self.compiled.iter().filter_map(|(rule, regex)| Some((rule, said.find(regex)?))).collect()
    }
}

const MEND: &str = "mend it (syntax: https://docs.rs/regex), or write a plain phrase";

fn last_line(error: &impl ToString) -> String {
    error.to_string().lines().last().unwrap_or_default().trim().to_owned()
}

fn rule(source: &PhraseSource) -> Rule {
    Rule {
        duty: Duty::Lead(source.clone()),
        text: source.text.as_str().into(),
        place: source.place.clone(),
        first_goal: 0,
        parts: 0,
        near: false,
        signs: RuleSigns::default(),
    }
}

/// For how many characters an expression asks once its counts are written out; what asks for none counts as one, too.
fn places(expression: &Hir) -> usize {
    let sum = |parts: &[Hir]| parts.iter().map(places).fold(0_usize, usize::saturating_add);
    match expression.kind() {
        HirKind::Empty | HirKind::Class(_) | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => String::from_utf8_lossy(&literal.0).chars().count(),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(repetition.min).max(1);
            places(&repetition.sub).saturating_mul(usize::try_from(most).unwrap_or(usize::MAX))
        }
        HirKind::Capture(capture) => places(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => sum(parts),
    }
}

/// What is said in a message. Code, links and what others said left no words: each such piece is one sign here.
struct Said<'t> {
    text: Cow<'t, str>,
    /// Where each of those signs ends here, and the bytes of the original that it stands for.
    left_out: Vec<(usize, Range<usize>)>,
    tokens: &'t [Token],
}

impl<'t> Said<'t> {
    fn of(text: &'t str, tokens: &'t [Token]) -> Self {
        let read = text.char_indices().nth(LONGEST_MESSAGE).map_or(text, |(end, _)| &text[..end]);
        let words = tokens.iter().filter(|token| ![STOP, QUESTION, PAUSE].contains(&token.word));
        let words =
            words.map(|token| token.start as usize..token.end as usize).chain(std::iter::once(read.len()..read.len()));
        let (mut kept, mut left_out) = (String::new(), Vec::new());
        let (mut copied, mut at) = (0, 0);
        for word in words {
            let between = read.get(at..word.start).unwrap_or_default();
            let first = between.find(char::is_alphanumeric).map(|first| at + first);
            let last = between.rfind(char::is_alphanumeric);
            let after = last.and_then(|last| Some(at + last + between[last..].chars().next()?.len_utf8()));
            if let Some((first, after)) = first.zip(after) {
                kept.push_str(&read[copied..first]);
                kept.push(LEFT_OUT);
                left_out.push((kept.len(), first..after));
                copied = after;
            }
            at = at.max(word.end);
        }
        if left_out.is_empty() {
            return Self { text: Cow::Borrowed(read), left_out, tokens };
        }
        kept.push_str(&read[copied..]);
        Self { text: Cow::Owned(kept), left_out, tokens }
    }

    fn find(&self, regex: &Regex) -> Option<Range<usize>> {
        let mut from = 0;
        for _ in 0..MOST_SEARCHES {
            let found = regex.find_at(&self.text, from)?;
            let original = self.original(found.start())..self.original(found.end());
            let silent = found.as_str().contains(LEFT_OUT) && !self.holds_token(&original);
            if !silent {
                return Some(original);
            }
            from = found.end();
        }
        None
    }

    fn holds_token(&self, range: &Range<usize>) -> bool {
        let first = self.tokens.partition_point(|token| token.end as usize <= range.start);
        self.tokens[first..].first().is_some_and(|token| (token.start as usize) < range.end)
    }

    /// Where in the original message a place of this text is.
    fn original(&self, at: usize) -> usize {
        let before = self.left_out.partition_point(|(end, _)| *end <= at);
        let last = before.checked_sub(1).map(|last| &self.left_out[last]);
        last.map_or(at, |(end, stood_for)| stood_for.end + (at - end))
    }
}
