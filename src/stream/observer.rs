//! What the stream tells those who watch it (metrics, liveness, the demo's table). The stream knows no metric.

use crate::event::Tally;
use crate::stream::kept::{Kept, Wanted};
use crate::timeline::Outcomes;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Told by every worker, on the worker's own thread: implementations must be quick and must not block.
pub trait Observer: Send + Sync {
    /// What a batch shall keep of its events for this observer; asked once by each worker. Nothing, unless it says so.
    fn wanted(&self) -> Wanted {
        Wanted::default()
    }
    /// A batch is committed: what it did is now visible downstream and will not be done again.
    fn batch_committed(&self, batch: &CommittedBatch);
    /// A transaction ended in another way than by a commit.
    fn transaction_failed(&self, outcome: TransactionOutcome);
    /// A worker's assignment changed. `partitions` are those that the worker holds now.
    fn rebalanced(&self, worker: usize, kind: RebalanceKind, partitions: &[(String, i32)]);
    /// How far a partition's committed offset is behind its high watermark; from librdkafka's statistics.
    fn lag(&self, topic: &str, partition: i32, records: i64);
    /// How a worker's consumer fares with its brokers; from librdkafka's statistics, every few seconds.
    fn consumer_figures(&self, _worker: usize, _figures: &ConsumerFigures) {}
    /// A worker dropped its clients and starts afresh after `reason` (a stable code such as `fenced`, `fatal`).
    fn worker_restarted(&self, worker: usize, reason: &'static str);
}

/// How a consumer fares with its brokers, as librdkafka counts it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConsumerFigures {
    /// Brokers that it is connected to.
    pub connected: u64,
    /// Brokers that it wants a connection to and has none.
    pub disconnected: u64,
    /// The mean time from a request to its answer over the last seconds, of the slowest broker.
    pub round_trip: Duration,
    /// Records that are fetched and not yet taken in.
    pub fetched_ahead: u64,
    /// Requests that failed or were not answered in time, since the consumer began.
    pub failed_requests: u64,
}

/// What one committed batch did.
#[derive(Clone, Debug, Default)]
pub struct CommittedBatch {
    /// Topic that the records were read from.
    pub input_topic: String,
    /// Topic that the events were published to.
    pub output_topic: String,
    /// Records read, dead letters included.
    pub consumed: u64,
    /// Events published.
    pub published: u64,
    /// Dead letters by (stage, code).
    pub dead_letters: Vec<(&'static str, &'static str)>,
    /// What the published events add to the counters.
    pub tally: Tally,
    /// What the timeline made of the published events.
    pub timeline: Outcomes,
    /// Duration of the walk and the encoding, one for each record.
    pub enrich_durations: Vec<Duration>,
    /// Timestamps of the records (for the delay from record to commit).
    pub record_times: Vec<SystemTime>,
    /// Times of publication of the articles (for their age at the commit).
    pub published_times: Vec<SystemTime>,
    /// From begin to commit.
    pub commit_duration: Duration,
    /// Of the events themselves, what an observer wanted.
    pub kept: Kept,
}

/// Several observers as one: each is told everything, in their order.
pub struct Observers(pub Vec<Arc<dyn Observer>>);

impl Observer for Observers {
    fn wanted(&self) -> Wanted {
        self.0.iter().fold(Wanted::default(), |wanted, observer| wanted.or(observer.wanted()))
    }

    fn batch_committed(&self, batch: &CommittedBatch) {
        self.0.iter().for_each(|observer| observer.batch_committed(batch));
    }

    fn transaction_failed(&self, outcome: TransactionOutcome) {
        self.0.iter().for_each(|observer| observer.transaction_failed(outcome));
    }

    fn rebalanced(&self, worker: usize, kind: RebalanceKind, partitions: &[(String, i32)]) {
        self.0.iter().for_each(|observer| observer.rebalanced(worker, kind, partitions));
    }

    fn lag(&self, topic: &str, partition: i32, records: i64) {
        self.0.iter().for_each(|observer| observer.lag(topic, partition, records));
    }

    fn consumer_figures(&self, worker: usize, figures: &ConsumerFigures) {
        self.0.iter().for_each(|observer| observer.consumer_figures(worker, figures));
    }

    fn worker_restarted(&self, worker: usize, reason: &'static str) {
        self.0.iter().for_each(|observer| observer.worker_restarted(worker, reason));
    }
}

/// How a transaction ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TransactionOutcome {
    /// Its work is visible.
    Committed,
    /// Given up whole; its records will be read again.
    Aborted,
    /// Another producer with the same transactional id has taken over.
    Fenced,
}

impl TransactionOutcome {
    /// The stable name, as used in metric labels.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Committed => "committed",
            Self::Aborted => "aborted",
            Self::Fenced => "fenced",
        }
    }
}

/// What a rebalance did to a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RebalanceKind {
    /// Partitions were given.
    Assigned,
    /// Partitions were taken in order.
    Revoked,
    /// Partitions were lost: the group had already given them away.
    Lost,
}

impl RebalanceKind {
    /// The stable name, as used in metric labels.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Revoked => "revoked",
            Self::Lost => "lost",
        }
    }
}
