//! Clients of librdkafka: who they say they are, and the properties that suit an enrichment service.
//!
//! A worker's name is `group/instance/number`: stable over restarts, so that a new process fences what its predecessor
//! left open at once, and unique, so that no two living workers fence each other.

use crate::stream::settings::{Delivery, StreamSettings, is_secret};
use rdkafka::client::ClientContext;
use rdkafka::config::{ClientConfig, RDKafkaLogLevel};
use rdkafka::consumer::{BaseConsumer, ConsumerContext};
use rdkafka::error::{KafkaError, KafkaResult};
use rdkafka::producer::BaseProducer;
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// Where librdkafka connects when nothing else is said.
const DEFAULT_BOOTSTRAP: &str = "localhost:9092";

/// The largest message that the producer takes. The broker decides on the real limit; this one only bounds memory.
pub(super) const LARGEST_MESSAGE: usize = 64 << 20;

/// librdkafka knows some properties by two names. Set under both, it would be left to chance which one holds; so what the
/// operator calls by the other name is given the one that is used here.
const OTHER_NAMES: [(&str, &str); 5] = [
    ("metadata.broker.list", "bootstrap.servers"),
    ("fetch.message.max.bytes", "max.partition.fetch.bytes"),
    ("queue.buffering.max.ms", "linger.ms"),
    ("compression.codec", "compression.type"),
    ("delivery.timeout.ms", "message.timeout.ms"),
];

/// Which cluster, and who we are in it.
#[derive(Clone)]
pub struct Connection {
    properties: BTreeMap<String, String>,
    instance: String,
}

impl Connection {
    /// A connection with these librdkafka properties. `instance` tells processes of one group apart and must stay the
    /// same over a restart: a host's name, a pod's ordinal.
    pub fn new(mut kafka: BTreeMap<String, String>, instance: impl Into<String>) -> Self {
        for (other, name) in OTHER_NAMES {
            if let Some(value) = kafka.remove(other) {
                kafka.entry(name.into()).or_insert(value);
            }
        }
        kafka.entry("bootstrap.servers".into()).or_insert_with(|| DEFAULT_BOOTSTRAP.into());
        Self { properties: kafka, instance: instance.into() }
    }

    /// The brokers that are asked first.
    pub fn bootstrap_servers(&self) -> &str {
        self.properties.get("bootstrap.servers").map_or(DEFAULT_BOOTSTRAP, String::as_str)
    }

    pub(super) fn properties(&self) -> &BTreeMap<String, String> {
        &self.properties
    }

    /// The name of a worker, as transactional id and client id.
    pub(super) fn worker_name(&self, group: &str, worker: usize) -> String {
        format!("{group}/{}/{worker}", self.instance)
    }

    /// A client of no group, for questions and for reading by hand. `purpose` becomes part of its name.
    pub(super) fn plain(&self, purpose: &str) -> ClientConfig {
        let mut config = ClientConfig::new();
        config.set("client.id", format!("lodestream/{}/{purpose}", self.instance));
        self.apply(config)
    }

    /// The consumer of a worker.
    pub(super) fn consumer(&self, settings: &StreamSettings, worker: usize) -> ClientConfig {
        let mut config = ClientConfig::new();
        for (name, value) in [
            ("group.id", settings.group_id.as_str()),
            ("client.id", &self.worker_name(&settings.group_id, worker)),
            ("enable.auto.commit", "false"),
            ("enable.auto.offset.store", "false"),
            ("isolation.level", "read_committed"),
            ("auto.offset.reset", "earliest"),
            ("partition.assignment.strategy", "cooperative-sticky"),
            // A member that dies without a word holds its partitions for this long.
            ("session.timeout.ms", "10000"),
            // What is fetched ahead, while a batch is being worked on. A fetch is measured as the broker keeps it,
            // compressed; in memory it is many times that where articles are alike, so one fetch is kept small. A
            // record that is larger than these still arrives, alone.
            ("queued.min.messages", "20000"),
            ("queued.max.messages.kbytes", "8192"),
            ("max.partition.fetch.bytes", "262144"),
            ("fetch.max.bytes", "1048576"),
            ("fetch.wait.max.ms", "100"),
            // Ahead enough, librdkafka fetches nothing for this long, whatever is taken from it meanwhile. Its default
            // of a second leaves a worker idle that empties these queues ten times a second.
            ("fetch.queue.backoff.ms", "10"),
            ("statistics.interval.ms", "5000"),
        ] {
            config.set(name, value);
        }
        self.apply(config)
    }

    /// The producer of a worker. `largest_batch` is what every topic that it writes to takes in one request.
    pub(super) fn producer(
        &self,
        settings: &StreamSettings,
        worker: usize,
        largest_batch: Option<usize>,
    ) -> ClientConfig {
        let mut config = ClientConfig::new();
        let name = self.worker_name(&settings.group_id, worker);
        config.set("client.id", &name);
        let exactly_once = settings.delivery == Delivery::ExactlyOnce;
        set_timeouts(&mut config, settings, exactly_once.then_some(name.as_str()));
        self.apply(common_producer(config, largest_batch))
    }

    /// The producer of a ledger: one for each topic in the world, whatever the instance.
    pub(super) fn ledger_producer(&self, settings: &StreamSettings, topic: &str) -> ClientConfig {
        let mut config = common_producer(ClientConfig::new(), None);
        config.set("client.id", format!("lodestream/{}/ledger", self.instance));
        set_timeouts(&mut config, settings, Some(topic));
        self.apply(config)
    }

    /// A producer without transactions, for `feed`.
    pub(super) fn plain_producer(&self, purpose: &str) -> ClientConfig {
        let mut config = common_producer(ClientConfig::new(), None);
        config.set("client.id", format!("lodestream/{}/{purpose}", self.instance));
        self.apply(config)
    }

    /// Lays the operator's properties over ours.
    fn apply(&self, mut config: ClientConfig) -> ClientConfig {
        for (name, value) in &self.properties {
            config.set(name, value);
        }
        config.set_log_level(RDKafkaLogLevel::Info);
        config
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: BTreeMap<&str, &str> = self
            .properties
            .iter()
            .map(|(name, value)| (name.as_str(), if is_secret(name) { "(hidden)" } else { value.as_str() }))
            .collect();
        f.debug_struct("Connection").field("instance", &self.instance).field("properties", &shown).finish()
    }
}

/// How long a producer tries, and the id of its transactions where it has any.
fn set_timeouts(config: &mut ClientConfig, settings: &StreamSettings, transactional_id: Option<&str>) {
    if let Some(id) = transactional_id {
        config.set("transactional.id", id);
        config.set("transaction.timeout.ms", settings.transaction_timeout.as_millis().to_string());
    }
    // Given up before the broker gives up the transaction, so that it is we who decide what happens next.
    let message_timeout = settings.transaction_timeout.mul_f64(0.8).max(Duration::from_secs(1));
    config.set("message.timeout.ms", message_timeout.as_millis().to_string());
}

fn common_producer(mut config: ClientConfig, largest_batch: Option<usize>) -> ClientConfig {
    // A batch that is larger than the topic's limit is refused whole, and with it records that would have fitted.
    let batch_size = largest_batch.map_or(1_000_000, |limit| (limit.saturating_sub(1024)).clamp(1024, 1_000_000));
    for (name, value) in [
        ("enable.idempotence", "true"),
        ("compression.type", "lz4"),
        ("linger.ms", "5"),
        ("batch.size", &batch_size.to_string()),
        ("message.max.bytes", &LARGEST_MESSAGE.to_string()),
        // Must hold the largest message, or that one would wait for room for ever.
        ("queue.buffering.max.kbytes", &(2 * LARGEST_MESSAGE / 1024).to_string()),
        ("queue.buffering.max.messages", "200000"),
    ] {
        config.set(name, value);
    }
    config
}

/// Has librdkafka look at the whole configuration, without connecting anywhere: properties that contradict each other,
/// files that cannot be read.
pub(super) fn try_configuration(kafka: &BTreeMap<String, String>, settings: &StreamSettings) -> Result<(), String> {
    let connection = Connection::new(kafka.clone(), "check");
    let without_brokers = |mut config: ClientConfig| {
        config.remove("bootstrap.servers");
        config
    };
    let say = |result: KafkaResult<()>| {
        result.map_err(|error| match error {
            KafkaError::ClientCreation(description) => format!("librdkafka: {description}"),
            KafkaError::ClientConfig(_, description, name, _) => format!("librdkafka: {name}: {description}"),
            other => format!("librdkafka: {other}"),
        })
    };
    let consumer = without_brokers(connection.consumer(settings, 0));
    say(consumer.create_with_context::<_, BaseConsumer<Quiet>>(Quiet).map(drop))?;
    let producer = without_brokers(connection.producer(settings, 0, None));
    say(producer.create_with_context::<_, BaseProducer<Quiet>>(Quiet).map(drop))
}

/// A context that says nothing: for clients whose failures are told by those who use them.
pub(super) struct Quiet;

impl ClientContext for Quiet {
    fn log(&self, _: RDKafkaLogLevel, facility: &str, message: &str) {
        tracing::debug!(target: "librdkafka", facility, "{message}");
    }

    fn error(&self, error: KafkaError, reason: &str) {
        tracing::debug!(target: "librdkafka", %error, "{reason}");
    }
}

impl ConsumerContext for Quiet {}

impl rdkafka::producer::ProducerContext for Quiet {
    type DeliveryOpaque = ();
    fn delivery(&self, _: &rdkafka::message::DeliveryResult<'_>, (): ()) {}
}

/// Passes librdkafka's log lines on to tracing. Notices about properties that only the other kind of client knows are
/// expected, since both are given the same ones.
pub(super) fn log(level: RDKafkaLogLevel, facility: &str, message: &str) {
    match level {
        _ if facility == "CONFWARN" => tracing::debug!(target: "librdkafka", facility, "{message}"),
        RDKafkaLogLevel::Emerg | RDKafkaLogLevel::Alert | RDKafkaLogLevel::Critical | RDKafkaLogLevel::Error => {
            tracing::warn!(target: "librdkafka", facility, "{message}");
        }
        RDKafkaLogLevel::Warning | RDKafkaLogLevel::Notice => {
            tracing::info!(target: "librdkafka", facility, "{message}");
        }
        RDKafkaLogLevel::Info | RDKafkaLogLevel::Debug => {
            tracing::debug!(target: "librdkafka", facility, "{message}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workers_have_stable_and_distinct_names() {
        let connection = Connection::new(BTreeMap::new(), "host-1");
        let settings = StreamSettings::default();
        let id = |worker| connection.producer(&settings, worker, None).get("transactional.id").map(str::to_owned);
        assert_eq!(id(0).as_deref(), Some("lodestream/host-1/0"));
        assert_ne!(id(0), id(1));
        assert_eq!(id(1), id(1));
    }

    #[test]
    fn debug_hides_secrets() {
        let properties = BTreeMap::from([("sasl.password".to_owned(), "hunter2".to_owned())]);
        let shown = format!("{:?}", Connection::new(properties, "a"));
        assert!(shown.contains("sasl.password") && !shown.contains("hunter2"), "{shown}");
    }

    #[test]
    fn what_the_operator_sets_wins_by_either_name() {
        for name in ["compression.type", "compression.codec"] {
            let connection = Connection::new(BTreeMap::from([(name.to_owned(), "zstd".to_owned())]), "a");
            let config = connection.producer(&StreamSettings::default(), 0, None);
            assert_eq!((config.get("compression.type"), config.get("compression.codec")), (Some("zstd"), None));
        }
    }
}
