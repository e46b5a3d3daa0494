//! `lodestream demo`: everything in one process, to see it work.
//!
//! A Kafka that lives in this process (librdkafka's mock cluster, so at-least-once), a feed of sample articles, the
//! real worker, the real HTTP server, and a table of what comes in.

mod board;

use super::feed::parse_rate;
use super::options::LexiconOptions;
use super::run::Server;
use super::{Exit, Outcome, Problem, engine};
use crate::config::{LogSettings, Settings, parse_address};
use crate::http::Status;
use crate::metrics::Metrics;
use crate::stream::feed::{FeedOptions, feed};
use crate::stream::mock::MockBroker;
use crate::stream::{self, CommittedBatch, Connection, Delivery, Health, Observer, RebalanceKind, Shutdown};
use crate::stream::{StreamError, TransactionOutcome};
use crate::telemetry;
use board::{Board, Screen};
use clap::Args;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// Sample articles, in our own words.
const SAMPLES: &str = include_str!("../../../samples/articles.jsonl");
/// How often the table is drawn on a terminal, and how often a line is printed elsewhere.
const REFRESH: Duration = Duration::from_millis(500);
const REFRESH_PLAIN: Duration = Duration::from_secs(2);

/// See it work: no Kafka, no configuration
///
/// Starts a Kafka inside this process, feeds it sample articles in English and Chinese, enriches them with the real
/// worker, serves the metrics, and shows which minerals the articles speak of in connection with which countries.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lodestream demo
  lodestream demo --for 10s --rate 500

Where to look: the address that it prints, and /metrics there. The Kafka inside keeps nothing and delivers at least
once; `lodestream run` delivers exactly once, from a real one.")]
pub(super) struct Demo {
    /// Stop by itself after this time, such as 10s or 2m [default: run until Ctrl-C]
    #[arg(long = "for", value_name = "TIME", value_parser = humantime::parse_duration)]
    duration: Option<Duration>,

    /// Articles a second
    #[arg(long, value_name = "N", default_value = "25", value_parser = parse_rate)]
    rate: f64,

    /// Address of the HTTP server [default: a free port of this machine]
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:0", hide_default_value = true, value_parser = parse_address)]
    listen: SocketAddr,

    #[command(flatten)]
    lexicon: LexiconOptions,
}

impl Demo {
    pub(super) fn run(&self) -> Outcome {
        // informational logs would run through the table
        telemetry::start(&LogSettings { level: "warn".into(), ..LogSettings::default() }).map_err(Problem::usage)?;
        let mut settings = Settings::defaults();
        settings.stream.delivery = Delivery::AtLeastOnce;
        settings.lexicon.directory = self.lexicon.lexicon.as_ref().map(Into::into);
        // The samples come round and round: to a timeline they would all be repeats.
        settings.stream.timeline.enabled = false;
        let (lexicon, pipeline) = engine::load(&settings, false)?;
        let metrics = engine::metrics(&lexicon)?;
        let topics = [
            (settings.stream.input_topic.as_str(), 2),
            (settings.stream.output_topic.as_str(), 2),
            (settings.stream.dead_letter_topic.as_str(), 1),
        ];
        let broker = MockBroker::start(&topics).map_err(|error| Problem::stream(&error))?;
        settings.kafka.set("bootstrap.servers", broker.bootstrap_servers());
        let connection = Connection::new((*settings.kafka).clone(), "demo");
        let health = Health::new(&settings.stream);
        let shutdown = Shutdown::new();
        let status =
            Status { metrics: metrics.clone(), probe: health.clone(), lexicon_version: lexicon.version().to_string() };
        let server = Server::start(self.listen, status, &shutdown)?;
        let board = Arc::new(Board::default());
        self.announce(server.address);

        let observer = Arc::new(Both { metrics, board: board.clone() });
        let worker = {
            let (connection, settings, shutdown) = (connection.clone(), settings.stream.clone(), shutdown.clone());
            move || {
                let ended = stream::run(pipeline, &connection, &settings, observer, health, &shutdown);
                shutdown.signal(); // when it ends by itself, the demo ends
                ended
            }
        };
        let feeder = {
            let (topic, shutdown, rate) = (settings.stream.input_topic.clone(), shutdown.clone(), self.rate);
            move || feed_samples(&connection, &topic, rate, &shutdown)
        };
        let (worker, feeder) = (spawn("worker", worker)?, spawn("feed", feeder)?);
        self.watch(&board, &shutdown);
        shutdown.signal();
        let ended = [join(feeder), join(worker)];
        Screen::new().last(&board);
        server.stop();
        drop(broker);
        ended.into_iter().collect::<Result<(), _>>()?;
        Ok(Exit::Success)
    }

    fn announce(&self, address: SocketAddr) {
        eprintln!("lodestream demo: sample articles through a Kafka inside this process");
        eprintln!("  page      http://{address}/");
        eprintln!("  metrics   http://{address}/metrics");
        match self.duration {
            Some(duration) => eprintln!("  stops     after {} (or Ctrl-C)\n", humantime::format_duration(duration)),
            None => eprintln!("  stops     with Ctrl-C\n"),
        }
    }

    /// Draws the table until the time is over or somebody asks to stop.
    fn watch(&self, board: &Board, shutdown: &Shutdown) {
        let end = self.duration.map(|duration| Instant::now() + duration);
        let mut screen = Screen::new();
        let pause = if screen.is_terminal() { REFRESH } else { REFRESH_PLAIN };
        loop {
            let left = end.map_or(pause, |end| end.saturating_duration_since(Instant::now()));
            if left.is_zero() || shutdown.wait_timeout(pause.min(left)) {
                break;
            }
            screen.draw(board);
        }
        screen.clear();
    }
}

/// Publishes the samples over and over.
fn feed_samples(connection: &Connection, topic: &str, rate: f64, shutdown: &Shutdown) -> Result<(), StreamError> {
    let lines = std::iter::repeat_with(|| SAMPLES.lines()).flatten().map(|line| Ok(line.as_bytes().to_vec()));
    let lines = lines.take_while(|_| !shutdown.is_signalled());
    feed(connection, topic, &FeedOptions { rate: Some(rate) }, lines, &mut |_| {}, shutdown).map(drop)
}

type Running = thread::JoinHandle<Result<(), StreamError>>;

fn spawn(name: &str, work: impl FnOnce() -> Result<(), StreamError> + Send + 'static) -> Result<Running, Problem> {
    let started = thread::Builder::new().name(name.to_owned()).spawn(work);
    started.map_err(|error| Problem::failure(format!("cannot start threads: {error}")))
}

fn join(running: Running) -> Result<(), Problem> {
    match running.join() {
        Ok(ended) => ended.map_err(|error| Problem::stream(&error)),
        Err(_) => Err(Problem::failure("a thread of the demo was lost; please report it")),
    }
}

/// The metrics and the table see the same.
struct Both {
    metrics: Arc<Metrics>,
    board: Arc<Board>,
}

impl Observer for Both {
    fn batch_committed(&self, batch: &CommittedBatch) {
        self.metrics.batch_committed(batch);
        self.board.add(batch);
    }

    fn transaction_failed(&self, outcome: TransactionOutcome) {
        self.metrics.transaction_failed(outcome);
    }

    fn rebalanced(&self, worker: usize, kind: RebalanceKind, partitions: &[(String, i32)]) {
        self.metrics.rebalanced(worker, kind, partitions);
    }

    fn lag(&self, topic: &str, partition: i32, records: i64) {
        self.metrics.lag(topic, partition, records);
    }

    fn worker_restarted(&self, worker: usize, reason: &'static str) {
        self.metrics.worker_restarted(worker, reason);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_a_json_object_of_its_own() {
        let mut articles = std::collections::HashSet::new();
        for line in SAMPLES.lines() {
            let article: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
            assert!(!article.is_empty() && articles.insert(line), "{line}");
        }
        assert!(articles.len() >= 40);
    }
}
