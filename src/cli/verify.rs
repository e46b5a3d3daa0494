//! `lodestream verify`: the proof that nothing is missing and nothing is there twice.

use super::options::{ConfigOptions, KafkaOptions};
use super::{Exit, Outcome, Problem};
use crate::stream::Connection;
use crate::stream::verify::{Progress, Until, verify};
use crate::telemetry;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, Write};
use std::time::Duration;

/// Prove delivery: every article read is exactly one event or one dead letter
///
/// Reads input, output and dead letters as a consumer with `read_committed` sees them, and compares: every input
/// offset must be the provenance of exactly one enriched event or one dead letter. Changes nothing, joins no group.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lodestream verify --config lodestream.toml
  lodestream verify --bootstrap-servers kafka:9092 --until end --json

Exit codes: 0 it holds, 1 it could not be found out, 3 it does not hold.")]
pub(super) struct Verify {
    #[command(flatten)]
    config: ConfigOptions,
    #[command(flatten)]
    kafka: KafkaOptions,

    /// How far the input is compared
    #[arg(long, value_enum, default_value = "committed")]
    until: End,

    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

/// How far the input is compared.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum End {
    /// What the consumer group has committed: right while the service is running
    Committed,
    /// The end of the input topic: right when all of it should be done
    End,
}

impl Verify {
    pub(super) fn run(&self) -> Outcome {
        let settings = self.config.load_with(self.kafka.flags())?;
        telemetry::start(&settings.log).map_err(Problem::usage)?;
        let connection = Connection::new((*settings.kafka).clone(), &settings.instance);
        let until = match self.until {
            End::Committed => Until::Committed,
            End::End => Until::HighWatermark,
        };
        let spinner = spinner();
        let report = verify(&connection, &settings.stream, until, &mut |progress: Progress<'_>| {
            spinner.set_message(format!("{}: {} records", progress.topic, progress.read));
        });
        spinner.finish_and_clear();
        let report = report.map_err(|error| Problem::stream(&error))?;
        let words = if self.json {
            serde_json::to_string_pretty(&report).map_err(Problem::failure)?
        } else {
            report.to_string()
        };
        // a reader that has gone away does not change the outcome
        _ = writeln!(io::stdout(), "{}", words.trim_end());
        Ok(if report.holds() { Exit::Success } else { Exit::Incomplete })
    }
}

/// Shown on a terminal only.
fn spinner() -> ProgressBar {
    let spinner = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} reading {msg} ({elapsed})") {
        spinner.set_style(style);
    }
    spinner.enable_steady_tick(Duration::from_millis(120));
    spinner
}
