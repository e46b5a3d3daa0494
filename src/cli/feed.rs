//! `lodestream feed`: JSON lines into the raw topic.

use super::options::{ConfigOptions, KafkaOptions};
use super::{Exit, Outcome, Problem, signals};
use crate::stream::feed::{FeedOptions, FeedReport, feed, lines};
use crate::stream::{Connection, Shutdown};
use crate::telemetry;
use clap::Args;
use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressStyle};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Publish JSON lines to the raw topic
///
/// Each line becomes one record, as it is; lines are not checked, so this also shows what the service does with bad
/// ones. Waits until the broker has taken everything.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lodestream feed articles.jsonl
  lodestream feed --rate 100 --repeat 10 articles.jsonl
  zcat articles.jsonl.gz | lodestream feed -")]
pub(super) struct Feed {
    /// Files of JSON lines; - is standard input
    #[arg(value_name = "FILES", required = true)]
    files: Vec<PathBuf>,

    /// Records a second [default: as fast as the broker takes them]
    #[arg(long, value_name = "N", value_parser = parse_rate)]
    rate: Option<f64>,

    /// Publish everything this many times
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    repeat: u64,

    #[command(flatten)]
    config: ConfigOptions,
    #[command(flatten)]
    kafka: KafkaOptions,
}

impl Feed {
    pub(super) fn run(&self) -> Outcome {
        self.check_files()?;
        let settings = self.config.load_with(self.kafka.flags())?;
        telemetry::start(&settings.log).map_err(Problem::usage)?;
        let runtime = signals::runtime().map_err(|error| Problem::failure(format!("cannot start threads: {error}")))?;
        let shutdown = Shutdown::new();
        signals::stop_on_signal(&runtime, shutdown.clone())
            .map_err(|error| Problem::failure(format!("cannot listen for signals: {error}")))?;

        let connection = Connection::new((*settings.kafka).clone(), &settings.instance);
        let topic = settings.stream.input_topic.as_str();
        let started = Instant::now();
        let bar = spinner(topic);
        let report = feed(
            &connection,
            topic,
            &FeedOptions { rate: self.rate },
            self.records(),
            &mut |report: &FeedReport| bar.set_message(words(report, started.elapsed())),
            &shutdown,
        );
        bar.finish_and_clear();
        let report = report.map_err(|error| Problem::stream(&error))?;
        let stopped = if shutdown.is_signalled() { "; stopped before the end" } else { "" };
        eprintln!("published to {topic}: {}{stopped}", words(&report, started.elapsed()));
        Ok(Exit::Success)
    }

    /// What can be known before anything is published.
    fn check_files(&self) -> Result<(), Problem> {
        let standard_input = self.files.iter().filter(|file| is_standard_input(file)).count();
        if standard_input > 1 || (standard_input == 1 && self.repeat > 1) {
            return Err(Problem::usage("standard input can be read only once: name it once, without --repeat"));
        }
        for file in self.files.iter().filter(|file| !is_standard_input(file)) {
            File::open(file).map_err(|error| Problem::usage(format!("{}: {error}", file.display())))?;
        }
        Ok(())
    }

    /// All lines of all files, as often as asked for.
    fn records(&self) -> impl Iterator<Item = io::Result<Vec<u8>>> {
        (0..self.repeat).flat_map(|_| &self.files).flat_map(|file| -> Box<dyn Iterator<Item = io::Result<Vec<u8>>>> {
            match open(file) {
                Ok(reader) => Box::new(lines(reader)),
                Err(error) => Box::new(std::iter::once(Err(error))),
            }
        })
    }
}

fn is_standard_input(file: &Path) -> bool {
    file == Path::new("-")
}

fn open(file: &Path) -> io::Result<Box<dyn BufRead>> {
    if is_standard_input(file) {
        Ok(Box::new(io::stdin().lock()))
    } else {
        Ok(Box::new(BufReader::new(File::open(file)?)))
    }
}

/// A rate above zero.
pub(super) fn parse_rate(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(rate) if rate.is_finite() && rate > 0.0 => Ok(rate),
        _ => Err("expected a number above 0, such as 100".to_owned()),
    }
}

fn words(report: &FeedReport, elapsed: Duration) -> String {
    let rate = report.published as f64 / elapsed.as_secs_f64().max(0.001);
    let blank = if report.blank > 0 { format!(", {} empty lines passed over", report.blank) } else { String::new() };
    format!("{} records, {} ({rate:.0}/s){blank}", HumanCount(report.published), HumanBytes(report.bytes))
}

/// Shown on a terminal only.
fn spinner(topic: &str) -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {prefix}: {msg}") {
        bar.set_style(style);
    }
    bar.set_prefix(topic.to_owned());
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}
