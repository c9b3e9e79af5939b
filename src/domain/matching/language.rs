//! What is known about a language, as `responses/<language>/_language.toml` tells it.

use std::sync::Arc;

use crate::domain::document::{Located, Place, Problems, Section, read_document};
use crate::domain::topics::TopicId;

/// One name with what it stands for.
pub(super) type Entry = (Located<String>, Vec<Located<String>>);

/// What is known about a language: word families, spellings, slips, senses, negation, what counts as back trouble.
#[derive(Clone, Debug)]
pub struct Language(Arc<Knowledge>);

/// The sections of the file.
#[derive(Debug, Default)]
pub(super) struct Knowledge {
    /// What people write for something else.
    pub spellings: Vec<(String, Located<String>)>,
    /// Ends of words that people drop letters of, with what they stand for.
    pub endings: Vec<(String, Located<String>)>,
    /// Words that belong together, each family under its name.
    pub families: Vec<Entry>,
    /// Words in which one slip is forgiven.
    pub forgiven: Vec<Located<String>>,
    /// Words that are never taken for a slip, nor taken apart.
    pub real: Vec<Located<String>>,
    /// What a run-together word has to contain to be taken apart.
    pub kernels: Vec<Located<String>>,
    /// Words too frequent to single a phrase out.
    pub common: Vec<Located<String>>,
    /// Words that mean one thing in some surroundings and another in others.
    pub notions: Vec<Notion>,
    /// Figures of speech and other senses, which no phrase may use.
    pub guards: Vec<Located<String>>,
    /// How something is denied.
    pub denials: Vec<Denial>,
    /// What joins a second thing to a denied one.
    pub denial_goes_on: Vec<Located<String>>,
    /// What denies a question before it, as the whole answer.
    pub denying_answers: Vec<Located<String>>,
    /// What counts as back trouble, without which a sign is no emergency sign.
    pub trouble: Vec<Located<String>>,
    /// What makes a message ask something.
    pub asks: Vec<Located<String>>,
    /// Topics whose questions count only where something is asked.
    pub only_when_asked: Vec<Located<String>>,
    /// Topics by how concrete their questions are, the most concrete first.
    pub concrete_first: Vec<Located<String>>,
    /// What, taken together, tells of a back that went out.
    pub clues: ClueKnowledge,
}

/// Kinds of clues and what they have to amount to.
#[derive(Debug, Default)]
pub(super) struct ClueKnowledge {
    /// The points from which on a back went out.
    pub needed: i32,
    /// The points from which on there is back trouble of some kind.
    pub trouble: i32,
    /// The topic that clues lead to, and where that is written.
    pub lead: Option<(TopicId, Place)>,
    /// The kinds.
    pub kinds: Vec<ClueKind>,
}

/// One kind of clue.
#[derive(Debug)]
pub(super) struct ClueKind {
    /// What it is called in an explanation.
    pub name: String,
    /// What it counts; against it, where negative.
    pub points: i32,
    /// Whether other clues count only near it.
    pub core: bool,
    /// What it is found by.
    pub phrases: Vec<Located<String>>,
}

/// A word that is meant in one sense only.
#[derive(Debug)]
pub(super) struct Notion {
    /// Its name in phrases.
    pub name: Located<String>,
    /// The words.
    pub heads: Vec<Located<String>>,
    /// Surroundings in which they are meant so.
    pub is: Vec<Located<String>>,
    /// Surroundings in which they never are, whatever `is` says.
    pub never: Vec<Located<String>>,
    /// Surroundings in which they always are, whatever `never` says.
    pub always: Vec<Located<String>>,
}

/// Words that deny what follows.
#[derive(Debug)]
pub(super) struct Denial {
    /// The words.
    pub words: Vec<Located<String>>,
    /// Words that may stand between.
    pub through: Vec<Located<String>>,
    /// Words among them that deny nothing where one of others stands before them: "so it doesn't".
    pub unless: Option<Unless>,
}

/// Words that deny nothing after others.
#[derive(Debug)]
pub(super) struct Unless {
    /// The words that would deny.
    pub words: Vec<Located<String>>,
    /// What stands before them.
    pub after: Vec<Located<String>>,
}

impl Language {
    /// Reads a language's file; notes what is wrong with it, and answers nothing if it is no TOML.
    pub fn read(file: &str, text: &str, problems: &Problems) -> Option<Self> {
        read_document(file, text, problems, |section| Some(Self(Arc::new(Knowledge::read(section)))))
    }

    /// A language of which nothing is known: phrases are just their words.
    pub fn unknown() -> Self {
        Self(Arc::new(Knowledge::default()))
    }

    pub(super) fn knowledge(&self) -> &Knowledge {
        &self.0
    }
}

impl Knowledge {
    fn read(mut document: Section<'_>) -> Self {
        let mut knowledge = Self {
            spellings: document.section("spellings").map(Section::all_texts).unwrap_or_default(),
            endings: document.section("endings").map(Section::all_texts).unwrap_or_default(),
            families: document.section("families").map(Section::all_lists).unwrap_or_default(),
            ..Self::default()
        };
        knowledge.families.sort_by_key(|(name, _)| name.place.line);
        if let Some(mut typos) = document.section("typos") {
            knowledge.forgiven = typos.texts("forgiven");
            knowledge.real = words(typos.texts("real"));
            knowledge.kernels = typos.texts("run_together");
            knowledge.common = words(typos.texts("common"));
            typos.finish();
        }
        for (name, mut notion) in document.section("notions").map(Section::all_sections).unwrap_or_default() {
            knowledge.notions.push(Notion {
                name,
                heads: notion.texts("heads"),
                is: notion.texts("is"),
                never: notion.texts("never"),
                always: notion.texts("always"),
            });
            notion.finish();
        }
        if let Some(mut guards) = document.section("guards") {
            knowledge.guards = guards.texts("other_senses");
            guards.finish();
        }
        knowledge.read_denials(&mut document);
        if let Some(mut context) = document.section("context") {
            knowledge.trouble = context.texts("trouble");
            knowledge.asks = context.texts("asks");
            knowledge.only_when_asked = context.texts("only_when_asked");
            knowledge.concrete_first = context.texts("concrete_first");
            context.finish();
        }
        if let Some(clues) = document.section("clues") {
            knowledge.clues = ClueKnowledge::read(clues);
        }
        document.finish();
        knowledge
    }

    fn read_denials(&mut self, document: &mut Section<'_>) {
        let Some(mut negation) = document.section("negation") else { return };
        self.denial_goes_on = negation.texts("goes_on");
        self.denying_answers = negation.texts("answers");
        for mut denial in negation.sections("denial") {
            let unless = denial.section("unless").map(|mut unless| {
                let read = Unless { words: unless.texts("words"), after: unless.texts("after") };
                unless.finish();
                read
            });
            self.denials.push(Denial { words: denial.texts("words"), through: denial.texts("through"), unless });
            denial.finish();
        }
        negation.finish();
    }
}

impl ClueKnowledge {
    fn read(mut clues: Section<'_>) -> Self {
        let mut knowledge = Self {
            needed: points(&mut clues, "needed"),
            trouble: points(&mut clues, "trouble"),
            lead: clues.text("topic").and_then(|topic| Some((TopicId::parse(&topic.value)?, topic.place))),
            kinds: Vec::new(),
        };
        for mut kind in clues.sections("kind") {
            let name = kind.required_text("name").map(|name| name.value).unwrap_or_default();
            let core = kind.boolean("core").is_some_and(|core| core.value);
            let (points, phrases) = (points(&mut kind, "points"), kind.texts("phrases"));
            knowledge.kinds.push(ClueKind { name, points, core, phrases });
            kind.finish();
        }
        clues.finish();
        knowledge
    }
}

fn points(section: &mut Section<'_>, key: &'static str) -> i32 {
    section.integer(key).map_or(0, |points| i32::try_from(points.value).unwrap_or(0))
}

/// Long lists of words may be written several to a text.
fn words(texts: Vec<Located<String>>) -> Vec<Located<String>> {
    let split = |text: Located<String>| {
        let words: Vec<String> = text.value.split_whitespace().map(str::to_owned).collect();
        words.into_iter().map(move |value| Located { value, place: text.place.clone() })
    };
    texts.into_iter().flat_map(split).collect()
}
