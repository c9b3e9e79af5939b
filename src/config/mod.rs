//! From config.toml and the environment to a checked configuration. Every fault is told at once, with its place and
//! with what to write instead. The token never passes through here: see [`token`].

mod raw;
pub mod token;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::domain::document::{Located, Place, Problem, Problems};
use crate::domain::settings::{Cooldowns, Listening, Settings};
use crate::store::DatabaseAddress;

use raw::RawConfig;

/// How the bot was told to run.
#[derive(Clone, Debug)]
pub struct Config {
    /// How it behaves.
    pub settings: Settings,
    /// The base of Discord's API, if it is not Discord itself; without a slash at the end.
    pub api_url: Option<String>,
    /// Where it remembers.
    pub database: DatabaseAddress,
    /// Where its texts are, if not inside the program.
    pub responses: Option<PathBuf>,
    /// What it writes to its log.
    pub log: Log,
}

/// What the log looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Log {
    /// The least important level that is written.
    pub level: tracing::level_filters::LevelFilter,
    /// How lines are written.
    pub format: LogFormat,
}

/// How lines of the log are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for programs.
    Json,
}

/// The environment, as far as the bot is concerned.
pub type Environment = BTreeMap<String, String>;

/// The environment of this process. What is not UTF-8 is kept with marks in its place, and refused where it is used.
pub fn environment() -> Environment {
    std::env::vars_os()
        .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()))
        .collect()
}

/// Where the API is if nothing is said. Whoever says the same changes nothing.
const DISCORD: &str = "https://discord.com";

/// The file that is read if none is named, and need not be there.
pub const DEFAULT_FILE: &str = "config.toml";

/// Reads and checks the configuration: `file`, or [`DEFAULT_FILE`] if there is one, with the environment over it.
///
/// # Errors
/// Everything that is wrong.
pub fn load(file: Option<&Path>, environment: &Environment) -> Result<Config, Vec<Problem>> {
    let path = file.unwrap_or(Path::new(DEFAULT_FILE));
    let shown = path.display().to_string();
    match std::fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => check(Some((&shown, &text)), environment, &responses_beside(file)),
            Err(_) => Err(vec![unreadable(&shown, "it is not UTF-8 text")]),
        },
        Err(error) if file.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
            check(None, environment, &responses_beside(file))
        }
        Err(error) => Err(vec![unreadable(&shown, &error.to_string())]),
    }
}

/// The folder with the texts, as far as it can be told however faulty the configuration is.
pub fn responses_folder(file: Option<&Path>, environment: &Environment) -> Option<PathBuf> {
    let path = file.unwrap_or(Path::new(DEFAULT_FILE));
    let text = std::fs::read_to_string(path).ok();
    let shown = path.display().to_string();
    // What is wrong with the configuration is told by [`load`].
    let problems = Problems::default();
    let mut raw = RawConfig::read(text.as_deref().map(|text| (shown.as_str(), text)), environment, &problems);
    raw.take("responses.folder", folder, &problems).or_else(|| responses_beside(file))
}

/// The folder with texts beside the configuration, if there is one.
fn responses_beside(file: Option<&Path>) -> Option<PathBuf> {
    beside(file.unwrap_or(Path::new(DEFAULT_FILE)), "responses")
}

fn beside(path: &Path, name: &str) -> Option<PathBuf> {
    let folder = path.parent().unwrap_or(Path::new("")).join(name);
    folder.is_dir().then_some(folder)
}

fn unreadable(file: &str, reason: &str) -> Problem {
    Problem {
        place: Place { file: file.to_owned(), line: None },
        what: format!("the file cannot be read ({reason})"),
        instead: "check the path given with --config".to_owned(),
    }
}

/// Checks a configuration. `responses_beside` is used where none is named.
fn check(
    file: Option<(&str, &str)>,
    environment: &Environment,
    responses_beside: &Option<PathBuf>,
) -> Result<Config, Vec<Problem>> {
    let problems = Problems::default();
    let mut raw = RawConfig::read(file, environment, &problems);
    let standard = Settings::default();
    let settings = Settings {
        listening: raw.take("discord.listening", listening, &problems).unwrap_or(standard.listening),
        cooldowns: Cooldowns {
            person: raw.take("cooldowns.person", span, &problems).unwrap_or(standard.cooldowns.person),
            channel: raw.take("cooldowns.channel", span, &problems).unwrap_or(standard.cooldowns.channel),
            topic: raw.take("cooldowns.topic", span, &problems).unwrap_or(standard.cooldowns.topic),
            burst: raw.take("cooldowns.burst", burst, &problems).unwrap_or(standard.cooldowns.burst),
        },
        reminders_per_person: raw
            .take("reminders.per_person", reminders, &problems)
            .unwrap_or(standard.reminders_per_person),
        ..standard
    };
    let api_url = raw.take("discord.api_url", url, &problems).filter(|url| url != DISCORD);
    let database = raw.take("database.url", database, &problems);
    let responses = raw.take("responses.folder", folder, &problems).or_else(|| responses_beside.clone());
    let level = raw.take("log.level", level, &problems).unwrap_or(tracing::level_filters::LevelFilter::INFO);
    let format = raw.take("log.format", format, &problems).unwrap_or(LogFormat::Text);
    let database = match database {
        Some(database) => Some(database),
        None => DatabaseAddress::parse("sqlite://data/lumbar.db").ok(),
    };
    match database {
        Some(database) if problems.is_empty() => {
            Ok(Config { settings, api_url, database, responses, log: Log { level, format } })
        }
        _ => Err(problems.into_sorted()),
    }
}

/// What is wrong with a value, and what to write instead.
type Fault = (String, String);

fn fault<T>(what: impl Into<String>, instead: &str) -> Result<T, Fault> {
    Err((what.into(), instead.to_owned()))
}

fn listening(text: &str) -> Result<Listening, Fault> {
    match text {
        "content" => Ok(Listening::Content),
        "mentions" => Ok(Listening::Mentions),
        _ => fault(format!("`{text}` is no way of listening"), "write \"content\" or \"mentions\""),
    }
}

/// Cooldowns are at most a week: longer ones are slips of the pen.
const LONGEST_COOLDOWN: std::time::Duration = std::time::Duration::from_secs(7 * 24 * 60 * 60);

fn span(text: &str) -> Result<std::time::Duration, Fault> {
    let seconds = text.strip_suffix('s').filter(|number| !number.is_empty());
    if text == "0" || seconds == Some("0") {
        return Ok(std::time::Duration::ZERO);
    }
    match crate::responses::english_durations().span(text).filter(|span| *span <= LONGEST_COOLDOWN) {
        Some(span) => Ok(span),
        None => {
            fault(format!("`{text}` is no time"), "write one such as \"30 s\", \"10 min\" or \"2 h\", a week at most")
        }
    }
}

fn burst(text: &str) -> Result<u32, Fault> {
    match text.parse() {
        Ok(number @ 1..=1000) => Ok(number),
        _ => fault(format!("`{text}` is no number of answers"), "write a whole number from 1 to 1000"),
    }
}

fn reminders(text: &str) -> Result<u32, Fault> {
    match text.parse() {
        Ok(number @ 1..=25) => Ok(number),
        _ => fault(format!("`{text}` is no number of reminders"), "write a whole number from 1 to 25"),
    }
}

fn url(text: &str) -> Result<String, Fault> {
    let parsed = reqwest::Url::parse(text).ok();
    match parsed.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host()) {
        Some(url) if url.query().is_none() && url.fragment().is_none() => Ok(text.trim_end_matches('/').to_owned()),
        _ => fault(format!("`{text}` is no address"), "write one such as http://127.0.0.1:3000"),
    }
}

fn database(text: &str) -> Result<DatabaseAddress, Fault> {
    DatabaseAddress::parse(text)
        .or_else(|error| fault(error.to_string(), "or leave it out: the default is an SQLite file in the folder data/"))
}

fn folder(text: &str) -> Result<PathBuf, Fault> {
    let folder = PathBuf::from(text);
    if folder.is_dir() {
        Ok(folder)
    } else {
        fault(format!("there is no folder `{text}`"), "name a folder, or leave it out to use the built-in texts")
    }
}

fn level(text: &str) -> Result<tracing::level_filters::LevelFilter, Fault> {
    match text {
        "error" | "warn" | "info" | "debug" => Ok(text.parse().unwrap_or(tracing::level_filters::LevelFilter::INFO)),
        _ => fault(format!("`{text}` is no level"), "write error, warn, info or debug"),
    }
}

fn format(text: &str) -> Result<LogFormat, Fault> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => fault(format!("`{text}` is no format"), "write \"text\" or \"json\""),
    }
}

/// Where a value came from is kept until it has been checked.
type RawValue = Located<String>;

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, environment: &[(&str, &str)]) -> Vec<String> {
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let problems = check(Some(("config.toml", text)), &environment, &None).err().unwrap_or_default();
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_annotated_example_is_valid_and_changes_nothing() {
        let example = include_str!("../../config.toml");
        let config = check(Some(("config.toml", example)), &Environment::new(), &None).expect("a valid example");
        assert_eq!(config.settings, Settings::default());
    }

    #[test]
    fn every_key_of_the_example_exists_when_its_comment_mark_is_taken_away() {
        let example = include_str!("../../config.toml");
        let uncommented: Vec<&str> = example.lines().map(|line| line.strip_prefix("#: ").unwrap_or(line)).collect();
        let text = uncommented.join("\n");
        assert_eq!(told(&text, &[]), Vec::<String>::new());
        let config = check(Some(("config.toml", &text)), &Environment::new(), &None).expect("a valid example");
        assert_eq!((config.settings, config.api_url), (Settings::default(), None));
    }

    #[test]
    fn a_variable_that_lacks_an_underscore_is_told_and_others_of_the_host_are_not() {
        let told = told(
            "",
            &[
                ("LUMBAR_REMINDERS_PER_PERSON", "3"),
                ("LUMBAR_IMAGE", "x"),
                ("LUMBAR_SHARED", "y"),
                ("LUMBAR_LOG_LEVEL", ""),
            ],
        );
        assert_eq!(
            told,
            ["LUMBAR_REMINDERS_PER_PERSON: this variable sets nothing; write LUMBAR_REMINDERS__PER_PERSON"]
        );
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let text =
            "[discord]\nlistening = \"all\"\nlistning = \"x\"\n\n[cooldowns]\nperson = \"soon\"\n\n[colour]\na = 1\n";
        assert_eq!(
            told(text, &[("LUMBAR_LOG__LEVEL", "loud"), ("LUMBAR_COOLDOWNS__PERSONS", "1 h")]),
            [
                "LUMBAR_COOLDOWNS__PERSONS: unknown key `cooldowns.persons`; did you mean `cooldowns.person`?",
                "LUMBAR_LOG__LEVEL: `loud` is no level; write error, warn, info or debug",
                "config.toml:2: `all` is no way of listening; write \"content\" or \"mentions\"",
                "config.toml:3: unknown key `discord.listning`; did you mean `discord.listening`?",
                "config.toml:6: `soon` is no time; write one such as \"30 s\", \"10 min\" or \"2 h\", a week at most",
                "config.toml:9: unknown key `colour.a`; known: discord.listening, discord.api_url, database.url, \
                 cooldowns.person, cooldowns.channel, cooldowns.topic, cooldowns.burst, \
                 reminders.per_person, responses.folder, log.level, log.format",
            ]
        );
    }

    #[test]
    fn the_environment_outranks_the_file() {
        let environment = [("DISCORD_API_URL", "http://127.0.0.1:9/"), ("LUMBAR_DISCORD__LISTENING", "mentions")];
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let file = "[discord]\nlistening = \"content\"\napi_url = \"http://other\"\n";
        let config = check(Some(("config.toml", file)), &environment, &None).expect("a valid configuration");
        assert_eq!(config.settings.listening, Listening::Mentions);
        assert_eq!(config.api_url.as_deref(), Some("http://127.0.0.1:9"));
    }

    #[test]
    fn a_token_in_the_file_is_refused_without_being_shown() {
        let problems = told("[discord]\ntoken = \"very-secret\"\n", &[]);
        assert_eq!(problems.len(), 1);
        assert!(problems[0].contains("DISCORD_TOKEN") && !problems[0].contains("very-secret"), "{problems:?}");
    }
}
