//! `lodestream feed`: files of articles into the raw topic.

mod input;

use super::options::{ConfigOptions, KafkaOptions};
use super::{Exit, Outcome, Problem, engine, signals};
use crate::stream::feed::{FeedOptions, FeedReport, feed};
use crate::stream::{Connection, Shutdown};
use crate::telemetry;
use clap::{Args, ValueEnum};
use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressStyle};
use input::{Inputs, is_standard_input};
use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Publish files of articles to the raw topic: JSON lines, RSS, Atom, CSV, GDELT
///
/// JSON lines become one record each, as they are; they are not checked, so this also shows what the service does with
/// bad ones. Entries of feeds and rows of tables become raw articles; one that cannot is reported with its place, and the
/// others go on. Waits until the broker has taken everything.
///
/// A table's header names the fields (title, text, url, source, published_at, or any other name that the service knows).
/// GDELT carries no text: of a row of its GKG 2.1 the headline is fed, with address, site, time and themes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lodestream feed articles.jsonl
  lodestream feed --rate 100 --repeat 10 articles.jsonl
  lodestream feed news.rss blog.atom articles.csv
  zcat articles.jsonl.gz | lodestream feed -
  unzip -p 20251103081500.gkg.csv.zip | lodestream feed --format gkg -
  lodestream feed --print news.rss | lodestream enrich

Exit codes: 0 all is published, 1 failed while running, 2 bad usage, 3 some entries cannot be articles; the others are
published.")]
pub(super) struct Feed {
    /// Files; - is standard input
    #[arg(value_name = "FILES", required = true)]
    files: Vec<PathBuf>,

    /// What the files hold [default: told by how each begins]
    #[arg(long, value_enum)]
    format: Option<FormatName>,

    /// Print the records, one a line, instead of publishing them
    #[arg(long, conflicts_with = "rate")]
    print: bool,

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

/// What files may hold.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatName {
    /// One JSON object a line
    Jsonl,
    /// RSS, Atom or JSON Feed
    #[value(alias = "atom", alias = "feed")]
    Rss,
    /// Comma-separated columns under a header
    Csv,
    /// Tab-separated columns under a header
    Tsv,
    /// GDELT Global Knowledge Graph 2.1, as GDELT publishes it: tab-separated, no header
    Gkg,
}

impl Feed {
    pub(super) fn run(&self) -> Outcome {
        self.check_files()?;
        let settings = self.config.load_with(self.kafka.flags())?;
        telemetry::start(&settings.log).map_err(Problem::usage)?;
        let reader = engine::article_reader(&settings)?;
        let inputs = Inputs::new(&self.files, self.format.map(Into::into), self.repeat, reader);
        if self.print {
            print(inputs.records()).map_err(|error| Problem::failure(format!("cannot print the records: {error}")))?;
        } else {
            let connection = Connection::new((*settings.kafka).clone(), &settings.instance);
            self.publish(&connection, &settings.stream.input_topic, &inputs)?;
        }
        match inputs.refused() {
            0 => return Ok(Exit::Success),
            1 => eprintln!("1 entry cannot be an article and was passed over"),
            count => eprintln!("{} entries cannot be articles and were passed over", HumanCount(count)),
        }
        Ok(Exit::Incomplete)
    }

    /// Until all is published, or a signal says that it is enough.
    fn publish(&self, connection: &Connection, topic: &str, inputs: &Inputs<'_>) -> Result<(), Problem> {
        let runtime = signals::runtime().map_err(|error| Problem::failure(format!("cannot start threads: {error}")))?;
        let shutdown = Shutdown::new();
        signals::stop_on_signal(&runtime, shutdown.clone())
            .map_err(|error| Problem::failure(format!("cannot listen for signals: {error}")))?;
        let started = Instant::now();
        let bar = spinner(topic);
        let report = feed(
            connection,
            topic,
            &FeedOptions { rate: self.rate },
            inputs.records(),
            &mut |report: &FeedReport| bar.set_message(words(report, started.elapsed())),
            &shutdown,
        );
        bar.finish_and_clear();
        let report = report.map_err(|error| Problem::stream(&error))?;
        let stopped = if shutdown.is_signalled() { "; stopped before the end" } else { "" };
        eprintln!("published to {topic}: {}{stopped}", words(&report, started.elapsed()));
        Ok(())
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
}

impl From<FormatName> for crate::intake::Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Jsonl => Self::Lines,
            FormatName::Rss => Self::Feed,
            FormatName::Csv => Self::Table(b','),
            FormatName::Tsv => Self::Table(b'\t'),
            FormatName::Gkg => Self::Gkg,
        }
    }
}

/// One record a line.
fn print(records: impl Iterator<Item = io::Result<Vec<u8>>>) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let printed = records.map(|record| record.and_then(|record| out.write_all(&[&record[..], b"\n"].concat())));
    match printed.collect::<io::Result<()>>().and_then(|()| out.flush()) {
        // `| head` has seen enough
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        printed => printed,
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
