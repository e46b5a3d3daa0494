//! What can go wrong with the stream as a whole. A single record or batch never ends it.

use crate::stream::admin::BrokerFault;
use crate::stream::settings::SettingFault;
use crate::timeline::RecordError;
use rdkafka::error::KafkaError;
use std::fmt::Display;
use std::time::Duration;

/// Why the stream did not start, or did not end well. The message is ready to be printed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StreamError {
    /// The settings are wrong.
    #[error("the configuration cannot be used:\n{}", list(.0))]
    Settings(Vec<SettingFault>),
    /// The broker is out of reach, or lacks what is needed.
    #[error("Kafka is not ready for this service:\n{}", list(.0))]
    Broker(Vec<BrokerFault>),
    /// A call to Kafka failed.
    #[error("{doing}: {source}")]
    Kafka {
        /// What was being done.
        doing: String,
        /// What Kafka or librdkafka said.
        source: KafkaError,
    },
    /// Input for `feed` could not be read.
    #[error("cannot read the input after {after} records: {source}")]
    Input {
        /// Records read before.
        after: u64,
        /// What the system said.
        source: std::io::Error,
    },
    /// Records that the broker did not take.
    #[error("{failed} of {sent} records were not taken by topic `{topic}`; the first because: {reason}")]
    NotDelivered {
        /// Topic.
        topic: String,
        /// Records not taken.
        failed: u64,
        /// Records sent.
        sent: u64,
        /// Why the first of them was not taken.
        reason: String,
    },
    /// An open transaction or a silent broker kept the end of a topic out of reach.
    #[error(
        "topic `{topic}` partition {partition} cannot be read to its end (offset {end}) within {waited:?}: {reason}"
    )]
    OutOfReach {
        /// Topic.
        topic: String,
        /// Partition.
        partition: i32,
        /// The offset that was to be reached.
        end: i64,
        /// How long it was tried.
        waited: Duration,
        /// Why, as far as it is known, and what to do.
        reason: String,
    },
    /// The topic of a timeline or of a ledger holds something else.
    #[error("topic `{topic}` partition {partition} offset {offset}: {source}")]
    NotATimeline {
        /// Topic.
        topic: String,
        /// Partition.
        partition: i32,
        /// Offset.
        offset: i64,
        /// What is wrong with the record.
        source: RecordError,
    },
    /// Another process pushes by the same ledger.
    #[error(
        "another push has taken over the ledger, topic `{topic}`: run one for each ledger, and give each store that is pushed to a \
         ledger of its own (timeline.push.ledger_topic)"
    )]
    LedgerTaken {
        /// The ledger's topic.
        topic: String,
    },
    /// Asked to stop before it was done.
    #[error("stopped before it was done")]
    Stopped,
    /// Workers had not finished when the drain budget was used up. Nothing is lost: what they had open is given up by
    /// the broker and will be read again.
    #[error(
        "{workers} worker(s) had not stopped within the drain budget of {budget:?}; their open batches are given up \
         whole and will be read again"
    )]
    DrainBudget {
        /// How many.
        workers: usize,
        /// The budget.
        budget: Duration,
    },
    /// The system gave no thread, or the like.
    #[error("cannot {doing}: {source}")]
    System {
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
}

impl StreamError {
    /// Whether the operator must change something before another attempt can succeed.
    pub fn is_configuration(&self) -> bool {
        match self {
            Self::Settings(_) => true,
            Self::Broker(faults) => faults.iter().any(BrokerFault::is_configuration),
            _ => false,
        }
    }

    pub(super) fn kafka(doing: impl Into<String>) -> impl FnOnce(KafkaError) -> Self {
        let doing = doing.into();
        move |source| Self::Kafka { doing, source }
    }
}

fn list(faults: &[impl Display]) -> String {
    faults.iter().map(|fault| format!("  - {fault}")).collect::<Vec<_>>().join("\n")
}
