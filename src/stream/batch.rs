//! The records of one transaction: gathered, forgotten when their partition is taken, or read again.

use crate::stream::StreamSettings;
use crate::stream::rebalance::Membership;
use rdkafka::Message;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaError, KafkaResult};
use rdkafka::message::BorrowedMessage;
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};
use std::time::{Duration, Instant};

/// How long an idle worker waits in one poll: the longest that it takes to heed a request to stop.
const IDLE_POLL: Duration = Duration::from_millis(100);

/// How long a seek may take. It is a local matter of librdkafka: no broker is asked.
const SEEK_TIMEOUT: Duration = Duration::from_secs(10);

/// The records of one transaction. They are borrowed from librdkafka's own buffers: nothing is copied.
pub(super) struct Batch<'c> {
    pub(super) messages: Vec<BorrowedMessage<'c>>,
    bytes: usize,
    positions: Vec<Position>,
    /// Partitions that were taken, until someone asks.
    forgotten: Vec<i32>,
}

/// Where a batch stands in a partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Position {
    partition: i32,
    /// The first offset of this batch: where to read again if it is given up. `None`: no record in this batch.
    first: Option<i64>,
    /// One past the last offset that was taken in: what is committed. Kept from batch to batch.
    next: i64,
}

impl<'c> Batch<'c> {
    pub(super) fn new() -> Self {
        Self { messages: Vec::new(), bytes: 0, positions: Vec::new(), forgotten: Vec::new() }
    }

    /// Polls until the batch is full, `linger` has passed since its first record, `stop` says so, or, as long as there
    /// is no record, one idle poll has passed. Rebalances happen in here and nowhere else.
    pub(super) fn gather(
        &mut self,
        consumer: &'c BaseConsumer<Membership>,
        settings: &StreamSettings,
        stop: impl Fn() -> bool,
    ) -> KafkaResult<()> {
        let mut deadline: Option<Instant> = None;
        while self.messages.len() < settings.batch_records && self.bytes < settings.batch_bytes && !stop() {
            let wait = deadline.map_or(IDLE_POLL, |at| at.saturating_duration_since(Instant::now()));
            match self.poll(consumer, wait)? {
                true if self.messages.is_empty() => {}
                true => _ = deadline.get_or_insert_with(|| Instant::now() + settings.linger),
                false if deadline.is_none_or(|at| at <= Instant::now()) => break,
                false => {}
            }
        }
        Ok(())
    }

    /// Polls once; whether anything came in, be it bad news. Anything but a fatal error librdkafka mends by itself; the context has told
    /// of it.
    pub(super) fn poll(&mut self, consumer: &'c BaseConsumer<Membership>, wait: Duration) -> KafkaResult<bool> {
        let polled = consumer.poll(wait);
        if let Some(revoked) = consumer.context().take_revoked() {
            self.forget(&revoked);
        }
        match polled {
            Some(Ok(message)) => {
                self.push(message);
                Ok(true)
            }
            Some(Err(error @ KafkaError::MessageConsumptionFatal(_))) => Err(error),
            Some(Err(_)) => Ok(true),
            None => Ok(false),
        }
    }

    /// Partitions that were taken since the last call.
    pub(super) fn take_forgotten(&mut self) -> Vec<i32> {
        std::mem::take(&mut self.forgotten)
    }

    /// Takes in a record, unless its partition has already given it: librdkafka may fetch again around a rebalance.
    fn push(&mut self, message: BorrowedMessage<'c>) {
        if !self.advance(message.partition(), message.offset()) {
            return;
        }
        self.bytes += message.key_len() + message.payload_len();
        self.messages.push(message);
    }

    fn advance(&mut self, partition: i32, offset: i64) -> bool {
        let position = match self.positions.iter_mut().find(|position| position.partition == partition) {
            Some(position) if offset < position.next => return false,
            Some(position) => position,
            None => {
                self.positions.push(Position { partition, first: None, next: offset });
                let last = self.positions.len() - 1;
                &mut self.positions[last]
            }
        };
        position.first.get_or_insert(offset);
        position.next = offset + 1;
        true
    }

    /// Drops the records of partitions that now belong to another worker.
    fn forget(&mut self, revoked: &[i32]) {
        self.forgotten.extend(revoked);
        self.positions.retain(|position| !revoked.contains(&position.partition));
        self.messages.retain(|message| !revoked.contains(&message.partition()));
        self.bytes = self.messages.iter().map(|message| message.key_len() + message.payload_len()).sum();
    }

    /// One past the last offset of this batch, by partition: our own count, for the consumer's `position()` also
    /// counts records that wait in its queue.
    pub(super) fn offsets(&self) -> impl Iterator<Item = (i32, i64)> + '_ {
        self.positions
            .iter()
            .filter(|position| position.first.is_some())
            .map(|position| (position.partition, position.next))
    }

    /// [`Self::offsets`] as librdkafka wants them.
    pub(super) fn offset_list(&self, topic: &str) -> KafkaResult<TopicPartitionList> {
        let mut list = TopicPartitionList::new();
        for (partition, next) in self.offsets() {
            list.add_partition_offset(topic, partition, Offset::Offset(next))?;
        }
        Ok(list)
    }

    /// The batch is committed: makes room for the next.
    pub(super) fn finish(&mut self) {
        self.messages.clear();
        self.bytes = 0;
        for position in &mut self.positions {
            position.first = None;
        }
    }

    /// The batch is given up: every partition that it has records of is read again from its first one. That is where
    /// the committed offset stands, since all before it was committed by this very worker or is where it began.
    /// Partitions without a record in the batch stand where they should.
    pub(super) fn give_up(&mut self, consumer: &BaseConsumer<Membership>, topic: &str) -> KafkaResult<()> {
        let mut list = TopicPartitionList::new();
        for position in &mut self.positions {
            if let Some(first) = position.first {
                list.add_partition_offset(topic, position.partition, Offset::Offset(first))?;
                position.next = first;
            }
        }
        self.finish();
        if list.count() == 0 {
            return Ok(());
        }
        let sought = consumer.seek_partitions(list, SEEK_TIMEOUT)?;
        sought.elements().iter().try_for_each(|element| element.error())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offsets(batch: &Batch<'_>) -> Vec<(i32, i64)> {
        batch.offsets().collect()
    }

    #[test]
    fn offsets_are_one_past_the_last_record_whatever_the_gaps() {
        let mut batch = Batch::new();
        for (partition, offset) in [(0, 5), (1, 0), (0, 6), (0, 9)] {
            assert!(batch.advance(partition, offset));
        }
        assert_eq!(offsets(&batch), [(0, 10), (1, 1)]);
    }

    #[test]
    fn a_record_that_was_already_taken_in_is_not_taken_twice() {
        let mut batch = Batch::new();
        assert!(batch.advance(0, 5));
        assert!(!batch.advance(0, 5));
        batch.finish();
        assert!(!batch.advance(0, 4), "committed in the batch before");
        assert_eq!(offsets(&batch), []);
        assert!(batch.advance(0, 6));
    }

    #[test]
    fn a_partition_that_was_taken_and_given_back_starts_where_the_group_says() {
        let mut batch = Batch::new();
        assert!(batch.advance(0, 5) && batch.advance(1, 3));
        batch.forget(&[0]);
        assert_eq!(offsets(&batch), [(1, 4)]);
        assert!(batch.advance(0, 2), "the other worker committed less than we had read");
    }
}
