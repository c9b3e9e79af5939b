//! Hearing messages: the quality that is promised, and the page on phrases.

use std::collections::BTreeSet;
use std::fs;

use lumbar::domain::document::Problems;
use lumbar::domain::matching::evaluation::{Evaluation, read_lines, score};
use lumbar::domain::matching::network::Network;
use lumbar::domain::matching::{Cause, Limits, Matcher, PhraseRole, PhraseSource, Urgency};

use crate::matching_data::{assert_each, assert_urgency, english, phrase, repository, shared, topic, with};

/// What a set's figures must not be worse than, in per cent.
struct Floor {
    set: &'static str,
    /// Any topic, the labelled topic, urgent: at least.
    least: [f64; 3],
    /// False replies, false alarms: at the most.
    most: [f64; 2],
}

const HELD_OUT: [Floor; 13] = [
    Floor { set: "blind-a4", least: [93.4, 83.6, 96.0], most: [1.3, 6.6] },
    Floor { set: "blind-b4", least: [95.5, 76.6, 96.0], most: [0.0, 6.7] },
    Floor { set: "held-out-c2", least: [95.8, 93.5, 98.8], most: [0.0, 0.6] },
    Floor { set: "held-out-d2", least: [95.5, 87.5, 96.2], most: [1.9, 3.6] },
    Floor { set: "held-out-e1", least: [96.0, 92.6, 98.7], most: [0.6, 0.7] },
    Floor { set: "held-out-f1", least: [95.4, 92.7, 94.0], most: [0.0, 1.9] },
    Floor { set: "held-out-g1", least: [90.0, 81.6, 98.7], most: [1.0, 0.0] },
    Floor { set: "held-out-h1", least: [95.3, 89.2, 100.0], most: [0.0, 0.8] },
    Floor { set: "held-out-i1", least: [98.5, 92.1, 100.0], most: [0.0, 0.8] },
    Floor { set: "held-out-j1", least: [98.6, 93.3, 100.0], most: [8.1, 3.4] },
    Floor { set: "held-out-k1", least: [98.1, 95.6, 99.0], most: [0.9, 1.3] },
    Floor { set: "held-out-l1", least: [95.9, 92.7, 96.8], most: [1.4, 1.0] },
    Floor { set: "held-out-mild", least: [100.0, 80.0, 94.1], most: [10.8, 20.0] },
];

fn evaluate(file: &str) -> Evaluation {
    evaluate_with(&english().matcher, file)
}

/// English as a language that has no network.
fn phrases_alone() -> Matcher {
    let data = english();
    Matcher::compile(&data.language, &data.phrases, None, &Problems::default())
}

fn evaluate_with(matcher: &Matcher, file: &str) -> Evaluation {
    let problems = Problems::default();
    let text = fs::read_to_string(repository().join("tests/data").join(file)).unwrap();
    let lines = read_lines(file, &text, &problems);
    assert_eq!(problems.into_sorted(), []);
    score(&lines, matcher)
}

#[test]
fn the_language_file_and_all_phrases_are_sound() {
    assert_eq!(english().problems, []);
}

#[test]
fn topics_that_are_only_asked_for_by_command_have_no_phrases() {
    let phrases = english().phrases;
    for id in ["first-walk", "sleep", "work-and-lifting", "scan", "leg-pain"] {
        assert!(phrases.iter().all(|phrase| phrase.topic != topic(id)), "{id}");
    }
}

#[test]
fn the_labelled_messages_are_answered_as_well_as_promised() {
    let found = evaluate("dev.tsv");
    assert!(found.recall.per_cent() >= 97.0, "{found}");
    assert!(found.with_topic.per_cent() >= 92.0, "{found}");
    assert!(found.urgent.per_cent() >= 98.0, "{found}");
    assert!(found.false_replies.per_cent() <= 0.5, "{found}");
}

#[test]
fn phrases_and_clues_keep_the_promise_where_there_is_no_network() {
    let matcher = phrases_alone();
    for set in ["dev", "invented", "blind-a1", "blind-a2", "blind-a3", "blind-b1", "blind-b2", "blind-b3"] {
        let found = evaluate_with(&matcher, &format!("{set}.tsv"));
        assert!(found.recall.per_cent() >= 95.0, "{set}\n{found}");
        assert!(found.urgent.per_cent() >= 97.0, "{set}\n{found}");
        assert!(found.false_replies.per_cent() <= 0.5, "{set}\n{found}");
    }
}

/// No phrase was mended by these and the network did not learn from them; but from which share on an answer is urgent was chosen
/// with their sums in view. (tests/data/README.md)
#[test]
fn messages_that_nothing_was_learnt_from_are_answered_no_worse_than_measured() {
    for Floor { set, least, most } in HELD_OUT {
        let found = evaluate(&format!("{set}.tsv"));
        let right = [found.recall, found.with_topic, found.urgent].map(|share| share.per_cent());
        let wrong = [found.false_replies, found.false_alarms].map(|share| share.per_cent());
        let holds = right.iter().zip(least).all(|(share, least)| *share >= least)
            && wrong.iter().zip(most).all(|(share, most)| *share <= most);
        assert!(holds, "{set}: {right:?} {wrong:?}");
    }
}

#[test]
fn what_only_looks_alike_is_left_alone_and_the_words_that_say_so_are_named() {
    let matcher = english().matcher;
    let text = "low back dresses are out, high necks are in, says my aunt";

    assert_eq!(matcher.find(text), None);

    let told = matcher.explain(text).to_string();
    assert!(told.starts_with("not answered\n  taken together: back trouble "), "{told}");
    assert!(told.contains("most against it: “dresses”"), "{told}");
}

#[test]
fn what_no_phrase_foresaw_is_answered_and_names_the_words_that_told_it() {
    let matcher = english().matcher;
    let text = "bent down to feed the cat and came back up as a right angle. lower back won't open";

    let trigger = matcher.find(text).unwrap();

    assert_eq!((trigger.topic.as_str(), trigger.cause), ("back-went-out", Cause::Together));
    // What is kept or logged of a trigger holds no words of a message.
    assert_eq!(trigger.phrase, "the words taken together");
    assert!(matcher.explain(text).to_string().contains("most for it: “"));
}

#[test]
fn a_phrase_written_since_the_network_was_learnt_leads_by_itself() {
    let mut data = english();
    let text = "the goblins are out";
    data.phrases.push(PhraseSource { topic: topic("back-went-out"), ..phrase(text) });
    let matcher = Matcher::compile(&data.language, &data.phrases, data.network, &Problems::default());
    let found = matcher.find(&format!("oh no, {text} again"));
    assert_eq!(
        found.map(|trigger| (trigger.topic.to_string(), trigger.phrase)),
        Some(("back-went-out".into(), text.into()))
    );
}

#[test]
fn a_new_phrase_for_something_else_than_a_back_is_asked_about_nothing_else_and_is_no_emergency() {
    let mut data = english();
    let texts = ["croissant mode", "dropped the toolbox", "duck walk"];
    data.phrases.extend(texts.map(|text| PhraseSource { topic: topic("snacks"), ..phrase(text) }));
    let matcher = Matcher::compile(&data.language, &data.phrases, data.network, &Problems::default());
    let quiet = ["croissant mode", "croissant mode?", "dropped the toolbox, ow", "duck walk?", "duck walk, help"];
    assert_each(&matcher, &quiet, Some(("snacks", None)));
    let words =
        ["duck walk, my legs are dead", "croissant mode, then i fell off the chair", "croissant mode and my nappy"];
    assert_each(&matcher, &words, Some(("snacks", None)));
    let both = "croissant mode, and my back went out and i cant pee";
    assert_urgency(&matcher, &[both], Some(Urgency::Emergency));
}

#[test]
fn what_only_aches_is_no_emergency() {
    let texts = [
        "my back hurts",
        "my back hurts when it snows",
        "back pain sucks",
        "best chair for back pain?",
        "my back pain is better today",
        "threw my back out, hurts so bad",
        "my back is out and it hurts",
        "my back went out, took 2 ibuprofen",
        // Pain that stops a person from moving is ordinary.
        "my back hurts so much I can't move",
        "my back popped and now I can't move",
        "dad's back is out and he can't walk",
        "I slipped a disc",
    ];
    assert_urgency(&english().matcher, &texts, None);
}

#[test]
fn a_back_that_nobody_names_is_heard_in_how_somebody_stands() {
    let told = [
        "bent down to pick up a sock and now I'm stuck at 90 degrees",
        "can't straighten up since I lifted the pushchair into the boot, walking like an old man",
        "something let go just above my belt and now I'm crooked",
        "my waist is jammed since I picked up the sack of rice",
    ];
    let others = [
        "the oven is stuck at 90 degrees",
        "walking like a penguin on this ice so i don't slip",
        "can't straighten my knee after the hike, it's swollen",
        "the picture hangs crooked since we moved it",
    ];
    assert_each(&english().matcher, &told, Some(("back-went-out", None)));
    assert_each(&english().matcher, &others, None);
}

#[test]
fn of_words_that_mostly_mean_something_else_the_whole_message_decides() {
    let told = [
        "This morning the back locked at number 43, not for the first time",
        "my back went away on me lifting the pram",
    ];
    assert_each(&english().matcher, &told, Some(("back-went-out", None)));
    assert_each(
        &english().matcher,
        &["went out back for a smoke", "number 43 is my back number", "the back massage was nice"],
        None,
    );
}

#[test]
fn words_that_are_only_quoted_are_left_alone() {
    assert_each(&english().matcher, &["\"my back went out\" is such a boomer sentence"], None);
    let told = "as he says, \"oof\": my back went out lifting the crate";
    assert_each(&english().matcher, &[told], Some(("back-went-out", None)));
}

#[test]
fn who_names_legs_without_trouble_has_no_sign() {
    let texts = ["my back went out but no, my legs aren't weak", "back locked up lifting my legs out of bed"];
    assert_urgency(&english().matcher, &texts, None);
}

#[test]
fn blood_in_the_urine_is_for_a_doctor_today() {
    let texts = ["my back hurts and there's blood in my pee", "my back is killing me and I'm peeing blood"];
    assert_urgency(&english().matcher, &texts, Some(Urgency::Today));
}

#[test]
fn who_asks_and_answers_denies() {
    let matcher = english().matcher;
    let denied = ["my back went out. numb? nope. fever? no, nothing", "back went out. legs? fine. bladder? fine."];
    assert_each(&matcher, &denied, Some(("back-went-out", None)));
    assert_each(&matcher, &["my back went out. fever? yes, 39"], Some(("red-flags", Some(Urgency::Today))));
}

#[test]
fn too_many_pills_are_an_emergency_and_two_are_not() {
    let matcher = english().matcher;
    let too_many = [
        "my back went out so i took 20 ibuprofen",
        "i swallowed a bottle of pills because my back wont stop",
        "my back went out, mixed oxy with wine, feel so sleepy",
    ];
    assert_each(&matcher, &too_many, Some(("red-flags", Some(Urgency::Emergency))));
    assert_each(&matcher, &["my back went out and i took one paracetamol"], Some(("back-went-out", None)));
}

#[test]
fn despair_beside_a_back_is_answered_with_whom_to_talk_to() {
    let matcher = english().matcher;
    let despair =
        ["my back went out, i will end my life", "my back hurts and i want to die", "back out again, feeling suicidal"];
    assert_urgency(&matcher, &despair, Some(Urgency::Emergency));
    let none = ["i hurt myself at the gym and my back went out", "my back is killing me, it went out"];
    assert_urgency(&matcher, &none, None);
}

#[test]
fn a_server_s_own_sign_is_urgent_where_the_network_sees_none() {
    let role = PhraseRole::Sign(Urgency::Emergency);
    let sign = PhraseSource { topic: topic("red-flags"), role, ..phrase("glowing toes") };
    let server = english().matcher.with_server_phrases(&[sign], &BTreeSet::new(), &Limits::default()).unwrap();
    let urgency = |text: &str| server.find(text).map(|trigger| trigger.urgency);
    assert_eq!(urgency("my back went out"), Some(None));
    assert_eq!(urgency("my back went out and i have glowing toes"), Some(Some(Urgency::Emergency)));
    assert_eq!(urgency("i have glowing toes"), None);
}

#[test]
fn a_question_of_a_new_topic_is_asked_about_a_back_that_went_out() {
    let mut data = english();
    data.phrases.push(PhraseSource {
        topic: topic("kites"),
        role: PhraseRole::Question,
        ..phrase("fly (kites|a kite)")
    });
    let matcher = Matcher::compile(&data.language, &data.phrases, data.network, &Problems::default());
    let found = |text: &str| matcher.find(text).map(|trigger| trigger.topic.to_string());
    assert_eq!(found("my back went out yesterday, can i fly a kite?").as_deref(), Some("kites"));
    assert_eq!(found("can i fly a kite?"), None);
}

#[test]
fn a_topic_that_a_server_switched_off_is_not_asked_about_but_its_back_is_answered() {
    let off = BTreeSet::from([topic("ice-or-heat"), topic("back-went-out")]);
    let server = english().matcher.with_server_phrases(&[], &off, &Limits::default()).unwrap();
    assert_eq!(server.find("my back went out, ice or heat?"), None);
    let other = server.find("my back went out, ice or heat? and could it be a slipped disc?");
    assert_eq!(other.map(|trigger| trigger.topic), Some(topic("slipped-disc")));
}

#[test]
fn a_file_of_a_network_that_is_wrong_is_refused_with_the_line() {
    let sound = fs::read_to_string(repository().join("responses/en/_network.txt")).unwrap();
    let read = |text: &str| {
        let problems = Problems::default();
        let network = Network::read("n.txt", text, &problems);
        assert!(network.is_none());
        problems.into_sorted()[0].to_string()
    };
    for (from, to, told) in [
        ("dimensions 64", "dimensions many", "`many` is no count"),
        ("dimensions 64", "dimensions 63", "64 numbers, where 63 are needed"),
        ("\nfilters 1", "\ndimensions 96\nfilters 1", "this line says nothing that is known"),
        ("outputs none", "outputs some", "the outputs do not begin with none reply urgent emergency"),
        ("\ndimensions 64", "", "`dimensions` has to come before it"),
        ("\nphrases ", "\n# ", "no line says `phrases`"),
        ("\nspeak ", "\n# ", "no line says `speak`"),
        ("speak 0", "speak -0", "no share above 0, up to 1"),
        ("urgent 0", "urgent 7", "no share above 0, up to 1"),
        ("\nstep 0", "\nstep 99", "no step"),
        ("\nfilters 3", "\nfilters 4", "the filters do not fit their width"),
        ("\nbias ", "\nbias AA", "bias or opinions do not fit the outputs"),
        ("\nsigns ", "\nsins ", "this line says nothing that is known"),
        ("\nspeak 0.6", "\nspeak 0.54", "the file was changed, or a part of it is missing"),
        ("\nplace 0 ", "\nplace 999 ", "the file was changed, or a part of it is missing"),
        ("\nsum ", "\n# ", "the file was changed, or a part of it is missing"),
    ] {
        let wrong = sound.replacen(from, to, 1);
        assert!(wrong != sound, "nothing to change: {from}");
        let problem = read(&wrong);
        assert!(problem.starts_with("n.txt") && problem.contains(told), "{problem}");
    }
    assert!(read("").contains("no line says `look`"));
    assert!(read(&format!("{sound}urgent 0.9\n")).contains("nothing may follow `sum`"));
    let without_filters: Vec<&str> = sound.lines().filter(|line| !line.starts_with("filters ")).collect();
    assert!(read(&without_filters.join("\n")).contains("words or filters are missing"));
    assert!(read(&sound[..sound.rfind("signs ").unwrap()]).contains("signs, where"));
}

#[test]
fn ordinary_conversation_is_left_alone() {
    let Some(path) = shared("messages/chatter.txt") else {
        println!("SKIPPED: chatter.txt is not there; set LUMBAR_SHARED to the folder that holds messages/chatter.txt");
        return;
    };
    let matcher = english().matcher;
    let chatter = fs::read_to_string(path).unwrap();
    let answered: Vec<&str> = chatter.lines().filter(|line| matcher.find(line).is_some()).collect();
    assert_eq!(answered, Vec::<&str>::new());
}

#[test]
fn the_examples_of_each_topic_lead_to_it_and_the_counterexamples_do_not() {
    let data = english();
    for examples in &data.examples {
        for text in &examples.good {
            let found = data.matcher.find(text).map(|trigger| trigger.topic);
            assert_eq!(found.as_ref(), Some(&examples.topic), "{text}\n{}", data.matcher.explain(text));
        }
        for text in &examples.bad {
            let found = data.matcher.find(text).map(|trigger| trigger.topic);
            assert_ne!(found.as_ref(), Some(&examples.topic), "{text}\n{}", data.matcher.explain(text));
        }
    }
}

#[test]
fn every_example_of_the_page_on_phrases_holds() {
    let matcher = english().matcher;
    let page = fs::read_to_string(repository().join("docs/phrases.md")).unwrap();
    let blocks: Vec<&str> = page.split("```phrase\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(blocks.len() > 10);
    for block in blocks {
        let (text, examples) = block.split_once('\n').unwrap();
        let server = with(&matcher, &[text]).unwrap_or_else(|error| panic!("{error}"));
        for example in examples.lines() {
            let (sign, message) = example.split_at(2);
            let fired = server.explain(message).heard.iter().any(|heard| heard.phrase == text && !heard.denied);
            assert_eq!(fired, sign == "+ ", "`{text}` on: {message}\n{}", server.explain(message));
        }
    }
    for block in page.split("```error\n").skip(1) {
        let (text, rest) = block.split_once('\n').unwrap();
        assert_eq!(with(&matcher, &[text]).unwrap_err(), rest.lines().next().unwrap());
    }
}

#[test]
fn signs_have_two_levels_and_need_back_trouble() {
    let matcher = english().matcher;
    let urgency = |text: &str| matcher.find(text).and_then(|trigger| trigger.urgency);
    assert_eq!(urgency("my back went out and now my groin is numb"), Some(Urgency::Emergency));
    assert_eq!(urgency("my back hurts and i have a fever"), Some(Urgency::Today));
    assert_eq!(urgency("back pain, fever, and i wet myself"), Some(Urgency::Emergency));
    for ordinary in
        ["my groin is numb", "i have a fever", "my back went out, no numbness", "my back locked and i can't move"]
    {
        assert_eq!(urgency(ordinary), None, "{ordinary}");
    }
}

#[test]
fn an_emergency_is_urgent_however_the_back_is_named() {
    let matcher = english().matcher;
    let texts = [
        "my sciatica is bad and now i cant pee and im numb between my legs",
        "sciatica, and i cant feel my legs",
        "slipped disc last week, since this morning i keep wetting myself",
        "thought i'd pulled my back but now my privates are numb",
        "gikkuri goshi since monday and now both legs are numb",
    ];
    assert_urgency(&matcher, &texts, Some(Urgency::Emergency));
    assert_eq!(matcher.find("my sciatica is bad"), None);
}

#[test]
fn every_kind_of_emergency_beside_back_trouble_is_told_and_nothing_like_it() {
    let found = evaluate("held-out-alarms.tsv");
    assert!(found.urgent.per_cent() >= 100.0, "{found}");
    assert!(found.false_replies.per_cent() <= 0.0, "{found}");
}

#[test]
fn a_sign_at_the_end_of_a_long_story_is_seen() {
    let story = "and then i sat down and i thought i had better tell you what i did and how i felt. ".repeat(12);
    let text = format!("my back went out. {story} now i cant pee and i am numb between my legs");
    let matcher = english().matcher;
    let urgency = matcher.find(&text).and_then(|trigger| trigger.urgency);
    assert_eq!(urgency, Some(Urgency::Emergency), "{}", matcher.explain(&text));
}

#[test]
fn beside_a_server_s_own_phrase_the_bot_s_own_signs_count() {
    let server = with(&english().matcher, &["spinal goblins"]).unwrap();
    let urgency = |text: &str| server.find(text).map(|trigger| trigger.urgency);
    assert_eq!(urgency("the spinal goblins are here"), Some(None));
    assert_eq!(urgency("the spinal goblins are here and i cant pee"), Some(Some(Urgency::Emergency)));
    assert_eq!(urgency("my back went out, spinal goblins, and i cant pee"), Some(Some(Urgency::Emergency)));
}

#[test]
fn the_span_is_that_of_the_words_in_the_original() {
    let text = "😭 mÿ **bäck** just wënt out!!";
    let trigger = english().matcher.find(text).unwrap();
    assert_eq!(&text[trigger.span], "mÿ **bäck** just wënt out");
}
