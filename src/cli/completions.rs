//! `lodestream completions`: the shell's help in completing the command line.

use super::{Cli, Exit, Outcome, Problem};
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::io::{self, Write};

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lodestream completions bash > ~/.local/share/bash-completion/completions/lodestream
  lodestream completions zsh > ~/.zfunc/_lodestream
  lodestream completions fish > ~/.config/fish/completions/lodestream.fish")]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self) -> Outcome {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "lodestream", &mut script);
        io::stdout().write_all(&script).map_err(|error| Problem::failure(format!("standard output: {error}")))?;
        Ok(Exit::Success)
    }
}
