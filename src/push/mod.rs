//! The timeline into a running Prometheus, or whatever else takes remote write.
//!
//! *In:* the timeline's topic, the ledger's topic, settings ([`PushSettings`]). *Out:* samples
//! `lodestream_timeline_{mentions,articles,stories}{mineral,country}`, each an addition at an instant of its own, so that
//! `sum by (mineral, country) (sum_over_time(lodestream_timeline_mentions[1d]))` is what was published on that day, with late
//! articles too. *Guaranteed:*
//! - a batch is noted on the ledger, and safe there, before it is sent; one that nobody confirmed is sent again, the same samples
//!   at the same instants. So no crash, no lost answer and no outage counts anything twice or leaves anything out;
//! - one process at a time sends (`stream::timeline::LedgerTopic`);
//! - what is older than the store takes is not sent, but told, and written to a file on demand ([`Pusher::backfill`]), once;
//! - a store that is down is tried again within bounds, and nothing is lost meanwhile: it stays in the timeline.
//!
//! Why additions, and what the ledger is: `timeline::Ledger`.

mod settings;
mod target;
#[cfg(test)]
mod tests;
mod wire;

pub use settings::{PushSettings, Secret, SettingFault};

use crate::metrics::PushMetrics;
use crate::stream::timeline::{LedgerTopic, TimelineReader};
use crate::stream::{Connection, Shutdown, StreamError, StreamSettings};
use crate::timeline::{ExportError, Filter, Ledger, Plan, Posting, RecordError, export_postings};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::fs::OpenOptions;
use std::io::{BufWriter, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use target::{Answer, Target};

/// Why a push did not come to its end. What was noted is sent again by the next one.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PushError {
    /// Nobody said where to.
    #[error("nobody said where to push: give --url http://prometheus:9090/api/v1/write, or set timeline.push.url")]
    NoUrl,
    /// The certificates to trust cannot be had.
    #[error("{}: cannot be used as certificates to trust (timeline.push.ca_file): {reason}", path.display())]
    Certificates {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// Kafka, the timeline or the ledger.
    #[error(transparent)]
    Stream(#[from] StreamError),
    /// The store does not want it.
    #[error("{url} refuses {samples} samples with {status}: {words}{}", advice(*status, words))]
    Refused {
        /// Where.
        url: String,
        /// How many.
        samples: usize,
        /// The status of the answer.
        status: u16,
        /// The answer.
        words: String,
    },
    /// The store is not there.
    #[error(
        "{url} takes nothing since {since:?} ({reason}); what was to be pushed is kept, and pushed when it is back"
    )]
    Unavailable {
        /// Where.
        url: String,
        /// For how long it was tried.
        since: Duration,
        /// Why, the last time.
        reason: String,
    },
    /// The file of the backfill cannot be written.
    #[error("{}: {source}", path.display())]
    Backfill {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: ExportError,
    },
    /// A record of the ledger cannot be written.
    #[error("the ledger: {0}")]
    Record(#[from] RecordError),
    /// A request cannot be compressed.
    #[error("a request cannot be written: {0}; please report it")]
    Request(#[from] snap::Error),
}

impl PushError {
    /// Whether the operator must change something before another attempt can succeed.
    pub fn is_configuration(&self) -> bool {
        match self {
            Self::NoUrl | Self::Certificates { .. } => true,
            Self::Stream(error) => error.is_configuration(),
            _ => false,
        }
    }

    /// Whether somebody asked to stop.
    pub fn is_stop(&self) -> bool {
        matches!(self, Self::Stream(StreamError::Stopped))
    }

    /// Whether another process has taken over, so that going on would only take it back.
    pub fn is_taken_over(&self) -> bool {
        matches!(self, Self::Stream(StreamError::LedgerTaken { .. }))
    }

    /// Whether what is known of the ledger still holds, so that the same [`Pusher`] may go on.
    pub fn keeps_the_ledger(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::Unavailable { .. })
    }
}

/// What to do about a refusal.
fn advice(status: u16, words: &str) -> &'static str {
    match status {
        401 | 403 => "; set timeline.push.username and password, or bearer_token",
        404 | 405 => "; is the path right (/api/v1/write), and does it run with --web.enable-remote-write-receiver?",
        _ if words.contains("too old") || words.contains("out of") => {
            "; timeline.push.window must be less than its storage.tsdb.out_of_order_time_window"
        }
        _ => "",
    }
}

/// So many lines go to the ledger in one transaction of a backfill, which may have millions.
const NOTED_AT_ONCE: usize = 20_000;

/// What a push did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pushed {
    /// Samples that the store took.
    pub samples: usize,
    /// Samples that are older than the store takes, and were not sent.
    pub too_old: usize,
}

/// Pushes by one ledger.
pub struct Pusher {
    reader: TimelineReader,
    topic: LedgerTopic,
    ledger: Ledger,
    target: Target,
    settings: PushSettings,
    metrics: Arc<PushMetrics>,
    shutdown: Shutdown,
}

impl Pusher {
    /// Takes over the ledger, and with it the right to push.
    ///
    /// # Errors
    /// When something that is needed is not there, or is not what it should be.
    pub fn open(
        connection: &Connection,
        stream: &StreamSettings,
        settings: &PushSettings,
        metrics: Arc<PushMetrics>,
        shutdown: &Shutdown,
    ) -> Result<Self, PushError> {
        let target = Target::new(settings)?;
        let (topic, ledger) = LedgerTopic::open(connection, stream, &settings.ledger_topic, shutdown)?;
        let reader = TimelineReader::new(connection, stream, Filter::default());
        let (settings, shutdown) = (settings.clone(), shutdown.clone());
        Ok(Self { reader, topic, ledger, target, settings, metrics, shutdown })
    }

    /// Pushes what there is now: first what a push before this one left open, then what the timeline holds beyond the ledger.
    ///
    /// # Errors
    /// When it did not come to its end.
    pub fn push(&mut self) -> Result<Pushed, PushError> {
        let mut pushed = Pushed { samples: self.settle()?, too_old: 0 };
        self.reader.catch_up(&mut |_| {})?;
        let Plan { due, late } = self.plan();
        pushed.too_old = samples(&late);
        self.metrics.too_old(pushed.too_old);
        for batch in batches(&due, self.settings.batch_samples) {
            self.note(batch)?;
            self.send(batch)?;
            pushed.samples += samples(batch);
        }
        if !due.is_empty() {
            self.note(&[])?;
        }
        self.metrics.succeeded();
        Ok(pushed)
    }

    /// Writes what is too old to be pushed to a file, as OpenMetrics for `promtool tsdb create-blocks-from`, and notes it as
    /// pushed: a later push will not hold it against the store, nor a later backfill write it again. How many samples.
    ///
    /// The file must not exist: it may be the only place where samples of an earlier one stand.
    ///
    /// # Errors
    /// When it did not come to its end. What was to be in the file then is in the next one, the same samples at the same instants:
    /// both may be used.
    pub fn backfill(&mut self, path: &Path) -> Result<usize, PushError> {
        self.settle()?;
        self.reader.catch_up(&mut |_| {})?;
        let failed = |source: ExportError| PushError::Backfill { path: path.to_owned(), source };
        let mut file =
            OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| failed(error.into()))?;
        let mut written: Vec<Posting> = Vec::new();
        // Twice where something is held: it comes first, then what was added to its bucket since.
        loop {
            let late: Vec<Posting> = self.plan().late.into_iter().map(Posting::settle).collect();
            // One batch, in as many transactions as it takes: it counts as sent only when the file is safe.
            for part in late.chunks(NOTED_AT_ONCE) {
                self.note(part)?;
            }
            written.extend_from_slice(&late);
            // Samples of a series stand together in such a file: it is written anew as a whole.
            let anew = file.set_len(0).and_then(|()| file.rewind());
            anew.map_err(|error| failed(error.into()))?;
            export_postings(&written, &self.settings.labels, &mut BufWriter::new(&file)).map_err(failed)?;
            file.sync_all().map_err(|error| failed(error.into()))?;
            if late.is_empty() {
                break;
            }
            self.ledger.confirm();
        }
        self.note(&[])?;
        self.metrics.too_old(0);
        Ok(samples(&written))
    }

    /// Sends the batch that was noted and not confirmed. What of it has become too old is held for the backfill.
    fn settle(&mut self) -> Result<usize, PushError> {
        let open = self.ledger.open();
        if open.is_empty() {
            return Ok(0);
        }
        let oldest = self.oldest();
        let (old, open): (Vec<_>, Vec<_>) = open.into_iter().partition(|posting| posting.time() < oldest);
        tracing::info!(samples = samples(&open), too_old = samples(&old), "pushing again what was not confirmed");
        if !old.is_empty() {
            let held: Vec<Posting> = old.into_iter().map(Posting::hold).collect();
            self.note(&held)?;
        }
        self.send(&open)?;
        self.note(&[])?;
        Ok(samples(&open))
    }

    fn plan(&self) -> Plan {
        self.ledger.plan(self.reader.timeline(), self.oldest(), Timestamp::now())
    }

    /// Older samples are not sent: one of them makes Prometheus refuse the whole request.
    fn oldest(&self) -> Timestamp {
        // A minute for the way there, and for clocks that differ.
        let window = self.settings.window.saturating_sub(Duration::from_secs(60));
        let window = SignedDuration::try_from(window).unwrap_or(SignedDuration::MAX);
        Timestamp::now().saturating_sub(window).unwrap_or(Timestamp::MIN)
    }

    /// Makes a batch safe on the ledger.
    fn note(&mut self, batch: &[Posting]) -> Result<(), PushError> {
        self.topic.write(&self.ledger.records(batch)?)?;
        self.ledger.note(batch);
        Ok(())
    }

    /// Sends a noted batch until it is taken, within bounds, and confirms it.
    fn send(&mut self, batch: &[Posting]) -> Result<(), PushError> {
        self.metrics.open(samples(batch));
        if !batch.is_empty() {
            self.deliver(&wire::body(batch, &self.settings.labels)?, samples(batch))?;
        }
        self.ledger.confirm();
        self.metrics.open(0);
        Ok(())
    }

    fn deliver(&self, body: &[u8], samples: usize) -> Result<(), PushError> {
        let url = || self.target.url().to_owned();
        let started = Instant::now();
        let mut backoff = self.settings.backoff_min;
        loop {
            let sent = Instant::now();
            let answer = self.target.post(body);
            let (reason, asked) = match answer {
                Answer::Taken => {
                    self.metrics.taken(samples, sent.elapsed());
                    return Ok(());
                }
                Answer::Refused { status, words } => {
                    self.metrics.refused(samples);
                    return Err(PushError::Refused { url: url(), samples, status, words });
                }
                Answer::Unclear { reason, pause } => (reason, pause),
            };
            self.metrics.unavailable();
            let pause = asked.unwrap_or(backoff).max(backoff).min(self.settings.backoff_max);
            if started.elapsed() + pause > self.settings.retry_for {
                let since = Duration::from_millis(started.elapsed().as_millis() as u64);
                return Err(PushError::Unavailable { url: url(), since, reason });
            }
            tracing::warn!(url = self.target.url(), reason, ?pause, "the push was not taken; trying again");
            if self.shutdown.wait_timeout(pause) {
                return Err(StreamError::Stopped.into());
            }
            backoff = (backoff * 2).min(self.settings.backoff_max);
        }
    }
}

fn samples(postings: &[Posting]) -> usize {
    postings.iter().map(Posting::samples).sum()
}

/// Runs of postings with about so many samples each; a posting is never parted.
fn batches(postings: &[Posting], most: usize) -> Vec<&[Posting]> {
    let mut batches = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (at, posting) in postings.iter().enumerate() {
        size += posting.samples();
        if size > most && at > start {
            batches.push(&postings[start..at]);
            (start, size) = (at, posting.samples());
        }
    }
    batches.extend(Some(&postings[start..]).filter(|rest| !rest.is_empty()));
    batches
}
