//! A typed line: a message, a number to press, a command.

use super::arguments;
use super::known_commands::{KnownCommand, find_command};
use super::words::{code, list_of};
use crate::bot::commands::{Invocation, Kind};
use crate::domain::document::nearest;

/// What somebody wants with a line.
#[derive(Clone, Debug)]
pub enum Line<'l> {
    /// Nothing.
    Empty,
    /// To say this in the channel.
    Message(&'l str),
    /// To press the control with this number.
    Number(usize),
    /// To run a command of the bot.
    Command(Invocation),
    /// To let time pass.
    Time(&'l str),
    /// To run a command from the menu of the last message.
    Menu(&'l str),
    /// To end the program.
    Quit,
    /// Something that is not possible; this says why.
    Wrong(String),
}

/// The commands that only the terminal has.
pub const OWN_COMMANDS: [&str; 3] = ["/time", "/menu", "/quit"];

/// Reads a line.
pub fn read_line<'l>(typed: &'l str, commands: &[KnownCommand]) -> Line<'l> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Line::Empty;
    }
    if typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return Line::Number(typed.parse().unwrap_or(usize::MAX));
    }
    let Some(command) = typed.strip_prefix('/') else { return Line::Message(typed) };
    let (first, rest) = command.split_at(command.find(char::is_whitespace).unwrap_or(command.len()));
    match first.to_ascii_lowercase().as_str() {
        "time" => Line::Time(rest.trim()),
        "menu" => Line::Menu(rest.trim()),
        "quit" => Line::Quit,
        _ => read_command(command, first, commands),
    }
}

fn read_command(typed: &str, first: &str, commands: &[KnownCommand]) -> Line<'static> {
    let Some((command, rest)) = find_command(commands, typed) else {
        return Line::Wrong(unknown_command(typed, first, commands));
    };
    match arguments::read(command, rest) {
        Ok(options) => Line::Command(Invocation { path: command.path.to_owned(), options, target: None }),
        Err(fault) => Line::Wrong(fault),
    }
}

fn unknown_command(typed: &str, first: &str, commands: &[KnownCommand]) -> String {
    let prefix = format!("{} ", first.to_lowercase());
    let in_group = |command: &&KnownCommand| command.kind == Kind::Slash && command.name.starts_with(&prefix);
    let group: Vec<&KnownCommand> = commands.iter().filter(in_group).collect();
    if !group.is_empty() {
        return list_of(&format!("{} is one of these:", code(&format!("/{first}"))), group);
    }
    let names: Vec<&str> = commands.iter().map(|command| command.name.as_str()).collect();
    // What follows a name may be its options.
    let guess = nearest(typed, &names).or_else(|| nearest(first, &names));
    let guess = guess.map(|name| format!(" Did you mean `/{name}`?")).unwrap_or_default();
    list_of(&format!("There is no {}.{guess} These are the commands:", code(&format!("/{first}"))), commands)
}

/// The command of a message's menu that goes by this name, or what to write instead.
pub fn menu_command<'c>(name: &str, commands: &'c [KnownCommand]) -> Result<&'c KnownCommand, String> {
    let mut menu = commands.iter().filter(|command| command.kind == Kind::MessageMenu);
    let wanted = name.to_lowercase();
    let is_called =
        |command: &&KnownCommand| command.name.to_lowercase() == wanted || command.path.eq_ignore_ascii_case(name);
    menu.clone().find(is_called).ok_or_else(|| {
        let sentence = if name.is_empty() {
            "The menu of your last message has this:".to_owned()
        } else {
            format!("There is no {} in the menu of a message. It has this:", code(name))
        };
        list_of(&sentence, menu.by_ref())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::testing::{commands, invocation};

    #[test]
    fn a_line_is_a_message_a_number_or_a_command() {
        let commands = commands();
        assert!(matches!(read_line("  my back \n", &commands), Line::Message("my back")));
        assert!(matches!(read_line(" \t", &commands), Line::Empty));
        assert!(matches!(read_line("12", &commands), Line::Number(12)));
        assert!(matches!(read_line("99999999999999999999999", &commands), Line::Number(usize::MAX)));
        assert!(matches!(read_line("12 days", &commands), Line::Message("12 days")));
        assert!(matches!(read_line("/TIME +1h", &commands), Line::Time("+1h")));
        assert!(matches!(read_line("/quit", &commands), Line::Quit));
    }

    #[test]
    fn commands_are_found_by_their_words_in_any_case_and_spacing() {
        assert_eq!(invocation("/help").path, "help");
        assert_eq!(invocation("/Back   HELP").path, "back help");
        assert_eq!(invocation("/walk list").path, "walk list");
    }

    #[test]
    fn an_unknown_command_lists_those_that_exist() {
        let Line::Wrong(told) = read_line("/brethe `x`", &commands()) else { panic!("a command was found") };
        assert!(told.starts_with("There is no `/brethe`. Did you mean"), "{told}");
        assert!(told.contains("`/walk start [in:]") && told.contains("`/menu First aid for this`"), "{told}");
    }

    #[test]
    fn half_a_command_lists_its_group() {
        let Line::Wrong(told) = read_line("/walk", &commands()) else { panic!("a command was found") };
        assert!(told.contains("/walk stop") && !told.contains("/breathe"), "{told}");
    }
}
