//! What the terminal around the program is like: how wide, whether it shows colours, which language its owner reads.

use std::io::{self, IsTerminal};

use super::layout::Look;
use crate::domain::Locale;

/// The width of plain text in a pipe or a file.
const PIPED_WIDTH: usize = 80;

/// Narrower than this nothing is readable; wider than this no line is.
const NARROWEST: usize = 40;
const WIDEST: usize = 100;

/// Whether people sit at both ends, so that there is somebody to talk with.
pub fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// How to show things on standard output right now: a window may have been resized.
pub fn look() -> Look {
    if !io::stdout().is_terminal() {
        return Look { width: PIPED_WIDTH, styled: false, airy: false };
    }
    let width = terminal_size::terminal_size().map_or(PIPED_WIDTH, |(width, _)| usize::from(width.0));
    Look { width: width.clamp(NARROWEST, WIDEST), styled: wants_style(variable), airy: true }
}

/// The language of whoever started the program.
pub fn locale() -> Locale {
    locale_from(variable)
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Source: <https://no-color.org>.
fn wants_style(variable: impl Fn(&str) -> Option<String>) -> bool {
    variable("NO_COLOR").is_none() && variable("TERM").is_some_and(|terminal| terminal != "dumb")
}

/// Reads `de_DE.UTF-8` as `de-DE`. The order is that of POSIX.
fn locale_from(variable: impl Fn(&str) -> Option<String>) -> Locale {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable).unwrap_or_default();
    let name = set.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
    match name.as_str() {
        "C" | "POSIX" => Locale::unknown(),
        name => Locale::or_unknown(Some(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only<'v>(name: &'v str, value: &'v str) -> impl Fn(&str) -> Option<String> + 'v {
        move |asked| (asked == name).then(|| value.to_owned())
    }

    #[test]
    fn the_language_comes_from_the_environment() {
        for (name, value, expected) in [
            ("LANG", "de_DE.UTF-8", "de-DE"),
            ("LANG", "en_GB", "en-GB"),
            ("LC_ALL", "fr_CA.UTF-8@euro", "fr-CA"),
            ("LANG", "C.UTF-8", "en-US"),
            ("LANG", "../../x", "en-US"),
            ("UNRELATED", "de_DE", "en-US"),
        ] {
            assert_eq!(locale_from(only(name, value)).as_str(), expected, "{name}={value}");
        }
    }

    #[test]
    fn colour_needs_a_terminal_that_has_it_and_a_person_who_wants_it() {
        assert!(wants_style(only("TERM", "xterm-256color")));
        assert!(!wants_style(only("TERM", "dumb")));
        assert!(!wants_style(|name| Some(if name == "NO_COLOR" { "1" } else { "xterm" }.to_owned())));
    }
}
