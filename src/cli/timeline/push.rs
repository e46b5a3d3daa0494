//! `lodestream timeline push`: into a running Prometheus.

use super::super::options::{ConfigOptions, KafkaOptions, present};
use super::super::run::Server;
use super::super::{Exit, Outcome, Problem, signals};
use crate::config::Settings;
use crate::http::{self, Probe};
use crate::metrics::PushMetrics;
use crate::push::{PushError, Pushed, Pusher};
use crate::stream::{Connection, Shutdown};
use crate::telemetry;
use clap::Args;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Push: into Prometheus by remote write, late articles included, nothing twice
///
/// Sends what the timeline holds beyond what was sent before, as additions at instants of their own within the hour of publication.
/// What was sent is noted on a compacted topic, the ledger, before it is sent: after a crash or a lost answer the same samples are
/// sent again, which changes nothing. Run one push for each store.
///
/// Prometheus needs --web.enable-remote-write-receiver and storage.tsdb.out_of_order_time_window, which must be longer than
/// timeline.push.window.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lodestream timeline push --url http://localhost:9090/api/v1/write --create-topics
  lodestream timeline push --config lodestream.toml --every 30s --listen 127.0.0.1:9185
  lodestream timeline push --backfill old.om && promtool tsdb create-blocks-from openmetrics old.om /var/lib/prometheus

In Prometheus:
  sum by (mineral, country) (sum_over_time(lodestream_timeline_mentions[1d]))

Exit codes: 0 all is pushed (what is too old is told), 1 it failed and can be tried again, 2 bad usage or configuration.")]
pub(in crate::cli) struct Push {
    #[command(flatten)]
    config: ConfigOptions,
    #[command(flatten)]
    kafka: KafkaOptions,

    /// Where samples are written to: http://prometheus:9090/api/v1/write
    #[arg(long, value_name = "URL", env = "LODESTREAM_PUSH_URL")]
    url: Option<String>,

    /// Push again and again, with so long a pause: 30s, 5m [default: once]
    #[arg(long, value_name = "TIME", conflicts_with = "backfill")]
    every: Option<String>,

    /// Serve /metrics, /livez and /readyz at this address [default: not at all]
    #[arg(long, value_name = "ADDRESS:PORT", value_parser = crate::config::parse_address)]
    listen: Option<SocketAddr>,

    /// Create the ledger's topic where it does not exist
    #[arg(long, env = "LODESTREAM_CREATE_TOPICS", value_parser = clap::builder::FalseyValueParser::new())]
    create_topics: bool,

    /// Do not push: write what is too old to be pushed to this new file, as OpenMetrics for promtool, and note it as pushed
    #[arg(long, value_name = "FILE")]
    backfill: Option<PathBuf>,
}

impl Push {
    pub(in crate::cli) fn run(&self) -> Outcome {
        let create_topics = self.create_topics.then(|| "true".to_owned());
        let own = present([
            ("--url", &["timeline", "push.url"], &self.url),
            ("--every", &["timeline", "push.every"], &self.every),
            ("--create-topics", &["stream", "create_topics"], &create_topics),
        ]);
        let settings = self.config.load_with([self.kafka.flags(), own].concat())?;
        telemetry::start(&settings.log).map_err(Problem::usage)?;
        let job = Job {
            connection: Connection::new((*settings.kafka).clone(), &settings.instance),
            metrics: Arc::new(PushMetrics::new().map_err(Problem::failure)?),
            state: Arc::new(State::default()),
            shutdown: Shutdown::new(),
            settings,
        };
        let end = match self.listen {
            Some(listen) => End::Server(job.serve(listen)?),
            None => End::Signals(job.heed_signals()?),
        };
        let outcome = match &self.backfill {
            Some(path) => job.open().and_then(|mut pusher| pusher.backfill(path)).map(|samples| {
                _ = writeln!(io::stdout(), "{samples} samples written to {}", path.display());
            }),
            None => job.push(),
        };
        if let End::Server(server) = end {
            server.stop();
        }
        match outcome {
            Ok(()) => Ok(Exit::Success),
            // What is open is sent by the next push.
            Err(error) if error.is_stop() => Ok(Exit::Success),
            Err(error) if error.is_configuration() => Err(Problem::usage(error)),
            Err(error) => Err(Problem::failure(error)),
        }
    }
}

/// What must be there until the end.
enum End {
    Server(Server),
    Signals(#[expect(dead_code, reason = "it listens for as long as it lives")] tokio::runtime::Runtime),
}

struct Job {
    settings: Settings,
    connection: Connection,
    metrics: Arc<PushMetrics>,
    state: Arc<State>,
    shutdown: Shutdown,
}

impl Job {
    fn serve(&self, listen: SocketAddr) -> Result<Server, Problem> {
        let (metrics, state) = (Arc::clone(&self.metrics), Arc::clone(&self.state));
        let server = Server::serving(listen, &self.shutdown, move |listener, until| {
            http::serve_push(listener, metrics, state, until)
        })?;
        tracing::info!("metrics at http://{}/metrics, probes at /livez and /readyz", server.address);
        Ok(server)
    }

    fn heed_signals(&self) -> Result<tokio::runtime::Runtime, Problem> {
        let failed = |error: io::Error| Problem::failure(format!("cannot listen for signals: {error}"));
        let runtime = signals::runtime().map_err(failed)?;
        signals::stop_on_signal(&runtime, self.shutdown.clone()).map_err(failed)?;
        Ok(runtime)
    }

    fn open(&self) -> Result<Pusher, PushError> {
        let Settings { stream, push, .. } = &self.settings;
        Pusher::open(&self.connection, stream, push, Arc::clone(&self.metrics), &self.shutdown)
    }

    fn push(&self) -> Result<(), PushError> {
        let mut pusher = self.open()?;
        let Some(every) = self.settings.push.every else {
            let Pushed { samples, too_old } = pusher.push()?;
            let mut words = format!("{samples} samples pushed");
            if too_old > 0 {
                let window = humantime::format_duration(self.settings.push.window);
                words += &format!(
                    "; {too_old} are older than {window} (timeline.push.window) and were not: write them with --backfill FILE"
                );
            }
            _ = writeln!(io::stdout(), "{words}");
            return Ok(());
        };
        self.push_until_stopped(pusher, every)
    }

    /// Round after round. What goes wrong in one is said, and shows in `/readyz`; the next one tries again.
    fn push_until_stopped(&self, pusher: Pusher, every: Duration) -> Result<(), PushError> {
        let mut pusher = Some(pusher);
        let mut told = 0;
        loop {
            let round = match pusher.take() {
                Some(pusher) => Ok(pusher),
                None => self.open(),
            }
            .and_then(|mut open| {
                let round = open.push();
                // After anything else nobody knows what stands in the ledger: it is read anew.
                let keep = round.as_ref().map_or_else(PushError::keeps_the_ledger, |_| true);
                pusher = keep.then_some(open);
                round
            });
            self.state.set(round.as_ref().err().map(ToString::to_string));
            match round {
                Ok(Pushed { samples, too_old }) => {
                    tracing::debug!(samples, too_old, "pushed");
                    if too_old > told {
                        tracing::warn!(
                            samples = too_old,
                            "too old to be pushed: write them with `timeline push --backfill FILE`"
                        );
                    }
                    told = too_old;
                }
                Err(error) if error.is_stop() => return Ok(()),
                Err(error) if error.is_taken_over() || error.is_configuration() => return Err(error),
                Err(error) => tracing::error!(%error, "this round of the push failed; the next one tries again"),
            }
            if self.shutdown.wait_timeout(every) {
                return Ok(());
            }
        }
    }
}

/// How the last round ended.
#[derive(Default)]
struct State(Mutex<Option<String>>);

impl State {
    fn set(&self, failure: Option<String>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = failure;
    }
}

impl Probe for State {
    /// A restart helps with nothing that a round does not try by itself.
    fn live(&self) -> Result<(), Vec<String>> {
        Ok(())
    }

    fn ready(&self) -> Result<(), Vec<String>> {
        let failure = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        failure.clone().map_or(Ok(()), |failure| Err(vec![failure]))
    }
}
