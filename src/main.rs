//! The command line, nothing else.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use lumbar::program::{self, Failure};

/// Fewer page faults and less CPU than the system's own allocator (measured: ARCHITECTURE.md, "What it costs").
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The exit code for arguments that make no sense, as sysexits.h has it.
const USAGE: u8 = 64;

/// A Discord bot for the moment a back locks up.
#[derive(Parser)]
#[command(version, about, disable_help_subcommand = true)]
struct Arguments {
    /// The configuration; the default is config.toml, which need not be there
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Run the bot on Discord (this is what happens without a command)
    Run,
    /// Talk to the bot in this terminal; needs no token
    Try,
    /// Tell what messages are about, a line each, a topic's id or "-"; or why one is answered
    #[command(group = clap::ArgGroup::new("messages").required(true))]
    Match {
        /// Read messages from standard input, one a line
        #[arg(long, group = "messages")]
        stdin: bool,
        /// Show why one message fires, or why it does not
        #[arg(long, value_name = "TEXT", group = "messages")]
        explain: Option<String>,
    },
    /// Measure how well a file of labelled messages is understood
    Eval {
        /// Three columns: label, topic, text
        file: PathBuf,
    },
    /// Check config.toml, responses/ and the database address
    Check,
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(help) => return explain_usage(&help),
    };
    let config = arguments.config.as_deref();
    let outcome = match arguments.command.unwrap_or(Command::Run) {
        Command::Run => program::run(config),
        Command::Try => program::try_out(config),
        Command::Match { explain: Some(text), .. } => program::explain(config, &text),
        Command::Match { .. } => program::match_lines(config),
        Command::Eval { file } => program::evaluate(config, &file),
        Command::Check => program::check(config),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => exit_with(&failure),
    }
}

/// Prints what was asked for (the help, the version), or what is wrong with the arguments.
fn explain_usage(explanation: &clap::Error) -> ExitCode {
    // If not even this can be written, there is nobody left to tell.
    let _unheard = explanation.print();
    if explanation.use_stderr() { ExitCode::from(USAGE) } else { ExitCode::SUCCESS }
}

fn exit_with(failure: &Failure) -> ExitCode {
    program::report(failure);
    ExitCode::from(failure.exit_code())
}
