//! The timeline, as a worker keeps it: the state of the partitions that it holds, on the topic and in memory.
//!
//! *In:* the events of a batch, in the order of their records. *Out:* each event with its story; with the batch's transaction the
//! changed totals, on the partition of the timeline's topic that has the number of the input's.
//! *Guaranteed,* with transactions: totals, events and offsets of a batch become visible together or not at all, and what is in
//! memory follows only then. So a crash, a rebalance or a batch that is read again changes no total. A partition that is
//! assigned is restored from the topic before any record of it is processed (`restore`); one that is revoked is dropped.
//!
//! At least once, totals are written before the offsets: after a crash in between, the batch is counted again, but for the
//! articles that de-duplication remembers, which were written with the totals.
//!
//! From the outside the topic is read whole or followed ([`read`], [`TimelineReader`]). [`LedgerTopic`] keeps what another store has been
//! told of it.

mod follow;
mod ledger;
mod read;
mod restore;

pub use follow::{Follower, follow};
pub use ledger::LedgerTopic;
pub use read::{Comparison, TimelineReader, compare, read};

use crate::pipeline::Enriched;
use crate::stream::transaction::{Failure, Outgoing, Output};
use crate::timeline::{Changes, Outcomes, Partition, Placement, TimelineSettings};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The partitions of a worker.
pub(super) struct Timelines {
    settings: Arc<TimelineSettings>,
    partitions: BTreeMap<i32, Partition>,
}

/// What a batch wrote, by partition.
pub(super) type Written = Vec<(i32, Changes)>;

impl Timelines {
    pub(super) fn new(settings: &TimelineSettings) -> Self {
        Self { settings: Arc::new(settings.clone()), partitions: BTreeMap::new() }
    }

    /// Drops the partitions that now belong to others.
    pub(super) fn forget(&mut self, revoked: &[i32]) {
        revoked.iter().for_each(|partition| _ = self.partitions.remove(partition));
    }

    /// Writes into an event which story it tells. `None` when the timeline is off.
    pub(super) fn place(&self, partition: i32, enriched: &mut Enriched) -> Option<Placement> {
        Some(self.partitions.get(&partition)?.place_and_tell(enriched))
    }

    /// Counts an event that was sent.
    pub(super) fn take(
        &mut self,
        partition: i32,
        placement: Placement,
        enriched: &Enriched,
        arrived: Option<Timestamp>,
    ) {
        if let Some(state) = self.partitions.get_mut(&partition) {
            state.take(placement, enriched, arrived);
        }
    }

    /// Refuses a batch with records of a partition that was not restored: its totals would begin at zero.
    pub(super) fn require(&self, mut partitions: impl Iterator<Item = i32>) -> Result<(), Failure> {
        match partitions.find(|partition| self.settings.enabled && !self.partitions.contains_key(partition)) {
            None => Ok(()),
            Some(partition) => {
                Err(Failure::Timeline { partition, reason: "it has records but was never restored".to_owned() })
            }
        }
    }

    /// Sends what the batch changed.
    pub(super) fn send(&self, output: &Output) -> Result<Written, Failure> {
        let mut written = Vec::with_capacity(self.partitions.len());
        for (&partition, state) in &self.partitions {
            let failed = |reason: String| Failure::Timeline { partition, reason };
            let changes = state.changes().map_err(|error| failed(error.to_string()))?;
            for (key, value) in &changes.records {
                let sent = output.send(Outgoing {
                    topic: &self.settings.topic,
                    partition: Some(partition),
                    key: Some(key),
                    value: value.as_deref(),
                    headers: None,
                    // Of no record of the batch.
                    index: usize::MAX,
                })?;
                if !sent {
                    return Err(failed("a record of its state is larger than any topic takes".to_owned()));
                }
            }
            written.push((partition, changes));
        }
        Ok(written)
    }

    /// The batch is committed; what became of its articles.
    pub(super) fn commit(&mut self, written: Written) -> Outcomes {
        let mut sum = Outcomes::default();
        for (partition, changes) in written {
            if let Some(state) = self.partitions.get_mut(&partition) {
                sum += state.commit(changes);
            }
        }
        sum
    }

    /// The batch is given up.
    pub(super) fn roll_back(&mut self) {
        self.partitions.values_mut().for_each(Partition::roll_back);
    }
}
