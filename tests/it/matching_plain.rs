//! What most people type: the plainest wordings there are, and the answers that matter most.

use lumbar::domain::matching::Urgency;

use crate::matching_data::{answer, assert_each, assert_urgency, english, with};

/// How many in a hundred of all combinations have to be answered; no person says some of them.
const MOST: usize = 97;

const WHOSE: [&str; 5] = ["my", "his", "my wife's", "moms", "our"];
const BACKS: [&str; 2] = ["back", "lower back"];
const WHAT_IT_DID: [&str; 20] = [
    "went out",
    "gave out",
    "has gone out",
    "is out",
    "just went",
    "keeps going out",
    "locked up",
    "seized up",
    "is locked",
    "has seized",
    "gave way",
    "spasmed",
    "is in spasm",
    "went into spasm",
    "is stuck",
    "froze up",
    "is totally out",
    "is out again",
    "won't straighten",
    "went",
];
const WHO: [(&str, &str); 5] = [("i", "my"), ("he", "his"), ("she", "her"), ("my boss", "his"), ("my mom", "her")];
const WHAT_THEY_DID: [&str; 16] = [
    "threw out",
    "put out",
    "blew out",
    "wrenched",
    "tweaked",
    "pulled",
    "strained",
    "did in",
    "wrecked",
    "hurt",
    "injured",
    "busted",
    "jacked up",
    "messed up",
    "tore up",
    "screwed up",
];
const THEN: [&str; 6] = ["", " today", " lifting a box", " at work and i can't move", ", what do i do", " lol"];

/// Every combination of the above.
fn plain_wordings() -> Vec<String> {
    let backs = WHOSE.iter().flat_map(|whose| BACKS.iter().map(move |back| format!("{whose} {back}")));
    let by_itself = backs.flat_map(|back| WHAT_IT_DID.iter().map(move |did| format!("{back} {did}")));
    let by_somebody = WHO.iter().flat_map(|(who, own)| {
        let done = |did: &&str| BACKS.iter().map(|back| format!("{who} {did} {own} {back}")).collect::<Vec<_>>();
        WHAT_THEY_DID.iter().flat_map(done).collect::<Vec<_>>()
    });
    let told: Vec<String> = by_itself.chain(by_somebody).collect();
    told.iter().flat_map(|told| THEN.iter().map(move |then| format!("{told}{then}"))).collect()
}

#[test]
fn the_plainest_wordings_are_answered_and_are_no_emergency() {
    let matcher = &english().matcher;
    let wordings = plain_wordings();
    let unanswered: Vec<&String> = wordings.iter().filter(|wording| answer(matcher, wording).is_none()).collect();
    let urgent = |wording: &&String| answer(matcher, wording).is_some_and(|(_, urgency)| urgency.is_some());
    let alarms: Vec<&String> = wordings.iter().filter(urgent).collect();

    let least = wordings.len() * MOST / 100;
    assert!(wordings.len() - unanswered.len() >= least, "of {}: {unanswered:#?}", wordings.len());
    assert!(wordings.len() - alarms.len() >= least, "of {}: {alarms:#?}", wordings.len());
}

#[test]
fn what_is_said_most_is_always_answered() {
    let said = [
        "threw out my back",
        "I threw out my back",
        "I threw my back out",
        "I have thrown out my back and I am not happy about it.",
        "threw out my back today",
        "threw out my back at the gym",
        "put out my back",
        "put my back out",
        "he put out his back",
        "my boss threw out his back",
        "blew out my back doing deadlifts",
        "hurt my back lifting a box",
        "pulled my back",
        "did my back in",
        "my back is out",
        "my back went out",
        "back went out again",
        "back's gone",
        "my back is locked",
        "my back gave out",
    ];
    assert_each(&english().matcher, &said, Some(("back-went-out", None)));
}

#[test]
fn who_asks_which_pills_to_take_is_sent_to_a_pharmacist() {
    let asked =
        ["how many tramadol can I take for my back, it locked", "my back went out, can I take ibuprofen with tylenol?"];
    assert_each(&english().matcher, &asked, Some(("medicine", None)));
}

#[test]
fn sliding_down_a_wall_and_training_legs_are_no_signs() {
    let said = [
        "my back seized and i slid down the wall and now i'm sat on the floor and can't stand",
        "back locked up, can I still train legs on friday",
        "my back is messed up, i cant straighten getting out of bed",
        "my back went out, please don't tell me to go to a doctor",
    ];
    assert_urgency(&english().matcher, &said, None);
}

#[test]
fn who_has_to_press_to_pee_has_an_emergency() {
    let told =
        ["my back went out and i can only pee if i press on my belly", "back's gone, I can't pee unless I push hard"];
    assert_urgency(&english().matcher, &told, Some(Urgency::Emergency));
}

#[test]
fn who_despairs_is_answered_in_whatever_words_it_is_told() {
    let told = [
        "cant take this back pain anymore, thinking of ending it",
        "my back locked up, I've got a bottle of pills and I'm done",
        "back's gone, nobody would miss me",
        "I wish I wouldn't wake up tomorrow, this back is never going to end",
        "my back hurts so much I want to die",
        "i just wanted the back pain to stop so i took all of them. the whole box",
        "my back went out. I have taken 31 paracetamol",
        "took 20 cyclobenzaprine for my back",
        "my back locked up and i'm going to hurt myself",
        "took too much tramadol for my back, feel strange",
        "how much tramadol is a lethal dose, my back is done",
    ];
    assert_urgency(&english().matcher, &told, Some(Urgency::Emergency));
}

#[test]
fn what_only_sounds_like_despair_or_an_overdose_is_ordinary() {
    let told = [
        "my back went out, going to take the whole week off",
        "my back locked up, going to take all your advice",
        "I'm done with living room renovations, my back went out",
        "back went out so no point in going on the walk",
        "back's out, can't keep going with this deadlift program",
        "took a whole tylenol, back still out",
        "i had all my painkillers at home when my back went out",
        "my back just locked and i want to die of embarrassment, whole gym saw",
    ];
    assert_urgency(&english().matcher, &told, None);
}

#[test]
fn despair_is_heard_without_a_back_only_where_the_bot_is_asked_to_listen_for_it() {
    let matcher = &english().matcher;
    for despair in ["I want to die", "i took 30 paracetamol", "gonna end it all"] {
        assert_eq!(answer(matcher, despair), None, "{despair}");
        let danger = matcher.find_danger(despair).map(|trigger| trigger.urgency);
        assert_eq!(danger, Some(Some(Urgency::Emergency)), "{despair}");
    }
    for ordinary in ["hello there", "my back went out", "I can't feel my legs", "i don't want to die on this hill"] {
        assert_eq!(matcher.find_danger(ordinary), None, "{ordinary}");
    }
}

#[test]
fn a_server_s_phrase_for_something_else_makes_no_danger_of_a_joke() {
    let server = with(&english().matcher, &["respawn point"]).unwrap();
    let urgency = |text| answer(&server, text).and_then(|(_, urgency)| urgency);
    assert_eq!(urgency("respawn point again. back in lobby, want to kill myself lol"), None);
}
