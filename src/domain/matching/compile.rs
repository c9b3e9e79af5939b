//! Building a matcher from a language and the phrases of all topics.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::domain::document::{Located, Place, Problems};
use crate::domain::matching::clues::Clues;
use crate::domain::matching::denial::{Denial, Denials};
use crate::domain::matching::drafts::{Drafts, Room};
use crate::domain::matching::engine::{Automaton, Builder, Gate, GateBuilder};
use crate::domain::matching::language::{Knowledge, Language, Notion};
use crate::domain::matching::lexicon::{Families, Words, family_keys};
use crate::domain::matching::network::{Network, RuleSigns};
use crate::domain::matching::phrase::{Element, Expander, PhraseError, Sequence, What, merged, parse};
use crate::domain::matching::vocabulary::{FIRST_NOTION, FIRST_WORD, MOST_NOTIONS, Vocabulary};
use crate::domain::matching::{PhraseRole, PhraseSource};
use crate::domain::topics::TopicId;

/// Goals of a notion: where it is meant, where it never is, where it always is.
pub(super) const VERDICTS: u32 = 3;

/// Sequences that one of the bot's own phrases may stand for.
const MOST_SEQUENCES: usize = 1_024;

/// Frequent words by their rank, the most frequent first.
pub(super) type Common = FxHashMap<u32, usize>;

/// What all servers share: the language and the phrases that come with the bot.
#[derive(Debug)]
pub(super) struct Shared {
    /// The words of the language and of the phrases.
    pub vocabulary: Vocabulary,
    /// The families, for phrases that servers add.
    pub families: Families,
    /// Words too frequent to single a phrase out, and their rank.
    pub common: Common,
    /// Decides what an ambiguous word means.
    pub senses: Senses,
    /// How something is denied.
    pub denials: Denials,
    /// What every message that passes the gate is searched for: phrases, signs of trouble, clues.
    pub rules: Rules,
    /// What only a message about back trouble is searched for: questions and signs of an emergency.
    pub following: Rules,
    /// What the clues amount to.
    pub clues: Clues,
    /// The topics that phrases lead to.
    pub topics: BTreeSet<TopicId>,
    /// For each word, the key of the family that says most about it; 0 if it has none.
    pub family_keys: Vec<u32>,
    /// What the words of a message amount to, if that was learnt for the language.
    pub network: Option<Network>,
    /// Topics by how concrete their questions are, the most concrete first.
    pub concrete: Vec<TopicId>,
    /// Topics whose questions count only where something is asked.
    pub only_when_asked: Vec<TopicId>,
    /// Whether there were more phrases than can be held.
    pub is_cut_short: bool,
}

/// The surroundings that decide a word's meaning.
#[derive(Debug, Default)]
pub(super) struct Senses {
    /// Finds them. Each notion has three goals in a row: where it is meant, where it never is, where it always is.
    pub automaton: Automaton,
    /// Finds what no phrase may use.
    pub guards: Automaton,
    /// The words of each notion.
    pub heads: Vec<FxHashSet<u32>>,
    /// The words of all of them.
    pub ambiguous: FxHashSet<u32>,
    /// The name of each notion.
    pub names: Vec<String>,
}

/// Phrases, and how to find them.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// Finds their parts.
    pub automaton: Automaton,
    /// The phrases.
    pub phrases: Vec<Rule>,
    /// Which phrase each goal belongs to.
    pub owners: Vec<u32>,
    /// The words and notions of which every message that one of them fires on holds one.
    pub anchors: FxHashSet<u32>,
    /// Lets through what may hold an anchor.
    pub gate: Gate,
}

/// A phrase and its goals.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// What it does.
    pub duty: Duty,
    /// As it was written.
    pub text: Arc<str>,
    /// Where it was written.
    pub place: Place,
    /// Its first goal.
    pub first_goal: u32,
    /// How many parts it has, each a goal.
    pub parts: u32,
    /// Whether its parts have to stand in one sentence.
    pub near: bool,
    /// What it says to the network where it is found.
    pub signs: RuleSigns,
}

/// A phrase with everything spelt out that it stands for.
pub(super) struct Spelt {
    /// The sequences of each part.
    pub parts: Vec<Vec<Sequence>>,
    /// Whether the parts have to stand in one sentence.
    pub near: bool,
}

impl Rule {
    /// The phrase with its topic, unless it only tells of trouble.
    pub fn source(&self) -> Option<&PhraseSource> {
        match &self.duty {
            Duty::Lead(source) => Some(source),
            Duty::Trouble | Duty::Ask | Duty::Clue(_) => None,
        }
    }
}

/// What a phrase does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Duty {
    /// Leads to a topic.
    Lead(PhraseSource),
    /// Tells of back trouble.
    Trouble,
    /// Makes the message ask something.
    Ask,
    /// Is a clue of the kind with this number.
    Clue(usize),
}

impl Shared {
    /// Compiles everything; what is wrong is noted and left out.
    pub fn compile(
        language: &Language,
        phrases: &[PhraseSource],
        network: Option<Network>,
        problems: &Problems,
    ) -> Self {
        let knowledge = language.knowledge();
        let (own, families) = words_of(knowledge, problems);
        let mut compiler = Compiler { words: Words { shared: None, own, families: &families }, problems };
        let senses = compiler.senses(knowledge);
        let denials = compiler.denials(knowledge);
        let common: Vec<u32> = knowledge.common.iter().flat_map(|word| compiler.plain(word)).collect();
        // Of a word that is there twice the first place counts, which is written last.
        let common = common.into_iter().enumerate().rev().map(|(rank, word)| (word, rank)).collect();
        let trouble = knowledge.trouble.iter().map(|text| (Duty::Trouble, text.value.as_str(), &text.place));
        let leads = phrases.iter().map(|source| (Duty::Lead(source.clone()), source.text.as_str(), &source.place));
        let asks = knowledge.asks.iter().map(|text| (Duty::Ask, text.value.as_str(), &text.place));
        let kinds = knowledge.clues.kinds.iter().enumerate();
        let clues = kinds.flat_map(|(number, kind)| {
            kind.phrases.iter().map(move |text| (Duty::Clue(number), text.value.as_str(), &text.place))
        });
        let (mut drafts, mut following, mut room) = (Drafts::default(), Drafts::default(), Room::default());
        for (duty, text, place) in trouble.chain(leads).chain(asks).chain(clues) {
            let drafts = if duty.follows() { &mut following } else { &mut drafts };
            match compiler.sequences(text, MOST_SEQUENCES) {
                _ if !room.takes(&compiler.words.own, place, problems) => break,
                Ok(spelt) => drafts.add(duty, text, place, spelt),
                Err(error) => problems.add(place, error.pointed(), error.instead),
            }
        }
        let Compiler { words, .. } = compiler;
        let mut vocabulary = words.own;
        forgive(&mut vocabulary, knowledge, &families);
        let clues = Clues::new(&knowledge.clues);
        let anchors = drafts.anchors(&common, &clues, &senses.heads.iter().flatten().copied().collect());
        let gate = gate(&anchors, &[&vocabulary], &senses);
        let end = vocabulary.end();
        let (concrete, only_when_asked) = (topics(&knowledge.concrete_first), topics(&knowledge.only_when_asked));
        let barriers = denials.words();
        let rules = drafts.finish(anchors, gate, Some(end), &barriers);
        let following = following.finish(BTreeSet::new(), Gate::default(), Some(end), &barriers);
        Self {
            senses: senses.finish(end),
            vocabulary,
            common,
            denials,
            rules,
            following,
            clues,
            concrete,
            only_when_asked,
            is_cut_short: room.is_exceeded(),
            topics: phrases.iter().map(|source| source.topic.clone()).collect(),
            family_keys: family_keys(&families, end),
            network,
            families,
        }
    }
}

impl Shared {
    /// How concrete the questions of a topic are: the larger, the more concrete.
    pub fn concreteness(&self, topic: &TopicId) -> usize {
        self.concrete.iter().rev().position(|known| known == topic).map_or(0, |place| place + 1)
    }
}

impl Duty {
    /// Whether it matters only where there is back trouble.
    fn follows(&self) -> bool {
        match self {
            Self::Lead(source) => source.role != PhraseRole::Phrase,
            Self::Ask => true,
            Self::Trouble | Self::Clue(_) => false,
        }
    }
}

impl Shared {
    /// The bytes that this takes, roughly.
    pub fn bytes(&self) -> usize {
        self.vocabulary.bytes()
            + [&self.senses.automaton, &self.senses.guards, &self.rules.automaton, &self.following.automaton]
                .map(Automaton::bytes)
                .iter()
                .sum::<usize>()
            + self.rules.gate.bytes()
            + size_of_val(self.family_keys.as_slice())
            + self.network.as_ref().map_or(0, Network::bytes)
    }

    /// The key of the family that says most about a word.
    pub fn family_key(&self, word: u32) -> Option<u32> {
        self.family_keys.get(word as usize).copied().filter(|key| *key != 0)
    }
}

fn topics(names: &[Located<String>]) -> Vec<TopicId> {
    names.iter().filter_map(|name| TopicId::parse(&name.value)).collect()
}

/// The vocabulary with spellings, and the families, whose entries may name the families before them.
fn words_of(knowledge: &Knowledge, problems: &Problems) -> (Vocabulary, Families) {
    let mut families = Families::default();
    let none = Families::default();
    let mut words = Words { shared: None, own: Vocabulary::starting_at(FIRST_WORD), families: &none };
    for (written, meant) in &knowledge.spellings {
        let meant: Vec<u32> = meant.value.split_whitespace().map(|word| words.own.add(word)).collect();
        words.own.add_spelling(written, meant);
    }
    let mut vocabulary = words.own;
    for (written, meant) in &knowledge.endings {
        vocabulary.add_ending(written, &meant.value);
    }
    for (number, notion) in (0..MOST_NOTIONS).zip(&knowledge.notions) {
        families.insert(notion.name.value.clone(), Arc::from(vec![vec![one(FIRST_NOTION + number)]]));
    }
    for (name, entries) in &knowledge.families {
        let mut words = Words { shared: None, own: vocabulary, families: &families };
        let mut sequences = Vec::new();
        for entry in entries {
            let parsed = parse(&entry.value).and_then(|phrase| {
                let mut expander = Expander::new(&mut words, &entry.value, MOST_SEQUENCES);
                phrase.parts.iter().map(|part| expander.expand(part)).collect::<Result<Vec<_>, _>>()
            });
            match parsed {
                Ok(parts) => sequences.extend(parts.into_iter().flatten()),
                Err(error) => problems.add(&entry.place, error.pointed(), error.instead),
            }
        }
        vocabulary = words.own;
        families.insert(name.value.clone(), Arc::from(merged(sequences)));
    }
    (vocabulary, families)
}

fn one(word: u32) -> Element {
    Element { what: What::Words(Arc::new(BTreeSet::from([word]))), optional: false, repeat: false }
}

/// Notes which words forgive a slip, which are real, and which may hide in a run-together word.
fn forgive(vocabulary: &mut Vocabulary, knowledge: &Knowledge, families: &Families) {
    for text in &knowledge.forgiven {
        match text.value.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => {
                let numbers: Vec<u32> = families.get(name).iter().flat_map(|known| words_in(known)).collect();
                let spelt: FxHashMap<u32, String> =
                    vocabulary.words().map(|(word, number)| (number, word.to_owned())).collect();
                numbers.iter().filter_map(|number| spelt.get(number)).for_each(|word| vocabulary.forgive(word));
            }
            None => vocabulary.forgive(&text.value),
        }
    }
    for word in &knowledge.real {
        vocabulary.add_real(&word.value);
    }
    for word in &knowledge.kernels {
        vocabulary.add_kernel(&word.value);
    }
}

fn words_in(sequences: &[Sequence]) -> Vec<u32> {
    let sets = sequences.iter().flatten().filter_map(|element| match &element.what {
        What::Words(words) => Some(words.iter().copied()),
        What::Any => None,
    });
    sets.flatten().collect()
}

/// Senses whose automaton is not built yet.
struct SenseDraft {
    builder: Builder,
    guards: Builder,
    heads: Vec<FxHashSet<u32>>,
    names: Vec<String>,
}

impl SenseDraft {
    fn finish(self, words: u32) -> Senses {
        let none = FxHashSet::default();
        let (automaton, guards) = (self.builder.build(Some(words), &none), self.guards.build(Some(words), &none));
        let ambiguous = self.heads.iter().flatten().copied().collect();
        Senses { automaton, guards, ambiguous, heads: self.heads, names: self.names }
    }
}

/// Reads phrases with the words of a language, or of a language and a server.
pub(super) struct Compiler<'w> {
    /// The words.
    pub words: Words<'w>,
    /// Where to note what is wrong.
    pub problems: &'w Problems,
}

impl Compiler<'_> {
    /// The sequences of each part of a phrase.
    pub fn sequences(&mut self, text: &str, most: usize) -> Result<Spelt, PhraseError> {
        let phrase = parse(text)?;
        let mut expander = Expander::new(&mut self.words, text, most);
        let parts = phrase.parts.iter().map(|part| expander.expand(part)).collect::<Result<_, _>>()?;
        Ok(Spelt { parts, near: phrase.near })
    }

    /// The words of an entry that has to be plain words.
    fn plain(&mut self, text: &Located<String>) -> Vec<u32> {
        match self.sequences(&text.value, MOST_SEQUENCES) {
            Ok(spelt) => spelt.parts.iter().flat_map(|sequences| words_in(sequences)).collect(),
            Err(error) => {
                self.problems.add(&text.place, error.pointed(), error.instead);
                Vec::new()
            }
        }
    }

    fn senses(&mut self, knowledge: &Knowledge) -> SenseDraft {
        let mut draft = SenseDraft {
            builder: Builder::default(),
            guards: Builder::default(),
            heads: Vec::new(),
            names: Vec::new(),
        };
        for (number, notion) in (0..MOST_NOTIONS).zip(&knowledge.notions) {
            let Notion { name, heads, is, never, always } = notion;
            draft.heads.push(heads.iter().flat_map(|head| self.plain(head)).collect());
            draft.names.push(name.value.clone());
            for (verdict, texts) in (0..).zip([is, never, always]) {
                self.surroundings(texts, VERDICTS * number + verdict, &mut draft.builder);
            }
        }
        self.surroundings(&knowledge.guards, 0, &mut draft.guards);
        draft
    }

    fn surroundings(&mut self, texts: &[Located<String>], goal: u32, builder: &mut Builder) {
        for text in texts {
            match self.sequences(&text.value, MOST_SEQUENCES) {
                Ok(spelt) => spelt.parts.into_iter().flatten().for_each(|sequence| builder.add(goal, sequence)),
                Err(error) => self.problems.add(&text.place, error.pointed(), error.instead),
            }
        }
    }

    fn denials(&mut self, knowledge: &Knowledge) -> Denials {
        let mut set = |texts: &[Located<String>]| texts.iter().flat_map(|text| self.plain(text)).collect();
        let rules = knowledge.denials.iter().map(|denial| {
            let unless = denial.unless.as_ref();
            Denial {
                words: set(&denial.words),
                through: set(&denial.through),
                unless: unless.map(|unless| set(&unless.words)).unwrap_or_default(),
                unless_after: unless.map(|unless| set(&unless.after)).unwrap_or_default(),
            }
        });
        let rules = rules.collect();
        Denials::new(rules, set(&knowledge.denial_goes_on), set(&knowledge.denying_answers))
    }
}

/// A gate for these anchors: their words, spellings of them, and slips where they are forgiven. Run-together words are
/// looked for by the last of the vocabularies, whose own gate this is.
pub(super) fn gate_for(anchors: &BTreeSet<u32>, vocabularies: &[&Vocabulary], heads: &[FxHashSet<u32>]) -> Gate {
    let mut wanted: FxHashSet<u32> = anchors.iter().copied().collect();
    for (notion, heads) in (FIRST_NOTION..).zip(heads) {
        if anchors.contains(&notion) {
            wanted.extend(heads);
        }
    }
    let mut gate = GateBuilder::default();
    for vocabulary in vocabularies {
        for (word, number) in vocabulary.words().filter(|(_, number)| wanted.contains(number)) {
            if vocabulary.is_forgiven(number) {
                gate.add_with_slips(word, |slip| vocabularies.iter().any(|known| known.is_real(slip)));
            } else {
                gate.add(word);
            }
            vocabularies.iter().flat_map(|known| known.clipped(word)).for_each(|clipped| gate.add(&clipped));
        }
        for written in vocabulary.spellings_of(&wanted) {
            gate.add(written);
        }
    }
    if let Some(own) = vocabularies.last() {
        own.kernels().for_each(|kernel| gate.add_kernel(kernel));
        own.words_of_their_own().for_each(|word| gate.add_whole(word));
    }
    gate.build()
}

fn gate(anchors: &BTreeSet<u32>, vocabularies: &[&Vocabulary], senses: &SenseDraft) -> Gate {
    gate_for(anchors, vocabularies, &senses.heads)
}
