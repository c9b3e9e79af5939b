//! `lumbar match` and `lumbar eval`, and arguments that make no sense.

use super::{Tool, complaint};

const HEAD: &str = "label\ttopic\ttext\n";

#[test]
fn match_gives_one_line_for_each_message() {
    let input = "my back went out\nlovely weather\nmy back went out\\nand I can't feel my legs\n\nI slipped a disc";

    let matched = Tool::new().runs(&["match", "--stdin"], input);

    assert_eq!(matched.code, Some(0), "{}", matched.err);
    assert_eq!(matched.out, "back-went-out\n-\n!red-flags\n-\nslipped-disc\n");
}

#[test]
fn eval_tells_the_figures_and_the_lines_it_got_wrong() {
    let tool = Tool::new().file(
        "some.tsv",
        &format!("{HEAD}reply\tback-went-out\tmy back went out\nreply\tback-went-out\tlovely weather\n"),
    );

    let evaluated = tool.runs(&["eval", "some.tsv"], "");

    assert_eq!(evaluated.code, Some(0), "{}", evaluated.err);
    assert!(evaluated.out.starts_with("line 3: wanted back-went-out, got -: lovely weather\n"), "{}", evaluated.out);
    assert!(evaluated.out.contains("50.00 %"), "{}", evaluated.out);
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let evaluated = Tool::new().runs(&["eval", "nowhere.tsv"], "");

    assert_eq!(evaluated.code, Some(66));
    assert!(complaint(&evaluated.err).contains("nowhere.tsv cannot be read"));
}

#[test]
fn a_file_of_something_else_is_told() {
    let evaluated = Tool::new().file("some.tsv", "hello\n").runs(&["eval", "some.tsv"], "");

    assert_eq!(evaluated.code, Some(65), "{}", evaluated.err);
    assert!(complaint(&evaluated.err).contains("some.tsv:1"), "{}", evaluated.err);
}

#[test]
fn arguments_that_make_no_sense_are_told_with_the_code_for_that() {
    for arguments in [&["dance"][..], &["--fast"], &["eval"], &["match"]] {
        let ran = Tool::new().runs(arguments, "");
        assert_eq!(ran.code, Some(64), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains("Usage: lumbar"), "{}", ran.err);
    }
}

#[test]
fn help_and_version_are_no_failures() {
    for arguments in [["--help"], ["--version"]] {
        let ran = Tool::new().runs(&arguments, "");
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        assert!(ran.out.to_lowercase().contains("lumbar"), "{}", ran.out);
    }
}
