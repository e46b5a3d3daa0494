//! `lodestream timeline`: minerals by country over the time of publication.

mod answer;
mod export;
mod push;
mod query;

use super::Outcome;
use clap::{Args, Subcommand};

pub(super) use answer::write_files;

/// Minerals by country by time of publication: ask, export, push
///
/// Reads the totals that `run` keeps on the timeline's topic, of all partitions and instances. Changes nothing of them, joins no group.
#[derive(Debug, Args)]
pub(super) struct Timeline {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Query(query::Query),
    Export(export::Export),
    Push(push::Push),
}

impl Timeline {
    pub(super) fn run(&self) -> Outcome {
        match &self.command {
            Command::Query(query) => query.run(),
            Command::Export(export) => export.run(),
            Command::Push(push) => push.run(),
        }
    }
}
