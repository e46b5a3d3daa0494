//! `lodestream lexicon`: what the lexicon knows, and whether its files hold together.

mod check;
mod list;
mod show;

use super::options::{ConfigOptions, LexiconOptions};
use super::{Outcome, Problem, engine};
use crate::lexicon::LexiconFiles;
use crate::lexicon::survey::Survey;
use clap::{Args, Subcommand};
use std::io::{self, BufWriter, Write};

/// Look terms up, list entries, check the lexicon and your own terms
///
/// The lexicon is what is built into the program, with the files of your directory (--lexicon, or `directory` under
/// [lexicon] of the configuration) laid over it. lexicon/README.md says what such files may hold.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lodestream lexicon show lead 稀土                   how the words are read, and why they may be refused
  lodestream lexicon show rare-earth-elements         all that an id holds
  lodestream lexicon list --list usgs-2025 --format csv
  lodestream lexicon check my-terms                   before `lodestream run --lexicon my-terms`")]
pub(super) struct Lexicon {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Show(show::Show),
    List(list::List),
    Check(check::Check),
}

impl Lexicon {
    pub(super) fn run(&self) -> Outcome {
        match &self.command {
            Command::Show(show) => show.run(),
            Command::List(list) => list.run(),
            Command::Check(check) => check.run(),
        }
    }
}

/// Where the lexicon comes from.
#[derive(Debug, Args)]
struct Place {
    #[command(flatten)]
    config: ConfigOptions,
    #[command(flatten)]
    lexicon: LexiconOptions,
}

impl Place {
    fn files(&self) -> Result<LexiconFiles, Problem> {
        let settings = self.config.load_with(self.lexicon.flags())?;
        engine::lexicon_files(&settings.lexicon).map_err(Problem::usage)
    }
}

fn survey(files: &LexiconFiles) -> Result<Survey<'_>, Problem> {
    Survey::new(files).map_err(Problem::usage)
}

/// Writes to standard output; a reader that has seen enough is no failure.
fn print(write: impl FnOnce(&mut BufWriter<io::StdoutLock<'static>>) -> io::Result<()>) -> Result<(), Problem> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Problem::failure(format!("standard output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}
