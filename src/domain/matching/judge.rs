//! Judging a message: which phrases fire, which are denied, and what it amounts to; what follows from it is the verdict's.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::domain::matching::clues::{Clue, Weighed};
use crate::domain::matching::compile::{Duty, Rule, Rules, Senses, VERDICTS};
use crate::domain::matching::denial::Denials;
use crate::domain::matching::engine::Hit;
use crate::domain::matching::network::{self, Look, Network, Scores, input};
use crate::domain::matching::reading::{Token, read};
use crate::domain::matching::server::Own;
use crate::domain::matching::vocabulary::{BLANK, FIRST_NOTION, UNKNOWN, Vocabulary};
use crate::domain::matching::{Matcher, PhraseRole, PhraseSource, Urgency};

/// How often a part of a phrase counts in one sentence.
const MOST_HITS: u8 = 8;

/// A phrase all of whose parts were found.
#[derive(Clone, Debug)]
pub(super) struct Fired<'m> {
    /// The phrase.
    pub rule: &'m Rule,
    /// How specific it is.
    pub weight: u32,
    /// The first and the last token.
    pub tokens: (usize, usize),
    /// Whether it is one of the server's own.
    pub own: bool,
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
    /// Those among them that might have named a back.
    pub guarded_backs: Vec<usize>,
    /// The clues found, in the order in which they end.
    pub clues: Vec<(&'m Rule, Clue)>,
    /// The clues that decide.
    pub weighed: Weighed,
    /// What the network makes of it, if the language has one.
    pub scores: Option<Scores>,
    /// The tokens that end sentences.
    stops: Vec<usize>,
}

/// How much is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// What is needed to answer.
    Answer,
    /// Also what has no effect, to tell why.
    Explain,
}

/// Judges a message.
pub(super) fn judge<'m>(matcher: &'m Matcher, text: &str, depth: Depth) -> Judgement<'m> {
    let shared = &*matcher.shared;
    let own = matcher.own.as_deref();
    let mut vocabularies: Vec<&Vocabulary> = vec![&shared.vocabulary];
    vocabularies.extend(own.map(|own| &own.vocabulary));
    let mut tokens = read(text, &vocabularies);
    decide_senses(&shared.senses, &mut tokens);
    let mut judgement = Judgement::of(tokens);
    let own_rules = own.map(|own| &own.rules);
    if judgement.holds_anchor(&shared.rules) || own_rules.is_some_and(|rules| judgement.holds_anchor(rules)) {
        let backs: Vec<usize> =
            (0..judgement.tokens.len()).filter(|at| matcher.is_back(&judgement.tokens[*at])).collect();
        judgement.guarded = blank_guarded(&shared.senses, &mut judgement.tokens);
        judgement.guarded_backs = backs.into_iter().filter(|at| judgement.guarded.contains(at)).collect();
        judgement.look_for(&shared.rules, &shared.denials, false);
        if let Some(rules) = own_rules {
            judgement.look_for(rules, &shared.denials, true);
        }
    }
    if let Some(own) = own.filter(|own| !own.expressions.is_empty()) {
        judgement.look_for_expressions(own, text);
    }
    judgement.weigh(matcher);
    // Of a message without words for it the network knows nothing: there phrases decide.
    let network = shared.network.as_ref().filter(|_| network::is_of_use(matcher, &judgement));
    let mut given = network.and_then(|network| Some((network, input(matcher, &judgement)?)));
    let mut look = given.as_ref().map(|(network, input)| network.look(input));
    let may_speak = look.as_ref().is_some_and(Look::may_speak);
    if depth == Depth::Explain || may_speak || judgement.has_trouble(matcher) || judgement.has_episode(matcher) {
        judgement.look_for(&shared.following, &shared.denials, false);
        given = network.and_then(|network| Some((network, input(matcher, &judgement)?)));
        look = given.as_ref().map(|(network, input)| network.look(input));
    }
    judgement.scores = given.zip(look).map(|((network, input), look)| network.scores_after(look, &input));
    judgement
}

/// Marks the words that are meant as a notion.
fn decide_senses(senses: &Senses, tokens: &mut [Token]) {
    let ambiguous = |token: &Token| senses.ambiguous.contains(&token.word);
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
    senses.automaton.run(tokens, |ending| {
        let hit = ending.hit();
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
    senses.guards.run(tokens, |ending| {
        let hit = ending.hit();
        covered[hit.first..=hit.last].fill(true);
    });
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
    fn of(tokens: Vec<Token>) -> Self {
        let stops = (0..tokens.len()).filter(|at| tokens[*at].is_stop()).collect();
        Self {
            tokens,
            stops,
            fired: Vec::new(),
            denied: Vec::new(),
            guarded: Vec::new(),
            guarded_backs: Vec::new(),
            clues: Vec::new(),
            weighed: Weighed::default(),
            scores: None,
        }
    }

    fn holds_anchor(&self, rules: &Rules) -> bool {
        let is_anchor = |word: u32| rules.anchors.contains(&word);
        self.tokens.iter().any(|token| is_anchor(token.word) || (token.also != UNKNOWN && is_anchor(token.also)))
    }

    /// What the phrases' parts are found in; each so often in a sentence at the most, since a person says nothing that
    /// often, and still at the end of a long message.
    fn hits(&self, rules: &Rules) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut found: FxHashMap<u32, (usize, u8)> = FxHashMap::default();
        let mut sentence = 0;
        rules.automaton.run(&self.tokens, |ending| {
            while self.stops.get(sentence).is_some_and(|stop| *stop < ending.last()) {
                sentence += 1;
            }
            let (last, count) = found.entry(ending.goal()).or_default();
            *count = if *last == sentence { count.saturating_add(1) } else { 1 };
            *last = sentence;
            if *count <= MOST_HITS {
                hits.push(ending.hit());
            }
        });
        hits
    }

    fn look_for(&mut self, rules: &'m Rules, denials: &Denials, own: bool) {
        let hits = self.hits(rules);
        if hits.is_empty() {
            return;
        }
        let mut best: FxHashMap<u32, Hit> = FxHashMap::default();
        let mut near: Vec<Hit> = Vec::new();
        let mut denied_at = vec![false; self.tokens.len()];
        let (denied, mut hits): (Vec<Hit>, Vec<Hit>) = hits.into_iter().partition(|hit| {
            let denied = denials.deny(&self.tokens, hit, &denied_at);
            if denied {
                denied_at[hit.first..=hit.last].fill(true);
            }
            denied
        });
        // What is denied is denied with all its parts: "didn't put my back out" holds no "my back out".
        let reach = denied_reach(&denied, self.tokens.len());
        hits.retain(|hit| reach[hit.first].is_none_or(|reach| reach < hit.last));
        for hit in hits {
            let rule = &rules.phrases[rules.owners[hit.goal as usize] as usize];
            if let Duty::Clue(kind) = rule.duty {
                self.clues.push((rule, Clue { kind, first: hit.first, last: hit.last }));
                continue;
            }
            if rule.near {
                near.push(hit);
            }
            let known = best.entry(hit.goal).or_insert(hit);
            if hit.weight > known.weight {
                *known = hit;
            }
        }
        self.denied.extend(denied.iter().map(|hit| (&rules.phrases[rules.owners[hit.goal as usize] as usize], *hit)));
        let found: BTreeSet<u32> = best.keys().map(|goal| rules.owners[*goal as usize]).collect();
        let complete = found.iter().filter_map(|rule| complete(&rules.phrases[*rule as usize], &best, own));
        let fired: Vec<Fired<'m>> = complete.filter_map(|fired| self.within_sentence(fired, &near)).collect();
        self.fired.extend(fired);
    }

    /// A phrase whose parts have to stand in one sentence, with the tokens of the first sentence that holds them all.
    fn within_sentence(&self, fired: Fired<'m>, hits: &[Hit]) -> Option<Fired<'m>> {
        if !fired.rule.near {
            return Some(fired);
        }
        let goals = fired.rule.first_goal..fired.rule.first_goal + fired.rule.parts;
        let mut sentences: BTreeMap<usize, BTreeMap<u32, &Hit>> = BTreeMap::new();
        for hit in hits.iter().filter(|hit| goals.contains(&hit.goal)) {
            let sentence = self.stops.partition_point(|stop| *stop <= hit.first);
            sentences.entry(sentence).or_default().entry(hit.goal).or_insert(hit);
        }
        let found = sentences.into_values().find(|found| found.len() == fired.rule.parts as usize)?;
        let first = found.values().map(|hit| hit.first).min()?;
        let last = found.values().map(|hit| hit.last).max()?;
        Some(Fired { tokens: (first, last), ..fired })
    }

    fn look_for_expressions(&mut self, own: &'m Own, text: &str) {
        for (rule, range) in own.expressions.found_in(text, &self.tokens) {
            let tokens = self.tokens_in(&range);
            self.fired.push(Fired { rule, weight: 1, tokens, own: true });
        }
    }

    /// The first and the last token in a part of the text.
    fn tokens_in(&self, range: &Range<usize>) -> (usize, usize) {
        let first = self.tokens.partition_point(|token| token.end as usize <= range.start);
        let last = self.tokens.partition_point(|token| (token.start as usize) < range.end).saturating_sub(1);
        (first.min(last), last)
    }

    fn weigh(&mut self, matcher: &Matcher) {
        let phrases = self.fired.iter().filter(|fired| fired.role() == Some(PhraseRole::Phrase));
        let clues: Vec<Clue> = self.clues.iter().map(|(_, clue)| *clue).collect();
        self.weighed = matcher.shared.clues.weigh(&clues, phrases.map(|fired| fired.tokens.1));
    }
}

/// For each token, where the furthest denied hit ends that begins there or before.
fn denied_reach(denied: &[Hit], tokens: usize) -> Vec<Option<usize>> {
    let mut reach: Vec<Option<usize>> = vec![None; tokens];
    for hit in denied {
        reach[hit.first] = reach[hit.first].max(Some(hit.last));
    }
    let mut furthest = None;
    for here in &mut reach {
        furthest = furthest.max(*here);
        *here = furthest;
    }
    reach
}

/// The phrase as fired, if all its parts were found.
fn complete<'m>(rule: &'m Rule, best: &FxHashMap<u32, Hit>, own: bool) -> Option<Fired<'m>> {
    let first = best.get(&rule.first_goal)?;
    let parts = rule.first_goal..rule.first_goal + rule.parts;
    let weight = parts.map(|part| best.get(&part).map(|hit| hit.weight)).sum::<Option<u32>>()?;
    Some(Fired { rule, weight, tokens: (first.first, first.last), own })
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

    /// The phrase with its topic, if it is a question.
    pub fn question(&self) -> Option<&'m PhraseSource> {
        self.source().filter(|source| source.role == PhraseRole::Question)
    }

    /// Whether it counts by itself: it is the server's, or the network knows nothing of it, since it was written later or leads to
    /// a topic that is none of the network's.
    pub fn is_free(&self, matcher: &Matcher) -> bool {
        let network = matcher.shared.network.as_ref();
        let is_known = |network: &Network| self.source().is_none_or(|source| network.knows(source));
        self.own || network.is_some_and(|network| !is_known(network))
    }

    /// Whether it is a phrase that leads to a topic, and that the network knows, if there is one.
    pub fn leads_by_network(&self, matcher: &Matcher) -> bool {
        self.role() == Some(PhraseRole::Phrase) && !self.is_free(matcher)
    }

    /// How soon help is needed.
    pub fn urgency(&self) -> Option<Urgency> {
        self.role().and_then(PhraseRole::urgency)
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

[clues]
needed = 5
trouble = 5
topic = "test"

[[clues.kind]]
name = "a tail"
points = 3
core = true
phrases = ["my tail"]

[[clues.kind]]
name = "stuck"
points = 2
phrases = ["stuck"]

[[clues.kind]]
name = "well"
points = -4
phrases = ["feeling great"]
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
        let matcher = Matcher::compile(&language, &phrases, None, &problems);
        assert!(problems.into_sorted().is_empty());
        matcher.find(text).is_some()
    }

    #[test]
    fn what_is_denied_is_denied_with_all_its_parts() {
        assert!(answers("put my back out"));
        assert!(!answers("I didn't put my back out"));
    }

    #[test]
    fn clues_lead_where_no_phrase_does_but_only_near_each_other() {
        assert!(answers("stuck here with my tail"));
        assert!(!answers("my tail"));
        assert!(!answers("stuck here"));
        assert!(!answers(&format!("my tail {} stuck", "and on ".repeat(40))));
    }

    #[test]
    fn what_speaks_against_it_silences_phrases_too() {
        assert!(answers("put my back out"));
        assert!(!answers("put my back out once, feeling great"));
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
