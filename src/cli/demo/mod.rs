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
use crate::intake::lines;
use crate::stream::feed::{FeedOptions, feed};
use crate::stream::mock::MockBroker;
use crate::stream::{self, Connection, Delivery, Health, Shutdown, StreamError};
use crate::telemetry;
use board::{Board, Screen};
use clap::Args;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// Sample articles, in our own words.
const SAMPLES: &str = include_str!("../../../samples/articles.jsonl");
/// How often the table is drawn on a terminal, and how often a line is printed elsewhere.
const REFRESH: Duration = Duration::from_millis(500);
const REFRESH_PLAIN: Duration = Duration::from_secs(2);

/// See it work: no Kafka, no configuration
///
/// Starts a Kafka inside this process, feeds it sample articles in English and Chinese (or your own), enriches them with the
/// real worker, serves the live page and the metrics, and shows which minerals the articles speak of in connection with which
/// countries.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lodestream demo
  lodestream demo --for 10s --rate 500
  lodestream demo articles.jsonl
  crawler | lodestream demo -

Where to look: the page at the address that it prints, and /metrics there. The Kafka inside keeps nothing and delivers at least
once; `lodestream run` delivers exactly once, from a real one.")]
pub(super) struct Demo {
    /// Your own articles instead of the samples, as JSON lines, each once; - is standard input
    #[arg(value_name = "FILE")]
    articles: Option<PathBuf>,

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
        let lines = self.lines()?;
        // informational logs would run through the table
        telemetry::start(&LogSettings { level: "warn".into(), ..LogSettings::default() }).map_err(Problem::usage)?;
        let mut settings = Settings::defaults();
        settings.stream.delivery = Delivery::AtLeastOnce;
        settings.lexicon.directory = self.lexicon.lexicon.as_ref().map(Into::into);
        // The samples come round and round: to a timeline they would all be repeats. What this process commits is counted instead,
        // and by the articles' own time: that of a sample's record says nothing.
        settings.stream.timeline.enabled = false;
        settings.stream.timeline.record_time = self.articles.is_some();
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
        let live = engine::live(&settings, &lexicon);
        let status = Status {
            metrics: metrics.clone(),
            probe: health.clone(),
            lexicon_version: lexicon.version().to_string(),
            live: live.clone(),
        };
        let server = Server::start(self.listen, status, &shutdown)?;
        let board = Arc::new(Board::default());
        self.announce(server.address);

        let observer = engine::observers([Some(metrics as _), live.map(|live| live as _), Some(board.clone() as _)]);
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
            move || feed_lines(&connection, &topic, rate, lines, &shutdown)
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
        let what = if self.articles.is_some() { "your" } else { "sample" };
        eprintln!("lodestream demo: {what} articles through a Kafka inside this process");
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

/// Lines of articles; one that waits for more may say so by `None` in between.
type Lines = Box<dyn Iterator<Item = Option<io::Result<Vec<u8>>>> + Send>;

impl Demo {
    /// The samples over and over, or the user's own articles, once.
    fn lines(&self) -> Result<Lines, Problem> {
        let reader: Box<dyn BufRead + Send> = match self.articles.as_deref() {
            None => {
                let samples = std::iter::repeat_with(|| SAMPLES.lines()).flatten();
                return Ok(Box::new(samples.map(|line| Some(Ok(line.as_bytes().to_vec())))));
            }
            Some(file) if file == Path::new("-") => Box::new(BufReader::new(io::stdin())),
            Some(file) => match File::open(file) {
                Ok(opened) => Box::new(BufReader::new(opened)),
                Err(error) => return Err(Problem::usage(format!("{}: {error}", file.display()))),
            },
        };
        // On a thread that nobody waits for: standard input may stay silent when the demo is to end.
        let (sender, receiver) = mpsc::sync_channel(64);
        let read = move || _ = lines(reader).try_for_each(|line| sender.send(line));
        thread::Builder::new()
            .name("read".to_owned())
            .spawn(read)
            .map_err(|error| Problem::failure(format!("cannot start threads: {error}")))?;
        Ok(Box::new(std::iter::from_fn(move || match receiver.recv_timeout(REFRESH) {
            Ok(line) => Some(Some(line)),
            Err(RecvTimeoutError::Timeout) => Some(None),
            Err(RecvTimeoutError::Disconnected) => None,
        })))
    }
}

/// Publishes the lines as they come.
fn feed_lines(
    connection: &Connection,
    topic: &str,
    rate: f64,
    lines: Lines,
    shutdown: &Shutdown,
) -> Result<(), StreamError> {
    let lines = lines.take_while(|_| !shutdown.is_signalled()).flatten();
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
