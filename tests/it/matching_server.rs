//! A server's own phrases beside the bot's.

use std::collections::BTreeSet;

use lumbar::domain::matching::{Limits, Matcher, PhraseSource, Urgency};

use crate::matching_data::{assert_each, assert_urgency, english, phrase, topic, with};

#[test]
fn a_server_adds_phrases_and_switches_topics_off() {
    let matcher = english().matcher;
    let off = BTreeSet::from([topic("ice-or-heat")]);
    let server = matcher.with_server_phrases(&[phrase("ye olde ache")], &off, &Limits::default()).unwrap();
    let found = |matcher: &Matcher, text: &str| matcher.find(text).map(|trigger| trigger.topic.to_string());
    assert_eq!(found(&server, "me got Ye Olde Ache").as_deref(), Some("tavern"));
    assert_eq!(found(&matcher, "me got ye olde ache"), None);
    assert_eq!(found(&matcher, "my back went out, ice or heat?").as_deref(), Some("ice-or-heat"));
    assert_eq!(found(&server, "my back went out, ice or heat?").as_deref(), Some("back-went-out"));
}

#[test]
fn a_server_s_phrases_are_bounded_and_each_bound_is_told() {
    let matcher = english().matcher;
    let wide = format!("({})", ["a b"; 12].join("|"));
    for (text, told) in [
        ("x".repeat(201), "a phrase has at most 200 characters"),
        (format!("{wide} {wide}"), "this stands for more than 64 sequences of words"),
        ("/(a{500}){500}/".to_owned(), "this asks for 250000 characters, 200 is the most; write + or * for a count"),
        ("/a{4000000}{4000000}{4000000}/".to_owned(), "200 is the most"),
        (r"/\w+ \w+/".to_owned(), r"once compiled this takes more than 64 KiB; write [a-z0-9] for \w"),
        ("/a*/".to_owned(), "this matches nothing at all, so every message"),
        ("/(/".to_owned(), "error: unclosed group"),
        ("((((((((deep))))))))".to_owned(), "more than 6 brackets within each other"),
    ] {
        let error = with(&matcher, &[&text]).unwrap_err();
        assert!(error.contains(told), "{error}");
    }
    let many = vec!["word"; 201];
    assert!(with(&matcher, &many).unwrap_err().contains("201 phrases, but 200 is the most"));
    let expressions = vec!["/a+/"; 11];
    assert!(with(&matcher, &expressions).unwrap_err().contains("at most 10 phrases may be regular expressions"));
}

/// Ten of the first took ten seconds of a processor for one message, ten of the second half a second.
#[test]
fn expressions_that_are_followed_at_many_places_at_once_are_refused() {
    let matcher = english().matcher;
    for (pattern, asked) in [("/a[0-8 a`]*(?:[0-8 `]{99}){6}[9xb]|a/", 598), ("/(?:[0-8 ]{99}){8}[9xa]/", 793)] {
        let error = with(&matcher, &[pattern]).unwrap_err();
        assert!(error.contains(&format!("this asks for {asked} characters, 200 is the most")), "{error}");
    }
    let many = vec!["/[ab]{50}x/"; 10];
    let error = with(&matcher, &many).unwrap_err();
    assert!(error.contains("all regular expressions together ask for more than 500 characters"), "{error}");
    assert!(error.contains("write lists of words as plain phrases"), "{error}");
    assert!(with(&matcher, &many[..9]).is_ok());
}

#[test]
fn what_moderators_look_for_is_within_the_bounds() {
    let honest = [
        r"/back\s+pain\s+lvl\s*\d+/",
        r"/\bl[-_. ]?u[-_. ]?m[-_. ]?bar/",
        r"/\bback\b.*\bpain\b/",
        r"/(locked|seized|stuck|frozen|jammed) (up|solid|tight)/",
        r"/\w+ is toast/",
        r"/sc[i1!]at[i1!]ca{1,9}/",
        r"/🦴{2,}/",
        r"/^day [0-9]{1,4} of/",
        r"/b+a+c+k+\s*(o+w+|o+u+c+h+)/",
        r"/L[1-5][-\/]?[LS]\d/",
    ];
    assert!(with(&english().matcher, &honest).is_ok());
}

#[test]
fn a_server_of_twenty_phrases_is_small() {
    let texts: Vec<String> =
        (0..20).map(|number| format!("my {{adjective}}* back number{number} {{go}} out")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    assert!(with(&english().matcher, &texts).unwrap().own_bytes() < 16 * 1024);
}

/// Somebody's server is about a game, not about backs.
#[test]
fn a_phrase_for_something_else_makes_no_emergency_of_a_word() {
    let matcher = english().matcher;
    let server = with(&matcher, &["minecraft", "baby shower", "server rules", "/foo/"]).unwrap();
    let texts = [
        "anyone for minecraft? my legs are stiff",
        "minecraft: fell off a cliff again",
        "minecraft and chill, got shivers from that cave",
        "i got cancer (the star sign) and love minecraft",
        "baby shower on friday, bring diapers",
        "where are the server rules? i had an accident posting in the wrong channel",
        "xfoox my legs",
    ];
    assert_each(&server, &texts, Some(("tavern", None)));
    let both = "minecraft all night, my back went out and i cant feel my legs";
    assert_urgency(&server, &[both], Some(Urgency::Emergency));
}

#[test]
fn a_new_phrase_for_backs_is_an_emergency_beside_a_sign() {
    let matcher = english().matcher;
    let lead = PhraseSource { topic: topic("back-went-out"), ..phrase("spinal goblins") };
    let server = matcher.with_server_phrases(&[lead], &BTreeSet::new(), &Limits::default()).unwrap();
    let urgency = |text: &str| server.find(text).map(|trigger| trigger.urgency);
    assert_eq!(urgency("spinal goblins again"), Some(None));
    assert_eq!(urgency("spinal goblins, and i wet myself"), Some(Some(Urgency::Emergency)));
}

#[test]
fn a_regular_expression_fires_on_what_is_said_and_on_nothing_else() {
    let server = with(&english().matcher, &["/foo/", "/🦴/"]).unwrap();
    let found = |text: &str| server.find(text).map(|trigger| text[trigger.span].to_owned());
    assert_eq!(found("   xfoo y").as_deref(), Some("xfoo"));
    assert_eq!(found("||foo||").as_deref(), Some("foo"));
    assert!(found("ouch 🦴").is_some());
    for text in ["`foo`", "> foo", "https://foo.com", "<:foo:123>"] {
        assert_eq!(found(text), None, "{text}");
    }
    // A message is read as far as a message may be long.
    assert_eq!(found(&format!("{}foo", "bar ".repeat(1_000))), None);
    assert!(found(&format!("{}foo", "bar ".repeat(999))).is_some());
}

#[test]
fn what_is_left_out_parts_nothing_and_is_found_by_nothing() {
    let server = with(&english().matcher, &["/rucksack.*toast/", "/foo!*/"]).unwrap();
    let found = |text: &str| server.find(text).map(|trigger| text[trigger.span].to_owned());
    assert_eq!(found("my rucksack <:ow:123456> is toast").as_deref(), Some("rucksack <:ow:123456> is toast"));
    assert_eq!(
        found("é `né` rucksack https://x.example/é toast é").as_deref(),
        Some("rucksack https://x.example/é toast")
    );
    assert_eq!(found("`foo!`, `a foo` and foo!!").as_deref(), Some("foo!!"));
    // However many pieces of code stand before it.
    assert_eq!(found(&format!("{}foo!", "`foo` ".repeat(100))).as_deref(), Some("foo!"));
    assert_eq!(found(&"`foo` ".repeat(100)), None);
}

#[test]
fn gaps_one_after_the_other_are_one_long_gap() {
    let server = with(&english().matcher, &["zab ...9 ...9 ...9 ...9 qub"]).unwrap();
    assert!(server.find("zab qub").is_some());
    assert!(server.find(&format!("zab {}qub", "word ".repeat(36))).is_some());
    assert!(server.find(&format!("zab {}qub", "word ".repeat(37))).is_none());
}

#[test]
fn a_server_s_own_phrase_is_named_as_the_nearest_one_with_the_slip_that_is_not_forgiven() {
    let server = with(&english().matcher, &["my spine is a croissant"]).unwrap();
    for text in ["my spine is a croissnt", "the back door locked up, my spine is a croissnt"] {
        let explanation = server.explain(text);
        let near = explanation.near_miss.as_ref().unwrap_or_else(|| panic!("{explanation}"));
        assert_eq!(near.phrase, "my spine is a croissant", "{explanation}");
        assert!(
            near.lacked.contains("“croissant”, in which no slip is forgiven, so that “croissnt” is not it"),
            "{explanation}"
        );
    }
    assert_eq!(server.explain("my spine is a croissant").near_miss, None);
}
