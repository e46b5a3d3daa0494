//! Is the broker there, are we let in, are the topics there? Asked before anything starts, answered with every fault.

mod fault;

pub use fault::BrokerFault;

use crate::stream::client::Connection;
use crate::stream::{StreamError, StreamSettings, client};
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, ResourceSpecifier, TopicReplication};
use rdkafka::client::{ClientContext, DefaultClientContext};
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::{BaseConsumer, Consumer, ConsumerContext};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::metadata::Metadata;
use serde::Serialize;
use std::cell::Cell;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What the broker says about itself and about the topics.
#[derive(Clone, Debug, Serialize)]
pub struct BrokerReport {
    /// Brokers in the cluster.
    pub brokers: usize,
    /// The topics of the stream: input, output, dead letters, and the timeline's where it is on.
    pub topics: Vec<TopicReport>,
    /// Topics that were missing and have been created.
    pub created: Vec<String>,
}

/// What the broker says about one topic.
#[derive(Clone, Debug, Serialize)]
pub struct TopicReport {
    /// Its name.
    pub name: String,
    /// How many partitions it has.
    pub partitions: usize,
    /// The largest batch that it takes; unknown where we may not ask.
    pub max_message_bytes: Option<usize>,
}

impl BrokerReport {
    /// The largest batch that every topic which is written to takes, where it is known of all of them.
    pub(super) fn largest_batch(&self, settings: &StreamSettings) -> Option<usize> {
        let written = self.topics.iter().filter(|topic| topic.name != settings.input_topic);
        written.map(|topic| topic.max_message_bytes).collect::<Option<Vec<_>>>()?.into_iter().min()
    }
}

/// Asks the broker, for at most `settings.startup_timeout`. Creates missing topics where `settings.create_topics` says
/// so; output and dead letters then take records as large as the input does, and the timeline's is compacted.
///
/// # Errors
/// Every fault that was found. Where the broker cannot be reached, that is the only one.
pub fn check(connection: &Connection, settings: &StreamSettings) -> Result<BrokerReport, Vec<BrokerFault>> {
    let broker = Broker::reach(connection, settings.startup_timeout).map_err(|fault| vec![fault])?;
    let mut wanted = vec![
        ("input_topic", &settings.input_topic),
        ("output_topic", &settings.output_topic),
        ("dead_letter_topic", &settings.dead_letter_topic),
    ];
    wanted.extend(settings.timeline.enabled.then_some((TIMELINE, &settings.timeline.topic)));
    let mut faults = Vec::new();
    let mut created = Vec::new();
    let mut partitions = Vec::new();
    // The timeline's topic goes by the input, which comes first.
    let mut input = None;
    for &(setting, topic) in &wanted {
        let found = match broker.partitions(topic, setting) {
            Err(BrokerFault::TopicMissing { .. })
                if settings.create_topics && (setting != TIMELINE || input.is_some()) =>
            {
                // Made one by one, the input first: the others take the size of its records.
                let room = broker.max_message_bytes(&settings.input_topic);
                let count = input.filter(|_| setting == TIMELINE);
                broker.create(topic, settings, room, count).inspect(|_| created.push(topic.clone()))
            }
            found => found,
        };
        match found {
            Ok(count) => {
                if setting == TIMELINE {
                    faults.extend(broker.timeline_faults(settings, count, input));
                } else if topic == &settings.input_topic {
                    input = Some(count);
                }
                partitions.push(count);
            }
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let topics = wanted
        .iter()
        .zip(partitions)
        .map(|((_, topic), partitions)| TopicReport {
            name: (*topic).clone(),
            partitions,
            max_message_bytes: broker.max_message_bytes(topic),
        })
        .collect();
    Ok(BrokerReport { brokers: broker.brokers, topics, created })
}

/// Looks at the topic of a push's ledger: compacted, and created where it is missing and `settings.create_topics` says so.
///
/// # Errors
/// Every fault that was found.
pub fn check_ledger(connection: &Connection, settings: &StreamSettings, topic: &str) -> Result<(), Vec<BrokerFault>> {
    let found = Broker::reach(connection, settings.startup_timeout).and_then(|broker| {
        match broker.partitions(topic, LEDGER) {
            // One partition: all of it is read by one process.
            Err(BrokerFault::TopicMissing { .. }) if settings.create_topics => {
                broker.create(topic, settings, None, Some(1))?
            }
            found => found?,
        };
        broker.not_compacted(topic, LEDGER).map_or(Ok(()), Err)
    });
    found.map_err(|fault| vec![fault])
}

/// The partitions of a topic, for those who read it by hand.
pub(super) fn partition_count(connection: &Connection, topic: &str, timeout: Duration) -> Result<usize, StreamError> {
    let broker = Broker::reach(connection, timeout).map_err(|fault| StreamError::Broker(vec![fault]))?;
    broker
        .partitions(topic, "named on the command line or in [stream]")
        .map_err(|fault| StreamError::Broker(vec![fault]))
}

/// The setting that names the timeline's topic.
const TIMELINE: &str = "timeline.topic";
/// The setting that names the topic of a push's ledger.
const LEDGER: &str = "timeline.push.ledger_topic";

/// How a timeline's topic is kept. Segments that are being written are not compacted: small ones keep what a restart has to
/// read small.
const COMPACTED: [(&str, &str); 4] = [
    ("cleanup.policy", "compact"),
    ("segment.bytes", "33554432"),
    ("segment.ms", "3600000"),
    ("min.cleanable.dirty.ratio", "0.2"),
];

/// How long to wait for a topic's configuration: it is good to know, but not needed.
const CONFIGURATION_TIMEOUT: Duration = Duration::from_secs(2);

/// A broker that has answered.
struct Broker<'a> {
    connection: &'a Connection,
    consumer: BaseConsumer<Listener>,
    timeout: Duration,
    brokers: usize,
    /// The broker has not answered when asked for a topic's configuration: not every one can (the mock), or we may not
    /// ask. It is not asked again.
    keeps_quiet: Cell<bool>,
}

impl<'a> Broker<'a> {
    fn reach(connection: &'a Connection, timeout: Duration) -> Result<Self, BrokerFault> {
        let consumer: BaseConsumer<Listener> = connection
            .plain("check")
            .create_with_context(Listener::default())
            .map_err(|error| BrokerFault::Client { detail: error.to_string() })?;
        let started = Instant::now();
        loop {
            let error = match consumer.fetch_metadata(None, Duration::from_millis(500).min(timeout)) {
                Ok(metadata) => {
                    let brokers = metadata.brokers().len();
                    return Ok(Self { connection, consumer, timeout, brokers, keeps_quiet: Cell::new(false) });
                }
                Err(error) => error,
            };
            while consumer.poll(Duration::from_millis(50)).is_some() {}
            let heard = consumer.context().heard();
            let over = started.elapsed() >= timeout;
            if over || heard.is_final() {
                return Err(heard.fault(connection.bootstrap_servers(), started.elapsed(), &error));
            }
        }
    }

    /// How many partitions a topic has.
    fn partitions(&self, topic: &str, setting: &'static str) -> Result<usize, BrokerFault> {
        let started = Instant::now();
        loop {
            let metadata = self.metadata(topic)?;
            let found = metadata.topics().iter().find(|found| found.name() == topic);
            let code = found.and_then(|found| found.error()).map(RDKafkaErrorCode::from);
            match (found, code) {
                (Some(found), None) if !found.partitions().is_empty() => return Ok(found.partitions().len()),
                (None, _) | (_, Some(RDKafkaErrorCode::UnknownTopicOrPartition | RDKafkaErrorCode::UnknownTopic)) => {
                    return Err(BrokerFault::TopicMissing { topic: topic.into(), setting });
                }
                (_, Some(code @ RDKafkaErrorCode::TopicAuthorizationFailed)) => {
                    return Err(BrokerFault::NotAuthorised {
                        what: format!("topic `{topic}`"),
                        detail: code.to_string(),
                    });
                }
                // A topic that has just been created may have no leader for a moment.
                (_, code) if started.elapsed() > self.timeout => {
                    let detail = code.map_or_else(|| "it has no partitions".into(), |code| code.to_string());
                    return Err(BrokerFault::Topic { topic: topic.into(), detail });
                }
                _ => std::thread::sleep(Duration::from_millis(50)),
            }
        }
    }

    fn metadata(&self, topic: &str) -> Result<Metadata, BrokerFault> {
        self.consumer
            .fetch_metadata(Some(topic), self.timeout)
            .map_err(|error| BrokerFault::Topic { topic: topic.into(), detail: error.to_string() })
    }

    /// What makes a topic unfit for a timeline, as far as the broker tells.
    fn timeline_faults(&self, settings: &StreamSettings, partitions: usize, wanted: Option<usize>) -> Vec<BrokerFault> {
        let (topic, input) = (settings.timeline.topic.clone(), settings.input_topic.clone());
        let mut faults = Vec::from_iter(self.not_compacted(&topic, TIMELINE));
        if let Some(wanted) = wanted.filter(|wanted| *wanted != partitions) {
            faults.push(BrokerFault::PartitionsDiffer { topic, partitions, input, wanted });
        }
        faults
    }

    /// That a topic would forget, as far as the broker tells.
    fn not_compacted(&self, topic: &str, setting: &'static str) -> Option<BrokerFault> {
        let policy = self.configuration(topic, "cleanup.policy").filter(|policy| policy != "compact")?;
        Some(BrokerFault::NotCompacted { topic: topic.to_owned(), setting, policy })
    }

    /// Creates a topic and waits until it can be used; how many partitions it has. `compacted` is how many a compacted one is to
    /// have.
    fn create(
        &self,
        topic: &str,
        settings: &StreamSettings,
        room: Option<usize>,
        compacted: Option<usize>,
    ) -> Result<usize, BrokerFault> {
        let not_created = |detail: String| BrokerFault::NotCreated { topic: topic.into(), detail };
        // Headers of a dead letter, and the event's fields around the text, need some room of their own.
        let room = room.map(|bytes| (bytes + (1 << 20)).to_string());
        let partitions = compacted.and_then(|count| i32::try_from(count).ok()).unwrap_or(settings.partitions);
        let mut wanted = NewTopic::new(topic, partitions, TopicReplication::Fixed(settings.replication_factor));
        if compacted.is_some() {
            wanted = COMPACTED.iter().fold(wanted, |wanted, (name, value)| wanted.set(name, value));
        }
        if let Some(room) = room.as_deref().filter(|_| topic != settings.input_topic) {
            wanted = wanted.set("max.message.bytes", room);
        }
        let options = AdminOptions::new().operation_timeout(Some(self.timeout)).request_timeout(Some(self.timeout));
        let admin = self.admin().map_err(&not_created)?;
        let results = block_on(admin.create_topics([&wanted], &options)).map_err(&not_created)?;
        for result in results.map_err(|error| not_created(error.to_string()))? {
            match result {
                Ok(_) | Err((_, RDKafkaErrorCode::TopicAlreadyExists)) => {}
                Err((
                    _,
                    code @ (RDKafkaErrorCode::TopicAuthorizationFailed | RDKafkaErrorCode::ClusterAuthorizationFailed),
                )) => {
                    let what = format!("creating topic `{topic}`");
                    return Err(BrokerFault::NotAuthorised { what, detail: code.to_string() });
                }
                Err((_, code)) => return Err(not_created(code.to_string())),
            }
        }
        tracing::info!(topic, partitions, "topic created");
        let started = Instant::now();
        loop {
            match self.partitions(topic, "") {
                // The broker that we ask may hear of it a moment after the one that created it.
                Err(BrokerFault::TopicMissing { .. }) if started.elapsed() < self.timeout => {
                    std::thread::sleep(Duration::from_millis(50));
                }
                found => return found,
            }
        }
    }

    /// A topic's `max.message.bytes`, where the broker tells it.
    fn max_message_bytes(&self, topic: &str) -> Option<usize> {
        self.configuration(topic, "max.message.bytes")?.parse().ok()
    }

    /// A property of a topic, where the broker tells it.
    fn configuration(&self, topic: &str, name: &str) -> Option<String> {
        if self.keeps_quiet.get() {
            return None;
        }
        let options = AdminOptions::new().request_timeout(Some(self.timeout.min(CONFIGURATION_TIMEOUT)));
        let admin = self.admin().ok()?;
        let answers = block_on(admin.describe_configs([&ResourceSpecifier::Topic(topic)], &options)).ok()?;
        self.keeps_quiet.set(answers.is_err());
        answers.ok()?.first()?.as_ref().ok()?.get(name)?.value.clone()
    }

    fn admin(&self) -> Result<AdminClient<DefaultClientContext>, String> {
        self.connection.plain("check").create().map_err(|error: KafkaError| error.to_string())
    }
}

/// rdkafka's admin calls are futures that its own thread completes; here they are waited for.
fn block_on<T>(future: impl Future<Output = T>) -> Result<T, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(|error| error.to_string())?;
    Ok(runtime.block_on(future))
}

/// Hears why there is no connection: librdkafka tells it aside, and goes on trying.
#[derive(Default)]
struct Listener(Mutex<Heard>);

impl Listener {
    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Default)]
struct Heard {
    authentication: Option<String>,
    tls: Option<String>,
    resolve: Option<String>,
    refused: Option<String>,
    other: Option<String>,
}

impl Heard {
    /// Trying again will not help.
    fn is_final(&self) -> bool {
        self.authentication.is_some() || self.tls.is_some()
    }

    fn fault(&self, servers: &str, waited: Duration, error: &KafkaError) -> BrokerFault {
        let servers = servers.to_owned();
        let known = |detail: &Option<String>| detail.clone();
        if let Some(detail) = known(&self.authentication) {
            BrokerFault::AuthenticationFailed { servers, detail }
        } else if let Some(detail) = known(&self.tls) {
            BrokerFault::Tls { servers, detail }
        } else if let Some(detail) = known(&self.resolve) {
            BrokerFault::UnknownHost { servers, detail }
        } else if let Some(detail) = known(&self.refused) {
            BrokerFault::Refused { servers, detail }
        } else {
            let detail = known(&self.other).unwrap_or_else(|| error.to_string());
            BrokerFault::Unreachable { servers, waited: Duration::from_millis(waited.as_millis() as u64), detail }
        }
    }
}

impl ClientContext for Listener {
    fn log(&self, _: RDKafkaLogLevel, facility: &str, message: &str) {
        // What matters is told as a fault.
        client::log(RDKafkaLogLevel::Debug, facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        let mut heard = self.heard();
        let place = match error.rdkafka_error_code() {
            Some(RDKafkaErrorCode::Authentication | RDKafkaErrorCode::SaslAuthenticationFailed) => {
                &mut heard.authentication
            }
            Some(RDKafkaErrorCode::SSL) => &mut heard.tls,
            Some(RDKafkaErrorCode::Resolve) => &mut heard.resolve,
            Some(RDKafkaErrorCode::AllBrokersDown) => return,
            _ if reason.contains("refused") => &mut heard.refused,
            _ => &mut heard.other,
        };
        place.get_or_insert_with(|| reason.to_owned());
    }
}

impl ConsumerContext for Listener {}
