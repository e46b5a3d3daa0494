//! What an operator can set, and every reason to refuse it.

use crate::stream::client;
use crate::timeline::TimelineSettings;
use rdkafka::ClientConfig;
use rdkafka::error::KafkaError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// The stream's settings: the table `[stream]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StreamSettings {
    /// Topic that raw articles are read from.
    pub input_topic: String,
    /// Topic that enriched events are published to.
    pub output_topic: String,
    /// Topic for records that cannot be read or published.
    pub dead_letter_topic: String,
    /// Consumer group. Instances of one service share it; it is also the prefix of the transactional ids.
    pub group_id: String,
    /// What a failure may do to the output.
    pub delivery: Delivery,
    /// Members of the consumer group in this process; each is one thread with its own clients.
    pub workers: usize,
    /// Most records in one transaction.
    pub batch_records: usize,
    /// Most bytes (keys and values, as read) in one transaction; a single larger record is a batch of its own.
    pub batch_bytes: usize,
    /// How long a batch waits for more records after its first.
    #[serde(with = "humantime_serde")]
    pub linger: Duration,
    /// How long a graceful stop may take: within it open batches are finished or given up whole.
    #[serde(with = "humantime_serde")]
    pub drain_budget: Duration,
    /// Records in hand and nothing committed for this long: the service reports itself not live.
    #[serde(with = "humantime_serde")]
    pub stall_timeout: Duration,
    /// After this long without a commit the broker gives up a transaction; readers of the output wait for it at most
    /// this long when a machine is lost.
    #[serde(with = "humantime_serde")]
    pub transaction_timeout: Duration,
    /// How long to wait for the broker at the start.
    #[serde(with = "humantime_serde")]
    pub startup_timeout: Duration,
    /// First pause after a failure; doubles with each further one.
    #[serde(with = "humantime_serde")]
    pub backoff_min: Duration,
    /// Longest pause between attempts.
    #[serde(with = "humantime_serde")]
    pub backoff_max: Duration,
    /// Create missing topics at the start.
    pub create_topics: bool,
    /// Partitions of topics that are created.
    pub partitions: i32,
    /// Replicas of topics that are created; -1 is the broker's default.
    pub replication_factor: i32,
    /// Totals by time of publication: the table `[timeline]`.
    pub timeline: TimelineSettings,
}

/// What a failure may do to the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Events, dead letters and offsets are committed as one: readers with `read_committed` see each article once.
    #[default]
    ExactlyOnce,
    /// Events are published before their offsets are committed: a failure may publish some of them twice.
    AtLeastOnce,
}

impl Default for StreamSettings {
    fn default() -> Self {
        Self {
            input_topic: "lodestream.raw".into(),
            output_topic: "lodestream.enriched".into(),
            dead_letter_topic: "lodestream.dead-letters".into(),
            group_id: "lodestream".into(),
            delivery: Delivery::ExactlyOnce,
            workers: 1,
            batch_records: 5_000,
            batch_bytes: 8 << 20,
            linger: Duration::from_millis(50),
            drain_budget: Duration::from_secs(10),
            stall_timeout: Duration::from_secs(120),
            transaction_timeout: Duration::from_secs(15),
            startup_timeout: Duration::from_secs(10),
            backoff_min: Duration::from_millis(250),
            backoff_max: Duration::from_secs(30),
            create_topics: false,
            partitions: 6,
            replication_factor: -1,
            timeline: TimelineSettings::default(),
        }
    }
}

/// One thing that is wrong with the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingFault {
    /// Which setting: `stream.workers`, `kafka.enable.auto.commit`.
    pub setting: String,
    /// What is wrong, why it matters, what to do.
    pub message: String,
}

impl fmt::Display for SettingFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.setting, self.message)
    }
}

impl StreamSettings {
    /// Every fault of these settings and of the librdkafka properties that go with them; empty when there is none.
    ///
    /// Property names and values are put to librdkafka itself, so what passes here is what the clients accept. The
    /// values of secrets never appear in a fault.
    pub fn validate(&self, kafka: &BTreeMap<String, String>) -> Vec<SettingFault> {
        let mut faults = Vec::new();
        self.check_topics(&mut faults);
        self.check_numbers(&mut faults);
        faults.extend(
            self.timeline.validate().into_iter().map(|fault| SettingFault {
                setting: format!("timeline.{}", fault.key),
                message: fault.message.into(),
            }),
        );
        for (name, value) in kafka {
            if let Some(message) = self.refuse_property(name, value).or_else(|| unknown_to_librdkafka(name, value)) {
                faults.push(SettingFault { setting: format!("kafka.{name}"), message });
            }
        }
        if faults.is_empty()
            && let Err(message) = client::try_configuration(kafka, self)
        {
            faults.push(SettingFault { setting: "kafka".into(), message });
        }
        faults
    }

    fn check_topics(&self, faults: &mut Vec<SettingFault>) {
        let mut topics = vec![
            ("stream.input_topic", &self.input_topic),
            ("stream.output_topic", &self.output_topic),
            ("stream.dead_letter_topic", &self.dead_letter_topic),
        ];
        topics.extend(self.timeline.enabled.then_some(("timeline.topic", &self.timeline.topic)));
        for (index, (setting, topic)) in topics.iter().enumerate() {
            if let Some(message) = topic_name_fault(topic) {
                faults.push(SettingFault { setting: (*setting).into(), message });
            } else if let Some((other, _)) = topics[..index].iter().find(|(_, name)| name == topic) {
                let message = format!(
                    "is `{topic}`, as {other} is; the service would read what it writes: give each its own topic"
                );
                faults.push(SettingFault { setting: (*setting).into(), message });
            }
        }
        if self.group_id.trim().is_empty() {
            faults.push(SettingFault { setting: "stream.group_id".into(), message: "is empty; name a group".into() });
        }
    }

    fn check_numbers(&self, faults: &mut Vec<SettingFault>) {
        let second = Duration::from_secs(1);
        let checks = [
            ("workers", (1..=256).contains(&self.workers), "must be 1 to 256"),
            ("batch_records", (1..=1_000_000).contains(&self.batch_records), "must be 1 to 1000000"),
            ("batch_bytes", (1 << 10..=1 << 30).contains(&self.batch_bytes), "must be 1 KiB to 1 GiB"),
            ("linger", self.linger <= Duration::from_secs(60), "must be at most 60s"),
            (
                "transaction_timeout",
                (2 * second..=900 * second).contains(&self.transaction_timeout),
                "must be 2s to 15m (the broker's `transaction.max.timeout.ms`); 10s to 30s suits most",
            ),
            ("startup_timeout", self.startup_timeout >= second, "must be at least 1s"),
            ("drain_budget", self.drain_budget >= second, "must be at least 1s, or no batch can be finished"),
            (
                "stall_timeout",
                self.stall_timeout > self.transaction_timeout,
                "must be longer than stream.transaction_timeout, or a slow commit would count as a stall",
            ),
            ("backoff_min", !self.backoff_min.is_zero(), "must be above zero, or a failure would spin"),
            ("backoff_max", self.backoff_max >= self.backoff_min, "must not be below stream.backoff_min"),
            ("partitions", self.partitions >= 1, "must be at least 1"),
            (
                "replication_factor",
                self.replication_factor == -1 || self.replication_factor >= 1,
                "must be at least 1, or -1 for the broker's default",
            ),
        ];
        for (name, holds, message) in checks {
            if !holds {
                faults.push(SettingFault { setting: format!("stream.{name}"), message: message.into() });
            }
        }
    }

    /// Why a librdkafka property may not have this value, where it would break what the stream promises.
    fn refuse_property(&self, name: &str, value: &str) -> Option<String> {
        let only = |allowed: &[&str], reason: &str| {
            let fits = allowed.iter().any(|allowed| value.trim().eq_ignore_ascii_case(allowed));
            (!fits).then(|| format!("must stay `{}`: {reason}; remove it", allowed[0]))
        };
        match name {
            "enable.auto.commit" | "auto.commit.enable" => only(
                &["false"],
                "offsets are committed with the events they belong to; committed by a timer, articles would be lost",
            ),
            "enable.auto.offset.store" => {
                only(&["false"], "the worker commits its own offsets, and only after their events are published")
            }
            "enable.idempotence" => only(&["true"], "without it a retry can publish an event twice or out of order"),
            "acks" | "request.required.acks" => {
                only(&["all", "-1"], "an event that only one broker holds can vanish after its offset is committed")
            }
            "isolation.level" => {
                only(&["read_committed"], "articles of transactions that were given up would be read as if published")
            }
            "group.protocol" => only(&["classic"], "the new group protocol is not yet supported here"),
            "max.in.flight" | "max.in.flight.requests.per.connection" => value
                .trim()
                .parse::<u32>()
                .is_ok_and(|count| count > 5)
                .then(|| "must be at most 5: beyond it the broker cannot keep the order or detect repeats".into()),
            "message.timeout.ms" | "delivery.timeout.ms" => self.refuse_message_timeout(value),
            "transactional.id" | "client.id" => Some(
                "must be unique to each worker, and is made from stream.group_id, the instance and the worker's \
                 number; set the instance"
                    .into(),
            ),
            "group.id" => Some("is made from stream.group_id; set that".into()),
            "group.instance.id" => Some("would be the same for all workers, which then fence each other".into()),
            "transaction.timeout.ms" => Some("is made from stream.transaction_timeout; set that".into()),
            "bootstrap.servers" | "metadata.broker.list" if value.trim().is_empty() => {
                Some("is empty; give one or more brokers as host:port,host:port".into())
            }
            _ => None,
        }
    }

    fn refuse_message_timeout(&self, value: &str) -> Option<String> {
        let millis: u64 = value.trim().parse().ok()?;
        let timeout = self.transaction_timeout.as_millis();
        (self.delivery == Delivery::ExactlyOnce && (millis == 0 || u128::from(millis) >= timeout)).then(|| {
            format!(
                "must be above 0 and below stream.transaction_timeout ({timeout} ms): the broker would give up the \
                 transaction while its messages still wait"
            )
        })
    }
}

/// Kafka's rules for the name of a topic.
fn topic_name_fault(topic: &str) -> Option<String> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    if topic.is_empty() || topic.len() > 249 || topic == "." || topic == ".." || !topic.chars().all(allowed) {
        return Some(format!(
            "`{topic}` is no topic name: 1 to 249 letters, digits, dots, underscores and hyphens are allowed"
        ));
    }
    None
}

/// Whether a property's value must never be shown.
pub(super) fn is_secret(name: &str) -> bool {
    ["password", "secret", ".pem", "oauthbearer.config", "token", "assertion"].iter().any(|part| name.contains(part))
}

/// What librdkafka has against a property, in its words unless they would show a secret.
fn unknown_to_librdkafka(name: &str, value: &str) -> Option<String> {
    match ClientConfig::new().set(name, value).create_native_config() {
        Ok(_) => None,
        Err(_) if is_secret(name) => Some("librdkafka does not accept its value".into()),
        Err(KafkaError::ClientConfig(_, description, ..)) => Some(format!("librdkafka: {description}")),
        Err(error) => Some(format!("librdkafka: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn faults(properties: &[(&str, &str)]) -> Vec<SettingFault> {
        let kafka = properties.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        StreamSettings::default().validate(&kafka)
    }

    #[test]
    fn the_defaults_are_without_fault() {
        assert_eq!(faults(&[]), []);
    }

    #[rstest]
    #[case("enable.auto.commit", "true")]
    #[case("enable.auto.offset.store", "true")]
    #[case("enable.idempotence", "false")]
    #[case("acks", "1")]
    #[case("request.required.acks", "0")]
    #[case("transactional.id", "x")]
    #[case("group.id", "x")]
    #[case("group.instance.id", "x")]
    #[case("client.id", "x")]
    #[case("isolation.level", "read_uncommitted")]
    #[case("group.protocol", "consumer")]
    #[case("max.in.flight.requests.per.connection", "6")]
    #[case("message.timeout.ms", "15000")]
    #[case("message.timeout.ms", "0")]
    #[case("transaction.timeout.ms", "1")]
    #[case("no.such.property", "1")]
    #[case("session.timeout.ms", "soon")]
    #[case("partition.assignment.strategy", "range,cooperative-sticky")]
    fn what_breaks_the_promise_is_refused(#[case] name: &str, #[case] value: &str) {
        let faults = faults(&[(name, value)]);
        assert_eq!(faults.len(), 1, "{faults:?}");
    }

    #[rstest]
    #[case("enable.auto.commit", "false")]
    #[case("acks", "-1")]
    #[case("message.timeout.ms", "5000")]
    #[case("partition.assignment.strategy", "range")]
    #[case("compression.type", "zstd")]
    #[case("session.timeout.ms", "6000")]
    fn what_keeps_the_promise_is_taken(#[case] name: &str, #[case] value: &str) {
        assert_eq!(faults(&[(name, value)]), []);
    }

    #[test]
    fn what_only_the_whole_configuration_shows_is_refused_too() {
        let faults = faults(&[("security.protocol", "ssl"), ("ssl.ca.location", "/no/such/file.pem")]);
        assert!(matches!(&faults[..], [fault] if fault.setting == "kafka"), "{faults:?}");
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let settings = StreamSettings {
            output_topic: "lodestream.raw".into(),
            dead_letter_topic: "no spaces".into(),
            workers: 0,
            timeline: TimelineSettings { topic: "lodestream.raw".into(), buckets: 0, ..TimelineSettings::default() },
            stall_timeout: Duration::from_secs(1),
            ..StreamSettings::default()
        };
        let kafka = BTreeMap::from([("acks".to_owned(), "1".to_owned()), ("nonsense".to_owned(), "1".to_owned())]);
        let named: Vec<String> = settings.validate(&kafka).into_iter().map(|fault| fault.setting).collect();
        assert_eq!(
            named,
            [
                "stream.output_topic",
                "stream.dead_letter_topic",
                "timeline.topic",
                "stream.workers",
                "stream.stall_timeout",
                "timeline.buckets",
                "kafka.acks",
                "kafka.nonsense"
            ]
        );
    }

    #[test]
    fn secrets_are_never_told() {
        for name in ["sasl.password", "ssl.key.password", "ssl.key.pem", "sasl.oauthbearer.client.secret"] {
            for fault in faults(&[(name, "hunter2"), ("security.protocol", "nonsense")]) {
                assert!(!fault.to_string().contains("hunter2"), "{fault}");
            }
        }
    }

    #[test]
    fn unknown_keys_are_refused_and_durations_are_words() {
        let settings: StreamSettings = toml::from_str("linger = \"20ms\"\ndelivery = \"at_least_once\"").unwrap();
        assert_eq!((settings.linger, settings.delivery), (Duration::from_millis(20), Delivery::AtLeastOnce));
        assert!(toml::from_str::<StreamSettings>("lingr = \"20ms\"").is_err());
    }
}
