//! The command line: one file for each command.
//!
//! *In:* arguments and environment. *Out:* data on standard output, words for people on standard error, an exit code
//! ([`Exit`]). *Guaranteed:* bad usage and bad configuration (2) are told apart from a failure while running (1) and
//! from input that could not be read, or a verification that does not hold (3); what goes wrong is said in one message:
//! what happened, where, what to do.

mod check;
mod completions;
mod demo;
mod engine;
mod enrich;
mod eval;
mod feed;
mod lexicon;
mod man;
mod options;
mod run;
mod signals;
mod timeline;
mod verify;

use clap::{Parser, Subcommand};
use std::fmt::Display;
use std::process::ExitCode;

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// All is well.
    Success = 0,
    /// It failed while running.
    Failure = 1,
    /// The command line or the configuration is wrong; nothing was done.
    Usage = 2,
    /// Some input could not be read (`enrich`, `feed`), the promise does not hold (`verify`), a score is too low (`eval`), a term
    /// is unknown or the lexicon has errors (`lexicon`).
    Incomplete = 3,
}

/// Why a command ended before its end.
#[derive(Debug)]
pub struct Problem {
    exit: Exit,
    message: String,
}

impl Problem {
    /// The command line or the configuration is wrong.
    fn usage(message: impl Display) -> Self {
        Self { exit: Exit::Usage, message: message.to_string() }
    }

    /// It failed while running.
    fn failure(message: impl Display) -> Self {
        Self { exit: Exit::Failure, message: message.to_string() }
    }

    /// The stream knows whose fault it is.
    fn stream(error: &crate::stream::StreamError) -> Self {
        if error.is_configuration() { Self::usage(error) } else { Self::failure(error) }
    }
}

type Outcome = Result<Exit, Problem>;

/// Reads raw news articles about minerals from Kafka, finds the commodities, places, people and organisations in them,
/// and publishes enriched events and Prometheus metrics.
#[derive(Debug, Parser)]
#[command(name = "lodestream", version, max_term_width = 100, arg_required_else_help = true, after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Start here:
  lodestream demo                       see it work: no Kafka, no configuration
  lodestream enrich articles.jsonl      enrich a file, no Kafka either
  lodestream check --config FILE        is everything in place for `run`?
  lodestream run --config FILE          the service
  lodestream lexicon show rare earths   what it knows about a word

Exit codes: 0 all is well, 1 failed while running, 2 bad usage or configuration, 3 some input could not be read
(enrich, feed), delivery is not proved (verify), a term is unknown or the lexicon has errors (lexicon).
Logs go to standard error; LODESTREAM_LOG=debug shows more. Every setting: deploy/lodestream.example.toml.";

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Demo),
    Run(run::Run),
    Enrich(enrich::Enrich),
    Feed(feed::Feed),
    Check(check::Check),
    Verify(verify::Verify),
    Timeline(timeline::Timeline),
    Eval(eval::Eval),
    Lexicon(lexicon::Lexicon),
    Completions(completions::Completions),
    Man(man::Man),
}

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    match run_command(&Cli::parse().command) {
        Ok(exit) => ExitCode::from(exit as u8),
        Err(problem) => {
            eprintln!("lodestream: {}", problem.message);
            ExitCode::from(problem.exit as u8)
        }
    }
}

fn run_command(command: &Command) -> Outcome {
    match command {
        Command::Demo(demo) => demo.run(),
        Command::Run(run) => run.run(),
        Command::Enrich(enrich) => enrich.run(),
        Command::Feed(feed) => feed.run(),
        Command::Check(check) => check.run(),
        Command::Verify(verify) => verify.run(),
        Command::Timeline(timeline) => timeline.run(),
        Command::Eval(eval) => eval.run(),
        Command::Lexicon(lexicon) => lexicon.run(),
        Command::Completions(completions) => completions.run(),
        Command::Man(man) => man.run(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
