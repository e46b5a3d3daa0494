//! `lodestream man`: the manual, one page for each command.

use super::{Cli, Exit, Outcome, Problem};
use clap::{Args, CommandFactory};
use std::path::PathBuf;

/// Write the manual pages, one for each command
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lodestream man ~/.local/share/man/man1
  lodestream man /tmp && man /tmp/lodestream-run.1")]
pub(super) struct Man {
    /// Where to; made if it is not there
    #[arg(value_name = "DIR")]
    directory: PathBuf,
}

impl Man {
    pub(super) fn run(&self) -> Outcome {
        let problem = |error| Problem::usage(format!("{}: {error}", self.directory.display()));
        std::fs::create_dir_all(&self.directory).map_err(problem)?;
        clap_mangen::generate_to(Cli::command(), &self.directory).map_err(problem)?;
        Ok(Exit::Success)
    }
}
