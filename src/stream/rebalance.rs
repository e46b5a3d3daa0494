//! What the consumer tells its worker: partitions given and taken, how far behind it is.
//!
//! Every callback here runs inside `poll`, on the worker's thread. The worker polls only while no transaction is open,
//! so a rebalance never meets one: it is enough to tell the worker which partitions' records to forget.

use crate::stream::health::{Health, WorkerState};
use crate::stream::statistics::Statistics;
use crate::stream::{Observer, RebalanceKind, client};
use rdkafka::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::{BaseConsumer, Consumer, ConsumerContext, Rebalance};
use rdkafka::error::KafkaError;
use rdkafka::topic_partition_list::TopicPartitionList;
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The consumer's side of a worker.
pub(super) struct Membership {
    worker: usize,
    topic: String,
    observer: Arc<dyn Observer>,
    health: Arc<Health>,
    /// Partitions are paused as they are assigned, until the worker has made ready for them.
    pause: bool,
    /// Raised together with `changes.revoked`, so that the common case costs no lock.
    revoked: AtomicBool,
    /// Raised together with `changes.assigned`.
    assigned: AtomicBool,
    changes: Mutex<Changes>,
}

#[derive(Default)]
struct Changes {
    held: BTreeSet<i32>,
    revoked: Vec<i32>,
    /// Given, and not yet made ready for.
    assigned: BTreeSet<i32>,
    /// One past the last offset committed by this worker, by partition.
    committed: HashMap<i32, i64>,
}

impl Membership {
    pub(super) fn new(
        worker: usize,
        topic: String,
        pause: bool,
        observer: Arc<dyn Observer>,
        health: Arc<Health>,
    ) -> Self {
        let (revoked, assigned) = (AtomicBool::new(false), AtomicBool::new(false));
        Self { worker, topic, observer, health, pause, revoked, assigned, changes: Mutex::default() }
    }

    /// Whether partitions were given since the last call of [`Self::take_assigned`].
    pub(super) fn has_assigned(&self) -> bool {
        self.assigned.load(Ordering::Acquire)
    }

    /// Partitions that were given since the last call, and are still held. They are paused.
    pub(super) fn take_assigned(&self) -> Vec<i32> {
        if !self.assigned.swap(false, Ordering::Acquire) {
            return Vec::new();
        }
        std::mem::take(&mut self.changes().assigned).into_iter().collect()
    }

    /// Partitions that were taken since the last call.
    pub(super) fn take_revoked(&self) -> Option<Vec<i32>> {
        self.revoked.swap(false, Ordering::Acquire).then(|| std::mem::take(&mut self.changes().revoked))
    }

    /// Remembers what was committed, for the lag.
    pub(super) fn committed(&self, offsets: impl Iterator<Item = (i32, i64)>) {
        self.changes().committed.extend(offsets);
    }

    fn changes(&self) -> MutexGuard<'_, Changes> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, kind: RebalanceKind, held: &BTreeSet<i32>, changed: &[i32]) {
        let partitions: Vec<(String, i32)> = held.iter().map(|partition| (self.topic.clone(), *partition)).collect();
        tracing::info!(
            worker = self.worker,
            kind = kind.as_str(),
            ?changed,
            held = held.len(),
            "partitions rebalanced"
        );
        self.observer.rebalanced(self.worker, kind, &partitions);
    }
}

impl ConsumerContext for Membership {
    fn pre_rebalance(&self, consumer: &BaseConsumer<Self>, rebalance: &Rebalance<'_>) {
        let Rebalance::Revoke(partitions) = rebalance else { return };
        let kind = if consumer.assignment_lost() { RebalanceKind::Lost } else { RebalanceKind::Revoked };
        let revoked = partition_numbers(partitions);
        let held = {
            let mut changes = self.changes();
            for partition in &revoked {
                changes.held.remove(partition);
                changes.assigned.remove(partition);
                changes.committed.remove(partition);
            }
            changes.revoked.extend(&revoked);
            changes.held.clone()
        };
        self.revoked.store(true, Ordering::Release);
        self.health.update(self.worker, |worker| worker.assigned = held.iter().copied().collect());
        self.tell(kind, &held, &revoked);
    }

    fn post_rebalance(&self, consumer: &BaseConsumer<Self>, rebalance: &Rebalance<'_>) {
        let Rebalance::Assign(partitions) = rebalance else { return };
        let assigned = partition_numbers(partitions);
        if self.pause && !assigned.is_empty() {
            // Here, on the thread that polls, and before the next poll: no record of them is handed out before.
            if let Err(error) = consumer.pause(partitions) {
                tracing::warn!(worker = self.worker, %error, "partitions cannot be paused");
            }
        }
        let held = {
            let mut changes = self.changes();
            changes.held.extend(&assigned);
            if self.pause {
                changes.assigned.extend(&assigned);
                self.assigned.store(!changes.assigned.is_empty(), Ordering::Release);
            }
            changes.held.clone()
        };
        self.health.update(self.worker, |worker| {
            worker.state = WorkerState::Running;
            worker.assigned = held.iter().copied().collect();
        });
        self.tell(RebalanceKind::Assigned, &held, &assigned);
    }
}

impl ClientContext for Membership {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        client::log(level, facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        tracing::warn!(worker = self.worker, %error, reason, "the consumer reports a problem");
    }

    fn stats_raw(&self, statistics: &[u8]) {
        let Ok(statistics) = serde_json::from_slice::<Statistics>(statistics) else {
            tracing::debug!(worker = self.worker, "librdkafka's statistics cannot be read");
            return;
        };
        self.observer.consumer_figures(self.worker, &statistics.figures(&self.topic));
        let Some(topic) = statistics.topics.get(&self.topic) else { return };
        let lags: Vec<(i32, i64)> = {
            let changes = self.changes();
            let lag = |partition: &i32| {
                let seen = topic.partitions.get(&partition.to_string())?;
                let committed = changes.committed.get(partition).copied().unwrap_or(seen.committed_offset);
                // Before the first commit of a group there is none: then all that is kept is to be read.
                let done = if committed >= 0 { committed } else { seen.lo_offset };
                (seen.hi_offset >= 0 && done >= 0).then(|| (*partition, (seen.hi_offset - done).max(0)))
            };
            changes.held.iter().filter_map(lag).collect()
        };
        for (partition, records) in lags {
            self.observer.lag(&self.topic, partition, records);
        }
    }
}

fn partition_numbers(partitions: &TopicPartitionList) -> Vec<i32> {
    partitions.elements().iter().map(|element| element.partition()).collect()
}
