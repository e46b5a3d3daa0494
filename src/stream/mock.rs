//! A Kafka in this process, for the demo and for tests: librdkafka's mock cluster.
//!
//! It knows topics, groups and committed offsets, and nothing is kept when it stops. It does not keep offsets of
//! transactions nor hide aborted records, so it serves at-least-once only: exactly-once is proved on a real broker.

use crate::stream::StreamError;
use rdkafka::mocking::MockCluster;
use rdkafka::producer::DefaultProducerContext;

/// A running mock broker; it stops when dropped. Keep it on the thread that started it.
pub struct MockBroker {
    cluster: MockCluster<'static, DefaultProducerContext>,
    bootstrap_servers: String,
}

impl MockBroker {
    /// Starts a broker with these topics, each with its number of partitions.
    ///
    /// # Errors
    /// When librdkafka cannot open its sockets, or a topic cannot be created.
    pub fn start(topics: &[(&str, i32)]) -> Result<Self, StreamError> {
        let cluster = MockCluster::new(1).map_err(StreamError::kafka("cannot start the mock broker"))?;
        for (topic, partitions) in topics {
            cluster
                .create_topic(topic, *partitions, 1)
                .map_err(StreamError::kafka(format!("cannot create topic `{topic}` on the mock broker")))?;
        }
        let bootstrap_servers = cluster.bootstrap_servers();
        Ok(Self { cluster, bootstrap_servers })
    }

    /// Where clients connect.
    pub fn bootstrap_servers(&self) -> &str {
        &self.bootstrap_servers
    }

    /// librdkafka's mock cluster itself, for tests that inject faults.
    pub fn cluster(&self) -> &MockCluster<'static, DefaultProducerContext> {
        &self.cluster
    }
}
