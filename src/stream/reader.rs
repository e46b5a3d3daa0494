//! Reads a topic by hand, from its first kept record to an end that is fixed beforehand.

use crate::stream::client::{Connection, Quiet};
use crate::stream::{StreamError, StreamSettings, admin};
use rdkafka::Message;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaError;
use rdkafka::message::BorrowedMessage;
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};
use std::ops::{ControlFlow, Range};
use std::time::{Duration, Instant};

/// How often progress is told.
const TELL_EVERY: Duration = Duration::from_millis(100);

/// How far the reading is.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// The topic that is being read.
    pub topic: &'a str,
    /// Records read of it.
    pub read: u64,
}

/// Told several times a second while a topic is read, whether records come in or not; what it breaks off is left unread.
pub(super) type Turn<'t> = &'t mut dyn FnMut(Progress<'_>) -> ControlFlow<()>;

/// A reader of one topic, with `read_committed`.
pub(super) struct TopicReader<'a> {
    connection: &'a Connection,
    settings: &'a StreamSettings,
    purpose: &'static str,
    topic: &'a str,
    partitions: i32,
    consumer: BaseConsumer<Quiet>,
}

impl<'a> TopicReader<'a> {
    /// `purpose` becomes part of the client's name.
    pub(super) fn new(
        connection: &'a Connection,
        settings: &'a StreamSettings,
        purpose: &'static str,
        topic: &'a str,
    ) -> Result<Self, StreamError> {
        let count = admin::partition_count(connection, topic, settings.startup_timeout)?;
        let partitions = i32::try_from(count).unwrap_or(i32::MAX);
        let consumer = client(connection, settings, purpose, "read_committed")?;
        Ok(Self { connection, settings, purpose, topic, partitions, consumer })
    }

    /// From the first kept record to the end of each partition, as it is now.
    pub(super) fn whole_ranges(&self) -> Result<Vec<Range<i64>>, StreamError> {
        self.ranges_of(|_| true)
    }

    /// The same, of some partitions; of the others nothing.
    pub(super) fn ranges_of(&self, wanted: impl Fn(i32) -> bool) -> Result<Vec<Range<i64>>, StreamError> {
        // Asked without regard to transactions: what is still open belongs to the end as well, and is waited for.
        let uncommitted = client(self.connection, self.settings, self.purpose, "read_uncommitted")?;
        let range = |partition| match wanted(partition) {
            true => self.watermarks(&uncommitted, partition).map(|(low, high)| low..high),
            false => Ok(0..0),
        };
        (0..self.partitions).map(range).collect()
    }

    /// From the first kept record to the group's committed offset of each partition.
    pub(super) fn committed_ranges(&self) -> Result<Vec<Range<i64>>, StreamError> {
        let mut list = TopicPartitionList::new();
        list.add_partition_range(self.topic, 0, self.partitions - 1);
        let group = &self.settings.group_id;
        let committed = self
            .consumer
            .committed_offsets(list, self.settings.startup_timeout)
            .map_err(StreamError::kafka(format!("cannot ask for the committed offsets of group `{group}`")))?;
        let range = |partition| {
            let (low, _) = self.watermarks(&self.consumer, partition)?;
            let end = committed.find_partition(self.topic, partition).and_then(|found| found.offset().to_raw());
            // Nothing committed: nothing is said to be done.
            Ok(low..end.unwrap_or(low).max(low))
        };
        (0..self.partitions).map(range).collect()
    }

    /// Gives every record of the ranges to `each`, unless `turn` breaks it off.
    pub(super) fn read(
        &self,
        ranges: &[Range<i64>],
        turn: Turn<'_>,
        mut each: impl FnMut(&BorrowedMessage<'_>),
    ) -> Result<ControlFlow<()>, StreamError> {
        // From here on the end of what is committed is the end of the range, or beyond: an end of partition that is
        // reported now lies behind every record that is wanted.
        if self.wait_for_open_transactions(ranges, turn)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
        let failed = || StreamError::kafka(format!("cannot read topic `{}`", self.topic));
        let mut list = TopicPartitionList::new();
        let mut open = Vec::new();
        for (partition, range) in (0..).zip(ranges).filter(|(_, range)| !range.is_empty()) {
            list.add_partition_offset(self.topic, partition, Offset::Offset(range.start)).map_err(failed())?;
            open.push(partition);
        }
        if open.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        self.consumer.assign(&list).map_err(failed())?;
        let (mut read, mut heard, mut told) = (0, Instant::now(), Instant::now());
        while let Some(&waiting) = open.first() {
            if told.elapsed() >= TELL_EVERY {
                told = Instant::now();
                if turn(Progress { topic: self.topic, read }).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            let ended = match self.consumer.poll(TELL_EVERY) {
                Some(Ok(message)) => {
                    heard = Instant::now();
                    let (partition, offset) = (message.partition(), message.offset());
                    let Some(range) = usize::try_from(partition).ok().and_then(|at| ranges.get(at)) else { continue };
                    if offset < range.end {
                        each(&message);
                        read += 1;
                    }
                    (offset + 1 >= range.end).then_some(partition)
                }
                Some(Err(KafkaError::PartitionEOF(partition))) => Some(partition),
                Some(Err(source @ KafkaError::MessageConsumptionFatal(_))) => return Err(failed()(source)),
                _ if heard.elapsed() > self.patience() => {
                    let reason = "the broker sends nothing more; is it well?";
                    return Err(self.out_of_reach(waiting, ranges, heard, reason));
                }
                _ => None,
            };
            open.retain(|partition| Some(*partition) != ended);
        }
        self.consumer.unassign().map_err(failed())?;
        Ok(turn(Progress { topic: self.topic, read }))
    }

    /// Gives every record to `each`, from the first kept one on, and those that are written later as they come, until `turn` breaks
    /// it off; it is told several times a second whether the end of every partition has been reached since the beginning.
    pub(super) fn follow(
        &self,
        turn: &mut dyn FnMut(bool) -> ControlFlow<()>,
        mut each: impl FnMut(&BorrowedMessage<'_>),
    ) -> Result<(), StreamError> {
        let failed = || StreamError::kafka(format!("cannot read topic `{}`", self.topic));
        let mut list = TopicPartitionList::new();
        for partition in 0..self.partitions {
            list.add_partition_offset(self.topic, partition, Offset::Beginning).map_err(failed())?;
        }
        self.consumer.assign(&list).map_err(failed())?;
        let mut behind: Vec<i32> = (0..self.partitions).collect();
        let mut told = Instant::now();
        loop {
            if told.elapsed() >= TELL_EVERY {
                told = Instant::now();
                if turn(behind.is_empty()).is_break() {
                    return Ok(());
                }
            }
            match self.consumer.poll(TELL_EVERY) {
                Some(Ok(message)) => each(&message),
                Some(Err(KafkaError::PartitionEOF(ended))) => behind.retain(|partition| *partition != ended),
                Some(Err(source @ KafkaError::MessageConsumptionFatal(_))) => return Err(failed()(source)),
                // librdkafka mends it by itself
                Some(Err(error)) => tracing::debug!(topic = self.topic, %error, "a reader meets a problem"),
                None => {}
            }
        }
    }

    /// Waits until no open transaction hides the end of a range.
    fn wait_for_open_transactions(
        &self,
        ranges: &[Range<i64>],
        turn: Turn<'_>,
    ) -> Result<ControlFlow<()>, StreamError> {
        let started = Instant::now();
        for (partition, range) in (0..).zip(ranges) {
            while !range.is_empty() && self.watermarks(&self.consumer, partition)?.1 < range.end {
                if started.elapsed() > self.patience() {
                    let reason = "a transaction stays open; stop the producer that holds it, or wait until the broker \
                                  gives it up, and try again";
                    return Err(self.out_of_reach(partition, ranges, started, reason));
                }
                if turn(Progress { topic: self.topic, read: 0 }).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                std::thread::sleep(Duration::from_millis(100));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// The longest that a transaction of this service can stay open, and the broker's own delays.
    fn patience(&self) -> Duration {
        self.settings.transaction_timeout + self.settings.startup_timeout + Duration::from_secs(15)
    }

    fn watermarks(&self, consumer: &BaseConsumer<Quiet>, partition: i32) -> Result<(i64, i64), StreamError> {
        consumer.fetch_watermarks(self.topic, partition, self.settings.startup_timeout).map_err(StreamError::kafka(
            format!("cannot ask for the ends of topic `{}` partition {partition}", self.topic),
        ))
    }

    fn out_of_reach(&self, partition: i32, ranges: &[Range<i64>], since: Instant, reason: &str) -> StreamError {
        let end = usize::try_from(partition).ok().and_then(|at| ranges.get(at)).map_or(0, |range| range.end);
        let waited = Duration::from_secs(since.elapsed().as_secs());
        StreamError::OutOfReach { topic: self.topic.into(), partition, end, waited, reason: reason.into() }
    }
}

/// A client that reads by hand. It names the group only to ask for its committed offsets; it never joins it.
fn client(
    connection: &Connection,
    settings: &StreamSettings,
    purpose: &str,
    isolation: &str,
) -> Result<BaseConsumer<Quiet>, StreamError> {
    let mut config = connection.plain(purpose);
    for (name, value) in [
        ("group.id", settings.group_id.as_str()),
        ("enable.auto.commit", "false"),
        ("enable.partition.eof", "true"),
        ("isolation.level", isolation),
        ("auto.offset.reset", "earliest"),
        ("queued.max.messages.kbytes", "16384"),
        ("fetch.max.bytes", "16777216"),
        ("fetch.wait.max.ms", "50"),
    ] {
        config.set(name, value);
    }
    config.create_with_context(Quiet).map_err(StreamError::kafka("cannot create the reader"))
}
