//! A real Kafka for the tests, and what they all need around it.
//!
//! One broker for each test binary, started on first use and shared; each test has topics and a group of its own.
//! It ends with the test process, however that ends: `kafka.sh serve` watches a pipe from it.
#![allow(dead_code, unused_imports, unreachable_pub, reason = "each test binary uses its part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers may panic")]

pub mod archive;
mod broker;
mod program;

pub use broker::{Broker, free_port};
pub use program::{Job, Samples, Service, articles};

use jiff::Timestamp;
use lodestream::article::{RawRecord, Refusal, RefusalCode};
use lodestream::event::{ArticleInfo, EnrichedArticle, Provenance, SCHEMA};
use lodestream::pipeline::Enriched;
use lodestream::story::Fingerprint;
use lodestream::stream::verify::{Report, Until, verify};
use lodestream::stream::{
    CommittedBatch, Connection, Health, Observer, RebalanceKind, Shutdown, StreamError, StreamSettings,
    TransactionOutcome, admin, run,
};
use lodestream::timeline::TimelineSettings;
use rdkafka::ClientConfig;
use rdkafka::Message;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::message::OwnedMessage;
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Settings with topics and a group of their own, for a test of this name.
pub fn settings(test: &str) -> StreamSettings {
    StreamSettings {
        input_topic: format!("{test}.raw"),
        output_topic: format!("{test}.enriched"),
        dead_letter_topic: format!("{test}.dead"),
        group_id: test.into(),
        batch_records: 500,
        transaction_timeout: Duration::from_secs(5),
        startup_timeout: Duration::from_secs(10),
        backoff_min: Duration::from_millis(20),
        backoff_max: Duration::from_millis(200),
        create_topics: true,
        partitions: 6,
        replication_factor: 1,
        timeline: TimelineSettings { topic: format!("{test}.timeline"), ..TimelineSettings::default() },
        ..StreamSettings::default()
    }
}

/// Properties with which members of a group find each other without the broker's and the clients' usual patience.
pub fn properties(bootstrap: &str) -> BTreeMap<String, String> {
    [("bootstrap.servers", bootstrap), ("session.timeout.ms", "6000"), ("heartbeat.interval.ms", "500")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
}

pub fn connection(bootstrap: &str, instance: &str) -> Connection {
    Connection::new(properties(bootstrap), instance)
}

/// A small walk: the value is text; the event says so. `refuse…` is refused, `panic…` panics.
pub fn walk(record: &RawRecord<'_>) -> Result<Enriched, Refusal> {
    let refuse = |code, message: &str| Err(Refusal { code, message: message.into() });
    let Some(value) = record.value else { return refuse(RefusalCode::NullValue, "no value") };
    let Ok(text) = std::str::from_utf8(value) else { return refuse(RefusalCode::InvalidUtf8, "not UTF-8") };
    assert!(!text.starts_with("panic"), "the walk met what it cannot bear");
    if text.starts_with("refuse") {
        return refuse(RefusalCode::NoText, "nothing to read");
    }
    let id = record.key.map_or_else(|| text.into(), |key| String::from_utf8_lossy(key).into_owned());
    Ok(Enriched { event: event(&id, text), refused: Vec::new(), fingerprint: Fingerprint::default() })
}

fn event(id: &str, text: &str) -> EnrichedArticle {
    EnrichedArticle {
        schema: SCHEMA.into(),
        event_id: id.into(),
        article: ArticleInfo {
            id: id.into(),
            url: None,
            title: None,
            source: None,
            published_at: Some(Timestamp::UNIX_EPOCH),
            published_at_basis: None,
            languages: Vec::new(),
            content_hash: String::new(),
            story: None,
            story_role: None,
            text: Some(text.into()),
            warnings: Vec::new(),
            kept: serde_json::Map::new(),
        },
        commodities: Vec::new(),
        places: Vec::new(),
        people: Vec::new(),
        organisations: Vec::new(),
        focus_countries: Vec::new(),
        mineral_countries: Vec::new(),
        claims: Vec::new(),
        events: Vec::new(),
        rejected: None,
        provenance: Provenance {
            version: "test".into(),
            lexicon: "none".into(),
            topic: None,
            partition: None,
            offset: None,
            enriched_at: None,
        },
    }
}

/// Counts what a stream tells.
#[derive(Default)]
pub struct Seen {
    pub consumed: AtomicU64,
    pub published: AtomicU64,
    pub aborted: AtomicU64,
    pub fenced: AtomicU64,
    pub rebalances: AtomicU64,
    pub restarts: Mutex<Vec<&'static str>>,
    pub dead: Mutex<Vec<(&'static str, &'static str)>>,
}

impl Observer for Seen {
    fn batch_committed(&self, batch: &CommittedBatch) {
        self.consumed.fetch_add(batch.consumed, SeqCst);
        self.published.fetch_add(batch.published, SeqCst);
        self.dead.lock().unwrap().extend(&batch.dead_letters);
    }
    fn transaction_failed(&self, outcome: TransactionOutcome) {
        let count = if outcome == TransactionOutcome::Fenced { &self.fenced } else { &self.aborted };
        count.fetch_add(1, SeqCst);
    }
    fn rebalanced(&self, _: usize, _: RebalanceKind, _: &[(String, i32)]) {
        self.rebalances.fetch_add(1, SeqCst);
    }
    fn lag(&self, _: &str, _: i32, _: i64) {}
    fn worker_restarted(&self, _: usize, reason: &'static str) {
        self.restarts.lock().unwrap().push(reason);
    }
}

/// A stream that runs beside the test.
pub struct Running {
    pub seen: Arc<Seen>,
    pub health: Arc<Health>,
    pub shutdown: Shutdown,
    thread: Option<JoinHandle<Result<(), StreamError>>>,
}

impl Running {
    pub fn start<F>(connection: Connection, settings: StreamSettings, walk: F) -> Self
    where
        F: Fn(&RawRecord<'_>) -> Result<Enriched, Refusal> + Send + Sync + 'static,
    {
        let (seen, health, shutdown) = (Arc::new(Seen::default()), Health::new(&settings), Shutdown::new());
        let thread = std::thread::spawn({
            let (seen, health, shutdown) = (Arc::clone(&seen), Arc::clone(&health), shutdown.clone());
            move || run(Arc::new(walk), &connection, &settings, seen, health, &shutdown)
        });
        Self { seen, health, shutdown, thread: Some(thread) }
    }

    /// Asks it to stop and waits until it has.
    pub fn stop(mut self) -> Result<(), StreamError> {
        self.shutdown.signal();
        self.thread.take().unwrap().join().unwrap()
    }

    pub fn consumed(&self) -> u64 {
        self.seen.consumed.load(SeqCst)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.shutdown.signal();
    }
}

/// Waits until `holds`, a minute at most.
pub fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < Duration::from_secs(60), "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Creates the topics of these settings.
pub fn create_topics(connection: &Connection, settings: &StreamSettings) {
    admin::check(connection, settings).unwrap();
}

/// Creates a topic that takes records of this size.
pub fn create_topic(bootstrap: &str, topic: &str, max_message_bytes: usize) {
    let admin: AdminClient<_> = ClientConfig::new().set("bootstrap.servers", bootstrap).create().unwrap();
    let limit = max_message_bytes.to_string();
    let topic = NewTopic::new(topic, 6, TopicReplication::Fixed(1)).set("max.message.bytes", &limit);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let created = runtime.block_on(admin.create_topics([&topic], &AdminOptions::new())).unwrap();
    created.into_iter().for_each(|result| _ = result.unwrap());
}

/// Text that no compression makes small; the same every time.
pub fn noise(length: usize) -> String {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let next = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b' ' + 1 + (state >> 33) as u8 % 90)
    };
    (0..length).map(next).collect()
}

/// Publishes records (key, value) and waits until the broker has them.
pub fn publish<'a>(bootstrap: &str, topic: &str, records: impl Iterator<Item = (String, Option<&'a [u8]>)>) {
    let producer: BaseProducer = ClientConfig::new()
        .set("bootstrap.servers", bootstrap)
        .set("message.max.bytes", "67108864")
        .set("compression.type", "lz4")
        .create()
        .unwrap();
    for (key, value) in records {
        let mut record = BaseRecord::<str, [u8]>::to(topic).key(&key);
        record.payload = value;
        while let Err((_, unsent)) = producer.send(record) {
            record = unsent;
            producer.poll(Duration::from_millis(10));
        }
    }
    producer.flush(Duration::from_secs(30)).unwrap();
}

/// Publishes `count` plain articles, numbered from `first`.
pub fn publish_articles(bootstrap: &str, topic: &str, first: usize, count: usize) {
    let text = "copper ".repeat(40);
    let texts: Vec<String> = (first..first + count).map(|number| format!("{number} {text}")).collect();
    let records = texts.iter().enumerate().map(|(at, text)| (format!("a{}", first + at), Some(text.as_bytes())));
    publish(bootstrap, topic, records);
}

/// Everything that a reader with `read_committed` sees of a topic of `partitions` partitions.
pub fn read_all(bootstrap: &str, topic: &str, partitions: i32) -> Vec<OwnedMessage> {
    let consumer: BaseConsumer = ClientConfig::new()
        .set("bootstrap.servers", bootstrap)
        .set("group.id", "reader")
        .set("enable.auto.commit", "false")
        .set("enable.partition.eof", "true")
        .set("isolation.level", "read_committed")
        .set("fetch.message.max.bytes", "67108864")
        .create()
        .unwrap();
    let mut list = TopicPartitionList::new();
    for partition in 0..partitions {
        list.add_partition_offset(topic, partition, Offset::Beginning).unwrap();
    }
    consumer.assign(&list).unwrap();
    let (mut ended, mut read, started) = (0, Vec::new(), Instant::now());
    while ended < partitions {
        assert!(started.elapsed() < Duration::from_secs(60), "topic {topic} does not end");
        match consumer.poll(Duration::from_millis(200)) {
            Some(Ok(message)) => read.push(message.detach()),
            Some(Err(rdkafka::error::KafkaError::PartitionEOF(_))) => ended += 1,
            _ => {}
        }
    }
    read
}

/// The oracle's verdict over everything.
pub fn verdict(connection: &Connection, settings: &StreamSettings) -> Report {
    verify(connection, settings, Until::HighWatermark, &mut |_| {}).unwrap()
}

/// Asserts that every one of `count` records has exactly one outcome.
pub fn assert_exactly_once(connection: &Connection, settings: &StreamSettings, count: u64) {
    let report = verdict(connection, settings);
    assert!(report.holds() && report.total().records == count, "{report}");
}

/// A header of a message, as text.
pub fn header(message: &OwnedMessage, name: &str) -> Option<String> {
    use rdkafka::message::Headers;
    let headers = message.headers()?;
    let found = headers.iter().filter(|header| header.key == name).last()?;
    found.value.map(|value| String::from_utf8_lossy(value).into_owned())
}
