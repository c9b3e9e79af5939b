//! Judging a message: which phrases fire, which are denied, and which one decides.

use crate::domain::matching::compile::{Denials, Duty, Rule, Rules, Senses, VERDICTS};
use crate::domain::matching::engine::Hit;
use crate::domain::matching::reading::{Token, read};
use crate::domain::matching::server::Own;
use crate::domain::matching::vocabulary::{BLANK, FIRST_NOTION, UNKNOWN, Vocabulary};
use crate::domain::matching::{Matcher, PhraseRole, PhraseSource, Trigger, Urgency};

/// How many words a denial may stand before what it denies.
const DENIAL_REACH: usize = 8;

/// A phrase all of whose parts were found.
#[derive(Clone, Debug)]
pub(super) struct Fired<'m> {
    /// The phrase.
    pub rule: &'m Rule,
    /// How specific it is.
    pub weight: u32,
    /// The first and the last token.
    pub tokens: (usize, usize),
}

/// Everything found out about a message.
#[derive(Debug)]
pub(super) struct Judgement<'m> {
    /// The words of the message.
    pub tokens: Vec<Token>,
    /// The phrases that fired.
    pub fired: Vec<Fired<'m>>,
    /// What was found and then denied: the phrase's number among the shared ones or the server's own, and where.
    pub denied: Vec<(&'m Rule, Hit)>,
    /// The tokens that a guard took out.
    pub guarded: Vec<usize>,
}

/// Judges a message.
pub(super) fn judge<'m>(matcher: &'m Matcher, text: &str) -> Judgement<'m> {
    let shared = &*matcher.shared;
    let own = matcher.own.as_deref();
    let mut vocabularies: Vec<&Vocabulary> = vec![&shared.vocabulary];
    vocabularies.extend(own.map(|own| &own.vocabulary));
    let mut tokens = read(text, &vocabularies);
    decide_senses(&shared.senses, &mut tokens);
    let mut judgement = Judgement { tokens, fired: Vec::new(), denied: Vec::new(), guarded: Vec::new() };
    let rules = [Some(&shared.rules), own.map(|own| &own.rules)];
    if rules.iter().flatten().any(|rules| judgement.holds_anchor(rules)) {
        judgement.guarded = blank_guarded(&shared.senses, &mut judgement.tokens);
        rules.iter().flatten().for_each(|rules| judgement.look_for(rules, &shared.denials));
    }
    if let Some(own) = own {
        judgement.look_for_expressions(own, text);
    }
    judgement
}

/// Marks the words that are meant as a notion.
fn decide_senses(senses: &Senses, tokens: &mut [Token]) {
    let ambiguous = |token: &Token| senses.heads.iter().any(|heads| heads.contains(&token.word));
    // Surroundings never reach beyond a sentence, so that only sentences with an ambiguous word are looked at.
    let mut begin = 0;
    for end in 1..tokens.len() {
        if tokens[end].is_stop() {
            if tokens[begin..end].iter().any(ambiguous) {
                decide_in_sentence(senses, &mut tokens[begin..=end]);
            }
            begin = end;
        }
    }
}

/// Marks the words of one sentence, which is given with the stops around it.
fn decide_in_sentence(senses: &Senses, tokens: &mut [Token]) {
    // For each token, one bit for each goal that covers it.
    let mut signs = vec![0_u64; tokens.len()];
    senses.automaton.run(tokens, |hit| {
        for signs in &mut signs[hit.first..=hit.last] {
            *signs |= 1 << hit.goal;
        }
    });
    for (token, signs) in tokens.iter_mut().zip(signs) {
        for (notion, heads) in (0..).zip(&senses.heads) {
            let verdicts = (signs >> (VERDICTS * notion)) & 0b111;
            // Meant, and not never so; or always so.
            let meant = verdicts & 0b011 == 0b001 || verdicts & 0b100 != 0;
            if meant && heads.contains(&token.word) {
                token.also = FIRST_NOTION + notion;
            }
        }
    }
}

/// Takes the words that guards cover out of every phrase's reach; answers which tokens those are.
fn blank_guarded(senses: &Senses, tokens: &mut [Token]) -> Vec<usize> {
    let mut covered = vec![false; tokens.len()];
    senses.guards.run(tokens, |hit| covered[hit.first..=hit.last].fill(true));
    let mut guarded = Vec::new();
    for (at, token) in tokens.iter_mut().enumerate() {
        if covered[at] && token.word >= FIRST_NOTION {
            *token = Token { word: BLANK, also: UNKNOWN, ..*token };
            guarded.push(at);
        }
    }
    guarded
}

impl<'m> Judgement<'m> {
    fn holds_anchor(&self, rules: &Rules) -> bool {
        self.tokens.iter().any(|token| rules.anchors.contains(&token.word) || rules.anchors.contains(&token.also))
    }

    fn look_for(&mut self, rules: &'m Rules, denials: &Denials) {
        let mut best: Vec<Option<Hit>> = vec![None; rules.owners.len()];
        let mut hits = Vec::new();
        rules.automaton.run(&self.tokens, |hit| hits.push(hit));
        let mut denied_at = vec![false; self.tokens.len()];
        let (denied, mut hits): (Vec<Hit>, Vec<Hit>) = hits.into_iter().partition(|hit| {
            let denied = denials.deny(&self.tokens, hit.first, &denied_at);
            if denied {
                denied_at[hit.first..=hit.last].fill(true);
            }
            denied
        });
        // What is denied is denied with all its parts: "didn't put my back out" holds no "my back out".
        hits.retain(|hit| !denied.iter().any(|denied| denied.first <= hit.first && hit.last <= denied.last));
        for hit in hits {
            let known = &mut best[hit.goal as usize];
            if known.is_none_or(|known| hit.weight > known.weight) {
                *known = Some(hit);
            }
        }
        self.denied.extend(denied.iter().map(|hit| (&rules.phrases[rules.owners[hit.goal as usize] as usize], *hit)));
        self.fired.extend(rules.phrases.iter().filter_map(|rule| complete(rule, &best)));
    }

    fn look_for_expressions(&mut self, own: &'m Own, text: &str) {
        for (rule, range) in own.expressions_in(text) {
            let first = self.tokens.partition_point(|token| (token.end as usize) <= range.start && token.end > 0);
            let last = self.tokens.partition_point(|token| (token.start as usize) < range.end).saturating_sub(1);
            self.fired.push(Fired { rule, weight: 1, tokens: (first.min(last), last) });
        }
    }

    /// What the message is answered with.
    pub fn trigger(&self, matcher: &Matcher) -> Option<Trigger> {
        let fired = self.deciding(matcher)?;
        let source = fired.source()?;
        let (first, last) = fired.tokens;
        Some(Trigger {
            topic: source.topic.clone(),
            urgency: fired.urgency(),
            phrase: source.text.clone(),
            place: source.place.clone(),
            span: self.tokens[first].start as usize..self.tokens[last].end as usize,
        })
    }

    /// The phrase that decides: a sign where there is back trouble, then a question or a phrase where a back went out,
    /// the most specific first.
    pub fn deciding(&self, matcher: &Matcher) -> Option<&Fired<'m>> {
        let usable =
            || self.fired.iter().filter(|fired| fired.source().is_some_and(|source| !matcher.is_off(&source.topic)));
        if self.has_trouble() {
            let sign = usable().filter(|fired| fired.urgency().is_some());
            if let Some(sign) = sign.max_by_key(|fired| (fired.urgency(), fired.weight)) {
                return Some(sign);
            }
        }
        if !self.has_episode() {
            return None;
        }
        let asked = usable().filter(|fired| fired.urgency().is_none());
        asked.max_by_key(|fired| {
            (fired.role() == Some(PhraseRole::Question), fired.weight, std::cmp::Reverse(fired.tokens))
        })
    }

    /// Whether somebody's back went out, is going out, or is asked about.
    pub fn has_episode(&self) -> bool {
        self.fired.iter().any(|fired| fired.role() == Some(PhraseRole::Phrase))
    }

    /// Whether there is back trouble of any kind.
    pub fn has_trouble(&self) -> bool {
        self.has_episode() || self.fired.iter().any(|fired| fired.rule.duty == Duty::Trouble)
    }
}

/// The phrase as fired, if all its parts were found.
fn complete<'m>(rule: &'m Rule, best: &[Option<Hit>]) -> Option<Fired<'m>> {
    let parts = &best[rule.first_goal as usize..(rule.first_goal + rule.parts) as usize];
    let first = (*parts.first()?)?;
    let weight = parts.iter().map(|part| part.map(|hit| hit.weight)).sum::<Option<u32>>()?;
    Some(Fired { rule, weight, tokens: (first.first, first.last) })
}

impl<'m> Fired<'m> {
    /// The phrase with its topic, unless it only tells of trouble.
    pub fn source(&self) -> Option<&'m PhraseSource> {
        self.rule.source()
    }

    /// What the phrase does.
    pub fn role(&self) -> Option<PhraseRole> {
        self.source().map(|source| source.role)
    }

    /// How soon help is needed.
    pub fn urgency(&self) -> Option<Urgency> {
        match self.role() {
            Some(PhraseRole::Sign(urgency)) => Some(urgency),
            _ => None,
        }
    }
}

impl Denials {
    /// Whether what begins at token `first` is denied: by a denial before it, with nothing between but words that a
    /// denial reaches through, or as one of several things that are denied together.
    fn deny(&self, tokens: &[Token], first: usize, denied: &[bool]) -> bool {
        // A phrase that asks for the sentence's edge begins a sentence of its own: "or no? back seized" denies nothing.
        !tokens[first].is_stop()
            && self.rules.iter().any(|(words, through)| {
                let mut goes_on = false;
                for at in (first.saturating_sub(DENIAL_REACH)..first).rev() {
                    let word = tokens[at].word;
                    if words.contains(&word) || (goes_on && denied[at]) {
                        return true;
                    }
                    if self.goes_on.contains(&word) {
                        goes_on = true;
                    } else if !through.contains(&word) {
                        return false;
                    }
                }
                false
            })
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::document::{Place, Problems};
    use crate::domain::matching::{Language, Matcher, PhraseRole, PhraseSource, Urgency};
    use crate::domain::topics::TopicId;

    const LANGUAGE: &str = r#"
[[negation.denial]]
words = ["no", "didnt"]
through = ["my"]

[context]
trouble = ["sore tailbone"]
"#;

    fn answers(text: &str) -> bool {
        let problems = Problems::default();
        let language = Language::read("_language.toml", LANGUAGE, &problems).unwrap();
        let place = Place { file: "test.toml".to_owned(), line: None };
        let source = |text: &str, role| PhraseSource {
            topic: TopicId::parse("test").unwrap(),
            role,
            text: text.to_owned(),
            place: place.clone(),
        };
        let phrases = [
            source("put my back out", PhraseRole::Phrase),
            source("back out", PhraseRole::Phrase),
            source("^ back seized", PhraseRole::Phrase),
            source("fever", PhraseRole::Sign(Urgency::Today)),
        ];
        let matcher = Matcher::compile(&language, &phrases, &problems);
        assert!(problems.into_sorted().is_empty());
        matcher.find(text).is_some()
    }

    #[test]
    fn what_is_denied_is_denied_with_all_its_parts() {
        assert!(answers("put my back out"));
        assert!(!answers("I didn't put my back out"));
    }

    #[test]
    fn a_denial_ends_with_its_sentence() {
        assert!(answers("doctor or no? back seized"));
    }

    #[test]
    fn back_trouble_in_any_words_lets_a_sign_through() {
        assert!(answers("sore tailbone and a fever"));
        assert!(!answers("only a fever"));
    }
}
