//! `lodestream timeline export`: for other stores and for notebooks.

use super::super::{Outcome, Problem};
use super::answer::{Wanted, print, step};
use crate::timeline::Format;
use clap::{Args, ValueEnum};
use std::io::{self, IsTerminal};

/// Export: OpenMetrics for Prometheus, CSV, JSON lines, Parquet
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lodestream timeline export --format openmetrics > timeline.om
  promtool tsdb create-blocks-from openmetrics timeline.om /var/lib/prometheus

  lodestream timeline export --format csv --mineral copper > copper.csv
  lodestream timeline export --format parquet --step 1d > days.parquet

In Prometheus each sample stands at the beginning of its hour, and holds what was published in it:
  sum by (mineral, country) (sum_over_time(lodestream_timeline_mentions[1d]))
A Prometheus that `lodestream timeline push` writes to gets what is too old for it by `push --backfill` instead: each would count
what the other has written once more.")]
pub(in crate::cli) struct Export {
    #[command(flatten)]
    wanted: Wanted,

    /// Width of a row in time: 1h, 6h, 1d, 7d
    #[arg(long, value_name = "TIME", default_value = "1h", value_parser = step)]
    step: u32,

    /// What is written
    #[arg(long, value_enum)]
    format: Form,
}

/// What is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// For promtool tsdb create-blocks-from openmetrics
    Openmetrics,
    /// A header line, then one line a row
    Csv,
    /// One JSON object a line
    Jsonl,
    /// Columns, for notebooks and warehouses
    Parquet,
}

impl Export {
    pub(in crate::cli) fn run(&self) -> Outcome {
        let format = match self.format {
            Form::Openmetrics => Format::OpenMetrics,
            Form::Csv => Format::Csv,
            Form::Jsonl => Format::JsonLines,
            Form::Parquet => Format::Parquet,
        };
        if format == Format::Parquet && io::stdout().is_terminal() {
            return Err(Problem::usage(
                "a Parquet file is nothing to read on a terminal: write it to a file, > days.parquet",
            ));
        }
        print(&self.wanted.rows(self.step)?, format)
    }
}
