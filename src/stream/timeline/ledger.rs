//! The ledger of a push, on a compacted topic.
//!
//! *Guaranteed:* one process at a time writes it. Its transactional id is made from the topic's name, so whoever opens the ledger
//! fences the one before; what is read after that is all that was ever noted, and what the other notes later fails, before it
//! is sent anywhere.

use super::read::not_a_record;
use crate::stream::client::Quiet;
use crate::stream::reader::{Progress, TopicReader};
use crate::stream::{Connection, Shutdown, StreamError, StreamSettings, admin};
use crate::timeline::{KeyedValue, Ledger, LedgerRecord};
use rdkafka::Message;
use rdkafka::error::{KafkaError, KafkaResult, RDKafkaErrorCode};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// How long one call waits for the broker.
const STEP: Duration = Duration::from_secs(2);

/// The topic, held by this process.
pub struct LedgerTopic {
    producer: BaseProducer<Quiet>,
    topic: String,
    patience: Duration,
    shutdown: Shutdown,
}

impl LedgerTopic {
    /// Takes the ledger over from whoever held it, and reads it. Creates the topic where `settings.create_topics` says so.
    ///
    /// # Errors
    /// When the broker or the topic cannot be reached, is not compacted, or holds what is no ledger.
    pub fn open(
        connection: &Connection,
        settings: &StreamSettings,
        topic: &str,
        shutdown: &Shutdown,
    ) -> Result<(Self, Ledger), StreamError> {
        admin::check_ledger(connection, settings, topic).map_err(StreamError::Broker)?;
        let producer = connection
            .ledger_producer(settings, topic)
            .create_with_context(Quiet)
            .map_err(StreamError::kafka("cannot create the producer of the ledger"))?;
        // As long as a transaction that is still open can last, and the broker's own delays.
        let patience = settings.transaction_timeout + settings.startup_timeout;
        let held = Self { producer, topic: topic.to_owned(), patience, shutdown: shutdown.clone() };
        held.repeat("take over", || held.producer.init_transactions(STEP))?;

        let reader = TopicReader::new(connection, settings, "ledger", topic)?;
        let (mut ledger, mut fault) = (Ledger::default(), None);
        let mut turn = |_: Progress<'_>| match shutdown.is_signalled() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        };
        let ended = reader.read(&reader.whole_ranges()?, &mut turn, |message| {
            match LedgerRecord::read(message.key().unwrap_or_default(), message.payload()) {
                Ok(record) => ledger.apply(&record),
                Err(source) => _ = fault.get_or_insert_with(|| not_a_record(topic, message, source)),
            }
        })?;
        match fault {
            Some(fault) => Err(fault),
            // half a ledger is none
            None if ended.is_break() => Err(StreamError::Stopped),
            None => Ok((held, ledger)),
        }
    }

    /// Writes records: all of them are safe when it returns, or none will ever be read. After an error the ledger must be
    /// opened anew: nobody knows what stands in it.
    ///
    /// # Errors
    /// When Kafka does not take them, or another process has taken the ledger over.
    pub fn write(&self, records: &[KeyedValue]) -> Result<(), StreamError> {
        self.producer.begin_transaction().map_err(|error| self.failed("note a batch on", error))?;
        for (key, value) in records {
            let mut record = BaseRecord::<[u8], [u8]>::to(&self.topic).key(key).payload(value);
            while let Err((error, unsent)) = self.producer.send(record) {
                if error.rdkafka_error_code() != Some(RDKafkaErrorCode::QueueFull) {
                    return Err(self.failed("note a batch on", error));
                }
                record = unsent;
                self.producer.poll(Duration::from_millis(10));
            }
        }
        self.repeat("note a batch on", || self.producer.commit_transaction(STEP))
    }

    /// Repeats a call for as long as librdkafka says that it may be repeated, within bounds.
    fn repeat(&self, doing: &str, call: impl Fn() -> KafkaResult<()>) -> Result<(), StreamError> {
        let started = Instant::now();
        loop {
            let Err(error) = call() else { return Ok(()) };
            let repeatable = matches!(&error, KafkaError::Transaction(error) if error.is_retriable());
            if !repeatable || started.elapsed() > self.patience {
                return Err(self.failed(doing, error));
            }
            if self.shutdown.is_signalled() && started.elapsed() > STEP {
                return Err(StreamError::Stopped);
            }
            tracing::warn!(topic = self.topic, %error, "cannot {doing} the ledger; trying again");
            self.producer.poll(Duration::from_millis(100));
        }
    }

    fn failed(&self, doing: &str, source: KafkaError) -> StreamError {
        let topic = self.topic.clone();
        match source.rdkafka_error_code() {
            Some(
                RDKafkaErrorCode::Fenced | RDKafkaErrorCode::ProducerFenced | RDKafkaErrorCode::InvalidProducerEpoch,
            ) => StreamError::LedgerTaken { topic },
            _ => StreamError::Kafka { doing: format!("cannot {doing} the ledger, topic `{topic}`"), source },
        }
    }
}
