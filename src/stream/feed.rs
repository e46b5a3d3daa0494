//! Publishing raw articles: one record each.
//!
//! A record is published as it is, with its `id` as the key where it has one: judging articles is the walk's work, and what
//! is no article becomes a dead letter there.

use crate::stream::client::{self, Connection};
use crate::stream::{Shutdown, StreamError};
use rdkafka::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::DeliveryResult;
use rdkafka::producer::{BaseProducer, BaseRecord, Producer, ProducerContext};
use serde::{Deserialize, Serialize};
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How to publish.
#[derive(Clone, Copy, Debug, Default)]
pub struct FeedOptions {
    /// Records a second; without it as fast as the broker takes them.
    pub rate: Option<f64>,
}

/// What was published so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FeedReport {
    /// Records that the broker has acknowledged.
    pub published: u64,
    /// Bytes of these records' values.
    pub bytes: u64,
    /// Blank lines, which were passed over.
    pub blank: u64,
}

/// Publishes records to a topic, until they end or `shutdown` is signalled, and waits until the broker has acknowledged
/// all of them. `progress` is told a few times a second.
///
/// # Errors
/// When a record cannot be read, or the broker does not take a record.
pub fn feed(
    connection: &Connection,
    topic: &str,
    options: &FeedOptions,
    records: impl Iterator<Item = io::Result<Vec<u8>>>,
    progress: &mut dyn FnMut(&FeedReport),
    shutdown: &Shutdown,
) -> Result<FeedReport, StreamError> {
    let producer: BaseProducer<Acknowledged> = connection
        .plain_producer("feed")
        .create_with_context(Acknowledged::default())
        .map_err(StreamError::kafka("cannot create the producer"))?;
    let started = Instant::now();
    let mut told = started;
    let (mut sent, mut blank) = (0_u64, 0_u64);
    for record in records {
        let record = record.map_err(|source| StreamError::Input { after: sent, source })?;
        if record.iter().all(u8::is_ascii_whitespace) {
            blank += 1;
            continue;
        }
        wait_for_turn(&producer, options.rate, started, sent, shutdown);
        if shutdown.is_signalled() {
            break;
        }
        send(&producer, topic, &record)?;
        sent += 1;
        producer.poll(Duration::ZERO);
        if told.elapsed() > Duration::from_millis(200) {
            told = Instant::now();
            progress(&producer.context().report(blank));
        }
    }
    // Bounded by librdkafka's own `message.timeout.ms`: every record ends with a report.
    producer.flush(Duration::from_secs(600)).map_err(StreamError::kafka("records were not acknowledged in time"))?;
    let report = producer.context().report(blank);
    progress(&report);
    let failed = producer.context().state();
    match &failed.first_failure {
        None => Ok(report),
        Some(reason) => Err(StreamError::NotDelivered {
            topic: topic.into(),
            failed: sent - report.published,
            sent,
            reason: reason.clone(),
        }),
    }
}

fn send(producer: &BaseProducer<Acknowledged>, topic: &str, line: &[u8]) -> Result<(), StreamError> {
    let key = article_id(line);
    let mut record = BaseRecord::<[u8], [u8], usize>::with_opaque_to(topic, line.len()).payload(line);
    record.key = key.as_deref().map(str::as_bytes);
    loop {
        match producer.send(record) {
            Ok(()) => return Ok(()),
            Err((KafkaError::MessageProduction(RDKafkaErrorCode::QueueFull), unsent)) => {
                record = unsent;
                producer.poll(Duration::from_millis(100));
            }
            Err((source, _)) => {
                let doing = format!("cannot publish a record of {} bytes to topic `{topic}`", line.len());
                return Err(StreamError::Kafka { doing, source });
            }
        }
    }
}

/// Waits until record number `sent` is due, serving delivery reports.
fn wait_for_turn(
    producer: &BaseProducer<Acknowledged>,
    rate: Option<f64>,
    started: Instant,
    sent: u64,
    shutdown: &Shutdown,
) {
    let Some(rate) = rate.filter(|rate| *rate > 0.0) else { return };
    let due = Duration::try_from_secs_f64(sent as f64 / rate).unwrap_or(Duration::MAX);
    while !shutdown.is_signalled() {
        let wait = due.saturating_sub(started.elapsed());
        if wait.is_zero() {
            return;
        }
        producer.poll(Duration::ZERO);
        shutdown.wait_timeout(wait.min(Duration::from_millis(50)));
    }
}

/// The article's id, where the line is a JSON object that names one.
fn article_id(line: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Identified {
        id: Option<Id>,
    }
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Id {
        Text(String),
        Number(serde_json::Number),
    }
    match serde_json::from_slice::<Identified>(line).ok()?.id? {
        Id::Text(id) => Some(id),
        Id::Number(id) => Some(id.to_string()),
    }
}

/// Counts acknowledged records; a record's opaque is the length of its value.
#[derive(Default)]
struct Acknowledged(Mutex<State>);

#[derive(Default)]
struct State {
    published: u64,
    bytes: u64,
    first_failure: Option<String>,
}

impl Acknowledged {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn report(&self, blank: u64) -> FeedReport {
        let state = self.state();
        FeedReport { published: state.published, bytes: state.bytes, blank }
    }
}

impl ProducerContext for Acknowledged {
    type DeliveryOpaque = usize;

    fn delivery(&self, result: &DeliveryResult<'_>, length: usize) {
        let mut state = self.state();
        match result {
            Ok(_) => {
                state.published += 1;
                state.bytes += length as u64;
            }
            Err((error, _)) => _ = state.first_failure.get_or_insert_with(|| error.to_string()),
        }
    }
}

impl ClientContext for Acknowledged {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        client::log(level, facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        tracing::warn!(%error, reason, "the producer reports a problem");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_the_id_where_there_is_one() {
        assert_eq!(article_id(br#"{"id":"a1","text":"x"}"#).as_deref(), Some("a1"));
        assert_eq!(article_id(br#"{"id":17}"#).as_deref(), Some("17"));
        for without in [&br#"{"text":"x"}"#[..], b"not json", b"\xff", br#"{"id":{}}"#] {
            assert_eq!(article_id(without), None);
        }
    }
}
