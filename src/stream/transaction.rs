//! The producing side of a worker: events, dead letters and offsets become visible together, or not at all.
//!
//! Errors come in three kinds ([`Failure`]): librdkafka says which calls may be repeated, which transactions must be
//! given up, and everything else means that these clients are of no further use.

use crate::stream::rebalance::Membership;
use crate::stream::shutdown::Shutdown;
use crate::stream::{Connection, Delivery, StreamSettings, client};
use rdkafka::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::{BaseConsumer, CommitMode, Consumer};
use rdkafka::error::{KafkaError, KafkaResult, RDKafkaErrorCode};
use rdkafka::message::{DeliveryResult, OwnedHeaders};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer, ProducerContext, PurgeConfig};
use rdkafka::topic_partition_list::TopicPartitionList;
use rdkafka::util::Timeout;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long one call waits for the broker before the worker looks whether it is asked to stop.
const STEP: Duration = Duration::from_secs(2);

/// Most bytes of keys and values that wait in librdkafka to be delivered; a larger record waits until it is alone.
/// Events are several times as large as their articles, so this, and not the batch, is what bounds memory on this side.
const MOST_IN_FLIGHT: usize = 8 << 20;

/// How long to wait for delivery reports in one go. Short, for rdkafka waits it out whatever comes in.
const ROOM_STEP: Duration = Duration::from_millis(2);

/// Why a batch was not committed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The transaction must be given up; these clients can go on.
    #[error("{doing}: {source}")]
    Abort { doing: &'static str, source: KafkaError },
    /// Another producer has taken over this worker's name, or the broker gave up on this one.
    #[error("fenced while trying to {doing}: {source}")]
    Fenced { doing: &'static str, source: KafkaError },
    /// These clients cannot go on.
    #[error("{doing}: {source}")]
    Fatal { doing: &'static str, source: KafkaError },
    /// The state of a partition's timeline cannot be had or kept.
    #[error("the timeline of partition {partition}: {reason}")]
    Timeline { partition: i32, reason: String },
    /// The drain budget is used up.
    #[error("the time for a graceful stop is used up")]
    OutOfTime,
}

/// A record on its way out.
pub(super) struct Outgoing<'a> {
    pub(super) topic: &'a str,
    /// Where the key does not decide.
    pub(super) partition: Option<i32>,
    pub(super) key: Option<&'a [u8]>,
    pub(super) value: Option<&'a [u8]>,
    pub(super) headers: Option<OwnedHeaders>,
    /// Index of the record in the batch that it came from; beyond the batch where it came from no single one.
    pub(super) index: usize,
}

/// A worker's producer.
pub(super) struct Output {
    producer: BaseProducer<Deliveries>,
    delivery: Delivery,
    topic: String,
    shutdown: Shutdown,
    drain_budget: Duration,
    flush_timeout: Duration,
}

impl Output {
    /// Creates the producer. With transactions this fences whoever used this worker's name before, and ends what they
    /// had left open.
    pub(super) fn open(
        connection: &Connection,
        settings: &StreamSettings,
        worker: usize,
        largest_batch: Option<usize>,
        shutdown: &Shutdown,
    ) -> Result<Self, Failure> {
        let context = Deliveries { worker, refused: Mutex::default(), in_flight: AtomicUsize::new(0) };
        let producer = connection
            .producer(settings, worker, largest_batch)
            .create_with_context(context)
            .map_err(|source| Failure::Fatal { doing: "cannot create the producer", source })?;
        let output = Self {
            producer,
            delivery: settings.delivery,
            topic: settings.input_topic.clone(),
            shutdown: shutdown.clone(),
            // The rest of the budget is for giving up what is open and leaving the group.
            drain_budget: settings.drain_budget.mul_f64(0.8),
            flush_timeout: settings.transaction_timeout,
        };
        if output.delivery == Delivery::ExactlyOnce {
            output.repeat("cannot start transactions", true, || output.producer.init_transactions(STEP))?;
        }
        Ok(output)
    }

    /// Opens a transaction.
    pub(super) fn begin(&self) -> Result<(), Failure> {
        self.producer.context().take_refused();
        match self.delivery {
            Delivery::AtLeastOnce => Ok(()),
            Delivery::ExactlyOnce => {
                self.producer.begin_transaction().map_err(|error| classify("cannot begin a transaction", error))
            }
        }
    }

    /// Hands a record to librdkafka. Waits for room by serving delivery reports. `Ok(false)`: it is too large for any
    /// topic.
    pub(super) fn send(&self, outgoing: Outgoing<'_>) -> Result<bool, Failure> {
        let bytes = outgoing.key.map_or(0, <[u8]>::len) + outgoing.value.map_or(0, <[u8]>::len);
        self.wait_for_room(bytes)?;
        let mut record = BaseRecord::<[u8], [u8], usize>::with_opaque_to(outgoing.topic, outgoing.index);
        record.key = outgoing.key;
        record.payload = outgoing.value;
        record.headers = outgoing.headers;
        record.partition = outgoing.partition;
        loop {
            let error = match self.producer.send(record) {
                Ok(()) => {
                    self.producer.context().in_flight.fetch_add(bytes, Ordering::Relaxed);
                    return Ok(true);
                }
                Err((error, unsent)) => {
                    record = unsent;
                    error
                }
            };
            match error.rdkafka_error_code() {
                Some(RDKafkaErrorCode::QueueFull) if self.is_out_of_time() => return Err(Failure::OutOfTime),
                Some(RDKafkaErrorCode::QueueFull) => self.serve(ROOM_STEP),
                Some(RDKafkaErrorCode::MessageSizeTooLarge) => return Ok(false),
                // A delivery before this one failed: the transaction can only be given up.
                _ => return Err(Failure::Abort { doing: "cannot send", source: error }),
            }
        }
    }

    /// Waits until everything sent has been reported on. The flush inside rdkafka's commit would do it too, but in steps
    /// of 100 ms, which is as long as the batch itself takes. It ends, as [`Self::wait_for_room`] does.
    fn wait_for_deliveries(&self) -> Result<(), Failure> {
        while self.producer.in_flight_count() > 0 {
            if self.is_out_of_time() {
                return Err(Failure::OutOfTime);
            }
            self.serve(ROOM_STEP);
        }
        Ok(())
    }

    /// Waits until a record of this size may be handed over. It ends: every record ends with a report, in
    /// `message.timeout.ms` at the latest.
    fn wait_for_room(&self, bytes: usize) -> Result<(), Failure> {
        loop {
            let in_flight = self.producer.context().in_flight.load(Ordering::Relaxed);
            if in_flight == 0 || in_flight + bytes <= MOST_IN_FLIGHT {
                return Ok(());
            }
            if self.is_out_of_time() {
                return Err(Failure::OutOfTime);
            }
            self.serve(ROOM_STEP);
        }
    }

    /// Serves the delivery reports that are there and those that come in while it waits.
    pub(super) fn serve(&self, wait: Duration) {
        self.producer.poll(wait);
    }

    /// Makes everything sent, and the offsets of what it was made from, visible as one.
    pub(super) fn commit(
        &self,
        consumer: &BaseConsumer<Membership>,
        offsets: &TopicPartitionList,
    ) -> Result<(), Failure> {
        self.wait_for_deliveries()?;
        match self.delivery {
            Delivery::ExactlyOnce => self.commit_transaction(consumer, offsets),
            Delivery::AtLeastOnce => self.commit_offsets_after_delivery(consumer, offsets),
        }
    }

    fn commit_transaction(
        &self,
        consumer: &BaseConsumer<Membership>,
        offsets: &TopicPartitionList,
    ) -> Result<(), Failure> {
        let doing = "cannot add the offsets to the transaction";
        self.repeat(doing, false, || {
            // Fresh in every attempt: it names the group's generation, by which the broker refuses a member that has
            // been left behind.
            let lost = KafkaError::Rebalance(RDKafkaErrorCode::AssignmentLost);
            let member = consumer.group_metadata().ok_or(lost.clone())?;
            // Asked after the metadata was taken: if the assignment still stands now, it stood then.
            if consumer.assignment_lost() {
                return Err(lost);
            }
            self.producer.send_offsets_to_transaction(offsets, &member, Timeout::Never)
        })?;
        self.repeat("cannot commit the transaction", false, || self.producer.commit_transaction(Timeout::Never))
    }

    fn commit_offsets_after_delivery(
        &self,
        consumer: &BaseConsumer<Membership>,
        offsets: &TopicPartitionList,
    ) -> Result<(), Failure> {
        let abort = |doing| move |source| Failure::Abort { doing, source };
        self.producer.flush(self.flush_timeout).map_err(abort("records were not delivered in time"))?;
        if let Some(source) = self.producer.context().first_failure() {
            return Err(Failure::Abort { doing: "a record was not delivered", source });
        }
        consumer.commit(offsets, CommitMode::Sync).map_err(abort("cannot commit the offsets"))
    }

    /// Gives up what is open. After it these clients can go on, unless it fails.
    pub(super) fn abort(&self) -> Result<(), Failure> {
        // What waits is dropped; what is under way must be heard of first, or the abort would wait for the reports
        // that only we can serve.
        self.producer.purge(PurgeConfig::default().queue());
        _ = self.producer.flush(self.flush_timeout);
        match self.delivery {
            Delivery::AtLeastOnce => Ok(()),
            Delivery::ExactlyOnce => self.repeat("cannot abort the transaction", false, || {
                self.producer.poll(Duration::ZERO);
                self.producer.abort_transaction(Timeout::Never)
            }),
        }
    }

    /// Indices of the records that the broker found too large, since `begin`.
    pub(super) fn take_too_large(&self) -> Vec<usize> {
        let refused = self.producer.context().take_refused();
        let too_large = |code: &RDKafkaErrorCode| *code == RDKafkaErrorCode::MessageSizeTooLarge;
        refused.into_iter().filter(|(_, code)| too_large(code)).map(|(index, _)| index).collect()
    }

    /// Whether a graceful stop has taken all the time that it may.
    pub(super) fn is_out_of_time(&self) -> bool {
        self.shutdown.is_over(self.drain_budget)
    }

    /// Repeats a call for as long as librdkafka says that it may be repeated. `at_start`: nothing is open yet, so a
    /// request to stop ends it at once.
    fn repeat(&self, doing: &'static str, at_start: bool, call: impl Fn() -> KafkaResult<()>) -> Result<(), Failure> {
        loop {
            let Err(error) = call() else { return Ok(()) };
            let repeatable = matches!(&error, KafkaError::Transaction(error) if error.is_retriable());
            if !repeatable {
                return Err(classify(doing, error));
            }
            if self.is_out_of_time() || (at_start && self.shutdown.is_signalled()) {
                return Err(Failure::OutOfTime);
            }
            tracing::warn!(topic = self.topic, %error, "{doing}; trying again");
            self.serve(Duration::from_millis(100));
        }
    }
}

fn classify(doing: &'static str, source: KafkaError) -> Failure {
    let fenced = matches!(
        source.rdkafka_error_code(),
        Some(RDKafkaErrorCode::Fenced | RDKafkaErrorCode::ProducerFenced | RDKafkaErrorCode::InvalidProducerEpoch)
    );
    match &source {
        KafkaError::Transaction(error) if error.txn_requires_abort() => Failure::Abort { doing, source },
        _ if fenced => Failure::Fenced { doing, source },
        KafkaError::Rebalance(RDKafkaErrorCode::AssignmentLost) | KafkaError::Flush(_) => {
            Failure::Abort { doing, source }
        }
        _ => Failure::Fatal { doing, source },
    }
}

/// Hears what became of each record; only failures are kept, and how much is still under way.
pub(super) struct Deliveries {
    worker: usize,
    /// Bytes handed to librdkafka and not yet reported on.
    in_flight: AtomicUsize,
    refused: Mutex<Vec<(usize, RDKafkaErrorCode)>>,
}

impl Deliveries {
    fn take_refused(&self) -> Vec<(usize, RDKafkaErrorCode)> {
        std::mem::take(&mut self.refused.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn first_failure(&self) -> Option<KafkaError> {
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        refused.first().map(|(_, code)| KafkaError::MessageProduction(*code))
    }
}

impl ProducerContext for Deliveries {
    type DeliveryOpaque = usize;

    fn delivery(&self, result: &DeliveryResult<'_>, index: usize) {
        let (Ok(message) | Err((_, message))) = result;
        // Counted in by `send` before anything can be reported: both happen on the worker's thread.
        self.in_flight.fetch_sub(message.key_len() + message.payload_len(), Ordering::Relaxed);
        if let Err((error, _)) = result {
            let code = error.rdkafka_error_code().unwrap_or(RDKafkaErrorCode::Fail);
            self.refused.lock().unwrap_or_else(PoisonError::into_inner).push((index, code));
        }
    }
}

impl ClientContext for Deliveries {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        client::log(level, facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        tracing::warn!(worker = self.worker, %error, reason, "the producer reports a problem");
    }
}
