//! The program's commands: each puts the parts together and lets them run.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::bot::Bot;
use crate::config::{self, Config, token};
use crate::discord::{self, Connection, DiscordError};
use crate::domain::document::Problem;
use crate::domain::topics::Library;
use crate::operations::{self, SystemClock};
use crate::responses::{self, ResponsesError};
use crate::store::{self, MemoryStore, StoreError};
use crate::terminal::{self, EvaluateError};

/// Why a command failed. Each prints one line that says what to do, or a line for each problem.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The configuration or the texts are wrong.
    #[error("{}", lines(.0))]
    Problems(Vec<Problem>),
    /// `lumbar check` found problems: they are its output.
    #[error("{}", lines(.0))]
    Checked(Vec<Problem>),
    /// The texts cannot be read.
    #[error(transparent)]
    Responses(#[from] ResponsesError),
    /// There is no token.
    #[error(transparent)]
    Token(#[from] token::TokenError),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Discord will not have the bot.
    #[error(transparent)]
    Discord(#[from] DiscordError),
    /// The file of labelled messages cannot be used.
    #[error(transparent)]
    Evaluate(#[from] EvaluateError),
    /// The system gave no runtime, no signals, no terminal.
    #[error("the system refused: {0}")]
    System(#[from] io::Error),
}

impl Failure {
    /// The exit code, as sysexits.h has it where one fits.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Checked(_) => 1,
            Self::Evaluate(EvaluateError::Unsound(_) | EvaluateError::Empty(_)) => 65,
            Self::Evaluate(EvaluateError::Unreadable { .. }) => 66,
            Self::Discord(DiscordError::Unreachable(_)) => 69,
            Self::Discord(DiscordError::RemindersEnded(_)) => 70,
            Self::System(_) => 71,
            Self::Store(error) if error.is_passing() => 75,
            Self::Store(_) | Self::Evaluate(EvaluateError::Output(_)) => 74,
            Self::Discord(DiscordError::BadToken) => 77,
            Self::Evaluate(EvaluateError::NoPhrases)
            | Self::Problems(_)
            | Self::Responses(_)
            | Self::Token(_)
            | Self::Discord(DiscordError::IntentRefused) => 78,
        }
    }
}

fn lines(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Prints why a command failed.
pub fn report(failure: &Failure) {
    // If not even this can be written, there is nobody left to tell.
    let _unheard = writeln!(io::stderr().lock(), "lumbar: {failure}");
}

/// `lumbar run`: the bot on Discord, until it is told to stop.
///
/// # Errors
/// If it cannot start, or Discord will not have it.
pub fn run(file: Option<&Path>) -> Result<(), Failure> {
    let environment = config::environment();
    let config = config::load(file, &environment).map_err(Failure::Problems)?;
    operations::log::start(config.log);
    let library = read_library(&config)?;
    let token = token::read(&environment)?;
    let connection = Connection { token, api_url: config.api_url.clone() };
    let runtime = runtime()?;
    let ended = runtime.block_on(async {
        let store = store::open(&config.database).await?;
        let bot = Arc::new(Bot::new(Arc::new(library), store, config.settings));
        bot.prepare().await?;
        let stop = CancellationToken::new();
        let texts = operations::reload::follow(&bot, config.responses, &stop);
        let (ended, ()) = tokio::join!(
            async {
                let ended = tokio::select! {
                    ended = discord::run(Arc::clone(&bot), &connection, Arc::new(SystemClock), stop.clone()) => {
                        ended.map_err(Failure::from)
                    }
                    // A bot that cannot be told to stop would be killed in the middle of what it says.
                    Err(error) = operations::shutdown::on_signal(stop.clone()) => Err(error.into()),
                };
                stop.cancel();
                ended
            },
            texts
        );
        ended
    });
    // A picture that is still being drawn is for nobody any more.
    runtime.shutdown_background();
    ended
}

/// `lumbar try`: the bot in the terminal.
///
/// # Errors
/// If the texts cannot be used, or the terminal cannot.
pub fn try_out(file: Option<&Path>) -> Result<(), Failure> {
    let config = load(file)?;
    let library = Arc::new(read_library(&config)?);
    let bot = Arc::new(Bot::new(library, Arc::new(MemoryStore::new()), config.settings));
    runtime()?.block_on(async {
        bot.prepare().await?;
        Ok(terminal::try_out(bot, Arc::new(SystemClock)).await?)
    })
}

/// `lumbar match --stdin`: what each line is about.
///
/// # Errors
/// If the texts cannot be used.
pub fn match_lines(file: Option<&Path>) -> Result<(), Failure> {
    let library = read_library(&load(file)?)?;
    Ok(terminal::match_lines(&library, io::stdin().lock(), io::stdout().lock())?)
}

/// `lumbar match --explain TEXT`: why a message fires, or does not.
///
/// # Errors
/// If the texts cannot be used.
pub fn explain(file: Option<&Path>, text: &str) -> Result<(), Failure> {
    let library = read_library(&load(file)?)?;
    Ok(terminal::explain(&library, text, io::stdout().lock())?)
}

/// `lumbar eval FILE`: how well the phrases do on labelled messages.
///
/// # Errors
/// If the file cannot be read.
pub fn evaluate(file: Option<&Path>, labelled: &Path) -> Result<(), Failure> {
    let library = read_library(&load(file)?)?;
    terminal::evaluate(&library, labelled, io::stdout().lock())?;
    Ok(())
}

/// `lumbar check`: everything that is wrong with the configuration and the texts.
///
/// # Errors
/// If anything is.
pub fn check(file: Option<&Path>) -> Result<(), Failure> {
    let environment = config::environment();
    let mut problems = Vec::new();
    let folder = match config::load(file, &environment) {
        Ok(config) => config.responses,
        Err(found) => {
            problems.extend(found);
            config::responses_folder(file, &environment)
        }
    };
    let files = folder.as_deref().map_or_else(|| Ok(responses::built_in()), responses::from_folder);
    let read = files.map_err(|error| vec![error.into()]).and_then(|files| Library::read(&files));
    let (topics, languages) = match read {
        Ok(library) => {
            problems.extend(library.answered_ordinary());
            (library.fallback().topics.len(), library.languages().count())
        }
        Err(found) => {
            problems.extend(found);
            (0, 0)
        }
    };
    if !problems.is_empty() {
        return Err(Failure::Checked(problems));
    }
    let place = folder.map_or("built in".to_owned(), |folder| folder.display().to_string());
    writeln!(io::stdout(), "All is well. Topics: {topics}. Languages: {languages}. Texts: {place}.")?;
    Ok(())
}

fn load(file: Option<&Path>) -> Result<Config, Failure> {
    config::load(file, &config::environment()).map_err(Failure::Problems)
}

fn read_library(config: &Config) -> Result<Library, Failure> {
    let files = match &config.responses {
        Some(folder) => responses::from_folder(folder)?,
        None => responses::built_in(),
    };
    Library::read(&files).map_err(Failure::Problems)
}

/// One thread for all of Discord: serenity starts a task for each event, and on several threads the one that reads
/// outruns those that answer, so that a flood piles up in memory. The database works on a thread of its own.
fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}
