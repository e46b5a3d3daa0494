//! `lodestream verify`: the proof that nothing is missing and nothing is there twice.

use super::options::{ConfigOptions, KafkaOptions};
use super::{Exit, Outcome, Problem};
use crate::stream::Connection;
use crate::stream::timeline::{Comparison, compare};
use crate::stream::verify::{Progress, Report, Until, verify};
use crate::telemetry;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::io::{self, Write};
use std::time::Duration;

/// Prove delivery: every article read is exactly one event or one dead letter
///
/// Reads input, output and dead letters as a consumer with `read_committed` sees them, and compares: every input
/// offset must be the provenance of exactly one enriched event or one dead letter. Changes nothing, joins no group.
///
/// With --timeline also: each total by hour of publication, mineral and country is the sum over the events.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lodestream verify --config lodestream.toml
  lodestream verify --bootstrap-servers kafka:9092 --until end --json
  lodestream verify --timeline

Exit codes: 0 it holds, 1 it could not be found out, 3 it does not hold.")]
pub(super) struct Verify {
    #[command(flatten)]
    config: ConfigOptions,
    #[command(flatten)]
    kafka: KafkaOptions,

    /// How far the input is compared
    #[arg(long, value_enum, default_value = "committed")]
    until: End,

    /// Also prove the timeline: its totals are the sums over the enriched events. Right while `run` is idle or stopped
    #[arg(long)]
    timeline: bool,

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
        let mut progress = |progress: Progress<'_>| {
            spinner.set_message(format!("{}: {} records", progress.topic, progress.read));
        };
        let delivery = verify(&connection, &settings.stream, until, &mut progress);
        let timeline = self.timeline.then(|| compare(&connection, &settings.stream, &mut progress)).transpose();
        spinner.finish_and_clear();
        let found = Found {
            delivery: delivery.map_err(|error| Problem::stream(&error))?,
            timeline: timeline.map_err(|error| Problem::stream(&error))?,
        };
        let words = if self.json {
            serde_json::to_string_pretty(&found).map_err(Problem::failure)?
        } else {
            found.timeline.iter().fold(found.delivery.to_string(), |words, timeline| words + &timeline.to_string())
        };
        // a reader that has gone away does not change the outcome
        _ = writeln!(io::stdout(), "{}", words.trim_end());
        let holds = found.delivery.holds() && found.timeline.is_none_or(|timeline| timeline.holds());
        Ok(if holds { Exit::Success } else { Exit::Incomplete })
    }
}

/// What was found.
#[derive(Serialize)]
struct Found {
    #[serde(flatten)]
    delivery: Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeline: Option<Comparison>,
}

/// Shown on a terminal only.
pub(super) fn spinner() -> ProgressBar {
    let spinner = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} reading {msg} ({elapsed})") {
        spinner.set_style(style);
    }
    spinner.enable_steady_tick(Duration::from_millis(120));
    spinner
}
