//! librdkafka's own statistics of a consumer, which it tells as JSON every few seconds.

use super::observer::ConsumerFigures;
use serde::Deserialize;
use std::collections::HashMap;
use std::time::Duration;

/// The few fields that are wanted of librdkafka's statistics.
#[derive(Deserialize)]
pub(super) struct Statistics {
    #[serde(default)]
    brokers: HashMap<String, BrokerStatistics>,
    #[serde(default)]
    pub(super) topics: HashMap<String, TopicStatistics>,
}

#[derive(Deserialize)]
struct BrokerStatistics {
    /// Negative for what is no broker of the cluster: a bootstrap address, the group's coordinator under a name of its own.
    nodeid: i32,
    state: String,
    txerrs: u64,
    rxerrs: u64,
    req_timeouts: u64,
    rtt: RoundTrips,
}

#[derive(Deserialize)]
struct RoundTrips {
    /// In microseconds; 0 where nothing was asked.
    avg: u64,
}

#[derive(Deserialize)]
pub(super) struct TopicStatistics {
    #[serde(default)]
    pub(super) partitions: HashMap<String, PartitionStatistics>,
}

#[derive(Deserialize)]
pub(super) struct PartitionStatistics {
    pub(super) lo_offset: i64,
    pub(super) hi_offset: i64,
    pub(super) committed_offset: i64,
    #[serde(default)]
    fetchq_cnt: u64,
}

impl Statistics {
    /// How the consumer fares, of a worker that reads this topic.
    pub(super) fn figures(&self, topic: &str) -> ConsumerFigures {
        let mut figures = ConsumerFigures::default();
        for broker in self.brokers.values() {
            figures.failed_requests += broker.txerrs + broker.rxerrs + broker.req_timeouts;
            figures.round_trip = figures.round_trip.max(Duration::from_micros(broker.rtt.avg));
            match broker.state.as_str() {
                _ if broker.nodeid < 0 => {}
                "UP" | "UPDATE" => figures.connected += 1,
                // librdkafka connects to a broker when it wants something of it, and not before.
                "INIT" => {}
                _ => figures.disconnected += 1,
            }
        }
        let partitions = self.topics.get(topic).into_iter().flat_map(|topic| topic.partitions.values());
        figures.fetched_ahead = partitions.map(|partition| partition.fetchq_cnt).sum();
        figures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_those_of_the_brokers_and_of_the_topic() {
        let broker = |node: i32, state: &str, rtt: u64| {
            serde_json::json!({
                "nodeid": node, "state": state, "txerrs": 1, "rxerrs": 0, "req_timeouts": 2, "rtt": { "avg": rtt, "cnt": 3 }, "tx": 9
            })
        };
        let partition = |ahead: u64| serde_json::json!({ "lo_offset": 0, "hi_offset": 9, "committed_offset": 3, "fetchq_cnt": ahead });
        let told = serde_json::json!({
            "name": "lodestream#consumer-1",
            "brokers": {
                "one:9092/1": broker(1, "UP", 1_500), "two:9092/2": broker(2, "TRY_CONNECT", 0), "three:9092/3": broker(3, "INIT", 0),
                "one:9092/bootstrap": broker(-1, "UP", 700),
            },
            "topics": {
                "raw": { "partitions": { "0": partition(4), "1": partition(6), "-1": partition(0) } },
                "other": { "partitions": { "0": partition(100) } },
            },
        });
        let statistics: Statistics = serde_json::from_value(told).unwrap();
        let expected = ConsumerFigures {
            connected: 1,
            disconnected: 1,
            round_trip: Duration::from_micros(1_500),
            fetched_ahead: 10,
            failed_requests: 12,
        };
        assert_eq!(statistics.figures("raw"), expected);
    }
}
