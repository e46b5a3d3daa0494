//! `lodestream run`: the service.

use super::options::{ConfigOptions, KafkaOptions, LexiconOptions, ServiceOptions};
use super::{Exit, Outcome, Problem, engine, signals};
use crate::config::Settings;
use crate::http::{self, Status};
use crate::live::Live;
use crate::stream::{self, Connection, Health, Shutdown};
use crate::telemetry;
use clap::Args;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::thread;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

/// The service: reads raw articles from Kafka, publishes enriched events, serves metrics
///
/// Reads raw articles from the input topic, publishes an enriched event for each to the output topic (or the article,
/// untouched, to the dead-letter topic when it cannot be read), and commits all of it as one transaction: readers with
/// `read_committed` see each article exactly once.
///
/// Settings come from flags, then environment variables, then the file, then defaults that suit localhost:9092.
/// SIGTERM or Ctrl-C finishes the open batch and ends; a second signal ends at once.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lodestream run --create-topics                         everything on this machine, default topics
  lodestream run --config lodestream.toml --workers 4
  LODESTREAM_KAFKA__SASL_PASSWORD=… lodestream run --config lodestream.toml

Where to look: http://127.0.0.1:9184/ in a browser, /metrics and /readyz; `lodestream check` before the first start;
`lodestream verify` to prove afterwards that nothing is missing and nothing is there twice.")]
pub(super) struct Run {
    #[command(flatten)]
    config: ConfigOptions,
    #[command(flatten)]
    kafka: KafkaOptions,
    #[command(flatten)]
    service: ServiceOptions,
    #[command(flatten)]
    lexicon: LexiconOptions,
}

impl Run {
    pub(super) fn run(&self) -> Outcome {
        let settings =
            self.config.load_with([self.kafka.flags(), self.service.flags(), self.lexicon.flags()].concat())?;
        telemetry::start(&settings.log).map_err(Problem::usage)?;
        for warning in &settings.warnings {
            tracing::warn!("{warning}");
        }
        let (lexicon, pipeline) = engine::load(&settings, false)?;
        let metrics = engine::metrics(&lexicon)?;
        let shutdown = Shutdown::new();
        let health = Health::new(&settings.stream);
        let live = engine::live(&settings, &lexicon);
        let status = Status {
            metrics: metrics.clone(),
            probe: health.clone(),
            lexicon_version: lexicon.version().to_string(),
            live: live.clone(),
        };
        let server = Server::start(settings.http.listen, status, &shutdown)?;
        announce(&settings, server.address, lexicon.version(), metrics.series_bound());

        let connection = Connection::new((*settings.kafka).clone(), &settings.instance);
        if let Some(live) = live.as_ref().filter(|_| settings.stream.timeline.enabled) {
            follow_timeline(live, &connection, &settings, &shutdown)?;
        }
        let observers = engine::observers([Some(metrics as _), live.map(|live| live as _)]);
        let ended = stream::run(pipeline, &connection, &settings.stream, observers, health, &shutdown);
        // it may have ended by itself
        shutdown.signal();
        server.stop();
        ended.map_err(|error| Problem::stream(&error))?;
        tracing::info!("stopped");
        Ok(Exit::Success)
    }
}

/// Has the page follow the whole timeline, on a thread of its own. Nobody waits for it at the end: it only reads, and a broker that
/// does not answer must not hold up a stop.
fn follow_timeline(
    live: &Arc<Live>,
    connection: &Connection,
    settings: &Settings,
    shutdown: &Shutdown,
) -> Result<(), Problem> {
    let (connection, stream, shutdown) = (connection.clone(), settings.stream.clone(), shutdown.clone());
    let mut follower = live.follower();
    let follow = move || stream::timeline::follow(&connection, &stream, &mut follower, &shutdown);
    let started = thread::Builder::new().name("page-timeline".to_owned()).spawn(follow);
    started.map(drop).map_err(|error| Problem::failure(format!("cannot start threads: {error}")))
}

/// Says what was started and where to look.
fn announce(settings: &Settings, address: SocketAddr, lexicon: &str, series_bound: usize) {
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        lexicon,
        lexicon_directory = settings.lexicon.directory.as_deref().map(|path| tracing::field::display(path.display())),
        instance = settings.instance,
        workers = settings.stream.workers,
        delivery = ?settings.stream.delivery,
        series_bound,
        "lodestream starts"
    );
    tracing::info!(
        brokers = settings.kafka.get("bootstrap.servers").map_or("", String::as_str),
        input = settings.stream.input_topic,
        output = settings.stream.output_topic,
        dead_letters = settings.stream.dead_letter_topic,
        group = settings.stream.group_id,
        "reading from Kafka"
    );
    let page = if settings.page.enabled { format!("page at http://{address}/, ") } else { String::new() };
    tracing::info!("{page}metrics at http://{address}/metrics, probes at /livez and /readyz");
}

/// HTTP and signals, beside the workers.
pub(super) struct Server {
    /// The address that was taken.
    pub(super) address: SocketAddr,
    runtime: Runtime,
    stop: oneshot::Sender<()>,
    serving: tokio::task::JoinHandle<()>,
}

impl Server {
    /// Takes the address, answers requests, turns signals into a shutdown.
    pub(super) fn start(listen: SocketAddr, status: Status, shutdown: &Shutdown) -> Result<Self, Problem> {
        Self::serving(listen, shutdown, |listener, until| http::serve(listener, status, until))
    }

    /// The same, with something else to answer.
    pub(super) fn serving<S>(
        listen: SocketAddr,
        shutdown: &Shutdown,
        serve: impl FnOnce(TcpListener, BoxFuture) -> S + Send + 'static,
    ) -> Result<Self, Problem>
    where
        S: Future<Output = io::Result<()>> + Send + 'static,
    {
        let runtime = signals::runtime().map_err(|error| Problem::failure(format!("cannot start threads: {error}")))?;
        signals::stop_on_signal(&runtime, shutdown.clone())
            .map_err(|error| Problem::failure(format!("cannot listen for signals: {error}")))?;
        let listener = runtime.block_on(http::bind(listen)).map_err(Problem::usage)?;
        let address = listener.local_addr().map_err(|error| Problem::failure(format!("no local address: {error}")))?;
        let (stop, stopped) = oneshot::channel();
        // ends when told to, or when the other side is gone
        let until: BoxFuture = Box::pin(async { _ = stopped.await });
        let serving = serve(listener, until);
        let serving = runtime.spawn(async move {
            if let Err(error) = serving.await {
                tracing::error!(%error, "the HTTP server failed; the stream goes on");
            }
        });
        Ok(Self { address, runtime, stop, serving })
    }

    /// Answers what is open, then ends.
    pub(super) fn stop(self) {
        // gone already if the server failed; it has said so
        _ = self.stop.send(());
        _ = self.runtime.block_on(self.serving);
    }
}

/// Ends when the server is to.
type BoxFuture = Pin<Box<dyn Future<Output = ()> + Send>>;
