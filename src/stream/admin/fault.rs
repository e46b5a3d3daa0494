//! What can stand between the service and its broker, in words.

use std::time::Duration;

/// One thing that stands between the service and its broker. The message says what happened, where, what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BrokerFault {
    /// The broker's name has no address.
    #[error("no broker of `{servers}` has an address ({detail}): check `bootstrap.servers` and the DNS")]
    UnknownHost {
        /// What was asked.
        servers: String,
        /// librdkafka's words.
        detail: String,
    },
    /// Nobody listens there.
    #[error(
        "the connection to `{servers}` is refused ({detail}): is Kafka running there, and are host and port in \
         `bootstrap.servers` right?"
    )]
    Refused {
        /// What was asked.
        servers: String,
        /// librdkafka's words.
        detail: String,
    },
    /// The broker does not let us in.
    #[error(
        "the broker at `{servers}` does not accept our credentials ({detail}): check `sasl.mechanisms`, \
         `sasl.username` and `sasl.password`"
    )]
    AuthenticationFailed {
        /// What was asked.
        servers: String,
        /// librdkafka's words.
        detail: String,
    },
    /// The two sides cannot agree on TLS.
    #[error(
        "no secure connection to `{servers}` ({detail}): check `security.protocol` and the certificate in \
         `ssl.ca.location`"
    )]
    Tls {
        /// What was asked.
        servers: String,
        /// librdkafka's words.
        detail: String,
    },
    /// No answer, for some other reason.
    #[error(
        "no answer from `{servers}` within {waited:?} ({detail}): check the address, the network, and that \
         `security.protocol` is what the listener speaks"
    )]
    Unreachable {
        /// What was asked.
        servers: String,
        /// How long.
        waited: Duration,
        /// librdkafka's words.
        detail: String,
    },
    /// A topic is not there.
    #[error(
        "topic `{topic}` ({setting}) does not exist: create it, or start with `--create-topics`, or name another topic"
    )]
    TopicMissing {
        /// Its name.
        topic: String,
        /// The setting that names it.
        setting: &'static str,
    },
    /// We may not use a topic.
    #[error("not authorised for {what} ({detail}): ask for an ACL for the user of this service")]
    NotAuthorised {
        /// What for.
        what: String,
        /// The broker's words.
        detail: String,
    },
    /// The timeline's topic has another number of partitions than the input.
    #[error(
        "topic `{topic}` (timeline.topic) has {partitions} partitions, but `{input}` has {wanted}: partition n of one belongs to \
         partition n of the other; give both the same number, or name another topic"
    )]
    PartitionsDiffer {
        /// Its name.
        topic: String,
        /// How many it has.
        partitions: usize,
        /// The input topic.
        input: String,
        /// How many that has.
        wanted: usize,
    },
    /// The topic of a timeline or a ledger would forget.
    #[error(
        "topic `{topic}` ({setting}) has cleanup.policy={policy}, by which what it holds would be lost or never become less: set \
         cleanup.policy=compact, or name another topic"
    )]
    NotCompacted {
        /// Its name.
        topic: String,
        /// The setting that names it.
        setting: &'static str,
        /// The policy that it has.
        policy: String,
    },
    /// A topic could not be created.
    #[error(
        "topic `{topic}` cannot be created ({detail}): create it by hand, or change `partitions` and `replication_factor`"
    )]
    NotCreated {
        /// Its name.
        topic: String,
        /// The broker's words.
        detail: String,
    },
    /// Something else about a topic.
    #[error("topic `{topic}` cannot be used ({detail}): look at the broker's log")]
    Topic {
        /// Its name.
        topic: String,
        /// The broker's words.
        detail: String,
    },
    /// librdkafka does not make a client of this configuration.
    #[error("no Kafka client can be made ({detail}): check the table `[kafka]`")]
    Client {
        /// librdkafka's words.
        detail: String,
    },
}

impl BrokerFault {
    /// Whether the operator must change something before another attempt can succeed.
    pub fn is_configuration(&self) -> bool {
        !matches!(self, Self::Refused { .. } | Self::Unreachable { .. } | Self::Topic { .. })
    }
}
